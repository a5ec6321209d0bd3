import { LightningElement, api } from 'lwc';
import type { Answer, Finish, Outcome, Snooze } from 'c/playbookEngine';
import { fill } from 'c/playbookFormat';
import type PlaybookRowForm from 'c/playbookRowForm';
import type { RowFormValues, RowFormView } from 'c/playbookRowForm';
import type PlaybookSnooze from 'c/playbookSnooze';
import type { SnoozeView } from 'c/playbookSnooze';
import TEXTS from './labels';

export interface RowCard {
    /** Account, prompt and step: when anything else comes in front, a form for the last one is dropped. */
    readonly key: string;
    readonly accountId: string;
    readonly name: string;
    /** Name of the playbook or signal. */
    readonly title: string;
    /** `Signal` in words; blank for a playbook. */
    readonly kind: string;
    readonly tier: string;
    /** `critical`, `high` or `moderate`. */
    readonly tone: string;
    readonly tierIcon: string;
    readonly reason: string;
    /** What to do next; or, when every step is answered, what is left to say. */
    readonly next: string;
    /** When that is due, in words. */
    readonly due: string;
    readonly dueTone: 'plain' | 'overdue';
    readonly arr: string;
    readonly renewal: string;
    /** The account's other prompts, in words. */
    readonly also: string;
    /** Why it is held back, in place of a next step. */
    readonly held: string;
    /** What the next step asks for when it is done; null: there is no step to answer here. */
    readonly step: RowStep | null;
    /** Last day to which it can be put aside; null: it cannot. */
    readonly snoozeUntil: string | null;
    /** The user's day. */
    readonly today: string;
    readonly outcomes: readonly Outcome[];
    /** Put aside, and can be taken up again. */
    readonly canWake: boolean;
    /** The user may not write, so there are no actions. */
    readonly readOnly: boolean;
    readonly saving: boolean;
}

export interface RowStep {
    readonly title: string;
    readonly question: string;
    readonly options: readonly string[];
    readonly maxOptions: number;
    readonly noteRequired: boolean;
}

export type RowAct =
    | { readonly kind: 'answer'; readonly answer: Answer }
    | { readonly kind: 'snooze'; readonly snooze: Snooze }
    | { readonly kind: 'finish'; readonly finish: Finish }
    | { readonly kind: 'wake' };

export interface RowAction {
    readonly accountId: string;
    readonly act: RowAct;
    /** It came from a form, which stays open with what was typed until the action is confirmed. */
    readonly fromForm: boolean;
}

type Mode = 'rest' | 'answer' | 'skip' | 'snooze' | 'falseAlarm' | 'letGo';

/**
 * One account of the worklist. Fires `act` with a RowAction, `open` with the account's id when its name is pressed. A form stays open until
 * `closeForm` says that its action was confirmed.
 */
export default class PlaybookWorklistRow extends LightningElement {
    @api
    get card(): RowCard | undefined {
        return this.current;
    }
    set card(card: RowCard | undefined) {
        if (card?.key !== this.current?.key) this.mode = 'rest';
        this.current = card;
    }

    readonly texts = TEXTS;
    mode: Mode = 'rest';
    private current: RowCard | undefined;
    private returnsFocus = false;

    override renderedCallback(): void {
        if (!this.returnsFocus) return;
        this.returnsFocus = false;
        this.focusRow();
    }

    get href(): string {
        return `/lightning/r/Account/${this.current?.accountId ?? ''}/view`;
    }
    get badgeClass(): string {
        return `badge ${this.current?.tone ?? ''}`;
    }
    get dueClass(): string {
        return this.isOverdue ? 'due overdue' : 'due';
    }
    get isOverdue(): boolean {
        return this.current?.dueTone === 'overdue';
    }
    get canAct(): boolean {
        return this.current?.readOnly === false;
    }
    get canAnswer(): boolean {
        return this.canAct && this.current?.step !== null && !this.current?.canWake;
    }
    get canSnooze(): boolean {
        return this.canAct && this.current?.snoozeUntil !== null && !this.current?.canWake;
    }
    get canWake(): boolean {
        return this.canAct && this.current?.canWake === true;
    }
    get doneLabel(): string {
        return fill(this.texts.doneOf, this.current?.step?.title ?? '', this.current?.name ?? '');
    }
    get moreLabel(): string {
        return fill(this.texts.more, this.current?.name ?? '');
    }
    /** All that can be done but marking the step done, which has a button of its own. */
    get choices(): readonly { readonly value: Mode; readonly label: string }[] {
        const { current, texts } = this;
        if (!current || !this.canAct) return [];
        const may = (value: Mode, label: string, allowed: boolean): { value: Mode; label: string }[] =>
            allowed ? [{ value, label }] : [];
        return [
            ...may('snooze', texts.snooze, this.canSnooze),
            ...may('skip', texts.skip, this.canAnswer),
            ...may('falseAlarm', texts.falseAlarm, current.outcomes.includes('False alarm')),
            ...may('letGo', texts.letGo, current.outcomes.includes('Let go')),
        ];
    }
    get hasChoices(): boolean {
        return this.choices.length > 0;
    }
    get snoozeView(): SnoozeView | null {
        const { current } = this;
        if (this.mode !== 'snooze' || !current || current.snoozeUntil === null) return null;
        return { promptId: current.key, today: current.today, latest: current.snoozeUntil, saving: current.saving };
    }
    get form(): RowFormView | null {
        const { current, texts, mode } = this;
        if (!current) return null;
        const { step, saving } = current;
        const plain = { question: '', options: [], maxOptions: 1, noteRequired: false, reasonLabel: '', saving };
        switch (mode) {
            case 'answer':
                return step && { ...plain, ...step, kind: 'answer', heading: step.title, confirm: texts.done };
            case 'skip':
                return step && { ...plain, kind: 'skip', heading: step.title, confirm: texts.skipConfirm };
            case 'falseAlarm':
                return {
                    ...plain,
                    kind: 'reason',
                    heading: texts.falseAlarm,
                    confirm: texts.falseAlarmConfirm,
                    reasonLabel: texts.falseAlarmWhy,
                };
            case 'letGo':
                return {
                    ...plain,
                    kind: 'reason',
                    heading: texts.letGo,
                    confirm: texts.letGoConfirm,
                    reasonLabel: texts.letGoWhy,
                };
            default:
                return null;
        }
    }

    /** What is written in the open form, or ''; null: no form is open. */
    @api
    get typed(): string | null {
        if (this.mode === 'rest') return null;
        const form = this.template?.querySelector<HTMLElement & (PlaybookRowForm | PlaybookSnooze)>('.inside > *');
        return form?.typed ?? '';
    }

    /** The action of the open form was confirmed. */
    @api
    closeForm(): void {
        this.mode = 'rest';
    }

    /** Puts the keyboard on the row: on its first action, or else on its name. */
    @api
    focusRow(): void {
        const target = this.template?.querySelector<HTMLElement>('.first') ?? this.template?.querySelector('a');
        target?.focus();
    }

    handleOpen(event: MouseEvent): void {
        // A new tab or window is the browser's business.
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        this.dispatchEvent(new CustomEvent('open', { detail: this.current?.accountId }));
    }

    handleDone(): void {
        const { current } = this;
        if (!current?.step || current.saving) return;
        if (current.step.question || current.step.noteRequired) this.mode = 'answer';
        else this.send({ kind: 'answer', answer: { kind: 'done', note: null, decision: [] } }, false);
    }

    handleSnoozeOpen(): void {
        this.choose('snooze');
    }

    handleChoice(event: CustomEvent<{ value: Mode }>): void {
        this.choose(event.detail.value);
    }

    handleWake(): void {
        if (!this.current?.saving) this.send({ kind: 'wake' }, false);
    }

    handleSnooze(event: CustomEvent<Snooze>): void {
        this.send({ kind: 'snooze', snooze: event.detail }, true);
    }

    handleConfirm(event: CustomEvent<RowFormValues>): void {
        const { decision, reason, note } = event.detail;
        const finish = (outcome: Outcome): RowAct => ({ kind: 'finish', finish: { outcome, cause: null, reason } });
        switch (this.mode) {
            case 'answer':
                this.send({ kind: 'answer', answer: { kind: 'done', note, decision } }, true);
                break;
            case 'skip':
                this.send({ kind: 'answer', answer: { kind: 'skip', reason: reason ?? '', note } }, true);
                break;
            case 'falseAlarm':
                this.send(finish('False alarm'), true);
                break;
            case 'letGo':
                this.send(finish('Let go'), true);
                break;
            default:
        }
    }

    handleCancel(): void {
        this.mode = 'rest';
        this.returnsFocus = true;
    }

    private choose(mode: Mode): void {
        if (!this.current?.saving) this.mode = mode;
    }

    private send(act: RowAct, fromForm: boolean): void {
        const detail: RowAction = { accountId: this.current?.accountId ?? '', act, fromForm };
        this.dispatchEvent(new CustomEvent('act', { detail }));
    }
}
