/**
 * What is read of an org: only facts that somebody or something wrote. Not one formula and not one roll-up is among them, because those are what is to
 * be checked.
 */

/** How a value is kept in SQLite. Instants are ISO 8601 in UTC with milliseconds, days `YYYY-MM-DD`, ticks 0 or 1. */
export type Storage = 'text' | 'number' | 'tick' | 'instant' | 'day';

/** Fields of one object by API name. */
export type StoredFields = Readonly<Record<string, Storage>>;

export const STORED_FIELDS: Readonly<Record<string, StoredFields>> = {
    User: { Id: 'text', FirstName: 'text', LastName: 'text' },
    Playbook_Version__c: {
        Id: 'text',
        Playbook__c: 'text',
        Version_Status__c: 'text',
        Published_On__c: 'day',
        Change_Note__c: 'text',
    },
    Playbook_Run__c: {
        Id: 'text',
        Account__c: 'text',
        Run_Playbook__c: 'text',
        Run_Version__c: 'text',
        Run_CSM__c: 'text',
        Trigger_Key__c: 'text',
        Run_Kind__c: 'text',
        Practice__c: 'tick',
        Opened_By__c: 'text',
        Run_Status__c: 'text',
        Outcome__c: 'text',
        Outcome_Reason__c: 'text',
        Cause__c: 'text',
        First_Tier__c: 'text',
        Current_Tier__c: 'text',
        Segment_At_Opening__c: 'text',
        CSM_Months__c: 'number',
        Surfaced_At__c: 'instant',
        Recovering_Since__c: 'instant',
        Closed_At__c: 'instant',
        Next_Due_At__c: 'instant',
        Next_Step__c: 'text',
        ARR_At_Opening__c: 'number',
        ARR_At_Close__c: 'number',
        ARR_Saved__c: 'number',
        ARR_Lost__c: 'number',
        ARR_Kept__c: 'number',
        Kept__c: 'text',
        Kept_On__c: 'day',
    },
    Step_Completion__c: {
        Id: 'text',
        Playbook_Run__c: 'text',
        Completion_Status__c: 'text',
        Completed_At__c: 'instant',
        Due_At__c: 'instant',
        Occurrence__c: 'number',
        Recorded_Title__c: 'text',
        Recorded_Required__c: 'tick',
        Recorded_Contact__c: 'tick',
        Skip_Reason__c: 'text',
        Note__c: 'text',
        Was_Due__c: 'tick',
    },
    Playbook_Sweep__c: {
        Id: 'text',
        Sweep_Status__c: 'text',
        Shard__c: 'text',
        Started_At__c: 'instant',
        Waiting_Count__c: 'number',
        Waiting_ARR__c: 'number',
    },
    Playbook_Setting__mdt: { DeveloperName: 'text', Hide_Individuals__c: 'tick' },
};
