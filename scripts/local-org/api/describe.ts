import { childRelationships, type Field, type FieldKind, type ObjectType } from '../metadata/schema.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { isNumber, isReferenceKind } from '../store/values.ts';

/** Describe results of the REST API, with what clients read of them. */

const TYPES: Readonly<Record<FieldKind, readonly [type: string, soapType: string]>> = {
    Id: ['id', 'tns:ID'],
    Lookup: ['reference', 'tns:ID'],
    MasterDetail: ['reference', 'tns:ID'],
    Text: ['string', 'xsd:string'],
    AutoNumber: ['string', 'xsd:string'],
    TextArea: ['textarea', 'xsd:string'],
    LongTextArea: ['textarea', 'xsd:string'],
    Email: ['email', 'xsd:string'],
    Phone: ['phone', 'xsd:string'],
    Url: ['url', 'xsd:string'],
    Number: ['double', 'xsd:double'],
    Currency: ['currency', 'xsd:double'],
    Percent: ['percent', 'xsd:double'],
    Date: ['date', 'xsd:date'],
    DateTime: ['datetime', 'xsd:dateTime'],
    Checkbox: ['boolean', 'xsd:boolean'],
    Picklist: ['picklist', 'xsd:string'],
    MultiselectPicklist: ['multipicklist', 'xsd:string'],
};

export function describeSummary(
    store: OrgStore,
    session: Session,
    object: ObjectType,
    version: string,
): Record<string, unknown> {
    const rights = session.access.rights(object);
    const url = `/services/data/${version}/sobjects/${object.name}`;
    return {
        name: object.name,
        label: object.label,
        labelPlural: object.pluralLabel,
        custom: object.kind !== 'standard',
        customSetting: false,
        keyPrefix: store.prefixes.get(object.name) ?? null,
        queryable: rights.read,
        retrieveable: rights.read,
        createable: rights.create,
        updateable: rights.edit,
        deletable: rights.delete,
        undeletable: false,
        searchable: false,
        layoutable: object.kind !== 'metadata',
        urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
    };
}

export function describeObject(
    store: OrgStore,
    session: Session,
    object: ObjectType,
    version: string,
): Record<string, unknown> {
    return {
        ...describeSummary(store, session, object, version),
        fields: [...object.fields.values()]
            .filter((field) => session.access.readsField(object, field))
            .map((field) => describeField(session, object, field)),
        childRelationships: childRelationships(store.schema, object.name)
            .filter(({ child, field }) => session.access.rights(child).read && session.access.readsField(child, field))
            .map(({ name, child, field }) => ({
                childSObject: child.name,
                field: field.name,
                relationshipName: name,
                cascadeDelete: field.reference?.onDelete === 'Cascade',
                restrictedDelete: field.reference?.onDelete === 'Restrict',
                deprecatedAndHidden: false,
            })),
        recordTypeInfos: [],
        supportedScopes: [
            { name: 'everything', label: `All ${object.pluralLabel}` },
            { name: 'mine', label: `My ${object.pluralLabel}` },
        ],
    };
}

function describeField(session: Session, object: ObjectType, field: Field): Record<string, unknown> {
    const [type, soapType] = TYPES[field.kind];
    const longText = field.kind === 'LongTextArea';
    return {
        name: field.name,
        label: field.label,
        type,
        soapType,
        inlineHelpText: field.help,
        length: field.length ?? (isReferenceKind(field.kind) || field.kind === 'Id' ? 18 : 0),
        precision: field.precision ?? 0,
        scale: field.scale ?? 0,
        digits: 0,
        nillable: !field.required && field.kind !== 'Checkbox' && field.kind !== 'Id',
        createable: session.access.writesField(object, field, 'create'),
        updateable: session.access.writesField(object, field, 'update'),
        custom: field.custom,
        calculated: field.formula !== null || field.summary !== null,
        calculatedFormula: field.formula?.source ?? null,
        autoNumber: field.kind === 'AutoNumber',
        unique: field.unique !== 'no',
        caseSensitive: field.unique === 'case-sensitive',
        externalId: field.externalId,
        idLookup: field.kind === 'Id' || field.externalId || field.unique !== 'no',
        nameField: field.name === 'Name',
        filterable: !longText,
        sortable: !longText && field.kind !== 'MultiselectPicklist',
        groupable: !longText && !isNumber(field.kind) && field.kind !== 'DateTime' && field.formula === null,
        defaultedOnCreate: field.defaultValue !== null || field.kind === 'Checkbox' || field.name === 'OwnerId',
        defaultValue: field.kind === 'Checkbox' ? false : null,
        restrictedPicklist: field.restricted,
        picklistValues: field.picklist.map((option) => ({
            value: option.value,
            label: option.label,
            active: option.active,
            defaultValue: false,
            validFor: null,
        })),
        referenceTo: field.reference ? [field.reference.to] : [],
        relationshipName: field.reference?.relationshipName ?? null,
        cascadeDelete: field.reference?.onDelete === 'Cascade',
        restrictedDelete: field.reference?.onDelete === 'Restrict',
        deprecatedAndHidden: false,
        permissionable: field.custom && !field.required && field.kind !== 'MasterDetail',
    };
}
