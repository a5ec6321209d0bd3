/** The page's sections with their rows: what is in front, what is folded, or what a filter found. */
import type { Place, WorklistRow } from 'c/playbookEngine';
import type { ReceiptView } from 'c/playbookReceipt';
import type { RowCard } from 'c/playbookWorklistRow';
import { fill } from 'c/playbookFormat';
import { saveMessageFor, type MessageView } from 'c/playbookWords';
import type { Actions } from './actions';
import { filteredRows, type FilterId } from './filters';
import TEXTS from './labels';
import type { Model } from './model';
import { overtakenWords } from './overtakenWords';
import { rowCard } from './rowView';
import { pinned, type Pin } from './slots';

/** A place in a section: a row, what was just done there, or both. */
export interface Slot {
    readonly accountId: string;
    readonly card: RowCard | null;
    readonly receipt: ReceiptView | null;
    readonly problem: MessageView | null;
}

export interface Section {
    readonly id: string;
    /** Blank: it cannot be folded. */
    readonly heading: string;
    readonly hint: string;
    readonly isOpen: boolean;
    readonly ariaExpanded: string;
    readonly icon: string;
    readonly slots: readonly Slot[];
}

export interface SectionsInput {
    readonly model: Model;
    readonly filter: FilterId;
    readonly search: string;
    readonly actions: Actions;
    readonly pins: ReadonlyMap<string, Pin>;
    /** Cards of rows whose form stays until its action is confirmed. */
    readonly heldCards: ReadonlyMap<string, RowCard>;
    readonly opened: ReadonlySet<string>;
}

/** The one section of a filter or search. */
export const FOUND = 'found';

const FOLDED: readonly (readonly [place: Place, heading: string, hint: string])[] = [
    ['waiting', TEXTS.waiting, TEXTS.waitingHint],
    ['later', TEXTS.later, TEXTS.laterHint],
    ['held', TEXTS.held, TEXTS.heldHint],
];

const idOf = ({ account }: WorklistRow): string => account.account.id;

export function sectionsOf(input: SectionsInput): readonly Section[] {
    const { model, filter, search } = input;
    if (filter !== 'all' || search !== '') {
        const found = filteredRows(model.worklist, filter, search).map(idOf);
        return [section(FOUND, '', '', found, input)];
    }
    const at = (place: Place): readonly string[] => model.worklist.rows.filter((row) => row.place === place).map(idOf);
    const folded = FOLDED.map(([place, heading, hint]) => section(place, heading, hint, at(place), input));
    return [section('today', '', '', at('today'), input), ...folded.filter(({ slots }) => slots.length > 0)];
}

function section(
    id: string,
    heading: string,
    hint: string,
    accounts: readonly string[],
    input: SectionsInput,
): Section {
    const isOpen = heading === '' || input.opened.has(id);
    const slots = pinned(id, accounts, input.pins);
    return {
        id,
        heading: heading && fill(heading, slots.length),
        hint,
        isOpen,
        ariaExpanded: String(isOpen),
        icon: isOpen ? 'utility:chevrondown' : 'utility:chevronright',
        slots: slots.map((accountId) =>
            isOpen ? slotOf(accountId, accounts.includes(accountId), input) : emptySlot(accountId),
        ),
    };
}

/** Counted, but not shown. */
const emptySlot = (accountId: string): Slot => ({ accountId, card: null, receipt: null, problem: null });

/** `belongs`: whether the account still stands in this section by itself, and not only because it was acted on here. */
function slotOf(accountId: string, belongs: boolean, { model, actions, heldCards }: SectionsInput): Slot {
    const work = actions.of(accountId);
    const row = model.rows.get(accountId);
    const isSaving = work?.state === 'saving' || work?.state === 'undoing';
    const kept = heldCards.get(accountId);
    // A form is still in the row that it belongs to, until what it asked for is confirmed.
    const card = kept ? { ...kept, saving: isSaving } : row && belongs ? rowCard(model, row, isSaving) : null;
    const name = model.accounts.get(accountId)?.name ?? '';
    const showsReceipt = work?.state === 'done' || work?.state === 'undoing' || (work?.state === 'saving' && !kept);
    return {
        accountId,
        card,
        receipt: showsReceipt
            ? {
                  tone: 'done',
                  about: card ? '' : name,
                  text: work.said,
                  canUndo: work.state === 'done' && work.undo !== null,
                  saving: work.state !== 'done',
              }
            : work?.state === 'overtaken'
              ? {
                    tone: 'told',
                    about: name,
                    text: overtakenWords(model, accountId, work.stood, work.typed),
                    canUndo: false,
                    saving: false,
                }
              : null,
        problem: work?.state === 'failed' ? saveMessageFor(work.failure) : null,
    };
}
