import type { MetadataProblem } from '../metadata/files.ts';
import { malformed, parseXml, type XmlElement } from '../metadata/xml.ts';

/** What a package.xml or destructiveChanges.xml names. */
export interface ManifestMember {
    /** Metadata API name, as written. */
    readonly type: string;
    /** `Playbook__c.Key__c`, or `*`. */
    readonly fullName: string;
    /** In the manifest, from 1. */
    readonly line: number;
    readonly column: number;
}

export interface Manifest {
    /** In the zip: `package.xml`. */
    readonly shown: string;
    readonly members: readonly ManifestMember[];
    readonly problems: readonly MetadataProblem[];
}

/** Elements of a package.xml besides types and version; they say something about a package as a product, which no deploy to an org uses. */
const DESCRIPTION = [
    'fullName',
    'description',
    'apiAccessLevel',
    'namespacePrefix',
    'setupWeblink',
    'uninstallClass',
    'postInstallClass',
];

/** Reads a manifest; mistakes are in `problems`. */
export function readManifest(shown: string, content: string): Manifest {
    const name = shown.slice(shown.lastIndexOf('/') + 1);
    const file = { path: name, shown, content, firstLine: 1 };
    const root = parseXml(file);
    if (!root) {
        return { shown, members: [], problems: malformed(file).map((one) => ({ ...one, type: '', fullName: name })) };
    }
    const problems: MetadataProblem[] = [];
    const report = (element: XmlElement, message: string): void => {
        const { line, column } = element;
        problems.push({ file: shown, type: '', fullName: name, line, column, message });
    };
    const members: ManifestMember[] = [];
    if (root.name !== 'Package' || root.attribute('xmlns') !== 'http://soap.sforce.com/2006/04/metadata') {
        report(root, 'The root has to be <Package xmlns="http://soap.sforce.com/2006/04/metadata">.');
    }
    for (const element of root.children) {
        if (element.name === 'types') {
            members.push(...membersOf(element, report));
        } else if (element.name === 'version') {
            if (!/^\d+\.\d$/.test(element.text)) {
                report(element, `Invalid version '${element.text}'; write one like 67.0.`);
            }
        } else if (!DESCRIPTION.includes(element.name)) {
            report(element, `Element ${element.name} invalid at this location in type Package; remove it.`);
        }
    }
    return { shown, members, problems };
}

function membersOf(
    types: XmlElement,
    report: (element: XmlElement, message: string) => void,
): readonly ManifestMember[] {
    const names = types.all('name');
    const type = names[0]?.text ?? '';
    if (names.length !== 1 || type === '') {
        report(types, 'Each <types> needs one <name>, after its <members>.');
    }
    for (const stranger of types.children.filter((child) => child.name !== 'name' && child.name !== 'members')) {
        report(stranger, `Element ${stranger.name} invalid at this location in type PackageTypeMembers; remove it.`);
    }
    // Clients name a folder of reports with a slash at its end, or without.
    return types
        .all('members')
        .map(({ text, line, column }) => ({ type, fullName: text.replace(/\/$/, ''), line, column }));
}

/** A manifest names the folder of reports as if it were one of them. */
export function manifestType(type: string): string {
    return type.replace(/^(Report|Dashboard)Folder$/, '$1');
}
