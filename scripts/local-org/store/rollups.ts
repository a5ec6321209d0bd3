import type { DatabaseSync } from 'node:sqlite';
import type { Field, ObjectType, Schema, Summary } from '../metadata/schema.ts';
import { SYSTEM_ACCESS } from './access.ts';
import { and, equals, type Condition } from './conditions.ts';
import type { StoreContext } from './context.ts';
import { quoted, rows } from './database.ts';
import { filterCondition } from './filter-items.ts';
import { checkRules, ruleValues } from './rules.ts';
import { selectAggregate } from './read.ts';
import { toSecond, toStored, type Stored } from './values.ts';

interface RollUp {
    readonly master: ObjectType;
    readonly field: Field;
    readonly summary: Summary;
    readonly filter: Condition | null;
}

const rollUpsBySchema = new WeakMap<Schema, ReadonlyMap<string, readonly RollUp[]>>();

/** Reads every roll-up's filters now. Throws MetadataError, with the file's name, for one that makes no sense. */
export function prepareRollUps(schema: Schema): void {
    rollUpsBySchema.set(schema, indexRollUps(schema));
}

/** Roll-ups over a child object, wherever they stand. */
function rollUpsOver(schema: Schema, child: string): readonly RollUp[] {
    let index = rollUpsBySchema.get(schema);
    if (!index) {
        index = indexRollUps(schema);
        rollUpsBySchema.set(schema, index);
    }
    return index.get(child) ?? [];
}

function indexRollUps(schema: Schema): ReadonlyMap<string, readonly RollUp[]> {
    const index = new Map<string, RollUp[]>();
    for (const master of schema.objects.values()) {
        for (const field of master.fields.values()) {
            const { summary } = field;
            const child = summary && schema.objects.get(summary.childObject);
            if (!summary || !child) {
                continue;
            }
            const filters = summary.filters.map((item) => filterCondition(item, fieldOf(child, item.field)));
            const list = index.get(child.name) ?? [];
            list.push({ master, field, summary, filter: filters.length > 0 ? and(...filters) : null });
            index.set(child.name, list);
        }
    }
    return index;
}

function fieldOf(object: ObjectType, name: string): Field {
    const field = object.fields.get(name);
    if (!field) {
        throw new Error(`${object.name} has no field ${name}`);
    }
    return field;
}

/** Master ids by the child's master-detail field, before or after a write. */
export type Masters = ReadonlyMap<string, string>;

export function mastersOf(context: StoreContext, object: ObjectType, id: string): Masters {
    const keys = [...object.fields.values()]
        .filter((field) => field.kind === 'MasterDetail')
        .map((field) => field.name);
    if (keys.length === 0) {
        return new Map();
    }
    const [row] = rows(
        context.db,
        `SELECT ${keys.map(quoted).join(', ')} FROM ${quoted(object.name)} WHERE "Id" = ?`,
        id,
    );
    return new Map(
        keys.flatMap((key, index) => {
            const master = row?.[index];
            return typeof master === 'string' ? [[key, master] as const] : [];
        }),
    );
}

/** Roll-ups to compute anew, by master. */
type Pending = Map<string, { readonly master: ObjectType; readonly rollUps: RollUp[]; readonly id: string }>;

/** Masters that wait for the end of `deferRollUps`, by database. */
const deferred = new WeakMap<DatabaseSync, Pending>();

/** Recomputes what masters say of a child object; a master that changed goes through its own rules and on to its master. */
export function refreshRollUps(context: StoreContext, child: ObjectType, ...affected: readonly Masters[]): void {
    const later = deferred.get(context.db);
    const pending: Pending = later ?? (new Map() as Pending);
    for (const rollUp of rollUpsOver(context.schema, child.name)) {
        for (const masters of affected) {
            const id = masters.get(rollUp.summary.foreignKey);
            if (id !== undefined) {
                const entry = pending.get(id) ?? { master: rollUp.master, rollUps: [], id };
                if (!entry.rollUps.includes(rollUp)) {
                    entry.rollUps.push(rollUp);
                }
                pending.set(id, entry);
            }
        }
    }
    if (!later) {
        refreshAll(context, pending);
    }
}

/**
 * Does `work`, in which many records are saved, and then recomputes each master once, as the platform does for a batch of records: until then rules see
 * masters as they were before. Call it in a transaction: it throws PlatformFailure when a master's rules refuse what the records make of it.
 */
export function deferRollUps<T>(context: StoreContext, work: () => T): T {
    const pending: Pending = new Map();
    deferred.set(context.db, pending);
    let result: T;
    try {
        result = work();
    } finally {
        deferred.delete(context.db);
    }
    refreshAll(context, pending);
    return result;
}

function refreshAll(context: StoreContext, pending: Pending): void {
    for (const { master, rollUps, id } of pending.values()) {
        refreshMaster(context, master, rollUps, id);
    }
}

function refreshMaster(context: StoreContext, master: ObjectType, rollUps: readonly RollUp[], id: string): void {
    const columns = rollUps.map(({ field }) => field.name);
    const [current] = rows(
        context.db,
        `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(master.name)} WHERE "Id" = ?`,
        id,
    );
    if (!current) {
        return; // Deleted in the same transaction.
    }
    const fresh = rollUps.map((rollUp) => figuresBy(context, rollUp, id).get(id) ?? emptyFigure(rollUp.field));
    if (fresh.every((value, index) => value === current[index])) {
        return;
    }
    const before = ruleValues(context, master, id);
    const masters = mastersOf(context, master, id);
    const now = toSecond(context.now());
    context.db
        .prepare(
            `UPDATE ${quoted(master.name)} SET ${columns.map((name) => `${quoted(name)} = ?`).join(', ')}, "SystemModstamp" = ?, "LastModifiedDate" = ?, "LastModifiedById" = ? WHERE "Id" = ?`,
        )
        .run(...fresh, now, now, context.acting.userId, id);
    // The platform saves the master too: its rules run, and its own master's roll-ups follow.
    checkRules(context, master, id, before ?? {});
    refreshRollUps(context, master, masters);
}

/** Figures by master; a master without children, or with none that pass the filter, is not there. `masterId`: of one master alone. */
function figuresBy(
    context: StoreContext,
    { summary, filter }: RollUp,
    masterId: string | null,
): ReadonlyMap<string, Stored> {
    const session = { ...context.acting, access: SYSTEM_ACCESS };
    const found = selectAggregate(context, session, {
        object: summary.childObject,
        groupBy: [summary.foreignKey],
        functions: [{ name: summary.operation, path: summary.field, alias: 'figure' }],
        where: and(masterId === null ? null : equals(summary.foreignKey, masterId), filter),
    });
    return new Map(
        found.rows.flatMap(({ values }) => {
            const value = toStored(values['figure'] ?? null);
            return value === null ? [] : [[String(values[summary.foreignKey]), value] as const];
        }),
    );
}

/**
 * Computes every roll-up of every master anew, as the platform does after a deploy: nobody's rules run, nothing counts as modified. A roll-up over
 * another one may need several rounds.
 */
export function recomputeRollUps(context: StoreContext): void {
    const all = [...context.schema.objects.keys()].flatMap((child) => rollUpsOver(context.schema, child));
    for (let round = 0; round <= all.length; round += 1) {
        if (all.filter((rollUp) => recompute(context, rollUp)).length === 0) {
            return;
        }
    }
}

/** Returns whether any master's value changed. */
function recompute(context: StoreContext, rollUp: RollUp): boolean {
    const { master, field } = rollUp;
    const figures = figuresBy(context, rollUp, null);
    const [table, column] = [quoted(master.name), quoted(field.name)];
    const write = context.db.prepare(`UPDATE ${table} SET ${column} = ? WHERE "Id" = ?`);
    let changed = false;
    for (const { 0: id, 1: current } of rows(context.db, `SELECT "Id", ${column} FROM ${table}`)) {
        const fresh = figures.get(String(id)) ?? emptyFigure(field);
        if (fresh !== current) {
            write.run(fresh, String(id));
            changed = true;
        }
    }
    return changed;
}

/** What a master without children says: the sum of nothing is 0 on the platform, the least of nothing is blank. */
export function emptyFigure(field: Field): Stored {
    return field.summary?.operation === 'count' || field.summary?.operation === 'sum' ? 0 : null;
}
