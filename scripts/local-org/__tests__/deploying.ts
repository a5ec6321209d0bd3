/** Deploys to a running test org without the Metadata API: the store's install with some files changed. */
import assert from 'node:assert/strict';
import type { MetadataFile } from '../metadata/files.ts';
import type { InstallOptions } from '../store/store.ts';
import type { TestOrg } from './fixture.ts';
import { permissionSet, PROJECT, type Files } from './small-project.ts';

/** Brings files by a deploy, on top of what the org has; null takes one away. */
export function deploy(
    org: TestOrg,
    changes: Readonly<Record<string, string | null>>,
    options: InstallOptions = {},
): void {
    org.org.store.install(withChanges(org, changes), 'deploy', options);
}

export function withChanges(org: TestOrg, changes: Readonly<Record<string, string | null>>): readonly MetadataFile[] {
    const kept = org.org.store.files().filter((file) => !(file.path in changes));
    const brought = Object.entries(changes).flatMap(([path, content]) =>
        content === null ? [] : [{ path, shown: path.replace('-meta.xml', ''), content, firstLine: 1 }],
    );
    return [...kept, ...brought];
}

/** Null for each file, to take them away. */
export const without = (files: Files): Readonly<Record<string, null>> =>
    Object.fromEntries(Object.keys(files).map((path) => [path, null]));

/** What the product's permission sets name must go with it. */
export const NO_SETS = without({
    ...permissionSet('Driver', [], {}),
    ...permissionSet('Watcher', [], {}),
    ...permissionSet('Office', [], {}),
});

export const changedField = (path: string, from: string, to: string): Files => {
    const content = PROJECT[path] ?? '';
    assert.ok(content.includes(from), `${path} has ${from}`);
    return { [path]: content.replace(from, to) };
};
export const pathOf = (target: string, name: string): string => `objects/${target}/fields/${name}.field-meta.xml`;
export const SEEN = permissionSet('Seen', [{ object: 'Route__c' }, { object: 'Stop__c' }], {});
