/**
 * Records at random, with what reports get wrong: blanks, ties, nothing to divide by, practice, runs by hand, instants at the edges of days and quarters in
 * several time zones, leap days, versions never run, signals without a playbook, and names that look like formulas.
 */
import { randomFrom } from '../../lib/random.ts';
import type { RecordFields } from '../../lib/records.ts';

export interface RandomRun {
    readonly account: number;
    readonly playbook: number | null;
    readonly version: number | null;
    readonly csm: number | null;
    /** As it is when it opens. */
    readonly opening: RecordFields;
    /** What closes it; null: it stays as it was opened. */
    readonly closing: RecordFields | null;
    readonly completions: readonly RecordFields[];
}

const OUTCOMES: Readonly<Record<string, readonly string[]>> = {
    Risk: ['Saved', 'Saved', 'Recovered', 'Lost', 'Let go', 'False alarm', 'Expired'],
    Renewal: ['Renewed', 'Renewed smaller', 'Not renewed', 'False alarm'],
    Signal: ['Completed', 'False alarm', 'Expired'],
    Other: ['Completed', 'Let go', 'Expired'],
};
const ALL_OUTCOMES = [...new Set(Object.values(OUTCOMES).flat())];
const CAUSES = ['Low adoption', 'Product gap or defect', 'Price or budget', 'Competitor', 'Data error', 'Other'];
const WON = ['Saved', 'Recovered', 'Renewed', 'Renewed smaller'];
const KEPT = ['Provisional', 'Kept for 90 days', 'Kept at renewal', 'Kept smaller', 'Lost since'];
const TIERS = ['Critical', 'High', 'Moderate'];
const SKIP_REASONS = ['Already covered', 'Customer asked us not to', 'No contact available', 'Other'];
const ACCOUNT_SEGMENTS = ['Enterprise', 'Mid-market', 'Small business'];
const SEGMENTS = ['Enterprise', 'Mid-market', 'SMB', 'Großkunde', '=1+1', 'Other, "quoted"'];
const STEPS = ['Prüfen & vorbereiten', 'Call the champion', '=HYPERLINK("x")', 'Agree on a plan', '@mention', 'Review'];
const ARR = [0, 100, 1000, 1000, 12_345.67, 99_999.99, 0.01];
/** Midnights and the ends of quarters in Berlin (summer and winter), New York and UTC, leap days, and changes of the clock. */
const EDGES = [
    '2024-02-28T23:30:00.000Z', '2024-02-29T23:30:00.000Z', '2024-02-29T04:30:00.000Z', '2024-03-31T22:30:00.000Z',
    '2024-12-31T23:30:00.000Z', '2025-01-01T04:30:00.000Z', '2025-03-30T00:59:59.000Z', '2025-03-31T21:59:59.000Z',
    '2025-03-31T22:00:00.000Z', '2025-06-30T22:30:00.000Z', '2025-07-01T03:30:00.000Z', '2025-09-30T23:30:00.000Z',
    '2025-10-26T00:30:00.000Z', '2025-12-31T22:59:59.000Z', '2025-12-31T23:00:00.000Z', '2026-03-31T23:30:00.000Z',
    '2026-06-30T21:59:59.000Z', '2026-09-30T23:30:00.000Z', '2026-10-01T03:59:59.000Z', '2028-02-29T23:30:00.000Z',
]; // prettier-ignore
const MINUTE = 60_000;

export class RandomBook {
    readonly #random: () => number;
    readonly #seed: number;
    readonly #now: number;

    constructor(seed: number, now: string) {
        this.#seed = seed;
        this.#random = randomFrom(seed);
        this.#now = Date.parse(now);
    }

    /** Names repeat. */
    accounts(count: number): RecordFields[] {
        return Array.from({ length: count }, (_, index) => ({
            Name: this.#pick(['Müller & Söhne', '=cmd()', 'Ærø ApS', `Account ${index}`, '東京, "Ltd"']),
            Segment__c: this.#maybe(0.8, () => this.#pick(ACCOUNT_SEGMENTS)),
            ARR__c: this.#maybe(0.8, () => this.#pick(ARR)),
            External_Id__c: `random-${this.#seed}-${index}`,
        }));
    }

    runs(count: number, of: { accounts: number; playbooks: number; versions: number; csms: number }): RandomRun[] {
        return Array.from({ length: count }, (_, index) => this.#run(index, of));
    }

    /** Whole ones, parts of them, and such as broke off. */
    sweeps(count: number): RecordFields[] {
        return Array.from({ length: count }, () => ({
            Sweep_Status__c: this.#pick(['Finished', 'Finished', 'Finished with failures', 'Stopped', 'Running']),
            Shard__c: this.#maybe(0.7, () => this.#pick(['1/1', '1/2', '2/2'])),
            Started_At__c: this.#maybe(0.95, () => this.#instant()),
            Waiting_Count__c: this.#maybe(0.9, () => this.#below(50)),
            Waiting_ARR__c: this.#maybe(0.8, () => this.#pick(ARR)),
        }));
    }

    #run(index: number, of: { accounts: number; playbooks: number; versions: number; csms: number }): RandomRun {
        const kind = this.#maybe(0.95, () => this.#pick(['Risk', 'Risk', 'Risk', 'Renewal', 'Signal', 'Other']));
        const openedBy = this.#maybe(0.95, () => this.#pick(['Sweep', 'Sweep', 'Sweep', 'By hand', 'First action']));
        const surfaced = this.#maybe(0.95, () => this.#instant());
        const from = surfaced ?? this.#instant();
        const recovering = this.#maybe(0.4, () => this.#later(from));
        const isClosed = this.#chance(0.75);
        const atOpening = this.#maybe(0.85, () => this.#pick(ARR));
        const playbook = kind === 'Signal' ? null : this.#maybe(0.95, () => this.#below(of.playbooks));
        const opening: RecordFields = {
            Episode_Key__c: `random-${this.#seed}-${index}`,
            Episode_Number__c: 1 + this.#below(3),
            Run_Kind__c: kind,
            Practice__c: this.#chance(0.1),
            Opened_By__c: openedBy,
            Surfaced_At__c: surfaced,
            Recovering_Since__c: recovering,
            Trigger_Key__c: this.#maybe(0.9, () => this.#pick(['at-risk', 'renewal', 'champion-left', 'nps-low'])),
            First_Tier__c: this.#maybe(0.9, () => this.#pick(TIERS)),
            Current_Tier__c: this.#maybe(0.9, () => this.#pick(TIERS)),
            Worst_Tier__c: this.#maybe(0.9, () => this.#pick(TIERS)),
            Segment_At_Opening__c: this.#maybe(0.85, () => this.#pick(SEGMENTS)),
            ARR_At_Opening__c: atOpening,
            CSM_Months__c: this.#maybe(0.8, () => this.#pick([0, 1, 2, 3, 5, 6, 11, 12, 13, 24, 60])),
            Next_Due_At__c: this.#maybe(0.4, () => this.#instant()),
            ...this.#status(index, isClosed),
        };
        return {
            account: this.#below(of.accounts),
            playbook,
            version: playbook === null ? null : this.#maybe(0.95, () => this.#below(of.versions)),
            csm: this.#maybe(0.85, () => this.#below(of.csms)),
            opening,
            closing: isClosed ? this.#closing(kind, from, atOpening) : null,
            completions: this.#completions(index, from, recovering),
        };
    }

    #status(index: number, isClosed: boolean): RecordFields {
        const status = isClosed ? 'Open' : this.#pick(['Open', 'Waiting', 'Snoozed']);
        const isSnoozed = status === 'Snoozed';
        return {
            Run_Status__c: status,
            Live_Key__c: isClosed ? null : `random-${this.#seed}-${index}`,
            Next_Step__c: this.#maybe(0.5, () => this.#pick(STEPS)),
            Snoozed_Until__c: isSnoozed ? '2026-12-01' : null,
            Snooze_Reason__c: isSnoozed ? '+On holiday' : null,
        };
    }

    #closing(kind: string | null, from: string, atOpening: number | null): RecordFields {
        const outcome = this.#pick(this.#chance(0.05) ? ALL_OUTCOMES : (OUTCOMES[kind ?? ''] ?? ALL_OUTCOMES));
        // Validation rules see to it: nobody saves more than there was, and only what was won is kept.
        const possible = ARR.filter((amount) => amount <= (atOpening ?? -1));
        const amount = (): number | null => (possible.length > 0 ? this.#maybe(0.8, () => this.#pick(possible)) : null);
        return {
            Run_Status__c: 'Closed',
            Outcome__c: outcome,
            Closed_At__c: this.#chance(0.5) ? this.#instant() : this.#later(from),
            Outcome_Reason__c: this.#maybe(0.5, () => this.#pick(['They said: "yes"', '-2+3', 'Zwei\nZeilen'])),
            Cause__c: this.#maybe(0.8, () => this.#pick(CAUSES)),
            ARR_At_Close__c: this.#maybe(0.8, () => this.#pick(ARR)),
            ARR_Saved__c: outcome === 'Saved' ? amount() : null,
            ARR_Lost__c: ['Lost', 'Not renewed'].includes(outcome) ? amount() : null,
            Kept__c: WON.includes(outcome) ? this.#maybe(0.8, () => this.#pick(KEPT)) : null,
            ARR_Kept__c: this.#maybe(0.3, () => this.#pick(ARR)),
            Renewal_At_Close_On__c: this.#maybe(0.5, () => this.#instant().slice(0, 10)),
        };
    }

    #completions(run: number, from: string, recovering: string | null): RecordFields[] {
        const steps = STEPS.filter(() => this.#chance(0.5));
        return steps.map((title, index) => {
            const status = this.#pick(['Done', 'Done', 'Done', 'Skipped', 'Not applicable', 'Not done', 'Undone']);
            const answered = ['Done', 'Skipped', 'Not applicable'].includes(status);
            const at = recovering !== null && this.#chance(0.2) ? recovering : this.#later(from);
            return {
                Completion_Key__c: `random-${this.#seed}-${run}-${index}`,
                Completion_Status__c: status,
                Completed_At__c: answered ? at : null,
                Due_At__c: this.#maybe(0.7, () => (this.#chance(0.3) ? at : this.#later(from))),
                Occurrence__c: 1,
                Recorded_Step_Key__c: `step-${STEPS.indexOf(title)}`,
                Recorded_Title__c: this.#maybe(0.95, () => title),
                Recorded_Phase__c: this.#maybe(0.95, () => this.#pick(['First week', 'Later'])),
                Recorded_Required__c: this.#chance(0.6),
                Recorded_Contact__c: this.#chance(0.4),
                Skip_Reason__c: status === 'Skipped' ? this.#pick(SKIP_REASONS) : null,
                Was_Due__c: status === 'Not done' && this.#chance(0.5),
            };
        });
    }

    /** An edge, or any minute of the last three years. */
    #instant(): string {
        if (this.#chance(0.3)) return this.#pick(EDGES);
        return new Date(this.#now - Math.floor(this.#random() * 1095 * 1440) * MINUTE).toISOString();
    }

    /** The same instant, three minutes on (half a tenth of an hour), before it, or days later. */
    #later(from: string): string {
        const minutes = this.#pick([0, 3, 9, -5, 57, 1440, Math.floor(this.#random() * 60 * 1440)]);
        return new Date(Date.parse(from) + minutes * MINUTE).toISOString();
    }

    #chance(probability: number): boolean {
        return this.#random() < probability;
    }

    #below(count: number): number {
        return Math.floor(this.#random() * count);
    }

    #pick<T>(values: readonly T[]): T {
        const value = values[this.#below(values.length)];
        if (value === undefined) throw new RangeError('Nothing to pick from.');
        return value;
    }

    #maybe<T>(probability: number, value: () => T): T | null {
        return this.#chance(probability) ? value() : null;
    }
}
