-- Where in a playbook do people stop?
-- Rows: steps of closed runs that count, done, skipped or not done; of repeated steps the first occurrence.
SELECT
    Recorded_Title__c AS down1,
    playbook_id AS down2,
    Completion_Status__c AS across1,
    *
FROM step_facts
WHERE counts AND Run_Status__c = 'Closed' AND Completion_Status__c IN ('Done', 'Skipped', 'Not done') AND Occurrence__c = 1;

SELECT
    coalesce(sum(done), 0) AS "s!Is_Done__c",
    coalesce(sum(missed), 0) AS "s!Is_Missed__c",
    count(*) AS "RowCount"
FROM counted;

SELECT account, Playbook_Run__c, done, missed
FROM counted;
