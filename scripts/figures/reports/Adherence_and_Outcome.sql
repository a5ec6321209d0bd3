-- How do runs end in which the playbook was followed, adapted, or not followed?
-- Rows: decided, worked risks in which a required step was due.
SELECT
    adherence AS down1,
    *
FROM run_facts
WHERE counts AND is_risk AND worked AND Outcome__c IN ('Saved', 'Lost', 'Let go') AND adherence IS NOT NULL;

SELECT
    coalesce(sum(saved), 0) AS "s!Is_Saved__c",
    coalesce(sum(lost), 0) AS "s!Is_Lost__c",
    coalesce(sum(let_go), 0) AS "s!Is_Let_Go__c",
    coalesce(sum(required_done), 0) AS "s!Required_Done_Count__c",
    coalesce(sum(required_skipped), 0) AS "s!Required_Skipped_Count__c",
    coalesce(sum(required_missed), 0) AS "s!Required_Missed_Count__c",
    -- Save rate in percent: saved / (saved + lost + let go); 0 where nothing is counted.
    coalesce(100.0 * sum(saved) / nullif(sum(saved + lost + let_go), 0), 0) AS "FORMULA1",
    -- The same without let go: saved / (saved + lost).
    coalesce(100.0 * sum(saved) / nullif(sum(saved + lost), 0), 0) AS "FORMULA2",
    -- How many decided, worked risks that rests on.
    coalesce(sum(saved + lost + let_go), 0) AS "FORMULA3",
    coalesce(sum(saved + lost + let_go), 0) < 10 AS "FORMULA4",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, Run_Playbook__c, csm_shown, Outcome__c, worked, Closed_At__c, saved, lost, let_go, required_done, required_skipped, required_missed
FROM counted;
