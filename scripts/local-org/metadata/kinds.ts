/**
 * The kinds of metadata that the local org takes: which files they are in source format, and which entries in a deploy's zip. The folder is the same in both;
 * a zip's file lacks `-meta.xml`, and what is below an object in source format is inside `objects/X.object` there.
 */
export interface MetadataKind {
    /** Metadata API name: `CustomObject`. */
    readonly type: string;
    /** `objects`. */
    readonly folder: string;
    /** Without a dot: `object`. */
    readonly suffix: string;
    /**
     * `file`: one file each. `object`: a folder of an object and its parts. `bundle`: a folder of files of any kind, described by `X/X.js-meta.xml`.
     * `folders`: in folders that are metadata themselves (reports).
     */
    readonly shape: 'file' | 'object' | 'bundle' | 'folders';
    readonly children: readonly ChildKind[];
}

/** A part of another kind that package.xml can name: `CustomField`, in `objects/X/fields/F.field-meta.xml`, `<fields>` in `objects/X.object`. */
export interface ChildKind {
    readonly type: string;
    /** Folder in source format, and the element in the parent's file. */
    readonly folder: string;
    /** Null: the part has no file of its own in source format either (a label). */
    readonly suffix: string | null;
}

const kind = (type: string, folder: string, suffix: string, more: Partial<MetadataKind> = {}): MetadataKind => ({
    type,
    folder,
    suffix,
    shape: 'file',
    children: [],
    ...more,
});

export const KINDS: readonly MetadataKind[] = [
    kind('CustomObject', 'objects', 'object', {
        shape: 'object',
        children: [
            { type: 'CustomField', folder: 'fields', suffix: 'field' },
            { type: 'ValidationRule', folder: 'validationRules', suffix: 'validationRule' },
            { type: 'ListView', folder: 'listViews', suffix: 'listView' },
            { type: 'CompactLayout', folder: 'compactLayouts', suffix: 'compactLayout' },
        ],
    }),
    kind('CustomMetadata', 'customMetadata', 'md'),
    kind('PermissionSet', 'permissionsets', 'permissionset'),
    kind('CustomTab', 'tabs', 'tab'),
    kind('CustomApplication', 'applications', 'app'),
    kind('FlexiPage', 'flexipages', 'flexipage'),
    kind('Layout', 'layouts', 'layout'),
    kind('CustomLabels', 'labels', 'labels', {
        children: [{ type: 'CustomLabel', folder: 'labels', suffix: null }],
    }),
    kind('CustomPermission', 'customPermissions', 'customPermission'),
    kind('LightningComponentBundle', 'lwc', 'js', { shape: 'bundle' }),
    kind('ReportType', 'reportTypes', 'reportType'),
    kind('Report', 'reports', 'report', { shape: 'folders' }),
    kind('Dashboard', 'dashboards', 'dashboard', { shape: 'folders' }),
    kind('Translations', 'translations', 'translation'),
];

/** Kinds that projects often have and the local org refuses by name: folder → type and words. */
const REFUSED: Readonly<Record<string, readonly [type: string, words: string]>> = {
    classes: ['ApexClass', 'Apex classes'],
    triggers: ['ApexTrigger', 'Apex triggers'],
    pages: ['ApexPage', 'Visualforce pages'],
    components: ['ApexComponent', 'Visualforce components'],
    aura: ['AuraDefinitionBundle', 'Aura components'],
    flows: ['Flow', 'flows'],
    flowDefinitions: ['FlowDefinition', 'flow definitions'],
    profiles: ['Profile', 'profiles'],
    quickActions: ['QuickAction', 'quick actions'],
    staticresources: ['StaticResource', 'static resources'],
    permissionsetgroups: ['PermissionSetGroup', 'permission set groups'],
    settings: ['Settings', 'settings'],
    globalValueSets: ['GlobalValueSet', 'global value sets'],
    standardValueSets: ['StandardValueSet', 'standard value sets'],
    objectTranslations: ['CustomObjectTranslation', 'object translations'],
    email: ['EmailTemplate', 'email templates'],
    workflows: ['Workflow', 'workflows'],
    sharingRules: ['SharingRules', 'sharing rules'],
    roles: ['Role', 'roles'],
    groups: ['Group', 'groups'],
    queues: ['Queue', 'queues'],
    recordTypes: ['RecordType', 'record types'],
    fieldSets: ['FieldSet', 'field sets'],
    webLinks: ['WebLink', 'links and buttons'],
    businessProcesses: ['BusinessProcess', 'business processes'],
    sharingReasons: ['SharingReason', 'sharing reasons'],
    indexes: ['Index', 'indexes'],
};

/** What a file in source format is. */
export interface Identity {
    readonly type: string;
    /** As package.xml names it: `Playbook__c.Key__c`, `Folder/Report`. */
    readonly fullName: string;
    /** Whether the file has the metadata's XML; a bundle's other files have not. */
    readonly isDefinition: boolean;
    /** What is wrong with the path and what to do; null: it fits. */
    readonly problem: string | null;
}

const API_NAME = '[A-Za-z]\\w*';
/** Patterns of full names, by type, where they are no API names. */
const NAMES: Readonly<Record<string, { readonly pattern: string; readonly as: string }>> = {
    CustomMetadata: { pattern: `${API_NAME}\\.${API_NAME}`, as: 'Type.Name' },
    Layout: { pattern: `${API_NAME}-.+`, as: 'Object-Name' },
    CustomLabels: { pattern: 'CustomLabels', as: 'CustomLabels' },
    Report: { pattern: `(?:${API_NAME}/)+${API_NAME}`, as: 'Folder/Name' },
    Dashboard: { pattern: `(?:${API_NAME}/)+${API_NAME}`, as: 'Folder/Name' },
    ReportFolder: { pattern: `(?:${API_NAME}/)*${API_NAME}`, as: 'Folder' },
    DashboardFolder: { pattern: `(?:${API_NAME}/)*${API_NAME}`, as: 'Folder' },
};

/** Type and full name of a file in source format. A path that fits no kind has a `problem`, and as much of the rest as it tells. */
export function identify(path: string): Identity {
    const [folder = '', ...parts] = path.split('/');
    const found = KINDS.find((one) => one.folder === folder);
    const below = parts.join('/');
    const [first = ''] = parts;
    if (!found) {
        return refused(folder, baseName(below), `holds the folders ${KINDS.map((one) => one.folder).join(', ')}`);
    }
    switch (found.shape) {
        case 'file':
            return named(found.type, found.folder, below, found.suffix);
        case 'object':
            return partOfObject(found, first, parts.slice(1));
        case 'folders':
            return below.endsWith(`.${found.suffix}Folder-meta.xml`)
                ? named(`${found.type}Folder`, found.folder, below, `${found.suffix}Folder`)
                : named(found.type, found.folder, below, found.suffix);
        case 'bundle':
            return {
                type: found.type,
                fullName: first,
                isDefinition: below === `${first}/${first}.js-meta.xml`,
                problem:
                    parts.length > 1 && /^[a-z]\w*$/.test(first)
                        ? null
                        : `is not in a component's folder: ${folder}/name, a small letter first, then letters, digits and _.`,
            };
    }
}

/** The path in source format of a file in a deploy's zip; `objects/X.object` becomes the object's own file, whose parts have files of their own. */
export function sourcePathOf(entry: string): string {
    const [folder = '', ...parts] = entry.split('/');
    const found = KINDS.find((one) => one.folder === folder);
    switch (found?.shape) {
        case 'object': {
            const name = baseName(entry);
            return `${folder}/${name}/${parts.join('/')}-meta.xml`;
        }
        case 'folders':
            return entry.endsWith('-meta.xml')
                ? entry.replace(/-meta\.xml$/, `.${found.suffix}Folder-meta.xml`)
                : `${entry}-meta.xml`;
        case 'file':
            return `${entry}-meta.xml`;
        default:
            return entry;
    }
}

/** The file in a zip that a file in source format is in. */
export function zipPathOf(path: string): string {
    const [folder = '', name = ''] = path.split('/');
    const found = KINDS.find((one) => one.folder === folder);
    switch (found?.shape) {
        case 'object':
            return `${folder}/${name}.${found.suffix}`;
        case 'folders':
            return path
                .replace(`.${found.suffix}Folder-meta.xml`, '-meta.xml')
                .replace(`.${found.suffix}-meta.xml`, `.${found.suffix}`);
        case 'file':
            return path.replace(/-meta\.xml$/, '');
        default:
            return path;
    }
}

function partOfObject(objects: MetadataKind, object: string, parts: readonly string[]): Identity {
    const [folder = '', ...rest] = parts;
    if (rest.length === 0) {
        const inOwnFolder = folder.startsWith(`${object}.`);
        const identity = named(objects.type, `${objects.folder}/${object}`, folder, objects.suffix);
        return inOwnFolder || identity.problem !== null
            ? identity
            : {
                  ...identity,
                  problem: `lies in the folder of ${object}; move it to ${objects.folder}/${identity.fullName}.`,
              };
    }
    const child = objects.children.find((one) => one.folder === folder);
    if (!child) {
        const known = objects.children.map((one) => one.folder).join(', ');
        return refused(folder, `${object}.${baseName(rest.join('/'))}`, `holds ${known} of an object`);
    }
    const identity = named(child.type, `${objects.folder}/${object}/${folder}`, rest.join('/'), child.suffix ?? '');
    return { ...identity, fullName: `${object}.${identity.fullName}` };
}

/** `below`: the path in the kind's folder. */
function named(type: string, folder: string, below: string, suffix: string): Identity {
    const { pattern, as } = NAMES[type] ?? { pattern: API_NAME, as: 'Name' };
    const fullName = new RegExp(`^(${pattern})\\.${suffix}-meta\\.xml$`).exec(below)?.[1];
    return {
        type,
        fullName: fullName ?? baseName(below),
        isDefinition: true,
        problem:
            fullName === undefined
                ? `must be called ${folder}/${as}.${suffix}-meta.xml (in a package without -meta.xml), as it is a ${type}; names have a letter first, then letters, digits and _.`
                : null,
    };
}

function refused(folder: string, fullName: string, holds: string): Identity {
    const [type, words] = REFUSED[folder] ?? ['', null];
    const problem =
        words === null
            ? `the local org does not know the folder ${folder}; it ${holds}. Take it out of the package.`
            : `the local org cannot hold ${words}; take it out of the package.`;
    return { type, fullName, isDefinition: false, problem };
}

/** `a/B.page-meta.xml` → `B`. */
function baseName(path: string): string {
    const name = path.split('/').at(-1) ?? '';
    return name.replace(/-meta\.xml$/, '').replace(/\.[^.]*$/, '');
}
