/** Conditions over one record as SOQL can say them, put together so that nothing that SOQL refuses comes out. */

/** Met by at least the records for which the part of a rule that it stands for holds. */
export type Condition =
    /** Narrows nothing; `why` goes on from "because ". */
    | { readonly kind: 'everything'; readonly why: string }
    /** The part can hold for no record. */
    | { readonly kind: 'nothing' }
    | Test
    | Junction;

interface Test {
    readonly kind: 'test';
    readonly path: string;
    /** `present`: a value of any kind. `value`: a value within bounds. `blank`: no value. */
    readonly asks: 'present' | 'value' | 'blank';
    readonly soql: string;
}

interface Junction {
    readonly kind: 'and' | 'or';
    readonly parts: readonly (Test | Junction)[];
    readonly soql: string;
    /** Brackets in brackets. */
    readonly depth: number;
}

export const NOTHING: Condition = { kind: 'nothing' };
/** Far below what any SOQL parser gives up at; rules of people are 3 deep. */
const DEEPEST = 12;

export function everything(why: string): Condition {
    return { kind: 'everything', why };
}

export function test(path: string, asks: Test['asks'], comparison: string): Condition {
    return { kind: 'test', path, asks, soql: `${path} ${comparison}` };
}

export function present(path: string): Condition {
    return test(path, 'present', '!= null');
}

/** All of the parts; those that cannot be said, or would make it longer than `longest` characters, are left out. */
export function allOf(parts: readonly Condition[], longest: number): Condition {
    const kept: (Test | Junction)[] = [];
    let why = 'it always holds';
    for (const part of parts) {
        if (part.kind === 'nothing') {
            return NOTHING;
        }
        if (part.kind === 'everything') {
            why = part.why;
        } else {
            kept.push(...(part.kind === 'and' ? part.parts : [part]));
        }
    }
    let joined = junction('and', withoutNeedless(kept));
    while (joined !== undefined && isTooMuch(joined, longest)) {
        why = TOO_LONG;
        joined = joined.kind === 'and' ? junction('and', withoutLongest(joined.parts)) : undefined;
    }
    return joined ?? everything(why);
}

/** Any of the parts; everything as soon as one of them cannot be said. */
export function anyOf(parts: readonly Condition[], longest: number): Condition {
    const kept: (Test | Junction)[] = [];
    for (const part of parts) {
        if (part.kind === 'everything') {
            return part;
        }
        if (part.kind !== 'nothing') {
            kept.push(...(part.kind === 'or' ? part.parts : [part]));
        }
    }
    const joined = junction('or', unique(kept));
    return joined === undefined ? NOTHING : isTooMuch(joined, longest) ? everything(TOO_LONG) : joined;
}

const TOO_LONG = 'its condition would be too long for a query';

function junction(kind: 'and' | 'or', parts: readonly (Test | Junction)[]): Test | Junction | undefined {
    const [first] = parts;
    if (first === undefined || parts.length === 1) {
        return first;
    }
    // SOQL refuses AND beside OR without brackets.
    const soql = parts.map((part) => (part.kind === 'test' ? part.soql : `(${part.soql})`));
    const depth = Math.max(...parts.map((part) => (part.kind === 'test' ? 0 : part.depth + 1)));
    return { kind, parts, soql: soql.join(kind === 'and' ? ' AND ' : ' OR '), depth };
}

function isTooMuch(part: Test | Junction, longest: number): boolean {
    return part.soql.length > longest || (part.kind !== 'test' && part.depth > DEEPEST);
}

/** Drops what a comparison of the same field says already: a blank meets none. */
function withoutNeedless(parts: readonly (Test | Junction)[]): readonly (Test | Junction)[] {
    const compared = new Set(
        parts.flatMap((part) => (part.kind === 'test' && part.asks === 'value' ? [part.path] : [])),
    );
    return unique(parts).filter((part) => part.kind !== 'test' || part.asks !== 'present' || !compared.has(part.path));
}

function withoutLongest(parts: readonly (Test | Junction)[]): readonly (Test | Junction)[] {
    const lengths = parts.map(({ soql }) => soql.length);
    return parts.toSpliced(lengths.indexOf(Math.max(...lengths)), 1);
}

function unique(parts: readonly (Test | Junction)[]): readonly (Test | Junction)[] {
    return [...new Map(parts.map((part) => [part.soql, part])).values()];
}
