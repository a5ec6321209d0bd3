import { LightningElement, api } from 'lwc';
import TEXTS from './labels';

export interface WhyView {
    readonly title: string;
    readonly summary: string | null;
    readonly tier: string;
    readonly tone: string;
    readonly tierIcon: string;
    /** Heading over the reasons: why now, or why it surfaced when it was opened. */
    readonly heading: string;
    readonly reasons: readonly string[];
    /** Such as when the run began, or that the figures have recovered. */
    readonly notes: readonly string[];
    readonly whenToUse: string | null;
    readonly successCriteria: readonly string[];
    readonly pitfalls: readonly string[];
    readonly answered: number;
    readonly total: number;
    readonly progress: string;
}

/** What surfaced and why, in words, with its progress. */
export default class PlaybookWhy extends LightningElement {
    @api view: WhyView | undefined;
    readonly texts = TEXTS;
    showAbout = false;

    get badgeClass(): string {
        return `badge ${this.view?.tone ?? ''}`;
    }

    get percent(): number {
        const { answered = 0, total = 0 } = this.view ?? {};
        return total === 0 ? 0 : Math.round((100 * answered) / total);
    }

    get barStyle(): string {
        return `inline-size: ${this.percent}%`;
    }

    get hasAbout(): boolean {
        const { view } = this;
        return Boolean(view && (view.whenToUse ?? view.successCriteria[0] ?? view.pitfalls[0]));
    }

    get aboutLabel(): string {
        return this.showAbout ? this.texts.hideAbout : this.texts.showAbout;
    }

    get ariaExpanded(): string {
        return String(this.showAbout);
    }

    get hasReasons(): boolean {
        return (this.view?.reasons.length ?? 0) > 0;
    }

    get hasSteps(): boolean {
        return (this.view?.total ?? 0) > 1;
    }

    get hasCriteria(): boolean {
        return (this.view?.successCriteria.length ?? 0) > 0;
    }

    get hasPitfalls(): boolean {
        return (this.view?.pitfalls.length ?? 0) > 0;
    }

    /** Puts the keyboard, and a screen reader, at the beginning of what is in front. */
    @api
    focusHeading(): void {
        this.template?.querySelector<HTMLElement>('.title')?.focus();
    }

    toggleAbout(): void {
        this.showAbout = !this.showAbout;
    }
}
