/**
 * The sweep's lock: one record of Playbook_Sweep__c whose key is unique in the org, with a lease, so that a sweep that died does not stop
 * the following ones for ever. The runner and the page in the org hold the same lock.
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { z } from 'zod';
import { CommandError } from '../lib/errors.ts';
import type { RecordFields } from '../lib/records.ts';
import type { OrgClient } from './org-client.ts';
import { OrgRefusal } from './patience.ts';

/** Somebody else sweeps these accounts now. */
export class LockHeld extends CommandError {}

/** Another sweep has taken over, because the lease had passed: nothing more may be written. */
export class LockLost extends CommandError {}

export interface LockRequest {
    readonly shard: { readonly index: number; readonly count: number };
    readonly ranFrom: 'Runner' | 'Page';
    /** The record of a sweep that is to go on: it is taken over when nobody has taken it since. */
    readonly resume?: string | null;
}

const OBJECT = 'Playbook_Sweep__c';
const LEASE = 10 * 60_000;
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
type Holder = z.infer<typeof holder>;
const created = z.object({ id: z.string() });

/** Takes the lock, breaking those whose lease has passed. Throws LockHeld. */
export async function acquireLock(client: OrgClient, request: LockRequest): Promise<SweepLock> {
    const key = keyOf(request.shard);
    if (typeof request.resume === 'string') {
        const own = (await holders(client)).find(({ Id }) => Id === request.resume);
        if (own?.Lock_Key__c === key) {
            const lock = new SweepLock(client, own.Id, own.Name, key, true);
            await lock.keep();
            return lock;
        }
    }
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const taken = await take(client, key, request);
        const others = (await holders(client)).filter(({ Id }) => Id !== taken?.Id);
        const inTheWay = others.filter((other) => excludes(key, other.Lock_Key__c ?? ''));
        const alive = inTheWay.find(({ Lease_Until__c }) => Date.parse(Lease_Until__c ?? '') > client.now().getTime());
        if (alive !== undefined) {
            if (taken !== null) {
                await write(client, taken.Id, { ...released(client), Sweep_Message__c: `Gave way to ${alive.Name}.` });
            }
            throw held(alive, key);
        }
        for (const gone of inTheWay) {
            await takeAway(client, gone);
        }
        if (taken !== null) {
            return new SweepLock(client, taken.Id, taken.Name, key, false);
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
    readonly #key: string;
    #keptAt: number;

    constructor(client: OrgClient, id: string, name: string, key: string, resumed: boolean) {
        this.#client = client;
        this.id = id;
        this.name = name;
        this.resumed = resumed;
        this.#key = key;
        this.#keptAt = resumed ? 0 : client.now().getTime();
    }

    /** To be called before each write, and while waiting: extends the lease when a minute has passed. Throws LockLost. */
    async keep(): Promise<void> {
        const now = this.#client.now().getTime();
        if (now - this.#keptAt < KEPT) {
            return;
        }
        await this.#check();
        // With the key, which is unique: should another sweep take over between the look and this, the org refuses it.
        await this.#write({ Lock_Key__c: this.#key, Lease_Until__c: leaseFrom(this.#client) });
        this.#keptAt = now;
    }

    /** Writes how the sweep ended, and releases the lock. Throws LockLost. */
    async finish(status: 'Finished' | 'Finished with failures', fields: RecordFields): Promise<void> {
        await this.#check();
        await this.#write({ ...fields, ...released(this.#client), Sweep_Status__c: status });
    }

    /** Releases the lock of a sweep that ends early; without effect when it is not ours any more. */
    async stop(message: string, fields: RecordFields = {}): Promise<void> {
        try {
            await this.#check();
            await this.#write({ ...fields, ...released(this.#client), Sweep_Message__c: message });
        } catch (error) {
            if (!(error instanceof LockLost)) {
                throw error;
            }
        }
    }

    async #check(): Promise<void> {
        const own = (await holders(this.#client)).find(({ Id }) => Id === this.id);
        if (own?.Lock_Key__c !== this.#key) {
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

function keyOf({ index, count }: LockRequest['shard']): string {
    return `sweep ${index}/${count}`;
}

/** Shards of one division go on beside each other; everything else would look at the same accounts. */
function excludes(key: string, other: string): boolean {
    const division = (text: string): string => text.split('/')[1] ?? '';
    return key === other || division(key) !== division(other);
}

/** Null: somebody else has the key. */
async function take(
    client: OrgClient,
    key: string,
    request: LockRequest,
): Promise<{ Id: string; Name: string } | null> {
    // A request whose answer is lost is repeated: by this word the lock is known to be our own.
    const word = randomUUID();
    try {
        const { id } = await client.json(created, {
            method: 'POST',
            path: `/sobjects/${OBJECT}`,
            body: {
                json: {
                    Lock_Key__c: key,
                    Lease_Until__c: leaseFrom(client),
                    Sweep_Status__c: 'Running',
                    Started_At__c: client.now().toISOString(),
                    Ran_From__c: request.ranFrom,
                    Shard__c: `${request.shard.index}/${request.shard.count}`,
                    Sweep_Message__c: `Runs on ${hostname()}, process ${process.pid} (${word}).`,
                },
            },
        });
        return (await holders(client)).find(({ Id }) => Id === id) ?? null;
    } catch (error) {
        if (error instanceof OrgRefusal && error.errorCode === 'DUPLICATE_VALUE') {
            const mine = (await holders(client)).find(({ Sweep_Message__c }) => Sweep_Message__c?.includes(word));
            return mine ?? null;
        }
        throw error;
    }
}

/** Every record that has a key; those of shards are a handful. */
async function holders(client: OrgClient): Promise<readonly Holder[]> {
    const soql = `SELECT ${Object.keys(holder.shape)
        .filter((name) => name !== 'CreatedBy')
        .join(', ')}, CreatedBy.Name FROM ${OBJECT} WHERE Lock_Key__c != null`;
    const answer = await client.json(z.object({ records: z.array(holder) }), {
        method: 'GET',
        path: `/query?q=${encodeURIComponent(soql)}`,
    });
    return answer.records;
}

async function takeAway(client: OrgClient, { Id, Lease_Until__c, Sweep_Message__c }: Holder): Promise<void> {
    const message = `${Sweep_Message__c ?? ''} It went on until ${Lease_Until__c ?? 'no known time'} and stopped without a word; another sweep took over.`;
    await write(client, Id, { ...released(client), Sweep_Message__c: message.trim() });
}

function released(client: OrgClient): RecordFields {
    return { Lock_Key__c: null, Sweep_Status__c: 'Stopped', Finished_At__c: client.now().toISOString() };
}

function leaseFrom(client: OrgClient): string {
    return new Date(client.now().getTime() + LEASE).toISOString();
}

async function write(client: OrgClient, id: string, fields: RecordFields): Promise<void> {
    await client.send(
        { method: 'PATCH', path: `/sobjects/${OBJECT}/${id}`, body: { json: fields } },
        async (response) => response.body?.cancel(),
    );
}

function held(
    { CreatedBy, Lease_Until__c, Lock_Key__c, Name, Ran_From__c, Started_At__c }: Holder,
    key: string,
): LockHeld {
    const where = Ran_From__c === 'Page' ? 'from the page in the org' : 'from a runner';
    const until = Lease_Until__c === null ? '' : new Date(Lease_Until__c).toISOString();
    const what =
        Lock_Key__c === key ? 'A sweep is under way' : `A sweep of other parts (${Lock_Key__c ?? ''}) is under way`;
    return new LockHeld(
        `${what}: ${Name}, started ${Started_At__c === null ? '' : new Date(Started_At__c).toISOString()} by ${CreatedBy?.Name ?? 'somebody'} ${where}.`,
        `Wait until it has ended. Should it have died, its lock can be taken over after ${until}.`,
    );
}

function lost(name: string): LockLost {
    return new LockLost(
        `${name} has lost its lock: it had not been heard of for ten minutes, and another sweep has taken over.`,
        'Nothing more was written. Run the sweep again when the other one has ended.',
    );
}
