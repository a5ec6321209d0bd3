import { api, LightningElement } from 'lwc';
import LightningConfirm from 'lightning/confirm';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import type { SetupField, SetupFieldKind, SetupRecord as Saved, SetupType } from '../../../../../page-contract.ts';
import { explain } from 'local/connection';
import type { InputField, InputKind, InputValue } from 'local/fieldInput';
import { createSetupRecord, deleteSetupRecord, saveSetupRecord, setupSaveErrors } from 'local/pageApi';
import { goTo, hrefOf, NEW_RECORD } from 'local/router';

const KINDS: Readonly<Record<SetupFieldKind, InputKind>> = {
    Text: 'text',
    TextArea: 'long',
    LongTextArea: 'code',
    Number: 'number',
    Percent: 'number',
    Checkbox: 'checkbox',
    Date: 'date',
    DateTime: 'datetime',
    Picklist: 'picklist',
    Url: 'url',
    Email: 'email',
    Phone: 'tel',
};

/** Form of one custom metadata record, made from the type's fields. Fires `saved` after a save or a deletion. */
export default class SetupRecord extends LightningElement {
    @api type!: SetupType;
    failure = '';
    saving = false;
    private name = '';
    private changes: Readonly<Record<string, InputValue>> = {};
    private errors: Readonly<Record<string, string>> = {};

    @api get developerName(): string {
        return this.name;
    }
    set developerName(name: string) {
        if (name === this.name) return;
        this.name = name;
        Object.assign(this, { changes: {}, errors: {}, failure: '' });
    }

    get isNew(): boolean {
        return this.name === NEW_RECORD;
    }
    get missing(): boolean {
        return !this.isNew && !this.saved;
    }
    get mayDelete(): boolean {
        return !this.isNew && !this.missing;
    }
    get heading(): string {
        return this.isNew ? `New: ${this.type.label}` : (this.saved?.label ?? this.name);
    }
    get listHref(): string {
        return hrefOf({ page: 'setup', type: this.type.name });
    }
    get inputs(): { field: InputField; value: InputValue; error: string }[] {
        return this.type.fields.map((field) => ({
            field: inputOf(field, this.isNew, this.saved?.values[field.name] ?? ''),
            value: this.currentValue(field),
            error: this.errors[field.name] ?? '',
        }));
    }

    handleChange(event: CustomEvent<{ name: string; value: InputValue }>): void {
        this.changes = { ...this.changes, [event.detail.name]: event.detail.value };
    }
    async handleSave(event: Event): Promise<void> {
        event.preventDefault();
        this.saving = true;
        this.failure = '';
        this.errors = {};
        const type = this.type.name;
        try {
            const record = this.isNew
                ? await createSetupRecord(type, { values: this.newValues() })
                : await saveSetupRecord(type, this.name, { values: this.changes });
            this.finish(`${record.label} saved`);
        } catch (error) {
            this.showErrors(error);
        } finally {
            this.saving = false;
        }
    }
    async handleDelete(): Promise<void> {
        const sure = await LightningConfirm.open({
            label: `Delete ${this.heading}?`,
            message: 'What uses this record stops working. This cannot be undone.',
            theme: 'warning',
        });
        if (!sure) return;
        try {
            await deleteSetupRecord(this.type.name, this.name);
            this.finish(`${this.heading} deleted`);
        } catch (error) {
            this.failure = explain(error);
        }
    }

    private get saved(): Saved | undefined {
        return this.type.rows.find(({ developerName }) => developerName === this.name);
    }
    private currentValue(field: SetupField): InputValue {
        const { name, defaultValue } = field;
        if (name in this.changes) return this.changes[name] ?? null;
        return this.isNew ? defaultValue : (this.saved?.values[name] ?? null);
    }
    private newValues(): Record<string, InputValue> {
        return Object.fromEntries(this.type.fields.map((field) => [field.name, this.currentValue(field)]));
    }
    private finish(title: string): void {
        this.dispatchEvent(new ShowToastEvent({ title, variant: 'success' }));
        this.dispatchEvent(new CustomEvent('saved'));
        goTo({ page: 'setup', type: this.type.name });
    }
    private showErrors(error: unknown): void {
        const refused = setupSaveErrors(error);
        if (!refused) {
            this.failure = explain(error);
            return;
        }
        const byField = Object.entries(refused.fieldErrors);
        this.errors = Object.fromEntries(
            byField.map(([name, errors]) => [name, errors.map(({ message }) => message).join(' ')]),
        );
        this.failure =
            refused.errors.map(({ message }) => message).join(' ') ||
            (byField.length ? 'Correct the marked fields, then save again.' : 'The record was not saved.');
        const [first] = byField;
        if (first) this.template?.querySelector(`[data-field="${first[0]}"]`)?.scrollIntoView({ block: 'center' });
    }
}

/** Long text gets as many lines as it holds: a formula is read as a whole. */
function inputOf(field: SetupField, isNew: boolean, saved: InputValue): InputField {
    const held = String(saved).split('\n').length + 1;
    return {
        name: field.name,
        label: field.label,
        kind: KINDS[field.kind],
        required: field.required,
        disabled: field.name === 'DeveloperName' && !isNew,
        help: field.help ?? field.description,
        maxLength: field.maxLength,
        scale: field.scale,
        lines: Math.max(3, field.visibleLines ?? 4, Math.min(held, 30)),
        options: field.options,
    };
}
