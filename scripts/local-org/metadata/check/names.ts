import type { MetadataProblem } from '../files.ts';
import { repeated, textOf, type Definition, type Project } from './definitions.ts';

/** Most characters of texts that people read, by type and element. */
const LONGEST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    CustomField: { label: 40, description: 1000, inlineHelpText: 510 },
    CustomObject: { label: 40, pluralLabel: 40, description: 1000 },
    ValidationRule: { errorMessage: 255, description: 255 },
    ListView: { label: 40 },
    CustomMetadata: { label: 40 },
    PermissionSet: { label: 80, description: 255 },
    CustomPermission: { label: 80, description: 255 },
    FlexiPage: { masterLabel: 80 },
    ReportType: { label: 50, description: 255 },
    ReportFolder: { name: 40 },
    Report: { name: 40, description: 255 },
    DashboardFolder: { name: 40 },
    Dashboard: { title: 80, description: 255 },
};
const LONGEST_LABEL: Readonly<Record<string, number>> = {
    fullName: 80,
    shortDescription: 80,
    value: 1000,
    categories: 255,
};

/** Most characters of the last part of the name, without __c or __mdt. */
const LONGEST_NAME: Readonly<Record<string, number>> = {
    CustomField: 40,
    CustomObject: 40,
    CustomMetadata: 40,
    PermissionSet: 80,
    FlexiPage: 80,
    Report: 80,
    Dashboard: 80,
};
const NAMED = ['CustomField', 'CustomObject', 'ValidationRule', 'ListView', 'CompactLayout', 'CustomMetadata'].concat(
    ['PermissionSet', 'CustomTab', 'CustomApplication', 'FlexiPage', 'CustomPermission', 'ReportType'],
    ['ReportFolder', 'Report', 'DashboardFolder', 'Dashboard'],
);

/** Names that the platform does not take, texts that are too long, and two names that differ by case alone. */
export function* checkNames(project: Project): Iterable<MetadataProblem> {
    for (const type of NAMED) {
        for (const definition of project.of(type)) {
            yield* name(definition);
            yield* texts(definition.root, LONGEST[type] ?? {});
        }
        yield* differingByCase(project.of(type));
    }
    const labels = project.of('CustomLabels').flatMap(({ root }) => root.all('labels'));
    for (const label of labels) {
        yield* texts(label, LONGEST_LABEL);
    }
    for (const label of repeated(labels, (one) => textOf(one, 'fullName'))) {
        yield label.problem(`The label ${textOf(label, 'fullName')} is there twice (case does not count); keep one.`);
    }
}

function* name({ type, fullName, root }: Definition): Iterable<MetadataProblem> {
    const last = fullName.split(/[./]/).at(-1) ?? '';
    const isCustom = /__(c|mdt)$/.test(last);
    // A standard object or field, or a tab of an object, has the platform's own name.
    const own = isCustom ? last.replace(/__(c|mdt)$/, '') : last;
    if (!/^[A-Za-z](_?[A-Za-z0-9])*$/.test(own)) {
        yield root.problem(
            `The name ${last} can only contain letters, digits and underscores; it begins with a letter, does not end with an underscore and has no two in a row. Rename it.`,
        );
    }
    const most = LONGEST_NAME[type] ?? Infinity;
    if (own.length > most) {
        yield root.problem(`The name ${last} has ${own.length} characters; ${type} takes ${most}. Shorten it.`);
    }
}

function* texts(element: Definition['root'], longest: Readonly<Record<string, number>>): Iterable<MetadataProblem> {
    for (const [child, most] of Object.entries(longest)) {
        const found = element.all(child)[0];
        if (found && found.text.length > most) {
            yield found.problem(`<${child}> has ${found.text.length} characters; it takes ${most}. Shorten it.`);
        }
    }
}

function* differingByCase(definitions: readonly Definition[]): Iterable<MetadataProblem> {
    const seen = new Map<string, string>();
    for (const { type, fullName, root } of definitions) {
        const other = seen.get(fullName.toLowerCase());
        if (other !== undefined) {
            yield root.problem(`There is a ${type} ${other} already, and names do not differ by case; rename one.`);
        }
        seen.set(fullName.toLowerCase(), fullName);
    }
}
