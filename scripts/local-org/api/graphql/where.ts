import { failure } from '../../failure.ts';
import { findField, findRelationship, type ObjectType, type Schema } from '../../metadata/schema.ts';
import type { Comparator, Condition, Operand, OrderBy } from '../../store/conditions.ts';
import type { Value } from 'c/formula';

type Input = Readonly<Record<string, unknown>>;

const COMPARATORS: Readonly<Record<string, Comparator>> = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' };

function isInput(value: unknown): value is Input {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `where` of a connection as a condition; keys of one object are joined by AND. */
export function filterOf(schema: Schema, object: ObjectType, where: unknown, prefix = ''): Condition | undefined {
    if (!isInput(where)) {
        return undefined;
    }
    const parts: Condition[] = [];
    for (const [key, value] of Object.entries(where)) {
        if (value === null || value === undefined) {
            continue;
        }
        if (key === 'and' || key === 'or') {
            const list: readonly unknown[] = Array.isArray(value) ? value : [value];
            parts.push({ kind: key, parts: list.flatMap((one) => filterOf(schema, object, one, prefix) ?? []) });
        } else if (key === 'not') {
            const part = filterOf(schema, object, value, prefix);
            if (part) {
                parts.push({ kind: 'not', part });
            }
        } else {
            parts.push(...fieldFilter(schema, object, key, value, prefix));
        }
    }
    return { kind: 'and', parts };
}

function fieldFilter(
    schema: Schema,
    object: ObjectType,
    key: string,
    value: unknown,
    prefix: string,
): readonly Condition[] {
    const field = findField(object, key);
    if (field && isInput(value)) {
        return Object.entries(value).map(([operator, operand]) =>
            operatorFilter(prefix + field.name, operator, operand),
        );
    }
    const through = findRelationship(object, key)?.reference;
    const parent = through && schema.objects.get(through.to);
    const inner = parent && filterOf(schema, parent, value, `${prefix}${through.relationshipName ?? ''}.`);
    return inner ? [inner] : [];
}

function operatorFilter(path: string, operator: string, operand: unknown): Condition {
    const comparator = COMPARATORS[operator];
    if (comparator) {
        return { kind: 'compare', path, operator: comparator, operand: operandOf(operand) };
    }
    const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    switch (operator) {
        case 'like':
            return { kind: 'like', path, pattern: String(operand) };
        case 'in':
            return { kind: 'in', path, operands: list.map(operandOf) };
        case 'nin':
            return { kind: 'not', part: { kind: 'in', path, operands: list.map(operandOf) } };
        default:
            throw failure('MALFORMED_QUERY', `The local org does not support the operator ${operator}.`);
    }
}

function operandOf(operand: unknown): Operand {
    if (!isInput(operand)) {
        return scalarOf(operand);
    }
    const { value, literal } = operand;
    return typeof literal === 'string' ? { literal, count: null } : scalarOf(value);
}

function scalarOf(operand: unknown): Value {
    return typeof operand === 'string' || typeof operand === 'number' || typeof operand === 'boolean' ? operand : null;
}

/** `orderBy` of a connection, parents nested. Several keys come in the order of the schema, however they were written: GraphQL coerces them so. */
export function ordersOf(schema: Schema, object: ObjectType, orderBy: unknown, prefix = ''): readonly OrderBy[] {
    if (!isInput(orderBy)) {
        return [];
    }
    return Object.entries(orderBy).flatMap(([key, clause]) => {
        if (!isInput(clause)) {
            return [];
        }
        const field = findField(object, key);
        if (field) {
            const { order, nulls } = clause;
            return [{ path: prefix + field.name, descending: order === 'DESC', nullsLast: nulls === 'LAST' }];
        }
        const through = findRelationship(object, key)?.reference;
        const parent = through && schema.objects.get(through.to);
        return parent ? ordersOf(schema, parent, clause, `${prefix}${through.relationshipName ?? ''}.`) : [];
    });
}
