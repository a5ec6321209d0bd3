import type { OrderBy } from '../store/conditions.ts';
import type { StoreContext } from '../store/context.ts';
import { quoted } from '../store/database.ts';
import { Select, type Column } from '../store/select.ts';
import type { Session } from '../store/session.ts';
import type { Stored } from '../store/values.ts';
import { bucketSql } from './buckets.ts';
import type { ReportColumn } from './columns.ts';
import type { ReportType } from './definitions.ts';

/** The rows of a report type in SQL: its objects joined, each with the user's sharing and field permissions; formulas are asked for only where a column names them. */
export class ReportSource {
    readonly #type: ReportType;
    readonly #selects: readonly Select[];

    /** Throws INVALID_TYPE when the user may not read one of the objects. */
    constructor(context: StoreContext, session: Session, type: ReportType) {
        this.#type = type;
        this.#selects = type.tables.map(({ object }, index) => new Select(context, session, object, `t${index}`));
    }

    get tables(): number {
        return this.#selects.length;
    }

    /** The value itself: of lookups the id, of buckets the bucket's label. */
    value(column: ReportColumn): Column {
        const found = this.#column(column.table, column.path);
        return column.bucket
            ? { ...found, field: column.field, sql: bucketSql(column.bucket, this.shown(column, false).sql) }
            : found;
    }

    /** What people read: of lookups the name. Filters and sorting go by it. */
    shown(column: ReportColumn, bucketed = true): Column {
        return bucketed && column.bucket ? this.value(column) : this.#column(column.table, column.shownPath);
    }

    /** The record that a cell leads to; null for plain values. */
    link(column: ReportColumn): Column | null {
        return column.idPath === null ? null : this.#column(column.table, column.idPath);
    }

    /** Id of the record of a table; null in rows without one. */
    record(table: number): Column {
        return this.#column(table, 'Id');
    }

    #column(table: number, path: string): Column {
        const select = this.#selects[table];
        if (!select) {
            throw new Error(`the report type ${this.#type.name} has no table ${table}`);
        }
        const column = select.column(path);
        const isOuter = this.#type.tables.slice(0, table + 1).some(({ outer }) => outer);
        // A formula of a record that is not there has no value, whatever it would make of blanks.
        return isOuter && column.field.formula
            ? { ...column, sql: `CASE WHEN ${select.alias}."Id" IS NULL THEN NULL ELSE ${column.sql} END` }
            : column;
    }

    /** FROM with all joins; name every column before. The user's sharing decides about each record, so a parent stays when its child is not seen. */
    from(params: Stored[]): string {
        const [base, ...others] = this.#selects;
        const joins = others.map((select, index) => {
            const { through, outer } = this.#type.tables[index + 1] ?? {};
            const on = `${select.alias}.${quoted(through ?? 'Id')} = t${index}."Id"`;
            const visible = select.visible(params);
            return `${outer === true ? 'LEFT ' : ''}JOIN ${quoted(select.object.name)} ${select.alias} ON ${on}${visible === null ? '' : ` AND (${visible})`} ${select.joins()}`;
        });
        return [base?.from() ?? '', ...joins].join(' ');
    }

    /** Sharing of the base object, as a condition; null: all. */
    visible(params: Stored[]): string | null {
        return this.#selects[0]?.visible(params) ?? null;
    }

    /** `a DESC NULLS LAST, `: a comma after each. */
    order(
        orders: readonly { readonly column: ReportColumn; readonly descending: boolean }[],
        params: Stored[],
    ): string {
        const byName = new Map(orders.map(({ column }) => [column.name, column]));
        const clauses = orders.map(({ column, descending }): OrderBy => ({
            path: column.name,
            descending,
            nullsLast: descending,
        }));
        return (
            this.#selects[0]?.order(clauses, params, (name) => {
                const column = byName.get(name);
                if (!column) {
                    throw new Error(`no column ${name} to sort by`);
                }
                return this.shown(column);
            }) ?? ''
        );
    }
}
