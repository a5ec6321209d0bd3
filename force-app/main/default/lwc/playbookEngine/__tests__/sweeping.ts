/** One account that is swept from day to day: what a sweep writes is what the next one reads. */
import { applyPlan, type GraphNode, readRunNode } from 'c/playbookRecords';
import type { Value } from 'c/formula';
import {
    type ChangePlan,
    type CurrentUser,
    placed,
    planSweep,
    type PlaybookVersion,
    type Run,
    type Settings,
    type SweepChange,
    type SweepResult,
    type SweepRules,
    type Trigger,
} from '../playbookEngine';
import { account, FORMATS, PHRASES, prepared, SETTINGS, step, trigger, TRIGGERS, USER, version } from './sample';

export const TWO_STEPS = version([step('check'), step('call', { customerContact: true })]);

/** Health below 60 enters, 65 and above is the exit, which has to hold for two weeks; below 40 is critical. */
export const HEALTH = trigger({
    tier: 'IF($Figure.Health < 40, "Critical", "High")',
    holdDays: 14,
    cooldownDays: 30,
    expiresAfterDays: 30,
});

export interface Org {
    readonly triggers?: readonly Trigger[];
    readonly versions?: readonly PlaybookVersion[];
    readonly settings?: Settings;
    readonly timeZone?: string;
}

const compiled = new WeakMap<Org, SweepRules['prepared']>();

export function sweepRules(now: string, org: Org = {}): SweepRules {
    const settings = org.settings ?? SETTINGS;
    const rules = compiled.get(org) ?? prepared(org.triggers ?? TRIGGERS, settings);
    compiled.set(org, rules);
    return {
        prepared: rules,
        settings,
        versions: org.versions ?? [TWO_STEPS],
        clock: { now, timeZone: org.timeZone ?? 'Europe/Berlin' },
        phrases: PHRASES,
        formats: FORMATS,
    };
}

export class SweptAccount {
    nodes: readonly GraphNode[] = [];
    private count = 0;
    private read: { readonly nodes: readonly GraphNode[]; readonly runs: readonly Run[] } | undefined;

    constructor(
        public org: Org = { triggers: [HEALTH] },
        readonly csm: CurrentUser | null = USER,
    ) {}

    get runs(): readonly Run[] {
        if (this.read?.nodes !== this.nodes) {
            this.read = { nodes: this.nodes, runs: this.nodes.map(readRunNode) };
        }
        return this.read.runs;
    }

    /** The only run. */
    get run(): Run {
        const [run, ...others] = this.runs;
        if (run === undefined || others.length > 0) {
            throw new Error(`Expected one run, found ${this.runs.length}.`);
        }
        return run;
    }

    plan(now: string, values: Record<string, Value>): SweepResult {
        const rules = sweepRules(now, this.org);
        return planSweep(rules, { account: account({ ...values }), runs: this.runs, csm: this.csm });
    }

    /** Plans and writes; gives the kinds of what was written. */
    sweep(now: string, values: Record<string, Value>, hasRoom = true): readonly SweepChange['kind'][] {
        const { changes } = this.plan(now, values);
        return changes.flatMap((change) => {
            const plan = placed(change, hasRoom);
            if (plan !== null) {
                this.write(plan);
            }
            return plan === null ? [] : [change.kind];
        });
    }

    write(plan: ChangePlan): void {
        const key = plan.createRun?.['Episode_Key__c'];
        if (key !== undefined && this.runs.some(({ episodeKey }) => episodeKey === key)) {
            throw new Error(`A second run of ${String(key)}.`);
        }
        this.count += 1;
        const ids = Object.fromEntries([
            ['run', `a0R${this.count}`],
            ...plan.createCompletions.map((_, index) => [`completion${index}`, `a0C${this.count}-${index}`]),
        ]) as Record<string, string>;
        const versions = this.org.versions ?? [TWO_STEPS];
        const opened = versions.find(({ id }) => id === plan.createRun?.['Run_Version__c']);
        const playbook = opened
            ? { Name: { value: opened.playbookName }, Key__c: { value: opened.playbookKey } }
            : null;
        this.nodes = applyPlan(this.nodes, plan, { playbook, userName: USER.name, ids });
    }

    /** Somebody changes the only run by hand. */
    change(fields: Record<string, string | number | boolean | null>): void {
        const updateRun = { id: this.run.id, fields };
        const nothing = { createRun: null, createCompletions: [], updateCompletions: [], createTask: null };
        this.write({ ...nothing, updateRun });
    }

    /** Somebody does a step of the only run. */
    done(stepKey: string, at: string, status = 'Done'): void {
        const { episodeKey, id } = this.run;
        this.write({
            createRun: null,
            updateRun: { id, fields: { Run_Status__c: 'Open', Acted_At__c: at } },
            createCompletions: [
                {
                    Completion_Key__c: `${episodeKey}:${stepKey}:1`,
                    Recorded_Step_Key__c: stepKey,
                    Occurrence__c: 1,
                    Completion_Status__c: status,
                    Completed_At__c: at,
                    Recorded_Contact__c: stepKey === 'call',
                },
            ],
            updateCompletions: [],
            createTask: null,
        });
    }
}

/** An instant so many days after the first sweep, at two in the night in Berlin. */
export function night(days: number): string {
    return new Date(Date.UTC(2026, 10, 1 + days, 1)).toISOString();
}

export const health = (score: number | null): Record<string, Value> => ({ Health_Score__c: score, ARR__c: 50_000 });

/** An account with a run that a sweep has just opened. */
export function opened(score = 48, org: Org = { triggers: [HEALTH] }): SweptAccount {
    const swept = new SweptAccount(org);
    expect(swept.sweep(night(0), health(score))).toEqual(['open']);
    return swept;
}
