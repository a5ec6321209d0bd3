import { valueOf } from '../xml.ts';
import type { Finding, Project } from '../project.ts';

/** Longest texts that the platform takes. */
const LIMITS = { description: 1000, inlineHelpText: 510 } as const;

/** Every object has a description; every field a description and a help text: they are the definition of the data. */
export function descriptions(project: Project): Finding[] {
    const objects = project
        .metadata('object')
        .filter(({ name, root }) => /__(c|mdt)$/.test(name) && !valueOf(root, 'description'))
        .map(({ path }) => missing(path, 'description'));
    const fields = [...project.fields.values()].flatMap((ofObject) =>
        [...ofObject.values()].flatMap(({ path, root }) =>
            (['description', 'inlineHelpText'] as const).flatMap((element) => {
                const text = valueOf(root, element);
                if (!text) return [missing(path, element)];
                if (text.length <= LIMITS[element]) return [];
                const what = `${element} has ${text.length} characters, the platform takes ${LIMITS[element]}`;
                return [{ file: path, what, todo: 'shorten it' }];
            }),
        ),
    );
    return [...objects, ...fields];
}

function missing(file: string, element: string): Finding {
    return { file, what: `has no ${element}`, todo: 'say what it holds: unit, who writes it, what blank means' };
}
