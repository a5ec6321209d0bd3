/** Which failures pass by themselves, and how long a sweep waits for that. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError, describeError } from '../lib/errors.ts';

/** All in milliseconds. */
export interface PatienceLimits {
    readonly first: number;
    /** No single wait is longer. */
    readonly longest: number;
    /** Waits without any progress between them, together. */
    readonly total: number;
}

export const PATIENCE: PatienceLimits = { first: 1000, longest: 60_000, total: 15 * 60_000 };

/** An answer of the org that is no success. */
export class OrgRefusal extends Error {
    /** HTTP status; 0 when the refusal is about a job and not about a request. */
    readonly status: number;
    readonly errorCode: string;

    constructor(status: number, errorCode: string, message: string) {
        super(message);
        this.name = 'OrgRefusal';
        this.status = status;
        this.errorCode = errorCode;
    }
}

const PASSING_STATUS: ReadonlySet<number> = new Set([408, 420, 429, 500, 502, 503, 504]);
const PASSING_CODES: ReadonlySet<string> = new Set([
    'SERVER_UNAVAILABLE',
    'UNABLE_TO_LOCK_ROW',
    'ECONNRESET',
    'ECONNREFUSED',
    'ECONNABORTED',
    'EAI_AGAIN',
    'ENETDOWN',
    'ENETUNREACH',
    'ENOTFOUND',
    'EHOSTDOWN',
    'EHOSTUNREACH',
    'EPIPE',
    'ETIMEDOUT',
    'UND_ERR_BODY_TIMEOUT',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_SOCKET',
]);

/** Whether the same request may succeed in a while: the org is down, busy or out of reach. */
export function passesByItself(error: unknown): boolean {
    if (!(error instanceof Error)) {
        return false;
    }
    if (error instanceof OrgRefusal) {
        // A limit of requests at the same time passes; the day's limit does not.
        return (
            PASSING_STATUS.has(error.status) ||
            PASSING_CODES.has(error.errorCode) ||
            (error.errorCode === 'REQUEST_LIMIT_EXCEEDED' && error.message.startsWith('Concurrent'))
        );
    }
    if (error.name === 'TimeoutError') {
        return true;
    }
    const code: unknown = Reflect.get(error, 'code');
    if (typeof code === 'string' && PASSING_CODES.has(code)) {
        return true;
    }
    // `fetch failed` and `terminated` say what really happened only in their cause.
    return error.cause !== undefined && error.cause !== error && passesByItself(error.cause);
}

/** Waits between attempts at one thing: longer each time, never as long as another client that failed at the same moment, and not for ever. */
export class Patience {
    readonly #limits: PatienceLimits;
    readonly #tell: (message: string) => void;
    #waits = 0;
    #waited = 0;

    constructor(limits: PatienceLimits, tell: (message: string) => void) {
        this.#limits = limits;
        this.#tell = tell;
    }

    /** Something has got through: the next failure begins anew. */
    progress(): void {
        this.#waits = 0;
        this.#waited = 0;
    }

    /** Waits before the next attempt. Throws the failure when it does not pass by itself, and a CommandError when it has lasted too long. */
    async after(failure: unknown): Promise<void> {
        if (!passesByItself(failure)) {
            throw failure;
        }
        const { first, longest, total } = this.#limits;
        const [reason] = describeError(failure);
        if (this.#waited >= total) {
            throw new CommandError(
                `The org has not answered for ${Math.max(1, Math.round(total / 60_000))} minutes: ${reason?.message ?? ''}`,
                'Look at https://status.salesforce.com and at the network. Then run the same command again: it goes on where it stopped.',
            );
        }
        const wait = Math.min(first * 2 ** this.#waits, longest) * (0.5 + Math.random() / 2);
        this.#waits += 1;
        this.#waited += wait;
        this.#tell(`${reason?.message ?? 'No answer.'} Trying again in ${Math.ceil(wait / 1000)} s.`);
        await sleep(wait);
    }
}
