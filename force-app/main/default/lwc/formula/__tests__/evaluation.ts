import { type Blanks, type Clock, compileFormula, type FieldType, scopeOf, type Value, type Values } from '../formula';

export const CLOCK: Clock = { now: '2026-11-21T23:30:00.000Z', timeZone: 'Europe/Berlin' };

export const TYPES: Readonly<Record<string, FieldType>> = {
    Health__c: { type: 'Number', label: 'Health' },
    Usage__c: { type: 'Number', label: 'Usage' },
    ARR__c: { type: 'Currency', label: 'ARR' },
    Change__c: { type: 'Percent', label: 'Usage change' },
    Renewal__c: { type: 'Date', label: 'Renewal' },
    Left__c: { type: 'Date' },
    Created__c: { type: 'DateTime' },
    Touched__c: { type: 'DateTime' },
    Opens__c: { type: 'Time' },
    Churned__c: { type: 'Checkbox', label: 'Churned' },
    Segment__c: { type: 'Picklist', label: 'Segment' },
    Products__c: { type: 'MultiPicklist' },
    Name: { type: 'Text', label: 'Account Name' },
    'Owner.Name': { type: 'Text' },
    OwnerId: { type: 'Id' },
    '$Figure.Health': { type: 'Number' },
    '$Decision.weekly_review': { type: 'Text' },
    '$Decision.weekly_review.Streak': { type: 'Number' },
};

interface Options {
    readonly blanks?: Blanks;
    readonly expect?: FieldType['type'] | 'any';
    readonly clock?: Clock;
}

/** What a formula gives for values of the fields above. */
export function evaluated(source: string, values: Values = {}, options: Options = {}): Value {
    const { blanks = 'unknown', expect = 'any', clock = CLOCK } = options;
    return compileFormula(source, scopeOf(TYPES), { blanks, expect }).evaluate(values, clock);
}
