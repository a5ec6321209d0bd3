/** Runs that a CSM begins: on what the page shows before a night's sweep has seen it, or by hand, on a feeling that no figure shows yet. */
import type { ActionInput, PlaybookVersion } from 'c/playbookEngine';
import type { HistoryBook } from './book.ts';
import type { Chance } from './chance.ts';
import type { OnDesk } from './workday.ts';

/** Of the prompts that are new on the page in the course of a day: share that a CSM sees on the same day who takes up everything. */
const SEEN_AT_ONCE = 0.5;
/** Share of the slides that a CSM feels whose judgement is always right, and the part of the fall in which they do. */
const FELT = 0.16;
const FELT_FROM = 0.2;
const FELT_TO = 0.55;

/** What a first action on the account is planned from; null: the CSM begins nothing today. */
export function beginning(
    book: HistoryBook,
    desk: OnDesk,
    {
        ask,
        day,
        isNew,
        now,
    }: { readonly ask: Chance; readonly day: string; readonly isNew: boolean; readonly now: string },
): ActionInput | null {
    const { habits, of, versions } = desk;
    const playbook = feelsSlide(desk, ask) ? risk(versions) : undefined;
    const looks = isNew && ask('looks', day) < SEEN_AT_ONCE * habits.takesUp;
    if (playbook === undefined && !looks) {
        return null;
    }
    const page = book.page(of, now, versions);
    if (playbook !== undefined) {
        const isInHand = book.runsOf(of.id).some(({ playbookKey }) => playbookKey === playbook.playbookKey);
        return isInHand || page.prompts.some(({ version }) => version === playbook) ? null : page.byHand(playbook);
    }
    const shown = page.prompts.find(({ continues, held, run }) => run === null && held === null && continues === null);
    return shown === undefined ? null : page.inputOf(shown);
}

function feelsSlide({ habits, hidden }: OnDesk, ask: Chance): boolean {
    const { depth, isImproving, isReal, slide } = hidden;
    const isFalling = slide !== null && isReal && !isImproving && depth >= FELT_FROM && depth <= FELT_TO;
    return isFalling && hidden.noticeOn === null && ask('feels', slide.startsOn) < FELT * habits.judgement;
}

function risk(versions: readonly PlaybookVersion[]): PlaybookVersion | undefined {
    return versions.find(({ category, status }) => category === 'Risk' && status === 'Published');
}
