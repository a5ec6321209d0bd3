import { LightningElement, api } from 'lwc';
import type { Answer, Proof, StepState } from 'c/playbookEngine';
import type { RemarkCard } from 'c/playbookRemarks';
import type { ProofView } from 'c/playbookProof';
import type { ResourceCard, Segment } from 'c/playbookResource';
import { fill } from 'c/playbookFormat';
import { SKIP_REASONS } from 'c/playbookWords';
import TEXTS from './labels';

export interface StepCard {
    /** `<step key>:<occurrence>`. */
    readonly id: string;
    readonly stepKey: string;
    readonly occurrence: number;
    readonly title: string;
    readonly role: string;
    readonly required: boolean;
    readonly state: StepState;
    /** This step's answer is on its way to the server. */
    readonly saving: boolean;
    /** Something is on its way, the run is closed, or the user may not write: nothing can be answered now. */
    readonly locked: boolean;
    readonly due: string;
    readonly dueTone: 'plain' | 'overdue';
    /** Shown opened from the beginning: the only step there is. */
    readonly startsOpen: boolean;
    /** A repeated step that is not due again yet. */
    readonly waiting: boolean;
    /** Said beneath a due date that was moved. */
    readonly dueNote: string;
    /** Who answered it, when, and what. */
    readonly answered: string;
    readonly note: string;
    /** What managers wrote about it. */
    readonly remarks: readonly RemarkCard[];
    readonly question: string;
    readonly options: readonly string[];
    readonly maxOptions: number;
    readonly chosen: readonly string[];
    readonly noteRequired: boolean;
    /** The task that it can name as its proof; null: it speaks to nobody, or that is still being read. */
    readonly proof: ProofView | null;
    /** Id of the task that is its proof, or ''. */
    readonly taskId: string;
    readonly history: readonly string[];
    /** Long texts are still being read. */
    readonly loading: boolean;
    readonly instructions: readonly Segment[];
    readonly keyQuestions: readonly string[];
    readonly pitfall: string;
    readonly resources: readonly ResourceCard[];
}

export interface StepAnswer {
    readonly stepKey: string;
    readonly occurrence: number;
    readonly answer: Answer;
    readonly proof: Proof | null;
}

const ICONS: Readonly<Record<StepState, string>> = {
    open: '',
    done: 'utility:check',
    skipped: 'utility:forward',
    'not-applicable': 'utility:dash',
    'not-done': 'utility:close',
};

/**
 * One step. Ticking answers it at once unless it asks something; opened, it shows how, and can be skipped with a reason.
 * Fires `playbookanswer` with a StepAnswer, `playbookopen` with its id when it is opened, `playbooktask` with the id of its task.
 */
export default class PlaybookStep extends LightningElement {
    @api
    get card(): StepCard | undefined {
        return this.current;
    }
    set card(card: StepCard | undefined) {
        const before = this.confirmed;
        if (!this.current && card?.startsOpen) this.open = true;
        this.current = card;
        if (card?.saving) return;
        this.confirmed = card;
        // A repeated step shows its next turn in the same row.
        const answered = before?.state === 'open' && (card?.state !== 'open' || card.id !== before.id);
        if (answered) this.reset();
    }

    readonly texts = TEXTS;
    readonly skipReasons = SKIP_REASONS.map((reason) => ({ label: reason.label, value: reason.value }));
    open = false;
    mode: 'answer' | 'skip' = 'answer';
    problem = '';
    private current: StepCard | undefined;
    /** As it last was with nothing on its way: what shows while saving may still be taken back. */
    private confirmed: StepCard | undefined;
    private draftNote: string | undefined;
    private draftChoice: readonly string[] | undefined;
    private draftProof: Proof | null = null;
    private skipReason = '';
    /** What takes the keyboard once it is on the page. */
    private nextFocus = '';

    override renderedCallback(): void {
        if (!this.nextFocus) return;
        const target = this.template?.querySelector<HTMLElement>(this.nextFocus);
        this.nextFocus = '';
        target?.focus();
    }

    get isOptional(): boolean {
        return this.isOpenStep && this.current?.required === false;
    }
    get isOpenStep(): boolean {
        return this.current?.state === 'open';
    }
    get isChecked(): string {
        return String(this.current?.state === 'done');
    }
    get stateIcon(): string {
        return ICONS[this.current?.state ?? 'open'];
    }
    get rowClass(): string {
        const { state = 'open', waiting = false } = this.current ?? {};
        return `row ${state}${waiting ? ' waiting' : ''}${this.open ? ' opened' : ''}`;
    }
    get tickLabel(): string {
        const title = this.current?.title ?? '';
        return fill(this.isOpenStep ? this.texts.markDone : this.texts.undoOf, title);
    }
    get ariaExpanded(): string {
        return String(this.open);
    }
    get chevron(): string {
        return this.open ? 'utility:chevrondown' : 'utility:chevronright';
    }
    get dueClass(): string {
        return this.current?.dueTone === 'overdue' ? 'due overdue' : 'due';
    }
    get isOverdue(): boolean {
        return this.current?.dueTone === 'overdue';
    }
    get isTickLocked(): boolean {
        return Boolean(this.current?.locked) || this.current?.state === 'not-done';
    }
    /** Said rather than set: a disabled button would lose the keyboard's place. */
    get tickDisabled(): string {
        return String(this.isTickLocked);
    }
    get isSkipping(): boolean {
        return this.mode === 'skip';
    }
    get showsForm(): boolean {
        return this.isOpenStep && !this.current?.locked;
    }
    /** Who skips a step does not answer its question. */
    private get asks(): boolean {
        return this.showsForm && !this.isSkipping && Boolean(this.current?.question);
    }
    get asksOne(): boolean {
        return this.asks && this.current?.maxOptions === 1;
    }
    get asksSeveral(): boolean {
        return this.asks && (this.current?.maxOptions ?? 1) > 1;
    }
    get questionText(): string {
        const { question = '', maxOptions = 1 } = this.current ?? {};
        return maxOptions > 1 ? fill(this.texts.upTo, question, maxOptions) : question;
    }
    get options(): readonly { readonly label: string; readonly value: string }[] {
        return (this.current?.options ?? []).map((option) => ({ label: option, value: option }));
    }
    get choice(): readonly string[] {
        return this.draftChoice ?? this.current?.chosen ?? [];
    }
    get firstChoice(): string {
        return this.choice[0] ?? '';
    }
    get noteValue(): string {
        return this.draftNote ?? this.current?.note ?? '';
    }
    get noteLabel(): string {
        return this.current?.noteRequired ? this.texts.noteRequired : this.texts.note;
    }
    get canSaveNote(): boolean {
        return !this.isOpenStep && !this.current?.locked && this.current?.state !== 'not-done';
    }
    get isNoteUnchanged(): boolean {
        return this.noteValue.trim() === (this.current?.note ?? '').trim();
    }
    get hasHistory(): boolean {
        return (this.current?.history.length ?? 0) > 0;
    }
    get hasInstructions(): boolean {
        return (this.current?.instructions.length ?? 0) > 0;
    }
    get hasQuestions(): boolean {
        return (this.current?.keyQuestions.length ?? 0) > 0;
    }
    get proofView(): ProofView | null {
        return this.showsForm && !this.isSkipping ? (this.current?.proof ?? null) : null;
    }
    get showsNoteOnly(): boolean {
        return Boolean(this.current?.note) && !this.canSaveNote && !this.showsForm;
    }

    toggle(): void {
        this.open = !this.open;
        if (this.open) this.announceOpen();
    }

    /** The circle: ticks an open step, takes an answered one back. */
    handleTick(): void {
        if (this.isTickLocked || !this.current) return;
        if (!this.isOpenStep) {
            this.send({ kind: 'undo' });
            return;
        }
        if (this.missingAnswer()) {
            this.open = true;
            this.announceOpen();
            this.problem = this.missingAnswer();
            return;
        }
        this.handleDone();
    }

    handleDone(): void {
        this.problem = this.missingAnswer();
        if (this.problem) return;
        this.send({ kind: 'done', note: this.note(), decision: this.current?.question ? this.choice : [] });
    }

    handleUndo(): void {
        this.send({ kind: 'undo' });
    }

    handleNotApplicable(): void {
        this.send({ kind: 'not-applicable', note: this.note() });
    }

    handleSkip(): void {
        this.problem = '';
        this.mode = 'skip';
        this.nextFocus = 'lightning-combobox';
    }

    handleSkipCancel(): void {
        this.problem = '';
        this.mode = 'answer';
        this.nextFocus = '.skip';
    }

    handleSkipConfirm(): void {
        if (!this.skipReason) {
            this.problem = this.texts.chooseReason;
            return;
        }
        this.send({ kind: 'skip', reason: this.skipReason, note: this.note() });
    }

    handleSaveNote(): void {
        this.send({ kind: 'note', note: this.noteValue.trim() });
    }

    handleNote(event: CustomEvent<{ value: string }>): void {
        this.draftNote = event.detail.value;
    }

    handleProof(event: CustomEvent<Proof | null>): void {
        this.draftProof = event.detail;
    }

    handleTask(): void {
        const detail = this.current?.taskId;
        this.dispatchEvent(new CustomEvent('playbooktask', { detail, bubbles: true, composed: true }));
    }

    handleOne(event: CustomEvent<{ value: string }>): void {
        this.draftChoice = [event.detail.value];
        this.problem = '';
    }

    handleSeveral(event: CustomEvent<{ value: readonly string[] }>): void {
        const chosen = event.detail.value;
        const max = this.current?.maxOptions ?? 1;
        this.draftChoice = (this.current?.options ?? []).filter((option) => chosen.includes(option));
        this.problem = chosen.length > max ? fill(this.texts.tooMany, max) : '';
    }

    handleReason(event: CustomEvent<{ value: string }>): void {
        this.skipReason = event.detail.value;
        this.problem = '';
    }

    private missingAnswer(): string {
        const { question, maxOptions = 1, noteRequired } = this.current ?? {};
        if (question && this.choice.length === 0) return this.texts.chooseAnswer;
        if (question && this.choice.length > maxOptions) return fill(this.texts.tooMany, maxOptions);
        if (noteRequired && !this.note()) return this.texts.writeNote;
        return '';
    }

    private note(): string | null {
        return this.noteValue.trim() || null;
    }

    private send(answer: Answer): void {
        if (!this.current || this.current.locked) return;
        // The form goes while this is on its way: the keyboard waits at the step itself.
        const isAtTick = this.template?.activeElement?.classList.contains('tick');
        if (!isAtTick) this.template?.querySelector<HTMLElement>('.title')?.focus();
        const { stepKey, occurrence } = this.current;
        const proof = answer.kind === 'done' ? this.draftProof : null;
        const detail: StepAnswer = { stepKey, occurrence, answer, proof };
        this.dispatchEvent(new CustomEvent('playbookanswer', { detail, bubbles: true, composed: true }));
    }

    private announceOpen(): void {
        this.dispatchEvent(
            new CustomEvent('playbookopen', { detail: this.current?.id, bubbles: true, composed: true }),
        );
    }

    /** What was typed is kept until the server has confirmed it, so that a failed write loses nothing. */
    private reset(): void {
        this.open = false;
        this.mode = 'answer';
        this.problem = '';
        this.draftNote = undefined;
        this.draftChoice = undefined;
        this.draftProof = null;
        this.skipReason = '';
    }
}
