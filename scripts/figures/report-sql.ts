/**
 * The calculation of one report in plain SQL: a file of two or three statements.
 *
 *     -- Comments: what the report answers, numerator and denominator.
 *     SELECT … AS down1, … AS across1, … FROM run_facts WHERE …;   -- the rows that count, and the groups they are in
 *     SELECT sum(saved) AS "s!Is_Saved__c", … FROM counted;         -- the figures of any group of those rows
 *     SELECT … FROM counted;                                        -- optional: every row in detail, in the order of the report's columns
 *
 * `:today` and `:now` are those of the reader. A figure has the name that the Analytics API gives it, without the path before the field.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Facts } from './facts.ts';

export interface ReportSql {
    /** Developer name of the report. */
    readonly name: string;
    readonly rows: string;
    readonly figures: string;
    readonly details: string | null;
}

export type SqlValue = string | number | null;

/** The groups that a cell is in, the outermost first; empty: a total. */
export type GroupPath = readonly SqlValue[];

export interface CalculatedCell {
    readonly down: GroupPath;
    readonly across: GroupPath;
    readonly rows: number;
    readonly figures: Readonly<Record<string, number | null>>;
}

export interface Calculated {
    /** Levels of groups. */
    readonly down: number;
    readonly across: number;
    readonly cells: readonly CalculatedCell[];
    readonly details: readonly (readonly SqlValue[])[] | null;
}

const FOLDER = join(import.meta.dirname, 'reports');
const ROWS = '# rows';

export function readReportSqls(): ReportSql[] {
    return readdirSync(FOLDER)
        .filter((file) => file.endsWith('.sql'))
        .sort()
        .map((file) => parseReportSql(basename(file, '.sql'), readFileSync(join(FOLDER, file), 'utf8')));
}

/** Throws Error when the text is not two or three statements. */
export function parseReportSql(name: string, text: string): ReportSql {
    const [rows, figures, details, ...rest] = text
        .split(/;[ \t]*$/m)
        .map((statement) => statement.replace(/^--.*$/gm, '').trim())
        .filter((statement) => statement !== '');
    if (rows === undefined || figures === undefined || rest.length > 0) {
        throw new Error(`${name}.sql has to hold two or three statements: rows, figures, and details if need be.`);
    }
    return { name, rows, figures, details: details ?? null };
}

/** Columns of the rows to group by, in the order of the groups: `down2`. */
export interface Groups {
    readonly down: readonly string[];
    readonly across: readonly string[];
}

/** Every cell of the report: all groups, all subtotals, the grand total. `groups`: others than the report's own, as tiles of dashboards have. */
export function calculate({ database, reader, today }: Facts, sql: ReportSql, groups?: Groups): Calculated {
    database.exec('DROP TABLE IF EXISTS temp.counted');
    const parameters = Object.entries({ now: reader.now, today }).filter(([name]) => sql.rows.includes(`:${name}`));
    database.prepare(`CREATE TEMP TABLE counted AS ${sql.rows}`).run(Object.fromEntries(parameters));
    const columns = database
        .prepare("SELECT name FROM pragma_table_info('counted')")
        .all()
        .map((row) => String(row['name']));
    const down = groups?.down ?? columns.filter((name) => /^down\d$/.test(name));
    const across = groups?.across ?? columns.filter((name) => /^across\d$/.test(name));
    const cells = prefixes(down).flatMap((outer) =>
        prefixes(across).flatMap((inner) => cellsOf([...outer, ...inner], outer.length)),
    );
    const details =
        sql.details === null
            ? null
            : database
                  .prepare(sql.details)
                  .all()
                  .map((row) => Object.values(row).map(sqlValue));
    return { down: down.length, across: across.length, cells, details };

    function cellsOf(names: readonly string[], outer: number): CalculatedCell[] {
        const select = [...names, `count(*) AS "${ROWS}"`].join(', ');
        const grouped = names.length === 0 ? '' : ` GROUP BY ${names.join(', ')}`;
        return database
            .prepare(sql.figures.replace(/^SELECT\b/, `SELECT ${select},`) + grouped)
            .all()
            .map((row) => {
                const path = names.map((name) => sqlValue(row[name]));
                const figures = Object.entries(row).filter(([name]) => !names.includes(name) && name !== ROWS);
                return {
                    down: path.slice(0, outer),
                    across: path.slice(outer),
                    rows: Number(row[ROWS]),
                    figures: Object.fromEntries(
                        figures.map(([name, value]) => [name, value === null ? null : Number(value)]),
                    ),
                };
            });
    }
}

function prefixes(names: readonly string[]): string[][] {
    return [[], ...names.map((_, index) => names.slice(0, index + 1))];
}

function sqlValue(value: unknown): SqlValue {
    if (value === null || typeof value === 'string' || typeof value === 'number') return value;
    throw new TypeError(`SQLite gave a ${typeof value}.`);
}
