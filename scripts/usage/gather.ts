/** From the rows of all files to one set of values an account. Rows are read once and not kept. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { FormulaError } from 'c/formula';
import type { Clock, CompiledFormula, Value, Values } from 'c/formula';
import { CommandError } from '../lib/errors.ts';
import { CellError, cellReader } from './cells.ts';
import type { CellReader } from './cells.ts';
import { readCsvRows } from './csv-rows.ts';
import type { CsvRow } from './csv-rows.ts';
import { AS_OF } from './map.ts';
import type { AggregatePlan, FigureMap, SourcePlan } from './map.ts';
import type { Rejects } from './rejects.ts';

/** One account as gathered: its row in the accounts file, and the values of columns and aggregates by name. */
export interface GatheredAccount {
    readonly externalId: string;
    readonly file: string;
    readonly line: number;
    readonly values: Values;
}

export interface GatherInput {
    readonly map: FigureMap;
    readonly files: readonly string[];
    /** `YYYY-MM-DD`. */
    readonly asOf: string;
    readonly rejects: Rejects;
    /** Bytes read so far, over all files. */
    readonly onBytes?: (bytes: number) => void;
}

export interface Gathered {
    readonly accounts: readonly GatheredAccount[];
    readonly rows: number;
    /** Rows that a source's `where` left out. */
    readonly leftOut: number;
}

/** Which files belong to which source. Throws CommandError for a file without source, and a source without file. */
export function assignFiles(map: FigureMap, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
    const assigned = new Map<string, string[]>(map.sources.map(({ name }) => [name, []]));
    for (const file of files) {
        const source = map.sources.find(({ content }) => matches(content.file, basename(file)));
        if (source === undefined) {
            throw new CommandError(
                `${file} belongs to no source of ${map.file}.`,
                `The sources expect: ${map.sources.map(({ content }) => content.file).join(', ')}. Leave the file out or correct the map.`,
            );
        }
        assigned.get(source.name)?.push(file);
    }
    for (const { name, content } of map.sources) {
        if (assigned.get(name)?.length === 0) {
            throw new CommandError(
                `No file was given for the source “${name}” of ${map.file}.`,
                `Name one that is called ${content.file}.`,
            );
        }
    }
    return assigned;
}

function matches(pattern: string, name: string): boolean {
    const expression = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${expression.join('.*')}$`, 'i').test(name);
}

export async function totalBytes(files: readonly string[]): Promise<number> {
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    return sizes.reduce((sum, size) => sum + size, 0);
}

export async function gather(input: GatherInput): Promise<Gathered> {
    const work = new Gathering(input);
    const files = assignFiles(input.map, input.files);
    let before = 0;
    for (const source of input.map.sources) {
        for (const file of files.get(source.name) ?? []) {
            await work.read(source, file, before);
            before += (await stat(file)).size;
        }
    }
    return work.result();
}

interface Tally {
    count: number;
    sum: number;
    best: number;
    value: Value;
}

class Gathering {
    private readonly clock: Clock;
    /** External id by source and row id, for sources that others go through. */
    private readonly accountOf = new Map<string, Map<string, string>>();
    private readonly tallies = new Map<string, Map<string, Tally>>();
    private readonly accounts: GatheredAccount[] = [];
    private readonly seen = new Set<string>();
    private rows = 0;
    private leftOut = 0;

    constructor(private readonly input: GatherInput) {
        this.clock = { now: `${input.asOf}T12:00:00.000Z`, timeZone: 'UTC' };
    }

    async read(source: SourcePlan, file: string, bytesBefore: number): Promise<void> {
        const { content } = source;
        const { map, rejects, onBytes } = this.input;
        const formats = { dates: map.content.dates, decimalComma: map.content.decimal_comma };
        const readers = Object.entries(content.columns).map(([name, type]): [string, CellReader] => [
            name,
            cellReader(type, formats),
        ]);
        const keys = [content.account, content.through?.column, content.id].filter((name) => name !== undefined);
        const rows = readCsvRows(file, {
            delimiter: content.delimiter,
            columns: [...new Set([...keys, ...Object.keys(content.columns)])],
            onBroken: (line, reason) => rejects.add({ file, line, account: '', reason }),
            onBytes: (bytes) => onBytes?.(bytesBefore + bytes),
        });
        for await (const row of rows) {
            this.rows += 1;
            try {
                this.take(source, file, row, readers);
            } catch (error) {
                if (!(error instanceof RowError)) {
                    throw error;
                }
                rejects.add({ file, line: row.line, account: error.account, reason: error.message });
            }
        }
    }

    result(): Gathered {
        return { accounts: this.accounts, rows: this.rows, leftOut: this.leftOut };
    }

    private take(
        source: SourcePlan,
        file: string,
        row: CsvRow,
        readers: readonly (readonly [string, CellReader])[],
    ): void {
        const account = this.accountFor(source, row);
        const { id } = source.content;
        if (id !== undefined) {
            const ids = this.accountOf.get(source.name) ?? new Map<string, string>();
            this.accountOf.set(source.name, ids.set(row.cells[id] ?? '', account));
        }
        const values = this.rowValues(row, readers, account);
        if (source.where !== null && this.evaluate(source.where, values, account) !== true) {
            this.leftOut += 1;
            return;
        }
        for (const aggregate of source.aggregates) {
            this.add(aggregate, account, values);
        }
        if (source.name === this.input.map.content.accounts) {
            if (this.seen.has(account)) {
                throw new RowError(account, 'The account has a row further up already; this one was not used.');
            }
            this.seen.add(account);
            this.accounts.push({
                externalId: account,
                file,
                line: row.line,
                values: { ...values, ...this.aggregateValues(account) },
            });
        }
    }

    private accountFor({ content }: SourcePlan, row: CsvRow): string {
        if (content.account !== undefined) {
            const account = row.cells[content.account] ?? '';
            if (account === '') {
                throw new RowError('', `${content.account} is blank, so the account is not known.`);
            }
            return account;
        }
        const { source = '', column = '' } = content.through ?? {};
        const key = row.cells[column] ?? '';
        const account = this.accountOf.get(source)?.get(key);
        if (account === undefined) {
            throw new RowError('', `${column} “${key}” is not among the ${source}.`);
        }
        return account;
    }

    private rowValues(row: CsvRow, readers: readonly (readonly [string, CellReader])[], account: string): Values {
        const values: Record<string, Value> = { [AS_OF]: this.input.asOf };
        for (const [name, read] of readers) {
            try {
                values[name] = read(row.cells[name] ?? '');
            } catch (error) {
                if (error instanceof CellError) {
                    throw new RowError(account, `${name}: ${error.message}.`);
                }
                throw error;
            }
        }
        return values;
    }

    private evaluate(formula: CompiledFormula, values: Values, account: string): Value {
        try {
            return formula.evaluate(values, this.clock);
        } catch (error) {
            if (error instanceof FormulaError) {
                throw new RowError(account, `${error.message} in “${formula.source.trim()}”.`);
            }
            throw error;
        }
    }

    private add(plan: AggregatePlan, account: string, values: Values): void {
        if (plan.where !== null && this.evaluate(plan.where, values, account) !== true) {
            return;
        }
        const value = plan.value === null ? null : this.evaluate(plan.value, values, account);
        const tally = this.tallyOf(plan.name, account);
        tally.count += 1;
        if (plan.kind === 'sum' && typeof value === 'number') {
            tally.sum += value;
        } else if (plan.kind === 'value') {
            const size = plan.largest === null ? null : this.evaluate(plan.largest, values, account);
            if (typeof size === 'number' && size > tally.best) {
                tally.best = size;
                tally.value = value;
            }
        } else if (value !== null && (tally.value === null || isBeyond(plan.kind, value, tally.value))) {
            tally.value = value;
        }
    }

    private tallyOf(aggregate: string, account: string): Tally {
        const byAccount = this.tallies.get(aggregate) ?? new Map<string, Tally>();
        this.tallies.set(aggregate, byAccount);
        const tally = byAccount.get(account) ?? { count: 0, sum: 0, best: -Infinity, value: null };
        byAccount.set(account, tally);
        return tally;
    }

    private aggregateValues(account: string): Values {
        const values: Record<string, Value> = {};
        for (const { aggregates } of this.input.map.sources) {
            for (const { name, kind } of aggregates) {
                const tally = this.tallies.get(name)?.get(account);
                values[name] =
                    kind === 'count'
                        ? (tally?.count ?? 0)
                        : kind === 'sum'
                          ? (tally?.sum ?? 0)
                          : (tally?.value ?? null);
            }
        }
        return values;
    }
}

function isBeyond(kind: AggregatePlan['kind'], value: Value, best: Value): boolean {
    if (typeof value === 'number' && typeof best === 'number') {
        return kind === 'max' ? value > best : value < best;
    }
    // Days and instants are ISO texts, whose order is that of time.
    return kind === 'max' ? String(value) > String(best) : String(value) < String(best);
}

/** A row that cannot be used. */
class RowError extends Error {
    constructor(
        readonly account: string,
        reason: string,
    ) {
        super(reason);
    }
}
