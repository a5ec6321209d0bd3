import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { checkPages } from './check-pages.ts';
import { readLayout } from './read-layouts.ts';
import { assembleObjects, readObjectFolder, type ObjectSource } from './read-objects.ts';
import { readApplication, readFlexiPage, readTab } from './read-pages.ts';
import { readPermissionSet } from './read-permission-sets.ts';
import { readMetadataRecord } from './read-records.ts';
import type { CustomLabel, Layout, Schema } from './schema.ts';
import { standardObjects } from './standard-objects.ts';
import { MetadataError, readXml } from './xml.ts';

/** Folders that a deploy takes to a real org and that have no page here. */
const DEPLOY_ONLY = ['reportTypes', 'reports', 'dashboards', 'settings', 'quickActions'];
/** Built and served by browser/. */
const BUILT_ELSEWHERE = ['lwc', 'staticresources'];
const READ = [
    'objects',
    'customMetadata',
    'permissionsets',
    'tabs',
    'applications',
    'flexipages',
    'layouts',
    'labels',
    'customPermissions',
];

const projectFile = z.object({
    packageDirectories: z.array(z.object({ path: z.string() })),
    sourceApiVersion: z.string(),
});

/**
 * Reads every package directory of sfdx-project.json into one schema.
 * Throws MetadataError, naming the file, for whatever it does not support or a deploy would refuse.
 */
export function readProject(projectRoot: string): Schema {
    const project = projectFile.parse(JSON.parse(readFileSync(join(projectRoot, 'sfdx-project.json'), 'utf8')));
    const directories = project.packageDirectories
        .flatMap(({ path }) => [join(projectRoot, path, 'main', 'default'), join(projectRoot, path, 'default')])
        .filter((directory) => existsSync(directory));
    for (const directory of directories) {
        refuseUnknownFolders(projectRoot, directory);
    }
    const files = (folder: string, suffix: string): readonly string[] =>
        directories.flatMap((directory) => filesIn(projectRoot, join(directory, folder), suffix));

    const objects = assembleObjects(standardObjects(), readObjectFolders(projectRoot, directories));
    const tabs = files('tabs', '.tab-meta.xml').map((path) => readTab(projectRoot, path, objects));
    const schema: Schema = {
        apiVersion: project.sourceApiVersion,
        objects,
        metadataRecords: files('customMetadata', '.md-meta.xml').map((path) =>
            readMetadataRecord(projectRoot, path, objects),
        ),
        permissionSets: byName(
            files('permissionsets', '.permissionset-meta.xml').map((path) =>
                readPermissionSet(projectRoot, path, objects),
            ),
        ),
        customPermissions: files('customPermissions', '.customPermission-meta.xml').map((path) => {
            readXml(projectRoot, path, 'CustomPermission').only(
                'label',
                'description',
                'isLicensed',
                'requiredPermission',
            );
            return path.replace(/^.*[\\/]/, '').replace('.customPermission-meta.xml', '');
        }),
        tabs: byName(tabs),
        applications: byName(files('applications', '.app-meta.xml').map((path) => readApplication(projectRoot, path))),
        flexiPages: byName(files('flexipages', '.flexipage-meta.xml').map((path) => readFlexiPage(projectRoot, path))),
        layouts: oneForEachObject(
            files('layouts', '.layout-meta.xml').map((path) => readLayout(projectRoot, path, objects)),
        ),
        labels: readLabels(projectRoot, files('labels', '.labels-meta.xml')),
        components: new Map(),
        deployOnly: DEPLOY_ONLY.filter((folder) =>
            directories.some((directory) => existsSync(join(directory, folder))),
        ),
    };
    checkPages(schema);
    return schema;
}

function byName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T> {
    return new Map(items.map((item) => [item.name, item]));
}

/** Which of several layouts a user sees follows from profiles and record types, which the local org does not have. */
function oneForEachObject(layouts: readonly Layout[]): Map<string, Layout> {
    const byObject = new Map<string, Layout>();
    for (const layout of layouts) {
        const other = byObject.get(layout.objectName);
        if (other) {
            throw new MetadataError(
                layout.source,
                `is another layout of ${layout.objectName} beside ${other.name}; keep one.`,
            );
        }
        byObject.set(layout.objectName, layout);
    }
    return byObject;
}

function refuseUnknownFolders(projectRoot: string, directory: string): void {
    for (const entry of readdirSync(directory)) {
        if (![...READ, ...DEPLOY_ONLY, ...BUILT_ELSEWHERE].includes(entry)) {
            throw new MetadataError(
                relative(projectRoot, join(directory, entry)),
                'the local org does not know this kind of metadata. Teach scripts/local-org/metadata/read-project.ts to read it or to name it as deploy-only.',
            );
        }
    }
}

function filesIn(projectRoot: string, folder: string, suffix: string): readonly string[] {
    if (!existsSync(folder)) {
        return [];
    }
    return readdirSync(folder)
        .sort()
        .map((name) => {
            if (!name.endsWith(suffix)) {
                throw new MetadataError(relative(projectRoot, join(folder, name)), `files here end in ${suffix}.`);
            }
            return join(folder, name);
        });
}

function readObjectFolders(projectRoot: string, directories: readonly string[]): readonly ObjectSource[] {
    return directories.flatMap((directory) => {
        const folder = join(directory, 'objects');
        return existsSync(folder)
            ? readdirSync(folder)
                  .sort()
                  .map((name) => readObjectFolder(projectRoot, join(folder, name), name))
            : [];
    });
}

function readLabels(projectRoot: string, paths: readonly string[]): ReadonlyMap<string, CustomLabel> {
    const labels = new Map<string, CustomLabel>();
    for (const path of paths) {
        for (const label of readXml(projectRoot, path, 'CustomLabels').only('labels').all('labels')) {
            label.only('fullName', 'categories', 'language', 'protected', 'shortDescription', 'value');
            const name = label.requiredString('fullName');
            if (labels.has(name)) {
                throw label.error(`the label ${name} is there twice.`);
            }
            labels.set(name, {
                name,
                value: label.string('value') ?? '',
                description: label.string('shortDescription'),
            });
        }
    }
    return labels;
}
