-- How does the save rate grow with the months since the first run of a CSM?
-- Rows: worked risks that ended as Saved, Lost or Let go; months without any have no rate, and no row.
SELECT
    CASE
        WHEN CSM_Months__c <= 2 THEN '1. Month 0 to 2'
        WHEN CSM_Months__c <= 5 THEN '2. Month 3 to 5'
        WHEN CSM_Months__c <= 11 THEN '3. Month 6 to 11'
        WHEN CSM_Months__c IS NOT NULL THEN '4. Month 12 on'
    END AS down1,
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

SELECT Account__c, Id, Run_Playbook__c, csm_shown, Outcome__c, worked, Closed_At__c, saved, lost, let_go, CSM_Months__c
FROM counted;
