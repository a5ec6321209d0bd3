import { api, LightningElement, wire } from 'lwc';
import { getObjectInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import { getFieldValue, getRecord, type RecordRepresentation, type WireResult } from 'lightning/uiRecordApi';
import { objectIcon } from 'local/formatting';
import { fieldPaths, highlightFields, nameField, shownField, type ShownField } from 'local/recordFields';

/** Stand-in for `force:highlightsPanel`: what the record is, and its few most telling fields. */
export default class HighlightsPanel extends LightningElement {
    @api recordId = '';
    @api objectApiName = '';
    info: ObjectInfo | undefined;
    paths: string[] | undefined;

    @wire(getRecord, { recordId: '$recordId', optionalFields: '$paths' })
    record?: WireResult<RecordRepresentation>;

    @wire(getObjectInfo, { objectApiName: '$objectApiName' })
    describe({ data }: WireResult<ObjectInfo>): void {
        if (data === undefined) return;
        this.info = data;
        this.paths = [`${data.apiName}.${nameField(data)}`, ...fieldPaths(data, highlightFields(data))];
    }

    get iconName(): string {
        return objectIcon(this.objectApiName);
    }
    get objectLabel(): string {
        return this.info?.label ?? '';
    }
    get name(): string {
        if (!this.info || !this.record?.data) return '';
        const name = getFieldValue(this.record.data, `${this.info.apiName}.${nameField(this.info)}`);
        return typeof name === 'string' ? name : '';
    }
    get fields(): ShownField[] {
        const { info } = this;
        const record = this.record?.data;
        if (!info || !record) return [];
        return highlightFields(info).map((field) => {
            const shown = shownField(info, field, record);
            return { ...shown, text: shown.text || '–' };
        });
    }
}
