-- Which playbooks save accounts?
-- Rows: closed risks that count, worked or not, so that the share of the worked ones can be told.
SELECT
    Run_Playbook__c AS down1,
    *
FROM run_facts
WHERE counts AND is_risk AND Run_Status__c = 'Closed';

SELECT
    coalesce(sum(saved), 0) AS "s!Is_Saved__c",
    coalesce(sum(lost), 0) AS "s!Is_Lost__c",
    coalesce(sum(let_go), 0) AS "s!Is_Let_Go__c",
    coalesce(sum(ARR_Saved__c), 0) AS "s!ARR_Saved__c",
    coalesce(sum(ARR_Lost__c), 0) AS "s!ARR_Lost__c",
    -- Save rate in percent: saved / (saved + lost + let go); 0 where nothing is counted.
    coalesce(100.0 * sum(saved) / nullif(sum(saved + lost + let_go), 0), 0) AS "FORMULA1",
    -- The same without let go: saved / (saved + lost).
    coalesce(100.0 * sum(saved) / nullif(sum(saved + lost), 0), 0) AS "FORMULA2",
    -- How many decided, worked risks that rests on.
    coalesce(sum(saved + lost + let_go), 0) AS "FORMULA3",
    -- Worked share in percent: those counted / all closed risks of the group.
    coalesce(100.0 * sum(saved + lost + let_go) / nullif(count(*), 0), 0) AS "FORMULA4",
    coalesce(sum(saved + lost + let_go), 0) < 10 AS "FORMULA5",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, csm_shown, Outcome__c, worked, Closed_At__c, saved, lost, let_go, ARR_Saved__c, ARR_Lost__c
FROM counted;
