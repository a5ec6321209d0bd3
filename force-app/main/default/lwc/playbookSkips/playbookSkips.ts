import { LightningElement, api } from 'lwc';
import { FORMATS, fill } from 'c/playbookFormat';
import TEXTS from './labels';

/** A step that was skipped: how often, and why. */
export interface SkipCard {
    readonly step: string;
    readonly isRequired: boolean;
    /** "8 of 40 (20 %)". */
    readonly share: string;
    /** Percent of the bar that is full, 0–100. */
    readonly percent: number;
    /** The rate is over too few to tell much. */
    readonly isFew: boolean;
    /** "No contact available: 5", the most frequent first. */
    readonly reasons: readonly string[];
}

export interface SkipsView {
    /** The most often skipped first. */
    readonly steps: readonly SkipCard[];
    readonly smallCount: number;
    /** There were more groups than could be counted. */
    readonly truncated: boolean;
}

interface SkipRow extends SkipCard {
    readonly barStyle: string;
}

const SHOWN_FIRST = 6;

/** Skipped steps by step and reason; the first few, and all when asked. */
export default class PlaybookSkips extends LightningElement {
    @api view: SkipsView | undefined;
    readonly texts = TEXTS;
    private showsAll = false;

    get rows(): readonly SkipRow[] {
        const steps = this.view?.steps ?? [];
        return (this.showsAll ? steps : steps.slice(0, SHOWN_FIRST)).map((step) => ({
            ...step,
            barStyle: `width: ${step.percent}%`,
        }));
    }
    get few(): string {
        return fill(this.texts.few, FORMATS.number(this.view?.smallCount ?? 0));
    }
    get canFold(): boolean {
        return (this.view?.steps.length ?? 0) > SHOWN_FIRST;
    }
    get ariaExpanded(): string {
        return String(this.showsAll);
    }
    get foldLabel(): string {
        const count = FORMATS.number(this.view?.steps.length ?? 0);
        return this.showsAll ? this.texts.fewer : fill(this.texts.allSteps, count);
    }

    handleFold(): void {
        this.showsAll = !this.showsAll;
    }
}
