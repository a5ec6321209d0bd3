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
     * `folders`: in folders that are metadata themselves (reports). `content`: a file of any kind, described by the one beside it.
     */
    readonly shape: 'file' | 'object' | 'bundle' | 'folders' | 'content';
    /** Has no page here: checked, kept, not shown. */
    readonly deployOnly: boolean;
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
    deployOnly: false,
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
    kind('ReportType', 'reportTypes', 'reportType', { deployOnly: true }),
    kind('Report', 'reports', 'report', { shape: 'folders', deployOnly: true }),
    kind('Dashboard', 'dashboards', 'dashboard', { shape: 'folders', deployOnly: true }),
    kind('QuickAction', 'quickActions', 'quickAction', { deployOnly: true }),
    kind('StaticResource', 'staticresources', 'resource', { shape: 'content', deployOnly: true }),
    kind('Translations', 'translations', 'translation', { deployOnly: true }),
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
    readonly fullName: string;
    /** Whether the file is the one with the metadata's XML; a bundle's and a resource's other files are not. */
    readonly isDefinition: boolean;
}

/** Type and full name of a file in source format; says what to do when nothing fits its path. */
export function identify(
    path: string,
): Identity | { readonly type: string; readonly fullName: string; readonly message: string } {
    const [folder = '', ...rest] = path.split('/');
    const kindOfFolder = KINDS.find((one) => one.folder === folder);
    const refused = REFUSED[folder];
    if (!kindOfFolder) {
        const fullName = (rest.at(-1) ?? '').replace(/\.[^.]+(-meta\.xml)?$/, '');
        return refused
            ? {
                  type: refused[0],
                  fullName,
                  message: `the local org cannot hold ${refused[1]}; take it out of the package.`,
              }
            : {
                  type: '',
                  fullName: '',
                  message: `the local org does not know the folder ${folder}; it holds ${KINDS.map((one) => one.folder).join(', ')}.`,
              };
    }
    return { type: kindOfFolder.type, fullName: rest.join('/'), isDefinition: true };
}
