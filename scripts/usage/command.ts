import type { FieldTypes } from 'c/playbookEngine';
import { accountFieldTypes } from '../lib/project-metadata.ts';
import { ORG_HELP, ORG_OPTIONS, readArguments } from '../lib/command.ts';
import type { ExitCode, Output } from '../lib/command.ts';
import { connectToOrg } from '../lib/connection.ts';
import type { Connection } from '../lib/connection.ts';
import { CommandError } from '../lib/errors.ts';
import { orgFieldTypes } from '../lib/org-fields.ts';
import { startProgress } from '../lib/progress.ts';
import { queryAll } from '../lib/records.ts';
import { readOrgRules, readProjectRules } from '../lib/rules.ts';
import type { OrgRules } from '../lib/rules.ts';
import { soqlLiteral } from '../lib/soql.ts';
import { importedAccount, orgAccounts } from './book.ts';
import { totalBytes } from './gather.ts';
import { importUsage } from './import.ts';
import type { LoadedAccount, UsageSummary } from './import.ts';
import { loadMap } from './map.ts';
import type { FigureMap } from './map.ts';
import { RejectFile } from './rejects.ts';
import { formatReport, reportBook } from './report.ts';
import type { BookAccount } from './report.ts';

const USAGE = `Usage: npm run usage -- import FILE … --map MAP [--as-of DAY] --org ORG
       npm run usage -- import FILE … --map MAP [--as-of DAY] --dry-run
       npm run usage -- report [--as-of DAY] [--prefix TEXT] --org ORG

  import  brings figures from CSV files into accounts by external id, as the map says; safe to run twice
  report  how many accounts each trigger of the org flags

  --map MAP       mapping file, such as data/mappings/ravenstack.yaml
  --as-of DAY     YYYY-MM-DD: the day that the figures are of (default: today)
  --rejects FILE  where rows go that could not be used (default: usage-rejects.csv)
  --owner NAME    username of the owner and CSM of accounts that are made
  --go-back       replace figures that are newer than those of the files
  --dry-run       import: write nothing; needs no org, and then takes the triggers as they ship
  --explain N     N flagged accounts with their reasons and every figure
  --prefix TEXT   report: only accounts whose external id begins so

${ORG_HELP}

Ends with 0: all rows used; 1: some rejected; 2: nothing done.`;

const OPTIONS = {
    ...ORG_OPTIONS,
    map: { type: 'string' },
    'as-of': { type: 'string' },
    rejects: { type: 'string', default: 'usage-rejects.csv' },
    owner: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    'go-back': { type: 'boolean', default: false },
    explain: { type: 'string', default: '0' },
    prefix: { type: 'string' },
} as const;

interface Request {
    readonly connection: Connection | null;
    readonly asOf: string;
    readonly explain: number;
    readonly output: Output;
}

/** `npm run usage`: see USAGE. */
export async function usage(argv: readonly string[], output: Output): Promise<ExitCode> {
    const { values, positionals } = readArguments(argv, OPTIONS, USAGE);
    if (values.help === true) {
        output.print(USAGE);
        return 0;
    }
    const [action, ...files] = positionals;
    if (action !== 'import' && action !== 'report') {
        throw new CommandError(action === undefined ? 'Say what to do.' : `There is no “${action}” here.`, USAGE);
    }
    const explain = Number(values.explain);
    if (!Number.isInteger(explain) || explain < 0) {
        throw new CommandError(`“${values.explain}” is no number of accounts.`, 'Write --explain 5.');
    }
    const asOf = checkedDay(values['as-of'] ?? new Date().toISOString().slice(0, 10));
    const writes = !(action === 'import' && values['dry-run']);
    if (writes && values.org === undefined) {
        throw new CommandError(
            'Which org?',
            'Add --org local, --org https://… or --org ALIAS; or try the import with --dry-run.',
        );
    }
    const map = action === 'import' ? await mapFor(values.map, files) : null;
    const connection = writes && values.org !== undefined ? await connectToOrg({ ...values, org: values.org }) : null;
    const request = { connection, asOf, explain, output };
    return map === null ? report(request, values.prefix ?? null) : bringIn(request, map, files, values);
}

async function mapFor(path: string | undefined, files: readonly string[]): Promise<FigureMap> {
    if (path === undefined) {
        throw new CommandError('By which map?', 'Add --map, such as --map data/mappings/simple.yaml.');
    }
    if (files.length === 0) {
        throw new CommandError('There is no file to import.', 'Name one or more CSV files.');
    }
    return loadMap(path);
}

async function bringIn(
    request: Request,
    map: FigureMap,
    files: readonly string[],
    options: { readonly rejects: string; readonly owner?: string | undefined; readonly 'go-back': boolean },
): Promise<ExitCode> {
    const { connection, asOf } = request;
    const ownerId = options.owner === undefined || connection === null ? null : await userId(connection, options.owner);
    const rejects = await RejectFile.open(options.rejects);
    const reading = startProgress('Reading', await totalBytes(files));
    let saving: ReturnType<typeof startProgress> | null = null;
    let summary: UsageSummary;
    try {
        summary = await importUsage({
            connection,
            map,
            files,
            asOf,
            rejects,
            ownerId,
            goBack: options['go-back'],
            onBytes: (bytes) => reading.update(bytes),
            onAccounts: (done, total) => {
                reading.stop();
                saving ??= startProgress(connection === null ? 'Working out' : 'Saving', total);
                saving.update(done);
                if (done === total) {
                    saving.stop();
                }
            },
        });
    } finally {
        reading.stop();
        await rejects.close();
    }
    printSummary(summary, map, request, rejects);
    await reportImported(request, summary.accounts);
    return summary.accounts.length === 0 ? 2 : rejects.count > 0 ? 1 : 0;
}

function printSummary(summary: UsageSummary, map: FigureMap, request: Request, rejects: RejectFile): void {
    const { connection, asOf, output } = request;
    const created = summary.accounts.filter((account) => account.created).length;
    const what =
        connection === null
            ? 'worked out, nothing written'
            : `${created} created, ${summary.accounts.length - created} updated`;
    output.print(
        `${map.content.name} as of ${asOf}: ${summary.rows} rows read, ${summary.leftOut} left out by the map.`,
    );
    output.print(`${summary.accounts.length} accounts: ${what}.`);
    output.print(
        rejects.count === 0
            ? 'No row was rejected.'
            : `${rejects.count} rejected: see ${rejects.path}. Correct those rows and import again; the others stay as they are.`,
    );
    const health = map.fields.find(({ field }) => field === 'Health_Score__c');
    if (health !== undefined) {
        output.print(`\nHealth is worked out as\n${health.formula.source.trimEnd().replace(/^/gm, '  ')}\n`);
    }
}

async function report(request: Request, prefix: string | null): Promise<ExitCode> {
    if (request.connection === null) {
        return 2;
    }
    const rules = await readOrgRules(request.connection);
    const fieldTypes = await orgFieldTypes(request.connection);
    printBook(request, await orgAccounts(request.connection, rules, fieldTypes, prefix), rules, fieldTypes);
    return 0;
}

/** After an import: the accounts as the org has them now, or without an org as they would be. */
async function reportImported(request: Request, imported: readonly LoadedAccount[]): Promise<void> {
    const { connection } = request;
    if (connection === null) {
        const fieldTypes = await accountFieldTypes();
        printBook(request, imported.map(importedAccount), await readProjectRules(), fieldTypes);
        return;
    }
    const rules = await readOrgRules(connection);
    const fieldTypes = await orgFieldTypes(connection);
    const from = new Map(imported.map((account) => [account.externalId, account.from]));
    const accounts = (await orgAccounts(connection, rules, fieldTypes, null)).flatMap((account) => {
        const workedFrom = account.externalId === null ? undefined : from.get(account.externalId);
        return workedFrom === undefined ? [] : [{ ...account, from: workedFrom }];
    });
    printBook(request, accounts, rules, fieldTypes);
}

function printBook(
    { asOf, explain, output }: Request,
    accounts: readonly BookAccount[],
    rules: OrgRules,
    fieldTypes: FieldTypes,
): void {
    const book = reportBook(accounts, rules, fieldTypes, asOf);
    formatReport(book, asOf, explain).forEach((line) => output.print(line));
}

async function userId(connection: Connection, name: string): Promise<string> {
    const rows = await queryAll(
        connection,
        `SELECT Id FROM User WHERE Username LIKE ${soqlLiteral(`${name.replace(/[%_\\]/g, '\\$&')}%`)} LIMIT 2`,
    );
    const id = rows[0]?.['Id'];
    if (rows.length !== 1 || typeof id !== 'string') {
        throw new CommandError(
            `“${name}” is ${rows.length === 0 ? 'no user' : 'not one user but several'} of the org.`,
            'Give a whole username.',
        );
    }
    return id;
}

function checkedDay(day: string): string {
    const time = Date.parse(`${day}T00:00:00Z`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) {
        throw new CommandError(`“${day}” is no day.`, 'Write it as 2024-12-31.');
    }
    return day;
}
