import type { Value } from 'c/formula';
import { failure } from '../failure.ts';
import type { Field } from '../metadata/schema.ts';
import { isDateLiteral, type Condition, type DateLiteral, type Operand, type RecordQuery } from './conditions.ts';
import type { StoreContext } from './context.ts';
import { collation } from './database.ts';
import { dayAt, dayRange, startOfDay } from './days.ts';
import { canonicalId } from './ids.ts';
import { Select, type Column } from './select.ts';
import type { Session } from './session.ts';
import { isNumber, isReferenceKind, isText, toSecond, toStored, type Stored } from './values.ts';

/** Conditions as SQL, with the platform's meaning of blanks; values become parameters, in the order in which the SQL names them. */
export class ConditionSql {
    readonly #context: StoreContext;
    readonly #session: Session;
    readonly #columns: Select;
    readonly #params: Stored[];

    constructor(context: StoreContext, session: Session, columns: Select, params: Stored[]) {
        this.#context = context;
        this.#session = session;
        this.#columns = columns;
        this.#params = params;
    }

    of(condition: Condition): string {
        switch (condition.kind) {
            case 'and':
            case 'or':
                return condition.parts.length === 0
                    ? condition.kind === 'and'
                        ? '1'
                        : '0'
                    : condition.parts
                          .map((part) => `(${this.of(part)})`)
                          .join(condition.kind === 'and' ? ' AND ' : ' OR ');
            case 'not':
                // A comparison with a blank is false to the platform, so NOT of it is true; SQL would say unknown.
                return `NOT IFNULL((${this.of(condition.part)}), 0)`;
            case 'compare':
                return this.#compare(condition);
            case 'like': {
                const column = this.#filterable(condition.path);
                if (!isText(column.field.kind)) {
                    throw failure(
                        'INVALID_QUERY_FILTER_OPERATOR',
                        `invalid operator on ${column.path}: LIKE needs a text field`,
                    );
                }
                this.#params.push(condition.pattern);
                return `${column.sql} LIKE ? ESCAPE '\\'`;
            }
            case 'in':
                return this.#in(condition.path, condition.operands);
            case 'inQuery':
                return this.#inQuery(condition.path, condition.query);
            case 'includes': {
                const column = this.#filterable(condition.path);
                return condition.choices
                    .map((choice) =>
                        choice
                            .map((value) => {
                                this.#params.push(value);
                                return `instr(';' || IFNULL(${column.sql}, '') || ';', ';' || ? || ';') > 0`;
                            })
                            .join(' AND '),
                    )
                    .map((choice) => `(${choice})`)
                    .join(' OR ');
            }
        }
    }

    #filterable(path: string): Column {
        const column = this.#columns.column(path);
        if (column.field.kind === 'LongTextArea') {
            throw failure('INVALID_FIELD', `field '${column.field.name}' can not be filtered in a query call`);
        }
        return column;
    }

    #compare(condition: Extract<Condition, { kind: 'compare' }>): string {
        const column = this.#filterable(condition.path);
        if (isDateLiteral(condition.operand)) {
            return this.#compareRange(column, condition.operator, condition.operand);
        }
        const stored = filterOperand(column.field, condition.operand);
        if (stored === null) {
            if (condition.operator !== '=' && condition.operator !== '!=') {
                throw failure(
                    'INVALID_QUERY_FILTER_OPERATOR',
                    `${column.path}: null can only be compared with = and !=.`,
                );
            }
            return `${column.sql} IS ${condition.operator === '=' ? '' : 'NOT '}NULL`;
        }
        this.#params.push(stored);
        const collate = isText(column.field.kind) ? collation(column.field) || ' COLLATE BINARY' : '';
        return condition.operator === '!='
            ? `${column.sql} IS NOT ?${collate}`
            : `${column.sql} ${condition.operator} ?${collate}`;
    }

    #compareRange(column: Column, operator: string, literal: DateLiteral): string {
        if (column.field.kind !== 'Date' && column.field.kind !== 'DateTime') {
            throw failure('INVALID_FIELD', `${column.path} is no date; it cannot be compared with ${literal.literal}.`);
        }
        const zone = this.#session.timeZone;
        const range = dayRange(literal, dayAt(this.#context.now(), zone));
        const bound = (day: string): string => (column.field.kind === 'Date' ? day : startOfDay(day, zone));
        const { sql } = column;
        switch (operator) {
            case '=':
                this.#params.push(bound(range.from), bound(range.to));
                return `${sql} >= ? AND ${sql} < ?`;
            case '!=':
                this.#params.push(bound(range.from), bound(range.to));
                return `${sql} IS NULL OR ${sql} < ? OR ${sql} >= ?`;
            case '<':
            case '>=':
                this.#params.push(bound(range.from));
                return `${sql} ${operator} ?`;
            default:
                this.#params.push(bound(range.to));
                return `${sql} ${operator === '>' ? '>=' : '<'} ?`;
        }
    }

    #in(path: string, operands: readonly Operand[]): string {
        const column = this.#filterable(path);
        const values = operands.map((operand) => {
            if (isDateLiteral(operand)) {
                throw failure('MALFORMED_QUERY', `${column.path}: date literals cannot stand in a list.`);
            }
            return filterOperand(column.field, operand);
        });
        const present = values.filter((value) => value !== null);
        const parts: string[] = [];
        if (present.length > 0) {
            // One parameter however long the list: SQLite limits their number.
            this.#params.push(JSON.stringify(present));
            const collate = isText(column.field.kind) ? collation(column.field) : '';
            parts.push(`${column.sql}${collate} IN (SELECT value FROM json_each(?))`);
        }
        if (present.length < values.length) {
            parts.push(`${column.sql} IS NULL`);
        }
        return parts.length === 0 ? '0' : parts.join(' OR ');
    }

    #inQuery(path: string, query: RecordQuery): string {
        const column = this.#filterable(path);
        const inner = new Select(this.#context, this.#session, query.object, `${this.#columns.alias}s`);
        const [only, ...more] = query.fields;
        if (only === undefined || more.length > 0) {
            throw failure('MALFORMED_QUERY', 'A query after IN selects exactly one field.');
        }
        const selected = inner.column(only).sql;
        const where = inner.where(query.where, this.#params);
        return `${column.sql} IN (SELECT ${selected} ${inner.from()} ${where})`;
    }
}

/** A filter value as SQLite compares it; refused when it is of another type than the field. */
function filterOperand(field: Field, value: Value): Stored {
    if (value === null || value === '') {
        return null;
    }
    const refuse = (type: string): never => {
        throw failure(
            'INVALID_FIELD',
            `value of filter criterion for field '${field.name}' must be of type ${type}${typeof value === 'string' ? ' and should not be enclosed in quotes' : ''}`,
        );
    };
    if (isNumber(field.kind)) {
        return typeof value === 'number' ? value : refuse('double');
    }
    if (field.kind === 'Checkbox') {
        return typeof value === 'boolean' ? toStored(value) : refuse('boolean');
    }
    if (typeof value !== 'string') {
        return refuse('string');
    }
    if (field.kind === 'Date') {
        return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : refuse('date');
    }
    if (field.kind === 'DateTime') {
        const time = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : NaN;
        return Number.isFinite(time) ? toSecond(new Date(time).toISOString()) : refuse('dateTime');
    }
    if (field.kind === 'Id' || isReferenceKind(field.kind)) {
        const id = canonicalId(value);
        if (!id) {
            throw failure('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${value}`);
        }
        return id;
    }
    return value;
}
