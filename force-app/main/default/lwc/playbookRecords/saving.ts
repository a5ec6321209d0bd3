/** A plan on its way to the org. */
import type { ChangePlan } from 'c/playbookEngine';
import { failureOf } from './failures';
import { createdIds, mutationFor, type MutationRequest } from './mutations';
import type { SaveResult } from './types';

/** What the platform answers to a mutation. */
export interface MutationAnswer {
    readonly data?: unknown;
    readonly errors?: readonly unknown[] | undefined;
}

/** What came of it, and the ids of all records that were written. */
export interface Sent {
    readonly result: SaveResult;
    readonly changed: readonly string[];
}

/** What came of a mutation. Never rejects. */
export async function resultOf(send: () => Promise<MutationAnswer>): Promise<SaveResult> {
    try {
        const { data, errors } = await send();
        return errors?.length ? { ok: false, failure: failureOf(errors) } : { ok: true, ids: createdIds(data) };
    } catch (error) {
        return { ok: false, failure: failureOf(error) };
    }
}

/** Writes a plan, all or nothing. Never rejects. */
export async function sendPlan(
    plan: ChangePlan,
    send: (request: MutationRequest) => Promise<MutationAnswer>,
): Promise<Sent> {
    const result = await resultOf(() => send(mutationFor(plan)));
    if (!result.ok) return { result, changed: [] };
    const updates = [...plan.updateCompletions, ...(plan.updateRun && !plan.createRun ? [plan.updateRun] : [])];
    return { result, changed: [...Object.values(result.ids), ...updates.map(({ id }) => id)] };
}
