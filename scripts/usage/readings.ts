/**
 * Two usage readings, at least 14 days apart, whatever the cadence of imports.
 *
 * A reading is Usage Change on the day of Usage On. The newest one is in the figures themselves. The reading that waits (Pending…) becomes the earlier
 * one (Earlier…) as soon as a new one is at least 14 days younger, and the new one then waits in turn. So the earlier reading is always at least 14 days
 * older than the newest, and never older than it has to be by more than one such step.
 */
import { usageChange } from '../lib/usage-change.ts';
import type { FieldValue, RecordFields } from '../lib/records.ts';

export const READING_FIELDS = [
    'Usage_On__c',
    'Earlier_Usage_Change__c',
    'Earlier_Usage_On__c',
    'Pending_Usage_Change__c',
    'Pending_Usage_On__c',
] as const;

export const DAYS_BETWEEN_READINGS = 14;
const DAY_MS = 86_400_000;

/** What the account holds of readings now; blank for a new account. */
export type StoredReadings = Readonly<Record<(typeof READING_FIELDS)[number], FieldValue>>;

/** A reading that must not be written. */
export class ReadingError extends Error {}

/**
 * The figures with Earlier… and Pending… completed; unchanged when they hold no reading, or bring an earlier one themselves. Throws ReadingError for
 * a reading older than the stored one, unless `goBack`: then the account's readings begin anew with it.
 */
export function withReadings(figures: RecordFields, stored: StoredReadings | null, goBack = false): RecordFields {
    const on = figures['Usage_On__c'];
    if (typeof on !== 'string') {
        return figures;
    }
    const before = text(stored?.Usage_On__c);
    if (before !== null && on < before) {
        if (!goBack) {
            throw new ReadingError(
                `The account has a newer reading already, of ${before}; this one is of ${on}. Use --go-back to replace it all the same.`,
            );
        }
        return withReadings(
            { Earlier_Usage_Change__c: null, Earlier_Usage_On__c: null, ...firstReading(figures, on), ...figures },
            null,
        );
    }
    if ('Earlier_Usage_On__c' in figures) {
        return figures;
    }
    const pendingOn = text(stored?.Pending_Usage_On__c);
    const reading = firstReading(figures, on);
    if (pendingOn === null || pendingOn === on) {
        // The first reading, or the same one brought in again with corrected figures.
        return { ...figures, ...reading };
    }
    if (daysBetween(pendingOn, on) < DAYS_BETWEEN_READINGS) {
        return figures;
    }
    return {
        ...figures,
        ...reading,
        Earlier_Usage_Change__c: stored?.Pending_Usage_Change__c ?? null,
        Earlier_Usage_On__c: pendingOn,
    };
}

/** The reading as the one that waits. */
function firstReading(figures: RecordFields, on: string): RecordFields {
    const change = usageChange(number(figures['Usage_Current__c']), number(figures['Usage_Previous__c']));
    return { Pending_Usage_Change__c: round(change), Pending_Usage_On__c: on };
}

function daysBetween(from: string, to: string): number {
    return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

function text(value: FieldValue | undefined): string | null {
    return typeof value === 'string' && value !== '' ? value : null;
}

function number(value: FieldValue | undefined): number | null {
    return typeof value === 'number' ? value : null;
}

/** One digit after the point, as the field keeps it. */
function round(value: number | null): number | null {
    return value === null ? null : (Math.sign(value) * Math.round(Math.abs(value) * 10)) / 10;
}
