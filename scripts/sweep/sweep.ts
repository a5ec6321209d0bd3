/** One sweep from lock to summary. */
import { rm } from 'node:fs/promises';
import { deedOf, placed } from 'c/playbookEngine';
import type { Formats } from 'c/playbookEngine';
import { CommandError, describeError } from '../lib/errors.ts';
import type { UserMessage } from '../lib/errors.ts';
import type { Progress } from '../lib/progress.ts';
import { oldestClosing } from './book.ts';
import { readConfiguration } from './configuration.ts';
import type { SweepConfiguration } from './configuration.ts';
import { DECIDED, decide, rangeOf } from './decide.ts';
import type { Decided } from './decide.ts';
import { afterwardsOf, findFacts } from './facts.ts';
import type { FactsInput } from './facts.ts';
import { formerNumbers, numbered } from './episode-numbers.ts';
import { HistoryWriter } from './history.ts';
import { checkLimits } from './limits.ts';
import { acquireLock, LockLost } from './lock.ts';
import type { SweepLock } from './lock.ts';
import type { OrgClient } from './org-client.ts';
import { Outbox, PHASES } from './outbox.ts';
import { shardName } from './shards.ts';
import type { Shard } from './shards.ts';
import { hiddenFigures } from './sight.ts';
import { StateFolder } from './state-folder.ts';
import type { Unfinished } from './state-folder.ts';
import { deedsDone, messageOf, missed, recordFields, summarize } from './summary.ts';
import type { SweepSummary } from './summary.ts';
import { writeTroubles } from './troubles.ts';
import { WorkFile, workFileError } from './work-file.ts';
import { dropPlanned, ROWS_PER_JOB, writePlanned } from './write.ts';

export interface SweepRequest {
    readonly client: OrgClient;
    readonly shard: Shard;
    readonly dryRun: boolean;
    /** Look at every account, also those on which no rule can hold. */
    readonly full: boolean;
    readonly stateDir: string;
    /** Rows of one job that writes (default: {@link ROWS_PER_JOB}). */
    readonly jobRows?: number;
    readonly startProgress: (label: string, total: number) => Progress;
    /** Tells what is going on. */
    readonly say: (line: string) => void;
}

export interface Swept {
    readonly summary: SweepSummary;
    /** How the org writes amounts and dates. */
    readonly formats: Formats;
}

/** Figures older than this, in milliseconds, are read again rather than written. */
const OLDEST_PLAN = 6 * 3_600_000;

/** Made, filled, closed, looked at a few times, read and deleted. */
const REQUESTS_PER_JOB = 12;

/** Throws LockHeld when another sweep is at work, LockLost when one took over, CommandError for what else keeps it from working. */
export async function runSweep(request: SweepRequest): Promise<Swept> {
    const { client, dryRun, shard, stateDir } = request;
    const configuration = await readConfiguration(client.connection, client.now());
    const hidden = hiddenFigures(configuration);
    if (dryRun) {
        tellHidden(request)(hidden);
        return tryOut(request, configuration);
    }
    refuseHidden(hidden);
    const folder = await StateFolder.open(stateDir, configuration.orgId, shard);
    using place = folder.occupy();
    const unfinished = await folder.unfinished();
    let lock: SweepLock;
    try {
        const resume = unfinished?.identity.sweepId ?? null;
        lock = await acquireLock(client, { shard, ranFrom: 'Runner', resume, word: place.word });
    } catch (error) {
        unfinished?.work.close();
        throw error;
    }
    try {
        return await new Sweep(request, configuration, lock, folder).run(unfinished);
    } catch (error) {
        const told = workFileError(error, folder.workFile(lock.name));
        if (!(told instanceof LockLost)) {
            // What stopped the sweep matters more than whether that could be noted.
            await lock.stop(describeError(told)[0]?.message ?? 'It stopped.').catch(() => undefined);
        }
        throw told;
    }
}

/** Written anyway, runs would be closed and opened by what only looks blank. */
function refuseHidden(hidden: readonly UserMessage[]): void {
    if (hidden.length > 0) {
        throw new CommandError(hidden);
    }
}

const tellHidden =
    ({ say }: SweepRequest) =>
    (hidden: readonly UserMessage[]): void =>
        hidden.forEach(({ action, message }) => say(`${message}\n  → ${action}`));

/** Reads, decides, and writes nothing, not even a lock. */
async function tryOut(request: SweepRequest, configuration: SweepConfiguration): Promise<Swept> {
    const { client, full, shard, startProgress } = request;
    const work = new WorkFile('');
    try {
        const decided = await decide({
            ...{ client, configuration, shard, full, work, startProgress },
            history: null,
            keep: async () => undefined,
            onHidden: tellHidden(request),
        });
        const about = { ...aboutOf(request, configuration.rules.clock.now), sweep: null };
        const range = await rangeOf(client, shard);
        const afterwards = await inPassing(async (facts) => {
            await findFacts({ client, configuration, range, keep: async () => undefined }, facts);
            return afterwardsOf(facts.tally(), 'planned');
        });
        const summary = summarize({ configuration, work, ...decided, afterwards, about, written: null });
        return { summary, formats: configuration.formats };
    } finally {
        work.close();
    }
}

/** An outbox that nobody takes up again. */
async function inPassing<T>(work: (outbox: Outbox) => Promise<T>): Promise<T> {
    const file = new WorkFile('');
    try {
        return await work(new Outbox(file.database));
    } finally {
        file.close();
    }
}

/** A sweep that has its lock. */
class Sweep {
    constructor(
        private readonly request: SweepRequest,
        private readonly configuration: SweepConfiguration,
        private readonly lock: SweepLock,
        private readonly folder: StateFolder,
    ) {}

    async run(unfinished: Unfinished | null): Promise<Swept> {
        const work = await this.takeUp(unfinished);
        try {
            const outbox = new Outbox(work.database);
            const decided = decidedBefore(work) ?? (await this.decide(work, outbox));
            await this.write(outbox);
            const summary = await inPassing(async (facts) => {
                await this.lookBack(facts);
                return this.finish(work, decided, outbox, facts);
            });
            work.close();
            await this.folder.remove(this.folder.workFile(this.lock.name));
            return { summary, formats: this.configuration.formats };
        } finally {
            if (work.database.isOpen) {
                work.close();
            }
        }
    }

    /** The work file: that of the sweep that goes on, or a new one. */
    private async takeUp(unfinished: Unfinished | null): Promise<WorkFile> {
        const { lock, folder, request } = this;
        const path = folder.workFile(lock.name);
        if (unfinished !== null) {
            const { identity, work } = unfinished;
            const age = request.client.now().getTime() - Date.parse(identity.startedAt);
            // Another sweep may have taken over meanwhile, or the figures are old.
            if (lock.resumed && decidedBefore(work) !== null && age < OLDEST_PLAN) {
                request.say(`${identity.sweepName} was interrupted and goes on where it stopped.`);
                return work;
            }
            request.say(`${identity.sweepName} was interrupted; the accounts are looked at anew.`);
            await dropPlanned(request.client, lock, new Outbox(work.database));
            work.close();
            await folder.remove(unfinished.path);
            await rm(folder.history(identity.sweepName), { force: true });
        }
        const work = new WorkFile(path);
        work.begin({
            orgId: this.configuration.orgId,
            shard: shardName(request.shard),
            sweepId: lock.id,
            sweepName: lock.name,
            startedAt: this.configuration.rules.clock.now,
            full: request.full,
        });
        return work;
    }

    private async decide(work: WorkFile, outbox: Outbox): Promise<Decided> {
        const { configuration, folder, lock, request } = this;
        const { client, full, shard, startProgress } = request;
        const { clock, prepared } = configuration.rules;
        const history = await HistoryWriter.open(
            folder.history(lock.name),
            {
                ...{ sweep: lock.name, orgId: configuration.orgId, shard: shardName(shard) },
                ...{ at: clock.now, timeZone: clock.timeZone, full },
            },
            prepared,
        );
        let decided: Decided;
        try {
            decided = await decide({
                ...{ client, configuration, shard, full, work, history, startProgress },
                keep: () => lock.keep(),
                onHidden: refuseHidden,
            });
            await history.close();
        } catch (error) {
            await history.abandon();
            await rm(folder.history(lock.name), { force: true });
            throw error;
        }
        const numbers = await formerNumbers(client.connection, {
            accountIds: work.accountsToOpen(),
            closedBefore: oldestClosing(configuration),
            keep: () => lock.keep(),
        });
        work.transaction(() => {
            for (const { accountId, change, hasPlace } of work.changes()) {
                const plan = placed(change, hasPlace);
                if (plan !== null) {
                    outbox.add(accountId, change, numbered(plan, numbers), deedOf(change, hasPlace));
                }
            }
            work.set('decided', decided);
            work.state = 'planned';
        });
        return decided;
    }

    private async write(outbox: Outbox): Promise<void> {
        const { lock, request } = this;
        const { client, jobRows = ROWS_PER_JOB } = request;
        const { done, total } = outbox.progress();
        if (done === total && outbox.jobs().length === 0) {
            return;
        }
        const ingestJobs = Math.ceil((total - done) / jobRows) + PHASES.length;
        await checkLimits(client, { queryJobs: 0, ingestJobs, requests: ingestJobs * REQUESTS_PER_JOB });
        const progress = request.startProgress('Writing', total);
        try {
            await writePlanned(client, lock, outbox, {
                rowsPerJob: jobRows,
                onProgress: (written) => progress.update(written),
            });
        } finally {
            progress.stop();
        }
    }

    /** What is known of earlier runs only now; a sweep that is killed here begins with it again. */
    private async lookBack(facts: Outbox): Promise<void> {
        const { configuration, lock, request } = this;
        const { client, shard, startProgress } = request;
        await checkLimits(client, { queryJobs: 1, ingestJobs: 0, requests: REQUESTS_PER_JOB });
        const progress = startProgress('Looking at what was won', 0);
        const input: FactsInput = {
            ...{ client, configuration },
            range: await rangeOf(client, shard),
            keep: () => lock.keep(),
        };
        try {
            await findFacts(input, facts);
        } finally {
            progress.stop();
        }
        await this.write(facts);
    }

    private async finish(work: WorkFile, decided: Decided, outbox: Outbox, facts: Outbox): Promise<SweepSummary> {
        const { configuration, folder, lock, request } = this;
        const tally = outbox.tally();
        const tallyOfFacts = facts.tally();
        const file = await writeTroubles(
            [outbox, facts],
            folder.failures(lock.name),
            request.client.connection.instanceUrl,
        );
        const startedAt = work.identity?.startedAt ?? configuration.rules.clock.now;
        const summary = summarize({
            ...{ configuration, work, ...decided },
            about: { ...aboutOf(request, startedAt), sweep: lock.name },
            afterwards: afterwardsOf(tallyOfFacts, 'done'),
            written: { changes: deedsDone(tally), notWritten: { ...missed([...tally, ...tallyOfFacts]), file } },
        });
        const allWell = summary.notWritten.failed === 0;
        await lock.finish(allWell ? 'Finished' : 'Finished with failures', {
            ...recordFields(summary),
            Sweep_Message__c: messageOf(summary),
        });
        work.state = 'finished';
        return summary;
    }
}

/** Null: nothing was written yet. */
function decidedBefore(work: WorkFile): Decided | null {
    return work.state === 'planned' ? work.get('decided', DECIDED) : null;
}

type About = Pick<SweepSummary, 'shard' | 'dryRun' | 'startedAt' | 'seconds' | 'apiCalls'>;

function aboutOf({ client, dryRun, shard }: SweepRequest, startedAt: string): About {
    const seconds = Math.round((client.now().getTime() - Date.parse(startedAt)) / 100) / 10;
    return { shard: shardName(shard), dryRun, startedAt, seconds, apiCalls: client.calls };
}
