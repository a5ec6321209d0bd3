import { decompose, keyOf, type DeployedComponent, type DeployedFile } from './decompose.ts';
import { failed, failureOf, type DeployMessage } from './message.ts';
import { manifestType, readManifest, type Manifest, type ManifestMember } from './package-xml.ts';
import { unzip, ZipError } from './unzip.ts';

/** What a deploy's zip asks for. */
export interface DeployPackage {
    /** package.xml as in the zip. */
    readonly shown: string;
    readonly components: readonly DeployedComponent[];
    /** Deletions before and after the components are put in. */
    readonly before: readonly Manifest[];
    readonly after: readonly Manifest[];
    /** What is wrong with the zip as a whole, whatever the org has. */
    readonly failures: readonly DeployMessage[];
}

const DESTRUCTIVE_BEFORE = ['destructiveChanges.xml', 'destructiveChangesPre.xml'];
const DESTRUCTIVE_AFTER = ['destructiveChangesPost.xml'];
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a deploy's zip. Throws ZipError when it cannot be read, or has no package.xml. */
export async function readPackage(zip: Buffer): Promise<DeployPackage> {
    const failures: DeployMessage[] = [];
    const files = (await unzip(zip)).flatMap(({ path, content }) => {
        try {
            return [{ shown: path, content: utf8.decode(content) }];
        } catch {
            const component = { componentType: '', fullName: path, fileName: path };
            failures.push(failed(component, 'The file is not text in UTF-8; the local org holds no other files.'));
            return [];
        }
    });
    const root = rootOf(files.map((file) => file.shown));
    const below: readonly DeployedFile[] = files.flatMap((file) =>
        file.shown.startsWith(root) ? [{ ...file, path: file.shown.slice(root.length) }] : [],
    );
    const manifests = (names: readonly string[]): readonly Manifest[] =>
        below.filter(({ path }) => names.includes(path)).map(({ shown, content }) => readManifest(shown, content));
    const [manifest] = manifests(['package.xml']);
    if (!manifest) {
        throw new ZipError('No package.xml found');
    }
    const before = manifests(DESTRUCTIVE_BEFORE);
    const after = manifests(DESTRUCTIVE_AFTER);
    failures.push(...[manifest, ...before, ...after].flatMap((one) => one.problems.map(failureOf)));
    const { components, problems } = decompose(
        below.filter(({ path }) => !['package.xml', ...DESTRUCTIVE_BEFORE, ...DESTRUCTIVE_AFTER].includes(path)),
    );
    failures.push(...problems.map(failureOf));
    const { found, missing } = select(components, manifest);
    const refused = new Set(problems.map((problem) => `${problem.type}#${problem.fullName}`));
    failures.push(
        ...missing.filter((member) => !refused.has(keyOf(member))).map((member) => notFound(member, manifest)),
        ...components
            .filter((component) => !found.includes(component) && isThereByItself(component, found))
            .map((component) =>
                failed(named(component), 'Not in package.xml: name it there, or take it out of the zip.'),
            ),
    );
    return { shown: manifest.shown, components: found, before, after, failures };
}

export function named({ type, fullName, shown }: DeployedComponent): {
    readonly componentType: string;
    readonly fullName: string;
    readonly fileName: string;
} {
    return { componentType: type, fullName, fileName: shown };
}

/** The file of all labels, and that of an object's parts, need no mention beside the parts that are mentioned. */
function isThereByItself(component: DeployedComponent, found: readonly DeployedComponent[]): boolean {
    const isFrame = component.type === 'CustomLabels' || component.files.length === 0;
    return !isFrame || !found.some(({ parent }) => parent !== null && keyOf(parent) === keyOf(component));
}

/** The folder of package.xml: the top, or the one folder that a client zipped. */
function rootOf(paths: readonly string[]): string {
    if (paths.includes('package.xml')) {
        return '';
    }
    const [top = '', ...others] = new Set(paths.map((path) => path.slice(0, path.indexOf('/') + 1)));
    if (others.length > 0 || !paths.includes(`${top}package.xml`)) {
        throw new ZipError('No package.xml found');
    }
    return top;
}

/** The components that a manifest names, parts of what it names among them, and the members that it names in vain. */
function select(
    components: readonly DeployedComponent[],
    manifest: Manifest,
): { readonly found: readonly DeployedComponent[]; readonly missing: readonly ManifestMember[] } {
    const asked = new Set(manifest.members.map(keyOf));
    const isAsked = (one: { readonly type: string; readonly fullName: string }): boolean =>
        [one.fullName, '*'].some((fullName) => asked.has(keyOf({ type: manifestType(one.type), fullName })));
    const present = new Set(components.map(({ type, fullName }) => keyOf({ type: manifestType(type), fullName })));
    return {
        found: components.filter((one) => isAsked(one) || (one.parent !== null && isAsked(one.parent))),
        missing: manifest.members.filter((member) => member.fullName !== '*' && !present.has(keyOf(member))),
    };
}

function notFound(member: ManifestMember, manifest: Manifest): DeployMessage {
    return failed(
        { componentType: member.type, fullName: member.fullName, fileName: manifest.shown },
        `An object '${member.fullName}' of type ${member.type} was named in package.xml, but was not found in zipped directory. Add its file, or take it out of package.xml.`,
        member,
    );
}
