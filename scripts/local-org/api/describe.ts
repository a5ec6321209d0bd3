import type { DescribeGlobalResult, DescribeSObjectResult } from 'jsforce';
import { childRelationships, type Field, type FieldKind, type ObjectType } from '../metadata/schema.ts';
import { isAggregatable, isFilterable, isGroupable, isInteger, isSortable } from '../store/field-traits.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { isNumber, isReferenceKind } from '../store/values.ts';
import { nameField } from './object-info.ts';

/** Every property that clients know, each with the value that the platform gives it here. */
type Described<T> = Readonly<Record<keyof T, unknown>>;
type ObjectSummary = Described<DescribeGlobalResult['sobjects'][number]>;
type FieldDescription = Described<DescribeSObjectResult['fields'][number]>;

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

/** The platform's name of a field's type, `double` or `reference`. */
export function describedType(field: Field): string {
    return isInteger(field) ? 'int' : TYPES[field.kind][0];
}

/** An object in the list of all. */
export function describeSummary(
    store: OrgStore,
    session: Session,
    object: ObjectType,
    version: string,
): ObjectSummary & Record<string, unknown> {
    const rights = session.access.rights(object);
    const url = `/services/data/${version}/sobjects/${object.name}`;
    return {
        activateable: false,
        associateEntityType: null,
        associateParentEntity: null,
        createable: rights.create,
        custom: object.kind !== 'standard',
        customSetting: false,
        deepCloneable: false,
        deletable: rights.delete,
        deprecatedAndHidden: false,
        feedEnabled: false,
        hasSubtypes: false,
        idEnabled: true,
        isInterface: false,
        isSubtype: false,
        keyPrefix: store.prefixes.get(object.name) ?? null,
        label: object.label,
        labelPlural: object.pluralLabel,
        layoutable: object.kind !== 'metadata',
        mergeable: false,
        mruEnabled: false,
        name: object.name,
        queryable: rights.read,
        replicateable: false,
        retrieveable: rights.read,
        searchable: false,
        triggerable: object.kind !== 'metadata',
        undeletable: false,
        updateable: rights.edit,
        urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
    };
}

/** An object with its fields and the relationships that lead to it, as far as the user may see them. */
export function describeObject(
    store: OrgStore,
    session: Session,
    object: ObjectType,
    version: string,
): Described<DescribeSObjectResult> {
    const name = nameField(object);
    return {
        ...describeSummary(store, session, object, version),
        actionOverrides: [],
        childRelationships: childRelationships(store.schema, object.name)
            .filter(({ child, field }) => session.access.rights(child).read && session.access.readsField(child, field))
            .map(({ name: relationshipName, child, field }) => ({
                cascadeDelete: field.reference?.onDelete === 'Cascade',
                childSObject: child.name,
                deprecatedAndHidden: false,
                field: field.name,
                junctionIdListNames: [],
                junctionReferenceTo: [],
                relationshipName,
                restrictedDelete: field.reference?.onDelete === 'Restrict',
            })),
        compactLayoutable: object.kind !== 'metadata',
        fields: [...object.fields.values()]
            .filter((field) => session.access.readsField(object, field))
            .map((field) => describeField(session, object, field, name)),
        listviewable: null,
        lookupLayoutable: null,
        namedLayoutInfos: [],
        networkScopeFieldName: null,
        recordTypeInfos: [],
        searchLayoutable: object.kind !== 'metadata',
        supportedScopes: [
            { label: `All ${object.pluralLabel}`, name: 'everything' },
            { label: `My ${object.pluralLabel}`, name: 'mine' },
        ],
    };
}

function describeField(session: Session, object: ObjectType, field: Field, nameOfObject: string): FieldDescription {
    const { kind, reference } = field;
    const length = lengthOf(field);
    return {
        aggregatable: isAggregatable(field),
        autoNumber: kind === 'AutoNumber',
        // A character can take three bytes.
        byteLength: kind === 'Id' || isReferenceKind(kind) ? 18 : length * 3,
        calculated: field.formula !== null || field.summary !== null,
        calculatedFormula: field.formula?.source ?? null,
        cascadeDelete: reference?.onDelete === 'Cascade',
        caseSensitive: field.unique === 'case-sensitive',
        compoundFieldName: null,
        controllerName: null,
        createable: session.access.writesField(object, field, 'create'),
        custom: field.custom,
        defaultValue: kind === 'Checkbox' ? field.defaultValue === 'true' : null,
        defaultValueFormula: kind === 'Checkbox' ? null : field.defaultValue,
        defaultedOnCreate: field.defaultValue !== null || kind === 'Checkbox' || field.name === 'OwnerId',
        dependentPicklist: false,
        deprecatedAndHidden: false,
        digits: isInteger(field) ? (field.precision ?? 0) : 0,
        displayLocationInDecimal: false,
        encrypted: false,
        externalId: field.externalId,
        extraTypeInfo: kind === 'LongTextArea' ? 'plaintextarea' : null,
        filterable: isFilterable(field),
        filteredLookupInfo: null,
        groupable: isGroupable(field),
        highScaleNumber: false,
        htmlFormatted: false,
        idLookup: kind === 'Id' || field.externalId || field.unique !== 'no',
        inlineHelpText: field.help,
        label: field.label,
        length,
        mask: null,
        maskType: null,
        name: field.name,
        nameField: field.name === nameOfObject,
        namePointing: false,
        nillable: !field.required && kind !== 'Checkbox' && kind !== 'Id' && kind !== 'MasterDetail',
        permissionable: field.custom && !field.required && kind !== 'MasterDetail',
        picklistValues: field.picklist.map(({ value, label, active }) => ({
            active,
            defaultValue: JSON.stringify(value) === field.defaultValue,
            label,
            validFor: null,
            value,
        })),
        precision: isInteger(field) ? 0 : (field.precision ?? (isNumber(kind) ? 18 : 0)),
        queryByDistance: false,
        referenceTargetField: null,
        referenceTo: reference ? [reference.to] : [],
        relationshipName: reference?.relationshipName ?? null,
        relationshipOrder: kind === 'MasterDetail' ? 0 : null,
        restrictedDelete: reference?.onDelete === 'Restrict',
        restrictedPicklist: field.restricted,
        scale: field.scale ?? 0,
        soapType: isInteger(field) ? 'xsd:int' : TYPES[kind][1],
        sortable: isSortable(field),
        type: describedType(field),
        unique: field.unique !== 'no',
        updateable: session.access.writesField(object, field, 'update'),
        writeRequiresMasterRead: reference?.writeRequiresMasterRead ?? false,
    };
}

/** Characters that the field holds; 0 for what is no text. */
function lengthOf(field: Field): number {
    if (field.kind === 'Id' || isReferenceKind(field.kind)) {
        return 18;
    }
    const choices = Math.max(0, ...field.picklist.map((option) => option.value.length));
    // Custom picklists hold 255 characters, multi-select ones 4,099.
    return (
        field.length ??
        (field.kind === 'Picklist' ? Math.max(255, choices) : field.kind === 'MultiselectPicklist' ? 4099 : 0)
    );
}
