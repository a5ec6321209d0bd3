import {
    executeSync,
    FieldsOnCorrectTypeRule,
    getOperationAST,
    GraphQLError,
    parse,
    specifiedRules,
    validate,
    type DocumentNode,
    type ExecutionResult,
    type GraphQLSchema,
    type ValidationContext,
    type ASTVisitor,
} from 'graphql';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { errorsOf, failure, PlatformFailure } from '../../failure.ts';
import type { Session } from '../../store/session.ts';
import type { OrgStore } from '../../store/store.ts';
import { restCall } from '../rest-routes.ts';
import { takingBack } from '../take-back.ts';
import { MutationRun } from './mutations.ts';
import { pruneOptional } from './optional.ts';
import type { GraphQLRun } from './record-node.ts';
import { buildSchemaFor } from './schema.ts';

const requestShape = z.object({
    query: z.string(),
    variables: z.record(z.string(), z.unknown()).nullish(),
    operationName: z.string().nullish(),
});

/** Far beyond what a page asks; the platform's own limits are not documented. */
const MOST_TOKENS = 20_000;
const DEEPEST = 100;

/** An entry of `errors` as the platform writes it. */
interface WireError {
    readonly message: string;
    readonly locations?: unknown;
    readonly path?: readonly (string | number)[];
    readonly paths?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
}

interface WireResult {
    readonly data: unknown;
    readonly errors: readonly WireError[];
}

/** `POST /graphql`: queries and mutations over `uiapi`, against the schema as the user sees it. */
export function addGraphQLApi(app: FastifyInstance, store: OrgStore): void {
    const schemas = new Map<string, GraphQLSchema>();
    let generation = store.generation;
    const schemaOf = (session: Session): GraphQLSchema => {
        const { signature } = session.access;
        if (generation !== store.generation) {
            generation = store.generation;
            schemas.clear();
        }
        let schema = schemas.get(signature);
        if (!schema) {
            schema = buildSchemaFor(store.schema, session);
            schemas.set(signature, schema);
        }
        return schema;
    };
    app.post('/services/data/:version/graphql', (request) => {
        const { session, body } = restCall(request);
        const parsed = requestShape.safeParse(body);
        if (!parsed.success) {
            throw failure('JSON_PARSER_ERROR', 'The request body must be { "query": "…", "variables": { … } }.');
        }
        return store.actingAs(session, () => answer(store, session, schemaOf(session), parsed.data));
    });
}

function answer(
    store: OrgStore,
    session: Session,
    schema: GraphQLSchema,
    { query, variables, operationName }: z.infer<typeof requestShape>,
): WireResult {
    let document: DocumentNode;
    try {
        checkNesting(query);
        document = pruneOptional(parse(query, { maxTokens: MOST_TOKENS }), schema);
    } catch (error) {
        if (error instanceof GraphQLError) {
            return { data: null, errors: [wireError(error, 'InvalidSyntax')] };
        }
        throw error;
    }
    const problems = validate(schema, document, RULES);
    if (problems.length > 0) {
        return { data: null, errors: problems.map((problem) => wireError(problem, 'ValidationError')) };
    }
    const run: GraphQLRun = { store, session, mutation: new MutationRun() };
    const execute = (): ExecutionResult =>
        executeSync({
            schema,
            document,
            contextValue: run,
            ...(variables ? { variableValues: variables } : {}),
            ...(operationName ? { operationName } : {}),
        });
    const isMutation = getOperationAST(document, operationName)?.operation === 'mutation';
    const result = isMutation ? executeMutation(run, execute) : execute();
    return {
        data: result.data ?? null,
        errors: (result.errors ?? []).map((error) => wireError(error, 'ValidationError')),
    };
}

/** Refuses what would exhaust the stack of parser and validator. Throws GraphQLError. */
function checkNesting(query: string): void {
    let depth = 0;
    for (const [token] of query.matchAll(/""".*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|[{[(]|[\])}]/gs)) {
        depth += /^[{[(]$/.test(token) ? 1 : /^[\])}]$/.test(token) ? -1 : 0;
        if (depth > DEEPEST) {
            throw new GraphQLError(`The document is nested more than ${DEEPEST} levels deep.`);
        }
    }
}

/** Everything of a mutation happens in one transaction; an all-or-none request that failed leaves none of it. */
function executeMutation(run: GraphQLRun, execute: () => ExecutionResult): ExecutionResult {
    const { result, takenBack } = takingBack(
        run.store,
        execute,
        ({ errors = [] }) => run.mutation.allOrNone && errors.length > 0,
    );
    return takenBack ? { ...result, data: withoutResults(result.data) ?? null } : result;
}

function withoutResults(data: ExecutionResult['data']): { [key: string]: unknown } | null {
    const uiapi = data?.['uiapi'];
    return typeof uiapi === 'object' && uiapi !== null
        ? { uiapi: Object.fromEntries(Object.keys(uiapi).map((alias) => [alias, null])) }
        : (data ?? null);
}

/** graphql-js words an unknown field differently; clients of the platform know it as FieldUndefined. */
function FieldUndefinedRule(context: ValidationContext): ASTVisitor {
    return {
        Field: (node) => {
            const type = context.getParentType();
            if (type && !context.getFieldDef()) {
                const name = node.name.value;
                context.reportError(
                    new GraphQLError(
                        `Validation error of type FieldUndefined: Field '${name}' in type '${type.name}' is undefined`,
                        { nodes: node },
                    ),
                );
            }
        },
    };
}

const RULES = [...specifiedRules.filter((rule) => rule !== FieldsOnCorrectTypeRule), FieldUndefinedRule];

function wireError(error: GraphQLError, type: string): WireError {
    const { cause } = error;
    const isThrown = cause instanceof Error && !(cause instanceof GraphQLError);
    if (isThrown && !(cause instanceof PlatformFailure)) {
        console.error(cause);
    }
    const thrown = isThrown ? errorsOf(cause) : [];
    const [first] = thrown;
    const path = error.path ? { path: error.path, paths: error.path } : {};
    return {
        message: first ? thrown.map((one) => one.message).join(' ') : error.message,
        ...(error.locations ? { locations: error.locations } : {}),
        ...path,
        extensions: first
            ? {
                  ErrorType: 'DataFetchingException',
                  errorCode: first.errorCode,
                  fields: thrown.flatMap((one) => one.fields ?? []),
              }
            : { ErrorType: type },
    };
}
