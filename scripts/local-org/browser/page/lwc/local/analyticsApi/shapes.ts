/** What the Analytics REST API answers, as far as these pages read it. Keys of the fact map: `0_1!T` is a group's figures, `0!2` a cell of a matrix, `T!T` the grand total. */

export interface ReportResult {
    readonly attributes: { readonly reportId: string; readonly reportName: string };
    /** False: there are more rows than the platform returns (2,000). */
    readonly allData: boolean;
    readonly factMap: Readonly<Record<string, Facts | undefined>>;
    readonly groupingsDown: { readonly groupings: readonly Grouping[] } | null;
    readonly groupingsAcross: { readonly groupings: readonly Grouping[] } | null;
    readonly hasDetailRows: boolean;
    readonly reportExtendedMetadata: ExtendedMetadata;
    readonly reportMetadata: ReportMetadata;
}

export interface ReportDescription {
    readonly reportMetadata: ReportMetadata;
    readonly reportExtendedMetadata: ExtendedMetadata;
    readonly reportTypeMetadata: {
        readonly categories: readonly {
            readonly label: string;
            readonly columns: Readonly<Record<string, ColumnInfo | undefined>>;
        }[];
        readonly dataTypeFilterOperatorMap: Readonly<Record<string, readonly NamedChoice[] | undefined>>;
        readonly standardDateFilterDurationGroups: readonly {
            readonly label: string;
            readonly standardDateFilterDurations: readonly { readonly value: string; readonly label: string }[];
        }[];
    };
}

export interface Facts {
    /** In the order of the metadata's `aggregates`. */
    readonly aggregates: readonly Cell[];
    readonly rows?: readonly { readonly dataCells: readonly Cell[] }[];
}

/** `label` is worded for the user; a blank or a rate without a denominator has no value. */
export interface Cell {
    readonly label: string;
    readonly value: string | number | boolean | { readonly amount: number | null } | null;
}

export interface Grouping {
    readonly key: string;
    readonly label: string;
    /** Of a date: the first day of its period. */
    readonly value: string | number | boolean | null;
    readonly groupings: readonly Grouping[];
}

export interface NamedChoice {
    readonly name: string;
    readonly label: string;
}

export interface ColumnInfo {
    readonly label: string;
    readonly dataType: string;
    readonly filterValues?: readonly NamedChoice[];
}

export interface ExtendedMetadata {
    readonly aggregateColumnInfo: Readonly<Record<string, ColumnInfo | undefined>>;
    readonly detailColumnInfo: Readonly<Record<string, ColumnInfo | undefined>>;
    readonly groupingColumnInfo: Readonly<Record<string, (ColumnInfo & { groupingLevel: number }) | undefined>>;
}

export interface GroupingInfo {
    readonly name: string;
    readonly dateGranularity: string;
}

export interface ReportFilter {
    readonly column: string;
    readonly operator: string;
    readonly value: string;
}

export interface DateFilter {
    readonly column: string;
    /** `THIS_YEAR`, `LAST_N_DAYS:90`; `CUSTOM` with days of its own, both null for all time. */
    readonly durationValue: string;
    readonly startDate: string | null;
    readonly endDate: string | null;
}

export interface ReportChart {
    readonly chartType: string;
    readonly groupings: readonly string[];
    readonly summaries: readonly string[];
    readonly title: string | null;
}

export interface ReportMetadata {
    readonly id: string;
    readonly name: string;
    readonly description: string | null;
    readonly reportFormat: 'TABULAR' | 'SUMMARY' | 'MATRIX';
    readonly reportType: { readonly label: string; readonly type: string };
    readonly aggregates: readonly string[];
    readonly detailColumns: readonly string[];
    readonly groupingsDown: readonly GroupingInfo[];
    readonly groupingsAcross: readonly GroupingInfo[];
    readonly reportFilters: readonly ReportFilter[];
    readonly reportBooleanFilter: string | null;
    readonly standardDateFilter: DateFilter | null;
    readonly chart: ReportChart | null;
    /** Whether it opens with its rows shown. */
    readonly hasDetailRows: boolean;
    readonly showGrandTotal: boolean;
    readonly showSubtotals: boolean;
}

export interface DashboardResult {
    readonly dashboardMetadata: DashboardMetadata;
    readonly componentData: readonly ComponentData[];
}

export interface DashboardMetadata {
    readonly id: string;
    readonly name: string;
    readonly description: string | null;
    readonly components: readonly DashboardComponent[];
    readonly layout: DashboardLayout;
    readonly runningUser?: { readonly displayName: string } | null;
}

export interface DashboardComponent {
    readonly id: string;
    readonly header: string | null;
    readonly title: string | null;
    readonly footer: string | null;
    readonly reportId: string;
    /** Position in the layout. */
    readonly componentData: number;
    readonly properties: {
        readonly visualizationType: string;
        /** Groups or rows to show; null: all. */
        readonly maxRows?: number | null;
        readonly groupings: readonly { readonly name: string }[] | null;
        readonly aggregates: readonly { readonly name: string }[] | null;
        readonly visualizationProperties?: {
            readonly groupByType?: string | null;
            readonly metricLabel?: string | null;
            readonly tableColumns?: readonly { readonly column: string; readonly type: string }[] | null;
        } | null;
    };
}

/** Either a grid of equal columns, or columns of components below one another. */
export type DashboardLayout =
    | {
          readonly gridLayout: true;
          readonly numColumns: number;
          readonly rowHeight: number;
          readonly components: readonly {
              readonly column: number;
              readonly row: number;
              readonly colspan: number;
              readonly rowspan: number;
          }[];
      }
    | { readonly gridLayout: false; readonly columns: readonly { readonly components: readonly number[] }[] };

export interface ComponentData {
    readonly componentId: string;
    readonly reportResult: ReportResult | null;
    readonly status: {
        readonly dataStatus: 'NODATA' | 'DATA' | 'ERROR';
        readonly errorMessage: string | null;
        readonly refreshDate: string | null;
    };
}
