/** Small projects for the tests of the rules: metadata files as text, by path. */
import { projectFrom } from '../project.ts';
import type { Finding, Project } from '../project.ts';

export const MAIN = 'force-app/main/default';
export const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
export const DESCRIBED = '<description>d</description><inlineHelpText>h</inlineHelpText>';

export const field = (object: string, name: string, inside: string) => ({
    [`${MAIN}/objects/${object}/fields/${name}.field-meta.xml`]: `<CustomField ${META}><fullName>${name}</fullName>${inside}</CustomField>`,
});
export const object = (name: string, inside = '<description>d</description>') => ({
    [`${MAIN}/objects/${name}/${name}.object-meta.xml`]: `<CustomObject ${META}>${inside}</CustomObject>`,
});

/** What the rule found: `file name: what`. */
export function found(
    rule: (project: Project) => readonly Finding[],
    contents: Readonly<Record<string, string>>,
): string[] {
    return rule(projectFrom(contents)).map(({ file, what }) => `${file.split('/').at(-1) ?? ''}: ${what}`);
}
