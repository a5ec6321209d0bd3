import { api, LightningElement } from 'lwc';

export type InputKind =
    | 'text'
    | 'long'
    | 'code'
    | 'number'
    | 'checkbox'
    | 'date'
    | 'datetime'
    | 'picklist'
    | 'multipicklist'
    | 'url'
    | 'email'
    | 'tel';
export interface InputField {
    readonly name: string;
    readonly label: string;
    readonly kind: InputKind;
    readonly required: boolean;
    readonly disabled?: boolean;
    readonly help: string | null;
    readonly maxLength: number | null;
    readonly scale: number | null;
    readonly lines: number;
    readonly options: readonly { readonly value: string; readonly label: string }[];
}
export type InputValue = string | number | boolean | null;

/** One field of a form. Fires `fieldchange` with `{ name, value }`; blank is null. */
export default class FieldInput extends LightningElement {
    @api field!: InputField;
    @api value: InputValue = null;
    @api error = '';

    get isCheckbox(): boolean {
        return this.field.kind === 'checkbox';
    }
    get isPicklist(): boolean {
        return this.field.kind === 'picklist';
    }
    get isMultiPicklist(): boolean {
        return this.field.kind === 'multipicklist';
    }
    get isLong(): boolean {
        return this.field.kind === 'long' || this.field.kind === 'code';
    }
    get inputType(): string {
        return this.field.kind;
    }
    get text(): string {
        return this.value === null ? '' : String(this.value);
    }
    get help(): string | undefined {
        return this.field.help ?? undefined;
    }
    get maxLength(): number | undefined {
        return this.field.maxLength ?? undefined;
    }
    get step(): string | undefined {
        if (this.field.kind !== 'number') return undefined;
        return this.field.scale === null ? 'any' : String(10 ** -this.field.scale);
    }
    get options(): readonly { value: string; label: string }[] {
        return this.field.required ? this.field.options : [{ value: '', label: '--None--' }, ...this.field.options];
    }
    get selection(): string[] {
        return this.text ? this.text.split(';') : [];
    }
    get longClass(): string {
        return this.error ? 'slds-form-element slds-has-error' : 'slds-form-element';
    }
    get textareaClass(): string {
        return this.field.kind === 'code' ? 'slds-textarea code' : 'slds-textarea';
    }
    get invalid(): string {
        return this.error ? 'true' : 'false';
    }
    /** Long text and plain inputs show their error themselves. */
    get separateError(): boolean {
        return Boolean(this.error) && (this.isCheckbox || this.isPicklist || this.isMultiPicklist);
    }

    override renderedCallback(): void {
        const area = this.template?.querySelector('textarea');
        if (area && area.value !== this.text) area.value = this.text;
        const input = this.template?.querySelector<HTMLElement & ValidatedInput>('.plain');
        if (!input) return;
        input.setCustomValidity(this.error);
        if (this.error || this.hadError) input.reportValidity();
        this.hadError = Boolean(this.error);
    }
    private hadError = false;

    handleValue(event: CustomEvent<{ value: string }>): void {
        const { value } = event.detail;
        this.change(value === '' ? null : this.field.kind === 'number' ? Number(value) : value);
    }
    handleChecked(event: CustomEvent<{ checked: boolean }>): void {
        this.change(event.detail.checked);
    }
    handleSelection(event: CustomEvent<{ value: string[] }>): void {
        this.change(event.detail.value.join(';') || null);
    }
    handleLong(event: Event): void {
        this.change((event.target as HTMLTextAreaElement).value || null);
    }

    private change(value: InputValue): void {
        this.value = value;
        this.dispatchEvent(new CustomEvent('fieldchange', { detail: { name: this.field.name, value } }));
    }
}

interface ValidatedInput {
    setCustomValidity(message: string): void;
    reportValidity(): boolean;
}
