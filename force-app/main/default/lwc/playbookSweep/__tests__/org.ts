/** An org behind the sweep page for tests: its locks, its users and what becomes of each write. */
import type { BookData, Failure } from 'c/playbookBookData';
import type { ChangePlan, CurrentUser, FieldChanges } from 'c/playbookEngine';
import type { SaveResult, SweepHolder } from 'c/playbookSweepData';
import type { Door, ReadBook } from '../door';
import { runSweep, type Ending, type Stage, type SweepInput } from '../sweeping';
import { recordMessage, stoppedWords } from '../words';

export const MAYA = '005000000000000000';
const MINUTE = 60_000;

/** Behaves as the org's unique key does; a test says what else happens. */
export class FakeOrg implements Door {
    time = Date.parse('2026-11-21T18:00:00.000Z');
    /** The org's clock is ahead of this computer's by so many milliseconds. */
    ahead = 0;
    readonly sweeps: (SweepHolder & { readonly fields: FieldChanges })[] = [];
    readonly saved: ChangePlan[] = [];
    /** What the org answers to the next writes; when it is empty, it takes them. */
    readonly answers: (Failure | null)[] = [];
    onSave: () => void = () => undefined;

    constructor(
        private readonly book: BookData | ReadBook,
        private readonly people: readonly CurrentUser[] = [
            { id: MAYA, name: 'Maya Lindqvist', firstName: 'Maya', email: 'm@example.com', timeZone: 'Europe/Berlin' },
        ],
    ) {}

    now(): number {
        return this.time;
    }
    pause(milliseconds: number): Promise<void> {
        this.time += milliseconds;
        return Promise.resolve();
    }
    readBook(onProgress: Parameters<Door['readBook']>[0]): ReturnType<Door['readBook']> {
        const { book } = this;
        if ('ok' in book) return Promise.resolve(book);
        const goesOn = onProgress({ read: book.book.length, total: book.book.length });
        return Promise.resolve(goesOn ? { ok: true, data: book } : { ok: false, failure: null });
    }
    holders(): ReturnType<Door['holders']> {
        return Promise.resolve({ ok: true, rows: this.sweeps.filter(({ key }) => key !== '') });
    }
    users(ids: readonly string[]): ReturnType<Door['users']> {
        return Promise.resolve({ ok: true, rows: this.people.filter(({ id }) => ids.includes(id)) });
    }
    create(fields: FieldChanges): Promise<SaveResult> {
        if (this.sweeps.some(({ key }) => key === fields['Lock_Key__c'])) return Promise.resolve(refusal('duplicate'));
        const id = `sweep-${this.sweeps.length + 1}`;
        this.put(id, fields);
        return Promise.resolve({ ok: true, ids: { sweep: id } });
    }
    update(id: string, fields: FieldChanges): Promise<SaveResult> {
        this.put(id, fields);
        return Promise.resolve({ ok: true, ids: {} });
    }
    save(plan: ChangePlan): Promise<SaveResult> {
        this.saved.push(plan);
        this.onSave();
        const failure = this.answers.shift();
        return Promise.resolve(failure ? { ok: false, failure } : { ok: true, ids: {} });
    }

    /** Another sweep's record; its lease ends in so many minutes by the org's clock. */
    another(key: string, minutes: number): void {
        const leaseUntil = new Date(this.time + this.ahead + minutes * MINUTE).toISOString();
        this.put(`other-${this.sweeps.length}`, {
            Lock_Key__c: key,
            Lease_Until__c: leaseUntil,
            Ran_From__c: 'Runner',
        });
    }

    /** What the record of this page's sweep says. */
    get record(): FieldChanges {
        return this.sweeps.findLast(({ fromPage }) => fromPage)?.fields ?? {};
    }

    private put(id: string, changes: FieldChanges): void {
        const index = this.sweeps.findIndex((each) => each.id === id);
        const fields = { ...this.sweeps[index]?.fields, ...changes };
        const text = (name: string): string | null => {
            const value = fields[name];
            return typeof value === 'string' ? value : null;
        };
        const sweep = {
            id,
            name: `SW-${id}`,
            key: text('Lock_Key__c') ?? '',
            leaseUntil: text('Lease_Until__c'),
            startedAt: text('Started_At__c'),
            fromPage: fields['Ran_From__c'] === 'Page',
            by: 'Integration',
            createdAt: this.sweeps[index]?.createdAt ?? new Date(this.time + this.ahead).toISOString(),
            fields,
        };
        if (index < 0) this.sweeps.push(sweep);
        else this.sweeps[index] = sweep;
    }
}

export const refusal = (
    kind: Failure['kind'],
    ...messages: readonly string[]
): SaveResult & { readonly ok: false } => ({
    ok: false,
    failure: { kind, messages },
});

export interface Swept {
    readonly ending: Ending;
    readonly stages: readonly Stage[];
}

export async function sweep(org: FakeOrg, options: Partial<SweepInput> = {}): Promise<Swept> {
    const stages: Stage[] = [];
    const ending = await runSweep({
        door: org,
        dryRun: false,
        isCancelled: () => false,
        show: (stage) => {
            stages.push(stage);
        },
        message: recordMessage,
        stopped: stoppedWords,
        ...options,
    });
    return { ending, stages };
}
