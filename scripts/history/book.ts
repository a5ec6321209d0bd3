/** The runs of a history while it happens: every change is a plan of the engine, written as an org would write it. */
import {
    assignPlaces,
    buildChecklist,
    factsOf,
    joinReasons,
    matchTriggers,
    placed,
    planSweep,
    prompts,
    startByHand,
    type ActionInput,
    type ChangePlan,
    type Clock,
    type CurrentUser,
    type PlaybookVersion,
    type PreparedRules,
    type Prompt,
    type Run,
    type Settings,
    type SweepChange,
    type SweepRules,
    type Wanting,
} from 'c/playbookEngine';
import type { Formats, Phrases } from 'c/playbookEngine';
import { applyPlan, readRunNode } from 'c/playbookRecords';
import type { GraphNode } from 'c/playbookRecords';
import type { Value } from 'c/formula';

/** What stays the same over the whole history. */
export interface BookRules {
    readonly prepared: PreparedRules;
    readonly settings: Settings;
    readonly phrases: Phrases;
    readonly formats: Formats;
    readonly timeZone: string;
}

/** An account as the book knows it: `id` has the platform's shape but is of no org. */
export interface BookAccount {
    readonly id: string;
    readonly values: Readonly<Record<string, Value>>;
    readonly csm: CurrentUser;
}

/** What a night's sweep did. */
export interface NightCounts {
    accounts: number;
    candidates: number;
    opened: number;
    continued: number;
    closed: number;
    expired: number;
    raised: number;
    recovering: number;
    relapsed: number;
    refreshed: number;
    woken: number;
    promoted: number;
    held: number;
    waiting: number;
    waitingArr: number;
}

interface Wanted extends Wanting {
    readonly of: BookAccount;
    readonly change: SweepChange;
}

interface Stored {
    nodes: readonly GraphNode[];
    runs: readonly Run[] | null;
}

export class HistoryBook {
    private readonly stored = new Map<string, Stored>();
    /** When the first run of each CSM surfaced, by the CSM's id. */
    private readonly firstRunAt = new Map<string, string>();
    private runCount = 0;
    private completionCount = 0;

    constructor(
        private readonly rules: BookRules,
        private readonly onSwept: (account: BookAccount, change: SweepChange) => void = () => undefined,
    ) {}

    /** Runs of an account, newest first. */
    runsOf(accountId: string): readonly Run[] {
        const stored = this.stored.get(accountId);
        if (stored === undefined) {
            return [];
        }
        stored.runs ??= stored.nodes.map(readRunNode);
        return stored.runs;
    }

    nodesOf(accountId: string): readonly GraphNode[] {
        return this.stored.get(accountId)?.nodes ?? [];
    }

    /** The sweep at an instant over the customers of that day, with the versions that were published then. */
    sweep(now: string, seen: readonly BookAccount[], versions: readonly PlaybookVersion[]): NightCounts {
        const { formats, phrases, prepared, settings, timeZone } = this.rules;
        const rules: SweepRules = { prepared, settings, versions, clock: { now, timeZone }, phrases, formats };
        const counts = noCounts();
        const byCsm = new Map<string, { taken: number; wanted: Wanted[] }>();
        for (const of of seen) {
            counts.accounts += 1;
            const { csm } = of;
            const result = planSweep(rules, { account: of, runs: this.runsOf(of.id), csm });
            counts.candidates += result.matches.length > 0 || result.changes.length > 0 ? 1 : 0;
            counts.held += result.held.length;
            const places = byCsm.get(csm.id) ?? { taken: 0, wanted: [] };
            byCsm.set(csm.id, places);
            places.taken += result.placesTaken;
            for (const change of result.changes) {
                if (change.needsPlace) {
                    places.wanted.push({ account: of.id, rank: change.rank, of, change });
                } else {
                    this.swept(of, change, true, counts);
                }
            }
        }
        for (const { taken, wanted } of byCsm.values()) {
            const hasRoom = assignPlaces(settings.capacity, taken, wanted);
            wanted.forEach(({ change, of }, index) => this.swept(of, change, hasRoom[index] === true, counts));
            const waiting = wanted.filter((_, index) => hasRoom[index] !== true);
            counts.waiting += waiting.length;
            const arrs = new Map(waiting.map(({ account, change }) => [account, change.arr ?? 0]));
            counts.waitingArr += [...arrs.values()].reduce((sum, arr) => sum + arr, 0);
        }
        const isWeekly = new Date(now).getUTCDay() === 1;
        for (const of of seen) {
            this.lookBack(of, rules.clock, isWeekly);
        }
        return counts;
    }

    /**
     * What the sweep finds out afterwards: whether what was won has lasted, and how long the CSM had worked with playbooks. A sweep asks both every
     * night; here the first is asked once a week, which changes no answer but by days, and is quick.
     */
    private lookBack(of: BookAccount, clock: Clock, isWeekly: boolean): void {
        const { prepared } = this.rules;
        for (const run of this.runsOf(of.id)) {
            if (run.csmMonths !== null && (!isWeekly || run.status !== 'Closed')) {
                continue;
            }
            const firstRunAt = this.firstRunAt.get(run.csmId ?? '') ?? null;
            const facts = factsOf(run, of, firstRunAt, { clock, prepared });
            if (facts !== null) {
                this.write(of, { ...NOTHING, updateRun: { id: run.id, fields: facts.fields } });
            }
        }
    }

    private swept(of: BookAccount, change: SweepChange, hasRoom: boolean, counts: NightCounts): void {
        const plan = placed(change, hasRoom);
        if (plan === null) {
            return;
        }
        this.write(of, plan);
        count(counts, change, hasRoom);
        this.onSwept(of, change);
    }

    /** What a person has in front on the account's page. */
    page(of: BookAccount, now: string, versions: readonly PlaybookVersion[]): Page {
        const { prepared, settings } = this.rules;
        const clock: Clock = { now, timeZone: of.csm.timeZone };
        const runs = this.runsOf(of.id);
        const found = matchTriggers(prepared, of, clock, of.csm);
        const context = { account: of, prepared, settings, clock, user: of.csm };
        const shown = prompts({ ...context, ...found, runs, versions });
        const inputOf = (prompt: Prompt): ActionInput => ({
            ...context,
            prompt,
            runs,
            checklist: buildChecklist(prompt, context),
            reason: prompt.match === null ? null : joinReasons(prompt.match, this.rules.phrases, this.rules.formats),
        });
        return { prompts: shown, inputOf, byHand: (version) => inputOf(startByHand(version, prepared)) };
    }

    write(of: BookAccount, plan: ChangePlan): void {
        const stored = this.stored.get(of.id) ?? { nodes: [], runs: null };
        this.stored.set(of.id, stored);
        const key = plan.createRun?.['Episode_Key__c'];
        if (key !== undefined && this.runsOf(of.id).some(({ episodeKey }) => episodeKey === key)) {
            throw new Error(`A second run of ${String(key)}.`);
        }
        const ids: Record<string, string> = {};
        if (plan.createRun !== null) {
            this.runCount += 1;
            ids['run'] = `run${this.runCount}`;
            const { Run_CSM__c: csm, Surfaced_At__c: at } = plan.createRun;
            if (typeof csm === 'string' && typeof at === 'string' && at < (this.firstRunAt.get(csm) ?? '9')) {
                this.firstRunAt.set(csm, at);
            }
        }
        plan.createCompletions.forEach((_, index) => {
            this.completionCount += 1;
            ids[`completion${index}`] = `completion${this.completionCount}`;
        });
        stored.nodes = applyPlan(stored.nodes, plan, {
            playbook: this.playbookOf(plan),
            userName: of.csm.name,
            ids,
        });
        stored.runs = null;
    }

    private playbookOf({ createRun }: ChangePlan): GraphNode | null {
        const key = createRun?.['Run_Playbook__c'];
        return typeof key === 'string' ? { Name: { value: key }, Key__c: { value: key } } : null;
    }
}

const NOTHING: ChangePlan = {
    createRun: null,
    updateRun: null,
    createCompletions: [],
    updateCompletions: [],
    createTask: null,
};

export interface Page {
    readonly prompts: readonly Prompt[];
    /** What an action on one of them is planned from. */
    inputOf(prompt: Prompt): ActionInput;
    /** The same for a playbook that nothing surfaced. */
    byHand(version: PlaybookVersion): ActionInput;
}

function noCounts(): NightCounts {
    return {
        accounts: 0,
        candidates: 0,
        opened: 0,
        continued: 0,
        closed: 0,
        expired: 0,
        raised: 0,
        recovering: 0,
        relapsed: 0,
        refreshed: 0,
        woken: 0,
        promoted: 0,
        held: 0,
        waiting: 0,
        waitingArr: 0,
    };
}

function count(counts: NightCounts, { kind, needsPlace, plan }: SweepChange, hasRoom: boolean): void {
    const isNew = plan.createRun !== null;
    if (needsPlace && hasRoom && !isNew) {
        counts.promoted += 1;
    }
    switch (kind) {
        case 'open':
            counts.opened += hasRoom ? 1 : 0;
            return;
        case 'continue':
            counts.continued += 1;
            return;
        case 'close':
            counts.closed += 1;
            return;
        case 'expire':
            counts.expired += 1;
            return;
        case 'raise':
            counts.raised += 1;
            return;
        case 'recover':
            counts.recovering += 1;
            return;
        case 'relapse':
            counts.relapsed += 1;
            return;
        case 'wake':
            counts.woken += 1;
            return;
        case 'refresh':
            counts.refreshed += 1;
            return;
        case 'wait':
            return;
    }
}
