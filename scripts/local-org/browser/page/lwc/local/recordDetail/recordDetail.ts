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
import { placedFields, readLayout, type LayoutItem, type PlacedField, type RecordLayout } from 'local/layouts';
import { readPicklists, type Picklists } from 'local/picklists';
import { fieldPaths, isFormulaText, isLong, shownField, type ShownField } from 'local/recordFields';

interface Section<Cell> {
    readonly key: string;
    /** '' for none. */
    readonly heading: string;
    readonly className: string;
    readonly cells: readonly Cell[];
}
type DetailCell = ShownField & { readonly className: string };
interface InputCell {
    readonly field: InputField;
    readonly value: InputValue;
    readonly error: string;
    readonly className: string;
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

/** Stand-in for `force:detailPanel`: the sections of the page layout, and a form for the fields that the user may change. */
export default class RecordDetail extends LightningElement {
    @api recordId = '';
    @api objectApiName = '';
    info: ObjectInfo | undefined;
    paths: string[] | undefined;
    layout: RecordLayout | undefined;
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
        void this.place(data);
    }
    @wire(getRecord, { recordId: '$recordId', optionalFields: '$paths' })
    receive({ data, error }: WireResult<RecordRepresentation>): void {
        if (error !== undefined) this.fail(error);
        if (data === undefined) return;
        this.record = data;
        this.failure = '';
    }

    get ready(): boolean {
        return this.layout !== undefined && this.record !== undefined;
    }
    get mayEdit(): boolean {
        return this.ready && !this.editing && this.inputSections.length > 0;
    }
    get detailSections(): Section<DetailCell>[] {
        return this.sectionsOf(({ item, column }, field, info, record, wide) => [
            {
                ...shownField(info, field, item.label, record),
                className: [
                    'field',
                    wide ? '' : column ? 'field_right' : 'field_left',
                    field.dataType === 'TextArea' ? 'field_text' : '',
                    isFormulaText(field) ? 'field_formula' : '',
                ].join(' '),
            },
        ]);
    }
    get inputSections(): Section<InputCell>[] {
        return this.sectionsOf(({ apiName, item }, field, _info, _record, wide) =>
            // A lookup has no input here: it is changed through the API.
            item.editableForUpdate && !field.reference
                ? [
                      {
                          field: this.inputOf(field, item),
                          value: this.changes[apiName] ?? this.saved(apiName),
                          error: this.fieldErrors[apiName] ?? '',
                          className: wide || isLong(field) ? 'input input_wide' : 'input',
                      },
                  ]
                : [],
        );
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
    private async place(info: ObjectInfo): Promise<void> {
        try {
            const layout = await readLayout(info.apiName, 'Full');
            if (info.apiName !== this.objectApiName) return;
            this.layout = layout;
            this.info = info;
            this.paths = fieldPaths(
                info,
                layout.sections.flatMap(placedFields).map(({ apiName }) => apiName),
            );
        } catch (error) {
            this.fail(error);
        }
    }
    /** The layout's sections that have something; `cellsOf` says what stands for a field. */
    private sectionsOf<Cell>(
        cellsOf: (
            placed: PlacedField,
            field: FieldInfo,
            info: ObjectInfo,
            record: RecordRepresentation,
            wide: boolean,
        ) => readonly Cell[],
    ): Section<Cell>[] {
        const { info, layout, record } = this;
        if (!info || !layout || !record) return [];
        return layout.sections
            .map((section, index) => {
                const wide = section.columns === 1;
                return {
                    key: String(index),
                    heading: (section.useHeading && section.heading) || '',
                    className: wide ? 'fields' : 'fields fields_two',
                    cells: placedFields(section).flatMap((placed) => {
                        const field = info.fields[placed.apiName];
                        return field && placed.apiName in record.fields
                            ? cellsOf(placed, field, info, record, wide)
                            : [];
                    }),
                };
            })
            .filter(({ cells }) => cells.length);
    }
    private saved(name: string): InputValue {
        const value = this.record?.fields[name]?.value ?? null;
        return typeof value === 'object' ? null : value;
    }
    private inputOf(field: FieldInfo, item: LayoutItem): InputField {
        const options = this.picklists[field.apiName];
        const kind = isLong(field) ? 'long' : (KINDS[field.dataType] ?? 'text');
        return {
            name: field.apiName,
            label: item.label,
            kind: (kind === 'picklist' || kind === 'multipicklist') && !options ? 'text' : kind,
            required: item.required,
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
        const shown = new Set(this.inputSections.flatMap(({ cells }) => cells.map(({ field }) => field.name)));
        const general = [
            ...(output?.errors ?? []).map(({ message }) => message),
            ...byField.flatMap(([name, message]) => (shown.has(name as string) ? [] : [message as string])),
        ];
        this.failure =
            general.join(' ') || (byField.length ? 'Correct the marked fields, then save again.' : explain(error));
    }
}
