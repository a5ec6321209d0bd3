/**
 * A sweep in parts, by ranges of account ids. Ids are compared as the platform compares them: by their 15 case-sensitive characters,
 * digits before capitals before small letters, which is the order of their numbers in base 62.
 */
import { CommandError } from '../lib/errors.ts';

/** Which part, from 1, of how many. */
export interface Shard {
    readonly index: number;
    readonly count: number;
}

/** Ids from `from` (that one included) to `below` (that one not); null: no limit on that side. */
export interface IdRange {
    readonly from: string | null;
    readonly below: string | null;
}

export const WHOLE: Shard = { index: 1, count: 1 };
const MOST = 99;

/** `2/4`: the second of four parts. Throws CommandError. */
export function parseShard(text: string): Shard {
    const [, index, count] = /^(\d{1,2})\/(\d{1,2})$/.exec(text) ?? [];
    const shard = { index: Number(index), count: Number(count) };
    if (!(shard.index >= 1 && shard.index <= shard.count)) {
        throw new CommandError(
            `“${text}” is no part of a sweep.`,
            `Write --shard 1/4 for the first of four parts, and run 2/4, 3/4 and 4/4 as well (at most ${MOST}).`,
        );
    }
    return shard;
}

export const shardName = ({ index, count }: Shard): string => `${index}/${count}`;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = 62n;
/** The object's key prefix comes first, then the record's number. */
const PREFIX = 3;
const LENGTH = 15;
/** Places of base 62 that borders keep. */
const PRECISION = 3;

/**
 * The range of one part. The numbers from the org's lowest to its highest account id are cut into parts of equal length; the first part is
 * open below and the last one above, so that every id, also one that is made meanwhile, lies in exactly one. Both ends are rounded
 * first, so that parts which start minutes apart cut at the same ids though accounts are added all the time.
 */
export function shardRange({ index, count }: Shard, lowest: string, highest: string): IdRange {
    const first = numberOf(lowest);
    const last = numberOf(highest);
    let unit = 1n;
    while ((last - first) / unit >= BASE ** BigInt(PRECISION)) {
        unit *= BASE;
    }
    const start = (first / unit) * unit;
    const length = (last / unit + 1n) * unit - start;
    const border = (part: number): string =>
        lowest.slice(0, PREFIX) + digitsOf(start + (length * BigInt(part)) / BigInt(count));
    return { from: index === 1 ? null : border(index - 1), below: index === count ? null : border(index) };
}

/** Conditions of a WHERE clause on a field that holds account ids; none for the whole book. */
export function rangeConditions(field: string, { from, below }: IdRange): string[] {
    return [...(from === null ? [] : [`${field} >= '${from}'`]), ...(below === null ? [] : [`${field} < '${below}'`])];
}

function numberOf(id: string): bigint {
    let number = 0n;
    for (const digit of id.slice(PREFIX, LENGTH)) {
        number = number * BASE + BigInt(DIGITS.indexOf(digit));
    }
    return number;
}

function digitsOf(number: bigint): string {
    let digits = '';
    for (let rest = number; rest > 0n; rest /= BASE) {
        digits = DIGITS.charAt(Number(rest % BASE)) + digits;
    }
    return digits.padStart(LENGTH - PREFIX, '0');
}
