import { z } from 'zod';
import { failure } from '../failure.ts';
import type { OrgStore } from '../store/store.ts';
import type { RestAnswer, RestCall, RestRoutes } from './rest-routes.ts';
import { takingBack } from './take-back.ts';

/** Most subrequests, and most of them that are queries or collections. */
const MOST = 25;
const MOST_QUERIES = 5;

const compositeShape = z.object({
    allOrNone: z.boolean().default(false),
    /** Only lets the platform reorder what does not depend on each other. */
    collateSubrequests: z.boolean().optional(),
    compositeRequest: z
        .array(
            z.object({
                method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
                url: z.string(),
                referenceId: z.string().regex(/^[A-Za-z0-9]\w*$/, 'must start with a letter or a number'),
                body: z.unknown().optional(),
                httpHeaders: z.record(z.string(), z.string()).default({}),
            }),
        )
        .min(1),
});

interface SubAnswer {
    readonly body: unknown;
    readonly httpHeaders: Readonly<Record<string, string>>;
    readonly httpStatusCode: number;
    readonly referenceId: string;
}

const halted = (message: string): RestAnswer => ({
    status: 400,
    body: [{ errorCode: 'PROCESSING_HALTED', message }],
});

const ROLLED_BACK = halted('The transaction was rolled back since another operation in the same transaction failed.');

/** `POST /composite`: up to 25 requests in order, later ones with `@{reference.path}` into the answers of earlier ones. */
export function addComposite(routes: RestRoutes, store: OrgStore): void {
    routes.add('POST', '/composite', (call) => {
        const parsed = compositeShape.safeParse(call.body);
        if (!parsed.success) {
            throw failure('JSON_PARSER_ERROR', z.prettifyError(parsed.error));
        }
        return { status: 200, body: { compositeResponse: runAll(routes, store, call, parsed.data) } };
    });
}

function runAll(
    routes: RestRoutes,
    store: OrgStore,
    call: RestCall,
    { allOrNone, compositeRequest: parts }: z.infer<typeof compositeShape>,
): readonly SubAnswer[] {
    checkLimits(parts);
    const { result: answers, takenBack } = takingBack(
        store,
        () => {
            const done = new Map<string, RestAnswer>();
            for (const part of parts) {
                const answer = runOne(routes, call, part, done, allOrNone);
                done.set(part.referenceId, answer);
                if (allOrNone && hasFailed(answer)) {
                    break;
                }
            }
            return done;
        },
        (done) => allOrNone && [...done.values()].some(hasFailed),
    );
    return parts.map(({ referenceId, method, url }) => {
        const answer = answers.get(referenceId);
        const { status, body } = answer && (!takenBack || hasFailed(answer)) ? answer : ROLLED_BACK;
        const id = status === 201 ? valueAt(body, ['id']) : undefined;
        const path = method === 'POST' ? url : url.split('/').slice(0, -2).join('/');
        return {
            body: body ?? null,
            httpHeaders: typeof id === 'string' ? { Location: `${path}/${id}` } : {},
            httpStatusCode: status,
            referenceId,
        };
    });
}

type Part = z.infer<typeof compositeShape>['compositeRequest'][number];

function checkLimits(parts: readonly Part[]): void {
    if (parts.length > MOST) {
        throw failure('LIMIT_EXCEEDED', `A composite request can hold at most ${MOST} subrequests.`);
    }
    if (parts.filter(({ url }) => /\/(query|composite)\b/.test(url)).length > MOST_QUERIES) {
        throw failure(
            'LIMIT_EXCEEDED',
            `At most ${MOST_QUERIES} subrequests of a composite request can be queries or collections.`,
        );
    }
    const names = parts.map((part) => part.referenceId);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
        throw failure('INVALID_INPUT', `The referenceId ${twice} stands twice.`);
    }
}

function runOne(
    routes: RestRoutes,
    { session }: RestCall,
    { method, url, body, httpHeaders }: Part,
    answers: ReadonlyMap<string, RestAnswer>,
    allOrNone: boolean,
): RestAnswer {
    try {
        const filledBody = filled(body, answers);
        const collection = /\/composite\/sobjects\b/.test(url) && typeof filledBody === 'object' && allOrNone;
        return routes.run(session, {
            method,
            url: filledUrl(url, answers),
            body: collection ? { ...filledBody, allOrNone } : filledBody,
            headers: Object.fromEntries(
                Object.entries(httpHeaders).map(([name, value]) => [name.toLowerCase(), value]),
            ),
        });
    } catch (error) {
        if (error instanceof NoReference) {
            return halted(error.message);
        }
        throw error;
    }
}

/** A collection answers 200 though records in it failed; all or none looks inside. */
function hasFailed({ status, body }: RestAnswer): boolean {
    const results: readonly unknown[] = Array.isArray(body) ? body : [];
    return status >= 300 || results.some((result) => valueAt(result, ['success']) === false);
}

class NoReference extends Error {}

const REFERENCE = /@\{([^}]*)\}/g;

/** Replaces references in all text of a body; text that is one reference becomes what it refers to, number or not. */
function filled(value: unknown, answers: ReadonlyMap<string, RestAnswer>): unknown {
    if (typeof value === 'string') {
        const whole = /^@\{([^}]*)\}$/.exec(value)?.[1];
        return whole === undefined ? filledText(value, answers, String) : referred(whole, answers);
    }
    if (Array.isArray(value)) {
        return value.map((item) => filled(item, answers));
    }
    if (typeof value === 'object' && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, answers)]));
    }
    return value;
}

const filledUrl = (url: string, answers: ReadonlyMap<string, RestAnswer>): string =>
    filledText(url, answers, encodeURIComponent);

function filledText(text: string, answers: ReadonlyMap<string, RestAnswer>, write: (value: string) => string): string {
    return text.replace(REFERENCE, (_all, path: string) => write(String(referred(path, answers))));
}

/** `ref.id`, `ref.records[0].Name`, `ref[1].id` → the value in the answer of `ref`. */
function referred(path: string, answers: ReadonlyMap<string, RestAnswer>): string | number | boolean {
    const [name = '', ...keys] = path.split(/[.[\]]+/).filter((key) => key !== '');
    const answer = answers.get(name);
    const value = answer && !hasFailed(answer) ? valueAt(answer.body, keys) : undefined;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
        throw new NoReference(`Invalid reference specified. No value for ${path} found in ${name}.`);
    }
    return value;
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
    let current = value;
    for (const key of keys) {
        current =
            typeof current === 'object' && current !== null && Object.hasOwn(current, key)
                ? Reflect.get(current, key)
                : undefined;
    }
    return current;
}
