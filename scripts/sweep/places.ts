/** Who gets one of a CSM's places: what is beyond them waits, and is counted as unmet demand. */
import { assignPlaces } from 'c/playbookEngine';
import type { Connection } from '../lib/connection.ts';
import { countGroups } from './book-size.ts';
import type { Shard } from './shards.ts';
import type { WorkFile } from './work-file.ts';

/** Places that a CSM has left for this part of the sweep. */
export type FreePlaces = (csmId: string) => number;

/** The whole book is at hand: what open runs do not take is free. */
export function freePlaces(capacity: number, taken: ReadonlyMap<string, number>): FreePlaces {
    return (csmId) => Math.max(0, capacity - (taken.get(csmId) ?? 0));
}

/**
 * Of parts that run at the same time none sees what the others open: the places that are free in the whole org are dealt out among
 * them by turns, beginning with another part every day (`day`: a count of days), so that no part always goes without.
 */
export function sharedFreePlaces(free: FreePlaces, { index, count }: Shard, day: number): FreePlaces {
    return (csmId) => {
        const places = free(csmId);
        const turn = (index - 1 + day) % count;
        return Math.floor(places / count) + (turn < places % count ? 1 : 0);
    };
}

/** Open runs in the whole org, by the id of their CSM. */
export function openRunsByCsm(connection: Connection): Promise<ReadonlyMap<string, number>> {
    return countGroups(connection, 'Playbook_Run__c', 'Run_CSM__c', ["Run_Status__c = 'Open'"]);
}

/** Gives the most urgent of each CSM's changes that need a place what is free. Those of accounts without an active CSM wait. */
export function givePlaces(work: WorkFile, free: FreePlaces): void {
    const { database } = work;
    const csms = database.prepare('SELECT DISTINCT csm FROM change WHERE needs_place = 1 AND csm IS NOT NULL').all();
    const wanting = database.prepare('SELECT account, seq, rank FROM change WHERE needs_place = 1 AND csm = ?');
    const give = database.prepare('UPDATE change SET has_place = 1 WHERE account = ? AND seq = ?');
    work.transaction(() => {
        for (const { csm } of csms) {
            const rows = wanting.all(csm ?? null).map(({ account, rank, seq }) => ({
                account: String(account),
                rank: Number(rank),
                seq: Number(seq),
            }));
            const hasRoom = assignPlaces(free(String(csm)), 0, rows);
            rows.filter((_, at) => hasRoom[at]).forEach(({ account, seq }) => give.run(account, seq));
        }
    });
}
