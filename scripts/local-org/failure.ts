import type { PlatformError } from './page-contract.ts';

/** Error codes of the platform that the local org answers with, and the HTTP status that goes with each in the REST API. */
const STATUS: Readonly<Record<string, number>> = {
    INVALID_SESSION_ID: 401,
    INSUFFICIENT_ACCESS: 403,
    FORBIDDEN: 403,
    INSUFFICIENT_ACCESS_OR_READONLY: 403,
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 400,
    REQUEST_LIMIT_EXCEEDED: 403,
    NOT_FOUND: 404,
    ENTITY_IS_DELETED: 404,
    METHOD_NOT_ALLOWED: 405,
    PRECONDITION_FAILED: 412,
    UNKNOWN_EXCEPTION: 500,
};

/** A request that the org refuses, in the platform's words: one or more errors, and the HTTP status of the REST API (400 unless the code has its own). */
export class PlatformFailure extends Error {
    readonly status: number;
    readonly errors: readonly PlatformError[];

    constructor(errors: readonly PlatformError[], status?: number) {
        super(errors.map((error) => error.message).join(' '));
        this.name = 'PlatformFailure';
        this.errors = errors;
        this.status = status ?? STATUS[errors[0]?.errorCode ?? ''] ?? 400;
    }
}

export function failure(errorCode: string, message: string, fields?: readonly string[]): PlatformFailure {
    return new PlatformFailure([fields ? { message, errorCode, fields } : { message, errorCode }]);
}

/** The errors behind anything that was thrown; what is not a refusal is a defect of the local org and says so. */
export function errorsOf(thrown: unknown): readonly PlatformError[] {
    if (thrown instanceof PlatformFailure) {
        return thrown.errors;
    }
    return [
        {
            errorCode: 'UNKNOWN_EXCEPTION',
            message: `The local org failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        },
    ];
}
