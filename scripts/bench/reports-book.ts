/** Many runs in a local org: the generated history that is there, again and again, as rows of its database. */
import { idOf } from '../local-org/store/ids.ts';
import type { OrgStore } from '../local-org/store/store.ts';

/** What goes together, masters first, with the field that leads to the master and the keys that are unique. */
const COPIED = [
    { object: 'Account', master: null, keys: ['External_Id__c'] },
    { object: 'Playbook_Run__c', master: 'Account__c', keys: ['Episode_Key__c', 'Live_Key__c'] },
    { object: 'Step_Completion__c', master: 'Playbook_Run__c', keys: ['Completion_Key__c'] },
] as const;

export function countRuns({ db }: OrgStore): number {
    return Number(db.prepare('SELECT count(*) AS runs FROM "Playbook_Run__c"').get()?.['runs']);
}

/**
 * Copies every account, run and step until there are at least so many runs. Saved one by one they would take many minutes; what is measured here is reading.
 */
export function multiplyRuns(store: OrgStore, runs: number): void {
    const copies = Math.ceil(runs / countRuns(store)) - 1;
    const { db } = store;
    const originals = COPIED.map((part) => ({ ...part, rows: db.prepare(`SELECT * FROM "${part.object}"`).all() }));
    store.transaction(() => {
        for (let copy = 1; copy <= copies; copy += 1) {
            const ids = new Map<unknown, string>();
            for (const { object, master, keys, rows } of originals) {
                const columns = Object.keys(rows[0] ?? {});
                const insert = db.prepare(
                    `INSERT INTO "${object}" (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
                );
                for (const [index, row] of rows.entries()) {
                    const id = idOf(String(row['Id']).slice(0, 3), copy * 1_000_000 + index);
                    ids.set(row['Id'], id);
                    const changed: typeof row = { ...row, Id: id };
                    for (const key of keys) changed[key] = row[key] == null ? null : `${String(row[key])} ${copy}`;
                    if (master !== null) changed[master] = ids.get(row[master]) ?? null;
                    insert.run(...columns.map((name) => changed[name] ?? null));
                }
            }
        }
    });
    db.exec('ANALYZE');
}
