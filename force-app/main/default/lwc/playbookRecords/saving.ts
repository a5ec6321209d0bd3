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

/** Writes a plan, all or nothing. Never rejects. */
export async function sendPlan(
    plan: ChangePlan,
    send: (request: MutationRequest) => Promise<MutationAnswer>,
): Promise<Sent> {
    try {
        const { data, errors } = await send(mutationFor(plan));
        if (errors?.length) return { result: { ok: false, failure: failureOf(errors) }, changed: [] };
        const ids = createdIds(data);
        const updates = [...plan.updateCompletions, ...(plan.updateRun && !plan.createRun ? [plan.updateRun] : [])];
        return { result: { ok: true, ids }, changed: [...Object.values(ids), ...updates.map(({ id }) => id)] };
    } catch (error) {
        return { result: { ok: false, failure: failureOf(error) }, changed: [] };
    }
}
