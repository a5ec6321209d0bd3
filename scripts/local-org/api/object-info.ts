import { failure } from '../failure.ts';
import { childRelationships, findObject, type Field, type ObjectType } from '../metadata/schema.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { DATA_TYPES, MASTER_RECORD_TYPE } from './ui-api-types.ts';

/** The object as the UI API names it in a path; 404 in the platform's words when the user may not see it. */
export function infoObject(store: OrgStore, session: Session, name: string): ObjectType {
    const object = findObject(store.schema, name);
    if (!object || object.kind === 'metadata' || !session.access.rights(object).read) {
        throw failure('NOT_FOUND', `Object ${name} does not exist or you do not have access to it.`);
    }
    return object;
}

/** `/ui-api/object-info/{object}`: fields and children that the user may see. */
export function objectInfo(store: OrgStore, session: Session, object: ObjectType): Record<string, unknown> {
    const rights = session.access.rights(object);
    const fields = [...object.fields.values()].filter((field) => session.access.readsField(object, field));
    return {
        apiName: object.name,
        associateEntityType: null,
        associateParentEntity: null,
        childRelationships: childRelationships(store.schema, object.name)
            .filter(({ child, field }) => session.access.rights(child).read && session.access.readsField(child, field))
            .map(({ name, child, field }) => ({
                childObjectApiName: child.name,
                fieldName: field.name,
                junctionIdListNames: [],
                junctionReferenceTo: [],
                relationshipName: name,
            })),
        createable: rights.create,
        custom: object.kind !== 'standard',
        defaultRecordTypeId: MASTER_RECORD_TYPE,
        deletable: rights.delete,
        dependentFields: {},
        feedEnabled: false,
        fields: Object.fromEntries(fields.map((field) => [field.name, fieldInfo(store, session, object, field)])),
        keyPrefix: store.prefixes.get(object.name) ?? null,
        label: object.label,
        labelPlural: object.pluralLabel,
        layoutable: true,
        mruEnabled: false,
        nameFields: fields.some((field) => field.name === 'FirstName')
            ? ['FirstName', 'LastName', 'Name']
            : [nameField(object)],
        queryable: true,
        recordTypeInfos: {
            [MASTER_RECORD_TYPE]: {
                available: true,
                defaultRecordTypeMapping: true,
                master: true,
                name: 'Master',
                recordTypeId: MASTER_RECORD_TYPE,
            },
        },
        searchable: false,
        themeInfo: null,
        updateable: rights.edit,
    };
}

/** The field that names a record to people. */
export function nameField(object: ObjectType): string {
    return ['Name', 'CaseNumber', 'DeveloperName', 'Subject'].find((name) => object.fields.has(name)) ?? 'Id';
}

function fieldInfo(store: OrgStore, session: Session, object: ObjectType, field: Field): Record<string, unknown> {
    const rights = session.access.rights(object);
    const target = field.reference && store.schema.objects.get(field.reference.to);
    return {
        apiName: field.name,
        calculated: field.formula !== null || field.summary !== null,
        compound: false,
        compoundComponentName: null,
        compoundFieldName: null,
        controllerName: null,
        controllingFields: [],
        createable: rights.create && session.access.writesField(object, field, 'create'),
        custom: field.custom,
        dataType: DATA_TYPES[field.kind],
        extraTypeInfo: field.kind === 'LongTextArea' ? 'PlainTextArea' : null,
        externalId: field.externalId,
        filterable: field.kind !== 'LongTextArea',
        filteredLookupInfo: null,
        highScaleNumber: false,
        htmlFormatted: false,
        inlineHelpText: field.help,
        label: field.label,
        length: field.length ?? 0,
        maskType: null,
        nameField: field.name === nameField(object),
        polymorphicForeignKey: false,
        precision: field.precision ?? 0,
        reference: field.reference !== null,
        referenceTargetField: null,
        referenceToInfos: target ? [{ apiName: target.name, nameFields: [nameField(target)] }] : [],
        relationshipName: field.reference?.relationshipName ?? null,
        required: field.required,
        scale: field.scale ?? 0,
        searchPrefilterable: false,
        sortable: field.kind !== 'LongTextArea' && field.kind !== 'MultiselectPicklist',
        unique: field.unique !== 'no',
        updateable: rights.edit && session.access.writesField(object, field, 'update'),
    };
}

/** `/ui-api/object-info/{object}/picklist-values/{recordTypeId}`: active values of every picklist. */
export function picklistValues(session: Session, object: ObjectType): Record<string, unknown> {
    const picklists = [...object.fields.values()].filter(
        (field) => field.picklist.length > 0 && session.access.readsField(object, field),
    );
    return {
        picklistFieldValues: Object.fromEntries(
            picklists.map((field) => {
                const values = field.picklist
                    .filter((option) => option.active)
                    .map(({ label, value }) => ({ attributes: null, label, validFor: [], value }));
                const preset = values.find((option) => JSON.stringify(option.value) === field.defaultValue) ?? null;
                return [field.name, { controllerValues: {}, defaultValue: preset, values }];
            }),
        ),
    };
}
