-- Which versions are there, and what became of their runs? Versions that were never run are in it, too.
-- Rows: each run of a version, practice too (it adds nothing); one row for a version without runs.
SELECT
    version.Playbook__c AS down1,
    version.Id AS down2,
    version.Version_Status__c,
    version.Published_On__c,
    version.Change_Note__c,
    run.Id AS run,
    run.Outcome__c,
    run.saved,
    run.lost,
    run.let_go
FROM Playbook_Version__c AS version
LEFT JOIN run_facts AS run ON run.Run_Version__c = version.Id;

SELECT
    coalesce(sum(saved), 0) AS "s!Is_Saved__c",
    coalesce(sum(lost), 0) AS "s!Is_Lost__c",
    coalesce(sum(let_go), 0) AS "s!Is_Let_Go__c",
    -- Save rate in percent: saved / (saved + lost + let go); 0 where nothing is counted.
    coalesce(100.0 * sum(saved) / nullif(sum(saved + lost + let_go), 0), 0) AS "FORMULA1",
    -- How many decided, worked risks that rests on.
    coalesce(sum(saved + lost + let_go), 0) AS "FORMULA2",
    coalesce(sum(saved + lost + let_go), 0) < 10 AS "FORMULA3",
    count(*) AS "RowCount"
FROM counted;

SELECT Version_Status__c, Published_On__c, Change_Note__c, run, Outcome__c, saved, lost, let_go
FROM counted;
