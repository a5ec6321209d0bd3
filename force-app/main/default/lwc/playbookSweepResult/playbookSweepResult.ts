import { LightningElement, api } from 'lwc';
import TEXTS from './labels';

/** A cell; `label` names its column where the table has become a list, on a phone. */
export interface ResultCell {
    readonly key: string;
    readonly label: string;
    readonly text: string;
    /** `figure`, or `figure nothing`: left out where there is little room. */
    readonly className: string;
}

export interface ResultRow {
    readonly key: string;
    readonly name: string;
    /** A warning speaks of it. */
    readonly isMarked: boolean;
    readonly cells: readonly ResultCell[];
}

export interface ResultTable {
    /** Heading of the first column. */
    readonly nameLabel: string;
    readonly columns: readonly string[];
    readonly rows: readonly ResultRow[];
}

export interface ResultView {
    /** What was found and done, a sentence each. */
    readonly lines: readonly string[];
    readonly warnings: readonly string[];
    readonly triggers: ResultTable;
    readonly csms: ResultTable;
    /** Heading of what was refused; blank: nothing was. */
    readonly refusedHeading: string;
    readonly refused: readonly {
        readonly key: string;
        readonly href: string;
        readonly account: string;
        readonly reason: string;
    }[];
}

/** What a sweep found and did. Shows, and asks nothing. */
export default class PlaybookSweepResult extends LightningElement {
    readonly texts = TEXTS;
    @api view: ResultView | undefined;

    get hasWarnings(): boolean {
        return (this.view?.warnings.length ?? 0) > 0;
    }
    get tables(): readonly (ResultTable & { readonly key: string; readonly heading: string })[] {
        const { view } = this;
        if (!view) return [];
        return [
            { key: 'triggers', heading: TEXTS.tableTriggers, ...view.triggers },
            { key: 'csms', heading: TEXTS.tableCsms, ...view.csms },
        ].filter(({ rows }) => rows.length > 0);
    }
}
