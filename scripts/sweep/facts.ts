/**
 * What a sweep finds out after its runs are written: whether what was won has lasted, and how experienced each run's CSM was. It rests on the
 * org alone, as it is at that moment: a sweep that is killed here does the same again when it goes on, and where all is written nothing is.
 */
import { factsOf, LONGEST_WATCH_DAYS, WON } from 'c/playbookEngine';
import type { ChangePlan, Facts, FigureName, Kept } from 'c/playbookEngine';
import type { Connection } from '../lib/connection.ts';
import { queryAll } from '../lib/records.ts';
import { soqlIn } from '../lib/soql.ts';
import { accountReader, runOf } from './book.ts';
import type { BulkRow } from './book.ts';
import { bulkRows } from './bulk-query.ts';
import type { SweepConfiguration } from './configuration.ts';
import type { OrgClient } from './org-client.ts';
import type { Outbox, Tally, WriteState } from './outbox.ts';
import { rangeConditions } from './shards.ts';
import type { IdRange } from './shards.ts';

export interface Afterwards {
    /** Runs of which it is decided now whether what was won has lasted. */
    readonly kept: Readonly<Partial<Record<Exclude<Kept, 'Provisional'>, number>>>;
    /** Runs on which it is noted how long their CSM had worked with playbooks. */
    readonly csmMonths: number;
}

export interface FactsInput {
    readonly client: OrgClient;
    readonly configuration: SweepConfiguration;
    readonly range: IdRange;
    /** Called often: keeps the lock. */
    readonly keep: () => Promise<void>;
}

/** What of the account decides whether a win has lasted. */
const FIGURES: readonly FigureName[] = ['ARR', 'Renewal', 'ChurnedOn', 'NoticeGivenOn'];
const COLUMNS = [
    ...[
        'Id',
        'Account__c',
        'Surfaced_At__c',
        'Closed_At__c',
        'Run_Status__c',
        'Outcome__c',
        'Practice__c',
        'Acted_At__c',
    ],
    ...['ARR_At_Opening__c', 'Renewal_At_Close_On__c', 'Kept__c', 'Kept_On__c', 'Run_CSM__c', 'CSM_Months__c'],
];
const NO_CHANGE = { createRun: null, createCompletions: [], updateCompletions: [], createTask: null };

/** Fills `outbox` with what is to be written. Nothing is written to the org. */
export async function findFacts(input: FactsInput, outbox: Outbox): Promise<void> {
    const { client, configuration, keep } = input;
    const { clock, prepared } = configuration.rules;
    const fields = configuration.fields.filter(({ path }) =>
        FIGURES.some((figure) => prepared.figures[figure].path === path),
    );
    const readAccount = accountReader(fields);
    const first = new FirstRuns(client.connection);
    const soql = factsQuery(
        input,
        fields.map(({ path }) => path),
    );
    for await (const rows of bulkRows(client, soql, { onWaiting: keep })) {
        const runs = rows.map((row) => ({ row, run: runOf(row, []) }));
        const wanting = runs.filter(({ run }) => run.csmMonths === null);
        const firstRunAt = await first.of(wanting.flatMap(({ run }) => run.csmId ?? []));
        for (const { row, run } of runs) {
            const account = readAccount(accountRow(row));
            const facts = factsOf(run, account, firstRunAt.get(run.csmId ?? '') ?? null, { clock, prepared });
            if (facts !== null) {
                const plan: ChangePlan = { ...NO_CHANGE, updateRun: { id: run.id, fields: facts.fields } };
                const about = { kind: 'refresh', runId: run.id, seenAt: run.actedAt } as const;
                outbox.add(row['Account__c'] ?? '', about, plan, labelOf(facts));
            }
        }
        await keep();
    }
}

/** How much of an outbox that {@link findFacts} has filled stands so: `planned` as it was filled, `done` as the org has confirmed. */
export function afterwardsOf(tally: readonly Tally[], wanted: WriteState): Afterwards {
    const kept: Partial<Record<string, number>> = {};
    let csmMonths = 0;
    for (const { count, label } of tally.filter(({ state }) => state === wanted)) {
        const [decided = '', months] = label.split('|');
        if (decided !== '') {
            kept[decided] = (kept[decided] ?? 0) + count;
        }
        csmMonths += months === MONTHS ? count : 0;
    }
    return { kept, csmMonths };
}

const MONTHS = 'months';
const labelOf = ({ kept, months }: Facts): string => `${kept ?? ''}|${months ? MONTHS : ''}`;

/** Runs of which something may be to be decided; most are looked at every night until they are confirmed or lost. */
function factsQuery({ configuration, range }: FactsInput, paths: readonly string[]): string {
    const oldest = new Date(Date.parse(configuration.rules.clock.now) - LONGEST_WATCH_DAYS * 86_400_000).toISOString();
    const won = [
        "Run_Status__c = 'Closed'",
        'Practice__c = false',
        soqlIn('Outcome__c', WON),
        `Closed_At__c >= ${oldest}`,
        `(Kept__c = null OR ${soqlIn('Kept__c', ['Provisional', 'Kept for 90 days', 'Kept smaller'])})`,
    ];
    const conditions = [
        ...rangeConditions('Account__r.Id', range),
        `((${won.join(' AND ')}) OR (CSM_Months__c = null AND Run_CSM__c != null))`,
    ];
    const columns = [...COLUMNS, ...paths.map((path) => `${ACCOUNT}${path}`)];
    return `SELECT ${columns.join(', ')} FROM Playbook_Run__c WHERE ${conditions.join(' AND ')}`;
}

const ACCOUNT = 'Account__r.';

function accountRow(row: BulkRow): BulkRow {
    const cells = Object.entries(row).filter(([column]) => column.startsWith(ACCOUNT));
    return {
        Id: row['Account__c'] ?? '',
        ...Object.fromEntries(cells.map(([name, cell]) => [name.slice(ACCOUNT.length), cell])),
    };
}

/** When the first run of each CSM surfaced, in the whole org; asked once of each. */
class FirstRuns {
    readonly #connection: Connection;
    readonly #known = new Map<string, string>();

    constructor(connection: Connection) {
        this.#connection = connection;
    }

    /** Has to fit into an address, and into one page of groups. */
    static readonly #AT_ONCE = 200;

    async of(csmIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
        const unknown = [...new Set(csmIds)].filter((id) => !this.#known.has(id));
        for (let at = 0; at < unknown.length; at += FirstRuns.#AT_ONCE) {
            const some = unknown.slice(at, at + FirstRuns.#AT_ONCE);
            const rows: Record<string, unknown>[] = await queryAll(
                this.#connection,
                `SELECT Run_CSM__c csm, MIN(Surfaced_At__c) surfaced FROM Playbook_Run__c WHERE ${soqlIn('Run_CSM__c', some)} GROUP BY Run_CSM__c`,
            );
            rows.forEach(({ csm, surfaced }) => this.#known.set(String(csm), String(surfaced)));
        }
        return this.#known;
    }
}
