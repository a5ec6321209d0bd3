/** What a sweep writes on one account: at most one change a run, and the same rules as on the page. */
import { Evidence } from './evidence';
import type { AccountContext } from './inputs';
import { matchTriggers } from './matches';
import { prompts } from './prompts';
import { rankOf } from './ranking';
import { figureNumber } from './scope';
import { continueRun, type Opening, openRun } from './sweepOpens';
import { sweepRun, type SweptRun } from './sweepRun';
import type { SweepAccount, SweepChange, SweepResult, SweepRules } from './sweepTypes';
import type { ChangePlan, CurrentUser, FieldChanges, Held, Prompt, Run } from './types';

const NOTHING: SweepResult = { matches: [], changes: [], placesTaken: 0, held: [], problems: [] };
/** Stands for the user in rules that name `$User`, on an account that is nobody's. */
const NOBODY: Omit<CurrentUser, 'timeZone'> = { id: '', name: '', firstName: '', email: '' };
/** What every write of a sweep carries: with these alone there is nothing to write. */
const MARKS: readonly string[] = ['Swept_At__c', 'Swept_Seen_At__c'];

/**
 * What the sweep does on an account. Nothing is written when nothing has changed: a second sweep at the same moment gives no changes. Whole
 * orgs go through here, so nothing is allocated for an account without runs and without a match.
 */
export function planSweep(rules: SweepRules, source: SweepAccount): SweepResult {
    const { clock, prepared } = rules;
    const { account, runs } = source;
    const user = source.csm ?? nobodyIn(clock.timeZone);
    const found = matchTriggers(prepared, account, clock, user);
    const { matches, problems, stale } = found;
    if (matches.length === 0 && stale.length === 0 && problems.length === 0 && !runs.some(isLive)) {
        return NOTHING;
    }
    const { settings } = rules;
    const context: AccountContext = { account, prepared, settings, clock, user };
    return new AccountSweep(rules, source, new Evidence(context, found)).result();
}

/** What to write of a change now that it is known whether its CSM has room for it. Null: nothing, it goes on waiting as it is. */
export function placed({ needsPlace, plan }: SweepChange, hasRoom: boolean): ChangePlan | null {
    if (!needsPlace || hasRoom) {
        return plan;
    }
    if (plan.createRun !== null) {
        return { ...plan, createRun: { ...plan.createRun, Run_Status__c: 'Waiting' } };
    }
    const { Run_Status__c, ...fields } = plan.updateRun?.fields ?? {};
    const says = Object.keys(fields).some((field) => !MARKS.includes(field));
    return says && plan.updateRun !== null ? { ...plan, updateRun: { id: plan.updateRun.id, fields } } : null;
}

class AccountSweep {
    private readonly csmId: string | null;
    private readonly swept: readonly SweptRun[];
    private before: readonly Prompt[] | undefined;

    constructor(
        private readonly rules: SweepRules,
        private readonly source: SweepAccount,
        private readonly evidence: Evidence,
    ) {
        this.csmId = source.csm?.id ?? null;
        const swept: SweptRun[] = [];
        for (const run of source.runs.filter(isLive)) {
            const others = source.runs.map((other) => swept.find(({ before }) => before === other)?.after ?? other);
            swept.push(sweepRun(run, evidence, rules, this.csmId, (of) => this.heldBefore(of), others));
        }
        this.swept = swept;
    }

    result(): SweepResult {
        const { evidence, source, swept } = this;
        const after = new Map(swept.map((run) => [run.before, run.after]));
        const shown = this.promptsOf(source.runs.map((run) => after.get(run) ?? run));

        const changes: SweepChange[] = [];
        let placesTaken = 0;
        for (const run of swept) {
            const isFree = shown.some((prompt) => prompt.run === run.after && prompt.held === null);
            const needsPlace = run.after.status === 'Waiting' && run.wantsAttention && isFree;
            const change = this.changeOf(run, needsPlace);
            if (change !== null) {
                changes.push(change);
            }
            placesTaken += run.after.status === 'Open' && run.wantsAttention && isFree ? 1 : 0;
        }
        const held: Prompt[] = [];
        for (const prompt of shown) {
            if (prompt.held !== null && (prompt.run === null || prompt.run.status === 'Waiting')) {
                held.push(prompt);
            }
            const opening = prompt.held === null && prompt.run === null ? this.openingOf(prompt) : null;
            if (opening !== null) {
                const isNew = opening.plan.createRun !== null;
                changes.push(this.change(isNew ? 'open' : 'continue', opening, isNew));
                placesTaken += isNew ? 0 : 1;
            }
        }
        const { matches } = evidence.found;
        return { matches, changes, placesTaken, held, problems: evidence.problems };
    }

    /** What holds a run back before anything has changed, and so what has held it back. */
    private heldBefore(run: Run): Held | null {
        this.before ??= this.promptsOf(this.source.runs);
        return this.before.find((prompt) => prompt.run === run)?.held ?? null;
    }

    private promptsOf(runs: readonly Run[]): readonly Prompt[] {
        const { clock, prepared, settings, versions } = this.rules;
        const { context, found } = this.evidence;
        const { account, user } = context;
        const { matches, stale } = found;
        return prompts({ prepared, settings, matches, stale, runs, versions, clock, account, user });
    }

    private openingOf(found: Prompt): Opening | null {
        const { continues, match } = found;
        if (match === null) {
            return null;
        }
        const { csmId, evidence, rules, source } = this;
        // Its most urgent trigger may be quiet after the last run, while another one surfaces it.
        const tier = evidence.entryOf(found.id)?.tier ?? match.tier;
        const prompt = { ...found, tier };
        return continues === null
            ? openRun(prompt, match, source.runs, evidence, rules, csmId)
            : continueRun(prompt, continues, match, evidence, csmId);
    }

    private changeOf(run: SweptRun, needsPlace: boolean): SweepChange | null {
        const { after, before, completions, kind, prompt } = run;
        if (kind === null && !needsPlace) {
            return null;
        }
        const fields: FieldChanges = {
            ...run.fields,
            ...(needsPlace ? { Run_Status__c: 'Open' } : {}),
            Swept_At__c: this.rules.clock.now,
            Swept_Seen_At__c: before.actedAt,
        };
        const plan: ChangePlan = {
            createRun: null,
            updateRun: { id: before.id, fields },
            ...completions,
            createTask: null,
        };
        return this.change(kind ?? 'wait', { prompt, run: after, plan }, needsPlace);
    }

    private change(kind: SweepChange['kind'], { plan, prompt, run }: Opening, needsPlace: boolean): SweepChange {
        const { context } = this.evidence;
        return {
            kind,
            triggerKey: run.triggerKey,
            playbookKey: run.playbookKey,
            tier: run.currentTier,
            rank: rankOf(prompt, context).score,
            arr: figureNumber(context.prepared, context.account, 'ARR'),
            runId: run.id === '' ? null : run.id,
            needsPlace,
            plan,
        };
    }
}

function isLive({ status }: { readonly status: string }): boolean {
    return status !== 'Closed';
}

function nobodyIn(timeZone: string): CurrentUser {
    if (nobody?.timeZone !== timeZone) {
        nobody = { ...NOBODY, timeZone };
    }
    return nobody;
}

let nobody: CurrentUser | undefined;
