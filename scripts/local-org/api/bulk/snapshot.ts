import { DatabaseSync } from 'node:sqlite';
import type { StoreContext } from '../../store/context.ts';
import { addFormulaFunctions } from '../../store/formulas.ts';
import type { OrgStore } from '../../store/store.ts';

/** The org as it is now, for a reader that takes its time while others go on writing and deploying. */
export interface Snapshot extends Disposable {
    readonly context: StoreContext;
}

/** Opens a second, read-only connection to the org's file with a read transaction, and gives it the formula fields of this moment. */
export function openSnapshot(store: OrgStore): Snapshot {
    const db = new DatabaseSync(store.db.location() ?? '', { readOnly: true });
    const { schema, prefixes, formulas, now } = store;
    addFormulaFunctions(db, () => formulas);
    // The transaction begins with its first read.
    db.exec('BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1');
    const context = {
        db,
        schema,
        prefixes,
        formulas,
        now,
        get acting() {
            return store.acting;
        },
    };
    return { context, [Symbol.dispose]: () => db.close() };
}
