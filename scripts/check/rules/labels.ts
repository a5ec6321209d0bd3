import { childrenOf, valueOf } from '../xml.ts';
import type { Finding, Project } from '../project.ts';

const IMPORT = /@salesforce\/label\/c\.(\w+)/g;
const LONGEST = { value: 1000, shortDescription: 80 } as const;

/** Every custom label is described and used, and every label that is used exists. */
export function labels(project: Project): Finding[] {
    const uses = usesOfLabels(project);
    const known = new Set<string>();
    const findings: Finding[] = [];
    for (const file of project.metadata('labels')) {
        for (const label of childrenOf(file.root, 'labels')) {
            const name = valueOf(label, 'fullName') ?? '';
            const say = (what: string, todo: string) =>
                findings.push({ file: file.path, what: `${name} ${what}`, todo });
            if (known.has(name)) say('is there twice', 'remove one');
            known.add(name);
            const description = valueOf(label, 'shortDescription') ?? '';
            if (description === '' || description === name) {
                say('has no shortDescription', 'say where it shows and what its placeholders are');
            }
            for (const element of ['value', 'shortDescription'] as const) {
                const { length } = valueOf(label, element) ?? '';
                if (length > LONGEST[element]) {
                    say(`has a ${element} of ${length} characters`, `keep it to ${LONGEST[element]}`);
                }
            }
            if (!uses.has(name)) say('is imported nowhere', 'remove it');
        }
    }
    for (const [name, file] of uses) {
        if (known.has(name)) continue;
        findings.push({ file, what: `imports c.${name}, which is no custom label`, todo: 'add it to CustomLabels' });
    }
    return findings;
}

/** The first file that imports each label; tests do not count. */
function usesOfLabels(project: Project): ReadonlyMap<string, string> {
    const uses = new Map<string, string>();
    for (const path of project.paths) {
        if (!/^force-app\/.*\.ts$/.test(path) || path.includes('/__tests__/')) continue;
        for (const [, name = ''] of project.read(path).matchAll(IMPORT)) if (!uses.has(name)) uses.set(name, path);
    }
    return uses;
}
