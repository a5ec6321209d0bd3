import { valueOf } from '../xml.ts';
import type { Finding, Project } from '../project.ts';

const LONGEST = 400;

/** A file that long holds a second thing. */
export function fileLengths(project: Project): Finding[] {
    return project.paths
        .filter((path) => /\.(ts|js|cjs|mjs|html|css)$/.test(path))
        .map((file) => ({ file, lines: project.read(file).split('\n').length - 1 }))
        .filter(({ lines }) => lines > LONGEST)
        .map(({ file, lines }) => ({ file, what: `has ${lines} lines`, todo: `look for the second thing in it` }));
}

/** The README says of every permission set, by its label or API name, who needs it and why. */
export function readme(project: Project): Finding[] {
    if (!project.paths.includes('README.md')) {
        return [{ file: 'README.md', what: 'is missing', todo: 'write it' }];
    }
    const text = project.read('README.md');
    return project
        .metadata('permissionset')
        .filter(({ name, root }) => !text.includes(name) && !text.includes(valueOf(root, 'label') ?? name))
        .map(({ name }) => ({
            file: 'README.md',
            what: `does not mention the permission set ${name}`,
            todo: 'say who needs it and why',
        }));
}
