/**
 * One reading of a book in a process of its own, whose memory is nobody else's. Arguments: address of the org (its token in SF_ACCESS_TOKEN), what
 * to do (`Work`), `all` or `candidates`, and a folder that is no longer there afterwards. Sends `Reading` to its parent.
 */
import { bookQueries } from '../sweep/book.ts';
import { bulkRows } from '../sweep/bulk-query.ts';
import { readConfiguration } from '../sweep/configuration.ts';
import { openOrgClient } from '../sweep/org-client.ts';
import { pushDown } from '../sweep/push-down.ts';
import { filterableFields } from '../sweep/push-down/filterable-fields.ts';
import { runSweep } from '../sweep/sweep.ts';

/** download: read what a sweep reads and throw it away. sweep: all that a sweep does up to its first write. night: a sweep that writes. */
export type Work = 'download' | 'sweep' | 'night';

export interface Reading {
    readonly ms: number;
    /** Seconds of work of this process. */
    readonly cpu: number;
    /** Accounts that travelled. */
    readonly rows: number;
    /** Runs that are opened or changed; 0 for a download. */
    readonly changes: number;
    readonly apiCalls: number;
    /** The most memory that the process has had, in MB. */
    readonly memory: number;
}

const [org = '', work, which, stateDir = ''] = process.argv.slice(2);
const client = await openOrgClient({ org });
const read = work === 'download' ? download : sweep;
const start = performance.now();
const { rows, changes } = await read(which === 'all');
const ms = performance.now() - start;
const { user, system } = process.cpuUsage();
const reading: Reading = {
    ...{ ms, rows, changes },
    cpu: (user + system) / 1_000_000,
    apiCalls: client.calls,
    memory: process.resourceUsage().maxRSS / 1024,
};
process.send?.(reading);
process.disconnect();

async function sweep(full: boolean): Promise<Pick<Reading, 'rows' | 'changes'>> {
    const noProgress = { update: () => undefined, stop: () => undefined };
    const { summary } = await runSweep({
        ...{ client, full, dryRun: work === 'sweep', stateDir, shard: { index: 1, count: 1 } },
        startProgress: () => noProgress,
        say: () => undefined,
    });
    // A run that waits as before is not written.
    const { wait: _wait, ...written } = summary.changes;
    const changes = Object.values(written).reduce((sum, count) => sum + count, 0);
    return { rows: summary.accounts.evaluated, changes };
}

/** The same queries by the same client, their rows thrown away. */
async function download(full: boolean): Promise<Pick<Reading, 'rows' | 'changes'>> {
    const configuration = await readConfiguration(client.connection, client.now());
    const { prepared, clock } = configuration.rules;
    const queryable = await filterableFields(client.connection, configuration.fieldTypes);
    const candidates = full ? null : pushDown(prepared.rules, { prepared, clock, queryable }).where;
    const queries = bookQueries(configuration, { from: null, below: null });
    const countRows = async (soql: string): Promise<number> => {
        let count = 0;
        for await (const batch of bulkRows(client, soql)) {
            count += batch.length;
        }
        return count;
    };
    const { accountsWithRuns, completions, runs } = queries;
    const others = full ? [runs, completions] : [accountsWithRuns, runs, completions];
    const [rows] = await Promise.all([queries.accounts(candidates), ...others].map(countRows));
    return { rows: rows ?? 0, changes: 0 };
}
