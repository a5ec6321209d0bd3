import { LightningElement, api } from 'lwc';
import formFactor from '@salesforce/client/formFactor';
import type { Snooze } from 'c/playbookEngine';
import { dayAfter, fill, formatDayOfYear } from 'c/playbookFormat';
import TEXTS from './labels';

export interface SnoozeView {
    /** Changes when something else is put aside: what was typed for the last one is dropped. */
    readonly promptId: string;
    /** The user's day, `YYYY-MM-DD`. */
    readonly today: string;
    /** The last day to choose, after `today`. */
    readonly latest: string;
    readonly saving: boolean;
}

/** Asks until when a prompt is put aside, and why. Fires `snooze` with a Snooze, `cancel` when the person turns back. */
export default class PlaybookSnooze extends LightningElement {
    @api
    get view(): SnoozeView | undefined {
        return this.current;
    }
    set view(view: SnoozeView | undefined) {
        if (view?.promptId !== this.current?.promptId) this.reset();
        this.current = view;
    }

    readonly texts = TEXTS;
    /** Buttons side by side are too wide for a phone. */
    readonly choiceType = formFactor === 'Small' ? 'radio' : 'button';
    problem = '';
    reason = '';
    private current: SnoozeView | undefined;
    private chosenDay: string | undefined;
    private hasFocused = false;

    /** The form has just been asked for: the keyboard follows. */
    override renderedCallback(): void {
        if (this.hasFocused || !this.current) return;
        this.hasFocused = true;
        this.template?.querySelector<HTMLElement>('.heading')?.focus();
    }

    /** What the person has written so far, or ''. */
    @api
    get typed(): string {
        return this.reason.trim();
    }

    get earliest(): string {
        return this.current ? dayAfter(this.current.today, 1) : '';
    }

    /** A week, unless the time is shorter: the choice that most want is made. */
    get until(): string {
        return this.chosenDay ?? this.quickDays.at(1)?.value ?? this.earliest;
    }

    get quickDays(): readonly { readonly label: string; readonly value: string }[] {
        const { current, texts } = this;
        if (!current) return [];
        const days = [
            { label: texts.tomorrow, value: this.earliest },
            { label: texts.inAWeek, value: dayAfter(current.today, 7) },
        ];
        const last = { label: fill(texts.untilDay, formatDayOfYear(current.latest)), value: current.latest };
        return [...days.filter(({ value }) => value < last.value), last];
    }

    handleDay(event: CustomEvent<{ value: string | null }>): void {
        this.chosenDay = event.detail.value ?? '';
        this.problem = '';
    }

    handleReason(event: CustomEvent<{ value: string }>): void {
        this.reason = event.detail.value;
        this.problem = '';
    }

    handleKey(event: KeyboardEvent): void {
        if (event.key !== 'Escape') return;
        // A page may close something of its own with that key.
        event.stopPropagation();
        this.handleCancel();
    }

    handleReasonKey(event: KeyboardEvent): void {
        if (event.key === 'Enter') this.handleConfirm();
    }

    handleConfirm(): void {
        const { current, texts, until } = this;
        if (!current || current.saving) return;
        const reason = this.reason.trim();
        if (until < this.earliest || until > current.latest) {
            this.refuse(fill(texts.outOfRange, ...[this.earliest, current.latest].map(formatDayOfYear)), '.day');
        } else if (!reason) {
            this.refuse(texts.writeReason, '.reason');
        } else {
            this.dispatchEvent(new CustomEvent<Snooze>('snooze', { detail: { until, reason } }));
        }
    }

    handleCancel(): void {
        this.dispatchEvent(new CustomEvent('cancel'));
    }

    private refuse(problem: string, field: string): void {
        this.problem = problem;
        this.template?.querySelector<HTMLElement>(field)?.focus();
    }

    private reset(): void {
        this.chosenDay = undefined;
        this.reason = '';
        this.problem = '';
    }
}
