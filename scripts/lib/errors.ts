/**
 * The one way from "something was thrown" to what a person reads: a list of messages, each with what to do now.
 */

/** What went wrong and what to do about it, both as whole sentences. */
export interface UserMessage {
    readonly message: string;
    readonly action: string;
}

/** Thrown by our own commands when they already know what to tell the user. */
export class CommandError extends Error {
    readonly messages: readonly UserMessage[];

    constructor(message: string, action: string);
    constructor(messages: readonly UserMessage[]);
    constructor(first: string | readonly UserMessage[], action = '') {
        const messages = typeof first === 'string' ? [{ message: first, action }] : first;
        super(messages.map((entry) => entry.message).join('\n'));
        this.name = 'CommandError';
        this.messages = messages;
    }
}

/** One error of a save, as the collections API gives it. */
export interface SaveError {
    readonly errorCode?: string;
    readonly statusCode?: string;
    readonly message: string;
    readonly fields?: readonly string[];
}

const ACTION_BY_CODE: Readonly<Record<string, string>> = {
    INVALID_SESSION_ID: 'The session has ended or the token is wrong. Log in again, or take a fresh token, and repeat.',
    INSUFFICIENT_ACCESS_OR_READONLY: 'Use a user with the Playbook Integration or Playbook Admin permission set.',
    INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY:
        'The user may not see a record that this one refers to. Share it or use another user.',
    INVALID_FIELD:
        'Deploy force-app to the org first, and assign the permission sets that let this user see the field.',
    INVALID_FIELD_FOR_INSERT_UPDATE: 'Assign a permission set that lets this user edit the field.',
    INVALID_TYPE:
        'Deploy force-app to the org first, and assign the permission sets that let this user see the object.',
    NOT_FOUND: 'Deploy force-app to the org first, or check the key.',
    REQUEST_LIMIT_EXCEEDED: 'The org has used up its API requests for today. Repeat later.',
    UNABLE_TO_LOCK_ROW: 'Somebody else is saving the same records. Repeat in a minute.',
    DUPLICATE_VALUE:
        'A record with this key exists already, perhaps where this user cannot see it. Look it up and repeat.',
    STRING_TOO_LONG: 'Shorten the text.',
    INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'Use one of the values of the picklist, or add the value in Setup.',
    FIELD_CUSTOM_VALIDATION_EXCEPTION: 'Change the value as the message says.',
    REQUIRED_FIELD_MISSING: 'Fill in the field.',
};

const ACTION_BY_SYSTEM_CODE: Readonly<Record<string, string>> = {
    ENOENT: 'Check the path.',
    EACCES: 'Check the permissions of the file or folder.',
    EISDIR: 'Name a file, not a folder.',
    ECONNREFUSED: 'Nothing answers at that address. Start the local org with `npm start`, or check the address.',
    ENOTFOUND: 'That host does not exist. Check the address.',
    ETIMEDOUT: 'Repeat, or check the network and the address.',
    ECONNRESET: 'The connection was cut. Repeat.',
    EADDRINUSE: 'Another program uses that port. Choose another one with `--port`.',
    ENOSPC: 'The disk is full. Make room and repeat.',
};

const UNEXPECTED = 'Repeat with DEBUG=1 to see where it happened, and report it if it stays.';

/** What to do about an error code of the platform. */
export function actionForCode(code: string | undefined): string {
    return (code !== undefined && ACTION_BY_CODE[code]) || 'Correct what the message names and repeat.';
}

/** The errors of one save as a message, with the fields they are about. */
export function describeSaveErrors(errors: readonly SaveError[]): UserMessage {
    const first = errors[0];
    if (first === undefined) {
        return { message: 'The org refused the record without saying why.', action: UNEXPECTED };
    }
    const message = errors
        .map((error) => {
            const fields = (error.fields ?? []).join(', ');
            return fields === '' || error.message.includes(fields) ? error.message : `${error.message} (${fields})`;
        })
        .join(' ');
    return { message, action: actionForCode(first.errorCode ?? first.statusCode) };
}

/** Anything thrown, as messages for the user. Never empty. */
export function describeError(thrown: unknown): readonly UserMessage[] {
    if (thrown instanceof CommandError) {
        return thrown.messages;
    }
    if (thrown instanceof AggregateError && thrown.errors.length > 0) {
        return thrown.errors.flatMap((error: unknown) => describeError(error));
    }
    if (thrown instanceof Error) {
        return describeErrorObject(thrown);
    }
    if (typeof thrown === 'string' && thrown !== '') {
        return [{ message: thrown, action: UNEXPECTED }];
    }
    return [{ message: 'Something failed without saying what.', action: UNEXPECTED }];
}

function describeErrorObject(error: Error): readonly UserMessage[] {
    const code = textProperty(error, 'code');
    if (code !== undefined && code in ACTION_BY_SYSTEM_CODE) {
        return [{ message: error.message, action: ACTION_BY_SYSTEM_CODE[code] ?? UNEXPECTED }];
    }
    const errorCode = textProperty(error, 'errorCode');
    if (errorCode !== undefined) {
        return describePlatformError(error, errorCode);
    }
    if (error.name === 'TimeoutError') {
        return [
            { message: 'The org did not answer in time.', action: ACTION_BY_SYSTEM_CODE['ETIMEDOUT'] ?? UNEXPECTED },
        ];
    }
    // `fetch failed` and the like say what really happened only in their cause.
    if (error.cause !== undefined && error.cause !== null) {
        return describeError(error.cause);
    }
    const action = error instanceof TypeError || error instanceof RangeError ? UNEXPECTED : 'Correct that and repeat.';
    return [{ message: error.message || error.name, action }];
}

function describePlatformError(error: Error, errorCode: string): readonly UserMessage[] {
    const data: unknown = Reflect.get(error, 'data');
    if (errorCode === 'MULTIPLE_API_ERRORS' && Array.isArray(data) && data.every(isSaveError)) {
        return data.map((entry) => describeSaveErrors([entry]));
    }
    return [{ message: error.message, action: actionForCode(errorCode) }];
}

function isSaveError(entry: unknown): entry is SaveError {
    return typeof entry === 'object' && entry !== null && 'message' in entry && typeof entry.message === 'string';
}

function textProperty(error: Error, name: string): string | undefined {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? value : undefined;
}
