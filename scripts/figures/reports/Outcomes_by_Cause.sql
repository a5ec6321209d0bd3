-- Why are accounts lost, and which causes can be saved?
-- Rows: risks that count and ended as saved, lost or let go, worked or not.
SELECT
    Cause__c AS down1,
    Outcome__c AS across1,
    *
FROM run_facts
WHERE counts AND is_risk AND Outcome__c IN ('Saved', 'Lost', 'Let go');

SELECT
    coalesce(sum(ARR_Saved__c), 0) AS "s!ARR_Saved__c",
    coalesce(sum(ARR_Lost__c), 0) AS "s!ARR_Lost__c",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, Run_Playbook__c, Outcome_Reason__c, Closed_At__c, ARR_Saved__c, ARR_Lost__c
FROM counted;
