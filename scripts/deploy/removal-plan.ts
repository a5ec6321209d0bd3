/**
 * In which order the product leaves an org. The platform refuses to delete what something else refers to, in many cases even when both are named in one deploy,
 * so what refers goes in an earlier deploy than what it refers to: the app (and with it the activation of its pages) and the tabs before the page, the page before its
 * component, a component before those it uses, dashboards before reports before report types before fields, formulas before the roll-ups, formulas and custom metadata
 * records that they name, roll-ups before what they sum, detail objects before their masters, custom permissions after the validation rules that ask for them.
 */
import { escapeXml } from '../lib/xml-text.ts';
import type { Component } from './components.ts';
import { isThere } from './org-components.ts';
import type { Inventory } from './org-components.ts';

export interface RemovalStep {
    readonly title: string;
    readonly components: readonly Pick<Component, 'type' | 'fullName'>[];
}

/** Text of a component's files, TypeScript included. */
export type ReadSource = (component: Component) => string;

/**
 * Deleted along with the object that they belong to; of standard objects only fields and list views are deleted by name. Translations go with their labels.
 */
const WITH_THE_OBJECT = new Set(['CustomField', 'ValidationRule', 'ListView', 'CompactLayout', 'Layout']);
const NEVER_NAMED = new Set(['Layout', 'Translations']);

/** Deploys to run one after the other; what the org no longer has is left out, so that an interrupted uninstall goes on where it stopped. */
export function planRemoval(
    components: readonly Component[],
    inventory: Inventory,
    readSource: ReadSource,
): RemovalStep[] {
    const objects = new Set(components.filter(({ type }) => type === 'CustomObject').map(({ fullName }) => fullName));
    const earlier = new Set(fieldsBeforeTheirObject(components, objects, readSource));
    const named = components.filter((component) => {
        const object = component.fullName.split('.')[0] ?? '';
        const goesAlong = WITH_THE_OBJECT.has(component.type) && objects.has(object);
        return !NEVER_NAMED.has(component.type) && (!goesAlong || earlier.has(component));
    });
    const places = placesOf(named, lookups(components, readSource), readSource);
    const shipped = named.find(({ type }) => type === 'CustomMetadata');
    const placeOfRecords = (shipped && places.get(shipped)) ?? 0;
    // Records that admins added go with ours: their type goes.
    const types = [...objects].map((name) => name.replace(/__mdt$/, '.'));
    const foreignRecords = [...(inventory.get('CustomMetadata') ?? [])]
        .filter((name) => types.some((type) => name.startsWith(type)))
        .filter((fullName) => !named.some((one) => one.type === 'CustomMetadata' && one.fullName === fullName))
        .map((fullName) => ({ type: 'CustomMetadata', fullName, place: placeOfRecords }));
    const all = [
        ...named
            .filter((component) => isThere(inventory, component))
            .map((component) => ({ ...component, place: places.get(component) ?? 0 })),
        ...foreignRecords,
    ];
    return [...new Set(all.map(({ place }) => place))]
        .sort((one, other) => one - other)
        .map((place) => {
            const here = all.filter((component) => component.place === place);
            return { title: titleOf(here), components: here.map(({ type, fullName }) => ({ type, fullName })) };
        });
}

/** Places of kinds that need no closer look; components and objects follow by what they use. */
const PLACES: Readonly<Record<string, number>> = {
    CustomApplication: 0,
    Dashboard: 0,
    PermissionSet: 0,
    // After the tabs that show them.
    FlexiPage: 2,
    Report: 1,
    DashboardFolder: 1,
    ListView: 1,
    CustomTab: 1,
    QuickAction: 1,
    ReportType: 2,
    ReportFolder: 2,
};
const COMPONENTS = 3;
const FORMULAS = 3;

function placesOf(
    components: readonly Component[],
    lookupsOf: ReadSource,
    readSource: ReadSource,
): ReadonlyMap<Component, number> {
    const bundles = levels(components, 'LightningComponentBundle', (bundle) => runtime(readSource(bundle)), uses);
    const objects = levels(components, 'CustomObject', lookupsOf, names);
    const formulas = levels(
        components.filter((one) => isFormula(one, readSource)),
        'CustomField',
        readSource,
        computesWith,
    );
    const afterFormulas = FORMULAS + 1 + Math.max(0, ...formulas.values());
    const afterBundles = COMPONENTS + 1 + Math.max(0, ...bundles.values());
    const firstObjects = afterFormulas + 1;
    const afterObjects = firstObjects + 1 + Math.max(0, ...objects.values());
    return new Map(
        components.map((component) => {
            const { type } = component;
            const [bundle, object, formula] = [bundles, objects, formulas].map((found) => found.get(component));
            if (bundle !== undefined) return [component, COMPONENTS + bundle];
            if (object !== undefined) return [component, firstObjects + object];
            if (formula !== undefined) return [component, FORMULAS + formula];
            if (type === 'CustomMetadata' || isRollUp(component, readSource)) return [component, afterFormulas];
            if (type === 'CustomField') return [component, firstObjects];
            // Labels, custom permissions and static resources: components and validation rules use them.
            return [component, PLACES[type] ?? Math.max(afterBundles, afterObjects)];
        }),
    );
}

/** Fields of our objects that cannot wait for them: roll-ups, and formulas that name a roll-up, a custom metadata record or another such formula. */
function fieldsBeforeTheirObject(
    components: readonly Component[],
    objects: ReadonlySet<string>,
    readSource: ReadSource,
): readonly Component[] {
    const ours = components.filter(
        ({ type, fullName }) => type === 'CustomField' && objects.has(fullName.split('.')[0] ?? ''),
    );
    const found = ours.filter((field) => isRollUp(field, readSource));
    const isNeeded = (field: Component): boolean => {
        const source = readSource(field);
        const named = found.some(({ fullName }) => computesWith(source, fullName));
        return isFormula(field, readSource) && (named || source.includes('$CustomMetadata.'));
    };
    for (
        let more: Component[];
        (more = ours.filter((field) => !found.includes(field) && isNeeded(field))).length > 0;
    ) {
        found.push(...more);
    }
    return found;
}

function isFormula(component: Component, readSource: ReadSource): boolean {
    return component.type === 'CustomField' && readSource(component).includes('<formula>');
}

/** Whether a field's formula names a field, of its own object or of one that it reaches. */
function computesWith(source: string, fullName: string): boolean {
    const formula = /<formula>(.*?)<\/formula>/s.exec(source)?.[1] ?? '';
    return new RegExp(`\\b${fullName.split('.')[1] ?? ''}\\b`).test(formula);
}

/** How many components of its type refer to each, directly or through others, at most in a row. */
function levels(
    components: readonly Component[],
    type: string,
    readSource: ReadSource,
    mentions: (source: string, fullName: string) => boolean,
): ReadonlyMap<Component, number> {
    const ofType = components.filter((component) => component.type === type);
    const sources = new Map(ofType.map((component) => [component, readSource(component)]));
    const users = (used: Component): Component[] =>
        ofType.filter((user) => user !== used && mentions(sources.get(user) ?? '', used.fullName));
    const found = new Map<Component, number>();
    const level = (component: Component, path: readonly Component[]): number => {
        // Two that use each other go in one deploy: no order would do.
        if (path.includes(component)) return 0;
        const known = found.get(component);
        if (known !== undefined) return known;
        const above = users(component).map((user) => 1 + level(user, [...path, component]));
        const result = Math.max(0, ...above);
        found.set(component, result);
        return result;
    };
    return new Map(ofType.map((component) => [component, level(component, [])]));
}

/** Without imports of types: they leave nothing in what is deployed. */
function runtime(source: string): string {
    return source.replace(/\b(import|export) type\b[^;]*? from '[^']*'/g, '');
}

/** Whether a component imports another or has it in its template. */
function uses(source: string, name: string): boolean {
    const tag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return source.includes(`'c/${name}'`) || new RegExp(`<c-${tag}[\\s>]`).test(source);
}

/** Objects that the fields of an object refer to, a line each. */
function lookups(components: readonly Component[], readSource: ReadSource): ReadSource {
    return (object) =>
        components
            .filter(({ type, fullName }) => type === 'CustomField' && fullName.startsWith(`${object.fullName}.`))
            .flatMap((field) => [...readSource(field).matchAll(/<referenceTo>(\w+)<\/referenceTo>/g)])
            .map((match) => match[1] ?? '')
            .join('\n');
}

function names(source: string, name: string): boolean {
    return source.split('\n').includes(name);
}

function isRollUp(component: Component, readSource: ReadSource): boolean {
    return component.type === 'CustomField' && readSource(component).includes('<type>Summary</type>');
}

/** `1 custom application, 5 permission sets`. */
export function titleOf(components: readonly Pick<Component, 'type'>[]): string {
    const counts = new Map<string, number>();
    for (const { type } of components) counts.set(type, (counts.get(type) ?? 0) + 1);
    return [...counts].map(([type, count]) => `${count} ${wordsFor(type, count)}`).join(', ');
}

function wordsFor(type: string, count: number): string {
    if (type === 'CustomMetadata') return count === 1 ? 'custom metadata record' : 'custom metadata records';
    const words = type
        .replace('FlexiPage', 'LightningPage')
        .replace('Bundle', '')
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase();
    return count === 1 ? words : `${words}s`;
}

/** A manifest that names components, as package.xml and destructiveChanges.xml both do. */
export function manifest(components: readonly Pick<Component, 'type' | 'fullName'>[], apiVersion: string): string {
    // The folder of a report is deleted under the report's own type.
    const types = Map.groupBy(components, ({ type }) => type.replace(/Folder$/, ''));
    const groups = [...types].map(
        ([type, members]) =>
            `    <types>\n${members.map(({ fullName }) => `        <members>${escapeXml(fullName)}</members>\n`).join('')}        <name>${type}</name>\n    </types>\n`,
    );
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n${groups.join('')}    <version>${apiVersion}</version>\n</Package>\n`;
}
