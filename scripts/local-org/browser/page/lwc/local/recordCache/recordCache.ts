/**
 * What Lightning Data Service keeps of records: one merged copy of each, told to every wire that shows it.
 *
 * Only UI API calls fill it. A GraphQL mutation leaves it alone, because that is the harder of the two ways in which the platform may behave.
 */
import type { FieldRef, FieldValueRepresentation, RecordRepresentation } from 'lightning/uiRecordApi';
import { apiPath, request } from 'local/connection';

type Fields = Readonly<Record<string, FieldValueRepresentation | undefined>>;
interface Entry {
    record: RecordRepresentation;
    /** Optional fields that were asked for and did not come: not visible, or not there. */
    readonly absent: Set<string>;
    /** Field paths that some component has asked for, with their object: `Account.Owner.Name`. */
    readonly wanted: Set<string>;
    fetchedAt: number;
}
type Listener = (recordId: string) => void;

/** The platform's time to live for records. */
const FRESH_MS = 30_000;
const entries = new Map<string, Entry>();
const listeners = new Set<Listener>();
const underway = new Map<string, Promise<void>>();

export function onRecordChange(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

export function fieldNames(fields: FieldRef | readonly FieldRef[] | undefined): string[] {
    const list =
        fields === undefined ? [] : Array.isArray(fields) ? (fields as readonly FieldRef[]) : [fields as FieldRef];
    return list.map((field) => (typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`));
}

/** The cached record cut down to these fields; undefined when one of them has never been read or is too old. */
export function cachedRecord(
    recordId: string,
    fields: readonly string[],
    optionalFields: readonly string[],
): RecordRepresentation | undefined {
    const entry = entries.get(recordId);
    if (!entry || Date.now() - entry.fetchedAt > FRESH_MS) return undefined;
    const known = (name: string): boolean => entry.absent.has(name) || reaches(entry.record, pathOf(name));
    if (!fields.every((name) => reaches(entry.record, pathOf(name))) || !optionalFields.every(known)) return undefined;
    return cut(entry.record, [...fields, ...optionalFields].map(pathOf));
}

/** Reads these fields from the server and tells every wire. Rejects with a `FetchResponse`. */
export function fetchRecord(
    recordId: string,
    fields: readonly string[],
    optionalFields: readonly string[],
): Promise<void> {
    const parameters = new URLSearchParams();
    if (fields.length) parameters.set('fields', fields.join(','));
    if (optionalFields.length) parameters.set('optionalFields', optionalFields.join(','));
    const url = `${apiPath(`/ui-api/records/${recordId}`)}?${parameters.toString()}`;
    let reading = underway.get(url);
    if (!reading) {
        reading = request<RecordRepresentation>('GET', url)
            .then((record) => ingest(record, [...fields, ...optionalFields]))
            .finally(() => underway.delete(url));
        underway.set(url, reading);
    }
    return reading;
}

/** Reads again what components have asked of a record so far. */
export async function refetchRecord(recordId: string): Promise<void> {
    const entry = entries.get(recordId);
    if (entry && entry.wanted.size) await fetchRecord(recordId, [], [...entry.wanted]);
}

/** Takes over a record that the server sent; `asked` are the field names that the request named. */
export function ingest(record: RecordRepresentation, asked: readonly string[] = []): void {
    const previous = entries.get(record.id);
    const merged = previous ? mergeRecords(previous.record, record) : record;
    const entry: Entry = {
        record: merged,
        absent: new Set(previous?.absent),
        wanted: new Set([...(previous?.wanted ?? []), ...asked]),
        fetchedAt: Date.now(),
    };
    for (const name of asked) {
        if (reaches(record, pathOf(name))) entry.absent.delete(name);
        else entry.absent.add(name);
    }
    entries.set(record.id, entry);
    for (const listener of listeners) listener(record.id);
}

/** `Account.Owner.Name` → `['Owner', 'Name']`. */
export const pathOf = (name: string): string[] => name.split('.').slice(1);

const isRecord = (value: FieldValueRepresentation['value'] | undefined): value is RecordRepresentation =>
    typeof value === 'object' && value !== null;

function reaches(record: RecordRepresentation, [head, ...rest]: readonly string[]): boolean {
    const field = record.fields[head as string];
    if (!field) return false;
    if (!rest.length || field.value === null) return true;
    return isRecord(field.value) && reaches(field.value, rest);
}

function cut(record: RecordRepresentation, paths: readonly (readonly string[])[]): RecordRepresentation {
    const fields: Record<string, FieldValueRepresentation> = {};
    for (const head of new Set(paths.map((path) => path[0] as string))) {
        const field = record.fields[head];
        if (!field) continue;
        const below = paths.filter((path) => path[0] === head && path.length > 1).map((path) => path.slice(1));
        fields[head] = below.length && isRecord(field.value) ? { ...field, value: cut(field.value, below) } : field;
    }
    return { ...record, fields };
}

function mergeRecords(before: RecordRepresentation, after: RecordRepresentation): RecordRepresentation {
    return { ...before, ...after, fields: mergeFields(before.fields, after.fields) };
}

function mergeFields(before: Fields, after: Fields): Fields {
    const merged: Record<string, FieldValueRepresentation | undefined> = { ...before };
    for (const [name, field] of Object.entries(after)) {
        const old = before[name]?.value;
        const both = field && isRecord(field.value) && isRecord(old) && old.id === field.value.id;
        merged[name] = both && isRecord(field.value) ? { ...field, value: mergeRecords(old, field.value) } : field;
    }
    return merged;
}
