import type { OrgStore } from '../../store/store.ts';
import { runIngest } from './ingest.ts';
import type { BulkJob, BulkJobs } from './jobs.ts';
import { runQuery } from './query.ts';

/** Works jobs off while the org answers requests: ingest jobs one after the other, queries beside them, each with a snapshot of its own. */
export class BulkWorker {
    readonly #store: OrgStore;
    readonly #jobs: BulkJobs;
    readonly #running = new Set<Promise<void>>();
    #lastIngest: Promise<void> = Promise.resolve();
    #stopped = false;

    constructor(store: OrgStore, jobs: BulkJobs) {
        this.#store = store;
        this.#jobs = jobs;
    }

    /** Goes on with what was not done when the org stopped. */
    resume(): void {
        this.#jobs.waiting().forEach((job) => this.start(job));
    }

    start({ id, type }: BulkJob): void {
        const stopped = (): boolean => this.#stopped;
        const run = type === 'V2Ingest' ? runIngest : runQuery;
        const before = type === 'V2Ingest' ? this.#lastIngest : Promise.resolve();
        const running = before
            .then(() => (this.#stopped ? undefined : run(this.#store, this.#jobs, id, stopped)))
            // Not even its failure could be written, on a full disk for one: the job stays as it was and is resumed at the next start.
            .catch((error: unknown) => console.error(error));
        if (type === 'V2Ingest') {
            this.#lastIngest = running;
        }
        this.#running.add(running);
        void running.finally(() => this.#running.delete(running));
    }

    /** Resolves when no job touches the store any more; the rest is done after the next start. */
    async stop(): Promise<void> {
        this.#stopped = true;
        await Promise.all(this.#running);
    }
}
