/** Reads about what is over, each asked for only when somebody wants it. */
import { gql } from 'lightning/graphql';
import { fields, list, queryText } from 'c/playbookRecords';

/** What closed runs of an account tell beside what the panel has read: the newest hundred, as there. */
export const RUNS_QUERY = gql`
    ${queryText('PlaybookPast($accountId: ID!)', [
        list(
            'Playbook_Run__c',
            'first: 100, where: { and: [{ Account__c: { eq: $accountId } }, { Run_Status__c: { eq: "Closed" } }] }, orderBy: { CreatedDate: { order: DESC } }',
            `Id ${fields('Worked__c?')} Outcome_By__r @optional { ${fields('Name')} }`,
        ),
    ])}
`;

/** Steps as they were recorded, with what managers wrote about them. */
export const STEPS_QUERY = gql`
    ${queryText('PlaybookPastSteps($runIds: [ID])', [
        list(
            'Step_Completion__c',
            'first: 2000, where: { Playbook_Run__c: { in: $runIds } }',
            `Id ${fields('Recorded_Title__c')} Coaching_Comments__r(first: 50, orderBy: { CreatedDate: { order: ASC } }) @optional ` +
                `{ edges { node { Id ${fields('Comment__c? CreatedDate')} CreatedBy @optional { ${fields('Name')} } } } }`,
        ),
    ])}
`;

const added = (names: string): string =>
    names
        .split(' ')
        .map((name) => `${name} { sum { value } }`)
        .join(' ');

/**
 * One group: the closed risks of a playbook that the sweep opened, added up by the fields that the reports add up. What people opened, worked
 * or not, is left out on both sides: the easy cases among them would flatter the work.
 */
export const IMPACT_QUERY = gql`
    query PlaybookImpact($playbookKey: String!, $since: DateTime!) { uiapi { aggregate { Playbook_Run__c(where: { and: [
        { Run_Playbook__r: { Key__c: { eq: $playbookKey } } }, { Opened_By__c: { eq: "Sweep" } },
        { Closed_At__c: { gte: { value: $since } } } ] }) { edges { node { aggregate {
        ${added('Is_Saved__c Is_Lost__c Is_Let_Go__c Is_Recovered_Unworked__c Is_Lost_Unworked__c')} } } } } } } }
`;
