import { compileFormula, FormulaError, type Clock, type CompiledFormula, type Values } from 'c/formula';
import { displayValue } from '../api/display.ts';
import { summaryScope } from '../metadata/check/summary-formulas.ts';
import type { Field } from '../metadata/schema.ts';
import { field as plainField } from '../metadata/standard-objects.ts';
import type { Session } from '../store/session.ts';
import { isNumber, type Stored } from '../store/values.ts';
import type { ReportColumn } from './columns.ts';
import { figureName, ROW_COUNT, type Aggregate, type SummaryFormula } from './definitions.ts';

/** What a cell of a report holds of its rows. */
export type FigureValue = number | string | null;

/** A summary of a column over rows. */
export interface ColumnFigure {
    readonly kind: 'column';
    readonly name: string;
    readonly label: string;
    readonly column: ReportColumn;
    readonly aggregate: Aggregate;
    /** How the value is written. */
    readonly field: Field;
}

/** A summary formula over figures of the same cell. */
export interface FormulaFigure {
    readonly kind: 'formula';
    readonly name: string;
    readonly label: string;
    readonly field: Field;
    readonly compiled: CompiledFormula;
    /** Names of the figures it needs, by the path that the formula calls them. */
    readonly needs: ReadonlyMap<string, string>;
}

export type Figure =
    ColumnFigure | FormulaFigure | { readonly kind: 'count'; readonly name: string; readonly label: string };

const LABELS: Readonly<Record<Aggregate, (label: string) => string>> = {
    Sum: (label) => `Sum of ${label}`,
    Average: (label) => `Average ${label}`,
    Maximum: (label) => `Max ${label}`,
    Minimum: (label) => `Min ${label}`,
    Median: (label) => `Median ${label}`,
    Unique: (label) => `Unique Count of ${label}`,
};

export const COUNT: Figure = { kind: 'count', name: ROW_COUNT, label: 'Record Count' };

export function columnFigure(column: ReportColumn, aggregate: Aggregate): ColumnFigure {
    return {
        kind: 'column',
        name: figureName(aggregate, column.name),
        label: LABELS[aggregate](column.label),
        column,
        aggregate,
        field: writtenAs(column.field, aggregate),
    };
}

/** Averages have digits after the point where the values have none. */
function writtenAs(field: Field, aggregate: Aggregate): Field {
    const isMean = aggregate === 'Average' || aggregate === 'Median';
    if (aggregate === 'Unique' || field.kind === 'Checkbox') {
        return plainField(field.name, field.label, 'Number', { scale: isMean ? 2 : 0 });
    }
    return isMean && isNumber(field.kind) ? { ...field, scale: Math.max(field.scale ?? 0, 2) } : field;
}

const WORDS: Readonly<Record<string, Aggregate>> = {
    SUM: 'Sum',
    AVG: 'Average',
    MAX: 'Maximum',
    MIN: 'Minimum',
    MEDIAN: 'Median',
    UNIQUE: 'Unique',
};

/** A column and aggregate as a summary formula names them (`Account.Playbook_Runs__r.Is_Saved__c:SUM`); null for the number of rows. */
function namedFigure(
    path: string,
    columns: ReadonlyMap<string, ReportColumn>,
): { readonly column: ReportColumn; readonly aggregate: Aggregate } | null {
    const [dotted = '', word = ''] = path.split(':');
    const column = [...columns.values()].find(
        ({ name }) => name.replace('$', '.').toLowerCase() === dotted.toLowerCase(),
    );
    const aggregate = WORDS[word.toUpperCase()];
    return column && aggregate ? { column, aggregate } : null;
}

/** Null when the user may not read one of its columns. The deploy has compiled the formula before. */
export function formulaFigure(
    formula: SummaryFormula,
    columns: ReadonlyMap<string, ReportColumn>,
): { readonly figure: FormulaFigure; readonly needed: readonly ColumnFigure[] } | null {
    const fields = new Map(
        [...columns.values()].filter(({ bucket }) => !bucket).map(({ name, field }) => [name, field]),
    );
    const compiled = compileFormula(formula.formula, summaryScope(fields), {
        blanks: 'zero',
        expect: formula.type === 'percent' ? 'Percent' : 'Number',
    });
    const needed: ColumnFigure[] = [];
    const needs = new Map<string, string>();
    for (const path of compiled.references) {
        const named = namedFigure(path, columns);
        if (named && !named.column.readable) {
            return null;
        }
        if (named) {
            needed.push(columnFigure(named.column, named.aggregate));
        }
        needs.set(path, named ? figureName(named.aggregate, named.column.name) : ROW_COUNT);
    }
    const kind = formula.type === 'percent' ? 'Percent' : formula.type === 'currency' ? 'Currency' : 'Number';
    return {
        figure: {
            kind: 'formula',
            name: formula.name,
            label: formula.label,
            field: plainField(formula.name, formula.label, kind, { scale: formula.scale }),
            compiled,
            needs,
        },
        needed,
    };
}

/** Value and words of a formula for a cell; `#Error!` without a value where it fails, as by a division by zero. */
export function formulaValue(
    session: Session,
    figure: FormulaFigure,
    cell: ReadonlyMap<string, FigureValue>,
    clock: Clock,
): { readonly value: FigureValue; readonly label: string } {
    const values: Values = Object.fromEntries([...figure.needs].map(([path, name]) => [path, cell.get(name) ?? null]));
    try {
        const value = figure.compiled.evaluate(values, clock);
        return typeof value === 'number' ? { value, label: figureLabel(session, figure, value) } : NONE;
    } catch (error) {
        if (error instanceof FormulaError) {
            return { value: null, label: '#Error!' };
        }
        throw error;
    }
}

const NONE = { value: null, label: '-' };

export function figureLabel(session: Session, figure: Figure, value: FigureValue): string {
    if (value === null) {
        return '-';
    }
    return figure.kind === 'count'
        ? new Intl.NumberFormat(session.locale).format(Number(value))
        : (displayValue(session, figure.field, value) ?? String(value));
}

/** Adds up one figure over rows. A column of a parent counts each parent once: rows come once for each child. */
export class Tally {
    readonly #aggregate: Aggregate;
    #sum = 0;
    #count = 0;
    #best: FigureValue = null;
    readonly #values: number[] = [];
    readonly #distinct = new Set<Stored>();
    readonly #records: Set<Stored> | null;

    constructor(aggregate: Aggregate, oncePerRecord: boolean) {
        this.#aggregate = aggregate;
        this.#records = oncePerRecord ? new Set() : null;
    }

    /** `record`: id of the column's record. */
    add(value: Stored, record: Stored): void {
        if (value === null || this.#records?.has(record)) {
            return;
        }
        this.#records?.add(record);
        switch (this.#aggregate) {
            case 'Unique':
                this.#distinct.add(value);
                break;
            case 'Maximum':
            case 'Minimum':
                if (this.#best === null || (this.#aggregate === 'Maximum' ? value > this.#best : value < this.#best)) {
                    this.#best = value;
                }
                break;
            case 'Median':
                this.#values.push(Number(value));
                break;
            default:
                this.#sum += Number(value);
                this.#count += 1;
        }
    }

    get value(): FigureValue {
        switch (this.#aggregate) {
            case 'Sum':
                return exact(this.#sum);
            case 'Average':
                return this.#count === 0 ? null : exact(this.#sum / this.#count);
            case 'Median':
                return median(this.#values);
            case 'Unique':
                return this.#distinct.size;
            default:
                return this.#best;
        }
    }
}

/** Without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
function exact(value: number): number {
    return Number(value.toPrecision(15));
}

function median(values: readonly number[]): number | null {
    const sorted = [...values].sort((one, other) => one - other);
    const middle = Math.floor(sorted.length / 2);
    const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
    return low === undefined || high === undefined ? null : exact((low + high) / 2);
}
