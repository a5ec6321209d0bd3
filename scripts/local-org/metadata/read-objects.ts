import type { MetadataFile, Source } from './files.ts';
import { field, metadataTypeFields, platformFields, standardObjects } from './standard-objects.ts';
import { apiNameOfColumn } from './column-codes.ts';
import { ownName, readField, readFilter } from './read-fields.ts';
import { readCompactLayout } from './read-layouts.ts';
import type { CompactLayout, Field, ListView, ObjectType, SharingModel, ValidationRule } from './schema.ts';
import { MetadataError, type ProblemList } from './problems.ts';
import { readXml, sourceOf, type XmlElement } from './xml.ts';

/** Object settings that change nothing in the local org: they switch features of the real one on or off. */
const OBJECT_SETTINGS =
    'deploymentStatus enableActivities enableBulkApi enableFeeds enableHistory enableLicensing enableReports enableSearch enableSharing enableStreamingApi externalSharingModel allowInChatterGroups gender startsWith searchLayouts visibility';

/** What the files below one folder of `objects/` say; a standard object's add to the built-in one. */
interface ObjectParts {
    header: XmlElement | null;
    readonly first: Source;
    readonly fields: Field[];
    readonly validationRules: ValidationRule[];
    readonly listViews: ListView[];
    readonly compactLayouts: CompactLayout[];
}

const READERS: Readonly<Record<string, (file: MetadataFile, into: ObjectParts) => void>> = {
    CustomObject: (file, into) => (into.header = readXml(file, 'CustomObject')),
    CustomField: (file, into) => into.fields.push(readField(file)),
    ValidationRule: (file, into) => into.validationRules.push(...readValidationRule(file)),
    ListView: (file, into) => into.listViews.push(readListView(file)),
    CompactLayout: (file, into) => into.compactLayouts.push(readCompactLayout(file)),
};

/** Reads the files below `objects/` and joins them with the built-in objects. */
export function readObjects(files: readonly MetadataFile[], problems: ProblemList): Map<string, ObjectType> {
    const byName = new Map<string, ObjectParts>();
    for (const file of files) {
        const source = sourceOf(file);
        const name = source.fullName.split('.')[0] ?? '';
        const parts = byName.get(name) ?? {
            header: null,
            first: source,
            fields: [],
            validationRules: [],
            listViews: [],
            compactLayouts: [],
        };
        byName.set(name, parts);
        problems.attempt(() => READERS[source.type]?.(file, parts));
    }
    const objects = standardObjects();
    for (const [name, parts] of byName) {
        const object = problems.attempt(() => joinedObject(name, parts, objects.get(name), problems));
        if (object) {
            objects.set(name, object);
        }
    }
    return settleSummaries(objects);
}

function joinedObject(
    name: string,
    parts: ObjectParts,
    builtIn: ObjectType | undefined,
    problems: ProblemList,
): ObjectType {
    const base = builtIn ?? customObject(name, parts);
    if (builtIn) {
        // A standard object's own settings (searchLayouts, action overrides) have no place to show here.
        parts.header?.only('compactLayoutAssignment label pluralLabel', OBJECT_SETTINGS);
    }
    const fields = new Map<string, Field>(base.fields);
    for (const one of parts.fields) {
        if (fields.has(one.name)) {
            problems.add(
                one.source,
                `${name} has a field ${one.name} of the platform's own, which the local org cannot change; remove the file.`,
            );
        }
        fields.set(one.name, one);
    }
    const assignment = parts.header?.string('compactLayoutAssignment');
    return {
        ...base,
        fields,
        validationRules: parts.validationRules,
        listViews: parts.listViews.sort((a, b) => a.label.localeCompare(b.label)),
        // None assigned, or SYSTEM: the platform's own.
        compactLayout: parts.compactLayouts.find((layout) => layout.name === assignment) ?? base.compactLayout,
    };
}

function customObject(name: string, { header, fields, first }: ObjectParts): ObjectType {
    const isMetadata = name.endsWith('__mdt');
    if (!isMetadata && !name.endsWith('__c')) {
        throw new MetadataError(
            first,
            `the local org has no standard object ${name}; scripts/local-org/metadata/standard-objects.ts lists those it has.`,
        );
    }
    if (!header) {
        throw new MetadataError(
            first,
            `there is no object ${name}: its ${name}.object-meta.xml is missing or unreadable.`,
        );
    }
    header.only('label pluralLabel description nameField sharingModel compactLayoutAssignment', OBJECT_SETTINGS);
    const master = fields.find((one) => one.kind === 'MasterDetail');
    const sharing: SharingModel = isMetadata
        ? 'Read'
        : header.oneOf('sharingModel', ['Private', 'Read', 'ReadWrite', 'ControlledByParent']);
    const own = isMetadata ? metadataTypeFields() : [...platformFields({ owner: !master }), readNameField(header)];
    return {
        name,
        label: header.requiredString('label'),
        pluralLabel: header.requiredString('pluralLabel'),
        description: header.string('description'),
        kind: isMetadata ? 'metadata' : 'custom',
        keyPrefix: null,
        sharing,
        fields: new Map(own.map((one) => [one.name, one])),
        validationRules: [],
        listViews: [],
        compactLayout: null,
        source: header.source,
    };
}

function readNameField(xml: XmlElement): Field {
    const name = xml.one('nameField');
    if (!name) {
        throw xml.error('lacks <nameField>.');
    }
    name.only('label type displayFormat startingNumber trackHistory trackFeedHistory');
    const label = name.requiredString('label');
    return name.oneOf('type', ['Text', 'AutoNumber']) === 'Text'
        ? field('Name', label, 'Text', { length: 80, required: true, source: xml.source })
        : field('Name', label, 'AutoNumber', {
              length: 80,
              readOnly: true,
              autoNumberFormat: name.requiredString('displayFormat'),
              source: xml.source,
          });
}

/** Empty for a rule that is not active. */
function readValidationRule(file: MetadataFile): readonly ValidationRule[] {
    const xml = readXml(file, 'ValidationRule').only(
        'fullName active description errorConditionFormula errorDisplayField errorMessage',
    );
    if (!xml.flag('active')) {
        return [];
    }
    return [
        {
            name: ownName(xml),
            condition: xml.requiredString('errorConditionFormula'),
            message: xml.requiredString('errorMessage'),
            errorField: xml.string('errorDisplayField'),
            source: xml.source,
        },
    ];
}

function readListView(file: MetadataFile): ListView {
    const xml = readXml(file, 'ListView').only('fullName label columns filterScope filters language sharedTo');
    return {
        developerName: ownName(xml),
        label: xml.requiredString('label'),
        columns: xml.all('columns').map((column) => apiNameOfColumn(column.text)),
        scope: xml.oneOf('filterScope', ['Everything', 'Mine']),
        filters: xml.all('filters').map((filter) => {
            const item = readFilter(filter);
            return { ...item, field: apiNameOfColumn(item.field) };
        }),
        source: xml.source,
    };
}

/** A roll-up has the type of what it sums; known only when all objects are there. */
function settleSummaries(objects: ReadonlyMap<string, ObjectType>): Map<string, ObjectType> {
    const settled = new Map(objects);
    for (const object of objects.values()) {
        const fields = new Map(object.fields);
        for (const one of object.fields.values()) {
            if (one.summary) {
                const { childObject, field: summed } = one.summary;
                const summarized = summed === null ? undefined : objects.get(childObject)?.fields.get(summed);
                const { kind = 'Number', scale = 0 } = summarized ?? {};
                fields.set(one.name, { ...one, kind, precision: 18, scale });
            }
        }
        settled.set(object.name, { ...object, fields });
    }
    return settled;
}
