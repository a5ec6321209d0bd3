/** What is read and written for coaching. Every list is bounded and what is counted is counted by the org, however many runs there are. */
import { gql, type GraphQLDocument } from 'lightning/graphql';
import { fields, list, queryText } from 'c/playbookRecords';

const SAVES_SHOWN = 10;
/** Skipped steps that the page begins with, and how many come when more are asked for. */
const STEPS_SHOWN = 15;
const PAGE_SIZE = 50;
/** Groups that one request brings: the most that the platform gives. */
const MOST_GROUPS = 2000;
const COMMENTS_SHOWN = 50;

/** What a query is narrowed to: an absent filter is no filter that is blank, so it stands in another text. */
export interface Narrowing {
    readonly byCsm: boolean;
    readonly byPlaybook: boolean;
}

const RUN_FACTS =
    `${fields('Account__c CSM_Shown__c Trigger_Key__c')} Account__r { ${fields('Name')} } ` +
    `Run_Playbook__r @optional { ${fields('Name')} } Run_CSM__r @optional { ${fields('IsActive?')} }`;

/** Conditions on the fields of a run. */
function runConditions({ byCsm, byPlaybook }: Narrowing): readonly string[] {
    return [
        ...(byCsm ? ['{ Run_CSM__c: { eq: $csmId } }'] : []),
        ...(byPlaybook ? ['{ Run_Playbook__c: { eq: $playbookId } }'] : []),
    ];
}

const all = (conditions: readonly string[]): string => `where: { and: [${conditions.join(' ')}] }`;

function savedWhere(narrowing: Narrowing): string {
    return all([
        '{ Is_Saved__c: { eq: 1 } }',
        '{ Closed_At__c: { gte: { value: $since } } }',
        ...runConditions(narrowing),
    ]);
}

function stepsWhere(narrowing: Narrowing, counted: string): string {
    const ofRun = runConditions(narrowing).map((condition) => `{ Playbook_Run__r: ${condition} }`);
    return all([counted, '{ Completed_At__c: { gte: { value: $since } } }', ...ofRun]);
}

const signature = (name: string, { byCsm, byPlaybook }: Narrowing, more: readonly string[]): string =>
    `${name}(${['$since: DateTime', ...(byCsm ? ['$csmId: ID'] : []), ...(byPlaybook ? ['$playbookId: ID'] : []), ...more].join(', ')})`;

const SKIPPED = '{ Is_Skipped__c: { eq: 1 } }';
/** Done or skipped, and no practice. */
const ANSWERED = `{ or: [{ Is_Done__c: { eq: 1 } } ${SKIPPED}] }`;

const skippedList = (narrowing: Narrowing, page: string): string =>
    `Step_Completion__c(${page}, ${stepsWhere(narrowing, SKIPPED)}, ` +
    'orderBy: { Completed_At__c: { order: DESC } }) { edges { node { Id ' +
    fields('Recorded_Title__c Recorded_Required__c Skip_Reason__c Note__c Completed_At__c') +
    ` Playbook_Run__r { ${RUN_FACTS} ${fields('Outcome__c')} } ` +
    list(
        'Coaching_Comments__r',
        `first: ${COMMENTS_SHOWN}, orderBy: { CreatedDate: { order: ASC } }`,
        `Id ${fields('Comment__c CreatedById CreatedDate')} CreatedBy @optional { ${fields('Name')} }`,
    ) +
    ' } } pageInfo { hasNextPage endCursor } }';

const grouped = (object: string, where: string, by: readonly string[], measures: string): string =>
    `${object}(first: ${MOST_GROUPS}, ${where}, groupBy: { ${by.map((field) => `${field}: { group: true }`).join(', ')} }) ` +
    `{ edges { node { aggregate { ${fields(by.join(' '))} ${measures} } } } pageInfo { hasNextPage } }`;

const COUNT = 'Id { count { value } }';

/** The page at once: settings, choices of the filters, saves and skipped steps, what they come to. `$lately` bounds whose runs make a CSM one to choose. */
export const overviewQuery = (narrowing: Narrowing): GraphQLDocument => gql`
    ${`query ${signature('PlaybookCoaching', narrowing, ['$lately: DateTime'])} { uiapi { query { ${[
        list(
            'Playbook_Setting__mdt',
            'first: 1, where: { DeveloperName: { eq: "Default" } }',
            fields('Hide_Individuals__c Small_Count__c'),
        ),
        list('Playbook_Trigger__mdt', 'first: 200', fields('DeveloperName MasterLabel')),
        list('Playbook__c', 'first: 500, orderBy: { Name: { order: ASC } }', `Id ${fields('Name')}`),
        list(
            'Playbook_Run__c',
            `first: ${SAVES_SHOWN}, ${savedWhere(narrowing)}, orderBy: { Closed_At__c: { order: DESC } }`,
            `Id ${RUN_FACTS} ${fields('Closed_At__c ARR_Saved__c? Cause__c Outcome_Reason__c Kept__c')}`,
        ),
        skippedList(narrowing, `first: ${STEPS_SHOWN}`),
    ].join(' ')} } aggregate { ${[
        `Saved: ${grouped('Playbook_Run__c', savedWhere(narrowing), ['Kept__c'], `${COUNT} ARR_Saved__c @optional { sum { value } }`)}`,
        `Answered: ${grouped(
            'Step_Completion__c',
            stepsWhere(narrowing, ANSWERED),
            ['Recorded_Title__c', 'Recorded_Required__c', 'Completion_Status__c', 'Skip_Reason__c'],
            COUNT,
        )}`,
        `Csms: ${grouped(
            'Playbook_Run__c',
            'where: { and: [{ Surfaced_At__c: { gte: { value: $lately } } } { Run_CSM__c: { ne: null } }] }',
            ['Run_CSM__c'],
            COUNT,
        )}`,
    ].join(' ')} } } }`}
`;

/** The skipped steps after those that were read. */
export const moreQuery = (narrowing: Narrowing): GraphQLDocument => gql`
    ${queryText(signature('PlaybookCoachingMore', narrowing, ['$after: String']), [skippedList(narrowing, `first: ${PAGE_SIZE}, after: $after`)])}
`;

export const CSMS_QUERY = gql`
    ${queryText('PlaybookCoachingCsms($ids: [ID])', [
        list(
            'User',
            'first: 2000, where: { Id: { in: $ids } }, orderBy: { Name: { order: ASC } }',
            `Id ${fields('Name IsActive?')}`,
        ),
    ])}
`;

export const CREATE_COMMENT = gql`
    mutation CreateCoachingComment($comment: Coaching_Comment__cCreateInput!) {
        uiapi(input: { allOrNone: true }) {
            comment: Coaching_Comment__cCreate(input: $comment) {
                Record {
                    Id
                }
            }
        }
    }
`;

export const UPDATE_COMMENT = gql`
    mutation UpdateCoachingComment($comment: Coaching_Comment__cUpdateInput!) {
        uiapi(input: { allOrNone: true }) {
            comment: Coaching_Comment__cUpdate(input: $comment) {
                Record {
                    Id
                }
            }
        }
    }
`;

export const DELETE_COMMENT = gql`
    mutation DeleteCoachingComment($id: IdOrRef!) {
        uiapi(input: { allOrNone: true }) {
            comment: Coaching_Comment__cDelete(input: { Id: $id }) {
                Id
            }
        }
    }
`;
