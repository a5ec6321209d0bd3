/**
 * Comparisons of a field with a fixed value, in SOQL. Each is met by every record for which the rule's comparison
 * holds; where the two could differ it is a little wider.
 */
import type { FieldType } from 'c/formula';
import { soqlDate, soqlLiteral } from '../../lib/soql.ts';
import { type Condition, present, test } from './condition.ts';

export type Operator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export const MIRRORED: Readonly<Record<Operator, Operator>> = {
    '=': '=',
    '<>': '<>',
    '<': '>',
    '<=': '>=',
    '>': '<',
    '>=': '<=',
};
export const NEGATED: Readonly<Record<Operator, Operator>> = {
    '=': '<>',
    '<>': '=',
    '<': '>=',
    '<=': '>',
    '>': '<=',
    '>=': '<',
};

/** What SOQL compares whole numbers with, and other numbers without losing digits. */
const MOST_WHOLE = 2_147_483_647;
const MOST = 999_999_999_999_999;
/** Below it a number would be written with an exponent. */
const LEAST = 0.000_001;
/** More than rounding can move a number, relative to it. */
const SLACK = 1e-14;

/** A field that SOQL filters by. */
export interface FilterableField extends FieldType {
    /** How far the number that the org gives may be from the one that SOQL compares; 0 by default. */
    readonly rounding?: number;
}

type Bound = readonly ['<' | '<=' | '>' | '>=', number];

/**
 * A number as the API gives it. Orgs keep up to 24 decimals of what an API wrote and give a rounded double back, so
 * that 59.99999999999999999 is 60 to the rule and less than 60 to SOQL: a bound that includes its limit lies outside.
 */
export function numberTest(path: string, field: FilterableField, operator: Operator, limit: number): Condition[] {
    const { type, rounding = 0 } = field;
    // A rule reads 30 % as 0.3, the API as 30.
    const raw = type === 'Percent' ? limit * 100 : limit;
    const isExact = rounding === 0 && type !== 'Percent';
    const isStrict = isExact && (operator === '<' || operator === '>');
    // Some standard fields are whole numbers to the API, and SOQL compares those with whole numbers alone.
    const isWhole = type === 'Number' && !path.endsWith('__c');
    if (operator === '=' && raw === 0 && rounding === 0 && !isWhole) {
        return [test(path, 'value', '= 0')];
    }
    const bounds: (Bound | null)[] = [];
    if (operator === '=' || operator === '<' || operator === '<=') {
        bounds.push(upperBound(raw + rounding, isStrict, isWhole));
    }
    if (operator === '=' || operator === '>' || operator === '>=') {
        const mirrored = upperBound(rounding - raw, isStrict, isWhole);
        bounds.push(mirrored && [mirrored[0] === '<' ? '>' : '>=', -mirrored[1]]);
    }
    const tests = bounds.filter((bound) => bound !== null).map(([sign, value]) => `${sign} ${decimal(value)}`);
    return tests.length === 0 ? [present(path)] : tests.map((comparison) => test(path, 'value', comparison));
}

/** Null: no number is above it. */
function upperBound(limit: number, isStrict: boolean, isWhole: boolean): Bound | null {
    if (isWhole) {
        const above = isStrict && Number.isInteger(limit) ? limit : Math.floor(limit) + 1;
        return above > MOST_WHOLE ? null : ['<', Math.max(above, -MOST_WHOLE)];
    }
    if (limit > MOST) {
        return null;
    }
    if (limit < -MOST) {
        return ['<=', -MOST];
    }
    if (limit === 0) {
        return [isStrict ? '<' : '<=', 0];
    }
    if (Math.abs(limit) < LEAST) {
        return ['<', limit > 0 ? LEAST : 0];
    }
    return isStrict ? ['<', limit] : ['<=', Number((limit + Math.abs(limit) * SLACK).toPrecision(15))];
}

/** Without exponent; what is no 32-bit number with a point, so that SOQL does not read it as one. */
function decimal(value: number): string {
    return Number.isInteger(value) && Math.abs(value) > MOST_WHOLE ? `${value}.0` : String(value === 0 ? 0 : value);
}

const DAY_MS = 86_400_000;
/** The days that SOQL takes. */
const FIRST_DAY = Date.UTC(1700, 0, 1) / DAY_MS;
const LAST_DAY = Date.UTC(4000, 11, 31) / DAY_MS;

/** A Date against a day (days since 1970-01-01) and `more` days, which need not be whole. */
export function dayTest(path: string, operator: Operator, day: number, more: number): Condition[] {
    // A whole day is compared with a fraction: what follows is exact.
    const from = day + (operator === '>' ? Math.floor(more) + 1 : Math.ceil(more));
    const to = day + (operator === '<' ? Math.ceil(more) - 1 : Math.floor(more));
    return momentTests(path, operator, from, to, (value) => new Date(value * DAY_MS).toISOString().slice(0, 10));
}

/**
 * A DateTime against an instant, in days since 1970-01-01, or (`wholeDay`) its day in some time zone against a day.
 * Widened by a day each way: no time zone, and no rounding of the clock, is further off than that.
 */
export function instantTest(path: string, operator: Operator, instant: number, wholeDay: boolean): Condition[] {
    const text = (value: number): string => `${new Date(value * DAY_MS).toISOString().slice(0, 19)}Z`;
    return momentTests(path, operator, instant - 1, instant + (wholeDay ? 2 : 1), text);
}

function momentTests(
    path: string,
    operator: Operator,
    from: number,
    to: number,
    textOf: (value: number) => string,
): Condition[] {
    const tests: string[] = [];
    if (operator === '=' && from === to && from >= FIRST_DAY && to <= LAST_DAY) {
        return [test(path, 'value', `= ${soqlDate(textOf(from))}`)];
    }
    if ((operator === '=' || operator.startsWith('>')) && from > FIRST_DAY) {
        tests.push(`>= ${soqlDate(textOf(Math.min(from, LAST_DAY)))}`);
    }
    if ((operator === '=' || operator.startsWith('<')) && to < LAST_DAY) {
        tests.push(`<= ${soqlDate(textOf(Math.max(to, FIRST_DAY)))}`);
    }
    return tests.length === 0 ? [present(path)] : tests.map((comparison) => test(path, 'value', comparison));
}

/** No field that SOQL filters holds more characters; SOQL takes 4,000. */
const LONGEST_TEXT = 1300;

/** Whether a text can stand in SOQL as it is: whole characters, none of them a control character. */
function isSayable(text: string): boolean {
    return text.length <= LONGEST_TEXT && text.isWellFormed() && !/[\p{Cc}\p{Cn}]/u.test(text);
}

/** SOQL does not tell capitals from small letters, so it can say that a text is another, and not that it is none. */
export function textTest(path: string, operator: Operator, text: string): Condition {
    return operator === '=' && isSayable(text) ? test(path, 'value', `= ${soqlLiteral(text)}`) : present(path);
}

/** BEGINS and CONTAINS. */
export function likeTest(path: string, part: string, atStart: boolean): Condition {
    // A backslash would be read twice.
    if (!isSayable(part) || part.includes('\\')) {
        return present(path);
    }
    const quoted = soqlLiteral(part).slice(1, -1).replace(/[%_]/g, '\\$&');
    return test(path, 'value', `LIKE '${atStart ? '' : '%'}${quoted}%'`);
}

export function checkboxTest(path: string, value: boolean): Condition {
    return test(path, 'value', `= ${soqlLiteral(value)}`);
}
