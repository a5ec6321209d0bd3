/** Report types, reports and dashboards as the metadata defines them, with nobody's permissions applied. */

/** One object of a report type. The first is the base; each other is a child of the one before it. */
export interface ReportTable {
    /** As columns name it: `Account.Playbook_Runs__r`. */
    readonly path: string;
    readonly object: string;
    /** Field of this object that refers to the table before it; null for the base. */
    readonly through: string | null;
    /** "With or without": a parent without such a child stays, its columns blank. */
    readonly outer: boolean;
}

export interface TypeColumn {
    /** Path of the table. */
    readonly table: string;
    /** As report types write it, through lookups: `Owner`, `Playbook__c.Key__c`. */
    readonly field: string;
    /** What the report type calls it; null: as the field is called. */
    readonly label: string | null;
}

export interface ReportType {
    readonly name: string;
    readonly label: string;
    readonly tables: readonly ReportTable[];
    readonly sections: readonly { readonly label: string; readonly columns: readonly TypeColumn[] }[];
}

export const AGGREGATES = ['Sum', 'Average', 'Maximum', 'Minimum', 'Median', 'Unique'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** Calendar periods; `None` for what is grouped by its own value. */
export const GRANULARITIES = ['None', 'Day', 'Week', 'Month', 'Quarter', 'Year'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

export interface ReportGrouping {
    readonly column: string;
    readonly granularity: Granularity;
    readonly descending: boolean;
    /** Name of the figure by which groups are sorted (`s!Column`, `FORMULA1`, `RowCount`); null: by their own values. */
    readonly sortedBy: string | null;
}

export interface ReportFilter {
    readonly column: string;
    readonly operator: string;
    /** Comma-separated as the metadata has it; '' is blank. */
    readonly value: string;
    readonly editable: boolean;
}

/** `duration` is a date literal such as `LAST_N_DAYS:90`, or CUSTOM with days (both included), open where null. */
export interface ReportDateFilter {
    readonly column: string;
    readonly duration: string;
    readonly startDate: string | null;
    readonly endDate: string | null;
}

export interface ReportBucket {
    readonly name: string;
    readonly label: string;
    readonly kind: 'number' | 'picklist' | 'text';
    readonly column: string;
    /** Of numbers: a blank counts as 0. */
    readonly blankIsZero: boolean;
    /** Of choices and text: what everything else is called; null: it keeps its own value. */
    readonly others: string | null;
    readonly values: readonly ReportBucketValue[];
}

export interface ReportBucketValue {
    readonly label: string;
    /** Of choices and text: the values in it. */
    readonly members: readonly string[];
    /** Of numbers: the largest in it; null for the last one. */
    readonly upTo: number | null;
}

export interface SummaryFormula {
    /** `FORMULA1`. */
    readonly name: string;
    readonly label: string;
    readonly description: string | null;
    readonly type: 'number' | 'percent' | 'currency';
    /** Digits after the point. */
    readonly scale: number;
    readonly formula: string;
}

/** What a chart shows, in the metadata's words; the page draws it. */
export interface ReportChart {
    readonly type: string;
    readonly groupings: readonly string[];
    /** Names of figures. */
    readonly summaries: readonly string[];
    readonly axes: readonly string[];
    readonly title: string;
    readonly legend: boolean;
    readonly values: boolean;
}

export type ReportFormat = 'TABULAR' | 'SUMMARY' | 'MATRIX';

export interface Report {
    readonly id: string;
    /** `Folder/Developer_Name`. */
    readonly fullName: string;
    readonly developerName: string;
    readonly folder: string;
    readonly name: string;
    readonly description: string | null;
    /** Developer name of the report type, without `__c`. */
    readonly type: string;
    readonly format: ReportFormat;
    readonly columns: readonly { readonly name: string; readonly aggregates: readonly Aggregate[] }[];
    readonly down: readonly ReportGrouping[];
    readonly across: readonly ReportGrouping[];
    readonly filters: readonly ReportFilter[];
    /** `1 AND (2 OR 3)`; null: all of them. */
    readonly logic: string | null;
    readonly dateFilter: ReportDateFilter | null;
    readonly buckets: readonly ReportBucket[];
    readonly formulas: readonly SummaryFormula[];
    readonly chart: ReportChart | null;
    readonly showsDetails: boolean;
    readonly showsGrandTotal: boolean;
    readonly showsSubtotals: boolean;
    readonly sort: { readonly column: string; readonly descending: boolean } | null;
    /** Of tabular reports: rows are cut there, and totals are of these rows. */
    readonly rowLimit: number | null;
}

/** A column of a table on a dashboard. */
export interface DashboardColumn {
    /** As the dashboard writes it: with a dot or a `$`, of a figure its name. */
    readonly name: string;
    /** Null: as the report has it. */
    readonly kind: 'detail' | 'aggregate' | 'grouping' | null;
    /** `RowLabelDescending`; null: rows are not sorted by it. */
    readonly sortBy: string | null;
}

export interface DashboardComponent {
    readonly id: string;
    /** `Bar`, `Column`, `Donut`, `Metric`, `FlexTable`, … */
    readonly type: string;
    /** Full name of the report. */
    readonly report: string;
    readonly header: string | null;
    readonly title: string | null;
    readonly footer: string | null;
    readonly figures: readonly string[];
    readonly groupings: readonly string[];
    readonly columns: readonly DashboardColumn[];
    readonly usesReportChart: boolean;
    readonly maxRows: number | null;
    /** `RowLabelAscending`, `RowValueDescending`, …; null: as the report. */
    readonly sortBy: string | null;
    readonly metricLabel: string | null;
    readonly legend: string;
    readonly showsValues: boolean;
    readonly row: number;
    readonly column: number;
    readonly rowSpan: number;
    readonly columnSpan: number;
}

export interface Dashboard {
    readonly id: string;
    readonly fullName: string;
    readonly developerName: string;
    readonly folder: string;
    readonly name: string;
    readonly description: string | null;
    readonly columns: number;
    readonly rowHeight: number;
    readonly components: readonly DashboardComponent[];
}

/** Name of a figure as the API writes it: `s!Account.Playbook_Runs__r$Is_Saved__c`. */
export function figureName(aggregate: Aggregate, column: string): string {
    return `${PREFIX[aggregate]}!${column}`;
}

/** Those of median and unique are not documented. */
const PREFIX: Readonly<Record<Aggregate, string>> = {
    Sum: 's',
    Average: 'a',
    Maximum: 'x',
    Minimum: 'm',
    Median: 'med',
    Unique: 'u',
};
export const ROW_COUNT = 'RowCount';
