/** A local org whose clock the test sets, with three people who work on the same accounts, and its sweeps. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendPlan } from 'c/playbookRecords';
import { COMPLETION, fields, list, nodesOf, queryText, readRunNode, RUN } from 'c/playbookRecords';
import type { Sent } from 'c/playbookRecords';
import type { Value } from 'c/formula';
import type { AccountSnapshot, ChangePlan, CurrentUser, Run } from 'c/playbookEngine';
import type { Connection } from '../../../lib/connection.ts';
import { connectToOrg } from '../../../lib/connection.ts';
import { PROJECT_ROOT } from '../../../lib/project-metadata.ts';
import { createRecords, queryAll, requireIds, updateRecords } from '../../../lib/records.ts';
import type { RecordFields } from '../../../lib/records.ts';
import { readConfig } from '../../../local-org/config.ts';
import { createLocalOrg } from '../../../local-org/server.ts';
import { importPlaybooks } from '../../../playbooks/import.ts';
import { readConfiguration } from '../../configuration.ts';
import type { SweepConfiguration } from '../../configuration.ts';
import { openOrgClient } from '../../org-client.ts';
import { WHOLE } from '../../shards.ts';
import { runSweep } from '../../sweep.ts';
import type { SweepSummary } from '../../summary.ts';

export interface Person {
    readonly user: CurrentUser;
    readonly connection: Connection;
}

const PEOPLE = ['maya', 'tom', 'ines'];
const RUNS_QUERY = queryText('ScheduleRuns($accountId: ID)', [
    list(
        'Playbook_Run__c',
        'first: 2000, where: { Account__c: { eq: $accountId } }',
        `Id ${fields(RUN)} Run_Playbook__r { ${fields('Name Key__c')} } ${list('Step_Completions__r', 'first: 1000', `Id ${fields(COMPLETION)}`)}`,
    ),
]);

export class ScheduleOrg {
    readonly people: Person[] = [];
    accountIds: readonly string[] = [];
    readonly #time: { now: number };
    readonly #folder: string;
    readonly #connection: Connection;
    readonly #close: () => Promise<void>;

    private constructor(time: { now: number }, folder: string, connection: Connection, close: () => Promise<void>) {
        this.#time = time;
        this.#folder = folder;
        this.#connection = connection;
        this.#close = close;
    }

    /** `accounts`: how many. */
    static async start(at: string, accounts: number): Promise<ScheduleOrg> {
        const folder = await mkdtemp(join(tmpdir(), 'schedules-'));
        const time = { now: Date.parse(at) };
        const config = readConfig(PROJECT_ROOT);
        const org = await createLocalOrg({
            projectRoot: PROJECT_ROOT,
            dataDir: join(folder, 'org'),
            port: 0,
            apiLimit: 1_000_000,
            now: () => new Date(time.now).toISOString(),
            // All three on one team, so that each may work on every account.
            config: { ...config, users: config.users.map((user) => ({ ...user, teams: ['Mid-market'] })) },
        });
        const close = async (): Promise<void> => {
            await org.close();
            await rm(folder, { recursive: true, force: true });
        };
        await writeFile(join(folder, 'server.json'), JSON.stringify({ url: org.url, tokens: org.tokens }));
        const connection = await connectToOrg({ org: 'local', data: folder });
        const schedule = new ScheduleOrg(time, folder, connection, close);
        await schedule.#prepare(accounts);
        return schedule;
    }

    get now(): string {
        return new Date(this.#time.now).toISOString();
    }

    pass(milliseconds: number): void {
        this.#time.now += milliseconds;
    }

    close(): Promise<void> {
        return this.#close();
    }

    /** Rules, versions and fields as they are now. */
    configuration(): Promise<SweepConfiguration> {
        return readConfiguration(this.#connection, new Date(this.#time.now));
    }

    async change(accounts: readonly (RecordFields & { readonly Id: string })[]): Promise<void> {
        for (const saved of await updateRecords(this.#connection, 'Account', accounts)) {
            if (!saved.ok) {
                throw new Error(saved.errors.map(({ message }) => message).join('; '));
            }
        }
    }

    async accounts({ fields: read }: SweepConfiguration): Promise<ReadonlyMap<string, AccountSnapshot>> {
        const paths = [...new Set(['Name', ...read.map(({ path }) => path)])];
        const rows = await queryAll(this.#connection, `SELECT Id, ${paths.join(', ')} FROM Account`);
        return new Map(
            rows.map((row) => {
                const values = Object.fromEntries(paths.map((path) => [path, valueAt(row, path)]));
                return [String(row['Id']), { id: String(row['Id']), values }];
            }),
        );
    }

    /** Every run with its completions by account, as the integration user sees them. */
    async runs(): Promise<ReadonlyMap<string, readonly Run[]>> {
        const names = (list: string): string => list.replaceAll('?', '').split(' ').join(', ');
        const runs = await queryAll(
            this.#connection,
            `SELECT Id, Account__c, ${names(RUN)}, Run_Playbook__r.Key__c, Run_Playbook__r.Name FROM Playbook_Run__c ORDER BY Id`,
        );
        const completions = await queryAll(
            this.#connection,
            `SELECT Id, Playbook_Run__c, ${names(COMPLETION)} FROM Step_Completion__c ORDER BY Id`,
        );
        const byRun = Map.groupBy(completions, (completion) => completion['Playbook_Run__c']);
        const byAccount = Map.groupBy(runs, (run) => String(run['Account__c']));
        const read = (run: Record<string, unknown>): Run =>
            readRunNode({
                ...run,
                Step_Completions__r: { edges: (byRun.get(run['Id']) ?? []).map((node) => ({ node })) },
            });
        return new Map(this.accountIds.map((id) => [id, (byAccount.get(id) ?? []).map(read)]));
    }

    /** The account's runs as one person's page reads them. */
    async runsOf(accountId: string, { connection }: Person): Promise<readonly Run[]> {
        const { data, errors } = await graphql(connection, RUNS_QUERY, { accountId });
        if (errors.length > 0) {
            throw new Error(JSON.stringify(errors));
        }
        const { uiapi } = data as { uiapi: { query: Record<string, unknown> } };
        return nodesOf(uiapi.query['Playbook_Run__c']).map(readRunNode);
    }

    /** Writes a plan as the page does: one mutation, all or nothing. */
    send(plan: ChangePlan, { connection }: Person): Promise<Sent> {
        return sendPlan(plan, ({ document, variables }) => graphql(connection, document, variables));
    }

    /** Writes a change of a sweep as the integration user. */
    write(plan: ChangePlan): Promise<Sent> {
        return sendPlan(plan, ({ document, variables }) => graphql(this.#connection, document, variables));
    }

    /** One sweep of the runner; `beforeJob` happens once, before a job writes, after so many others have written. */
    async sweep(options: { afterJobs?: number; beforeJob?: () => Promise<void> } = {}): Promise<SweepSummary> {
        const client = await openOrgClient({ org: 'local', data: this.#folder });
        client.now = () => new Date(this.#time.now);
        const send = client.sendOnce.bind(client);
        let left = options.afterJobs ?? 0;
        client.sendOnce = async (request, read) => {
            if (request.method === 'POST' && request.path === '/jobs/ingest') {
                left -= 1;
                if (left === -1) {
                    await options.beforeJob?.();
                }
            }
            return send(request, read);
        };
        const { summary } = await runSweep({
            client,
            shard: WHOLE,
            dryRun: false,
            full: false,
            stateDir: join(this.#folder, 'state'),
            jobRows: 10_000,
            startProgress: () => ({ update: () => undefined, stop: () => undefined }),
            say: () => undefined,
        });
        return summary;
    }

    async #prepare(accounts: number): Promise<void> {
        await importPlaybooks({ connection: this.#connection, directory: 'data/playbooks' });
        const { users } = await this.configuration();
        for (const name of PEOPLE) {
            const connection = await connectToOrg({ org: 'local', data: this.#folder, user: name });
            const user = [...users.values()].find(({ email }) => email.startsWith(`${name}@`));
            if (user === undefined) {
                throw new Error(`The org has no ${name}.`);
            }
            this.people.push({ user, connection });
        }
        const records = Array.from({ length: accounts }, (_, index) => {
            // More than she can take on, so that some of it waits.
            const csm = this.people[index % 8 === 0 ? 1 : 0]?.user.id ?? null;
            return { Name: `Account ${index}`, CSM__c: csm, OwnerId: csm, Health_Score__c: 75, ARR__c: 50_000 };
        });
        this.accountIds = requireIds(
            await createRecords(this.#connection, 'Account', records),
            ({ errors }) => new Error(errors.map(({ message }) => message).join('; ')),
        );
    }
}

async function graphql(
    connection: Connection,
    query: string,
    variables: Readonly<Record<string, unknown>>,
): Promise<{ readonly data: unknown; readonly errors: readonly unknown[] }> {
    return connection.request({
        method: 'POST',
        url: `/services/data/v${connection.version}/graphql`,
        body: JSON.stringify({ query, variables }),
        headers: { 'content-type': 'application/json' },
    });
}

function valueAt(row: Readonly<Record<string, unknown>>, path: string): Value {
    let value: unknown = row;
    for (const name of path.split('.')) {
        value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
    }
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
