import { findField, findRelationship, type Field, type ObjectType, type Schema } from '../metadata/schema.ts';
import { field as plainField } from '../metadata/standard-objects.ts';
import type { Session } from '../store/session.ts';
import type { Report, ReportBucket, ReportType, TypeColumn } from './definitions.ts';

/** A column of a report type, or a bucket over one, found in the schema. */
export interface ReportColumn {
    /** `Account.Playbook_Runs__r$Outcome__c`, `BucketField_1`. */
    readonly name: string;
    readonly label: string;
    /** Label of the report type's section; '' for buckets. */
    readonly section: string;
    readonly object: ObjectType;
    /** Of a lookup: the lookup. Of a bucket: its labels in their order. */
    readonly field: Field;
    /** Position of the object among those of the report type. */
    readonly table: number;
    /** From the table's record. */
    readonly path: string;
    /** What the cell shows: another path for lookups. */
    readonly shownPath: string;
    /** What it shows as a field: of lookups the parent's name. */
    readonly shownField: Field;
    /** The record that a cell leads to, for lookups and names; null for plain values. */
    readonly idPath: string | null;
    readonly throughLookup: boolean;
    readonly bucket: ReportBucket | null;
    /** Whether the user may read it, and every lookup on the way. */
    readonly readable: boolean;
}

/** Columns of a report type by name, as one user sees them. */
export function typeColumns(schema: Schema, session: Session, type: ReportType): ReadonlyMap<string, ReportColumn> {
    const columns = type.sections.flatMap(({ label, columns: inSection }) =>
        inSection.flatMap((column) => columnOf(schema, session, type, column, label) ?? []),
    );
    return new Map(columns.map((column) => [column.name, column]));
}

/** Those of the report's type, and its buckets. */
export function reportColumns(
    schema: Schema,
    session: Session,
    type: ReportType,
    report: Report,
): ReadonlyMap<string, ReportColumn> {
    const columns = typeColumns(schema, session, type);
    const buckets = report.buckets.flatMap((bucket) => {
        const source = columns.get(bucket.column);
        return source ? [bucketColumn(bucket, source)] : [];
    });
    return new Map([...columns, ...buckets.map((column) => [column.name, column] as const)]);
}

function bucketColumn(bucket: ReportBucket, source: ReportColumn): ReportColumn {
    const labels = [...bucket.values.map(({ label }) => label), ...(bucket.others === null ? [] : [bucket.others])];
    const picklist = labels.map((label) => ({ value: label, label, active: true }));
    const field = plainField(bucket.name, bucket.label, 'Picklist', { picklist });
    return {
        ...source,
        name: bucket.name,
        label: bucket.label,
        section: '',
        field,
        shownField: field,
        idPath: null,
        bucket,
    };
}

function columnOf(
    schema: Schema,
    session: Session,
    type: ReportType,
    column: TypeColumn,
    section: string,
): ReportColumn | null {
    const table = type.tables.findIndex(({ path }) => path === column.table);
    const base = schema.objects.get(type.tables[table]?.object ?? '');
    const found = base && pathOf(schema, session, base, column.field);
    if (!base || !found) {
        return null;
    }
    const { object, field, path, lookups } = found;
    const parent = field.reference ? schema.objects.get(field.reference.to) : undefined;
    const name = parent && field.reference?.relationshipName ? nameOf(parent) : null;
    const through = path.slice(0, path.length - field.name.length);
    const readable = found.readable && (!name || !parent || session.access.rights(parent).read);
    const common = {
        name: `${column.table}$${column.field}`,
        section,
        object,
        field,
        table,
        path,
        throughLookup: lookups.length > 0,
        bucket: null,
        readable,
    };
    if (parent && name) {
        return {
            ...common,
            label: column.label ?? labelOf(lookups, field.label.replace(/ ID$/, '')),
            shownPath: `${through}${field.reference?.relationshipName ?? ''}.${name.name}`,
            shownField: name,
            idPath: path,
        };
    }
    const isName = field === nameOf(object);
    return {
        ...common,
        label:
            column.label ??
            labelOf(lookups, isName && object.kind !== 'standard' ? `${object.label}: ${field.label}` : field.label),
        shownPath: path,
        shownField: field,
        idPath: isName ? `${through}Id` : null,
    };
}

function labelOf(lookups: readonly Field[], label: string): string {
    return [...lookups.map((field) => field.label.replace(/ ID$/, '')), label].join(': ');
}

/** The field that stands for a record of the object. */
export function nameOf(object: ObjectType): Field | null {
    return object.fields.get('Name') ?? object.fields.get('CaseNumber') ?? object.fields.get('Subject') ?? null;
}

interface FoundPath {
    readonly object: ObjectType;
    readonly field: Field;
    readonly path: string;
    readonly lookups: readonly Field[];
    readonly readable: boolean;
}

/** A field as report types name it, through lookups: `Customer__c.Industry`, `Owner.Name`. */
function pathOf(schema: Schema, session: Session, base: ObjectType, written: string): FoundPath | null {
    const parts = written.split('.');
    const lookups: Field[] = [];
    const names: string[] = [];
    let object = base;
    let readable = session.access.rights(base).read;
    for (const [index, part] of parts.entries()) {
        const own = findField(object, part);
        const field = own && (own.custom || !own.reference) ? own : findRelationship(object, part);
        if (!field) {
            return null;
        }
        readable &&= session.access.readsField(object, field);
        if (index === parts.length - 1) {
            return { object, field, path: [...names, field.name].join('.'), lookups, readable };
        }
        const next = field.reference && schema.objects.get(field.reference.to);
        const relationship = field.reference?.relationshipName;
        if (!next || !relationship) {
            return null;
        }
        lookups.push(field);
        names.push(relationship);
        object = next;
        readable &&= session.access.rights(next).read;
    }
    return null;
}
