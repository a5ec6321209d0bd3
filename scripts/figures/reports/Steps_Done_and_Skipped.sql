-- How do runs end in which a step was done, and in which it was skipped? Among runs that reached it.
-- Rows: steps done or skipped in decided, worked risks that count; of repeated steps the first occurrence.
SELECT
    playbook_id AS down1,
    Recorded_Title__c AS down2,
    Completion_Status__c AS down3,
    *
FROM step_facts
WHERE (run_saved OR run_lost OR run_let_go) AND Completion_Status__c IN ('Done', 'Skipped') AND Occurrence__c = 1;

SELECT
    coalesce(sum(run_saved), 0) AS "s!Run_Saved__c",
    coalesce(sum(run_lost), 0) AS "s!Run_Lost__c",
    coalesce(sum(run_let_go), 0) AS "s!Run_Let_Go__c",
    -- Save rate in percent of the runs that these steps are of.
    coalesce(100.0 * sum(run_saved) / nullif(sum(run_saved + run_lost + run_let_go), 0), 0) AS "FORMULA1",
    coalesce(sum(run_saved + run_lost + run_let_go), 0) AS "FORMULA2",
    coalesce(sum(run_saved + run_lost + run_let_go), 0) < 10 AS "FORMULA3",
    count(*) AS "RowCount"
FROM counted;

SELECT account, Playbook_Run__c, Skip_Reason__c, Outcome__c, run_saved, run_lost, run_let_go
FROM counted;
