-- Did a new version of a playbook save more?
-- Rows: worked risks that ended as Saved, Lost or Let go; a version without any has no rate, and no row.
SELECT
    Run_Version__c AS down1,
    *
FROM run_facts
WHERE counts AND is_risk AND worked AND Outcome__c IN ('Saved', 'Lost', 'Let go');

SELECT
    coalesce(sum(saved), 0) AS "s!Is_Saved__c",
    coalesce(sum(lost), 0) AS "s!Is_Lost__c",
    coalesce(sum(let_go), 0) AS "s!Is_Let_Go__c",
    -- Save rate in percent: saved / (saved + lost + let go); 0 where nothing is counted.
    coalesce(100.0 * sum(saved) / nullif(sum(saved + lost + let_go), 0), 0) AS "FORMULA1",
    -- Wilson's lower bound of that rate, in percent.
    coalesce(100 * wilson_lower_bound(sum(saved), sum(saved + lost + let_go)), 0) AS "FORMULA2",
    -- How many decided, worked risks that rests on.
    coalesce(sum(saved + lost + let_go), 0) AS "FORMULA3",
    coalesce(sum(saved + lost + let_go), 0) < 10 AS "FORMULA4",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, Run_Playbook__c, csm_shown, Outcome__c, worked, Closed_At__c, saved, lost, let_go, Published_On__c
FROM counted;
