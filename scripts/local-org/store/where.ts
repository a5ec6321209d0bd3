import { failure } from '../failure.ts';
import type { ObjectType } from '../metadata/schema.ts';
import { isDateLiteral, type Condition, type DateLiteral, type Operand, type RecordQuery } from './conditions.ts';
import type { StoreContext } from './context.ts';
import { collation } from './database.ts';
import { dayAt, dayRange, startOfDay } from './days.ts';
import { isFilterable } from './field-traits.ts';
import { filterOperand, isOrdered, wrongOperator } from './operands.ts';
import { Select, type Column } from './select.ts';
import type { Session } from './session.ts';
import { isReferenceKind, isText, type Stored } from './values.ts';

/** Characters of a LIKE pattern; SQLite takes no endless ones. */
const LONGEST_PATTERN = 4000;

/** Where conditions find their columns: the tables of a SELECT, or what it groups. */
export interface ColumnSource {
    readonly alias: string;
    column(path: string): Column;
}

/** Conditions as SQL, with the platform's meaning of blanks; values become parameters, in the order in which the SQL names them. */
export class ConditionSql {
    readonly #context: StoreContext;
    readonly #session: Session;
    readonly #columns: ColumnSource;
    readonly #params: Stored[];

    constructor(context: StoreContext, session: Session, columns: ColumnSource, params: Stored[]) {
        this.#context = context;
        this.#session = session;
        this.#columns = columns;
        this.#params = params;
    }

    of(condition: Condition): string {
        switch (condition.kind) {
            case 'and':
            case 'or':
                return this.#joined(condition.parts, condition.kind);
            case 'not':
                // A comparison with a blank is false to the platform, so NOT of it is true; SQL would say unknown.
                return `NOT IFNULL((${this.of(condition.part)}), 0)`;
            case 'compare':
                return this.#compare(condition);
            case 'like': {
                const column = this.#filterable(condition.path);
                if (!isText(column.field.kind)) {
                    throw wrongOperator(column.field);
                }
                if (condition.pattern.length > LONGEST_PATTERN) {
                    throw failure(
                        'MALFORMED_QUERY',
                        `${column.path}: the pattern is longer than ${LONGEST_PATTERN} characters.`,
                    );
                }
                this.#params.push(condition.pattern);
                return `${column.sql} LIKE ? ESCAPE '\\'`;
            }
            case 'in':
                return this.#in(condition.path, condition.operands);
            case 'inQuery':
                return this.#inQuery(condition.path, condition.query);
        }
    }

    /** Halves of halves: SQLite takes no chain of a thousand. */
    #joined(parts: readonly Condition[], kind: 'and' | 'or'): string {
        const [first, ...more] = parts;
        if (!first) {
            return kind === 'and' ? '1' : '0';
        }
        if (more.length === 0) {
            return this.of(first);
        }
        const half = Math.ceil(parts.length / 2);
        return [parts.slice(0, half), parts.slice(half)]
            .map((part) => `(${this.#joined(part, kind)})`)
            .join(kind === 'and' ? ' AND ' : ' OR ');
    }

    #filterable(path: string): Column {
        const column = this.#columns.column(path);
        if (!isFilterable(column.field)) {
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
        if (condition.operator !== '=' && condition.operator !== '!=' && !isOrdered(column.field)) {
            throw wrongOperator(column.field);
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
        const selected = inner.column(query.fields[0] ?? 'Id');
        checkJoined(path, this.#columns.column('Id').object, column, inner, selected, query.fields[0] ?? 'Id');
        const where = inner.where(query.where, this.#params);
        return `${column.sql} IN (SELECT ${selected.sql} ${inner.from()} ${where})`;
    }
}

/** Semi-joins compare ids of one object with each other, and never an object with itself. */
function checkJoined(
    path: string,
    object: ObjectType,
    outer: Column,
    inner: Select,
    selected: Column,
    selectedPath: string,
): void {
    const isId = ({ field }: Column): boolean => field.kind === 'Id' || isReferenceKind(field.kind);
    const refuse = (message: string): never => {
        throw failure('MALFORMED_QUERY', message);
    };
    if (!isId(outer) || path.includes('.')) {
        refuse(
            `The left operand field in the where expression for outer query should be an id field, cannot use: '${path}'`,
        );
    }
    if (!isId(selected) || selectedPath.includes('.')) {
        refuse(`semi join sub selects can only query id fields, cannot use: '${selectedPath}'`);
    }
    const target = ({ object: owner, field }: Column): string => field.reference?.to ?? owner.name;
    if (target(outer) !== target(selected)) {
        refuse(
            `The selected field '${selectedPath}' in the subquery and the left operand field in the where expression in the outer query '${path}' should point to the same object type`,
        );
    }
    if (inner.object.name === object.name && selected.field.kind === 'Id') {
        refuse('The inner and outer selects should not be on the same object type');
    }
}
