import type { MetadataFile } from '../metadata/files.ts';
import { identify } from '../metadata/kinds.ts';
import { parseXml, type XmlElement } from '../metadata/xml.ts';
import { without } from './decompose.ts';
import { failed, success, type DeployMessage } from './message.ts';
import { manifestType, type Manifest, type ManifestMember } from './package-xml.ts';

export interface Destroyed {
    /** What is left. */
    readonly files: readonly MetadataFile[];
    readonly successes: readonly DeployMessage[];
    readonly failures: readonly DeployMessage[];
}

const LABELS = 'labels/CustomLabels.labels-meta.xml';

/**
 * Takes what a destructiveChanges.xml names out of an org's files, and what the platform takes along: the parts, layouts and records of an object, and what
 * layouts and permission sets say of it. `isAssigned`: whether users have a permission set. Whether something else still refers to it is for the check of the remaining files to find.
 */
export function destroy(
    org: readonly MetadataFile[],
    manifest: Manifest,
    isAssigned: (set: string) => boolean,
): Destroyed {
    let files = org;
    const successes: DeployMessage[] = [];
    const failures: DeployMessage[] = [];
    for (const member of manifest.members) {
        const component = { componentType: member.type, fullName: member.fullName, fileName: manifest.shown };
        const refusal = refusalOf(member, isAssigned);
        const left = refusal === null ? remainingFiles(files, member) : null;
        if (refusal !== null) {
            failures.push(failed(component, refusal, member));
        } else if (left === null) {
            // A warning that fails nothing. The platform names the manifest here, not the component; clients look for exactly these words.
            const fullName = manifest.shown.slice(manifest.shown.lastIndexOf('/') + 1);
            const warning = `No ${member.type} named: ${member.fullName} found`;
            successes.push(success({ ...component, fullName }, 'unchanged', warning));
        } else {
            files = forgotten(left, member);
            successes.push(success(component, 'deleted'));
        }
    }
    return { files, successes, failures };
}

function refusalOf({ type, fullName }: ManifestMember, isAssigned: (set: string) => boolean): string | null {
    if (fullName === '*') {
        return 'A destructive change names each component; it takes no wildcard.';
    }
    if (type === 'CustomObject' && !/__(c|mdt)$/.test(fullName)) {
        return `The CustomObject called '${fullName}' is standard and cannot be deleted`;
    }
    if (type === 'CustomField' && !/\.\w+__c$/.test(fullName)) {
        return `The CustomField called '${fullName}' is standard and cannot be deleted`;
    }
    // The platform's rule in words of our own.
    return type === 'PermissionSet' && isAssigned(fullName)
        ? `The permission set ${fullName} is assigned to users; remove the assignments and try again.`
        : null;
}

/** The files without a component; null when there is no such component. */
function remainingFiles(files: readonly MetadataFile[], member: ManifestMember): readonly MetadataFile[] | null {
    if (member.type === 'CustomLabel') {
        return labelRemoved(files, member.fullName);
    }
    const isOfMember = (file: MetadataFile): boolean => {
        const { type, fullName } = identify(file.path);
        return manifestType(type) === manifestType(member.type) && fullName === member.fullName;
    };
    if (!files.some(isOfMember)) {
        return null;
    }
    const goesAlong =
        member.type === 'CustomObject'
            ? [
                  `objects/${member.fullName}/`,
                  `layouts/${member.fullName}-`,
                  ...(member.fullName.endsWith('__mdt')
                      ? [`customMetadata/${member.fullName.replace(/__mdt$/, '')}.`]
                      : []),
              ]
            : [];
    return files.filter((file) => !isOfMember(file) && !goesAlong.some((start) => file.path.startsWith(start)));
}

function labelRemoved(files: readonly MetadataFile[], name: string): readonly MetadataFile[] | null {
    const file = files.find((one) => one.path === LABELS);
    const labels = (file && parseXml(file)?.all('labels')) ?? [];
    const label = labels.find((one) => one.string('fullName') === name);
    if (!file || !label) {
        return null;
    }
    const rest = files.filter((one) => one !== file);
    return labels.length === 1 ? rest : [...rest, { ...file, content: cut(file.content, [label]) }];
}

interface Mention {
    readonly folder: string;
    /** Element, and the child of it that names what is gone. */
    readonly element: string;
    readonly by: string;
    readonly names: (name: string, file: MetadataFile) => boolean;
}

/** What the platform drops by itself when a component goes. */
function mentionsOf({ type, fullName }: ManifestMember): readonly Mention[] {
    const isIt = (name: string): boolean => name === fullName;
    const inPermissionSets = (element: string, by: string, names = isIt): Mention => ({
        folder: 'permissionsets',
        element,
        by,
        names,
    });
    const relatedList = (names: (name: string) => boolean): Mention => ({
        folder: 'layouts',
        element: 'relatedLists',
        by: 'relatedList',
        names,
    });
    const [object = '', field = ''] = fullName.split('.');
    const ofObject = (name: string): boolean => name.startsWith(`${fullName}.`);
    switch (type) {
        case 'CustomField':
            return [
                inPermissionSets('fieldPermissions', 'field'),
                relatedList(isIt),
                {
                    folder: 'layouts',
                    element: 'layoutItems',
                    by: 'field',
                    names: (name, { path }) => name === field && path.startsWith(`layouts/${object}-`),
                },
            ];
        case 'CustomObject':
            return [
                inPermissionSets('objectPermissions', 'object'),
                inPermissionSets('fieldPermissions', 'field', ofObject),
                inPermissionSets('customMetadataTypeAccesses', 'name'),
                relatedList(ofObject),
            ];
        case 'CustomTab':
            return [inPermissionSets('tabSettings', 'tab')];
        case 'CustomApplication':
            return [inPermissionSets('applicationVisibilities', 'application')];
        case 'CustomPermission':
            return [inPermissionSets('customPermissions', 'name')];
        default:
            return [];
    }
}

function forgotten(files: readonly MetadataFile[], member: ManifestMember): readonly MetadataFile[] {
    const mentions = mentionsOf(member);
    return files.map((file) => {
        const found = mentions
            .filter(({ folder }) => file.path.startsWith(`${folder}/`))
            .flatMap(({ element, by, names }) =>
                all(parseXml(file), element).filter((one) => names(one.string(by) ?? '', file)),
            );
        return found.length > 0 ? { ...file, content: cut(file.content, found) } : file;
    });
}

function all(root: XmlElement | null, name: string): readonly XmlElement[] {
    return (root?.children ?? []).flatMap((child) => (child.name === name ? [child] : all(child, name)));
}

function cut(content: string, elements: readonly XmlElement[]): string {
    return elements.toSorted((a, b) => b.start - a.start).reduce(without, content);
}
