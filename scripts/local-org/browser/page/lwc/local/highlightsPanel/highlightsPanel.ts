import { api, LightningElement, wire } from 'lwc';
import { getObjectInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import { getFieldValue, getRecord, type RecordRepresentation, type WireResult } from 'lightning/uiRecordApi';
import { explain } from 'local/connection';
import { objectIcon } from 'local/formatting';
import { placedFields, readLayout, type PlacedField } from 'local/layouts';
import { fieldPaths, nameField, shownField, type ShownField } from 'local/recordFields';
import { nameWindow } from 'local/router';

const MOST_FIELDS = 7;

/** Stand-in for `force:highlightsPanel`: what the record is, and the fields of its compact layout. */
export default class HighlightsPanel extends LightningElement {
    @api recordId = '';
    @api objectApiName = '';
    info: ObjectInfo | undefined;
    paths: string[] | undefined;

    record: RecordRepresentation | undefined;
    placed: readonly PlacedField[] = [];
    failure: string | undefined;

    @wire(getRecord, { recordId: '$recordId', optionalFields: '$paths' })
    receive({ data, error }: WireResult<RecordRepresentation>): void {
        if (error !== undefined) this.fail(error);
        if (data === undefined) return;
        this.record = data;
        this.failure = undefined;
    }
    @wire(getObjectInfo, { objectApiName: '$objectApiName' })
    describe({ data, error }: WireResult<ObjectInfo>): void {
        if (error !== undefined) this.fail(error);
        if (data === undefined) return;
        void this.place(data);
    }

    override renderedCallback(): void {
        if (this.name) nameWindow(this.name);
    }

    get iconName(): string {
        return objectIcon(this.objectApiName);
    }
    get objectLabel(): string {
        return this.info?.label ?? '';
    }
    get name(): string {
        if (!this.info || !this.record) return '';
        const name = getFieldValue(this.record, `${this.info.apiName}.${nameField(this.info)}`);
        return typeof name === 'string' ? name : '';
    }
    get fields(): ShownField[] {
        const { info } = this;
        const record = this.record;
        if (!info || !record) return [];
        return this.placed.flatMap(({ apiName, item }) => {
            const field = info.fields[apiName];
            if (!field) return [];
            const shown = shownField(info, field, item.label, record);
            return { ...shown, text: shown.text || '–' };
        });
    }

    private async place(info: ObjectInfo): Promise<void> {
        try {
            const { sections } = await readLayout(info.apiName, 'Compact');
            if (info.apiName !== this.objectApiName) return;
            this.placed = sections
                .flatMap(placedFields)
                .filter(({ apiName }) => apiName !== nameField(info))
                .slice(0, MOST_FIELDS);
            this.info = info;
            this.paths = fieldPaths(info, [nameField(info), ...this.placed.map(({ apiName }) => apiName)]);
        } catch (error) {
            this.fail(error);
        }
    }

    /** What was read before stays: it may be out of date, but the page says so elsewhere. */
    private fail(error: unknown): void {
        if (this.record) return;
        this.failure = explain(error);
        this.dispatchEvent(new CustomEvent('loadfailed'));
    }
}
