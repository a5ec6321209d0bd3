/** `npm run figures`: whether the shipped reports say what the records say. */
import type { Connection } from '../lib/connection.ts';
import { connectToOrg } from '../lib/connection.ts';
import { ORG_HELP, ORG_OPTIONS, readArguments } from '../lib/command.ts';
import type { ExitCode, Output } from '../lib/command.ts';
import { CommandError } from '../lib/errors.ts';
import { queryAll } from '../lib/records.ts';
import { startProgress } from '../lib/progress.ts';
import { formatTable } from '../sweep/table.ts';
import { compareReport } from './compare.ts';
import type { Comparison } from './compare.ts';
import { gatherFacts } from './gather.ts';
import { calculate, readReportSqls } from './report-sql.ts';
import type { ReportSql } from './report-sql.ts';
import type { Facts } from './facts.ts';

const USAGE = `Usage: npm run figures -- --org ORG [REPORT …]

Works out every number of the shipped reports straight from the records, in plain SQL (scripts/figures), runs the reports as the same
user, and holds each number of one against the other's. Reads only.

  REPORT        developer names, such as Save_Rate_by_Playbook (default: all that there is a calculation for)
${ORG_HELP}
  --all         tell all differences, not the first few of each report

The user has to see what the figures are made of: with a field hidden, its figures differ, and the field is named.

Ends with 0: all numbers are equal; 1: some differ, or a report is not there; 2: nothing done.`;

const OPTIONS = { ...ORG_OPTIONS, all: { type: 'boolean', default: false } } as const;
const FIRST_FEW = 10;

export async function figures(argv: readonly string[], output: Output): Promise<ExitCode> {
    const { values, positionals } = readArguments(argv, OPTIONS, USAGE);
    if (values.help === true) {
        output.print(USAGE);
        return 0;
    }
    if (values.org === undefined) throw new CommandError('Say which org: --org.', USAGE);
    const sqls = chosen(positionals);
    const connection = await connectToOrg({ org: values.org, user: values.user, data: values.data });
    const progress = startProgress('Reading', 0);
    const { facts, unseen, counts } = await gatherFacts(connection).finally(() => progress.stop());
    try {
        const read = Object.entries(counts).map(([object, count]) => `${count} ${object}`);
        output.print(`Read ${read.join(', ')}. Days are those of ${facts.reader.timeZone}.`);
        if (unseen.length > 0) output.warn(`Not seen by this user, so blank in the calculation: ${unseen.join(', ')}.`);
        const results = await compareAll(connection, facts, sqls);
        for (const line of tableOf(results)) output.print(line);
        for (const [name, { differences }] of results) {
            const told = values.all ? differences : differences.slice(0, FIRST_FEW);
            for (const difference of told) output.warn(`${name}: ${difference}`);
            if (told.length < differences.length) {
                output.warn(`${name}: ${differences.length - told.length} more differences; --all tells them.`);
            }
        }
        return [...results.values()].every(({ differences }) => differences.length === 0) ? 0 : 1;
    } finally {
        facts.close();
    }
}

/** By developer name of the report. A report that is missing or fails is a difference too. */
export async function compareAll(
    connection: Connection,
    facts: Facts,
    sqls: readonly ReportSql[],
): Promise<ReadonlyMap<string, Comparison>> {
    const reports = await queryAll(connection, 'SELECT Id, DeveloperName FROM Report');
    const ids = new Map(reports.map((report) => [String(report['DeveloperName']), String(report['Id'])]));
    const results = new Map<string, Comparison>();
    for (const sql of sqls) {
        const id = ids.get(sql.name);
        results.set(
            sql.name,
            id === undefined
                ? { compared: 0, differences: ['The org has no report of this name, or the user may not see it.'] }
                : await compareOne(connection, id, facts, sql),
        );
    }
    return results;
}

async function compareOne(connection: Connection, id: string, facts: Facts, sql: ReportSql): Promise<Comparison> {
    try {
        const result = await connection.analytics.report(id).execute({ details: true });
        return compareReport(result, calculate(facts, sql));
    } catch (error) {
        if (!(error instanceof Error) || !('errorCode' in error)) throw error;
        return { compared: 0, differences: [`The report did not run: ${error.message}`] };
    }
}

function chosen(names: readonly string[]): ReportSql[] {
    const all = readReportSqls();
    const unknown = names.find((name) => !all.some((sql) => sql.name === name));
    if (unknown !== undefined) {
        throw new CommandError(
            `There is no calculation for a report “${unknown}”.`,
            `Name one of: ${all.map(({ name }) => name).join(', ')}.`,
        );
    }
    return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

function tableOf(results: ReadonlyMap<string, Comparison>): string[] {
    const rows = [...results].map(([name, { compared, differences }]) => [
        name,
        String(compared),
        String(differences.length),
    ]);
    return formatTable(['Report', 'Numbers compared', 'Differences'], rows);
}
