/** The lock of a sweep that runs in the page: the same record, key and lease as the runner's (see the engine's sweepLock.ts). */
import {
    brokenFields,
    conflictWith,
    extendedFields,
    lockFields,
    lockKey,
    releasedFields,
    type FieldChanges,
    type SweepShard,
} from 'c/playbookEngine';
import type { Failure } from 'c/playbookBookData';
import type { SweepHolder } from 'c/playbookSweepData';
import type { Door } from './door';

/** A page sweeps the whole org. */
const WHOLE: SweepShard = { index: 1, count: 1 };
/** Extended this long after the last time. */
const KEPT_MS = 60_000;
/** A clock that is off by less than this is right enough for a lease of ten minutes. */
const OFF_MS = 30_000;
const ATTEMPTS = 5;

export type Taken =
    | { readonly state: 'taken'; readonly lock: SweepLock }
    | { readonly state: 'held'; readonly by: SweepHolder }
    | { readonly state: 'failed'; readonly failure: Failure };

/** `lost`: another sweep has taken over, and nothing more may be written. */
export type Kept =
    { readonly state: 'kept' } | { readonly state: 'lost' } | { readonly state: 'failed'; readonly failure: Failure };

export async function takeLock(door: Door): Promise<Taken> {
    const instant = (): string => new Date(door.now()).toISOString();
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        /* eslint-disable no-await-in-loop -- each step depends on what the org answered to the one before */
        const created = await door.create(lockFields(WHOLE, 'Page', instant()));
        if (!created.ok && created.failure.kind !== 'duplicate') return { state: 'failed', failure: created.failure };
        const ownId = created.ok ? (created.ids['sweep'] ?? '') : null;
        const read = await door.holders();
        if (!read.ok) {
            if (ownId !== null) await door.update(ownId, releasedFields('Stopped', null, instant()));
            return { state: 'failed', failure: read.failure };
        }
        const own = read.rows.find(({ id }) => id === ownId);
        const lock = own && new SweepLock(door, own);
        const now = lock?.now() ?? instant();
        const { alive, lapsed } = conflictWith(
            read.rows.filter((row) => row !== own),
            WHOLE,
            now,
        );
        if (alive) {
            if (ownId !== null) await door.update(ownId, releasedFields('Stopped', `Gave way to ${alive.name}.`, now));
            return { state: 'held', by: alive };
        }
        for (const gone of lapsed) await door.update(gone.id, brokenFields(gone, now));
        if (lock) {
            const kept = await lock.settle();
            if (kept.state === 'kept') return { state: 'taken', lock };
            if (kept.state === 'failed') return kept;
        }
        /* eslint-enable no-await-in-loop */
    }
    return { state: 'failed', failure: { kind: 'duplicate', messages: [] } };
}

export class SweepLock {
    readonly id: string;
    readonly name: string;
    private readonly offBy: number;
    private keptAt: number;
    private keeping: Promise<Kept> | null = null;
    private isLost = false;

    constructor(
        private readonly door: Door,
        { createdAt, id, name }: SweepHolder,
    ) {
        this.id = id;
        this.name = name;
        // The org's clock counts: leases of runners and other computers go by it.
        const off = createdAt === null ? 0 : Date.parse(createdAt) - door.now();
        this.offBy = Math.abs(off) > OFF_MS ? off : 0;
        this.keptAt = door.now();
    }

    /** By the org's clock. */
    now(): string {
        return new Date(this.door.now() + this.offBy).toISOString();
    }

    /** The lease that was written first went by this computer's clock. */
    settle(): Promise<Kept> {
        if (this.offBy !== 0) this.keptAt = 0;
        return this.keep();
    }

    /** To be called before each write: extends the lease when a minute has passed. Several at once share one look. */
    keep(): Promise<Kept> {
        if (this.isLost) return Promise.resolve({ state: 'lost' });
        if (this.door.now() - this.keptAt < KEPT_MS) return Promise.resolve({ state: 'kept' });
        this.keeping ??= this.extend().finally(() => {
            this.keeping = null;
        });
        return this.keeping;
    }

    /** Writes how the sweep ended, and gives the key back. */
    async release(status: Parameters<typeof releasedFields>[0], message: string | null, counts: FieldChanges) {
        return this.door.update(this.id, { ...counts, ...releasedFields(status, message, this.now()) });
    }

    private async extend(): Promise<Kept> {
        const read = await this.door.holders();
        if (!read.ok) return { state: 'failed', failure: read.failure };
        if (read.rows.find(({ id }) => id === this.id)?.key !== lockKey(WHOLE)) return this.lost();
        const at = this.door.now();
        // With the key, which is unique: should another sweep take over between the look and this, the org refuses it.
        const written = await this.door.update(this.id, extendedFields(WHOLE, this.now()));
        if (written.ok) {
            this.keptAt = at;
            return { state: 'kept' };
        }
        const { failure } = written;
        return failure.kind === 'duplicate' || failure.kind === 'not-found'
            ? this.lost()
            : { state: 'failed', failure };
    }

    private lost(): Kept {
        this.isLost = true;
        return { state: 'lost' };
    }
}
