/** What a sweep still has to write, kept in its work file until the org has said what became of each row. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { ChangePlan, FieldChanges, SweepChange } from 'c/playbookEngine';

/**
 * The order of writing. A continued run is opened before its completions are undone, and a closing run gets its completions before it
 * closes, because a closed run takes none. New runs come last: a run that is closed in the same night gives up its live key first.
 */
export const PHASES = ['reopen', 'undo', 'not done', 'update', 'open'] as const;
export type WritePhase = (typeof PHASES)[number];

/**
 * `planned`: to be sent. `sent`: in a job whose results are not read. `done`. `overtaken`: a person was first; the next sweep looks again.
 * `gone`: the account or run was deleted. `failed`: refused for good. `left`: not sent, because another row of the same change was not
 * saved.
 */
export type WriteState = 'planned' | 'sent' | 'done' | 'overtaken' | 'gone' | 'failed' | 'left';

export type WrittenObject = 'Playbook_Run__c' | 'Step_Completion__c';

export interface PlannedRow {
    readonly id: number;
    /** Number of its change; see {@link Outbox.add}. */
    readonly change: number;
    readonly object: WrittenObject;
    /** Null: a new record. */
    readonly recordId: string | null;
    /** The new record's unique key, or the id of the record. */
    readonly key: string;
    readonly accountId: string;
    /** Of the run that it is, or hangs on; null for a new run. */
    readonly runId: string | null;
    readonly fields: FieldChanges;
    /** How often it was sent already. */
    readonly attempts: number;
}

export interface JobNote {
    readonly id: string;
    readonly phase: WritePhase;
}

export interface Trouble {
    readonly object: WrittenObject;
    readonly recordId: string | null;
    readonly key: string;
    readonly accountId: string;
    readonly state: WriteState;
    readonly reason: string | null;
}

export interface Tally {
    /** As given to {@link Outbox.add}. */
    readonly label: string;
    readonly state: WriteState;
    readonly count: number;
}

const KEY_FIELDS = { Playbook_Run__c: 'Episode_Key__c', Step_Completion__c: 'Completion_Key__c' } as const;

const STATES = ['planned', 'sent', 'done', 'overtaken', 'gone', 'failed', 'left'] as const;
const OBJECTS = ['Playbook_Run__c', 'Step_Completion__c'] as const;
const storedRow = z.object({
    id: z.number(),
    change: z.number(),
    object: z.enum(OBJECTS),
    recordId: z.string().nullable(),
    key: z.string(),
    accountId: z.string(),
    runId: z.string().nullable(),
    fields: z.string(),
    attempts: z.number(),
});
const storedFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export class Outbox {
    readonly #db: DatabaseSync;
    readonly #statements = new Map<string, StatementSync>();

    /** Makes its tables in the work file unless they are there. */
    constructor(db: DatabaseSync) {
        this.#db = db;
        db.exec(`
            CREATE TABLE IF NOT EXISTS outgoing_change (
                id INTEGER PRIMARY KEY, label TEXT NOT NULL, seenAt TEXT
            );
            CREATE TABLE IF NOT EXISTS outgoing_row (
                id INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES outgoing_change, phase INTEGER NOT NULL,
                object TEXT NOT NULL, recordId TEXT, key TEXT NOT NULL, accountId TEXT NOT NULL, runId TEXT, fields TEXT NOT NULL,
                state TEXT NOT NULL DEFAULT 'planned', attempts INTEGER NOT NULL DEFAULT 0, job TEXT, reason TEXT,
                UNIQUE (object, key)
            );
            CREATE INDEX IF NOT EXISTS outgoing_row_next ON outgoing_row (phase, state, attempts, accountId);
            CREATE INDEX IF NOT EXISTS outgoing_row_job ON outgoing_row (job) WHERE job IS NOT NULL;
            CREATE INDEX IF NOT EXISTS outgoing_row_change ON outgoing_row (change);
            CREATE TABLE IF NOT EXISTS outgoing_job (id TEXT PRIMARY KEY, phase INTEGER NOT NULL);
        `);
    }

    /** Forgets everything: what was planned rests on a reading that is out of date. */
    clear(): void {
        this.#db.exec('DELETE FROM outgoing_job; DELETE FROM outgoing_row; DELETE FROM outgoing_change;');
    }

    /**
     * Adds what a change writes, counted under `label`. `seenAt`: when a person had last acted on its run; what the change itself says of it
     * where that is missing. Opens no transaction of its own.
     */
    add(
        accountId: string,
        { kind, runId, seenAt }: Pick<SweepChange, 'kind' | 'runId'> & { readonly seenAt?: string | null },
        plan: ChangePlan,
        label: string = kind,
    ): void {
        const seen = seenAt ?? plan.updateRun?.fields['Swept_Seen_At__c'];
        const change = Number(
            this.#run(
                'INSERT INTO outgoing_change (label, seenAt) VALUES (?, ?)',
                label,
                typeof seen === 'string' ? seen : null,
            ).lastInsertRowid,
        );
        const add = (phase: WritePhase, object: WrittenObject, recordId: string | null, fields: FieldChanges): void => {
            const key = recordId ?? String(fields[KEY_FIELDS[object]]);
            this.#run(
                'INSERT INTO outgoing_row (change, phase, object, recordId, key, accountId, runId, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                ...[change, PHASES.indexOf(phase), object, recordId, key, accountId, runId, JSON.stringify(fields)],
            );
        };
        const continues = kind === 'continue';
        if (plan.createRun !== null) {
            add('open', 'Playbook_Run__c', null, plan.createRun);
        }
        if (plan.updateRun !== null) {
            add(continues ? 'reopen' : 'update', 'Playbook_Run__c', plan.updateRun.id, plan.updateRun.fields);
        }
        for (const fields of plan.createCompletions) {
            add('not done', 'Step_Completion__c', null, fields);
        }
        for (const { id, fields } of plan.updateCompletions) {
            // The sweep changes no note, and a long one does not fit into a bulk job.
            const { Note__c: _note, ...others } = fields;
            add(continues ? 'undo' : 'not done', 'Step_Completion__c', id, others);
        }
    }

    /** Rows of a phase that can be sent in one job now: of one object, all new or all changed, one account's beside each other. */
    next(phase: WritePhase, most: number): readonly PlannedRow[] {
        const first = this.#db
            .prepare(
                `SELECT object, recordId IS NULL AS isNew, attempts FROM outgoing_row WHERE phase = ? AND state = 'planned'
                 ORDER BY attempts, accountId, id LIMIT 1`,
            )
            .get(PHASES.indexOf(phase));
        if (first === undefined) {
            return [];
        }
        return this.#rows(
            `WHERE phase = ? AND state = 'planned' AND attempts = ? AND object = ? AND (recordId IS NULL) = ?
             ORDER BY accountId, id LIMIT ?`,
            ...[PHASES.indexOf(phase), first['attempts'] ?? 0, first['object'] ?? '', first['isNew'] ?? 0, most],
        );
    }

    /** Rows that went with a job. */
    inJob(job: string): readonly PlannedRow[] {
        return this.#rows('WHERE job = ? ORDER BY accountId, id', job);
    }

    /** Notes a job before anything is uploaded to it: a later process can ask the org what has become of it. */
    begin(job: string, phase: WritePhase, rows: readonly PlannedRow[]): void {
        this.#transaction(() => {
            this.#run('INSERT INTO outgoing_job VALUES (?, ?)', job, PHASES.indexOf(phase));
            for (const { id } of rows) {
                this.#run(`UPDATE outgoing_row SET state = 'sent', job = ? WHERE id = ?`, job, id);
            }
        });
    }

    /** Jobs whose results are not read, the oldest first. */
    jobs(): readonly JobNote[] {
        return this.#db
            .prepare('SELECT id, phase FROM outgoing_job ORDER BY rowid')
            .all()
            .map(({ id, phase }) => ({ id: String(id), phase: PHASES[Number(phase)] ?? 'update' }));
    }

    /** The job was given up before the org worked on it: its rows are to be sent as before. */
    giveUp(job: string): void {
        this.#transaction(() => {
            this.#run(`UPDATE outgoing_row SET state = 'planned', job = NULL WHERE job = ?`, job);
            this.#run('DELETE FROM outgoing_job WHERE id = ?', job);
        });
    }

    /** Writes down what became of the rows of a job, all at once; `planned` sends a row again. */
    settle(
        job: string,
        outcomes: readonly { readonly row: PlannedRow; readonly state: WriteState; readonly reason: string | null }[],
    ): void {
        this.#transaction(() => {
            for (const { row, state, reason } of outcomes) {
                this.#run(
                    'UPDATE outgoing_row SET state = ?, reason = ?, job = NULL, attempts = attempts + 1 WHERE id = ?',
                    ...[state, reason, row.id],
                );
            }
            this.#run('DELETE FROM outgoing_job WHERE id = ?', job);
        });
    }

    /** Before a phase: leaves out its rows of changes that another row of could not be saved. */
    leaveOut(phase: WritePhase): void {
        this.#run(
            `UPDATE outgoing_row SET state = 'left' WHERE phase = ? AND state = 'planned' AND change IN
             (SELECT change FROM outgoing_row WHERE phase < ? AND state IN ('overtaken', 'gone', 'failed', 'left'))`,
            ...[PHASES.indexOf(phase), PHASES.indexOf(phase)],
        );
    }

    /** Rows altogether, and those whose end is known. */
    progress(): { readonly done: number; readonly total: number } {
        const row = this.#db
            .prepare(`SELECT COUNT(*) AS total, SUM(state NOT IN ('planned', 'sent')) AS done FROM outgoing_row`)
            .get();
        return { done: Number(row?.['done'] ?? 0), total: Number(row?.['total'] ?? 0) };
    }

    /** When the sweep had seen a person act on the run of a change. */
    seenAt(change: number): string | null {
        const seen = this.#db.prepare('SELECT seenAt FROM outgoing_change WHERE id = ?').get(change)?.['seenAt'];
        return typeof seen === 'string' ? seen : null;
    }

    /** Changes by label and by what became of them: of several rows the worst counts. */
    tally(): readonly Tally[] {
        const worst = `CASE MAX(CASE state WHEN 'failed' THEN 6 WHEN 'gone' THEN 5 WHEN 'overtaken' THEN 4 WHEN 'left' THEN 3
            WHEN 'planned' THEN 2 WHEN 'sent' THEN 2 ELSE 1 END)
            WHEN 6 THEN 'failed' WHEN 5 THEN 'gone' WHEN 4 THEN 'overtaken' WHEN 3 THEN 'left' WHEN 2 THEN 'planned' ELSE 'done' END`;
        return this.#db
            .prepare(
                `SELECT label, state, COUNT(*) AS count FROM
                 (SELECT label, ${worst} AS state FROM outgoing_change JOIN outgoing_row ON change = outgoing_change.id GROUP BY change)
                 GROUP BY label, state ORDER BY label, state`,
            )
            .all()
            .map((row) => z.object({ label: z.string(), state: z.enum(STATES), count: z.number() }).parse(row));
    }

    /** Rows that were not saved, except those left out because of another one. */
    *troubles(): Iterable<Trouble> {
        const rows = this.#db
            .prepare(
                `SELECT object, recordId, key, accountId, state, reason FROM outgoing_row
                 WHERE state IN ('failed', 'gone', 'overtaken') ORDER BY accountId, id`,
            )
            .iterate();
        const shape = storedRow
            .pick({ object: true, recordId: true, key: true, accountId: true })
            .extend({ state: z.enum(STATES), reason: z.string().nullable() });
        for (const row of rows) {
            yield shape.parse(row);
        }
    }

    #rows(rest: string, ...values: SQLInputValue[]): readonly PlannedRow[] {
        const columns = Object.keys(storedRow.shape).join(', ');
        return this.#db
            .prepare(`SELECT ${columns} FROM outgoing_row ${rest}`)
            .all(...values)
            .map((row) => {
                const { fields, ...others } = storedRow.parse(row);
                return { ...others, fields: storedFields.parse(JSON.parse(fields)) };
            });
    }

    #run(sql: string, ...values: SQLInputValue[]): { readonly lastInsertRowid: number | bigint } {
        return this.#prepare(sql).run(...values);
    }

    #prepare(sql: string): StatementSync {
        const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
        this.#statements.set(sql, statement);
        return statement;
    }

    #transaction(work: () => void): void {
        this.#db.exec('BEGIN IMMEDIATE');
        try {
            work();
            this.#db.exec('COMMIT');
        } catch (error) {
            // On a full disk SQLite has rolled back by itself.
            if (this.#db.isTransaction) {
                this.#db.exec('ROLLBACK');
            }
            throw error;
        }
    }
}
