/** What a sweep in the page reads and writes beside the book: its lock, and the users behind the accounts. */
import { gql } from 'lightning/graphql';
import { fields, list, queryText } from 'c/playbookRecords';

/** Every record that has a key; there is one, or a handful when a runner works in parts. */
export const HOLDERS_QUERY = gql`
    ${queryText('PlaybookSweepHolders', [
        list(
            'Playbook_Sweep__c',
            'first: 200, where: { Lock_Key__c: { ne: null } }, orderBy: { Id: { order: ASC } }',
            `Id ${fields('Name Lock_Key__c Lease_Until__c Started_At__c Ran_From__c CreatedDate')} CreatedBy @optional { ${fields('Name')} }`,
        ),
    ])}
`;

/** Users asked for in one request. */
export const MOST_USERS = 1000;

export const USERS_QUERY = gql`
    ${queryText('PlaybookSweepUsers($ids: [ID])', [
        list(
            'User',
            `first: ${MOST_USERS}, where: { and: [{ Id: { in: $ids } }, { IsActive: { eq: true } }] }`,
            `Id ${fields('Name FirstName? Email? TimeZoneSidKey?')}`,
        ),
    ])}
`;

export const CREATE_SWEEP = gql`
    mutation CreatePlaybookSweep($sweep: Playbook_Sweep__cCreateInput!) {
        uiapi(input: { allOrNone: true }) {
            sweep: Playbook_Sweep__cCreate(input: $sweep) {
                Record {
                    Id
                }
            }
        }
    }
`;

export const UPDATE_SWEEP = gql`
    mutation UpdatePlaybookSweep($sweep: Playbook_Sweep__cUpdateInput!) {
        uiapi(input: { allOrNone: true }) {
            sweep: Playbook_Sweep__cUpdate(input: $sweep) {
                Record {
                    Id
                }
            }
        }
    }
`;
