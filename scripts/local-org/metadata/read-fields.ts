import { field } from './standard-objects.ts';
import {
    FILTER_OPERATIONS,
    type Field,
    type FieldKind,
    type FilterItem,
    type PicklistValue,
    type Reference,
    type Summary,
} from './schema.ts';
import type { MetadataFile } from './files.ts';
import { readXml, type XmlElement } from './xml.ts';

/** `type` in a field's file → the kind it becomes. `Summary` is settled once all objects are read. */
const KINDS = {
    Text: 'Text',
    TextArea: 'TextArea',
    LongTextArea: 'LongTextArea',
    Email: 'Email',
    Phone: 'Phone',
    Url: 'Url',
    Number: 'Number',
    Currency: 'Currency',
    Percent: 'Percent',
    Date: 'Date',
    DateTime: 'DateTime',
    Checkbox: 'Checkbox',
    Picklist: 'Picklist',
    MultiselectPicklist: 'MultiselectPicklist',
    AutoNumber: 'AutoNumber',
    Lookup: 'Lookup',
    MasterDetail: 'MasterDetail',
    Summary: 'Number',
} as const satisfies Record<string, FieldKind>;
export const FIELD_TYPES = Object.keys(KINDS).filter((name): name is keyof typeof KINDS => name in KINDS);

/** Elements that change nothing here: they steer history, feeds, packaging and classification. */
const WITHOUT_EFFECT =
    'trackHistory trackTrending trackFeedHistory fieldManageability securityClassification businessStatus complianceGroup relationshipOrder startingNumber';

/** Reads one `*.field-meta.xml`. Throws MetadataError for a type or an element that the local org does not support. */
export function readField(file: MetadataFile): Field {
    const xml = readXml(file, 'CustomField').only(
        'fullName label type description inlineHelpText required unique caseSensitive externalId length precision scale visibleLines defaultValue valueSet referenceTo relationshipName relationshipLabel reparentableMasterDetail writeRequiresMasterRead deleteConstraint formula formulaTreatBlanksAs summarizedField summaryFilterItems summaryForeignKey summaryOperation displayFormat',
        WITHOUT_EFFECT,
    );
    const name = ownName(xml);
    const type = xml.oneOf('type', FIELD_TYPES);
    const formula = xml.string('formula');
    const summary = type === 'Summary' ? readSummary(xml) : null;
    const reference = type === 'Lookup' || type === 'MasterDetail' ? readReference(xml, type) : null;
    return field(name, xml.requiredString('label'), KINDS[type], {
        description: xml.string('description'),
        help: xml.string('inlineHelpText'),
        required: type === 'MasterDetail' || xml.flag('required'),
        unique: !xml.flag('unique') ? 'no' : xml.flag('caseSensitive') ? 'case-sensitive' : 'case-insensitive',
        externalId: xml.flag('externalId'),
        length: formula === null ? (FIXED_LENGTHS[type] ?? xml.integer('length')) : type === 'Text' ? 1300 : null,
        precision:
            xml.integer('precision') ??
            (summary || type === 'Percent' || type === 'Number' || type === 'Currency' ? 18 : null),
        scale:
            xml.integer('scale') ??
            (type === 'Number' || type === 'Currency' || type === 'Percent' || summary ? 0 : null),
        visibleLines: xml.integer('visibleLines'),
        defaultValue: xml.string('defaultValue') ?? picklistDefault(xml),
        picklist: readPicklist(xml),
        restricted: xml.one('valueSet')?.flag('restricted') ?? false,
        reference,
        formula: formula === null ? null : { source: formula, blanks: blanksOf(xml, type) },
        summary,
        autoNumberFormat: type === 'AutoNumber' ? (xml.string('displayFormat') ?? '') : null,
        readOnly: formula !== null || summary !== null || type === 'AutoNumber',
        custom: true,
        source: xml.source,
    });
}

/** The `<fullName>` of a part of an object, which its file is called after. */
export function ownName(xml: XmlElement): string {
    const name = xml.requiredString('fullName');
    const expected = xml.source.fullName.split('.').at(-1);
    if (name !== expected) {
        throw xml.error(`<fullName> is ${name}, and the file is called after ${expected}; give both the same name.`);
    }
    return name;
}

/** Characters of types whose files do not say it. */
const FIXED_LENGTHS: Readonly<Record<string, number>> = {
    TextArea: 255,
    Url: 255,
    Email: 80,
    Phone: 40,
    AutoNumber: 30,
};

function blanksOf(xml: XmlElement, type: string): 'zero' | 'blank' {
    // Fields whose result is no number have no such choice on the platform: blanks stay blank, as for BlankAsZero over text.
    return xml.oneOf('formulaTreatBlanksAs', ['BlankAsZero', 'BlankAsBlank'], 'BlankAsZero') === 'BlankAsZero' &&
        type !== 'Text'
        ? 'zero'
        : 'blank';
}

function readPicklist(xml: XmlElement): readonly PicklistValue[] {
    const set = xml.one('valueSet');
    if (!set) {
        return [];
    }
    const definition = set.only('restricted valueSetDefinition').one('valueSetDefinition');
    if (!definition) {
        throw set.error(
            '<valueSet> lacks <valueSetDefinition>; the local org supports values listed in the field itself.',
        );
    }
    return definition
        .only('sorted value')
        .all('value')
        .map((value) => {
            value.only('fullName default label isActive description color');
            const fullName = value.requiredString('fullName');
            return { value: fullName, label: value.string('label') ?? fullName, active: value.flag('isActive', true) };
        });
}

function picklistDefault(xml: XmlElement): string | null {
    const values = xml.one('valueSet')?.one('valueSetDefinition')?.all('value') ?? [];
    const chosen = values.find((value) => value.flag('default'));
    return chosen ? JSON.stringify(chosen.requiredString('fullName')) : null;
}

function readReference(xml: XmlElement, type: 'Lookup' | 'MasterDetail'): Reference {
    const children = xml.string('relationshipName');
    return {
        to: xml.requiredString('referenceTo'),
        relationshipName: xml.requiredString('fullName').replace(/__c$/, '__r'),
        childRelationshipName: children === null ? null : `${children}__r`,
        childRelationshipLabel: xml.string('relationshipLabel'),
        onDelete:
            type === 'MasterDetail'
                ? 'Cascade'
                : xml.oneOf('deleteConstraint', ['SetNull', 'Restrict', 'Cascade'], 'SetNull'),
        writeRequiresMasterRead: xml.flag('writeRequiresMasterRead'),
        reparentable: type === 'Lookup' || xml.flag('reparentableMasterDetail'),
    };
}

/** Roll-ups name fields of the detail as `Object.Field`. */
function readSummary(xml: XmlElement): Summary {
    const [childObject = '', foreignKey = ''] = xml.requiredString('summaryForeignKey').split('.');
    const operation = xml.oneOf('summaryOperation', ['count', 'sum', 'min', 'max']);
    const ofChild = (path: string): string =>
        path.startsWith(`${childObject}.`) ? path.slice(childObject.length + 1) : path;
    const summarized = xml.string('summarizedField');
    return {
        operation,
        childObject,
        foreignKey,
        field: operation === 'count' || summarized === null ? null : ofChild(summarized),
        filters: xml
            .all('summaryFilterItems')
            .map(readFilter)
            .map((item) => ({ ...item, field: ofChild(item.field) })),
    };
}

/** Reads `<field>`, `<operation>`, `<value>`. */
export function readFilter(xml: XmlElement): FilterItem {
    xml.only('field operation value');
    return {
        field: xml.requiredString('field'),
        operation: xml.oneOf('operation', FILTER_OPERATIONS),
        value: xml.string('value') ?? '',
    };
}
