/** From the org to a complete plan: accounts read and evaluated, and places given. Nothing is written to the org. */
import { z } from 'zod';
import type { UserMessage } from '../lib/errors.ts';
import type { Progress } from '../lib/progress.ts';
import { queryAll } from '../lib/records.ts';
import { askSize, BOOK_SIZE, countedSize } from './book-size.ts';
import { bulkRows } from './bulk-query.ts';
import type { SweepConfiguration } from './configuration.ts';
import type { HistoryWriter } from './history.ts';
import { checkLimits } from './limits.ts';
import type { OrgClient } from './org-client.ts';
import { freePlaces, givePlaces, openRunsByCsm, sharedFreePlaces } from './places.ts';
import { planBook } from './plan.ts';
import { pushDown } from './push-down.ts';
import { filterableFields } from './push-down/filterable-fields.ts';
import { shardRange } from './shards.ts';
import type { IdRange, Shard } from './shards.ts';
import { hiddenCsms } from './sight.ts';
import { BOOK_COUNTS, BookTally } from './tally.ts';
import type { WorkFile } from './work-file.ts';

export interface DecideInput {
    readonly client: OrgClient;
    readonly configuration: SweepConfiguration;
    readonly shard: Shard;
    /** Read every account, also those on which no rule can hold. */
    readonly full: boolean;
    readonly work: WorkFile;
    readonly history: HistoryWriter | null;
    readonly startProgress: (label: string, total: number) => Progress;
    /** Called often: keeps the lock. */
    readonly keep: () => Promise<void>;
    /** Told when the user of the sweep does not see what it must not be blind to; throws unless nothing will be written. */
    readonly onHidden: (hidden: readonly UserMessage[]) => void;
}

export const DECIDED = z.object({
    counts: BOOK_COUNTS,
    size: BOOK_SIZE,
    /** In words; null: only candidates were read, or all accounts as was wanted. */
    readAllBecause: z.string().nullable(),
});
export type Decided = z.infer<typeof DECIDED>;

/** Two for runs and completions, two for accounts. */
const QUERIES = 4;
/** To look after those queries until they have ended. */
const REQUESTS = 100;
const ROWS_PER_PAGE = 50_000;

export async function decide(input: DecideInput): Promise<Decided> {
    const { client, configuration, full, history, keep, onHidden, shard, startProgress, work } = input;
    const { connection } = client;
    const range = await rangeOf(client, shard);
    const asked = await askSize(connection, { configuration, range });
    onHidden(await hiddenCsms(connection, configuration, asked));
    await checkLimits(client, {
        queryJobs: QUERIES,
        ingestJobs: 0,
        requests: REQUESTS + Math.ceil((asked.inScope ?? 0) / ROWS_PER_PAGE),
    });
    const { readAllBecause, where } = full ? EVERYTHING : await candidatesOf(client, configuration);
    const tally = new BookTally(configuration.rules.prepared);
    const progress = startProgress('Looking at accounts', where === null ? (asked.inScope ?? 0) : 0);
    const refusals: string[] = [];
    try {
        await planBook({
            ...{ configuration, range, work, tally, history },
            candidates: where,
            readRows: (soql) => bulkRows(client, soql, { onWaiting: keep }),
            onFallback: ({ message }) => refusals.push(message),
            afterBatch: async (evaluated) => {
                progress.update(evaluated);
                await keep();
            },
        });
    } finally {
        progress.stop();
    }
    const { capacity } = configuration.rules.settings;
    if (shard.count === 1) {
        givePlaces(work, freePlaces(capacity, tally.placesTaken()));
    } else {
        const free = freePlaces(capacity, await openRunsByCsm(connection));
        const day = Math.floor(Date.parse(configuration.rules.clock.now) / 86_400_000);
        givePlaces(work, sharedFreePlaces(free, shard, day));
    }
    const counts = tally.counts();
    return {
        counts,
        size: where === null ? countedSize(counts) : asked,
        readAllBecause: refusals[0] ?? readAllBecause,
    };
}

interface Candidates {
    /** SOQL condition that every account meets on which a rule holds; null: all accounts are read. */
    readonly where: string | null;
    readonly readAllBecause: string | null;
}

const EVERYTHING: Candidates = { where: null, readAllBecause: null };

async function candidatesOf({ connection }: OrgClient, configuration: SweepConfiguration): Promise<Candidates> {
    const { clock, prepared } = configuration.rules;
    const queryable = await filterableFields(connection, configuration.fieldTypes);
    const { notPushed, where } = pushDown(prepared.rules, { prepared, clock, queryable });
    const [first] = notPushed;
    const label = prepared.triggers.find(({ key }) => key === first?.key)?.label;
    return {
        where,
        readAllBecause:
            first === undefined ? null : `“${label ?? first.key}” cannot be asked of the org, because ${first.why}`,
    };
}

/** One part of several begins and ends at ids; the lowest and the highest one are found by the index of the primary key. */
export async function rangeOf({ connection }: OrgClient, shard: Shard): Promise<IdRange> {
    if (shard.count === 1) {
        return { from: null, below: null };
    }
    const end = async (direction: 'ASC' | 'DESC'): Promise<string> => {
        const [row] = await queryAll(connection, `SELECT Id FROM Account ORDER BY Id ${direction} LIMIT 1`);
        // Without an account every id will do.
        return typeof row?.['Id'] === 'string' ? row['Id'] : '001000000000000AAA';
    };
    return shardRange(shard, await end('ASC'), await end('DESC'));
}
