import { checkMetadata } from './check/index.ts';
import type { MetadataFile, MetadataProblem } from './files.ts';
import { identify } from './kinds.ts';
import { readComponent } from './read-components.ts';
import { readLayout } from './read-layouts.ts';
import { readObjects } from './read-objects.ts';
import { readApplication, readFlexiPage, readTab } from './read-pages.ts';
import { readPermissionSet } from './read-permission-sets.ts';
import { readMetadataRecord } from './read-records.ts';
import type { CustomLabel, Layout, Schema } from './schema.ts';
import { ProblemList } from './problems.ts';
import { readXml, sourceOf } from './xml.ts';

/**
 * Reads a complete set of files into one schema. Never throws for bad metadata: every file's mistakes are collected, checkMetadata()'s among them.
 * The schema is usable only when there are no problems; no files at all are an org with the built-in objects.
 */
export function readMetadata(
    files: readonly MetadataFile[],
    apiVersion: string,
): { readonly schema: Schema; readonly problems: readonly MetadataProblem[] } {
    const problems = new ProblemList();
    const definitions = definitionsByFolder(files, problems);
    const filesOf = (folder: string): readonly MetadataFile[] => definitions.get(folder) ?? [];
    /** What can be read of a folder; a file that cannot be is a problem. */
    const read = <T>(folder: string, reader: (file: MetadataFile) => T): readonly T[] =>
        filesOf(folder).flatMap((file) => problems.attempt(() => [reader(file)]) ?? []);

    const objects = readObjects(filesOf('objects'), problems);
    const schema: Schema = {
        apiVersion,
        objects,
        metadataRecords: read('customMetadata', (file) => readMetadataRecord(file, objects)),
        permissionSets: byName(read('permissionsets', readPermissionSet)),
        customPermissions: read('customPermissions', (file) => {
            const xml = readXml(file, 'CustomPermission');
            return xml.only('label description isLicensed requiredPermission').source.fullName;
        }),
        tabs: byName(read('tabs', (file) => readTab(file, objects))),
        applications: byName(read('applications', readApplication)),
        flexiPages: byName(read('flexipages', readFlexiPage)),
        layouts: oneForEachObject(
            read('layouts', (file) => readLayout(file, objects)),
            problems,
        ),
        labels: byName(read('labels', readLabels).flat()),
        components: byName(read('lwc', readComponent)),
    };
    return { schema, problems: [...problems.problems, ...checkMetadata(schema, files)] };
}

/** Files with metadata's XML, by folder and in the order of their paths. What lies or is called wrong, or is there twice, is a problem. */
function definitionsByFolder(
    files: readonly MetadataFile[],
    problems: ProblemList,
): ReadonlyMap<string, readonly MetadataFile[]> {
    const definitions = new Map<string, MetadataFile[]>();
    const known = new Map<string, MetadataFile>();
    for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
        const { isDefinition, problem } = identify(file.path);
        const other = known.get(file.path);
        known.set(file.path, file);
        if (problem !== null || other) {
            problems.add(sourceOf(file), problem ?? `is there twice: ${other?.shown} says it as well; keep one.`);
        } else if (isDefinition) {
            const folder = file.path.slice(0, file.path.indexOf('/'));
            definitions.set(folder, [...(definitions.get(folder) ?? []), file]);
        }
    }
    return definitions;
}

function byName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T> {
    return new Map(items.map((item) => [item.name, item]));
}

/** Which of several layouts a user sees follows from profiles and record types, which the local org does not have. */
function oneForEachObject(layouts: readonly Layout[], problems: ProblemList): Map<string, Layout> {
    const byObject = new Map<string, Layout>();
    for (const layout of layouts) {
        const other = byObject.get(layout.objectName);
        if (other) {
            problems.add(layout.source, `is another layout of ${layout.objectName} beside ${other.name}; keep one.`);
        }
        byObject.set(layout.objectName, layout);
    }
    return byObject;
}

function readLabels(file: MetadataFile): readonly CustomLabel[] {
    return readXml(file, 'CustomLabels')
        .only('labels')
        .all('labels')
        .map((label) => {
            label.only('fullName categories language protected shortDescription value');
            const [name, value] = [label.requiredString('fullName'), label.requiredString('value')];
            return { name, value };
        });
}
