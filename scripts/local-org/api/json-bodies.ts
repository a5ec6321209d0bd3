import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failure, PlatformFailure } from '../failure.ts';

/** Records of a tree nest five deep; anything near this is an attack on the parser. */
const MOST_NESTED = 100;

/** JSON bodies with the platform's words for broken ones, and answers in its shape for whatever goes wrong. */
export function addJsonBodies(app: FastifyInstance): void {
    app.addContentTypeParser(
        'application/json',
        { parseAs: 'string' },
        (_request, body: string, done: (error: Error | null, parsed?: unknown) => void) => {
            try {
                done(null, parseJson(body));
            } catch (error) {
                done(error instanceof Error ? error : new Error(String(error)));
            }
        },
    );
    app.setErrorHandler((error, _request, reply) => {
        if (error instanceof PlatformFailure) {
            return reply.code(error.status).send(error.errors);
        }
        const message = error instanceof Error ? error.message : String(error);
        const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
        if (status >= 400 && status < 500) {
            // The code of 413 is a guess.
            const errorCode =
                { 413: 'REQUEST_ENTITY_TOO_LARGE', 415: 'UNSUPPORTED_MEDIA_TYPE' }[status] ?? 'JSON_PARSER_ERROR';
            return reply.code(status).send([{ message, errorCode }]);
        }
        console.error(error);
        return reply.code(500).send([{ message: `The local org failed: ${message}`, errorCode: 'UNKNOWN_EXCEPTION' }]);
    });
    app.setNotFoundHandler((request) => {
        throw failure(
            'NOT_FOUND',
            `The requested resource does not exist: the local org has no ${request.method} ${request.url.replace(/\?.*$/, '')}`,
        );
    });
}

/** Options of Fastify for what it refuses before any route: addresses that are none, and bytes that are no HTTP. */
export const EARLY_REFUSALS = {
    frameworkErrors: (error: Error, _request: FastifyRequest, reply: FastifyReply): void => {
        void reply.code(400).send([{ message: error.message, errorCode: 'INVALID_REQUEST' }]);
    },
    clientErrorHandler: (error: Error & { readonly code?: string }, socket: Socket): void => {
        if (!socket.writable || socket.destroyed) {
            return;
        }
        const [status, message] = EARLY[error.code ?? ''] ?? [400, `This is no HTTP request: ${error.message}`];
        const body = JSON.stringify([{ message, errorCode: 'INVALID_REQUEST' }]);
        const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`;
        const headers = [
            'content-type: application/json',
            `content-length: ${Buffer.byteLength(body)}`,
            'connection: close',
        ];
        socket.end([head, ...headers, '', body].join('\r\n'));
    },
};

const EARLY: Readonly<Record<string, readonly [status: number, message: string]>> = {
    HPE_HEADER_OVERFLOW: [
        431,
        'The address and headers are longer than 16 kB: send a long query in a composite request.',
    ],
    ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

/** No body at all is undefined. Throws JSON_PARSER_ERROR with line and column. */
function parseJson(text: string): unknown {
    if (text.trim() === '') {
        return undefined;
    }
    let depth = 0;
    for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
        if (token === '[' || token === '{') {
            depth += 1;
        } else if (token === ']' || token === '}') {
            depth -= 1;
        }
        if (depth > MOST_NESTED) {
            throw failure('JSON_PARSER_ERROR', `The JSON is nested more than ${MOST_NESTED} levels deep.`);
        }
    }
    try {
        return JSON.parse(text);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const offset = Number(/at position (\d+)/.exec(reason)?.[1] ?? text.length);
        const before = text.slice(0, offset).split('\n');
        throw failure(
            'JSON_PARSER_ERROR',
            `${reason.replace(/ (in JSON )?at position.*$/s, '')} at [line:${before.length}, column:${(before.at(-1)?.length ?? 0) + 1}]`,
        );
    }
}
