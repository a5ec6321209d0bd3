/**
 * The sweep's lock: one record of Playbook_Sweep__c whose key is unique in the org, with a lease, so that a sweep that died does not stop
 * the following ones for ever. The runner and the page in the org hold the same lock.
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { z } from 'zod';
import { brokenFields, conflictWith, extendedFields, lockFields, lockKey, releasedFields } from 'c/playbookEngine';
import type { LockHolder, SweepShard } from 'c/playbookEngine';
import { CommandError } from '../lib/errors.ts';
import type { RecordFields } from '../lib/records.ts';
import type { OrgClient } from './org-client.ts';
import { OrgRefusal } from './patience.ts';

/** Somebody else sweeps these accounts now. */
export class LockHeld extends CommandError {}

/** Another sweep has taken over, because the lease had passed: nothing more may be written. */
export class LockLost extends CommandError {}

export interface LockRequest {
    readonly shard: SweepShard;
    readonly ranFrom: 'Runner' | 'Page';
    /** The record of a sweep that is to go on: it is taken over when nobody has taken it since. */
    readonly resume?: string | null;
    /**
     * Known to nobody but the processes that keep their state in one place, of which one runs at a time: a lock that an earlier one of them
     * had taken when it was killed is known by it.
     */
    readonly word?: string;
}

const OBJECT = 'Playbook_Sweep__c';
/** Extended this long after the last time at the earliest. */
const KEPT = 60_000;
const ATTEMPTS = 5;

const instant = z.string().nullable();
const holder = z.object({
    Id: z.string(),
    Name: z.string(),
    Lock_Key__c: z.string().nullable(),
    Lease_Until__c: instant,
    Started_At__c: instant,
    Ran_From__c: z.string().nullable(),
    Sweep_Message__c: z.string().nullable(),
    CreatedBy: z.object({ Name: z.string() }).nullish(),
});
const created = z.object({ id: z.string() });

/** A record that holds a key, with what people are told of it. */
interface Holder extends LockHolder {
    readonly name: string;
    readonly startedAt: string | null;
    readonly ranFrom: string | null;
    readonly message: string | null;
    readonly by: string | null;
}

/** Takes the lock, breaking those whose lease has passed. Throws LockHeld. */
export async function acquireLock(client: OrgClient, request: LockRequest): Promise<SweepLock> {
    const { resume, shard, word = randomUUID() } = request;
    if (typeof resume === 'string' || request.word !== undefined) {
        const own = (await holders(client)).find(({ id, message }) => id === resume || message?.includes(word));
        if (own?.key === lockKey(shard)) {
            const lock = new SweepLock(client, own, request, 0);
            await lock.keep();
            return lock;
        }
    }
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const taken = await take(client, request, word);
        const others = (await holders(client)).filter(({ id }) => id !== taken?.id);
        const { alive, lapsed } = conflictWith(others, shard, nowOf(client));
        if (alive !== null) {
            if (taken !== null) {
                await write(client, taken.id, releasedFields('Stopped', `Gave way to ${alive.name}.`, nowOf(client)));
            }
            throw held(alive, shard);
        }
        for (const gone of lapsed) {
            await write(client, gone.id, brokenFields(gone, nowOf(client)));
        }
        if (taken !== null) {
            return new SweepLock(client, taken, request, client.now().getTime());
        }
    }
    throw new LockHeld(
        'The sweep’s lock changes hands all the time.',
        'See which other sweeps are scheduled: list view Sweeps in the org. Then run this one again.',
    );
}

export class SweepLock {
    readonly id: string;
    /** As people see it: SW-00042. */
    readonly name: string;
    /** Whether this is the record of an earlier process, whose work goes on. */
    readonly resumed: boolean;
    readonly #client: OrgClient;
    readonly #shard: SweepShard;
    #keptAt: number;

    /** `of`: whose record it is. `keptAt`: when its lease was last extended, as milliseconds; 0: not known. */
    constructor(
        client: OrgClient,
        { id, name }: Pick<Holder, 'id' | 'name'>,
        { shard, resume }: LockRequest,
        keptAt: number,
    ) {
        this.#client = client;
        this.id = id;
        this.name = name;
        this.resumed = id === resume;
        this.#shard = shard;
        this.#keptAt = keptAt;
    }

    /** To be called before each write, and while waiting: extends the lease when a minute has passed. Throws LockLost. */
    async keep(): Promise<void> {
        const now = this.#client.now().getTime();
        if (now - this.#keptAt < KEPT) {
            return;
        }
        await this.#check();
        // With the key, which is unique: should another sweep take over between the look and this, the org refuses it.
        await this.#write(extendedFields(this.#shard, nowOf(this.#client)));
        this.#keptAt = now;
    }

    /** Writes how the sweep ended (its message among `fields`), and releases the lock. Throws LockLost. */
    async finish(status: 'Finished' | 'Finished with failures', fields: RecordFields): Promise<void> {
        await this.#check();
        await this.#write({ ...releasedFields(status, null, nowOf(this.#client)), ...fields });
    }

    /** Releases the lock of a sweep that ends early; without effect when it is not ours any more. */
    async stop(message: string, fields: RecordFields = {}): Promise<void> {
        try {
            await this.#check();
            await this.#write({ ...fields, ...releasedFields('Stopped', message, nowOf(this.#client)) });
        } catch (error) {
            if (!(error instanceof LockLost)) {
                throw error;
            }
        }
    }

    async #check(): Promise<void> {
        const own = (await holders(this.#client)).find(({ id }) => id === this.id);
        if (own?.key !== lockKey(this.#shard)) {
            throw lost(this.name);
        }
    }

    async #write(fields: RecordFields): Promise<void> {
        try {
            await write(this.#client, this.id, fields);
        } catch (error) {
            const taken =
                error instanceof OrgRefusal && (error.errorCode === 'DUPLICATE_VALUE' || error.status === 404);
            throw taken ? lost(this.name) : error;
        }
    }
}

/** Null: somebody else has the key. */
async function take(client: OrgClient, { ranFrom, shard }: LockRequest, word: string): Promise<Holder | null> {
    const fields = {
        ...lockFields(shard, ranFrom, nowOf(client)),
        Sweep_Message__c: `Runs on ${hostname()}, process ${process.pid} (${word}).`,
    };
    try {
        const { id } = await client.json(created, {
            method: 'POST',
            path: `/sobjects/${OBJECT}`,
            body: { json: fields },
        });
        return (await holders(client)).find((other) => other.id === id) ?? null;
    } catch (error) {
        if (error instanceof OrgRefusal && error.errorCode === 'DUPLICATE_VALUE') {
            // The request was repeated because its answer was lost.
            return (await holders(client)).find(({ message }) => message?.includes(word)) ?? null;
        }
        throw error;
    }
}

/** Every record that has a key; those of shards are a handful. */
async function holders(client: OrgClient): Promise<readonly Holder[]> {
    const names = Object.keys(holder.shape).filter((name) => name !== 'CreatedBy');
    const soql = `SELECT ${names.join(', ')}, CreatedBy.Name FROM ${OBJECT} WHERE Lock_Key__c != null`;
    const answer = await client.json(z.object({ records: z.array(holder) }), {
        method: 'GET',
        path: `/query?q=${encodeURIComponent(soql)}`,
    });
    return answer.records.map((record) => ({
        id: record.Id,
        key: record.Lock_Key__c ?? '',
        leaseUntil: isoOf(record.Lease_Until__c),
        name: record.Name,
        startedAt: isoOf(record.Started_At__c),
        ranFrom: record.Ran_From__c,
        message: record.Sweep_Message__c,
        by: record.CreatedBy?.Name ?? null,
    }));
}

/** The platform writes the zone as +0000. */
function isoOf(at: string | null): string | null {
    return at === null ? null : new Date(at).toISOString();
}

function nowOf(client: OrgClient): string {
    return client.now().toISOString();
}

async function write(client: OrgClient, id: string, fields: RecordFields): Promise<void> {
    await client.send(
        { method: 'PATCH', path: `/sobjects/${OBJECT}/${id}`, body: { json: fields } },
        async (response) => response.body?.cancel(),
    );
}

function held({ by, key, leaseUntil, name, ranFrom, startedAt }: Holder, shard: SweepShard): LockHeld {
    const where = ranFrom === 'Page' ? 'from the page in the org' : 'from a runner';
    const what = key === lockKey(shard) ? 'A sweep is under way' : `A sweep of other parts (${key}) is under way`;
    return new LockHeld(
        `${what}: ${name}, started ${startedAt ?? ''} by ${by ?? 'somebody'} ${where}.`,
        `Wait until it has ended. Should it have died, its lock can be taken over after ${leaseUntil ?? 'now'}.`,
    );
}

function lost(name: string): LockLost {
    return new LockLost(
        `${name} has lost its lock: it had not been heard of for ten minutes, and another sweep has taken over.`,
        'Nothing more was written. Run the sweep again when the other one has ended.',
    );
}
