import { errorsOf, failure, PlatformFailure } from '../failure.ts';
import { childRelationships } from '../metadata/schema.ts';
import { insertRecord } from '../store/save.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { attributeOf, fieldsOf } from './records-json.ts';
import { collectionError, type CollectionError } from './rest-collections.ts';
import { restObject } from './rest-path.ts';
import { recordInput, type RestAnswer, type RestRoutes } from './rest-routes.ts';
import { takingBack } from './take-back.ts';

const MOST = 200;
const MOST_TYPES = 5;
const DEEPEST = 5;

/** A record of a tree before it is saved. */
interface Node {
    readonly type: string;
    readonly referenceId: string;
    readonly fields: Readonly<Record<string, unknown>>;
    readonly parent: { readonly node: Node; readonly relationship: string } | null;
}

interface TreeResult {
    readonly referenceId: string;
    readonly id?: string;
    readonly errors?: readonly CollectionError[];
}

/** `POST /composite/tree/{type}`: up to 200 records with their children in `{ "Children__r": { "records": […] } }`, all or nothing. */
export function addTree(routes: RestRoutes, store: OrgStore): void {
    routes.add('POST', '/composite/tree/:type', (call) => {
        const root = restObject(store, call);
        const nodes = nodesOf(store, recordInput(call.body)['records']);
        const stray = nodes.find((node) => node.parent === null && node.type.toLowerCase() !== root.name.toLowerCase());
        if (stray) {
            throw failure(
                'INVALID_INPUT',
                `${stray.referenceId} is of type ${stray.type}; the path says ${root.name}.`,
            );
        }
        return saveAll(store, call.session, nodes);
    });
}

/** The records of all levels, parents before children, level by level as the platform answers them. */
function nodesOf(store: OrgStore, records: unknown): readonly Node[] {
    const all: Node[] = [];
    let level = [{ records, parent: null as Node['parent'] }];
    for (let depth = 0; level.length > 0; depth += 1) {
        if (depth === DEEPEST) {
            throw failure('LIMIT_EXCEEDED', `A tree can be ${DEEPEST} levels deep.`);
        }
        const below: typeof level = [];
        for (const { records: list, parent } of level) {
            if (!Array.isArray(list)) {
                throw failure('JSON_PARSER_ERROR', 'The request needs "records", a list of JSON objects.');
            }
            for (const record of list) {
                const input = recordInput(record);
                const type = typeOf(input);
                const own = Object.entries(input).filter(([, value]) => !isChildren(value));
                const fields = fieldsOf(store, type, Object.fromEntries(own));
                const node: Node = { type, referenceId: referenceOf(input), fields, parent };
                for (const [relationship, value] of Object.entries(input)) {
                    if (isChildren(value)) {
                        below.push({ records: value.records, parent: { node, relationship } });
                    }
                }
                all.push(node);
            }
        }
        level = below;
    }
    checkLimits(all);
    return all;
}

function isChildren(value: unknown): value is { readonly records: unknown } {
    return typeof value === 'object' && value !== null && 'records' in value;
}

function typeOf(input: Readonly<Record<string, unknown>>): string {
    const type = attributeOf(input, 'type');
    if (type === null) {
        throw failure('INVALID_INPUT', 'Each record needs "attributes": { "type": "…", "referenceId": "…" }.');
    }
    return type;
}

function referenceOf(input: Readonly<Record<string, unknown>>): string {
    const reference = attributeOf(input, 'referenceId');
    if (reference === null) {
        throw failure('INVALID_INPUT', 'Include a reference ID for each record in the request.');
    }
    return reference;
}

function checkLimits(nodes: readonly Node[]): void {
    if (nodes.length > MOST) {
        throw failure('LIMIT_EXCEEDED', `A tree can hold at most ${MOST} records.`);
    }
    if (new Set(nodes.map((node) => node.type.toLowerCase())).size > MOST_TYPES) {
        throw failure('LIMIT_EXCEEDED', `A tree can hold records of at most ${MOST_TYPES} types.`);
    }
    const names = nodes.map((node) => node.referenceId);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
        throw failure('INVALID_INPUT', `Duplicate ReferenceId provided in the request: ${twice}`);
    }
}

function saveAll(store: OrgStore, session: Session, nodes: readonly Node[]): RestAnswer {
    const ids = new Map<Node, string>();
    const insert = (node: Node): readonly TreeResult[] => {
        const parentId = node.parent && ids.get(node.parent.node);
        if (parentId === undefined) {
            return []; // Its parent was refused, and with it the whole tree.
        }
        try {
            const parent = node.parent ? { [parentField(store, node)]: parentId } : {};
            const fields = { ...node.fields, ...parent };
            ids.set(
                node,
                store.transaction(() => insertRecord(store, session, node.type, fields)),
            );
            return [];
        } catch (error) {
            if (!(error instanceof PlatformFailure)) {
                throw error;
            }
            return [{ referenceId: node.referenceId, errors: errorsOf(error).map(collectionError) }];
        }
    };
    const { result: errors } = takingBack(
        store,
        () => nodes.flatMap(insert),
        (refused) => refused.length > 0,
    );
    if (errors.length > 0) {
        return { status: 400, body: { hasErrors: true, results: errors } };
    }
    const results: TreeResult[] = nodes.map((node) => ({ referenceId: node.referenceId, id: ids.get(node) ?? '' }));
    return { status: 201, body: { hasErrors: false, results } };
}

/** The lookup of a child that its place under a parent fills. */
function parentField(store: OrgStore, { type, parent }: Node): string {
    const { node, relationship } = parent ?? { node: { type: '' }, relationship: '' };
    const found = childRelationships(store.schema, node.type).find(
        (one) =>
            one.name.toLowerCase() === relationship.toLowerCase() &&
            one.child.name.toLowerCase() === type.toLowerCase(),
    );
    if (!found) {
        throw failure('INVALID_FIELD', `No such column '${relationship}' on sobject of type ${node.type}`);
    }
    return found.field.name;
}
