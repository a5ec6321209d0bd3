import { api, LightningElement, wire } from 'lwc';
import { getObjectInfo, type FieldInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import {
    getRecord,
    updateRecord,
    type FetchResponse,
    type RecordRepresentation,
    type WireResult,
} from 'lightning/uiRecordApi';
import { RefreshEvent } from 'lightning/refresh';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { explain } from 'local/connection';
import type { InputField, InputKind, InputValue } from 'local/fieldInput';
import { readPicklists, type Picklists } from 'local/picklists';
import { businessFields, fieldPaths, isLong, shownField, systemFields, type ShownField } from 'local/recordFields';

interface Section {
    readonly title: string;
    readonly fields: readonly (ShownField & { readonly className: string })[];
}

const KINDS: Readonly<Record<string, InputKind>> = {
    Boolean: 'checkbox',
    Double: 'number',
    Int: 'number',
    Currency: 'number',
    Percent: 'number',
    Date: 'date',
    DateTime: 'datetime',
    Url: 'url',
    Email: 'email',
    Phone: 'tel',
    Picklist: 'picklist',
    MultiPicklist: 'multipicklist',
};

/** Stand-in for `force:detailPanel`: all fields that the user may see, and a form for those that they may change. */
export default class RecordDetail extends LightningElement {
    @api recordId = '';
    @api objectApiName = '';
    info: ObjectInfo | undefined;
    paths: string[] | undefined;
    record: RecordRepresentation | undefined;
    failure = '';
    editing = false;
    saving = false;
    private changes: Record<string, InputValue> = {};
    private fieldErrors: Readonly<Record<string, string>> = {};
    private picklists: Picklists = {};

    @wire(getObjectInfo, { objectApiName: '$objectApiName' })
    describe({ data, error }: WireResult<ObjectInfo>): void {
        if (error !== undefined) this.fail(error);
        if (data === undefined) return;
        this.info = data;
        this.paths = fieldPaths(data, [...businessFields(data), ...systemFields(data)]);
    }
    @wire(getRecord, { recordId: '$recordId', optionalFields: '$paths' })
    receive({ data, error }: WireResult<RecordRepresentation>): void {
        if (error !== undefined) this.fail(error);
        if (data === undefined) return;
        this.record = data;
        this.failure = '';
    }

    get ready(): boolean {
        return this.info !== undefined && this.record !== undefined;
    }
    get mayEdit(): boolean {
        return this.ready && !this.editing && Boolean(this.info?.updateable) && this.editable.length > 0;
    }
    get sections(): Section[] {
        const { info, record } = this;
        if (!info || !record) return [];
        const shown = (fields: readonly FieldInfo[]): Section['fields'] =>
            fields
                .filter(({ apiName }) => apiName in record.fields)
                .map((field) => shownField(info, field, record))
                .map((field) => ({ ...field, className: field.long ? 'field field_long' : 'field' }));
        return [
            { title: 'Information', fields: shown(businessFields(info)) },
            { title: 'System information', fields: shown(systemFields(info)) },
        ].filter(({ fields }) => fields.length);
    }
    get inputs(): { field: InputField; value: InputValue; error: string; className: string }[] {
        return this.editable.map((field) => ({
            field: this.inputOf(field),
            value: this.changes[field.apiName] ?? this.saved(field.apiName),
            error: this.fieldErrors[field.apiName] ?? '',
            className: isLong(field) ? 'input input_long' : 'input',
        }));
    }

    async handleEdit(): Promise<void> {
        this.changes = {};
        this.fieldErrors = {};
        this.failure = '';
        if (this.info) this.picklists = await readPicklists(this.info);
        this.editing = true;
    }
    handleCancel(): void {
        this.editing = false;
        this.failure = '';
    }
    handleChange(event: CustomEvent<{ name: string; value: InputValue }>): void {
        this.changes = { ...this.changes, [event.detail.name]: event.detail.value };
    }
    async handleSave(event: Event): Promise<void> {
        event.preventDefault();
        const changed = Object.entries(this.changes).filter(([name, value]) => value !== this.saved(name));
        if (!changed.length) {
            this.handleCancel();
            return;
        }
        this.saving = true;
        try {
            await updateRecord({ fields: { ...Object.fromEntries(changed), Id: this.recordId } });
            this.editing = false;
            this.failure = '';
            this.dispatchEvent(
                new ShowToastEvent({ title: `${this.info?.label ?? 'Record'} saved`, variant: 'success' }),
            );
            this.dispatchEvent(new RefreshEvent());
        } catch (error) {
            this.showErrors(error);
        } finally {
            this.saving = false;
        }
    }

    private fail(error: unknown): void {
        this.failure = explain(error);
        if (!this.record) this.dispatchEvent(new CustomEvent('loadfailed'));
    }
    private get editable(): FieldInfo[] {
        const { info, record } = this;
        if (!info || !record) return [];
        return businessFields(info).filter(
            ({ apiName, updateable, reference }) => updateable && !reference && apiName in record.fields,
        );
    }
    private saved(name: string): InputValue {
        const value = this.record?.fields[name]?.value ?? null;
        return typeof value === 'object' ? null : value;
    }
    private inputOf(field: FieldInfo): InputField {
        const options = this.picklists[field.apiName];
        const kind = isLong(field) ? 'long' : (KINDS[field.dataType] ?? 'text');
        return {
            name: field.apiName,
            label: field.label,
            kind: (kind === 'picklist' || kind === 'multipicklist') && !options ? 'text' : kind,
            required: field.required,
            help: field.inlineHelpText ?? null,
            maxLength: field.length || null,
            scale: null,
            lines: 4,
            options: options ?? [],
        };
    }
    private showErrors(error: unknown): void {
        const body = (error as Partial<FetchResponse>).body;
        const output = body && !('length' in body) ? body.output : undefined;
        const byField = Object.entries(output?.fieldErrors ?? {}).map(([name, errors]) => [
            name,
            errors.map(({ message }) => message).join(' '),
        ]);
        this.fieldErrors = Object.fromEntries(byField) as Record<string, string>;
        const shown = new Set(this.editable.map(({ apiName }) => apiName));
        const general = [
            ...(output?.errors ?? []).map(({ message }) => message),
            ...byField.flatMap(([name, message]) => (shown.has(name as string) ? [] : [message as string])),
        ];
        this.failure =
            general.join(' ') || (byField.length ? 'Correct the marked fields, then save again.' : explain(error));
    }
}
