import { api, LightningElement } from 'lwc';
import type { DateFilter, ReportDescription } from '../analyticsApi/shapes.ts';
import {
    columnInfo,
    daysProblem,
    filterFields,
    readList,
    writeList,
    type FilterField,
} from '../reportMoment/filterWords.ts';
import type { Moment } from '../reportMoment/reportMoment.ts';

const CUSTOM = 'CUSTOM';
const ALL_TIME = 'ALL';

type Range = Omit<DateFilter, 'column'>;

/** The report's date range and filters, to be changed for the moment. Fires `apply` with `{ range, values }` and `reset`. */
export default class ReportFilters extends LightningElement {
    @api report!: ReportDescription;
    range: Range = { durationValue: ALL_TIME, startDate: null, endDate: null };
    private typed: readonly (string | undefined)[] = [];
    private given: Moment = { values: [], drill: [] };

    @api get moment(): Moment {
        return this.given;
    }
    set moment(moment: Moment) {
        this.given = moment;
        this.typed = moment.values;
    }
    override connectedCallback(): void {
        this.takeRange();
    }

    get hasDate(): boolean {
        return Boolean(this.report.reportMetadata.standardDateFilter?.column);
    }
    get dateLabel(): string {
        const column = this.report.reportMetadata.standardDateFilter?.column ?? '';
        return columnInfo(this.report, column)?.label ?? column;
    }
    get durations(): { value: string; label: string }[] {
        const known = this.report.reportTypeMetadata.standardDateFilterDurationGroups
            .flatMap(({ standardDateFilterDurations }) => standardDateFilterDurations)
            .filter(({ value }) => value !== CUSTOM)
            .map(({ value, label }) => ({ value, label }));
        const own = this.range.durationValue;
        const isKnown = [ALL_TIME, CUSTOM, ...known.map(({ value }) => value)].includes(own);
        return [
            { value: ALL_TIME, label: 'All time' },
            ...(isKnown ? [] : [{ value: own, label: own.replaceAll('_', ' ').toLowerCase() }]),
            ...known,
            { value: CUSTOM, label: 'Days of your choice' },
        ];
    }
    get isCustom(): boolean {
        return this.range.durationValue === CUSTOM;
    }
    get daysProblem(): string {
        return this.isCustom ? daysProblem(this.range.startDate, this.range.endDate) : '';
    }
    get fields(): (FilterField & { selection: string[] })[] {
        return filterFields(this.report, { ...this.given, values: this.typed }).map((field) => ({
            ...field,
            selection: readList(field.value),
        }));
    }

    handleDuration(event: CustomEvent<{ value: string }>): void {
        this.range = { ...this.range, durationValue: event.detail.value };
    }
    handleDay(event: CustomEvent<{ value: string | null }>): void {
        const { name } = event.target as HTMLInputElement;
        this.range = { ...this.range, [name]: event.detail.value || null };
    }
    handleText(event: CustomEvent<{ value: string }>): void {
        this.change(event.target, event.detail.value);
    }
    handleChoice(event: CustomEvent<{ value: readonly string[] }>): void {
        this.change(event.target, writeList(event.detail.value));
    }
    handleApply(event: Event): void {
        event.preventDefault();
        const inputs = [...(this.template?.querySelectorAll<HTMLInputElement>('lightning-input') ?? [])];
        if (inputs.some((input) => !input.reportValidity())) return;
        if (this.daysProblem) {
            this.template?.querySelector<HTMLElement>('lightning-input[data-day]')?.focus();
            return;
        }
        const own = this.report.reportMetadata.reportFilters;
        const values = own.map(({ value }, at) => (this.typed[at] === value ? undefined : this.typed[at]));
        this.dispatchEvent(new CustomEvent('apply', { detail: { range: this.changedRange, values } }));
    }
    handleReset(): void {
        this.dispatchEvent(new CustomEvent('reset'));
    }

    private change(input: EventTarget | null, value: string): void {
        const values = [...this.typed];
        values[Number((input as HTMLInputElement).name)] = value;
        this.typed = values;
    }
    private takeRange(): void {
        const { durationValue, startDate, endDate } = this.given.range ?? this.ownRange;
        const isAll = durationValue === CUSTOM && !startDate && !endDate;
        this.range = { durationValue: isAll ? ALL_TIME : durationValue, startDate, endDate };
    }
    private get ownRange(): Range {
        const own = this.report.reportMetadata.standardDateFilter;
        return own ?? { durationValue: CUSTOM, startDate: null, endDate: null };
    }
    /** Undefined when it is the report's own. */
    private get changedRange(): Range | undefined {
        if (!this.hasDate) return undefined;
        const { durationValue, startDate, endDate } = this.range;
        const chosen: Range =
            durationValue === CUSTOM
                ? { durationValue, startDate, endDate }
                : {
                      durationValue: durationValue === ALL_TIME ? CUSTOM : durationValue,
                      startDate: null,
                      endDate: null,
                  };
        const own = this.ownRange;
        const same =
            chosen.durationValue === own.durationValue &&
            (durationValue !== CUSTOM && durationValue !== ALL_TIME
                ? true
                : chosen.startDate === own.startDate && chosen.endDate === own.endDate);
        return same ? undefined : chosen;
    }
}
