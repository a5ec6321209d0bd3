import type { PageRegion } from '../page-contract.ts';
import type { Source } from './files.ts';

/** The project's metadata as the local org understands it: one typed schema, made from source files and the built-in standard objects. */

export type FieldKind =
    | 'Id'
    | 'Text'
    | 'TextArea'
    | 'LongTextArea'
    | 'Email'
    | 'Phone'
    | 'Url'
    | 'Number'
    | 'Currency'
    | 'Percent'
    | 'Date'
    | 'DateTime'
    | 'Checkbox'
    | 'Picklist'
    | 'MultiselectPicklist'
    | 'AutoNumber'
    | 'Lookup'
    | 'MasterDetail';

export interface PicklistValue {
    readonly value: string;
    readonly label: string;
    readonly active: boolean;
}

export interface Reference {
    readonly to: string;
    /** Name of the path to the parent: `Account`, `Champion__r`; null when queries cannot follow it. */
    readonly relationshipName: string | null;
    /** Name of the list of children on the parent: `Contacts`, `Playbook_Runs__r`; null: none. */
    readonly childRelationshipName: string | null;
    readonly childRelationshipLabel: string | null;
    readonly onDelete: 'SetNull' | 'Restrict' | 'Cascade';
    /** Read access to the master is enough to write the detail. */
    readonly writeRequiresMasterRead: boolean;
    readonly reparentable: boolean;
}

export type SummaryOperation = 'count' | 'sum' | 'min' | 'max';

export interface Summary {
    readonly operation: SummaryOperation;
    readonly childObject: string;
    /** Master-detail field of the child. */
    readonly foreignKey: string;
    /** Null for a count. */
    readonly field: string | null;
    readonly filters: readonly FilterItem[];
}

/** One line of a filter, as roll-ups and list views have it. */
export interface FilterItem {
    readonly field: string;
    readonly operation: FilterOperation;
    /** Comma-separated as in the metadata; blank is ''. */
    readonly value: string;
}

export const FILTER_OPERATIONS = [
    'equals',
    'notEqual',
    'lessThan',
    'greaterThan',
    'lessOrEqual',
    'greaterOrEqual',
] as const;
export type FilterOperation = (typeof FILTER_OPERATIONS)[number];

export interface Field {
    readonly name: string;
    readonly label: string;
    readonly kind: FieldKind;
    readonly description: string | null;
    readonly help: string | null;
    /** Universally required: no API saves the record without it. */
    readonly required: boolean;
    readonly unique: 'no' | 'case-sensitive' | 'case-insensitive';
    readonly externalId: boolean;
    /** Characters; null for what is not text. */
    readonly length: number | null;
    /** Digits in all, and those after the point; null for what is no number. */
    readonly precision: number | null;
    readonly scale: number | null;
    readonly visibleLines: number | null;
    /** Formula source of the default; null: blank (false for a checkbox). */
    readonly defaultValue: string | null;
    readonly picklist: readonly PicklistValue[];
    readonly restricted: boolean;
    readonly reference: Reference | null;
    readonly formula: { readonly source: string; readonly blanks: 'zero' | 'blank' } | null;
    readonly summary: Summary | null;
    readonly autoNumberFormat: string | null;
    /** Written by the platform alone: audit fields, formulas, roll-ups, auto-numbers, Id. */
    readonly readOnly: boolean;
    /** May be given by a user with Create Audit Fields when the record is made (`CreatedDate`). */
    readonly audit: boolean;
    readonly custom: boolean;
    /** Where it is defined, for messages. */
    readonly source: Source;
}

export interface ValidationRule {
    readonly name: string;
    readonly condition: string;
    readonly message: string;
    readonly errorField: string | null;
    readonly source: Source;
}

export interface ListView {
    readonly developerName: string;
    readonly label: string;
    /** Field paths. */
    readonly columns: readonly string[];
    readonly scope: 'Everything' | 'Mine';
    readonly filters: readonly FilterItem[];
    readonly source: Source;
}

/** The few fields that tell a record at a glance, its name first. */
export interface CompactLayout {
    readonly name: string;
    readonly fields: readonly string[];
}

export const LAYOUT_BEHAVIORS = ['Edit', 'Required', 'Readonly'] as const;
export type LayoutBehavior = (typeof LAYOUT_BEHAVIORS)[number];

/** A page layout: what a record page shows, where, and which lists of children. */
export interface Layout {
    readonly objectName: string;
    readonly name: string;
    readonly sections: readonly LayoutSection[];
    readonly relatedLists: readonly LayoutRelatedList[];
    readonly source: Source;
}

export interface LayoutSection {
    readonly label: string;
    /** Whether the record page shows the label. */
    readonly heading: boolean;
    readonly width: 1 | 2;
    /** Fields from top to bottom, by column; a field of null is an empty space. */
    readonly columns: readonly (readonly { readonly field: string | null; readonly behavior: LayoutBehavior }[])[];
}

export interface LayoutRelatedList {
    readonly child: string;
    /** Field of the child that refers to the record. */
    readonly lookup: string;
    readonly columns: readonly string[];
    readonly sort: { readonly field: string; readonly order: 'Asc' | 'Desc' } | null;
}

export type SharingModel = 'Private' | 'Read' | 'ReadWrite' | 'ControlledByParent';

export interface ObjectType {
    readonly name: string;
    readonly label: string;
    readonly pluralLabel: string;
    readonly description: string | null;
    readonly kind: 'standard' | 'custom' | 'metadata';
    /** Three characters for standard objects; custom ones get theirs from the store. */
    readonly keyPrefix: string | null;
    readonly sharing: SharingModel;
    /** In the order of the files, the platform's own fields first. */
    readonly fields: ReadonlyMap<string, Field>;
    readonly validationRules: readonly ValidationRule[];
    readonly listViews: readonly ListView[];
    /** Null: none of its own. */
    readonly compactLayout: CompactLayout | null;
    readonly source: Source;
}

/** A record of a custom metadata type as its file has it; values raw, blank is null. */
export interface MetadataRecord {
    readonly type: string;
    readonly developerName: string;
    readonly label: string;
    readonly values: Readonly<Record<string, string | number | boolean | null>>;
    readonly source: Source;
}

export interface ObjectPermission {
    readonly object: string;
    readonly read: boolean;
    readonly create: boolean;
    readonly edit: boolean;
    readonly delete: boolean;
    readonly viewAll: boolean;
    readonly modifyAll: boolean;
}

export interface PermissionSet {
    readonly name: string;
    readonly label: string;
    readonly objects: readonly ObjectPermission[];
    /** `field` is `Object.Field`. */
    readonly fields: readonly { readonly field: string; readonly readable: boolean; readonly editable: boolean }[];
    readonly metadataTypes: readonly string[];
    readonly customPermissions: readonly string[];
    readonly userPermissions: readonly string[];
    readonly tabs: readonly { readonly tab: string; readonly visible: boolean }[];
    readonly applications: readonly string[];
}

export interface Tab {
    readonly name: string;
    readonly label: string;
    readonly target:
        | { readonly kind: 'object'; readonly objectApiName: string }
        | { readonly kind: 'component'; readonly componentName: string }
        | { readonly kind: 'page'; readonly pageName: string };
}

export interface Application {
    readonly name: string;
    readonly label: string;
    readonly tabs: readonly string[];
    /** FlexiPage of an object's record page. */
    readonly recordPages: readonly { readonly objectApiName: string; readonly pageName: string }[];
    /** FlexiPage that the tab `standard-home` shows; null: the platform's own home page, which the local org has not. */
    readonly homePage: string | null;
}

export interface FlexiPage {
    readonly name: string;
    readonly type: 'RecordPage' | 'AppPage' | 'HomePage';
    readonly regions: readonly PageRegion[];
}

/** A Lightning web component, as its `.js-meta.xml` describes it to pages, tabs and actions. */
export interface Component {
    readonly name: string;
    readonly apiVersion: string | null;
    readonly isExposed: boolean;
    /** `lightning__RecordPage`. */
    readonly targets: readonly string[];
    /** What a page's author may set, each with the target that offers it. */
    readonly properties: readonly ComponentProperty[];
    /** Objects that a target is limited to, by target; a target without an entry fits every object. */
    readonly objects: ReadonlyMap<string, readonly string[]>;
}

export interface ComponentProperty {
    readonly target: string;
    readonly name: string;
    /** `String`, `Integer`, `Boolean`, `Color`, … */
    readonly type: string;
    readonly required: boolean;
    readonly default: string | null;
}

export interface CustomLabel {
    readonly name: string;
    readonly value: string;
}

export interface Schema {
    readonly apiVersion: string;
    /** By API name. */
    readonly objects: ReadonlyMap<string, ObjectType>;
    readonly metadataRecords: readonly MetadataRecord[];
    readonly permissionSets: ReadonlyMap<string, PermissionSet>;
    readonly customPermissions: readonly string[];
    readonly tabs: ReadonlyMap<string, Tab>;
    readonly applications: ReadonlyMap<string, Application>;
    readonly flexiPages: ReadonlyMap<string, FlexiPage>;
    readonly labels: ReadonlyMap<string, CustomLabel>;
    readonly components: ReadonlyMap<string, Component>;
    /** By object. */
    readonly layouts: ReadonlyMap<string, Layout>;
}

/** API names ignore case in SOQL and REST; returns the object by its canonical name. */
export function findObject(schema: Schema, name: string): ObjectType | undefined {
    const exact = schema.objects.get(name);
    if (exact) {
        return exact;
    }
    const lower = name.toLowerCase();
    return [...schema.objects.values()].find((object) => object.name.toLowerCase() === lower);
}

const fieldsByLowerName = new WeakMap<ObjectType, ReadonlyMap<string, Field>>();

export function findField(object: ObjectType, name: string): Field | undefined {
    const exact = object.fields.get(name);
    if (exact) {
        return exact;
    }
    let index = fieldsByLowerName.get(object);
    if (!index) {
        index = new Map([...object.fields.values()].map((field) => [field.name.toLowerCase(), field]));
        fieldsByLowerName.set(object, index);
    }
    return index.get(name.toLowerCase());
}

/** The lookup field that a relationship name (`Account`, `Champion__r`) follows, any case. */
export function findRelationship(object: ObjectType, name: string): Field | undefined {
    const lower = name.toLowerCase();
    return [...object.fields.values()].find((field) => field.reference?.relationshipName?.toLowerCase() === lower);
}

export interface ChildRelationship {
    readonly name: string;
    readonly label: string;
    readonly child: ObjectType;
    readonly field: Field;
}

export function childRelationships(schema: Schema, parent: string): readonly ChildRelationship[] {
    const found: ChildRelationship[] = [];
    for (const child of schema.objects.values()) {
        for (const field of child.fields.values()) {
            if (field.reference?.to === parent && field.reference.childRelationshipName) {
                found.push({
                    name: field.reference.childRelationshipName,
                    label: field.reference.childRelationshipLabel ?? child.pluralLabel,
                    child,
                    field,
                });
            }
        }
    }
    return found;
}

export function masterField(object: ObjectType): Field | undefined {
    return [...object.fields.values()].find((field) => field.kind === 'MasterDetail');
}
