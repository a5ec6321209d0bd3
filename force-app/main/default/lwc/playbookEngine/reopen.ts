import { RECORDS } from './records';
import type { ChangePlan, FieldChanges, Run } from './types';

const { run: RUN, completion: COMPLETION } = RECORDS;

/** What closing a run writes on it, taken back. */
const REOPENED: FieldChanges = {
    [RUN.status]: 'Open',
    [RUN.outcome]: null,
    [RUN.outcomeReason]: null,
    [RUN.outcomeBy]: null,
    [RUN.cause]: null,
    [RUN.closedAt]: null,
    [RUN.healthAtClose]: null,
    [RUN.usageAtClose]: null,
    [RUN.arrAtClose]: null,
};

/**
 * Takes a finish back: the run is open again, and what closing recorded as not done is open too.
 * Next step and due date come back with the next action. Throws when the run is not closed: a mistake of the caller.
 */
export function planReopen(run: Run): ChangePlan {
    if (run.status !== 'Closed') throw new Error(`Run ${run.id} is not closed, so it cannot be reopened.`);
    const notDone = run.completions.filter((completion) => completion.status === 'Not done');
    return {
        createRun: null,
        updateRun: { id: run.id, fields: REOPENED },
        createCompletions: [],
        updateCompletions: notDone.map(({ id }) => ({ id, fields: { [COMPLETION.status]: 'Undone' } })),
    };
}
