/** The one place where errors of the platform become something a person can act on. */
import type { Failure, FailureKind } from './types';

interface Entry {
    readonly code: string;
    readonly message: string;
}

const isObject = (thing: unknown): thing is Readonly<Record<string, unknown>> =>
    typeof thing === 'object' && thing !== null;

const asText = (thing: unknown): string => (typeof thing === 'string' ? thing : '');

function entryOf(thing: unknown): Entry[] {
    if (typeof thing === 'string') return [{ code: '', message: thing }];
    if (!isObject(thing)) return [];
    const extensions = isObject(thing['extensions']) ? thing['extensions'] : {};
    const code =
        asText(thing['errorCode']) ||
        asText(thing['statusCode']) ||
        asText(extensions['ErrorType']) ||
        asText(extensions['errorCode']);
    const message = asText(thing['message']);
    return code || message ? [{ code, message }] : [];
}

/**
 * Entries of every shape the platform uses: an array (failed reads, GraphQL `errors`), `body` as an array (failed reads) or as an object with
 * `output.errors` and `output.fieldErrors` (failed writes), a bare Error (no answer).
 */
function entriesOf(error: unknown): readonly Entry[] {
    if (Array.isArray(error)) return error.flatMap(entriesOf);
    if (!isObject(error)) return entryOf(error);
    const body = error['body'];
    if (Array.isArray(body)) return body.flatMap(entryOf);
    if (isObject(body)) {
        const output = isObject(body['output']) ? body['output'] : {};
        const errors = Array.isArray(output['errors']) ? output['errors'].flatMap(entryOf) : [];
        const fieldErrors = isObject(output['fieldErrors'])
            ? Object.values(output['fieldErrors']).flatMap((list) => (Array.isArray(list) ? list.flatMap(entryOf) : []))
            : [];
        const detailed = [...errors, ...fieldErrors];
        return detailed.length > 0 ? detailed : entryOf(body);
    }
    return entryOf(error);
}

const RULES: readonly (readonly [FailureKind, RegExp])[] = [
    ['duplicate', /DUPLICATE_VALUE|duplicate value found/i],
    [
        'no-access',
        /FieldUndefined|Cannot query field "?'?Playbook_|Unknown type|INVALID_TYPE|INSUFFICIENT_ACCESS|NO_ACCESS|FORBIDDEN|insufficient (access|permission|privilege)|not authorized/i,
    ],
    [
        'rejected',
        /VALIDATION|REQUIRED_FIELD|STRING_TOO_LONG|RESTRICTED_PICKLIST|INVALID_FIELD|CANNOT_INSERT_UPDATE|ExecutionError|DataFetching/i,
    ],
    ['not-found', /NOT_FOUND|RESOURCE_NOT_FOUND|ENTITY_IS_DELETED|INVALID_CROSS_REFERENCE|does not exist|not found/i],
    ['offline', /fetch|network|offline|timed? ?out|ECONN|disconnected/i],
];

/** What the platform says of the others when one operation of a request was refused: it tells no cause. */
const ROLLED_BACK = /allOrNone is true|rolled back/i;

/** Anything thrown, rejected or emitted as an error. Never throws itself. */
export function failureOf(error: unknown): Failure {
    const entries = entriesOf(error);
    const said = entries.map(({ code, message }) => `${code} ${message}`).join('\n');
    const status = isObject(error) ? error['status'] : undefined;
    const kind =
        RULES.find(([, pattern]) => pattern.test(said))?.[0] ??
        (status === 404 ? 'not-found' : status === 403 ? 'no-access' : entries.length === 0 ? 'offline' : 'unknown');
    const messages = [...new Set(entries.map(({ message }) => message).filter((message) => message !== ''))];
    const causes = messages.filter((message) => !ROLLED_BACK.test(message));
    return { kind, messages: causes.length > 0 ? causes : messages };
}
