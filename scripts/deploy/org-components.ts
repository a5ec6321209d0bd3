/** What an org holds, through the Metadata API: names by type, and the content of those that an admin may have changed. */
import type { Connection } from 'jsforce';
import { API_VERSION } from '../lib/connection.ts';
import { CommandError } from '../lib/errors.ts';
import type { Component } from './components.ts';

/** Full names by metadata type; a type that the org cannot use (Translations without Translation Workbench) is missing. */
export type Inventory = ReadonlyMap<string, ReadonlySet<string>>;

/** The platform's limits for one request. */
const QUERIES_PER_LIST = 3;
const NAMES_PER_READ = 10;

/** Types whose components are listed by folder only. */
const IN_FOLDERS: Readonly<Record<string, string>> = { Report: 'ReportFolder', Dashboard: 'DashboardFolder' };

/** What the org has of the components' types; everything else of the org stays unread. */
export async function readInventory(connection: Connection, components: readonly Component[]): Promise<Inventory> {
    const types = [...new Set(components.map(({ type }) => type))].sort();
    const queries = types.flatMap((type) => {
        const folderType = IN_FOLDERS[type];
        return folderType === undefined
            ? [{ type }]
            : components.flatMap((one) => (one.type === folderType ? [{ type, folder: one.fullName }] : []));
    });
    const inventory = new Map<string, Set<string>>(types.map((type) => [type, new Set()]));
    for (let start = 0; start < queries.length; start += QUERIES_PER_LIST) {
        const batch = queries.slice(start, start + QUERIES_PER_LIST);
        for (const { type, fullName } of await listUsable(connection, batch, (type) => inventory.delete(type))) {
            // Names of layouts arrive with special characters encoded, as in file names.
            inventory.get(type)?.add(decodeURIComponent(fullName));
        }
    }
    return inventory;
}

/**
 * One type that the org cannot use fails the whole request ("INVALID_TYPE: Cannot use: Translations in this organization"): then each is asked for by itself.
 */
async function listUsable(
    connection: Connection,
    queries: readonly ListQuery[],
    cannotUse: (type: string) => void,
): Promise<readonly { readonly type: string; readonly fullName: string }[]> {
    try {
        return await connection.metadata.list([...queries], API_VERSION);
    } catch (error) {
        if (!(error instanceof Error) || !/INVALID_TYPE/.test(`${error.name} ${error.message}`)) throw error;
        if (queries.length === 1) {
            queries.forEach(({ type }) => cannotUse(type));
            return [];
        }
        const lists = [];
        for (const query of queries) lists.push(await listUsable(connection, [query], cannotUse));
        return lists.flat();
    }
}

interface ListQuery {
    readonly type: string;
    readonly folder?: string;
}

export function isThere(inventory: Inventory, { type, fullName }: Pick<Component, 'type' | 'fullName'>): boolean {
    return inventory.get(type)?.has(fullName) === true;
}

/** Content by component; elements as jsforce types them. Throws CommandError for one that the org lists and does not give. */
export async function readContents(
    connection: Connection,
    components: readonly Component[],
): Promise<ReadonlyMap<Component, unknown>> {
    const contents = await readWhatIsGiven(connection, components);
    const unread = components.filter((component) => !contents.has(component)).map(({ fullName }) => fullName);
    if (unread.length > 0) {
        throw new CommandError(
            `The org lists ${unread.join(', ')}, but does not let this user read ${unread.length === 1 ? 'it' : 'them'}.`,
            'Use a user with the Customize Application and Modify Metadata permissions.',
        );
    }
    return contents;
}

async function readWhatIsGiven<T extends Pick<Component, 'type' | 'fullName'>>(
    connection: Connection,
    components: readonly T[],
): Promise<ReadonlyMap<T, unknown>> {
    const contents = new Map<T, unknown>();
    for (const type of new Set(components.map((component) => component.type))) {
        const ofType = components.filter((component) => component.type === type);
        for (let start = 0; start < ofType.length; start += NAMES_PER_READ) {
            const batch = ofType.slice(start, start + NAMES_PER_READ);
            const names = batch.map(({ fullName }) => fullName);
            for (const read of await readBatch(connection, type, names)) {
                const component = batch.find(({ fullName }) => fullName === decodeURIComponent(nameOf(read)));
                if (component !== undefined) contents.set(component, read);
            }
        }
    }
    return contents;
}

/** jsforce types `type` as the list of those it knows by heart; the platform decides. */
async function readBatch(connection: Connection, type: string, names: string[]): Promise<readonly unknown[]> {
    return connection.metadata.read(type as 'CustomField', names);
}

function nameOf(content: unknown): string {
    const name: unknown =
        typeof content === 'object' && content !== null ? Reflect.get(content, 'fullName') : undefined;
    return typeof name === 'string' ? name : '';
}

/** Pages and apps of the org's own that hold one of our components or show one of our pages: `FlexiPage:Their_Account`, with which. */
export async function findUses(
    connection: Connection,
    components: readonly Component[],
): Promise<readonly { readonly user: string; readonly used: string }[]> {
    const ours = new Set(components.map(({ type, fullName }) => `${type}:${fullName}`));
    const names = (type: string) => components.filter((one) => one.type === type).map(({ fullName }) => fullName);
    const bundles = names('LightningComponentBundle').flatMap((name) => [name, `c:${name}`]);
    const used = new Set([...bundles, ...names('FlexiPage')]);
    const queries = [{ type: 'FlexiPage' }, { type: 'CustomApplication' }];
    const users = (await connection.metadata.list(queries, API_VERSION))
        .map(({ type, fullName }) => ({ type, fullName }))
        .filter(({ type, fullName }) => !ours.has(`${type}:${fullName}`));
    // The org's default page of an object is written on the object.
    users.push({ type: 'CustomObject', fullName: 'Account' });
    // Some of a managed package's are not given; if one of those uses ours, the org will say so when it refuses the step.
    const contents = await readWhatIsGiven(connection, users);
    return users.flatMap((user) => {
        const mentions = [
            ...JSON.stringify(contents.get(user) ?? {}).matchAll(/"(?:componentName|content)":"([^"]+)"/g),
        ];
        return [...new Set(mentions.map((match) => match[1] ?? ''))]
            .filter((name) => used.has(name))
            .map((name) => ({ user: `${user.type}:${user.fullName}`, used: name }));
    });
}
