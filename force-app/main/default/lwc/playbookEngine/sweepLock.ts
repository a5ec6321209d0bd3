/**
 * The lock of a sweep, without the org: one record of Playbook_Sweep__c whose key is unique, with a lease, so that a sweep that died does
 * not stop the following ones for ever. The runner and the page hold the same lock.
 */
import type { FieldChanges } from './types';

/** A lock is good for this long after it was last extended. */
export const LEASE_MINUTES = 10;

/** Part `index` (from 1) of `count` into which the org's accounts are divided. */
export interface SweepShard {
    readonly index: number;
    readonly count: number;
}

/** A record that holds a key. */
export interface LockHolder {
    readonly id: string;
    readonly key: string;
    /** ISO instant; null: no lease, so that it has passed. */
    readonly leaseUntil: string | null;
}

/** Who is in the way of a sweep. */
export interface LockConflict<T> {
    /** Another one is at work: give way. Null: none is. */
    readonly alive: T | null;
    /** Their lease has passed: take their key away (`brokenFields`), then try again. */
    readonly lapsed: readonly T[];
}

/** Counts of a finished sweep by the field that keeps them. */
export type SweepCounts = Readonly<Record<(typeof COUNTS)[number], number>>;

const COUNTS = [
    'Account',
    'Candidate',
    'Opened',
    'Continued',
    'Raised',
    'Refreshed',
    'Recovering',
    'Relapsed',
    'Woken',
    'Promoted',
    'Closed',
    'Expired',
    'Waiting',
    'Held',
    'Stale',
    'Failed',
    'Overtaken',
] as const;

/** Unique in the org while the sweep runs. */
export function lockKey({ count, index }: SweepShard): string {
    return `sweep ${index}/${count}`;
}

/** What a sweep writes as it begins. That its key is taken shows in the org's refusal of a duplicate. */
export function lockFields(shard: SweepShard, ranFrom: 'Runner' | 'Page', now: string): FieldChanges {
    return {
        Lock_Key__c: lockKey(shard),
        Lease_Until__c: leaseFrom(now),
        Sweep_Status__c: 'Running',
        Started_At__c: now,
        Ran_From__c: ranFrom,
        Shard__c: `${shard.index}/${shard.count}`,
    };
}

/** With the key again: should another sweep have taken it, the org refuses a duplicate instead of letting two go on. */
export function extendedFields(shard: SweepShard, now: string): FieldChanges {
    return { Lock_Key__c: lockKey(shard), Lease_Until__c: leaseFrom(now) };
}

export function releasedFields(
    status: 'Finished' | 'Finished with failures' | 'Stopped',
    message: string | null,
    now: string,
): FieldChanges {
    return { Lock_Key__c: null, Sweep_Status__c: status, Finished_At__c: now, Sweep_Message__c: message };
}

/** For a record of another sweep whose lease has passed. */
export function brokenFields({ leaseUntil }: LockHolder, now: string): FieldChanges {
    const until = leaseUntil === null ? '' : ` It was last heard of before ${leaseUntil}.`;
    return releasedFields('Stopped', `Stopped without a word, and another sweep took over.${until}`, now);
}

/**
 * What stands against a sweep of `shard` among the records that hold a key (its own left out): one with the same key, and, as they would
 * look at the same accounts, those of another division. Shards of one division go on beside each other.
 */
export function conflictWith<T extends LockHolder>(
    others: readonly T[],
    shard: SweepShard,
    now: string,
): LockConflict<T> {
    const inTheWay = others.filter(({ key }) => key === lockKey(shard) || divisionOf(key) !== String(shard.count));
    return {
        alive: inTheWay.find(({ leaseUntil }) => !hasPassed(leaseUntil, now)) ?? null,
        lapsed: inTheWay.filter(({ leaseUntil }) => hasPassed(leaseUntil, now)),
    };
}

/** The record's counts; `waitingArr` in the currency of the org. */
export function countFields(counts: SweepCounts, waitingArr: number): FieldChanges {
    const fields = Object.fromEntries(COUNTS.map((name) => [`${name}_Count__c`, counts[name]]));
    return { ...fields, Waiting_ARR__c: waitingArr };
}

function leaseFrom(now: string): string {
    return new Date(Date.parse(now) + LEASE_MINUTES * 60_000).toISOString();
}

function hasPassed(leaseUntil: string | null, now: string): boolean {
    return leaseUntil === null || !(Date.parse(leaseUntil) > Date.parse(now));
}

function divisionOf(key: string): string {
    return key.slice(key.indexOf('/') + 1);
}
