/**
 * A book that the nightly sweep has looked after for a long time, in memory: the same plans that an org would be given, written to records
 * of the same shape. Nobody works on it, so that alarms last as long as the figures say and the load is the highest that can be.
 */
import { assignPlaces, longId, placed, planSweep } from 'c/playbookEngine';
import type { ChangePlan, CurrentUser, FieldChanges, SweepChange, SweepRules, Wanting } from 'c/playbookEngine';
import { readRunNode } from 'c/playbookRecords';
import type { GraphNode } from 'c/playbookRecords';
import type { AccountValues, Observation } from './observed.ts';

/** One episode as it went. */
export interface Episode {
    readonly account: string;
    readonly triggerKey: string;
    readonly tier: string;
    readonly surfacedOn: string;
    /** Null: still open at the end. */
    readonly closedOn: string | null;
    readonly outcome: string | null;
    readonly reason: string | null;
}

/** What one CSM met in one step. */
export interface Load {
    readonly day: string;
    readonly csm: string;
    readonly accounts: number;
    /** Prompts that came up since the step before. */
    readonly fresh: number;
    /** Prompts in front. */
    readonly open: number;
    readonly waiting: number;
}

interface StoredRun {
    readonly account: string;
    node: GraphNode;
}

/** A change that is written as Open or as Waiting. */
interface Wanted extends Wanting {
    readonly change: SweepChange;
}

type RulesOfDay = Omit<SweepRules, 'clock'>;

export class ReplayedBook {
    readonly loads: Load[] = [];
    private readonly runs = new Map<string, StoredRun>();
    private readonly runsOf = new Map<string, StoredRun[]>();
    private readonly csms = new Map<string, CurrentUser>();
    private count = 0;

    constructor(
        private readonly rules: RulesOfDay,
        /** Accounts that each CSM looks after. */
        private readonly accountsEach: number,
    ) {}

    /** The sweep in the night before `day`. */
    step({ day, accounts }: Observation): void {
        const rules: SweepRules = { ...this.rules, clock: { now: `${day}T05:00:00.000Z`, timeZone: 'UTC' } };
        const byCsm = new Map<string, { accounts: number; taken: number; wanting: Wanted[] }>();
        const fresh: string[] = [];
        for (const [account, values] of accounts) {
            const csm = this.csmOf(account);
            const entry = byCsm.get(csm.id) ?? { accounts: 0, taken: 0, wanting: [] };
            byCsm.set(csm.id, entry);
            entry.accounts += isCustomer(values, this.rules) ? 1 : 0;
            const result = planSweep(rules, {
                account: { id: idOf(account), values },
                runs: (this.runsOf.get(account) ?? []).map(({ node }) => readRunNode(node)),
                csm,
            });
            entry.taken += result.placesTaken;
            for (const change of result.changes) {
                if (change.kind === 'open' || change.kind === 'continue') {
                    fresh.push(csm.id);
                }
                if (change.needsPlace) {
                    entry.wanting.push({ account, rank: change.rank, change });
                } else {
                    this.write(account, placed(change, true));
                }
            }
        }
        for (const [csm, { accounts: customers, taken, wanting }] of byCsm) {
            const inPlace = assignPlaces(this.rules.settings.capacity, taken, wanting);
            wanting.forEach(({ account, change }, index) =>
                this.write(account, placed(change, inPlace[index] === true)),
            );
            const inFront = inPlace.filter(Boolean).length;
            this.loads.push({
                day,
                csm,
                accounts: customers,
                fresh: fresh.filter((id) => id === csm).length,
                open: taken + inFront,
                waiting: wanting.length - inFront,
            });
        }
    }

    episodes(): Episode[] {
        return [...this.runs.values()].map(({ account, node }) => {
            const run = readRunNode(node);
            return {
                account,
                triggerKey: run.triggerKey ?? '',
                tier: run.worstTier,
                surfacedOn: run.surfacedAt.slice(0, 10),
                closedOn: run.closedAt?.slice(0, 10) ?? null,
                outcome: run.outcome,
                reason: run.reason,
            };
        });
    }

    private csmOf(account: string): CurrentUser {
        const known = this.csms.get(account);
        if (known !== undefined) {
            return known;
        }
        const number = Math.floor(this.csms.size / this.accountsEach) + 1;
        const name = `CSM ${number}`;
        const id = longId(`005${String(number).padStart(12, '0')}`);
        const csm = { id, name, firstName: name, email: '', timeZone: 'UTC' };
        this.csms.set(account, csm);
        return csm;
    }

    private write(account: string, plan: ChangePlan | null): void {
        if (plan === null) {
            return;
        }
        if (plan.createRun !== null) {
            const stored = { account, node: overlaid({ Id: `run${this.count++}` }, plan.createRun) };
            stored.node = {
                ...stored.node,
                Run_Playbook__r: this.playbookNode(plan.createRun),
                Step_Completions__r: { edges: [] },
            };
            this.runs.set(String(stored.node['Id']), stored);
            this.runsOf.set(account, [...(this.runsOf.get(account) ?? []), stored]);
            return;
        }
        const stored = this.runs.get(plan.updateRun?.id ?? '');
        if (stored === undefined || plan.updateRun === null) {
            throw new Error('A plan of the sweep names a run that is not there.');
        }
        // Nobody reads the steps of a replayed run, and the sweep alone would only ever record them as not done.
        stored.node = overlaid(stored.node, plan.updateRun.fields);
    }

    private playbookNode(fields: FieldChanges): GraphNode | null {
        const version = this.rules.versions.find(({ id }) => id === fields['Run_Version__c']);
        return version === undefined
            ? null
            : { Name: { value: version.playbookName }, Key__c: { value: version.playbookKey } };
    }
}

function overlaid(node: GraphNode, fields: FieldChanges): GraphNode {
    return { ...node, ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])) };
}

function isCustomer(values: AccountValues, { prepared }: RulesOfDay): boolean {
    return (values[prepared.figures.ChurnedOn.path ?? ''] ?? null) === null;
}

/** An id of the platform's shape for an account that is in no org. */
function idOf(account: string): string {
    let hash = 0;
    for (const letter of account) {
        hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
    }
    return longId(
        `001${(hash >>> 0).toString(36).padStart(7, '0')}${account.replace(/\W/g, '').slice(-5).padStart(5, '0')}`,
    );
}
