/** What is read of a book of accounts. */
import { gql, type GraphQLDocument } from 'lightning/graphql';
import {
    COMPLETION,
    PLAYBOOK,
    RUN,
    SETTING,
    STEP,
    TRIGGER,
    VERSION,
    fields,
    filterAlong,
    list,
    queryText,
    selectionOf,
} from 'c/playbookRecords';

const document = (signature: string, lists: readonly string[]): GraphQLDocument => gql`
    ${queryText(signature, lists)}
`;

const published = 'Version_Status__c: { eq: "Published" }';
const byPosition = 'orderBy: { Position__c: { order: ASC } }';
const versionFields = `Id ${fields(VERSION)} Playbook__r { ${fields(PLAYBOOK)} }`;

/** The org's rules, published playbooks, the sweep that finished last, the signed-in user. */
export const RULES_QUERY = document('PlaybookBookRules($userId: ID!)', [
    list('Playbook_Trigger__mdt', 'first: 200', fields(TRIGGER)),
    list('Playbook_Setting__mdt', 'first: 1, where: { DeveloperName: { eq: "Default" } }', fields(SETTING)),
    list('Playbook_Holiday__mdt', 'first: 2000', fields('Holiday_On__c')),
    list('Playbook_Version__c', `first: 200, where: { ${published} }`, versionFields),
    list(
        'Playbook_Step__c',
        `first: 2000, where: { Playbook_Version__r: { ${published} } }, ${byPosition}`,
        `Id ${fields(STEP)}`,
    ),
    // Left out for whoever may not see sweeps.
    'Playbook_Sweep__c(first: 1, where: { Finished_At__c: { ne: null } }, orderBy: { Finished_At__c: { order: DESC } }) @optional ' +
        `{ edges { node { Id ${fields('Finished_At__c Sweep_Status__c')} } } }`,
    `User(first: 1, where: { Id: { eq: $userId } }) @optional { edges { node { Id ${fields('Name? FirstName? Email?')} } } }`,
]);

/** Versions that are no longer published but that runs keep. */
export const KEPT_QUERY = document('PlaybookBookVersions($versionIds: [ID])', [
    list('Playbook_Version__c', 'first: 200, where: { Id: { in: $versionIds } }', versionFields),
    list(
        'Playbook_Step__c',
        `first: 2000, where: { Playbook_Version__c: { in: $versionIds } }, ${byPosition}`,
        `Id ${fields(STEP)}`,
    ),
]);

export const COLLEAGUES_QUERY = document('PlaybookColleagues($name: String!)', [
    list(
        'User',
        'first: 10, where: { and: [{ IsActive: { eq: true } }, { Name: { like: $name } }] }, orderBy: { Name: { order: ASC } }',
        `Id ${fields('Name Title?')}`,
    ),
]);

/** Accounts and runs that one request brings. */
export const PAGE_SIZE = 2000;
/** Without saying how far, the platform pages through the first 4,000 records only. */
export const MOST = 20_000;

const OLDER =
    'Account__c Episode_Key__c Episode_Number__c Run_Version__c Trigger_Key__c Run_Status__c Surfaced_At__c Closed_At__c Outcome__c ' +
    // What they have counted, no other run of the account counts again.
    'Run_Kind__c? ARR_Saved__c? ARR_Lost__c?';

/** What a sweep decides of older closed runs, see `factsOf`. */
const LOOKED_BACK_ON =
    'Practice__c? ARR_At_Opening__c? Kept__c? Kept_On__c? Renewal_At_Close_On__c? Run_CSM__c? CSM_Months__c?';

export interface BookShape {
    /** Account fields that are read; the name comes in any case. */
    readonly paths: readonly string[];
    /** Path of the field that names the CSM, and whether it holds an id or, in some orgs, text. */
    readonly csm: { readonly path: string; readonly isText: boolean };
    /** All accounts instead of one CSM's. */
    readonly everyone: boolean;
}

/**
 * A page of the accounts of `$csmId`, with their runs beside them: those that are not closed or were closed since `$since` with their
 * completions, older ones only so far that the next episode gets its number and, among everyone's, that a sweep can look back on them. Runs hang on no account here: a query goes down one level of
 * children only, and theirs are the completions.
 */
export function bookQuery({ paths, csm, everyone }: BookShape): GraphQLDocument {
    const mine = everyone ? '' : filterAlong(csm.path, '{ eq: $csmId }');
    const ofMine = everyone ? '' : `{ Account__r: ${mine} }`;
    const owner = everyone ? '' : `$csmId: ${csm.isText ? 'String' : 'ID'}, `;
    const playbook = `Run_Playbook__r { ${fields('Name Key__c Category__c')} }`;
    return document(
        `PlaybookBook(${owner}$since: DateTime, $accountsAfter: String, $runsAfter: String, $olderAfter: String)`,
        [
            page('Account', '$accountsAfter', mine, `Id ${fields('Name')} ${selectionOf(paths)}`, everyone),
            page(
                'Playbook_Run__c',
                '$runsAfter',
                `{ and: [${ofMine} { or: [{ Run_Status__c: { ne: "Closed" } } { Closed_At__c: { gte: { value: $since } } }] }] }`,
                `Id ${fields(`Account__c ${RUN}`)} ${playbook} ${list(
                    'Step_Completions__r',
                    'first: 1000',
                    `Id ${fields(COMPLETION)} Completed_By__r @optional { ${fields('Name')} }`,
                )}`,
            ),
            page(
                'Older: Playbook_Run__c',
                '$olderAfter',
                `{ and: [${ofMine} { Run_Status__c: { eq: "Closed" } } { Closed_At__c: { lt: { value: $since } } }] }`,
                `Id ${fields(everyone ? `${OLDER} ${LOOKED_BACK_ON}` : OLDER)} ${playbook}`,
            ),
        ],
    );
}

function page(name: string, after: string, where: string, nodes: string, counted = false): string {
    const condition = where === '' ? '' : `, where: ${where}`;
    return (
        `${name}(first: ${PAGE_SIZE}, after: ${after}, upperBound: ${MOST}${condition}, orderBy: { Id: { order: ASC } }) ` +
        `{ ${counted ? 'totalCount ' : ''}edges { node { ${nodes} } } pageInfo { hasNextPage endCursor } }`
    );
}
