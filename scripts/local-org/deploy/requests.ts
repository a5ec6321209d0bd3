import { setImmediate } from 'node:timers/promises';
import { nextNumber, rows, run, transaction } from '../store/database.ts';
import { idOf } from '../store/ids.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { deploy, type DeployOptions } from './deploy.ts';
import { failed, success, type DeployMessage, type DeployOutcome } from './message.ts';

export type DeployState = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';

/** A deploy, from the moment it is asked for. Dates are ISO 8601 in UTC. */
export interface DeployRequest {
    /** 18 characters, from 0Af. */
    readonly id: string;
    readonly state: DeployState;
    readonly options: DeployOptions;
    readonly createdBy: string;
    readonly createdByName: string;
    readonly createdDate: string;
    readonly startDate: string | null;
    readonly completedDate: string | null;
    readonly lastModifiedDate: string;
    readonly outcome: DeployOutcome | null;
    /** Why the deploy ended without a look at its components. */
    readonly errorMessage: string | null;
}

export interface DeployRequestsOptions {
    /** Called after each deploy that has changed something, before it is reported done; what it throws becomes a warning of the deploy. */
    readonly afterInstall?: (changedPaths: readonly string[]) => Promise<void>;
}

/** The deploy as a whole, in words about components. */
const WHOLE = { componentType: '', fullName: 'package.xml', fileName: 'package.xml' };
/** The platform keeps them for thirty days. */
const MOST_KEPT = 100;
const STOPPED = 'The org stopped during this deploy; nothing was changed. Deploy again.';

/** The org's deploys: one at a time, in the order they came; kept in the database, so that a client can ask for one after a restart. */
export class DeployRequests {
    readonly #store: OrgStore;
    readonly #options: DeployRequestsOptions;
    #last: Promise<void> = Promise.resolve();
    #isOpen = true;

    constructor(store: OrgStore, options: DeployRequestsOptions = {}) {
        this.#store = store;
        this.#options = options;
        store.db.exec(
            'CREATE TABLE IF NOT EXISTS local_deploy (id TEXT PRIMARY KEY, state TEXT NOT NULL, request TEXT NOT NULL) WITHOUT ROWID',
        );
        this.#settleUnfinished();
    }

    /** Takes a deploy in and returns it as Pending; the work begins when those before it are done. */
    submit(by: Session, createdByName: string, zip: Buffer, options: DeployOptions): DeployRequest {
        const now = this.#store.now();
        run(
            this.#store.db,
            'DELETE FROM local_deploy WHERE id NOT IN (SELECT id FROM local_deploy ORDER BY id DESC LIMIT ?)',
            MOST_KEPT,
        );
        const request = this.#keep({
            id: idOf('0Af', nextNumber(this.#store.db, 'deploy')),
            state: 'Pending',
            options,
            createdBy: by.userId,
            createdByName,
            createdDate: now,
            startDate: null,
            completedDate: null,
            lastModifiedDate: now,
            outcome: null,
            errorMessage: null,
        });
        this.#last = this.#last.then(() => this.#run(request, zip, by));
        return request;
    }

    /** Null when there is no such deploy. `id`: 18 characters. */
    find(id: string): DeployRequest | null {
        return this.#read('SELECT request FROM local_deploy WHERE id = ?', id)[0] ?? null;
    }

    /** Resolves when every deploy asked for so far is done. */
    idle(): Promise<void> {
        return this.#last;
    }

    /** Resolves when the deploy at work is done; those behind it fail. */
    async close(): Promise<void> {
        this.#isOpen = false;
        await this.idle();
    }

    async #run(pending: DeployRequest, zip: Buffer, by: Session): Promise<void> {
        // The answer to the client that asked goes out first.
        await setImmediate();
        if (!this.#isOpen) {
            this.#settleUnfinished();
            return;
        }
        const request = this.#keep({ ...pending, state: 'InProgress', startDate: this.#store.now() });
        try {
            const task = { zip, options: request.options, by };
            const { changedPaths, ...outcome } = await deploy(this.#store, task, (done) => {
                this.#keep({ ...request, outcome: done });
            });
            const state = outcome.failures.length === 0 ? 'Succeeded' : 'Failed';
            const warnings = request.options.checkOnly ? [] : await this.#afterInstall(changedPaths);
            const told = { ...outcome, successes: [...outcome.successes, ...warnings] };
            this.#keep({ ...request, state, outcome: told, completedDate: this.#store.now() });
        } catch (error) {
            console.error(error);
            this.#keep(this.#ended(request, `The local org failed: ${messageOf(error)}`));
        }
    }

    /** A deploy that came to no outcome of its own. Clients show the failures of components and nothing else. */
    #ended(request: DeployRequest, errorMessage: string): DeployRequest {
        const outcome = { successes: [], failures: [failed(WHOLE, errorMessage)], total: 0 };
        return { ...request, state: 'Failed', outcome, errorMessage, completedDate: this.#store.now() };
    }

    /** What went wrong there is a warning: everything is deployed. */
    async #afterInstall(changedPaths: readonly string[]): Promise<readonly DeployMessage[]> {
        try {
            if (changedPaths.length > 0) {
                await this.#options.afterInstall?.(changedPaths);
            }
            return [];
        } catch (error) {
            console.error(error);
            const warning = `Everything is deployed, but the page could not be built from it: ${messageOf(error)}`;
            return [success(WHOLE, 'unchanged', warning)];
        }
    }

    #keep(request: DeployRequest): DeployRequest {
        const kept = { ...request, lastModifiedDate: this.#store.now() };
        run(
            this.#store.db,
            'INSERT INTO local_deploy (id, state, request) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state, request = excluded.request',
            kept.id,
            kept.state,
            JSON.stringify(kept),
        );
        return kept;
    }

    /** What an earlier run of the org left. One that had come to its install has its outcome with it. */
    #settleUnfinished(): void {
        transaction(this.#store.db, () => {
            for (const request of this.#read(
                "SELECT request FROM local_deploy WHERE state IN ('Pending', 'InProgress')",
            )) {
                this.#keep(
                    request.outcome
                        ? { ...request, state: 'Succeeded', completedDate: this.#store.now() }
                        : this.#ended(request, STOPPED),
                );
            }
        });
    }

    #read(sql: string, ...params: readonly string[]): readonly DeployRequest[] {
        return rows(this.#store.db, sql, ...params).map((row) => JSON.parse(String(row[0])) as DeployRequest);
    }
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
