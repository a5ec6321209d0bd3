/** What a report's page says about its filters of the moment, and when it has nothing to show. */
import type { ReportDescription } from '../analyticsApi/shapes.ts';
import { columnInfo, filterFields } from '../reportMoment/filterWords.ts';
import type { Moment } from '../reportMoment/reportMoment.ts';

export interface Chip {
    readonly key: string;
    readonly label: string;
    /** The report without it. */
    readonly href: string;
    readonly offLabel: string;
}

export function chips(
    report: ReportDescription,
    moment: Moment,
    hrefWith: (changes: Partial<Moment>) => string,
): Chip[] {
    const chip = (key: string, label: string, changes: Partial<Moment>): Chip => ({
        key,
        label,
        href: hrefWith(changes),
        offLabel: `Without ${label}`,
    });
    const { range, values, drill } = moment;
    const fields = filterFields(report, moment);
    return [
        ...(range ? [chip('range', rangeWords(report, range), { range: undefined })] : []),
        ...values.flatMap((value, at) => {
            if (value === undefined) return [];
            const others = values.map((other, position) => (position === at ? undefined : other));
            return [chip(`filter${at}`, `${fields[at]?.label ?? ''} ${value || 'blank'}`, { values: others })];
        }),
        ...drill.map((step, at) =>
            chip(`drill${at}`, step.label, { drill: drill.filter((_step, position) => position !== at) }),
        ),
    ];
}

function rangeWords(
    report: ReportDescription,
    { durationValue, startDate, endDate }: NonNullable<Moment['range']>,
): string {
    const column = report.reportMetadata.standardDateFilter?.column ?? '';
    const name = columnInfo(report, column)?.label ?? column;
    if (durationValue !== 'CUSTOM') {
        const known = report.reportTypeMetadata.standardDateFilterDurationGroups
            .flatMap(({ standardDateFilterDurations }) => standardDateFilterDurations)
            .find(({ value }) => value === durationValue);
        return `${name}: ${known?.label ?? durationValue}`;
    }
    if (!startDate && !endDate) return `${name}: all time`;
    return `${name}: ${[startDate && `from ${startDate}`, endDate && `to ${endDate}`].filter(Boolean).join(' ')}`;
}

/** A report's description says what it counts, and so what is missing. */
export function emptyWords(description: string | null, changed: boolean): { heading: string; message: string } {
    if (changed) {
        return { heading: 'Nothing matches these filters', message: 'The report may have records outside of them.' };
    }
    return {
        heading: 'Nothing to show yet',
        message: `${description ?? ''} It fills with the first record that is counted here.`.trimStart(),
    };
}
