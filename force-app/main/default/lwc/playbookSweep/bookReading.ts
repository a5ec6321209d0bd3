/** Reads the whole book through c-playbook-book-data, fresh from the server, as one promise. */
import type { BookData, Failure, Progress } from 'c/playbookBookData';
import { requiredFieldPaths, versionFormulas, type Run } from 'c/playbookEngine';
import type { ReadBook } from './door';

const WAIT_MS = 200;
const LONGEST_WAIT_MS = 5000;

export class BookReading {
    private finish: (read: ReadBook) => void = () => undefined;
    private latest: BookData | null = null;
    private isFresh = false;
    private isOver = false;

    constructor(
        private readonly refresh: () => Promise<void>,
        private readonly pause: (milliseconds: number) => Promise<void>,
        private readonly onProgress: (progress: Progress) => boolean,
    ) {}

    /** With `known`, the component has everybody's accounts already, and they are only read again. */
    read(known: BookData | null): Promise<ReadBook> {
        const done = new Promise<ReadBook>((resolve) => {
            this.finish = (read) => {
                this.isOver = true;
                resolve(read);
            };
        });
        if (known) this.loaded(known);
        return done;
    }

    loaded(data: BookData): void {
        if (this.isOver || data.csmId !== null) return;
        this.latest = data;
        if (this.isFresh) return;
        this.isFresh = true;
        void this.readAgain();
    }

    progress(progress: Progress): void {
        if (!this.isOver && !this.onProgress(progress)) this.finish({ ok: false, failure: null });
    }

    failed(failure: Failure): void {
        if (!this.isOver) this.finish({ ok: false, failure });
    }

    /** What the platform had kept may be old, and nothing is planned on it. */
    private async readAgain(): Promise<void> {
        // The component may read a kept book again by itself: this reading comes after that one, and replaces it.
        await this.pause(0);
        await this.refresh();
        // Versions that runs keep come after the runs, and the fields that only they name after them.
        for (let waited = 0; waited < LONGEST_WAIT_MS && this.isMissing('any'); waited += WAIT_MS) {
            // eslint-disable-next-line no-await-in-loop -- looks again after each pause
            await this.pause(WAIT_MS);
        }
        const { latest } = this;
        if (!latest || this.isOver) return;
        // Fields that were not read would count as blank, and blank figures decide outcomes.
        if (this.isMissing('fields')) this.finish({ ok: false, failure: { kind: 'offline', messages: [] } });
        else this.finish({ ok: true, data: latest });
    }

    /** A run whose version cannot be read at all is left alone by the engine. */
    private isMissing(what: 'any' | 'fields'): boolean {
        const { latest } = this;
        if (!latest || this.isOver) return false;
        const { book, fieldTypes, settings, versions } = latest;
        const values = book[0]?.account.values ?? {};
        const named = requiredFieldPaths([], settings, [], versions.flatMap(versionFormulas));
        if (book.length > 0 && named.some((path) => path in fieldTypes && !(path in values))) return true;
        const known = new Set(versions.map(({ id }) => id));
        const isKept = ({ status, versionId }: Run): boolean =>
            status !== 'Closed' && versionId !== null && !known.has(versionId);
        return what === 'any' && book.some(({ runs }) => runs.some(isKept));
    }
}
