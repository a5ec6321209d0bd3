/** The org behind c-playbook-coaching-data in tests: answers its wires when a test says so. Mutations are those of `test/org`. */
import { graphql, type GraphQLError } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { flush } from './dom';
import { forgetOrg } from './org';
import {
    connection,
    node,
    objectInfo,
    playbook,
    setting,
    trigger,
    type Connection,
    type FieldValues,
    type RecordNode,
} from './platformAnswers';
import { configs, emit, type WireConfig } from './wires';

const asks =
    (name: string) =>
    ({ query }: WireConfig): boolean =>
        typeof query === 'object' && query !== null && 'source' in query && String(query.source).includes(name);
const QUERIES = {
    overview: asks('query PlaybookCoaching('),
    more: asks('query PlaybookCoachingMore('),
    csms: asks('query PlaybookCoachingCsms('),
};
type Query = keyof typeof QUERIES;

/** Runs the overview again, as the platform's `refresh` does; a test says what comes of it. */
export const refreshOverview = jest.fn(() => Promise.resolve());

export const MAYA = '005000000000001AAA';
export const TOM = '005000000000002AAA';
/** The signed-in user, as the platform's stub has it. */
export const ME = '005000000000000000';

/** A run as saves and steps show it: Maya's, of the at-risk playbook, on Nordlicht. */
const runFacts = (values: FieldValues = {}, parts: RecordNode = {}): RecordNode =>
    node(
        { Account__c: '001000000000001AAA', CSM_Shown__c: 'Maya Lindqvist', Trigger_Key__c: 'At_Risk', ...values },
        {
            Account__r: node({ Name: 'Nordlicht Logistik' }),
            Run_Playbook__r: playbook(),
            Run_CSM__r: node({ IsActive: true }),
            ...parts,
        },
    );

export const save = (values: FieldValues = {}, parts: RecordNode = {}): RecordNode =>
    runFacts(
        {
            Id: 'a0R-saved',
            Closed_At__c: '2026-11-19T18:00:00.000Z',
            ARR_Saved__c: 120_000,
            Cause__c: 'Low adoption',
            Outcome_Reason__c: 'They use it again.',
            Kept__c: 'Provisional',
            ...values,
        },
        parts,
    );

export const comment = (values: FieldValues = {}, by: string | null = 'Lena Fischer'): RecordNode =>
    node(
        {
            Id: 'a0K-1',
            Comment__c: 'Ask me for an introduction.',
            CreatedById: '005000000000009AAA',
            CreatedDate: '2026-11-20T18:00:00.000Z',
            ...values,
        },
        { CreatedBy: by === null ? null : node({ Name: by }) },
    );

export const skipped = (
    id: string,
    values: FieldValues = {},
    { comments = [], run = {}, parts = {} }: { comments?: RecordNode[]; run?: FieldValues; parts?: RecordNode } = {},
): RecordNode =>
    node(
        {
            Id: id,
            Recorded_Title__c: 'Speak with the sponsor',
            Recorded_Required__c: true,
            Skip_Reason__c: 'No contact available',
            Note__c: null,
            Completed_At__c: '2026-11-20T18:00:00.000Z',
            ...values,
        },
        {
            Playbook_Run__r: runFacts({ Outcome__c: null, ...run }, parts),
            Coaching_Comments__r: connection(comments),
        },
    );

/** What records have in common, how many there are, and a sum. */
const group = (values: FieldValues, count: number, sums: FieldValues = {}): RecordNode => ({
    aggregate: {
        ...node(values),
        Id: { count: { value: count } },
        ...Object.fromEntries(Object.entries(sums).map(([field, value]) => [field, { sum: { value } }])),
    },
});

export const savedGroup = (kept: string, count: number, arr?: number): RecordNode =>
    group({ Kept__c: kept }, count, arr === undefined ? {} : { ARR_Saved__c: arr });

export const answeredGroup = (step: string, reason: string | null, count: number, required = false): RecordNode =>
    group(
        {
            Recorded_Title__c: step,
            Recorded_Required__c: required,
            Completion_Status__c: reason === null ? 'Done' : 'Skipped',
            Skip_Reason__c: reason,
        },
        count,
    );

export interface OverviewAnswer {
    readonly settings?: readonly RecordNode[];
    readonly saves?: readonly RecordNode[];
    readonly skipped?: readonly RecordNode[];
    /** Where the next page of skipped steps begins; null: there is none. */
    readonly next?: string | null;
    readonly savedGroups?: readonly RecordNode[];
    readonly answered?: readonly RecordNode[];
    readonly answeredTruncated?: boolean;
    readonly csmIds?: readonly string[];
}

const page = (nodes: readonly RecordNode[], next: string | null): Connection => ({
    ...connection(nodes),
    pageInfo: { hasNextPage: next !== null, endCursor: next },
});

export async function giveOverview(answer: OverviewAnswer = {}): Promise<void> {
    const {
        settings = [setting({ Hide_Individuals__c: false, Small_Count__c: 10 })],
        saves = [save()],
        skipped: steps = [skipped('a0C-1')],
        next = null,
        savedGroups = [savedGroup('Provisional', 1, 120_000)],
        answered = [
            answeredGroup('Speak with the sponsor', 'No contact available', 1, true),
            answeredGroup('Speak with the sponsor', null, 3, true),
        ],
        csmIds = [MAYA, TOM],
    } = answer;
    await give('overview', {
        query: {
            Playbook_Setting__mdt: connection(settings),
            Playbook_Trigger__mdt: connection([trigger()]),
            Playbook__c: connection([node({ Id: 'a0P000000000001AAA', Name: 'At-Risk Account' })]),
            Playbook_Run__c: connection(saves),
            Step_Completion__c: page(steps, next),
        },
        aggregate: {
            Saved: connection(savedGroups),
            Answered: page(answered, answer.answeredTruncated ? 'next' : null),
            Csms: connection(csmIds.map((id) => group({ Run_CSM__c: id }, 1))),
        },
    });
}

export const giveMore = (steps: readonly RecordNode[], next: string | null = null): Promise<void> =>
    give('more', { query: { Step_Completion__c: page(steps, next) } });

export const giveCsms = (): Promise<void> =>
    give('csms', {
        query: {
            User: connection([
                node({ Id: MAYA, Name: 'Maya Lindqvist', IsActive: true }),
                node({ Id: TOM, Name: 'Tom Okafor', IsActive: false }),
            ]),
        },
    });

export async function giveCommentRight(createable: boolean): Promise<void> {
    emit(getObjectInfo, { data: { ...objectInfo('Coaching_Comment__c', {}), createable }, error: undefined });
    await flush();
}

/** All that the page asks for at first. */
export async function giveAllOf(answer: OverviewAnswer = {}): Promise<void> {
    await giveOverview(answer);
    await giveCsms();
    await giveCommentRight(true);
}

export async function failCoaching(query: Query, ...errors: readonly GraphQLError[]): Promise<void> {
    emit(graphql, { data: undefined, errors, refresh: refreshOverview }, QUERIES[query]);
    await flush();
}

/** What a wire was asked last; undefined while it waits. */
export const askedCoaching = (query: Query): WireConfig | undefined => configs(graphql).find(QUERIES[query]);

/** The text of what was asked. */
export function textOf(query: Query): string {
    const asked = askedCoaching(query)?.['query'];
    return typeof asked === 'object' && asked !== null && 'source' in asked ? String(asked.source) : '';
}

async function give(
    query: Query,
    uiapi: Readonly<Record<string, Readonly<Record<string, Connection>>>>,
): Promise<void> {
    emit(graphql, { data: { uiapi }, errors: undefined, refresh: refreshOverview }, QUERIES[query]);
    await flush();
}

export function forgetCoachingOrg(): void {
    forgetOrg();
    refreshOverview.mockReset().mockResolvedValue(undefined);
    window.sessionStorage.clear();
}
