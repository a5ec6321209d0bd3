/** What was planned goes to the org: one mutation a run, all or nothing, a few accounts at a time. */
import { placed } from 'c/playbookEngine';
import type { Failure } from 'c/playbookBookData';
import type { Door } from './door';
import type { SweepLock } from './lock';
import type { PlannedChange } from './planning';

/** done: confirmed. overtaken: somebody was first. gone: deleted meanwhile. failed: the org refused it. left: not tried, or no answer came. */
export type WriteState = 'done' | 'overtaken' | 'gone' | 'failed' | 'left';

export interface Refused {
    readonly accountId: string;
    readonly accountName: string;
    readonly reason: string;
}

export interface Written {
    readonly states: ReadonlyMap<PlannedChange, WriteState>;
    readonly refused: readonly Refused[];
    /** Why it ended before everything was tried; null: it did not. */
    readonly ended: 'cancelled' | 'lost' | 'offline' | null;
    /** With `offline`: what was said. */
    readonly failure: Failure | null;
}

export interface WriteInput {
    readonly door: Door;
    readonly lock: SweepLock;
    readonly changes: readonly PlannedChange[];
    readonly isCancelled: () => boolean;
    readonly onProgress: (done: number, total: number) => void;
}

const LANES = 3;
const TRIES = 4;
const WAIT_MS = 500;
const BUSY = /UNABLE_TO_LOCK_ROW|unable to obtain exclusive access|SERVER_UNAVAILABLE|REQUEST_RUNNING_TOO_LONG/i;
/** Messages of the validation rules that keep a sweep from overwriting what people did meanwhile. */
export const OVERTAKEN = [
    'A person has changed this run since the sweep read it.',
    'This step has been answered, so it is not recorded as not done.',
] as const;

/** What is to be written of a change; null: it goes on waiting as it is. */
export const writtenPlan = ({ change, hasPlace }: PlannedChange) => placed(change, hasPlace);

export async function writePlanned(input: WriteInput): Promise<Written> {
    const work = new Writing(input);
    await Promise.all(Array.from({ length: LANES }, () => work.lane()));
    return work.result();
}

class Writing {
    private readonly accounts: (readonly PlannedChange[])[];
    private readonly total: number;
    private readonly states = new Map<PlannedChange, WriteState>();
    private readonly refused: Refused[] = [];
    private ended: Written['ended'] = null;
    private failure: Failure | null = null;
    private tried = 0;

    constructor(private readonly input: WriteInput) {
        const wanted = input.changes.filter((each) => writtenPlan(each) !== null);
        this.total = wanted.length;
        for (const each of wanted) this.states.set(each, 'left');
        this.accounts = [...Map.groupBy(wanted, ({ accountId }) => accountId).values()];
        input.onProgress(0, this.total);
    }

    result(): Written {
        const { ended, failure, refused, states } = this;
        return { states, refused, ended, failure };
    }

    /** Takes one account after the other; two runs of an account are never on their way at once. */
    async lane(): Promise<void> {
        for (let account = this.accounts.shift(); account && !this.ended; account = this.accounts.shift()) {
            for (const each of account) {
                // eslint-disable-next-line no-await-in-loop -- a lane stops as soon as the lock is gone
                if (!(await this.mayGoOn())) return;
                // eslint-disable-next-line no-await-in-loop -- two runs of an account are never on their way at once
                await this.write(each);
            }
        }
    }

    private async mayGoOn(): Promise<boolean> {
        if (!this.ended && this.input.isCancelled()) this.ended = 'cancelled';
        if (this.ended) return false;
        const kept = await this.input.lock.keep();
        if (kept.state === 'lost') this.ended = 'lost';
        if (kept.state === 'failed') this.stopOffline(kept.failure);
        return kept.state === 'kept' && !this.ended;
    }

    private async write(each: PlannedChange): Promise<void> {
        const plan = writtenPlan(each);
        if (plan === null) return;
        const { door, onProgress } = this.input;
        let result = await door.save(plan);
        for (let tries = 1; !result.ok && isBusy(result.failure) && tries < TRIES; tries += 1) {
            // eslint-disable-next-line no-await-in-loop -- somebody else holds the account for a moment
            await door.pause(WAIT_MS * tries);
            // eslint-disable-next-line no-await-in-loop -- each try follows the refusal before it
            result = await door.save(plan);
        }
        if (!result.ok && result.failure.kind === 'offline') {
            this.stopOffline(result.failure);
            return;
        }
        const state = result.ok ? 'done' : stateOf(result.failure);
        this.states.set(each, state);
        if (!result.ok && state !== 'overtaken') {
            const { accountId, accountName } = each;
            this.refused.push({ accountId, accountName, reason: result.failure.messages.join(' ') });
        }
        this.tried += 1;
        onProgress(this.tried, this.total);
    }

    private stopOffline(failure: Failure): void {
        this.ended ??= 'offline';
        this.failure ??= failure;
    }
}

const isBusy = ({ messages }: Failure): boolean => messages.some((message) => BUSY.test(message));

function stateOf({ kind, messages }: Failure): WriteState {
    if (kind === 'duplicate' || OVERTAKEN.some((rule) => messages.some((message) => message.includes(rule)))) {
        return 'overtaken';
    }
    return kind === 'not-found' ? 'gone' : 'failed';
}
