/** The shape of a mapping file: how CSV columns become the figures of accounts. The comment at the top of data/mappings/ravenstack.yaml explains each entry. */
import { z } from 'zod';

const text = z.string().trim().min(1);
const flag = z
    .union([z.boolean(), z.enum(['yes', 'no'])])
    .transform((value) => value === true || value === 'yes')
    .default(false);

export const COLUMN_TYPES = ['Text', 'Number', 'Date', 'DateTime', 'Checkbox', 'Percent', 'Currency'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];
/** `count: yes`; there is no other way to write it. */
const counted = z.union([z.literal(true), z.literal('yes')]).transform((): true => true);

const source = z.strictObject({
    /** Name of the file, with * for any part of it. */
    file: text.default('*'),
    delimiter: z.string().min(1).default(','),
    /** Column with the account's external id; or … */
    account: text.optional(),
    /** … the source and column through which the account is found. */
    through: z.strictObject({ source: text, column: text }).optional(),
    /** Column by which other sources refer to rows of this one. */
    id: text.optional(),
    /** Types of the columns that are used and are not text. */
    columns: z.record(text, z.enum(COLUMN_TYPES)).default({}),
    /** Formula over the columns; other rows are left out. */
    where: text.optional(),
});

const aggregate = z.strictObject({
    from: text,
    where: text.optional(),
    count: counted.optional(),
    sum: text.optional(),
    min: text.optional(),
    max: text.optional(),
    /** The value of the row for which `of_largest` is largest. */
    value: text.optional(),
    of_largest: text.optional(),
});

export const mapSchema = z.strictObject({
    name: text,
    /** How dates are written: dd-MM-yyyy, yyyy-MM-dd, MM/dd/yyyy, dd.MM.yyyy HH:mm, … */
    dates: text.default('yyyy-MM-dd'),
    decimal_comma: flag,
    /** The source with one row an account. */
    accounts: text,
    /** Accounts that the org does not have yet: make them (then `fields` gives a Name), or reject their rows. */
    create_accounts: flag,
    sources: z.record(text, source),
    aggregates: z.record(text, aggregate).default({}),
    /** Account field → formula over the account's columns and the aggregates. */
    fields: z.record(
        text,
        z.preprocess((value) => (typeof value === 'number' ? String(value) : value), text),
    ),
});

export type MapContent = z.output<typeof mapSchema>;
export type SourceContent = MapContent['sources'][string];
export type AggregateContent = MapContent['aggregates'][string];
