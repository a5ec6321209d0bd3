/**
 * The playbook engine: which trigger fires on an account, which steps show, when they are due, and what each action
 * writes. Pure: knows no org, no DOM and no clock but the one it is given.
 */
export type * from './types';
export type * from './inputs';
export type * from './sweepTypes';
export type * from './worklistTypes';
export { NEW_RUN_ID, NEW_TASK_ID, TIERS } from './types';
export { ActionRefused } from './inputs';
export { prepareRules, requiredFieldPaths, relationshipsOf } from './rules';
export { FIGURE_NAMES, figureValue, ruleScope, stepScope } from './scope';
export { matchTriggers } from './matches';
export { freshAccount } from './staleness';
export { formatsFor, joinReasons, phraseReason } from './phrases';
export { prompts, startByHand, unpublishedPlaybooks } from './prompts';
export { buildChecklist, checklistProblems } from './checklist';
export { planAnswer } from './answers';
export { notDoneChanges, planFinish, planReopen, stepsLeft, stepsNotDone } from './finish';
export { buildWorklist } from './worklist';
export { rankOf } from './ranking';
export { csmOf } from './records';
export { countedAs, countsAs, type Counted, type CountsAs, type CountsNowhere } from './countsAs';
export { RUN_CAUSES, suggestedCause } from './causes';
export { COUNTED_ONCE_DAYS, WON } from './closingCounts';
export { factsOf, firstRuns, wholeMonths, type FactRun, type Facts } from './afterwards';
export { decideKept, LONGEST_WATCH_DAYS, standingOf, type KeptDecision, type Standing, type WonRun } from './kept';
export { practiceOn } from './practice';
export { impactLine, type Impact, type ImpactLine } from './rates';
export { hasWoken, latestSnoozeDay, planSnooze, planWake } from './snooze';
export { outcomesFor, suggestOutcome } from './outcomes';
export { mergeTemplate, templateFieldPaths, templateProblems, versionFormulas } from './templates';
export { longId, SIGNAL_STEP_KEY } from './episode';
export { EPISODE_EVENTS, EPISODE_STATES, type EpisodeEvent, type EpisodeState, nextState } from './episodeStates';
export { placed, planSweep } from './sweep';
export { awaitsDecision } from './sweepCloses';
export {
    brokenFields,
    conflictWith,
    countFields,
    extendedFields,
    LEASE_MINUTES,
    type LockConflict,
    lockFields,
    type LockHolder,
    lockKey,
    releasedFields,
    type SweepCounts,
    type SweepShard,
} from './sweepLock';
export { assignPlaces, type Wanting } from './places';
export {
    BookTally,
    type BookCounts,
    type CountedProblem,
    type Deed,
    deedOf,
    flagsTooMany,
    hasTooMany,
} from './sweepTally';
export { unreadableFigures, type UnreadableFigure } from './unreadableFigures';
