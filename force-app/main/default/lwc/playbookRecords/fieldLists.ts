/**
 * Which fields are read, and how a query is put together. Constant words only (values travel as variables), kept short: the platform
 * minifies code, not the text of a query.
 */

/** `A B` as `A { value } B { value }`; a name that ends in `?` is left out for users who may not see it, instead of failing. */
export const fields = (names: string): string =>
    names
        .split(' ')
        .map((name) => (name.endsWith('?') ? `${name.slice(0, -1)} @optional` : name) + ' { value }')
        .join(' ');

export const list = (name: string, where: string, nodes: string): string =>
    `${name}(${where}) { edges { node { ${nodes} } } }`;

/** The text of a query; `signature` is its name with the variables it takes. */
export const queryText = (signature: string, lists: readonly string[]): string =>
    `query ${signature} { uiapi { query { ${lists.join(' ')} } } }`;

export const TRIGGER =
    'DeveloperName MasterLabel Active__c Kind__c Playbook_Key__c Priority__c Tier__c Enter_When__c Exit_When__c Hold_Days__c Cooldown_Days__c Expires_After_Days__c Anchor__c ' +
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
    NPS: 'NPS_Field__c',
    NPSOn: 'NPS_On_Field__c',
    ReviewedOn: 'Reviewed_On_Field__c',
} as const;

export const SETTING = `${Object.values(FIGURE_SETTINGS).join(' ')} Working_Days__c Late_Start_Days__c Stale_After_Days__c Capacity__c Contact_Guard_Days__c Max_Snooze_Days__c Nurture_When__c Practice_When__c Small_Count__c Hide_Individuals__c`;

export const VERSION = 'Version_Number__c Version_Status__c Success_When__c Lost_When__c Playbook__c';
export const PLAYBOOK = 'Name Key__c Category__c Summary__c';

export const STEP =
    'Name Playbook_Version__c Step_Key__c Position__c Phase__c Role__c Required__c Customer_Contact__c Show_When__c Depends_On__c Due_From__c Due_Offset__c ' +
    'Due_Unit__c Decision_Question__c Decision_Options__c Decision_Max__c Note_Required__c Repeat_Every_Days__c';

export const RUN =
    'Episode_Key__c Episode_Number__c Run_Version__c Trigger_Key__c Run_Status__c Opened_By__c First_Tier__c Worst_Tier__c Current_Tier__c Reason__c ' +
    'Anchor_On__c Surfaced_At__c Closed_At__c Snoozed_Until__c Snooze_Reason__c Recovering_Since__c Acted_At__c Reopened_Count__c Returned_At__c Run_CSM__c? Next_Step__c Next_Due_At__c Outcome__c Outcome_By__c? Outcome_Reason__c? Cause__c Health_At_Opening__c? Usage_At_Opening__c? ARR_At_Opening__c? ' +
    'Run_Kind__c? Practice__c? ARR_Saved__c? ARR_Lost__c? Kept__c? Kept_On__c? Renewal_At_Close_On__c? CSM_Months__c?';

export const COMPLETION =
    'Completion_Key__c Recorded_Step_Key__c Recorded_Contact__c Occurrence__c Completion_Status__c Decision__c Skip_Reason__c Note__c Due_At__c Completed_At__c Task_Id__c?';
