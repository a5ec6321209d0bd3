import {
    findField,
    LAYOUT_BEHAVIORS,
    type CompactLayout,
    type FieldKind,
    type Layout,
    type LayoutRelatedList,
    type LayoutSection,
    type ObjectType,
} from './schema.ts';
import type { MetadataFile, Source } from './files.ts';
import { ownName } from './read-fields.ts';
import { apiNameOfColumn } from './column-codes.ts';
import { MetadataError, readXml, type XmlElement } from './xml.ts';

/** Settings of a page layout that switch features of the platform's older pages on or off. */
const LAYOUT_SETTINGS = [
    'showEmailCheckbox',
    'showHighlightsPanel',
    'showInteractionLogPanel',
    'showRunAssignmentRulesCheckbox',
    'showSubmitAndAttachButton',
];
const MOST_COMPACT_FIELDS = 10;
const NOT_COMPACT: readonly FieldKind[] = ['LongTextArea', 'TextArea', 'MultiselectPicklist'];

export function readCompactLayout(file: MetadataFile): CompactLayout {
    const xml = readXml(file, 'CompactLayout').only('fullName', 'label', 'fields');
    return {
        name: ownName(xml),
        fields: xml.all('fields').map((one) => one.text),
        source: xml.source,
    };
}

/** The compact layout that the object's file assigns; `SYSTEM` is the platform's own. Throws for one that is not there or that a deploy would refuse. */
export function assignedCompactLayout(
    object: ObjectType,
    assignment: string | null,
    layouts: readonly CompactLayout[],
): CompactLayout | null {
    const checked = layouts.map((layout) => checkCompactLayout(object, layout));
    if (assignment === null || assignment === 'SYSTEM') {
        return object.compactLayout;
    }
    const assigned = checked.find((layout) => layout.name === assignment);
    if (!assigned) {
        throw new MetadataError(
            object.source,
            `<compactLayoutAssignment> is ${assignment}; there is no compactLayouts/${assignment}.compactLayout-meta.xml.`,
        );
    }
    return assigned;
}

function checkCompactLayout(object: ObjectType, { name, fields, source }: CompactLayout): CompactLayout {
    const found = fields.map((field) => requireField(object, field, source));
    const unfit = found.find((field) => NOT_COMPACT.includes(field.kind));
    if (unfit) {
        throw new MetadataError(source, `names ${unfit.name}; a compact layout takes no long texts and multi-selects.`);
    }
    if (fields.length > MOST_COMPACT_FIELDS) {
        throw new MetadataError(
            source,
            `names ${fields.length} fields; a compact layout takes at most ${MOST_COMPACT_FIELDS}.`,
        );
    }
    return { name, fields: found.map((field) => field.name), source };
}

/** Reads `Object__c-Name.layout-meta.xml`. Throws MetadataError for fields and lists that do not exist, and for what a deploy would refuse. */
export function readLayout(file: MetadataFile, objects: ReadonlyMap<string, ObjectType>): Layout {
    const xml = readXml(file, 'Layout').only('layoutSections', 'relatedLists', ...LAYOUT_SETTINGS);
    const [, objectName = '', name = ''] = /^([^-]+)-(.+)$/.exec(xml.source.fullName) ?? [];
    const object = objects.get(objectName);
    if (!object) {
        throw xml.error(`is called after no object of the project; name it Object__c-Name.layout-meta.xml.`);
    }
    const sections = xml.all('layoutSections').map((section) => readSection(section, object));
    const shown = sections.flatMap(({ columns }) => columns.flat()).flatMap(({ field }) => field ?? []);
    const twice = shown.find((field, index) => shown.indexOf(field) < index);
    if (twice !== undefined) {
        throw xml.error(`shows ${twice} twice; keep one.`);
    }
    const missing = [...object.fields.values()].find(
        (field) => field.custom && (field.required || field.kind === 'MasterDetail') && !shown.includes(field.name),
    );
    if (missing) {
        throw xml.error(`lacks ${missing.name}: a page layout shows every required field.`);
    }
    return {
        objectName,
        name: decodeURIComponent(name),
        sections,
        relatedLists: xml.all('relatedLists').map((list) => readRelatedList(list, objectName, objects)),
        source: xml.source,
    };
}

function readSection(xml: XmlElement, object: ObjectType): LayoutSection {
    xml.only('customLabel', 'detailHeading', 'editHeading', 'label', 'layoutColumns', 'style');
    const style = xml.oneOf('style', ['OneColumn', 'TwoColumnsTopToBottom', 'TwoColumnsLeftToRight']);
    const columns = xml.all('layoutColumns').map((column) =>
        column
            .only('layoutItems')
            .all('layoutItems')
            .map((item) => {
                item.only('behavior', 'field', 'emptySpace');
                if (item.flag('emptySpace')) {
                    return { field: null, behavior: 'Readonly' as const };
                }
                const { name } = requireField(object, item.requiredString('field'), item.source);
                return { field: name, behavior: item.oneOf('behavior', LAYOUT_BEHAVIORS, 'Edit') };
            }),
    );
    if (columns.length > (style === 'OneColumn' ? 1 : 2)) {
        throw xml.error(
            `the section ${xml.string('label') ?? ''} has ${columns.length} columns and the style ${style}.`,
        );
    }
    return {
        label: xml.string('label') ?? '',
        heading: xml.flag('detailHeading'),
        width: style === 'OneColumn' ? 1 : 2,
        columns,
    };
}

function readRelatedList(xml: XmlElement, parent: string, objects: ReadonlyMap<string, ObjectType>): LayoutRelatedList {
    xml.only('fields', 'relatedList', 'sortField', 'sortOrder');
    const list = xml.requiredString('relatedList');
    const [childName = '', lookup = ''] = list.split('.');
    const child = objects.get(childName);
    const field = child && findField(child, lookup);
    if (!child || field?.reference?.to !== parent) {
        throw xml.error(`names the related list ${list}; write Child__c.Lookup__c, a lookup of it to ${parent}.`);
    }
    const column = (code: string): string => requireField(child, apiNameOfColumn(code), xml.source).name;
    const sortField = xml.string('sortField');
    return {
        child: child.name,
        lookup: field.name,
        columns: xml.all('fields').map(({ text }) => column(text)),
        sort: sortField === null ? null : { field: column(sortField), order: xml.oneOf('sortOrder', ['Asc', 'Desc']) },
    };
}

function requireField(object: ObjectType, name: string, source: Source): NonNullable<ReturnType<typeof findField>> {
    const field = findField(object, name);
    if (!field) {
        throw new MetadataError(source, `names ${name}, a field that ${object.name} does not have.`);
    }
    return field;
}
