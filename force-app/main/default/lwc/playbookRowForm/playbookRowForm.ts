import { LightningElement, api } from 'lwc';
import { fill } from 'c/playbookFormat';
import { SKIP_REASONS } from 'c/playbookWords';
import TEXTS from './labels';

/** answer: a step's question and note. skip: a reason of the list. reason: why something is closed, in words. */
export type RowFormKind = 'answer' | 'skip' | 'reason';

export interface RowFormView {
    readonly kind: RowFormKind;
    /** What it is about: a step, or what is going to happen. */
    readonly heading: string;
    /** Label of the button that confirms. */
    readonly confirm: string;
    /** `answer`: the step's question, or ''. */
    readonly question: string;
    readonly options: readonly string[];
    readonly maxOptions: number;
    readonly noteRequired: boolean;
    /** `reason`: label of the field. */
    readonly reasonLabel: string;
    readonly saving: boolean;
}

export interface RowFormValues {
    readonly decision: readonly string[];
    /** A skip reason of the list, or the reason in words; null: the form asks for none. */
    readonly reason: string | null;
    readonly note: string | null;
}

const TEXT_LENGTH = { note: 32_000, reason: 4_000 };

/** A small form in a row. What is typed stays until the row takes the form away. Fires `confirm` with RowFormValues, `cancel`. */
export default class PlaybookRowForm extends LightningElement {
    @api view: RowFormView | undefined;

    readonly texts = TEXTS;
    readonly skipReasons = SKIP_REASONS.map(({ label, value }) => ({ label, value }));
    readonly lengths = TEXT_LENGTH;
    problem = '';
    decision: readonly string[] = [];
    skipReason = '';
    text = '';
    private hasFocused = false;

    /** The form has just been asked for: the keyboard follows. */
    override renderedCallback(): void {
        if (this.hasFocused || !this.view) return;
        this.hasFocused = true;
        this.template?.querySelector<HTMLElement>('.heading')?.focus();
    }

    /** What the person has chosen and written so far, in words; or ''. */
    @api
    get typed(): string {
        const skipReason = this.skipReasons.find(({ value }) => value === this.skipReason)?.label;
        return [...this.decision, skipReason, this.text.trim()].filter(Boolean).join(' – ');
    }

    get asksOne(): boolean {
        return this.hasQuestion && this.view?.maxOptions === 1;
    }
    get asksSeveral(): boolean {
        return this.hasQuestion && (this.view?.maxOptions ?? 1) > 1;
    }
    get isSkip(): boolean {
        return this.view?.kind === 'skip';
    }
    get isReason(): boolean {
        return this.view?.kind === 'reason';
    }
    get questionText(): string {
        const { question = '', maxOptions = 1 } = this.view ?? {};
        return maxOptions > 1 ? fill(this.texts.upTo, question, maxOptions) : question;
    }
    get options(): readonly { readonly label: string; readonly value: string }[] {
        return (this.view?.options ?? []).map((option) => ({ label: option, value: option }));
    }
    get firstChoice(): string {
        return this.decision[0] ?? '';
    }
    get noteLabel(): string {
        return this.view?.kind === 'answer' && this.view.noteRequired ? this.texts.noteRequired : this.texts.note;
    }

    handleOne(event: CustomEvent<{ value: string }>): void {
        this.decision = [event.detail.value];
        this.problem = '';
    }

    handleSeveral(event: CustomEvent<{ value: readonly string[] }>): void {
        this.decision = event.detail.value;
        const most = this.view?.maxOptions ?? 1;
        this.problem = this.decision.length > most ? fill(this.texts.tooMany, most) : '';
    }

    handleSkipReason(event: CustomEvent<{ value: string }>): void {
        this.skipReason = event.detail.value;
        this.problem = '';
    }

    handleText(event: CustomEvent<{ value: string }>): void {
        this.text = event.detail.value;
        this.problem = '';
    }

    handleKey(event: KeyboardEvent): void {
        if (event.key !== 'Escape') return;
        // A page may close something of its own with that key.
        event.stopPropagation();
        this.handleCancel();
    }

    handleConfirm(): void {
        const { view } = this;
        if (!view || view.saving) return;
        this.problem = this.missing(view);
        if (this.problem) return;
        const text = this.text.trim() || null;
        const detail: RowFormValues = {
            decision: view.kind === 'answer' ? this.decision : [],
            reason: view.kind === 'skip' ? this.skipReason : view.kind === 'reason' ? text : null,
            note: view.kind === 'reason' ? null : text,
        };
        this.dispatchEvent(new CustomEvent('confirm', { detail }));
    }

    handleCancel(): void {
        this.dispatchEvent(new CustomEvent('cancel'));
    }

    private get hasQuestion(): boolean {
        return this.view?.kind === 'answer' && this.view.question !== '';
    }

    /** What is still wanted, in words; '' when nothing is. */
    private missing(view: RowFormView): string {
        const { texts } = this;
        const wrote = this.text.trim() !== '';
        switch (view.kind) {
            case 'skip':
                return this.skipReason ? '' : texts.chooseReason;
            case 'reason':
                return wrote ? '' : texts.writeReason;
            case 'answer':
                if (view.question && this.decision.length === 0) return texts.chooseAnswer;
                if (this.decision.length > view.maxOptions) return fill(texts.tooMany, view.maxOptions);
                return view.noteRequired && !wrote ? texts.writeNote : '';
        }
    }
}
