import type { MetadataFile } from './files.ts';
import { apiNameOfColumn } from './column-codes.ts';
import { ownName } from './read-fields.ts';
import {
    findField,
    LAYOUT_BEHAVIORS,
    type CompactLayout,
    type Layout,
    type LayoutRelatedList,
    type LayoutSection,
    type ObjectType,
} from './schema.ts';
import { readXml, type XmlElement } from './xml.ts';

/** Settings of a page layout that switch features of the platform's older pages on or off. */
const LAYOUT_SETTINGS =
    'showEmailCheckbox showHighlightsPanel showInteractionLogPanel showRunAssignmentRulesCheckbox showSubmitAndAttachButton';

export function readCompactLayout(file: MetadataFile): CompactLayout {
    const xml = readXml(file, 'CompactLayout').only('fullName label fields');
    return {
        name: ownName(xml),
        fields: xml.all('fields').map((one) => one.text),
    };
}

/** Reads `Object__c-Name.layout-meta.xml`. */
export function readLayout(file: MetadataFile, objects: ReadonlyMap<string, ObjectType>): Layout {
    const xml = readXml(file, 'Layout').only('layoutSections relatedLists', LAYOUT_SETTINGS);
    const [, objectName = '', name = ''] = /^([^-]+)-(.+)$/.exec(xml.source.fullName) ?? [];
    const object = objects.get(objectName);
    if (!object) {
        throw xml.error(
            `Parent entity failed to deploy: there is no object ${objectName}; a layout is called Object__c-Name.`,
        );
    }
    return {
        objectName,
        name,
        sections: xml.all('layoutSections').map((section) => readSection(section, object)),
        relatedLists: xml.all('relatedLists').map((list) => readRelatedList(list, objects)),
        source: xml.source,
    };
}

function readSection(xml: XmlElement, object: ObjectType): LayoutSection {
    xml.only('customLabel detailHeading editHeading label layoutColumns style');
    const style = xml.oneOf('style', ['OneColumn', 'TwoColumnsTopToBottom', 'TwoColumnsLeftToRight']);
    return {
        label: xml.string('label') ?? '',
        heading: xml.flag('detailHeading'),
        width: style === 'OneColumn' ? 1 : 2,
        columns: xml.all('layoutColumns').map((column) =>
            column
                .only('layoutItems')
                .all('layoutItems')
                .map((item) => {
                    item.only('behavior field emptySpace');
                    return item.flag('emptySpace')
                        ? { field: null, behavior: 'Readonly' }
                        : {
                              field: canonical(object, item.requiredString('field')),
                              behavior: item.oneOf('behavior', LAYOUT_BEHAVIORS, 'Edit'),
                          };
                }),
        ),
    };
}

function readRelatedList(xml: XmlElement, objects: ReadonlyMap<string, ObjectType>): LayoutRelatedList {
    xml.only('fields relatedList sortField sortOrder');
    const [child = '', lookup = ''] = xml.requiredString('relatedList').split('.');
    const column = (code: string): string => canonical(objects.get(child), apiNameOfColumn(code));
    const sortField = xml.string('sortField');
    return {
        child,
        lookup,
        columns: xml.all('fields').map(({ text }) => column(text)),
        sort: sortField === null ? null : { field: column(sortField), order: xml.oneOf('sortOrder', ['Asc', 'Desc']) },
    };
}

/** Files may write names of fields in any case. */
function canonical(object: ObjectType | undefined, name: string): string {
    return (object && findField(object, name)?.name) ?? name;
}
