import {
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
    type GraphQLInputType,
    type GraphQLOutputType,
} from 'graphql';
import type { Value } from 'c/formula';
import type { Field, FieldKind } from '../../metadata/schema.ts';
import type { Session } from '../../store/session.ts';
import { displayValue, labelOf } from '../display.ts';

/** Names and shapes of Salesforce's value types: each field is an object with `value` and `displayValue`. */

/** Passes JSON through; the save checks values with the field at hand and words the error better. */
function scalar(name: string): GraphQLScalarType {
    return new GraphQLScalarType({ name });
}

const SCALARS = {
    Double: scalar('Double'),
    Currency: scalar('Currency'),
    Percent: scalar('Percent'),
    Date: scalar('Date'),
    DateTime: scalar('DateTime'),
    Picklist: scalar('Picklist'),
    MultiPicklist: scalar('MultiPicklist'),
    LongTextArea: scalar('LongTextArea'),
    TextArea: scalar('TextArea'),
    Url: scalar('Url'),
    EmailAddress: scalar('EmailAddress'),
    PhoneNumber: scalar('PhoneNumber'),
    /** An id, or `@{alias}` of an operation earlier in the same request. */
    IdOrRef: scalar('IdOrRef'),
};

/** What a resolver of a field value gets. */
export interface FieldValue {
    readonly field: Field;
    readonly value: Value;
    readonly session: Session;
}

interface ValueType {
    readonly name: string;
    readonly scalar: GraphQLScalarType;
    readonly input: GraphQLScalarType;
}

const VALUE_TYPES: Readonly<Record<FieldKind, ValueType>> = {
    Id: { name: 'ID', scalar: GraphQLID, input: GraphQLID },
    Lookup: { name: 'ID', scalar: GraphQLID, input: SCALARS.IdOrRef },
    MasterDetail: { name: 'ID', scalar: GraphQLID, input: SCALARS.IdOrRef },
    Text: { name: 'String', scalar: GraphQLString, input: GraphQLString },
    AutoNumber: { name: 'String', scalar: GraphQLString, input: GraphQLString },
    TextArea: { name: 'TextArea', scalar: SCALARS.TextArea, input: SCALARS.TextArea },
    LongTextArea: { name: 'LongTextArea', scalar: SCALARS.LongTextArea, input: SCALARS.LongTextArea },
    Email: { name: 'EmailAddress', scalar: SCALARS.EmailAddress, input: SCALARS.EmailAddress },
    Phone: { name: 'PhoneNumber', scalar: SCALARS.PhoneNumber, input: SCALARS.PhoneNumber },
    Url: { name: 'Url', scalar: SCALARS.Url, input: SCALARS.Url },
    Number: { name: 'Double', scalar: SCALARS.Double, input: SCALARS.Double },
    Currency: { name: 'Currency', scalar: SCALARS.Currency, input: SCALARS.Currency },
    Percent: { name: 'Percent', scalar: SCALARS.Percent, input: SCALARS.Percent },
    Date: { name: 'Date', scalar: SCALARS.Date, input: SCALARS.Date },
    DateTime: { name: 'DateTime', scalar: SCALARS.DateTime, input: SCALARS.DateTime },
    Checkbox: { name: 'Boolean', scalar: GraphQLBoolean, input: GraphQLBoolean },
    Picklist: { name: 'Picklist', scalar: SCALARS.Picklist, input: SCALARS.Picklist },
    MultiselectPicklist: { name: 'MultiPicklist', scalar: SCALARS.MultiPicklist, input: SCALARS.MultiPicklist },
};

const outputs = new Map<string, GraphQLOutputType>();
const operators = new Map<string, GraphQLInputType>();

/** `StringValue`, `PicklistValue`, … */
export function valueType(kind: FieldKind): GraphQLOutputType {
    const { name, scalar: of } = VALUE_TYPES[kind];
    let type = outputs.get(name);
    if (!type) {
        type = new GraphQLObjectType<FieldValue>({
            name: `${name}Value`,
            fields: {
                value: { type: of, resolve: ({ value }) => value },
                displayValue: {
                    type: GraphQLString,
                    resolve: ({ session, field, value }) => displayValue(session, field, value),
                },
                ...(name === 'Picklist' || name === 'MultiPicklist' ? { label: LABEL } : {}),
            },
        });
        outputs.set(name, type);
    }
    return type;
}

/** Words of a picklist's value for the user. */
export const LABEL = {
    type: GraphQLString,
    resolve: ({ field, value }: FieldValue): string | null => (value === null ? null : labelOf(field, String(value))),
};

/** `String`, `Picklist`, …: what names of types begin with. */
export function typeNameOf(kind: FieldKind): string {
    return VALUE_TYPES[kind].name;
}

/** Type of the bare value in an answer. */
export function outputScalar(kind: FieldKind): GraphQLScalarType {
    return VALUE_TYPES[kind].scalar;
}

/** Type of the field in a create or update. */
export function inputType(kind: FieldKind): GraphQLScalarType {
    return VALUE_TYPES[kind].input;
}

const LITERALS = [
    ...['TODAY', 'YESTERDAY', 'TOMORROW', 'LAST_90_DAYS', 'NEXT_90_DAYS'],
    ...['WEEK', 'MONTH', 'QUARTER', 'YEAR'].flatMap((unit) => [`THIS_${unit}`, `LAST_${unit}`, `NEXT_${unit}`]),
];
const dateLiteral = new GraphQLEnumType({
    name: 'DateLiteral',
    values: Object.fromEntries(LITERALS.map((name) => [name, {}])),
});

function dateInput(name: string, of: GraphQLScalarType): GraphQLInputObjectType {
    return new GraphQLInputObjectType({
        name: `${name}Input`,
        fields: { value: { type: of }, literal: { type: dateLiteral } },
    });
}

const DATE_INPUTS: Readonly<Record<string, GraphQLInputObjectType>> = {
    Date: dateInput('Date', SCALARS.Date),
    DateTime: dateInput('DateTime', SCALARS.DateTime),
};

/** `StringOperators`, …; null for what cannot be filtered. */
export function operatorsType(kind: FieldKind): GraphQLInputType | null {
    if (kind === 'LongTextArea') {
        return null;
    }
    const { name, scalar: of } = VALUE_TYPES[kind];
    let type = operators.get(name);
    if (!type) {
        const one = DATE_INPUTS[name] ?? of;
        const many = new GraphQLList(one);
        const order = { lt: { type: one }, lte: { type: one }, gt: { type: one }, gte: { type: one } };
        const list = { in: { type: many }, nin: { type: many } };
        const like = isTextual(kind) ? { like: { type: of } } : {};
        type = new GraphQLInputObjectType({
            name: name === 'ID' ? 'IdOperators' : `${name}Operators`,
            fields:
                kind === 'Checkbox' || kind === 'MultiselectPicklist'
                    ? { eq: { type: one }, ne: { type: one } }
                    : { eq: { type: one }, ne: { type: one }, ...order, ...list, ...like },
        });
        operators.set(name, type);
    }
    return type;
}

function isTextual(kind: FieldKind): boolean {
    return ['Text', 'AutoNumber', 'TextArea', 'Email', 'Phone', 'Url', 'Picklist'].includes(kind);
}
