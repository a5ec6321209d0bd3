/** What a sweep makes of one run that is not closed. */
import { suggestedCause } from './causes';
import { buildChecklist } from './checklist';
import { closingCounts } from './closingCounts';
import { dayOf } from './days';
import { longId } from './episode';
import { type EpisodeEvent, nextState, stateAfter } from './episodeStates';
import type { Evidence } from './evidence';
import { notDoneChanges } from './finish';
import type { TriggerRule } from './inputs';
import { worseTier } from './matches';
import { joinReasons } from './phrases';
import { closingFields, nextStepFields, OPEN_FIELDS, tierFields } from './records';
import { subjectOf, subjectOfRun } from './subjects';
import { type Ending, awaitsDecision, endingAfterHold, expiryOf, isHoldOver, lossOf } from './sweepCloses';
import type { SweepChangeKind, SweepRules } from './sweepTypes';
import type {
    ChangePlan,
    Checklist,
    FieldChanges,
    Held,
    Match,
    PlaybookVersion,
    Prompt,
    Run,
    RunStatus,
    Trigger,
} from './types';

/** How a run stands after a sweep, and what the sweep writes of it besides its own marks. */
export interface SweptRun {
    readonly before: Run;
    readonly after: Run;
    /** Of the run as it stands after the sweep. */
    readonly prompt: Prompt;
    /** The most telling of what happened; null: nothing. */
    readonly kind: SweepChangeKind | null;
    readonly fields: FieldChanges;
    readonly completions: Pick<ChangePlan, 'createCompletions' | 'updateCompletions'>;
    /** Open, or waiting for it, with something to do that is not taking care of itself, or with an outcome to decide. */
    readonly wantsAttention: boolean;
}

const NO_COMPLETIONS = { createCompletions: [], updateCompletions: [] };
const TELLING: readonly SweepChangeKind[] = ['close', 'expire', 'wake', 'raise', 'recover', 'relapse', 'refresh'];

/** What holds a run back before the sweep changes anything. */
export type HeldOf = (run: Run) => Held | null;

/**
 * `csmId`: who is responsible for the account now; null: nobody, so whoever it was stays on the run. `others`: the account's runs as this
 * sweep leaves them so far, since two that close in one night count its ARR once.
 */
export function sweepRun(
    run: Run,
    evidence: Evidence,
    rules: SweepRules,
    csmId: string | null,
    heldOf: HeldOf,
    others: readonly Run[],
): SweptRun {
    const version = rules.versions.find(({ id }) => id === run.versionId) ?? null;
    const sweep = new RunSweep(run, version, evidence, rules, heldOf, others);
    // Without its version its steps and criteria are not known, so nothing of it can be decided.
    return run.versionId !== null && version === null ? sweep.untouched() : sweep.result(csmId);
}

class RunSweep {
    private after: Run;
    private state: RunStatus;
    private fields: FieldChanges = {};
    private readonly kinds = new Set<SweepChangeKind>();
    private readonly subject: string | null;
    private readonly entry: Match | null;
    private trigger: Trigger | null = null;
    private rule: TriggerRule | null = null;

    constructor(
        private readonly run: Run,
        private readonly version: PlaybookVersion | null,
        private readonly evidence: Evidence,
        private readonly rules: SweepRules,
        private readonly heldOf: HeldOf,
        private readonly others: readonly Run[],
    ) {
        this.after = run;
        this.state = run.status;
        this.subject = subjectOfRun(run);
        this.entry = evidence.entryOf(this.subject);
    }

    untouched(): SweptRun {
        return this.swept(null, false, NO_COMPLETIONS);
    }

    result(csmId: string | null): SweptRun {
        this.findTrigger();
        const ending = lossOf(this.prompt(), this.evidence) ?? this.recovery() ?? this.expiry();
        if (ending !== null) {
            return this.closed(ending);
        }
        this.wake();
        this.follow();
        return this.refreshed(csmId);
    }

    /** Its own trigger, on or off; when that is gone (or off, and another one enters), the one that adopts the run. */
    private findTrigger(): void {
        const { rules, triggers } = this.rules.prepared;
        const isOwn = (trigger: Trigger): boolean =>
            trigger.key === this.run.triggerKey && subjectOf(trigger) === this.subject;
        const working = rules.find(({ trigger }) => isOwn(trigger));
        const own = working?.trigger ?? triggers.find(isOwn) ?? null;
        this.trigger = own;
        this.rule = working ?? null;
        if (working !== undefined || this.run.playbookKey === null) {
            return;
        }
        const heir = this.entry?.trigger ?? (own === null && this.run.triggerKey !== null ? this.heir() : null);
        if (heir !== null) {
            this.trigger = heir;
            this.rule = rules.find(({ trigger }) => trigger === heir) ?? null;
            this.take('adopt', 'refresh', { Trigger_Key__c: heir.key }, { triggerKey: heir.key });
        }
    }

    private heir(): Trigger | null {
        const heirs = this.rules.prepared.rules.filter(({ trigger }) => subjectOf(trigger) === this.subject);
        return heirs.sort((one, other) => one.trigger.priority - other.trigger.priority)[0]?.trigger ?? null;
    }

    /** Starts and stops the clock of the recovery. Gives the ending when the exit has held and an outcome can be told. */
    private recovery(): Ending | null {
        const { rule, run } = this;
        const { clock } = this.rules;
        const over = rule === null ? null : this.evidence.isOver(rule, this.subject);
        if (over === false && run.recoveringSince !== null) {
            this.take('relapse', 'relapse', { Recovering_Since__c: null }, { recoveringSince: null });
        }
        if (rule === null || over !== true) {
            return null;
        }
        const since = run.recoveringSince ?? clock.now;
        if (run.recoveringSince === null) {
            this.take('recover', 'recover', { Recovering_Since__c: since }, { recoveringSince: since });
        }
        return isHoldOver(this.after, rule.trigger, clock)
            ? endingAfterHold(this.prompt(), this.evidence.exitReasons(rule), this.evidence)
            : null;
    }

    /** While the exit is being held, the run waits for that: it has recovered, not been forgotten. */
    private expiry(): Ending | null {
        const { clock } = this.rules;
        const { after, rule } = this;
        const recovers = after.recoveringSince !== null && rule !== null && !isHoldOver(after, rule.trigger, clock);
        const canExpire = !recovers && !this.isPressing() && nextState(this.state, 'expire').refused === null;
        return canExpire ? expiryOf(this.prompt(), this.run, this.heldOf(this.run), this.rules) : null;
    }

    /** While it is critical, or on the night on which it gets worse, nothing is given up: what is in danger must not go out of sight. */
    private isPressing(): boolean {
        const { currentTier } = this.run;
        const tier = this.entry?.tier;
        if (tier === undefined) {
            return false;
        }
        const isCritical = tier === 'Critical' || (currentTier === 'Critical' && this.evidence.isStale);
        return isCritical || (tier !== currentTier && worseTier(tier, currentTier) === tier);
    }

    /** The tier follows the figures; an easier one only on figures that are not stale. */
    private follow(): void {
        const { currentTier, worstTier } = this.run;
        const tier = this.entry?.tier ?? currentTier;
        if (tier === currentTier) {
            return;
        }
        const worse = worseTier(tier, currentTier) === tier;
        const worst = worseTier(worstTier, tier);
        const after = { currentTier: tier, worstTier: worst };
        if (!worse) {
            if (!this.evidence.isStale && nextState(this.state, 'ease').refused === null) {
                this.take('ease', 'refresh', tierFields(worst, tier), after);
            }
        } else if (this.state === 'Snoozed') {
            this.take(
                'raise',
                'wake',
                { ...OPEN_FIELDS, ...tierFields(worst, tier) },
                { ...after, snoozedUntil: null },
            );
        } else {
            this.take('raise', 'raise', tierFields(worst, tier), after);
        }
    }

    private wake(): void {
        const { now, timeZone } = this.rules.clock;
        const until = this.run.snoozedUntil;
        if (this.state === 'Snoozed' && (until === null || dayOf(now, timeZone) >= until)) {
            this.take('wake', 'wake', OPEN_FIELDS, { snoozedUntil: null });
        }
    }

    private refreshed(csmId: string | null): SweptRun {
        const { next } = this.checklist();
        const { csmId: before } = this.run;
        if (csmId !== null && (before === null || longId(before) !== longId(csmId))) {
            this.take('refresh', 'refresh', { Run_CSM__c: csmId }, { csmId });
        }
        const step = nextStepFields(next);
        const { Next_Due_At__c: dueAt = null, Next_Step__c: title = null } = step;
        if (title !== this.run.nextStep || !isSameSecond(dueAt, this.run.nextDueAt)) {
            this.take('refresh', 'refresh', step, {});
        }
        const kind = TELLING.find((each) => this.kinds.has(each)) ?? null;
        const wantsAttention =
            this.after.recoveringSince === null
                ? next !== null && !next.waiting
                : awaitsDecision(this.prompt(), this.evidence.context, this.rules.clock);
        return this.swept(kind, wantsAttention, NO_COMPLETIONS);
    }

    private closed({ event, outcome, reasons, words }: Ending): SweptRun {
        const { run, rules } = this;
        const { clock, formats, phrases } = rules;
        const { now } = clock;
        const reason =
            words ?? (reasons.length === 0 ? null : joinReasons({ reasons, explanation: null }, phrases, formats));
        const completions = notDoneChanges(this.checklist(), run, clock);
        const kind = event === 'expire' ? 'expire' : 'close';
        const { context } = this.evidence;
        const counts = closingCounts(run, outcome, this.others, context);
        const cause = run.cause ?? suggestedCause(this.prompt());
        const fields = closingFields({ outcome, cause, reason }, counts, context, null);
        this.take(event, kind, fields, { ...counts, outcome, cause, closedAt: now, snoozedUntil: null });
        return this.swept(kind, false, completions);
    }

    private swept(kind: SweptRun['kind'], wantsAttention: boolean, completions: SweptRun['completions']): SweptRun {
        const { after, fields, run: before } = this;
        return { before, after, prompt: this.prompt(), kind, fields, completions, wantsAttention };
    }

    /** An event happens to the run: its state, the fields to write, and the run as it is then. */
    private take(event: EpisodeEvent, kind: SweepChangeKind, fields: FieldChanges, changes: Partial<Run>): void {
        this.state = stateAfter(this.state, event);
        this.fields = { ...this.fields, ...fields };
        this.after = { ...this.after, ...changes, status: this.state };
        this.kinds.add(kind);
    }

    private checklist(): Checklist {
        return buildChecklist(this.prompt(), this.evidence.seenByCsm);
    }

    private prompt(): Prompt {
        const { after: run, trigger, version } = this;
        return {
            id: this.subject ?? run.id,
            kind: run.playbookKey === null ? 'Signal' : 'Playbook',
            // A signal whose trigger is gone keeps the name of the one thing it asks for.
            title: version?.playbookName ?? trigger?.action?.title ?? run.nextStep ?? run.triggerKey ?? '',
            tier: run.currentTier,
            match: this.entry,
            run,
            version,
            trigger,
            held: null,
            continues: null,
        };
    }
}

/** The org keeps instants to the second. */
function isSameSecond(one: FieldChanges[string], other: string | null): boolean {
    if (typeof one !== 'string' || other === null) {
        return one === other;
    }
    return Math.floor(Date.parse(one) / 1000) === Math.floor(Date.parse(other) / 1000);
}
