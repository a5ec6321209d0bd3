/** The place where a sweep keeps its state, as far as only one process may be there at a time. */
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { LockHeld } from './lock.ts';

/** SQLite's code for a file that another process has open. */
const BUSY = 5;

/** Held until it is disposed of or the process ends, however it ends. */
export interface Place extends Disposable {
    /** Stays the same from process to process: by it a lock that an earlier one had taken is known. */
    readonly word: string;
}

/** Throws LockHeld when another process on this machine is there. */
export function occupyPlace(path: string): Place {
    const db = new DatabaseSync(path);
    try {
        db.exec(
            'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS place (word TEXT NOT NULL)',
        );
        db.prepare('INSERT INTO place SELECT ? WHERE NOT EXISTS (SELECT * FROM place)').run(randomUUID());
        const { word } = z.object({ word: z.string() }).parse(db.prepare('SELECT word FROM place').get());
        db.exec('COMMIT');
        return { word, [Symbol.dispose]: () => db.close() };
    } catch (error) {
        db.close();
        throw isBusy(error) ? placeTaken(path) : error;
    }
}

export function isBusy(error: unknown): boolean {
    return error instanceof Error && Reflect.get(error, 'errcode') === BUSY;
}

export function placeTaken(path: string): LockHeld {
    return new LockHeld(
        `Another process on this machine is sweeping: it has ${path} open.`,
        'Wait until it has ended. If it hangs, end it; the next sweep goes on where it stopped.',
    );
}
