import { LightningElement, api } from 'lwc';
import { fill, formatAgo, formatMoment } from 'c/playbookFormat';
import TEXTS from './labels';

export interface SweepAgeView {
    /** Instant at which the last sweep finished; null: none has. */
    readonly finishedAt: string | null;
    readonly withFailures: boolean;
    /** Instant: the clock is the container's. */
    readonly now: string;
}

/** A nightly sweep that was missed once is older than this. */
const OLD_AFTER_MS = 36 * 3_600_000;

/** How old the last sweep is, in one line; warns when there is none or it is too old. */
export default class PlaybookSweepAge extends LightningElement {
    @api view: SweepAgeView | undefined;

    get isOld(): boolean {
        const { view } = this;
        if (!view) return false;
        return view.finishedAt === null || Date.parse(view.now) - Date.parse(view.finishedAt) > OLD_AFTER_MS;
    }

    get warns(): boolean {
        return this.isOld || this.view?.withFailures === true;
    }

    get lineClass(): string {
        return this.warns ? 'line warns' : 'line';
    }

    get text(): string {
        const { finishedAt = null, now = '', withFailures = false } = this.view ?? {};
        if (finishedAt === null) return TEXTS.never;
        const age = fill(this.isOld ? TEXTS.old : TEXTS.age, formatAgo(finishedAt, now));
        return withFailures ? `${age}. ${TEXTS.failures}` : age;
    }

    /** The exact moment, for whoever rests the mouse on it. */
    get moment(): string {
        const { finishedAt = null } = this.view ?? {};
        return finishedAt === null ? '' : formatMoment(finishedAt);
    }
}
