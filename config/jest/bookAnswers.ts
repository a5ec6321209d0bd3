/** What the platform answers about a whole book of accounts, for tests. */
import {
    ACCOUNT_ID,
    AT_RISK_VALUES,
    connection,
    node,
    setting,
    step,
    trigger,
    user,
    version,
    type Connection,
    type FieldValues,
    type QueryAnswer,
    type RecordNode,
} from './platformAnswers';

export const OTHER_ACCOUNT_ID = '001000000000002AAA';

/** An account as the book query gives it; by default one at risk. `parts` are its lookups. */
export const bookAccount = (values: FieldValues = {}, parts: RecordNode = {}): RecordNode =>
    node({ Id: ACCOUNT_ID, ...AT_RISK_VALUES, OwnerId: '005000000000000000', ...values }, parts);

/** Health 90: nothing asks for anything. */
export const healthyAccount = (values: FieldValues = {}): RecordNode =>
    bookAccount({ Id: OTHER_ACCOUNT_ID, Name: 'Ruhig GmbH', Health_Score__c: 90, ...values });

export interface RulesAnswer {
    readonly triggers?: readonly RecordNode[];
    readonly settings?: readonly RecordNode[];
    readonly versions?: readonly RecordNode[];
    readonly steps?: readonly RecordNode[];
    /** Undefined: left out, since the user may not see sweeps. */
    readonly sweeps?: readonly RecordNode[] | undefined;
}

export function rulesAnswer(answer: RulesAnswer = {}): QueryAnswer {
    return {
        uiapi: {
            query: {
                Playbook_Trigger__mdt: connection(answer.triggers ?? [trigger()]),
                Playbook_Setting__mdt: connection(answer.settings ?? [setting()]),
                Playbook_Holiday__mdt: connection([]),
                Playbook_Version__c: connection(answer.versions ?? [version()]),
                Playbook_Step__c: connection(answer.steps ?? [step('check'), step('call', { Position__c: 2 })]),
                ...(answer.sweeps ? { Playbook_Sweep__c: connection(answer.sweeps) } : {}),
                User: connection([user()]),
            },
        },
    };
}

export const sweep = (values: FieldValues = {}): RecordNode =>
    node({
        Id: 'a0W000000000001AAA',
        Finished_At__c: '2026-11-21T02:00:00.000Z',
        Sweep_Status__c: 'Finished',
        ...values,
    });

export interface BookAnswer {
    readonly accounts?: readonly RecordNode[];
    readonly runs?: readonly RecordNode[];
    readonly older?: readonly RecordNode[];
    /** Where the accounts go on; undefined: they end here. */
    readonly endCursor?: string;
    readonly total?: number;
}

export function bookAnswer({
    accounts = [bookAccount()],
    runs = [],
    older = [],
    endCursor,
    total,
}: BookAnswer = {}): QueryAnswer {
    const page = (nodes: readonly RecordNode[], cursor: string | undefined): Connection => ({
        ...connection(nodes),
        ...(total === undefined ? {} : { totalCount: total }),
        pageInfo: { hasNextPage: cursor !== undefined, endCursor: cursor ?? null },
    });
    return {
        uiapi: {
            query: {
                Account: page(accounts, endCursor),
                Playbook_Run__c: page(runs, undefined),
                Older: page(older, undefined),
            },
        },
    };
}

/** A run of the first account, as it stands in a book. */
export const ofAccount = (run: RecordNode, accountId = ACCOUNT_ID): RecordNode => ({
    ...run,
    Account__c: { value: accountId },
});
