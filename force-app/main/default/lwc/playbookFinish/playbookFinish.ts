import { LightningElement, api } from 'lwc';
import type { Finish, Outcome } from 'c/playbookEngine';
import { fill } from 'c/playbookFormat';
import { CAUSES } from 'c/playbookWords';
import TEXTS from './labels';

export interface FinishView {
    /** Changes when it is about something else: what was chosen for the last one is dropped. */
    readonly formId: string;
    readonly heading: string;
    /** Label of the button that closes it. */
    readonly confirm: string;
    readonly outcomes: readonly FinishOutcome[];
    readonly suggested: Outcome | null;
    /** Why it is suggested, in words. */
    readonly suggestion: string;
    /** The cause found in the checklist, or ''. */
    readonly cause: string;
    /** Whether a cause is asked for: a signal or a plain renewal has none. */
    readonly asksCause: boolean;
    readonly saving: boolean;
}

export interface FinishOutcome {
    readonly value: Outcome;
    readonly label: string;
    readonly meaning: string;
    /** In which figures it will count, in words. */
    readonly counts: string;
    /** Open steps that this outcome records as not done. */
    readonly openSteps: number;
}

const NEEDS_REASON: readonly Outcome[] = ['Let go', 'False alarm'];

/** Asks how it ended. Fires `finish` with a Finish, `cancel` when the person turns back. */
export default class PlaybookFinish extends LightningElement {
    @api
    get view(): FinishView | undefined {
        return this.current;
    }
    set view(view: FinishView | undefined) {
        if (view?.formId !== this.current?.formId) this.reset();
        this.current = view;
    }

    readonly texts = TEXTS;
    readonly causes = CAUSES.map(({ value, label }) => ({ value, label }));
    problem = '';
    private current: FinishView | undefined;
    private chosen: Outcome | undefined;
    private chosenCause: string | undefined;
    private reason = '';
    private hasFocused = false;

    /** The form has just been asked for: the keyboard follows. */
    override renderedCallback(): void {
        if (this.hasFocused) return;
        this.hasFocused = true;
        this.template?.querySelector<HTMLElement>('.heading')?.focus();
    }

    get outcome(): Outcome | '' {
        return this.chosen ?? this.view?.suggested ?? '';
    }

    get cause(): string {
        return this.chosenCause ?? this.view?.cause ?? '';
    }

    get options(): readonly { readonly label: string; readonly value: string }[] {
        return (this.view?.outcomes ?? []).map(({ value, label }) => ({ value, label }));
    }

    private get chosenOutcome(): FinishOutcome | undefined {
        return this.view?.outcomes.find(({ value }) => value === this.outcome);
    }

    get meaning(): string {
        return this.chosenOutcome?.meaning ?? '';
    }

    get counts(): string {
        return this.chosenOutcome?.counts ?? '';
    }

    get isFalseAlarm(): boolean {
        return this.outcome === 'False alarm';
    }

    get showsCause(): boolean {
        return Boolean(this.view?.asksCause) && !this.isFalseAlarm;
    }

    get reasonLabel(): string {
        const possible = this.outcome ? [this.outcome] : (this.view?.outcomes ?? []).map(({ value }) => value);
        const needed = possible.every((outcome) => NEEDS_REASON.includes(outcome));
        return needed ? this.texts.reasonRequired : this.texts.reason;
    }

    get openStepsText(): string {
        const count = this.chosenOutcome?.openSteps ?? 0;
        if (count === 0) return '';
        return count === 1 ? this.texts.openStep : fill(this.texts.openSteps, count);
    }

    handleOutcome(event: CustomEvent<{ value: Outcome }>): void {
        this.chosen = event.detail.value;
        this.problem = '';
    }

    handleCause(event: CustomEvent<{ value: string }>): void {
        this.chosenCause = event.detail.value;
    }

    handleReason(event: CustomEvent<{ value: string }>): void {
        this.reason = event.detail.value;
        this.problem = '';
    }

    handleFinish(): void {
        const { outcome } = this;
        const reason = this.reason.trim();
        if (!outcome) {
            this.problem = this.texts.chooseOutcome;
            return;
        }
        if (NEEDS_REASON.includes(outcome) && !reason) {
            this.problem = this.texts.writeReason;
            return;
        }
        const detail: Finish = {
            outcome,
            cause: this.showsCause ? this.cause || null : null,
            reason: reason || null,
        };
        this.dispatchEvent(new CustomEvent('finish', { detail }));
    }

    handleKey(event: KeyboardEvent): void {
        if (event.key !== 'Escape') return;
        // A page may close something of its own with that key.
        event.stopPropagation();
        this.handleCancel();
    }

    handleCancel(): void {
        this.dispatchEvent(new CustomEvent('cancel'));
    }

    private reset(): void {
        this.chosen = undefined;
        this.chosenCause = undefined;
        this.reason = '';
        this.problem = '';
    }
}
