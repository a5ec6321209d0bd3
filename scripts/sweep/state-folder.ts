/** Where a sweep keeps its work file, its failures and the history of earlier ones: one folder an org. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../lib/errors.ts';
import { isBusy, occupyPlace, placeTaken } from './place.ts';
import type { Place } from './place.ts';
import type { Shard } from './shards.ts';
import { WorkFile, workFileError } from './work-file.ts';
import type { SweepIdentity } from './work-file.ts';

/** A sweep that was killed before it had ended. */
export interface Unfinished {
    readonly path: string;
    readonly work: WorkFile;
    readonly identity: SweepIdentity;
}

export class StateFolder {
    readonly #folder: string;
    /** Parts of one sweep share the folder, and none touches the files of another. */
    readonly #part: string;

    private constructor(folder: string, { count, index }: Shard) {
        this.#folder = folder;
        this.#part = `${index}-of-${count}`;
    }

    /** Throws CommandError when the folder cannot be made or read. */
    static async open(root: string, orgId: string, shard: Shard): Promise<StateFolder> {
        const folder = join(root, orgId);
        try {
            await mkdir(join(folder, 'history'), { recursive: true });
            await readdir(folder);
        } catch (error) {
            throw new CommandError(
                `The sweep cannot keep its state in ${folder}: ${error instanceof Error ? error.message : String(error)}`,
                'Name a folder that this user can read and write with --state.',
            );
        }
        return new StateFolder(folder, shard);
    }

    /** Keeps other processes out of this part's files. Throws LockHeld when one is there. */
    occupy(): Place {
        const path = join(this.#folder, `${this.#part}.place`);
        try {
            return occupyPlace(path);
        } catch (error) {
            throw workFileError(error, path);
        }
    }

    workFile(sweep: string): string {
        return join(this.#folder, `${sweep}.${this.#part}.db`);
    }

    failures(sweep: string): string {
        return join(this.#folder, `${sweep}-failures.csv`);
    }

    history(sweep: string): string {
        return join(this.#folder, 'history', `${sweep}.jsonl.gz`);
    }

    /** The newest one; older ones and files of no use are removed. Throws LockHeld when another process on this machine is at work on one. */
    async unfinished(): Promise<Unfinished | null> {
        let found: Unfinished | null = null;
        const names = (await readdir(this.#folder)).filter((name) => name.endsWith(`.${this.#part}.db`)).sort();
        for (const name of names.reverse()) {
            const path = join(this.#folder, name);
            const work = openWorkFile(path);
            const { identity, state } = work;
            if (found === null && identity !== null && state !== 'finished') {
                found = { path, work, identity };
            } else {
                work.close();
                await this.remove(path);
            }
        }
        return found;
    }

    /** A work file and what SQLite keeps beside it. */
    async remove(path: string): Promise<void> {
        for (const end of ['', '-wal', '-shm', '-journal']) {
            await rm(path + end, { force: true });
        }
    }
}

function openWorkFile(path: string): WorkFile {
    try {
        return new WorkFile(path);
    } catch (error) {
        throw isBusy(error) ? placeTaken(path) : workFileError(error, path);
    }
}
