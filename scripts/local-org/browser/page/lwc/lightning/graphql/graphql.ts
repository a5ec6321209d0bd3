/**
 * Stand-in for the platform's module. Results are kept for a while by query and variables, shared by all wires that ask the same, and not brought up
 * to date by a mutation: only `refresh` does that, as the platform's documentation asks callers to assume.
 */
import type { GraphQLDocument, GraphQLError, GraphQLResult } from 'lightning/graphql';
import { apiPath, messagesOf, request } from 'local/connection';
import { frozen } from 'local/frozen';

interface Config {
    query: GraphQLDocument | undefined;
    variables?: Readonly<Record<string, unknown>> | undefined;
    operationName?: string | undefined;
}
interface Answer {
    data?: unknown;
    errors?: readonly GraphQLError[];
}
interface Shared {
    answer?: Answer;
    signature?: string;
    answeredAt: number;
    underway?: Promise<void> | undefined;
    readonly wires: Set<(answer: Answer) => void>;
}

const FRESH_MS = 30_000;
const shared = new Map<string, Shared>();
const sources = new WeakMap<GraphQLDocument, string>();

export function gql(strings: TemplateStringsArray, ...values: readonly unknown[]): GraphQLDocument {
    const source = String.raw({ raw: strings }, ...values);
    const document = Object.freeze({ source }) as unknown as GraphQLDocument;
    sources.set(document, source);
    return document;
}

export class graphql {
    private config: Config = { query: undefined };
    private connected = false;
    private entry: Shared | undefined;

    constructor(private readonly emit: (result: GraphQLResult<unknown>) => void) {
        emit({ data: undefined, errors: undefined });
    }
    update(config: Config): void {
        this.config = config;
        if (this.connected) this.subscribe();
    }
    connect(): void {
        this.connected = true;
        this.subscribe();
    }
    disconnect(): void {
        this.connected = false;
        this.entry?.wires.delete(this.provide);
        this.entry = undefined;
    }

    private readonly provide = (answer: Answer): void => {
        const errors = answer.errors?.length ? answer.errors : undefined;
        this.emit({ data: answer.data ?? undefined, errors, refresh: this.refresh });
    };
    private readonly refresh = async (): Promise<void> => {
        if (this.entry) await run(this.entry, this.config);
    };
    private subscribe(): void {
        this.entry?.wires.delete(this.provide);
        this.entry = undefined;
        if (!this.config.query || ('variables' in this.config && this.config.variables === undefined)) return;
        const key = JSON.stringify(payload(this.config));
        const entry = shared.get(key) ?? { answeredAt: 0, wires: new Set() };
        shared.set(key, entry);
        this.entry = entry;
        entry.wires.add(this.provide);
        const fresh = Date.now() - entry.answeredAt < FRESH_MS;
        if (entry.answer && fresh) this.provide(entry.answer);
        else void run(entry, this.config, this.provide);
    }
}

export async function executeMutation<T>(config: Config): Promise<GraphQLResult<T>> {
    const answer = await request<Answer>('POST', apiPath('/graphql'), payload(config));
    return frozen({ data: answer.data as T, errors: answer.errors?.length ? answer.errors : undefined });
}

/** Asks the server once, however many want to know, and tells every wire that has not seen this answer. */
function run(entry: Shared, config: Config, newcomer?: (answer: Answer) => void): Promise<void> {
    entry.underway ??= ask(config).then((answer) => {
        const signature = JSON.stringify(answer);
        const changed = signature !== entry.signature;
        const failed = answer.errors !== undefined && answer.data == null;
        Object.assign(entry, { answer, signature, answeredAt: failed ? 0 : Date.now(), underway: undefined });
        for (const wire of entry.wires) if (changed || wire === newcomer) wire(answer);
    });
    return entry.underway;
}

async function ask(config: Config): Promise<Answer> {
    try {
        return frozen(await request<Answer>('POST', apiPath('/graphql'), payload(config)));
    } catch (error) {
        return frozen({ errors: messagesOf(error).map((message) => ({ message })) });
    }
}

function payload({ query, variables, operationName }: Config): Record<string, unknown> {
    const source = query && sources.get(query);
    if (source === undefined) throw new TypeError('The query is not a document made by gql.');
    return { query: source, variables, operationName };
}
