/** Handlers that components registered with `lightning/refresh`. */
type Handler = () => Promise<unknown>;

const handlers = new Map<number, Handler>();
let lastId = 0;

export function addHandler(handler: Handler): number {
    handlers.set(++lastId, handler);
    return lastId;
}

export function removeHandler(id: number): void {
    handlers.delete(id);
}

/** Runs them all; one that fails does not keep the others from running. Returns what the failed ones threw. */
export async function runHandlers(): Promise<unknown[]> {
    const results = await Promise.allSettled([...handlers.values()].map((handler) => handler()));
    return results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
}
