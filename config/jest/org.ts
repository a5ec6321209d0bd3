/** The org behind c-playbook-data in tests: answers its wires when a test says so, and takes its mutations. */
import type PlaybookData from 'c/playbookData';
import { executeMutation, graphql, type GraphQLError, type GraphQLResult } from 'lightning/graphql';
import { getObjectInfo, getObjectInfos, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import { getRecord, type RecordRepresentation } from 'lightning/uiRecordApi';
import { clearDom, flush } from './dom';
import {
    ACCOUNT_INFO,
    AT_RISK_VALUES,
    accountAnswer,
    found,
    record,
    runInfo,
    type QueryAnswer,
} from './platformAnswers';
import { configs, emit, type WireConfig } from './wires';

/** c-playbook-data as a test meets it. */
export type DataElement = HTMLElement &
    Pick<PlaybookData, 'recordId' | 'versionId' | 'mergePaths' | 'wantsTasks' | 'save' | 'refresh'>;

const asks =
    (name: string) =>
    (config: WireConfig): boolean => {
        const { query } = config;
        return typeof query === 'object' && query !== null && 'source' in query && String(query.source).includes(name);
    };
const asksAccount = asks('query PlaybookPanel(');
const asksVersion = asks('query PlaybookVersion(');
const asksSweep = asks('query PlaybookSweep ');
const asksTasks = asks('query PlaybookTasks(');

/** Runs the same query again, as the platform's `refresh` does; a test says what comes of it. */
export const refreshAccount = jest.fn(() => Promise.resolve());
export const refreshVersion = jest.fn(() => Promise.resolve());
export const refreshTasks = jest.fn(() => Promise.resolve());

export const ERROR_IN_QUERY: GraphQLError = { message: 'Boom', extensions: { ErrorType: 'InternalError' } };

/** Triggers, playbooks, runs, user; without `data` the query has failed with `errors`. */
export async function giveAccount(data: QueryAnswer | undefined, ...errors: readonly GraphQLError[]): Promise<void> {
    emit(graphql, { data, errors: errors.length > 0 ? errors : undefined, refresh: refreshAccount }, asksAccount);
    await flush();
}

/** Long texts of a version. */
export async function giveVersion(data: QueryAnswer | undefined, ...errors: readonly GraphQLError[]): Promise<void> {
    emit(graphql, { data, errors: errors.length > 0 ? errors : undefined, refresh: refreshVersion }, asksVersion);
    await flush();
}

/** The last sweep, where no version is in front. */
export async function giveSweep(data: QueryAnswer | undefined, ...errors: readonly GraphQLError[]): Promise<void> {
    emit(graphql, { data, errors: errors.length > 0 ? errors : undefined, refresh: refreshVersion }, asksSweep);
    await flush();
}

/** The account's logged calls and its contacts. */
export async function giveTasks(data: QueryAnswer | undefined, ...errors: readonly GraphQLError[]): Promise<void> {
    emit(graphql, { data, errors: errors.length > 0 ? errors : undefined, refresh: refreshTasks }, asksTasks);
    await flush();
}

/** Whether pages may log calls; without `info` they have no tasks at all. */
export async function giveTaskInfo(info: ObjectInfo | undefined, error?: unknown): Promise<void> {
    emit(getObjectInfo, { data: info, error });
    await flush();
}

export async function giveInfos(...infos: readonly ObjectInfo[]): Promise<void> {
    emit(getObjectInfos, { data: found(...infos), error: undefined });
    await flush();
}

export async function giveRecord(account: RecordRepresentation): Promise<void> {
    emit(getRecord, { data: account, error: undefined });
    await flush();
}

export async function failInfos(error: unknown): Promise<void> {
    emit(getObjectInfos, { data: undefined, error });
    await flush();
}

export async function failRecord(error: unknown): Promise<void> {
    emit(getRecord, { data: undefined, error });
    await flush();
}

/** Everything at once, for tests that are about something else. */
export async function giveAll(
    account: QueryAnswer = accountAnswer(),
    values: Parameters<typeof record>[0] = AT_RISK_VALUES,
    ...infos: readonly ObjectInfo[]
): Promise<void> {
    await giveInfos(...(infos.length > 0 ? infos : [ACCOUNT_INFO, runInfo()]));
    await giveAccount(account);
    await giveRecord(record(values));
}

/** What a wire was asked last; undefined while it waits. */
export const askedAccount = (): WireConfig | undefined => configs(graphql).find(asksAccount);
export const askedSweep = (): WireConfig | undefined => configs(graphql).find(asksSweep);
export const askedTasks = (): WireConfig | undefined => configs(graphql).find(asksTasks);
export const askedVersion = (): WireConfig | undefined => configs(graphql).find(asksVersion);
export const askedRecord = (): WireConfig | undefined => configs(getRecord)[0];
export const askedInfos = (): WireConfig | undefined => configs(getObjectInfos)[0];

export interface Mutation {
    readonly document: string;
    readonly variables: Readonly<Record<string, unknown>>;
}

/** Every mutation that was sent, in order. */
export const mutations = (): readonly Mutation[] =>
    jest.mocked(executeMutation).mock.calls.map(([{ query, variables = {} }]) => ({
        document: 'source' in query ? String(query.source) : '',
        variables,
    }));

/** The next mutation is written; `ids` by alias (`run`, `completion0`). */
export function acceptMutation(ids: Readonly<Record<string, string>> = {}): void {
    const results = Object.entries(ids).map(([alias, id]) => [alias, { Record: { Id: id } }] as const);
    answerMutation({ data: { uiapi: Object.fromEntries(results) } });
}

/** The next mutation is refused: nothing is written. */
export function refuseMutation(message: string, errorType: string): void {
    answerMutation({ data: null, errors: [{ message, extensions: { ErrorType: errorType } }] });
}

/** No answer comes back. */
export function loseMutation(): void {
    jest.mocked(executeMutation).mockRejectedValueOnce(new TypeError('Failed to fetch'));
}

/** The next mutation stays on its way until the returned function is called. */
export function holdMutation(ids: Readonly<Record<string, string>> = {}): () => Promise<void> {
    let arrive: (result: GraphQLResult<unknown>) => void = () => undefined;
    jest.mocked(executeMutation).mockReturnValueOnce(
        new Promise((resolve) => {
            arrive = resolve;
        }),
    );
    return async () => {
        const results = Object.entries(ids).map(([alias, id]) => [alias, { Record: { Id: id } }] as const);
        arrive({ data: { uiapi: Object.fromEntries(results) } });
        await flush();
    };
}

function answerMutation(result: GraphQLResult<unknown>): void {
    jest.mocked(executeMutation).mockResolvedValueOnce(result);
}

/** Clears the page and forgets what the org was told to answer; for `afterEach`. */
export function forgetOrg(): void {
    clearDom();
    jest.mocked(executeMutation).mockReset();
    refreshAccount.mockReset().mockResolvedValue(undefined);
    refreshVersion.mockReset().mockResolvedValue(undefined);
    refreshTasks.mockReset().mockResolvedValue(undefined);
}
