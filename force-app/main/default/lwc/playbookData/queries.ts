/**
 * The two reads of the panel. Built from constant lists of field names (values travel as variables only), which keeps them short:
 * the platform minifies code, not the text of a query.
 */
import { gql, type GraphQLDocument } from 'lightning/graphql';

/** `A B` as `A { value } B { value }`; a name that ends in `?` is left out for users who may not see it, instead of failing. */
const fields = (names: string): string =>
    names
        .split(' ')
        .map((name) => (name.endsWith('?') ? `${name.slice(0, -1)} @optional` : name) + ' { value }')
        .join(' ');

const list = (name: string, where: string, nodes: string): string =>
    `${name}(${where}) { edges { node { ${nodes} } } }`;

const document = (signature: string, lists: readonly string[]): GraphQLDocument =>
    gql`query ${signature} { uiapi { query { ${lists.join(' ')} } } }`;

const TRIGGER =
    'DeveloperName MasterLabel Active__c Kind__c Playbook_Key__c Priority__c Tier__c Enter_When__c Exit_When__c Hold_Days__c Cooldown_Days__c Anchor__c ' +
    'Explanation__c Signal_Title__c Signal_Instructions__c Signal_Contact__c Signal_Due_Hours__c';

/** Figure → field of Playbook_Setting__mdt that names the Account field. */
export const FIGURE_SETTINGS = {
    Health: 'Health_Field__c',
    HealthOn: 'Health_On_Field__c',
    Usage: 'Usage_Field__c',
    UsageBefore: 'Usage_Before_Field__c',
    UsageChange: 'Usage_Change_Field__c',
    UsageOn: 'Usage_On_Field__c',
    EarlierUsageChange: 'Earlier_Usage_Change_Field__c',
    EarlierUsageOn: 'Earlier_Usage_On_Field__c',
    Renewal: 'Renewal_Field__c',
    ARR: 'ARR_Field__c',
    Segment: 'Segment_Field__c',
    Champion: 'Champion_Field__c',
    ChampionLeftOn: 'Champion_Left_On_Field__c',
    CompetitorNamedOn: 'Competitor_Named_On_Field__c',
    NoticeGivenOn: 'Notice_Given_On_Field__c',
    ChurnedOn: 'Churned_On_Field__c',
    CSM: 'CSM_Field__c',
    CustomerSince: 'Customer_Since_Field__c',
} as const;

const SETTING = `${Object.values(FIGURE_SETTINGS).join(' ')} Working_Days__c Late_Start_Days__c Stale_After_Days__c`;

const VERSION = 'Version_Number__c Version_Status__c Success_When__c Lost_When__c Playbook__c';
const PLAYBOOK = 'Name Key__c Category__c Summary__c';

const STEP =
    'Name Playbook_Version__c Step_Key__c Position__c Phase__c Role__c Required__c Customer_Contact__c Show_When__c Depends_On__c Due_From__c Due_Offset__c ' +
    'Due_Unit__c Decision_Question__c Decision_Options__c Decision_Max__c Note_Required__c Repeat_Every_Days__c';

const RUN =
    'Episode_Key__c Episode_Number__c Run_Version__c Trigger_Key__c Run_Status__c Opened_By__c First_Tier__c Worst_Tier__c Current_Tier__c Reason__c ' +
    'Anchor_On__c Surfaced_At__c Closed_At__c Outcome__c Cause__c Health_At_Opening__c? Usage_At_Opening__c? ARR_At_Opening__c?';

const COMPLETION =
    'Completion_Key__c Recorded_Step_Key__c Occurrence__c Completion_Status__c Decision__c Skip_Reason__c Note__c Due_At__c Completed_At__c';

const published = 'Version_Status__c: { eq: "Published" }';
const byPosition = 'orderBy: { Position__c: { order: ASC } }';

/**
 * All the panel needs about an account but its figures, in one request: the org's triggers and settings, published playbooks
 * (without their long texts), the account's runs, the signed-in user.
 * The platform takes ten connections a query; nine are used.
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

/** The long texts of one version, and its steps in case it is a retired one that an open run keeps. */
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
]);
