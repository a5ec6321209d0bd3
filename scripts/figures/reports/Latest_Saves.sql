-- Which accounts were saved last?
-- Rows: the last twenty worked saves that count.
SELECT
    *
FROM run_facts
WHERE saved
ORDER BY Closed_At__c DESC
LIMIT 20;

SELECT
    count(*) AS "RowCount"
FROM counted;

SELECT Closed_At__c, Account__c, ARR_Saved__c, Cause__c, csm_shown, Run_Playbook__c, Kept__c, Id
FROM counted;
