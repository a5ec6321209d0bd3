import { buffer } from 'node:stream/consumers';
import { Connection } from 'jsforce';
import { ZipFile } from 'yazl';
import { at, type TestOrg } from '../../__tests__/fixture.ts';

/** Content by path in the zip. */
export type ZipContent = Readonly<Record<string, string | Buffer>>;

export async function zipOf(content: ZipContent): Promise<Buffer> {
    const zip = new ZipFile();
    for (const [path, text] of Object.entries(content)) {
        zip.addBuffer(Buffer.from(text), path);
    }
    zip.end();
    return buffer(zip.outputStream);
}

/** A package.xml, or destructive changes: full names by type. */
export function manifest(members: Readonly<Record<string, readonly string[]>>): string {
    const types = Object.entries(members).map(
        ([type, names]) =>
            `    <types>\n${names.map((name) => `        <members>${name}</members>\n`).join('')}        <name>${type}</name>\n    </types>\n`,
    );
    return `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
${types.join('')}    <version>67.0</version>
</Package>
`;
}

/** A file in metadata format, an element a line. */
export function metadata(root: string, ...lines: readonly string[]): string {
    return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
${lines.join('\n')}
</${root}>
`;
}

/** Lines of an object of its own name field, without fields. */
export const BOAT = [
    '<label>Boat</label>',
    '<pluralLabel>Boats</pluralLabel>',
    '<nameField>',
    '<label>Name</label>',
    '<type>Text</type>',
    '</nameField>',
    '<sharingModel>ReadWrite</sharingModel>',
    '<deploymentStatus>Deployed</deploymentStatus>',
];

/** Lines of a text field in an object's file. */
export const textField = (name: string, length = 10): readonly string[] => [
    '<fields>',
    `<fullName>${name}</fullName>`,
    `<label>${name}</label>`,
    `<length>${length}</length>`,
    '<type>Text</type>',
    '</fields>',
];

export interface Told {
    readonly type: string;
    readonly name: string;
    readonly file: string;
    readonly line: number | null;
    readonly problem: string;
}

export interface Result {
    readonly status: string;
    /** `created CustomField Boat__c.Length__c`. */
    readonly done: readonly string[];
    readonly failures: readonly Told[];
    readonly raw: unknown;
}

export function connectionOf(org: TestOrg, user = 'sam'): Connection {
    const connection = new Connection({ instanceUrl: org.org.url, accessToken: org.tokenOf(user), version: '67.0' });
    connection.metadata.pollInterval = 20;
    return connection;
}

/** Deploys with jsforce as it comes, and waits for the end. */
export async function deployTo(
    org: TestOrg,
    content: ZipContent | Buffer,
    options: { readonly checkOnly?: boolean } = {},
    user = 'sam',
): Promise<Result> {
    const zip = Buffer.isBuffer(content) ? content : await zipOf(content);
    const raw: unknown = await connectionOf(org, user).metadata.deploy(zip, options).complete(true);
    return {
        status: String(at(raw, 'status')),
        done: list(at(raw, 'details', 'componentSuccesses')).map((one) => {
            const what = ['created', 'deleted', 'changed'].find((word) => at(one, word) === true) ?? 'unchanged';
            return `${what} ${String(at(one, 'componentType'))} ${String(at(one, 'fullName'))}`;
        }),
        failures: list(at(raw, 'details', 'componentFailures')).map((one) => ({
            type: String(at(one, 'componentType')),
            name: String(at(one, 'fullName')),
            file: String(at(one, 'fileName')),
            line: at(one, 'lineNumber') === undefined ? null : Number(at(one, 'lineNumber')),
            problem: String(at(one, 'problem')),
        })),
        raw,
    };
}

function list(value: unknown): readonly unknown[] {
    if (Array.isArray(value)) {
        const items: readonly unknown[] = value;
        return items;
    }
    return value === undefined || value === null ? [] : [value];
}
