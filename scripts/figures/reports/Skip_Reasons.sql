-- Why are steps skipped, and which?
-- Rows: steps skipped, in runs that count.
SELECT
    Skip_Reason__c AS down1,
    Recorded_Title__c AS down2,
    *
FROM step_facts
WHERE skipped;

SELECT
    count(*) AS "RowCount"
FROM counted;

SELECT account, Playbook_Run__c, csm_shown, Note__c, Completed_At__c
FROM counted;
