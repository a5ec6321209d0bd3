/** The project's files as the rules see them: read once, from the disk or from a test's own map. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { descendantsOf, parseXml, valueOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** What is wrong, where, and what to do about it. */
export interface Finding {
    /** Path from the project's root. */
    readonly file: string;
    readonly what: string;
    readonly todo: string;
}

export interface MetadataFile {
    readonly path: string;
    /** The name that the platform knows it by: the file name up to its suffix. */
    readonly name: string;
    readonly root: XmlElement;
}

export interface FieldMetadata extends MetadataFile {
    readonly object: string;
    readonly type: string;
    /** Always filled and always visible: the platform takes no field permission for it. */
    readonly alwaysVisible: boolean;
    /** Formula, roll-up or auto-number: nobody writes it. */
    readonly readOnly: boolean;
    /** Active and inactive values of its own value set; empty for other types. */
    readonly picklistValues: readonly string[];
}

export interface Project {
    readonly paths: readonly string[];
    read(path: string): string;
    /** Metadata of one kind by its suffix, `listView`; files that are not well-formed are left out, see `malformed`. */
    metadata(suffix: string): readonly MetadataFile[];
    readonly malformed: readonly Finding[];
    /** By API name; standard objects too where the project adds fields to them. */
    readonly fields: ReadonlyMap<string, ReadonlyMap<string, FieldMetadata>>;
}

/** Reads the project under `root`: what git tracks or would track, or every file where there is no git. */
export function readProject(root: string): Project {
    return projectOf(listFiles(root), (path) => readFileSync(join(root, path), 'utf8'));
}

/** A project from file contents by path, for tests. */
export function projectFrom(contents: Readonly<Record<string, string>>): Project {
    return projectOf(Object.keys(contents), (path) => {
        const text = contents[path];
        if (text === undefined) throw new Error(`There is no ${path}.`);
        return text;
    });
}

function listFiles(root: string): string[] {
    if (!existsSync(join(root, '.git'))) {
        const ignored = /(^|\/)(node_modules|\.cache|\.local-org|coverage|dist|\.git)(\/|$)/;
        return globSync('**/*.*', { cwd: root, exclude: (path) => ignored.test(path) }).sort();
    }
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
    });
    const paths = new Set(listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path))));
    return [...paths].sort();
}

function projectOf(paths: readonly string[], read: (path: string) => string): Project {
    const malformed: Finding[] = [];
    const bySuffix = new Map<string, MetadataFile[]>();
    for (const path of paths) {
        const match = /^(?<name>.+)\.(?<suffix>[A-Za-z]+)-meta\.xml$/.exec(basename(path));
        if (!path.startsWith('force-app/') || match?.groups === undefined) continue;
        const { name = '', suffix = '' } = match.groups;
        try {
            const file = { path, name: decodeURIComponent(name), root: parseXml(read(path)) };
            bySuffix.set(suffix, [...(bySuffix.get(suffix) ?? []), file]);
        } catch (error) {
            const what = error instanceof Error ? error.message : String(error);
            malformed.push({ file: path, what: `not well-formed: ${what}`, todo: 'repair the XML' });
        }
    }
    const metadata = (suffix: string) => bySuffix.get(suffix) ?? [];
    return { paths, read, metadata, malformed, fields: fieldsByObject(metadata('field'), metadata('object')) };
}

function fieldsByObject(
    fields: readonly MetadataFile[],
    objects: readonly MetadataFile[],
): ReadonlyMap<string, ReadonlyMap<string, FieldMetadata>> {
    const result = new Map<string, Map<string, FieldMetadata>>(objects.map((object) => [object.name, new Map()]));
    for (const file of fields) {
        const object = /objects\/([^/]+)\/fields\//.exec(file.path)?.[1] ?? '';
        const type = valueOf(file.root, 'type') ?? '';
        const ofObject = result.get(object) ?? new Map<string, FieldMetadata>();
        ofObject.set(file.name, {
            ...file,
            object,
            type,
            alwaysVisible: valueOf(file.root, 'required') === 'true' || type === 'MasterDetail',
            readOnly: valueOf(file.root, 'formula') !== undefined || type === 'Summary' || type === 'AutoNumber',
            picklistValues: descendantsOf(file.root, 'value').flatMap((value) => valueOf(value, 'fullName') ?? []),
        });
        result.set(object, ofObject);
    }
    return result;
}
