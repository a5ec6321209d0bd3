/** The panel's reads: two until it can be worked with, others when they are wanted. */
import { gql, type GraphQLDocument } from 'lightning/graphql';
import { COMPLETION, PLAYBOOK, RUN, SETTING, STEP, TRIGGER, VERSION, fields, list, queryText } from 'c/playbookRecords';

const document = (signature: string, lists: readonly string[]): GraphQLDocument => gql`
    ${queryText(signature, lists)}
`;

const published = 'Version_Status__c: { eq: "Published" }';
const byPosition = 'orderBy: { Position__c: { order: ASC } }';

/**
 * All the panel needs about an account but its figures, in one request: the org's triggers and settings, published playbooks
 * (without their long texts), the account's runs, the signed-in user.
 * The platform takes ten subqueries a query. If lists within lists count, these are ten: there is no room for another one.
 * Figures come through getRecord, since which fields they are is a setting; long texts follow when a checklist is open.
 */
export const ACCOUNT_QUERY = document('PlaybookPanel($accountId: ID!, $userId: ID!)', [
    list('Playbook_Trigger__mdt', 'first: 200', fields(TRIGGER)),
    list('Playbook_Setting__mdt', 'first: 1, where: { DeveloperName: { eq: "Default" } }', fields(SETTING)),
    list('Playbook_Holiday__mdt', 'first: 2000', fields('Holiday_On__c')),
    list(
        'Playbook_Version__c',
        `first: 200, where: { ${published} }`,
        `Id ${fields(VERSION)} Playbook__r { ${fields(PLAYBOOK)} }`,
    ),
    list(
        'Playbook_Step__c',
        `first: 2000, where: { Playbook_Version__r: { ${published} } }, ${byPosition}`,
        `Id ${fields(STEP)}`,
    ),
    list(
        'Playbook_Run__c',
        'first: 100, where: { Account__c: { eq: $accountId } }, orderBy: { CreatedDate: { order: DESC } }',
        `Id ${fields(RUN)} Run_Playbook__r { ${fields('Name Key__c Category__c')} } ${list(
            'Step_Completions__r',
            'first: 1000',
            `Id ${fields(COMPLETION)} Completed_By__r @optional { ${fields('Name')} }`,
        )}`,
    ),
    list(
        'Account',
        'first: 1, where: { Id: { eq: $accountId } }',
        'Id Cases(first: 1, where: { IsClosed: { eq: false } }) @optional { totalCount }',
    ),
    `User(first: 1, where: { Id: { eq: $userId } }) @optional { edges { node { Id ${fields('Name? FirstName? Email?')} } } }`,
]);

/** Left out for whoever may not see sweeps. The account's own query has no room for another list. */
const lastSweep =
    'Playbook_Sweep__c(first: 1, where: { Finished_At__c: { ne: null } }, orderBy: { Finished_At__c: { order: DESC } }) @optional ' +
    `{ edges { node { Id ${fields('Finished_At__c Sweep_Status__c')} } } }`;

/** How old the sweep is, where no version's texts are read. */
export const SWEEP_QUERY = document('PlaybookSweep', [lastSweep]);

/** The account's latest completed tasks, and its contacts. Not every org offers tasks to pages. */
export const TASK_QUERY = document('PlaybookTasks($accountId: ID!)', [
    list(
        'Task',
        'first: 20, where: { AccountId: { eq: $accountId }, IsClosed: { eq: true } }, orderBy: { ActivityDate: { order: DESC, nulls: LAST } }',
        `Id ${fields('Subject ActivityDate')}`,
    ),
    `Contact(first: 200, where: { AccountId: { eq: $accountId } }, orderBy: { Name: { order: ASC } }) @optional { edges { node { Id ${fields('Name')} } } }`,
]);

/** The long texts of one version, its steps in case it is a retired one that an open run keeps, and the last sweep. */
export const VERSION_QUERY = document('PlaybookVersion($versionId: ID!)', [
    list(
        'Playbook_Version__c',
        'first: 1, where: { Id: { eq: $versionId } }',
        `Id ${fields(`${VERSION} Success_Criteria__c Pitfalls__c`)} Playbook__r { ${fields(`${PLAYBOOK} When_To_Use__c`)} }`,
    ),
    list(
        'Playbook_Step__c',
        `first: 2000, where: { Playbook_Version__c: { eq: $versionId } }, ${byPosition}`,
        `Id ${fields(`${STEP} Instructions__c Key_Questions__c Pitfall__c`)}`,
    ),
    list(
        'Playbook_Resource__c',
        'first: 2000, where: { Resource_Version__c: { eq: $versionId } }, orderBy: { Resource_Position__c: { order: ASC } }',
        `Id ${fields('Name Resource_Step__c Resource_Type__c Subject__c Body__c Url__c')}`,
    ),
    lastSweep,
]);
