/** What an org's component and the project's file say differently, in lines that a person can read. Order and defaults do not count. */
import { XMLParser } from 'fast-xml-parser';

export interface Difference {
    /** `Enter_When__c`, `flexiPageRegions[main].itemInstances.componentInstance[c_playbookPanel].componentName`. */
    readonly at: string;
    /** Null: not there. */
    readonly inOrg: string | null;
    readonly inProject: string | null;
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: true, processEntities: true });

/** The content of a file in source format, without its root: elements by name, repeated ones as arrays, values as texts. */
export function parseMetadata(xml: string): unknown {
    const file: unknown = parser.parse(xml.replace(/^\s*<\?xml[^>]*\?>/, ''));
    return typeof file === 'object' && file !== null ? Object.values(file)[0] : undefined;
}

/** Differences between the org's component, as `readMetadata` gives it, and the parsed file; sorted by place. */
export function differences(inOrg: unknown, inProject: unknown): Difference[] {
    const org = flatten(inOrg);
    const project = flatten(inProject);
    return [...new Set([...org.keys(), ...project.keys()])]
        .sort()
        .flatMap((at) => pairs(at, org.get(at) ?? [], project.get(at) ?? []))
        .filter((one) => !isOfTheOrg(one));
}

/** What every org adds to a layout (with an id as its name) and to an app, without anybody having changed them. */
function isOfTheOrg({ at, inOrg, inProject }: Difference): boolean {
    return inProject === null && (at.startsWith('summaryLayout') || (at === 'setupExperience' && inOrg === 'all'));
}

/** The differences as lines: one a change, texts in full. */
export function describeDifferences(list: readonly Difference[]): string[] {
    return list.map(({ at, inOrg, inProject }) => {
        if (inOrg === null) return `+ ${at}: ${inProject ?? ''}  (only in this version)`;
        if (inProject === null) return `- ${at}: ${inOrg}  (only in the org)`;
        return `~ ${at}: ${inOrg}  (org)  →  ${inProject}  (this version)`;
    });
}

/** Values at one place that only one side has; a `false` that the other side merely leaves out is a default, not a difference. */
function pairs(at: string, inOrg: readonly string[], inProject: readonly string[]): Difference[] {
    const onlyOrg = without(inOrg, inProject);
    const onlyProject = without(inProject, inOrg);
    return Array.from({ length: Math.max(onlyOrg.length, onlyProject.length) }, (_, index) => ({
        at,
        inOrg: onlyOrg[index] ?? null,
        inProject: onlyProject[index] ?? null,
    })).filter((one) => (one.inOrg ?? 'false') !== 'false' || (one.inProject ?? 'false') !== 'false');
}

function without(values: readonly string[], others: readonly string[]): string[] {
    const rest = [...others];
    return values.filter((value) => {
        const index = rest.indexOf(value);
        if (index >= 0) rest.splice(index, 1);
        return index < 0;
    });
}

/** What tells repeated elements apart: all of these that an element has. */
const IDENTITY = ['fullName', 'name', 'identifier', 'actionName', 'pageOrSobjectType', 'formFactor', 'label', 'field'];
/** Of the component as a whole, and said by its place; the org adds the first to everything. */
const OF_THE_PLACE = new Set(['fullName', '$', '@_xsi:type']);

function flatten(component: unknown): Map<string, string[]> {
    const lines = new Map<string, string[]>();
    const add = (at: string, text: string): void => {
        const value = normalized(text);
        if (value !== '') lines.set(at, [...(lines.get(at) ?? []), value]);
    };
    const walk = (node: unknown, at: string): void => {
        if (Array.isArray(node)) {
            node.forEach((entry: unknown) => walk(entry, at));
        } else if (typeof node !== 'object' || node === null) {
            add(at, scalar(node));
        } else if ('_' in node) {
            // jsforce's shape of an element with attributes, such as the value of a custom metadata record.
            add(at, scalar(node._));
        } else {
            const place = isRecordValue(node) ? scalar(node.field) : at + identityOf(node, at);
            for (const [name, child] of Object.entries(node)) {
                if (OF_THE_PLACE.has(name) && (name !== 'fullName' || at === '')) continue;
                if (isRecordValue(node)) {
                    if (name === 'value') walk(isNil(child) ? '' : child, place);
                } else {
                    walk(child, place === '' ? name : `${place}.${name}`);
                }
            }
        }
    };
    walk(component, '');
    return lines;
}

/** A field of a custom metadata record: shown under the field's own name. */
function isRecordValue(node: object): node is { field: unknown; value: unknown } {
    return 'field' in node && 'value' in node && Object.keys(node).every((key) => ['field', 'value'].includes(key));
}

function isNil(value: unknown): boolean {
    return typeof value === 'object' && value !== null && !('_' in value);
}

function identityOf(node: object, at: string): string {
    if (at === '') return '';
    const values = IDENTITY.map((name): unknown => Reflect.get(node, name)).filter(
        (value) => typeof value === 'string' && value !== '',
    );
    return values.length > 0 ? `[${values.join(', ')}]` : '';
}

function scalar(value: unknown): string {
    return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

/** Numbers as the org writes them (`70.0`) and as people do (`70`) are the same; so are line ends. */
function normalized(text: string): string {
    const value = text.replaceAll('\r\n', '\n').trim();
    return /^-?\d+\.\d+$/.test(value) ? String(Number(value)) : value;
}
