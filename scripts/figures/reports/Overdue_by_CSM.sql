-- Who has how many overdue steps?
-- Rows: open runs that count, whose next step was due before today.
SELECT
    csm_shown AS down1,
    *
FROM run_facts
-- Before the beginning of the reader's day.
WHERE counts AND Run_Status__c = 'Open' AND local_day(Next_Due_At__c) < :today;

SELECT
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, Run_Playbook__c, Next_Step__c, Next_Due_At__c, Current_Tier__c
FROM counted;
