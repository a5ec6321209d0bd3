/** Twelve triggers of three conditions each, said once and written in each engine's own language. */
import type { FieldTypes, FigureName, Settings, Trigger } from 'c/playbookEngine';

export const TODAY = '2026-11-21';

type Operator = '<' | '<=' | '>' | '>=' | '=' | '<>';

/** An account's values as the API gives them, the same objects for every engine: percent as 30, days as text, null for blank. */
export type AccountValues = Readonly<{
    Health_Score__c: number | null;
    Health_Score_On__c: string | null;
    Usage_Current__c: number | null;
    Usage_Previous__c: number | null;
    Usage_Change__c: number | null;
    ARR__c: number | null;
    Renewal_Date__c: string | null;
    Champion_Left_On__c: string | null;
    Competitor_Named_On__c: string | null;
    Notice_Given_On__c: string | null;
    Customer_Since__c: string | null;
    Segment__c: string | null;
}>;

/** Field and type of each figure that the rules speak of. */
const FIGURES = {
    Health: ['Health_Score__c', 'Number'],
    HealthOn: ['Health_Score_On__c', 'Date'],
    Usage: ['Usage_Current__c', 'Number'],
    UsageBefore: ['Usage_Previous__c', 'Number'],
    UsageChange: ['Usage_Change__c', 'Percent'],
    ARR: ['ARR__c', 'Currency'],
    Renewal: ['Renewal_Date__c', 'Date'],
    ChampionLeftOn: ['Champion_Left_On__c', 'Date'],
    CompetitorNamedOn: ['Competitor_Named_On__c', 'Date'],
    NoticeGivenOn: ['Notice_Given_On__c', 'Date'],
    CustomerSince: ['Customer_Since__c', 'Date'],
    Segment: ['Segment__c', 'Picklist'],
} as const satisfies Partial<Record<FigureName, readonly [keyof AccountValues, string]>>;
type Figure = keyof typeof FIGURES;

/** `days`: from today, negative for ago. `percent`: as the API gives it. */
type Limit =
    { readonly limit: number } | { readonly percent: number } | { readonly days: number } | { readonly text: string };
type Condition = { readonly figure: Figure; readonly operator: Operator } & Limit;
export type Rule = Condition | { readonly and: readonly Rule[] } | { readonly or: readonly Rule[] };

const is = (figure: Figure, operator: Operator, limit: Limit): Condition => ({ figure, operator, ...limit });
const number = (limit: number): Limit => ({ limit });
const percent = (value: number): Limit => ({ percent: value });
const day = (days: number): Limit => ({ days });
const text = (value: string): Limit => ({ text: value });

export const RULES: readonly Rule[] = [
    { and: [is('Health', '<', number(30)), is('ARR', '>=', number(5000)), is('UsageBefore', '>=', number(100))] },
    {
        and: [
            is('Health', '<', number(45)),
            { or: [is('UsageChange', '<=', percent(-30)), is('CompetitorNamedOn', '>=', day(-90))] },
        ],
    },
    {
        and: [
            is('UsageBefore', '>=', number(100)),
            is('UsageChange', '<=', percent(-50)),
            is('Segment', '=', text('Enterprise')),
        ],
    },
    { and: [is('CompetitorNamedOn', '>=', day(-90)), is('ARR', '>', number(20_000)), is('Health', '<', number(80))] },
    { and: [is('Renewal', '>=', day(0)), is('Renewal', '<=', day(30)), is('ARR', '>=', number(50_000))] },
    { and: [is('Renewal', '>=', day(0)), is('Renewal', '<=', day(14)), is('ARR', '<', number(5000))] },
    {
        and: [
            is('ChampionLeftOn', '>=', day(-60)),
            is('ARR', '>=', number(1000)),
            is('Segment', '<>', text('Small business')),
        ],
    },
    {
        or: [
            is('NoticeGivenOn', '>=', day(-30)),
            { and: [is('Health', '<', number(10)), is('Usage', '<', number(20))] },
        ],
    },
    { and: [is('HealthOn', '<', day(-85)), is('ARR', '>=', number(50_000)), is('Segment', '=', text('Enterprise'))] },
    {
        and: [
            is('CustomerSince', '>=', day(-60)),
            is('Usage', '<', number(100)),
            is('Segment', '=', text('Small business')),
        ],
    },
    {
        and: [is('Health', '>=', number(95)), is('UsageChange', '>=', percent(30)), is('ARR', '>=', number(20_000))],
    },
    {
        and: [
            is('Usage', '>=', number(4500)),
            is('UsageChange', '>', percent(0)),
            is('CustomerSince', '<=', day(-700)),
        ],
    },
];

export const SETTINGS: Settings = {
    figures: Object.fromEntries(Object.entries(FIGURES).map(([figure, [field]]) => [figure, field])),
    workingDays: [1, 2, 3, 4, 5],
    holidays: [],
    lateStartDays: 3,
    // The peers know no staleness, so nothing in the book is stale (its oldest figure is 90 days old).
    staleAfterDays: 90,
    capacity: 10,
    contactGuardDays: 7,
    maxSnoozeDays: 30,
    nurtureWhen: null,
    practiceWhen: null,
    smallCount: 10,
    hideIndividuals: false,
};
export const FIELD_TYPES: FieldTypes = Object.fromEntries(
    Object.values(FIGURES).map(([field, type]) => [field, { type }]),
);

/** The rules as triggers; a trigger's priority is its place in the list. */
export function triggers(): Trigger[] {
    return RULES.map((rule, index) => ({
        key: String(index),
        label: `Rule ${index}`,
        kind: 'Playbook',
        playbookKey: `playbook-${index}`,
        active: true,
        priority: index,
        tier: null,
        enterWhen: formula(rule),
        exitWhen: 'false',
        holdDays: 0,
        cooldownDays: 0,
        expiresAfterDays: null,
        anchor: null,
        explanation: null,
        action: null,
    }));
}

export function formula(rule: Rule): string {
    if ('and' in rule) return `AND(${rule.and.map(formula).join(', ')})`;
    if ('or' in rule) return `OR(${rule.or.map(formula).join(', ')})`;
    const figure = `$Figure.${rule.figure}`;
    if ('text' in rule) return `TEXT(${figure}) ${rule.operator} "${rule.text}"`;
    if ('limit' in rule) return `${figure} ${rule.operator} ${rule.limit}`;
    if ('percent' in rule) return `${figure} ${rule.operator} ${rule.percent / 100}`;
    return `${figure} ${rule.operator} TODAY() ${rule.days < 0 ? '-' : '+'} ${Math.abs(rule.days)}`;
}

/**
 * The same for json-logic-engine; its limits are put in beforehand, today's among them, and days compare as text. In JavaScript
 * null < 1 and null >= 0 hold, so that such a comparison needs a test for blank; the others do without.
 */
export function jsonLogic(rule: Rule): unknown {
    if ('and' in rule) return { and: rule.and.map(jsonLogic) };
    if ('or' in rule) return { or: rule.or.map(jsonLogic) };
    const limit = limitOf(rule);
    const value = { var: FIGURES[rule.figure][0] };
    const test = { [LOGIC_OPERATORS[rule.operator]]: [value, limit] };
    return holdsForNull(rule.operator, limit) ? { and: [{ '!==': [value, null] }, test] } : test;
}

const LOGIC_OPERATORS = { '=': '===', '<>': '!==', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

function holdsForNull(operator: Operator, limit: number | string): boolean {
    if (operator === '<>') return true;
    if (typeof limit === 'string' || operator === '=') return false;
    if (operator === '<') return 0 < limit;
    if (operator === '<=') return 0 <= limit;
    return operator === '>' ? 0 > limit : 0 >= limit;
}

/** The same for json-rules-engine. Its number operators are false for null by themselves; for days it gets operators of its own. */
export function jsonRule(rule: Rule): object {
    if ('and' in rule) return { all: rule.and.map(jsonRule) };
    if ('or' in rule) return { any: rule.or.map(jsonRule) };
    const [fact] = FIGURES[rule.figure];
    const name = RULE_OPERATORS[rule.operator];
    const test = { fact, operator: 'days' in rule ? `${name}Day` : name, value: limitOf(rule) };
    return rule.operator === '<>' ? { all: [{ fact, operator: 'notEqual', value: null }, test] } : test;
}

const RULE_OPERATORS = {
    '<': 'lessThan',
    '<=': 'lessThanInclusive',
    '>': 'greaterThan',
    '>=': 'greaterThanInclusive',
    '=': 'equal',
    '<>': 'notEqual',
} as const;

/** What json-rules-engine has to be taught about days. */
export const DAY_OPERATORS: Readonly<Record<string, (fact: string, limit: string) => boolean>> = {
    lessThanDay: (fact, limit) => fact < limit,
    lessThanInclusiveDay: (fact, limit) => fact <= limit,
    greaterThanDay: (fact, limit) => fact > limit,
    greaterThanInclusiveDay: (fact, limit) => fact >= limit,
};

function limitOf(condition: Condition): number | string {
    if ('text' in condition) return condition.text;
    if ('days' in condition) return dayFromToday(condition.days);
    return 'limit' in condition ? condition.limit : condition.percent;
}

/** `YYYY-MM-DD`, that many days after (negative: before) today. */
export function dayFromToday(days: number): string {
    return new Date(Date.parse(`${TODAY}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
