import { childrenOf, descendantsOf, valueOf, valuesOf } from '../xml.ts';
import type { XmlElement } from '../xml.ts';
import type { Finding, MetadataFile, Project } from '../project.ts';

/** What the platform itself brings on any object, by the names that layouts and summaries use. */
const STANDARD_FIELDS = ['Name', 'OwnerId', 'CreatedById', 'LastModifiedById', 'CreatedDate', 'LastModifiedDate'];
const METADATA_FIELDS = ['MasterLabel', 'DeveloperName', 'Label', 'NamespacePrefix', 'IsProtected'];
/** Objects of the platform that the project points at. */
const STANDARD_OBJECTS = ['Account', 'Contact', 'Case', 'User', 'Task', 'Event'];

/** Metadata that names other metadata names something that is there: a deploy would refuse the rest, or drop it without a word. */
export function references(project: Project): Finding[] {
    return [
        ...listViews(project),
        ...layouts(project),
        ...pages(project),
        ...applications(project),
        ...tabs(project),
        ...permissionTargets(project),
        ...fieldTargets(project),
        ...validationRules(project),
    ];
}

function listViews(project: Project): Finding[] {
    return project.metadata('listView').flatMap((file) => {
        const object = objectOf(file);
        const filters = childrenOf(file.root, 'filters');
        const fields = [...valuesOf(file.root, 'columns'), ...filters.flatMap((filter) => valuesOf(filter, 'field'))];
        // Standard fields go by codes of their own in list views: NAME, ACCOUNT.NAME, LAST_UPDATE.
        const unknown = fields.filter((name) => name.endsWith('__c') && !hasField(project, object, name));
        return [
            ...unknown.map((name) => notThere(file, `${object}.${name}`)),
            ...filters.flatMap((filter) =>
                strangeValues(project, file, object, valueOf(filter, 'field') ?? '', listed(filter)),
            ),
        ];
    });
}

function layouts(project: Project): Finding[] {
    return project.metadata('layout').flatMap((file) => {
        const object = file.name.slice(0, file.name.indexOf('-'));
        const shown = descendantsOf(file.root, 'layoutItems').flatMap((item) => valuesOf(item, 'field'));
        const required = [...(project.fields.get(object)?.values() ?? [])].filter((field) => field.alwaysVisible);
        const related = childrenOf(file.root, 'relatedLists').flatMap((list) => {
            const [child = '', lookup = ''] = (valueOf(list, 'relatedList') ?? '').split('.');
            if (!child.endsWith('__c')) return [];
            const columns = valuesOf(list, 'fields').filter((name) => name.endsWith('__c'));
            return [lookup, ...columns]
                .filter((name) => !hasField(project, child, name))
                .map((name) => notThere(file, `${child}.${name}`));
        });
        return [
            ...shown
                .filter((name) => !hasField(project, object, name))
                .map((name) => notThere(file, `${object}.${name}`)),
            ...required
                .filter((field) => !shown.includes(field.name))
                .map((field) => ({
                    file: file.path,
                    what: `leaves out the required field ${field.name}`,
                    todo: 'add it: nobody could create a record by hand',
                })),
            ...related,
        ];
    });
}

function pages(project: Project): Finding[] {
    return project.metadata('flexipage').flatMap((file) => {
        const object = valueOf(file.root, 'sobjectType') ?? '';
        const fields = descendantsOf(file.root, 'fieldItem').map((item) => item.text.trim().replace(/^Record\./, ''));
        return [
            ...descendantsOf(file.root, 'componentName').flatMap((item) => {
                const name = item.text.trim().replace(/^c:/, '');
                return name.includes(':') ? [] : exposedComponent(project, file, name, object);
            }),
            ...fields
                .filter((name) => !hasField(project, object, name))
                .map((name) => notThere(file, `${object}.${name}`)),
        ];
    });
}

function exposedComponent(project: Project, page: MetadataFile, name: string, object: string): Finding[] {
    const bundle = project.metadata('js').find((file) => file.name === name);
    if (bundle === undefined) return [notThere(page, `component ${name}`)];
    const findings: Finding[] = [];
    const say = (what: string, todo: string) => findings.push({ file: bundle.path, what, todo });
    if (valueOf(bundle.root, 'isExposed') !== 'true') say(`is on the page ${page.name}, yet not exposed`, 'expose it');
    const targets = descendantsOf(bundle.root, 'target').map((target) => target.text.trim());
    if (valueOf(page.root, 'type') === 'RecordPage' && !targets.includes('lightning__RecordPage')) {
        say(`is on the record page ${page.name}`, 'add the target lightning__RecordPage');
    }
    const objects = descendantsOf(bundle.root, 'object').map((entry) => entry.text.trim());
    if (object !== '' && objects.length > 0 && !objects.includes(object)) {
        say(`is on a page of ${object}, yet meant for ${objects.join(', ')}`, `add the object ${object}`);
    }
    return findings;
}

function applications(project: Project): Finding[] {
    const pageNames = namesOf(project, 'flexipage');
    const tabNames = namesOf(project, 'tab');
    return project.metadata('app').flatMap((file) => [
        ...descendantsOf(file.root, 'content')
            .map((content) => content.text.trim())
            .filter((name) => !pageNames.has(name))
            .map((name) => notThere(file, `page ${name}`)),
        ...valuesOf(file.root, 'tabs')
            .filter((name) => !name.startsWith('standard-') && !tabNames.has(name))
            .map((name) => notThere(file, `tab ${name}`)),
    ]);
}

function tabs(project: Project): Finding[] {
    return project.metadata('tab').flatMap((file) => {
        const component = valueOf(file.root, 'lwcComponent');
        const page = valueOf(file.root, 'flexiPage');
        return [
            ...(valueOf(file.root, 'customObject') === 'true' && !hasObject(project, file.name)
                ? [notThere(file, `object ${file.name}`)]
                : []),
            ...(component !== undefined && !namesOf(project, 'js').has(component)
                ? [notThere(file, `component ${component}`)]
                : []),
            ...(page !== undefined && !namesOf(project, 'flexipage').has(page) ? [notThere(file, `page ${page}`)] : []),
        ];
    });
}

function permissionTargets(project: Project): Finding[] {
    return project.metadata('permissionset').flatMap((file) => {
        const named = (kind: string, element: string) =>
            childrenOf(file.root, kind).map((permission) => valueOf(permission, element) ?? '');
        const apps = namesOf(project, 'app');
        const custom = namesOf(project, 'customPermission');
        const tabNames = namesOf(project, 'tab');
        return [
            ...named('fieldPermissions', 'field').filter((path) => {
                const [object = '', name = ''] = path.split('.');
                return name.endsWith('__c') && !hasField(project, object, name);
            }),
            ...named('objectPermissions', 'object').filter((object) => !hasObject(project, object)),
            ...named('customMetadataTypeAccesses', 'name').filter((object) => !hasObject(project, object)),
            ...named('applicationVisibilities', 'application').filter((name) => !apps.has(name)),
            ...named('customPermissions', 'name').filter((name) => !custom.has(name)),
            ...named('tabSettings', 'tab').filter((name) => !name.startsWith('standard-') && !tabNames.has(name)),
        ].map((name) => notThere(file, name));
    });
}

/** Lookups, master-detail fields and roll-ups. */
function fieldTargets(project: Project): Finding[] {
    const fields = [...project.fields.values()].flatMap((ofObject) => [...ofObject.values()]);
    return fields.flatMap((field) => {
        const objects = [...valuesOf(field.root, 'referenceTo')].filter((name) => !hasObject(project, name));
        const filterItems = childrenOf(field.root, 'summaryFilterItems');
        const paths = [
            ...valuesOf(field.root, 'summaryForeignKey'),
            ...valuesOf(field.root, 'summarizedField'),
            ...filterItems.flatMap((item) => valuesOf(item, 'field')),
        ].filter((path) => {
            const [object = '', name = ''] = path.split('.');
            return !hasField(project, object, name);
        });
        return [
            ...[...objects, ...paths].map((name) => notThere(field, name)),
            ...filterItems.flatMap((item) => {
                const [object = '', name = ''] = (valueOf(item, 'field') ?? '').split('.');
                return strangeValues(project, field, object, name, listed(item));
            }),
        ];
    });
}

function validationRules(project: Project): Finding[] {
    return project.metadata('validationRule').flatMap((file) => {
        const object = objectOf(file);
        const field = valueOf(file.root, 'errorDisplayField');
        const missing = ['description', 'errorMessage'].filter((element) => !valueOf(file.root, element));
        return [
            ...(field !== undefined && !hasField(project, object, field) ? [notThere(file, `${object}.${field}`)] : []),
            ...missing.map((element) => ({ file: file.path, what: `has no ${element}`, todo: 'write it' })),
        ];
    });
}

/** Values in a filter on a picklist that the picklist does not have. */
function strangeValues(
    project: Project,
    file: MetadataFile,
    object: string,
    name: string,
    values: readonly string[],
): Finding[] {
    const known = project.fields.get(object)?.get(name)?.picklistValues ?? [];
    if (known.length === 0) return [];
    return values
        .filter((value) => value !== '' && !known.includes(value))
        .map((value) => ({
            file: file.path,
            what: `filters ${object}.${name} by ${value}, which is none of its values`,
            todo: `choose among ${known.join(', ')}`,
        }));
}

/** The values of a filter, which are separated by commas. */
function listed(filter: XmlElement): string[] {
    return valuesOf(filter, 'value').flatMap((values) => values.split(',').map((value) => value.trim()));
}

function objectOf(file: MetadataFile): string {
    return /objects\/([^/]+)\//.exec(file.path)?.[1] ?? '';
}

function namesOf(project: Project, suffix: string): ReadonlySet<string> {
    return new Set(project.metadata(suffix).map((file) => file.name));
}

function hasObject(project: Project, name: string): boolean {
    return STANDARD_OBJECTS.includes(name) || namesOf(project, 'object').has(name);
}

function hasField(project: Project, object: string, name: string): boolean {
    if (project.fields.get(object)?.has(name) === true || STANDARD_FIELDS.includes(name)) return true;
    if (object.endsWith('__mdt') && METADATA_FIELDS.includes(name)) return true;
    return !name.endsWith('__c') && STANDARD_OBJECTS.includes(object);
}

function notThere(file: MetadataFile, name: string): Finding {
    return { file: file.path, what: `names ${name}, which is not there`, todo: 'correct the name, or add it' };
}
