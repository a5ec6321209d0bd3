/** What the project brings, as the Metadata API names it: read from the files' places, so that a plan can be made before anything is sent. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** Package directories under force-app. `main` always travels, the others when asked for; each may be missing in a project. */
export const DIRECTORIES = ['main', 'account-fields', 'translations'] as const;
export type Directory = (typeof DIRECTORIES)[number];

export interface Component {
    /** Metadata API name: `CustomField`. */
    readonly type: string;
    /** `Account.ARR__c`, `Playbook_Trigger.Renewal`, `Reports/Runs`. */
    readonly fullName: string;
    readonly directory: Directory;
    /** Paths from the project's root; all files of a bundle. Labels share one. */
    readonly files: readonly string[];
}

/** `FlexiPage:Account_Success`: how a component is named on the command line. */
export function nameFor({ type, fullName }: Pick<Component, 'type' | 'fullName'>): string {
    return `${type}:${fullName}`;
}

/** Files with one component each, by folder of `default`. */
const SINGLE_FILES: Readonly<Record<string, string>> = {
    applications: 'CustomApplication',
    customMetadata: 'CustomMetadata',
    customPermissions: 'CustomPermission',
    dashboards: 'Dashboard',
    flexipages: 'FlexiPage',
    layouts: 'Layout',
    permissionsets: 'PermissionSet',
    quickActions: 'QuickAction',
    reports: 'Report',
    reportTypes: 'ReportType',
    staticresources: 'StaticResource',
    tabs: 'CustomTab',
    translations: 'Translations',
};

const OBJECT_PARTS: Readonly<Record<string, string>> = {
    compactLayouts: 'CompactLayout',
    fields: 'CustomField',
    listViews: 'ListView',
    validationRules: 'ValidationRule',
};

/** Folders of reports and dashboards are listed and deleted under types of their own. */
const FOLDER_TYPES: Readonly<Record<string, string>> = { reports: 'ReportFolder', dashboards: 'DashboardFolder' };

/** Never part of a deploy. Scripts are not either: they are the output of an earlier build, perhaps of files that are gone; a deploy builds them anew. */
const STAYS_HERE = /(^|\/)(__tests__|\.eslintrc\.json|[jt]sconfig\.json)(\/|$)|\/lwc\/.*\.js$/;

/** Files that belong to a deploy, TypeScript included; paths from the project's root. */
export function deployFiles(projectRoot: string, directories: readonly Directory[]): string[] {
    return directories
        .flatMap((directory) => globSync(`force-app/${directory}/**/*.*`, { cwd: projectRoot }))
        .map((path) => path.replaceAll('\\', '/'))
        .filter((path) => !STAYS_HERE.test(path))
        .sort();
}

/** Every component of the directories. Throws for a file in a folder of no known kind: it could be neither planned nor removed. */
export function readComponents(projectRoot: string, directories: readonly Directory[]): Component[] {
    return componentsOf(deployFiles(projectRoot, directories), (path) => readFileSync(join(projectRoot, path), 'utf8'));
}

/** The components that the files at these paths are, in the order of their paths. */
export function componentsOf(paths: readonly string[], read: (path: string) => string): Component[] {
    const components = new Map<string, Component>();
    for (const path of paths) {
        const [, directory, place] = /^force-app\/([^/]+)(?:\/main)?\/default\/(.+)$/.exec(path) ?? [];
        const known = DIRECTORIES.find((one) => one === directory);
        const named = known === undefined || place === undefined ? [] : nameFile(place, () => read(path));
        if (known === undefined || named.length === 0) {
            throw new Error(`${path}: no kind of metadata that a deploy of this project knows lies there.`);
        }
        for (const { type, fullName } of named) {
            const before = components.get(`${type} ${fullName}`);
            const files = [...(before?.files ?? []), path];
            components.set(`${type} ${fullName}`, { type, fullName, directory: known, files });
        }
    }
    return [...components.values()];
}

/** What a file is, by its path below `default`; several for labels, none when nothing fits. */
function nameFile(place: string, read: () => string): { type: string; fullName: string }[] {
    const [folder = '', ...below] = place.split('/');
    const name = decodeURIComponent(basename(place).replace(/\.[A-Za-z]+(-meta\.xml)?$/, ''));
    const [first = '', part = ''] = below;
    if (folder === 'labels') {
        return labelNames(read()).map((fullName) => ({ type: 'CustomLabel', fullName }));
    }
    if (folder === 'lwc') {
        return below.length > 1 ? [{ type: 'LightningComponentBundle', fullName: first }] : [];
    }
    if (folder === 'objects') {
        const type = below.length === 2 ? 'CustomObject' : OBJECT_PARTS[part];
        return type === undefined ? [] : [{ type, fullName: below.length === 2 ? name : `${first}.${name}` }];
    }
    const type = place.endsWith('Folder-meta.xml') ? FOLDER_TYPES[folder] : SINGLE_FILES[folder];
    return type === undefined ? [] : [{ type, fullName: [...below.slice(0, -1), name].join('/') }];
}

const labels = new XMLParser({ parseTagValue: false, isArray: (tag) => tag === 'labels' });

function labelNames(xml: string): string[] {
    const file: unknown = labels.parse(xml);
    const list = childOf(childOf(file, 'CustomLabels'), 'labels');
    return Array.isArray(list) ? list.flatMap((label: unknown) => textOf(childOf(label, 'fullName'))) : [];
}

function childOf(node: unknown, name: string): unknown {
    return typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined;
}

function textOf(value: unknown): string[] {
    return typeof value === 'string' ? [value] : [];
}
