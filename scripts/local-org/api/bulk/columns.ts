import { findField, findRelationship, type Field, type ObjectType } from '../../metadata/schema.ts';
import type { RecordInput } from '../../store/record-input.ts';
import type { Session } from '../../store/session.ts';
import type { OrgStore } from '../../store/store.ts';
import { JobFailure } from './csv.ts';
import type { BulkJob } from './jobs.ts';

/** A column of an upload: a field, or a parent's key (`Playbook_Run__r.Episode_Key__c`). */
interface Column {
    readonly field: Field;
    readonly parent: { readonly relationship: string; readonly key: string } | null;
}

/** Finds what the header names. Throws JobFailure: as on the platform one wrong column fails the job before any row. */
export function readHeader(
    store: OrgStore,
    session: Session,
    object: ObjectType,
    job: BulkJob,
    header: readonly string[],
): readonly Column[] {
    if (header.length === 0 || header.every((name) => name.trim() === '')) {
        // The platform's words for an upload without a header are not known; these are its general ones.
        throw new JobFailure('InvalidBatch : Records not processed. The upload has no header row.');
    }
    const columns = header.map((name) => columnOf(store, session, object, name));
    const names = header.map((name) => name.toLowerCase());
    const twice = header.find((_name, index) => names.indexOf(names[index] ?? '') !== index);
    if (twice !== undefined) {
        // The code is the platform's, the words are a guess.
        throw new JobFailure(`InvalidBatch : Duplicate field name in header : ${twice}`);
    }
    if (job.operation === 'delete' && columns.some(({ field }) => field.kind !== 'Id')) {
        throw new JobFailure('InvalidBatch : delete batch must contain only ids');
    }
    return columns;
}

function columnOf(store: OrgStore, session: Session, object: ObjectType, name: string): Column {
    const dot = name.indexOf('.');
    if (dot < 0) {
        const field = findField(object, name);
        if (!field || !session.access.readsField(object, field)) {
            throw notFound(name);
        }
        return { field, parent: null };
    }
    // `Type:Relationship.Field` is for lookups to several types, of which the local org has none.
    const field = findRelationship(object, name.slice(0, dot));
    const parent = field?.reference && store.schema.objects.get(field.reference.to);
    const key = parent && findField(parent, name.slice(dot + 1));
    if (!field || !parent || !key || !session.access.readsField(object, field)) {
        throw notFound(name);
    }
    if (!session.access.rights(parent).read || !session.access.readsField(parent, key)) {
        throw notFound(name);
    }
    if (!key.externalId && key.unique === 'no' && key.kind !== 'Id') {
        throw new JobFailure(
            `InvalidBatch : Field name provided, ${key.name} does not match an External ID, Salesforce Id, or indexed field for ${parent.name}`,
        );
    }
    return { field, parent: { relationship: name.slice(0, dot), key: key.name } };
}

function notFound(name: string): JobFailure {
    return new JobFailure(`InvalidBatch : Field name not found : ${name}`);
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
    ...{ true: true, yes: true, y: true, on: true, 1: true },
    ...{ false: false, no: false, n: false, off: false, 0: false },
};

/** A data row as a record's fields. An empty value leaves a field as it is, `#N/A` empties it. */
export function rowInput(columns: readonly Column[], row: readonly string[]): RecordInput {
    const input: Record<string, unknown> = {};
    columns.forEach(({ field, parent }, index) => {
        const text = row[index] ?? '';
        if (text === '') {
            return;
        }
        const value = text === '#N/A' ? null : fieldValue(field, text);
        if (parent) {
            input[parent.relationship] = value === null ? null : { [parent.key]: value };
        } else {
            input[field.name] = value;
        }
    });
    return input;
}

function fieldValue(field: Field, text: string): unknown {
    switch (field.kind) {
        case 'Checkbox':
            return BOOLEANS[text.toLowerCase()] ?? text;
        case 'Date':
            // An XML date may carry a zone; a day has none.
            return text.replace(/^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})$/, '$1');
        default:
            return text;
    }
}
