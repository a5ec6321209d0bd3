/** The org behind c-playbook-book-data in tests: answers its wires when a test says so. Mutations are those of `test/org`. */
import type PlaybookBookData from 'c/playbookBookData';
import { graphql, type GraphQLError } from 'lightning/graphql';
import { getObjectInfos, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import { bookAnswer, rulesAnswer } from './bookAnswers';
import { flush } from './dom';
import { forgetOrg } from './org';
import {
    CONTACT_INFO,
    connection,
    found,
    objectInfo,
    runInfo,
    type QueryAnswer,
    type RecordNode,
} from './platformAnswers';
import { configs, emit, type WireConfig } from './wires';

/** c-playbook-book-data as a test meets it. */
export type BookElement = HTMLElement & Pick<PlaybookBookData, 'csmId' | 'everyone' | 'search' | 'save' | 'refresh'>;

const asks =
    (name: string) =>
    ({ query }: WireConfig): boolean =>
        typeof query === 'object' && query !== null && 'source' in query && String(query.source).includes(name);
const QUERIES = {
    rules: asks('query PlaybookBookRules('),
    book: asks('query PlaybookBook('),
    kept: asks('query PlaybookBookVersions('),
    colleagues: asks('query PlaybookColleagues('),
};
type Query = keyof typeof QUERIES;

/** Runs the same query again, as the platform's `refresh` does; a test says what comes of it. */
export const refreshes: Readonly<Record<Query, jest.Mock<Promise<void>, []>>> = {
    rules: jest.fn(() => Promise.resolve()),
    book: jest.fn(() => Promise.resolve()),
    kept: jest.fn(() => Promise.resolve()),
    colleagues: jest.fn(() => Promise.resolve()),
};

async function give(query: Query, data: QueryAnswer | undefined, errors: readonly GraphQLError[]): Promise<void> {
    const result = { data, errors: errors.length > 0 ? errors : undefined, refresh: refreshes[query] };
    emit(graphql, result, QUERIES[query]);
    await flush();
}

/** Triggers, settings, versions, sweep and user; without `data` the query has failed with `errors`. */
export const giveRules = (
    data: QueryAnswer | undefined = rulesAnswer(),
    ...errors: readonly GraphQLError[]
): Promise<void> => give('rules', data, errors);

/** A page of accounts and runs. */
export const giveBook = (
    data: QueryAnswer | undefined = bookAnswer(),
    ...errors: readonly GraphQLError[]
): Promise<void> => give('book', data, errors);

/** The queries fail; the answer before stays what it was. */
export const failRules = (...errors: readonly GraphQLError[]): Promise<void> => give('rules', undefined, errors);
export const failBook = (...errors: readonly GraphQLError[]): Promise<void> => give('book', undefined, errors);

/** Versions that runs keep. */
export const giveKept = (versions: readonly RecordNode[], steps: readonly RecordNode[]): Promise<void> =>
    give(
        'kept',
        { uiapi: { query: { Playbook_Version__c: connection(versions), Playbook_Step__c: connection(steps) } } },
        [],
    );

export const giveColleagues = (...users: readonly RecordNode[]): Promise<void> =>
    give('colleagues', { uiapi: { query: { User: connection(users) } } }, []);

export const sweepInfo = (createable = false): ObjectInfo => objectInfo('Playbook_Sweep__c', {}, createable);
export const USER_INFO = objectInfo('User', { Name: ['String', 'Full Name'] });
/** Account with a CSM of its own and an owner. */
export const BOOK_ACCOUNT_INFO = objectInfo('Account', {
    Name: ['String', 'Account Name'],
    Health_Score__c: ['Double', 'Health Score'],
    Health_Score_On__c: ['Date', 'Health Score On'],
    Usage_Change__c: ['Percent', 'Usage Change'],
    Renewal_Date__c: ['Date', 'Renewal Date'],
    ARR__c: ['Currency', 'ARR'],
    CSM__c: ['Reference', 'CSM', 'CSM__r', 'User'],
    OwnerId: ['Reference', 'Owner', 'Owner', 'User'],
    Champion__c: ['Reference', 'Champion', 'Champion__r', 'Contact'],
    ParentId: ['Reference', 'Parent Account', 'Parent', 'Account'],
});

export async function giveTypes(...infos: readonly ObjectInfo[]): Promise<void> {
    const usual = [BOOK_ACCOUNT_INFO, runInfo(), sweepInfo(), CONTACT_INFO, USER_INFO];
    emit(getObjectInfos, { data: found(...(infos.length > 0 ? infos : usual)), error: undefined });
    await flush();
}

/** Everything at once, for tests that are about something else. */
export async function giveBookOrg(book: QueryAnswer = bookAnswer(), rules: QueryAnswer = rulesAnswer()): Promise<void> {
    await giveTypes();
    await giveRules(rules);
    await giveBook(book);
}

/** What a wire was asked last; undefined while it waits. */
export const asked = (query: Query): WireConfig | undefined => configs(graphql).find(QUERIES[query]);
/** The text of what it was asked. */
export function askedText(query: Query): string {
    const { query: document } = asked(query) ?? {};
    return typeof document === 'object' && document !== null && 'source' in document ? String(document.source) : '';
}

/** Clears the page and forgets what the org was told to answer; for `afterEach`. */
export function forgetBookOrg(): void {
    forgetOrg();
    for (const refresh of Object.values(refreshes)) refresh.mockReset().mockResolvedValue(undefined);
}
