import type { FieldMetadata, Finding, MetadataFile, Project } from '../project.ts';
import { childrenOf, descendantsOf, valueOf } from '../xml.ts';

/**
 * Two objects that meet in a shipped report type share no field name: the platform would show only one of the two. All fields count, not only the columns:
 * an admin may add any of them by clicking.
 */
export function reportNames(project: Project): Finding[] {
    const findings = new Map<string, Finding>();
    for (const type of project.metadata('reportType')) {
        const owners = new Map<string, string>();
        for (const object of objectsOf(project, type)) {
            for (const field of project.fields.get(object)?.values() ?? []) {
                const owner = owners.get(field.name);
                if (owner === undefined) owners.set(field.name, object);
                else {
                    const what = `${owner} has a field ${field.name} too, and the two meet in ${type.name}`;
                    findings.set(`${owner} ${field.path}`, { file: field.path, what, todo: 'rename one of them' });
                }
            }
        }
    }
    return [...findings.values()];
}

/** The objects that a report type joins, and those that its columns reach by lookup. */
function objectsOf(project: Project, type: MetadataFile): ReadonlySet<string> {
    const fields = [...project.fields.values()].flatMap((ofObject) => [...ofObject.values()]);
    const tables = new Map<string, string>();
    let path = valueOf(type.root, 'baseObject') ?? '';
    let parent: string | undefined = path;
    let [join] = childrenOf(type.root, 'join');
    while (parent !== undefined) {
        tables.set(path, parent);
        const relationship = join && valueOf(join, 'relationship');
        path = `${path}.${relationship ?? ''}`;
        const above: string = parent;
        parent = fields.find((field) => leadsTo(field, above, relationship))?.object;
        [join] = join ? childrenOf(join, 'join') : [];
    }
    const reached = descendantsOf(type.root, 'columns').flatMap((column) => {
        const [lookup, further] = (valueOf(column, 'field') ?? '').split('.');
        const object = tables.get(valueOf(column, 'table') ?? '');
        const field = object === undefined ? undefined : project.fields.get(object)?.get(lookup ?? '');
        return (field && further !== undefined && valueOf(field.root, 'referenceTo')) || [];
    });
    return new Set([...tables.values(), ...reached]);
}

/** Whether the field is the lookup whose children the parent calls `Steps__r`. */
function leadsTo(field: FieldMetadata, parent: string, relationship: string | undefined): boolean {
    return (
        relationship !== undefined &&
        valueOf(field.root, 'referenceTo') === parent &&
        `${valueOf(field.root, 'relationshipName') ?? ''}__r` === relationship
    );
}
