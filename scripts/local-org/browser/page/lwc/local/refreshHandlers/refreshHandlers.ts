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

/** Runs them all; one that fails does not keep the others from running, and shows by itself that it did. */
export async function runHandlers(): Promise<void> {
    await Promise.allSettled([...handlers.values()].map((handler) => handler()));
}
