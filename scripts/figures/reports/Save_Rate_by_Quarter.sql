-- Are more accounts saved than before? Quarters of the day of closing, in the time zone of the reader.
-- Rows: worked risks that ended as Saved, Lost or Let go; a quarter without any has no rate, and no row.
SELECT
    date(local_day(Closed_At__c), 'start of month', '-' || ((strftime('%m', local_day(Closed_At__c)) - 1) % 3) || ' months') AS down1,
    *
FROM run_facts
WHERE counts AND is_risk AND worked AND Outcome__c IN ('Saved', 'Lost', 'Let go');

SELECT
    coalesce(sum(saved), 0) AS "s!Is_Saved__c",
    coalesce(sum(lost), 0) AS "s!Is_Lost__c",
    coalesce(sum(let_go), 0) AS "s!Is_Let_Go__c",
    -- Save rate in percent: saved / (saved + lost + let go); 0 where nothing is counted.
    coalesce(100.0 * sum(saved) / nullif(sum(saved + lost + let_go), 0), 0) AS "FORMULA1",
    -- The same without let go: saved / (saved + lost).
    coalesce(100.0 * sum(saved) / nullif(sum(saved + lost), 0), 0) AS "FORMULA2",
    -- How many decided, worked risks that rests on.
    coalesce(sum(saved + lost + let_go), 0) AS "FORMULA3",
    coalesce(sum(saved + lost + let_go), 0) < 10 AS "FORMULA4",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, Run_Playbook__c, csm_shown, Outcome__c, worked, saved, lost, let_go
FROM counted;
