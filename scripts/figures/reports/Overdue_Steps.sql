-- Which steps are overdue?
-- Rows: open runs that count, whose next step was due before today.
SELECT
    *
FROM run_facts
-- Before the beginning of the reader's day.
WHERE counts AND Run_Status__c = 'Open' AND local_day(Next_Due_At__c) < :today
ORDER BY Next_Due_At__c;

SELECT
    count(*) AS "RowCount"
FROM counted;

SELECT Next_Due_At__c, Account__c, Next_Step__c, Run_Playbook__c, csm_shown, Current_Tier__c, ARR_At_Opening__c, Id
FROM counted;
