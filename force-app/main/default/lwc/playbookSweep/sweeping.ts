/** One sweep from lock to result, as stages that the page shows. Knows no words and no DOM. */
import type { Failure } from 'c/playbookBookData';
import type { FieldChanges } from 'c/playbookEngine';
import type { SweepHolder } from 'c/playbookSweepData';
import type { Door } from './door';
import { takeLock, type SweepLock } from './lock';
import { csmIds, planBook, preparedOf, type SweepPlan } from './planning';
import { countOfState, recordCounts, summarize, type Summary } from './summary';
import { writePlanned, type Written } from './writing';

/** Larger orgs need a runner: a page has to keep the whole book in its memory. */
export const MOST_ACCOUNTS = 5000;

export interface Stage {
    readonly name: 'locking' | 'reading' | 'planning' | 'writing' | 'ending';
    readonly done: number;
    /** Null: not known. */
    readonly total: number | null;
}

export type Ending =
    /** Another sweep is under way. */
    | { readonly name: 'held'; readonly by: SweepHolder }
    | { readonly name: 'too-many' }
    /** Called off before anything was written. */
    | { readonly name: 'called-off' }
    | { readonly name: 'failed'; readonly failure: Failure }
    | {
          readonly name: 'done';
          readonly summary: Summary;
          /** Null: a dry run. */
          readonly written: Written | null;
          /** Of the record; null: a dry run. */
          readonly sweepName: string | null;
          /** The record could not be written at the end: its lease lapses by itself. */
          readonly isUnreleased: boolean;
      };

export interface SweepInput {
    readonly door: Door;
    readonly dryRun: boolean;
    readonly isCancelled: () => boolean;
    readonly show: (stage: Stage) => void;
    /** What the record says of what was found. */
    readonly message: (summary: Summary, written: Written) => string | null;
    /** What it says of a sweep that ended early. */
    readonly stopped: { readonly cancelled: string; readonly tooMany: string; readonly failed: string };
}

/** Never rejects. */
export async function runSweep(input: SweepInput): Promise<Ending> {
    const { door, dryRun, show } = input;
    if (dryRun) return new Sweeping(input, null).run();
    show({ name: 'locking', done: 0, total: null });
    const taken = await takeLock(door);
    return taken.state === 'held'
        ? { name: 'held', by: taken.by }
        : taken.state === 'failed'
          ? { name: 'failed', failure: taken.failure }
          : new Sweeping(input, taken.lock).run();
}

class Sweeping {
    constructor(
        private readonly input: SweepInput,
        private readonly lock: SweepLock | null,
    ) {}

    async run(): Promise<Ending> {
        const { door, isCancelled, stopped } = this.input;
        const planned = await this.plan();
        if ('name' in planned) {
            const { name } = planned;
            const said = name === 'called-off' ? stopped.cancelled : stopped.failed;
            await this.lock?.release('Stopped', name === 'too-many' ? stopped.tooMany : said, {});
            return planned;
        }
        const { plan, users } = planned;
        if (!this.lock) {
            return {
                name: 'done',
                summary: summarize(plan, null, users),
                written: null,
                sweepName: null,
                isUnreleased: false,
            };
        }
        const { lock } = this;
        const written = await writePlanned({
            door,
            lock,
            changes: [...plan.changes, ...plan.lookedBack],
            isCancelled,
            onProgress: (done, total) => this.input.show({ name: 'writing', done, total }),
        });
        this.input.show({ name: 'ending', done: 0, total: null });
        const summary = summarize(plan, written, users);
        const isReleased = await this.finish(lock, summary, written);
        return { name: 'done', summary, written, sweepName: lock.name, isUnreleased: !isReleased };
    }

    private async plan(): Promise<Ending | { readonly plan: SweepPlan; readonly users: ReadonlyMap<string, string> }> {
        const { door, isCancelled, show } = this.input;
        show({ name: 'reading', done: 0, total: null });
        const seen = { accounts: 0 };
        const read = await door.readBook(({ read: done, total }) => {
            seen.accounts = total ?? done;
            show({ name: 'reading', done, total });
            return seen.accounts <= MOST_ACCOUNTS && !isCancelled();
        });
        if (seen.accounts > MOST_ACCOUNTS) return { name: 'too-many' };
        if (isCancelled()) return { name: 'called-off' };
        if (!read.ok) return read.failure ? { name: 'failed', failure: read.failure } : { name: 'called-off' };
        const { data } = read;
        if (data.truncated || data.book.length > MOST_ACCOUNTS) {
            return { name: 'too-many' };
        }
        const prepared = preparedOf(data);
        const users = await door.users(csmIds(data, prepared));
        if (!users.ok) return { name: 'failed', failure: users.failure };
        const plan = await planBook({
            data,
            prepared,
            users: users.rows,
            now: this.lock?.now() ?? new Date(door.now()).toISOString(),
            pause: async (done) => {
                show({ name: 'planning', done, total: data.book.length });
                await door.pause(0);
                return !isCancelled();
            },
        });
        if (!plan) return { name: 'called-off' };
        return { plan, users: new Map(users.rows.map(({ id, name }) => [id, name])) };
    }

    private async finish(lock: SweepLock, summary: Summary, written: Written): Promise<boolean> {
        // Whoever has taken over has written of this one already.
        if (written.ended === 'lost') return true;
        const counts: FieldChanges = recordCounts(summary, written);
        const { stopped } = this.input;
        if (written.ended) {
            const said = written.ended === 'cancelled' ? stopped.cancelled : stopped.failed;
            return (await lock.release('Stopped', said, counts)).ok;
        }
        const hasFailures = countOfState(written, 'failed', 'gone') > 0;
        const message = this.input.message(summary, written);
        return (await lock.release(hasFailures ? 'Finished with failures' : 'Finished', message, counts)).ok;
    }
}
