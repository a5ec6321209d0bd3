/** Stand-in for the platform's module: the same calls, against the local org's UI API. */
import type { FieldRef, FieldValueRepresentation, RecordRepresentation, WireResult } from 'lightning/uiRecordApi';
import { apiPath, request } from 'local/connection';
import { frozen } from 'local/frozen';
import {
    cachedRecord,
    fetchRecord,
    fieldNames,
    ingest,
    onRecordChange,
    pathOf,
    refetchRecord,
} from 'local/recordCache';

interface GetRecordConfig {
    recordId: string | undefined;
    fields?: FieldRef | readonly FieldRef[] | undefined;
    optionalFields?: FieldRef | readonly FieldRef[] | undefined;
}

export class getRecord {
    private config: GetRecordConfig = { recordId: undefined };
    private connected = false;
    private stopListening: (() => void) | undefined;
    private lastEmitted: string | undefined;
    private turn = 0;

    constructor(private readonly emit: (result: WireResult<RecordRepresentation>) => void) {
        emit({});
    }
    update(config: GetRecordConfig): void {
        this.config = config;
        if (this.connected) void this.provide();
    }
    connect(): void {
        this.connected = true;
        this.stopListening = onRecordChange((recordId) => {
            if (recordId === this.config.recordId) this.emitCached();
        });
        void this.provide();
    }
    disconnect(): void {
        this.connected = false;
        this.stopListening?.();
    }

    private async provide(): Promise<void> {
        const { recordId } = this.config;
        const fields = fieldNames(this.config.fields);
        const optionalFields = fieldNames(this.config.optionalFields);
        if (!recordId || fields.length + optionalFields.length === 0) return;
        const turn = ++this.turn;
        if (this.emitCached()) return;
        try {
            await fetchRecord(recordId, fields, optionalFields);
            if (turn === this.turn && this.connected) this.emitCached();
        } catch (error) {
            if (turn !== this.turn || !this.connected) return;
            this.lastEmitted = undefined;
            this.emit({ error });
        }
    }
    /** True when the cache had every field. Emits only what differs from the last time. */
    private emitCached(): boolean {
        const { recordId } = this.config;
        if (!recordId) return false;
        const record = cachedRecord(recordId, fieldNames(this.config.fields), fieldNames(this.config.optionalFields));
        if (!record) return false;
        const signature = JSON.stringify(record);
        if (signature !== this.lastEmitted) {
            this.lastEmitted = signature;
            this.emit({ data: frozen(record) });
        }
        return true;
    }
}

export function getFieldValue(
    record: RecordRepresentation | null | undefined,
    field: FieldRef,
): FieldValueRepresentation['value'] | undefined {
    const [name] = fieldNames(field);
    let at: RecordRepresentation | null | undefined = record;
    let value: FieldValueRepresentation['value'] | undefined;
    for (const step of pathOf(name as string)) {
        value = at?.fields[step]?.value;
        at = typeof value === 'object' ? value : undefined;
    }
    return value;
}

export async function updateRecord(input: {
    fields: Readonly<Record<string, unknown>>;
}): Promise<RecordRepresentation> {
    const { Id, ...fields } = input.fields;
    if (typeof Id !== 'string') throw new TypeError('updateRecord needs the Id among its fields.');
    const record = await request<RecordRepresentation>('PATCH', apiPath(`/ui-api/records/${Id}`), { fields });
    ingest(record);
    await refetchRecord(Id); // formulas and roll-ups may follow from what was written
    return frozen(record);
}

export async function notifyRecordUpdateAvailable(items: readonly { readonly recordId: string }[]): Promise<void> {
    await Promise.all(items.map(({ recordId }) => refetchRecord(recordId)));
}
