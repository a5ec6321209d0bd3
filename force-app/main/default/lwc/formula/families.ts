import type { FieldTypeName } from './types';

/** The type of a part of a formula; Null is the literal NULL, which goes with every type. */
export type NodeType = FieldTypeName | 'Null';

/** Types that may stand for each other in comparisons and branches. */
export type Family =
    'number' | 'text' | 'picklist' | 'multipicklist' | 'date' | 'datetime' | 'time' | 'checkbox' | 'null';

const FAMILIES: Readonly<Record<NodeType, Family>> = {
    Number: 'number',
    Currency: 'number',
    Percent: 'number',
    Text: 'text',
    Id: 'text',
    Picklist: 'picklist',
    MultiPicklist: 'multipicklist',
    Date: 'date',
    DateTime: 'datetime',
    Time: 'time',
    Checkbox: 'checkbox',
    Null: 'null',
};

/** With the article, as in "Name is a Text". */
const SPOKEN: Readonly<Record<NodeType, string>> = {
    Number: 'a Number',
    Currency: 'a Currency',
    Percent: 'a Percent',
    Text: 'a Text',
    Id: 'an Id',
    Picklist: 'a Picklist',
    MultiPicklist: 'a MultiPicklist',
    Date: 'a Date',
    DateTime: 'a DateTime',
    Time: 'a Time',
    Checkbox: 'a Checkbox',
    Null: 'NULL',
};

export const FAMILY_NAMES: Readonly<Record<Family, string>> = {
    number: 'a Number',
    text: 'a Text',
    picklist: 'a Picklist',
    multipicklist: 'a MultiPicklist',
    date: 'a Date',
    datetime: 'a DateTime',
    time: 'a Time',
    checkbox: 'a Checkbox (true or false)',
    null: 'NULL',
};

export function familyOf(type: NodeType): Family {
    return FAMILIES[type];
}

export function spoken(type: NodeType): string {
    return SPOKEN[type];
}

/** The type of either of two branches; undefined when they do not go together. */
export function commonType(left: NodeType, right: NodeType): NodeType | undefined {
    if (left === right || right === 'Null') {
        return left;
    }
    if (left === 'Null') {
        return right;
    }
    if (familyOf(left) !== familyOf(right)) {
        return undefined;
    }
    return familyOf(left) === 'number' ? 'Number' : 'Text';
}
