/** Rows that could not be used, each with its file, line and reason, in a CSV file of their own. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { stringify } from 'csv-stringify/sync';

export interface Reject {
    readonly file: string;
    /** 1-based. */
    readonly line: number;
    /** External id of the account, where it is known. */
    readonly account: string;
    /** What is wrong, as a sentence. */
    readonly reason: string;
}

export interface Rejects {
    readonly count: number;
    add(reject: Reject): void;
}

/** Collects rejects in memory; for tests and dry runs. */
export class RejectList implements Rejects {
    readonly rows: Reject[] = [];

    get count(): number {
        return this.rows.length;
    }

    add(reject: Reject): void {
        this.rows.push(reject);
    }
}

/** Writes rejects as they come. The file exists only when there are any: one of an earlier run is removed. */
export class RejectFile implements Rejects {
    count = 0;
    private stream: WriteStream | null = null;

    private constructor(readonly path: string) {}

    static async open(path: string): Promise<RejectFile> {
        await rm(path, { force: true });
        return new RejectFile(path);
    }

    add({ file, line, account, reason }: Reject): void {
        this.count += 1;
        if (this.stream === null) {
            this.stream = createWriteStream(this.path);
            this.stream.write(stringify([['file', 'line', 'account', 'reason']]));
        }
        this.stream.write(stringify([[file, line, account, reason]]));
    }

    /** Throws what went wrong with the file, such as a full disk. */
    async close(): Promise<void> {
        if (this.stream !== null) {
            this.stream.end();
            await once(this.stream, 'finish');
        }
    }
}
