import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { field, metadataTypeFields, platformFields } from './standard-objects.ts';
import { apiNameOfColumn } from './column-codes.ts';
import { readField, readFilter } from './read-fields.ts';
import { assignedCompactLayout, readCompactLayout } from './read-layouts.ts';
import { summarizedField } from './summaries.ts';
import type { CompactLayout, Field, ListView, ObjectType, SharingModel, ValidationRule } from './schema.ts';
import { MetadataError, readXml, type XmlElement } from './xml.ts';

/** Object settings that change nothing in the local org: they switch features of the real one on or off. */
const OBJECT_SETTINGS = [
    'deploymentStatus',
    'enableActivities',
    'enableBulkApi',
    'enableFeeds',
    'enableHistory',
    'enableLicensing',
    'enableReports',
    'enableSearch',
    'enableSharing',
    'enableStreamingApi',
    'externalSharingModel',
    'allowInChatterGroups',
    'gender',
    'startsWith',
    'searchLayouts',
    'visibility',
];

/** What one folder under `objects/` holds; a standard object's folder adds to the built-in one. */
export interface ObjectSource {
    readonly name: string;
    readonly header: Omit<ObjectType, 'fields' | 'validationRules' | 'listViews' | 'compactLayout'> | null;
    readonly platformFields: readonly Field[];
    readonly fields: readonly Field[];
    readonly validationRules: readonly ValidationRule[];
    readonly listViews: readonly ListView[];
    readonly compactLayouts: readonly CompactLayout[];
    readonly compactLayoutAssignment: string | null;
}

/** Reads one folder of `objects/`. Throws MetadataError for kinds of files that the local org does not know. */
export function readObjectFolder(projectRoot: string, folder: string, name: string): ObjectSource {
    const fields: Field[] = [];
    const validationRules: ValidationRule[] = [];
    const listViews: ListView[] = [];
    const compactLayouts: CompactLayout[] = [];
    let header: XmlElement | null = null;
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = join(folder, entry.name);
        if (entry.isFile() && entry.name === `${name}.object-meta.xml`) {
            header = readXml(projectRoot, path, 'CustomObject');
            continue;
        }
        const read = entry.isDirectory() ? FOLDERS[entry.name] : undefined;
        if (!read) {
            throw new MetadataError(
                relative(projectRoot, path),
                `the local org knows ${Object.keys(FOLDERS).join(', ')} and ${name}.object-meta.xml here.`,
            );
        }
        for (const file of readdirSync(path).sort()) {
            read(projectRoot, join(path, file), { fields, validationRules, listViews, compactLayouts });
        }
    }
    const isCustom = /__(c|mdt)$/.test(name);
    if (isCustom && !header) {
        throw new MetadataError(relative(projectRoot, folder), `lacks ${name}.object-meta.xml.`);
    }
    if (!isCustom && header) {
        // A standard object's own settings (searchLayouts, action overrides) have no place to show here.
        header.only(...OBJECT_SETTINGS, 'compactLayoutAssignment', 'label', 'pluralLabel');
    }
    const described = header && isCustom ? readHeader(header, name, fields) : null;
    return {
        name,
        header: described?.object ?? null,
        platformFields: described?.platformFields ?? [],
        fields,
        validationRules,
        listViews: listViews.sort((a, b) => a.label.localeCompare(b.label)),
        compactLayouts,
        compactLayoutAssignment: header?.string('compactLayoutAssignment') ?? null,
    };
}

interface Collected {
    readonly fields: Field[];
    readonly validationRules: ValidationRule[];
    readonly listViews: ListView[];
    readonly compactLayouts: CompactLayout[];
}

const FOLDERS: Readonly<Record<string, (projectRoot: string, path: string, into: Collected) => void>> = {
    fields: (projectRoot, path, into) => into.fields.push(readField(projectRoot, path)),
    validationRules: (projectRoot, path, into) => {
        const rule = readValidationRule(projectRoot, path);
        if (rule) {
            into.validationRules.push(rule);
        }
    },
    listViews: (projectRoot, path, into) => into.listViews.push(readListView(projectRoot, path)),
    compactLayouts: (projectRoot, path, into) => into.compactLayouts.push(readCompactLayout(projectRoot, path)),
};

function readHeader(
    xml: XmlElement,
    name: string,
    fields: readonly Field[],
): { object: ObjectSource['header']; platformFields: readonly Field[] } {
    xml.only(
        'label',
        'pluralLabel',
        'description',
        'nameField',
        'sharingModel',
        'compactLayoutAssignment',
        ...OBJECT_SETTINGS,
    );
    const isMetadata = name.endsWith('__mdt');
    const master = fields.find((one) => one.kind === 'MasterDetail');
    const sharing: SharingModel = isMetadata
        ? 'Read'
        : xml.oneOf('sharingModel', ['Private', 'Read', 'ReadWrite', 'ControlledByParent']);
    if ((sharing === 'ControlledByParent') !== (master !== undefined) && !isMetadata) {
        throw xml.error('<sharingModel> is ControlledByParent exactly for objects with a master-detail field.');
    }
    return {
        object: {
            name,
            label: xml.requiredString('label'),
            pluralLabel: xml.requiredString('pluralLabel'),
            description: xml.string('description'),
            kind: isMetadata ? 'metadata' : 'custom',
            keyPrefix: null,
            sharing,
            source: xml.file,
        },
        platformFields: isMetadata ? metadataTypeFields() : [...platformFields({ owner: !master }), readNameField(xml)],
    };
}

function readNameField(xml: XmlElement): Field {
    const name = xml.one('nameField');
    if (!name) {
        throw xml.error('lacks <nameField>.');
    }
    name.only('label', 'type', 'displayFormat', 'startingNumber', 'trackHistory', 'trackFeedHistory');
    const label = name.requiredString('label');
    return name.oneOf('type', ['Text', 'AutoNumber']) === 'Text'
        ? field('Name', label, 'Text', { length: 80, required: true, source: xml.file })
        : field('Name', label, 'AutoNumber', {
              length: 80,
              readOnly: true,
              autoNumberFormat: name.requiredString('displayFormat'),
              source: xml.file,
          });
}

function readValidationRule(projectRoot: string, path: string): ValidationRule | null {
    const xml = readXml(projectRoot, path, 'ValidationRule').only(
        'fullName',
        'active',
        'description',
        'errorConditionFormula',
        'errorDisplayField',
        'errorMessage',
    );
    if (!xml.flag('active')) {
        return null;
    }
    return {
        name: xml.requiredString('fullName'),
        condition: xml.requiredString('errorConditionFormula'),
        message: xml.requiredString('errorMessage'),
        errorField: xml.string('errorDisplayField'),
        source: xml.file,
    };
}

function readListView(projectRoot: string, path: string): ListView {
    const xml = readXml(projectRoot, path, 'ListView').only(
        'fullName',
        'label',
        'columns',
        'filterScope',
        'filters',
        'booleanFilter',
        'language',
        'sharedTo',
    );
    return {
        developerName: xml.requiredString('fullName'),
        label: xml.requiredString('label'),
        columns: xml.all('columns').map((column) => apiNameOfColumn(column.text)),
        scope: xml.oneOf('filterScope', ['Everything', 'Mine']),
        filters: xml.all('filters').map((filter) => {
            const item = readFilter(filter, null);
            return { ...item, field: apiNameOfColumn(item.field) };
        }),
        filterLogic: xml.string('booleanFilter'),
        source: xml.file,
    };
}

/** Joins what several source directories say about the same object with the built-in one. */
export function assembleObjects(
    builtIn: Map<string, ObjectType>,
    sources: readonly ObjectSource[],
): Map<string, ObjectType> {
    const objects = new Map(builtIn);
    for (const source of sources) {
        const known = objects.get(source.name);
        const base =
            known ??
            (source.header
                ? { ...source.header, fields: new Map(), validationRules: [], listViews: [], compactLayout: null }
                : null);
        if (!base) {
            throw new MetadataError(
                source.fields[0]?.source ?? source.name,
                `the local org has no standard object ${source.name}; scripts/local-org/metadata/standard-objects.ts lists those it has.`,
            );
        }
        const fields = new Map<string, Field>(base.fields);
        for (const one of [...source.platformFields, ...source.fields]) {
            if (fields.has(one.name)) {
                throw new MetadataError(one.source, `${source.name}.${one.name} is defined twice.`);
            }
            fields.set(one.name, one);
        }
        const joined: ObjectType = {
            ...base,
            fields,
            validationRules: [...base.validationRules, ...source.validationRules],
            listViews: [...base.listViews, ...source.listViews],
        };
        const compactLayout = assignedCompactLayout(joined, source.compactLayoutAssignment, source.compactLayouts);
        objects.set(source.name, { ...joined, compactLayout });
    }
    checkReferences(objects);
    return settleSummaries(objects);
}

function checkReferences(objects: ReadonlyMap<string, ObjectType>): void {
    for (const object of objects.values()) {
        for (const one of object.fields.values()) {
            if (one.reference && !objects.has(one.reference.to)) {
                throw new MetadataError(
                    one.source,
                    `refers to ${one.reference.to}, an object that the project does not have.`,
                );
            }
        }
    }
}

/** A roll-up has the type of what it sums; known only when all objects are there. */
function settleSummaries(objects: Map<string, ObjectType>): Map<string, ObjectType> {
    const settled = new Map(objects);
    for (const object of objects.values()) {
        const fields = new Map(object.fields);
        for (const one of object.fields.values()) {
            if (one.summary) {
                const summarized = summarizedField(objects, object.name, one, one.summary);
                const scale = summarized ? summarized.scale : 0;
                fields.set(one.name, { ...one, kind: summarized?.kind ?? 'Number', precision: 18, scale });
            }
        }
        settled.set(object.name, { ...object, fields });
    }
    return settled;
}
