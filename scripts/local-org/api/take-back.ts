import type { OrgStore } from '../store/store.ts';

class TakenBack<T> extends Error {
    readonly result: T;
    constructor(result: T) {
        super('taken back');
        this.result = result;
    }
}

/** Runs `work` in one transaction, and takes all of it back when its result has `failed`. */
export function takingBack<T>(
    store: OrgStore,
    work: () => T,
    failed: (result: T) => boolean,
): { readonly result: T; readonly takenBack: boolean } {
    try {
        const result = store.transaction(() => {
            const done = work();
            if (failed(done)) {
                throw new TakenBack(done);
            }
            return done;
        });
        return { result, takenBack: false };
    } catch (error) {
        if (error instanceof TakenBack) {
            // Thrown a few lines above, so it holds a T.
            const { result } = error as TakenBack<T>;
            return { result, takenBack: true };
        }
        throw error;
    }
}
