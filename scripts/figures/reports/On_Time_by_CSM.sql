-- Who does steps by their due date?
-- Rows: steps done that had a due date, in runs that count.
SELECT
    csm_shown AS down1,
    *
FROM step_facts
WHERE timed;

SELECT
    coalesce(sum(timed), 0) AS "s!Is_Timed__c",
    coalesce(sum(on_time), 0) AS "s!Is_On_Time__c",
    -- On time, in percent: done by the due date / done with a due date.
    coalesce(100.0 * sum(on_time) / nullif(sum(timed), 0), 0) AS "FORMULA1",
    -- Wilson's lower bound of that rate, in percent.
    coalesce(100 * wilson_lower_bound(sum(on_time), sum(timed)), 0) AS "FORMULA2",
    coalesce(sum(timed), 0) < 10 AS "FORMULA3",
    -- How many that rests on.
    coalesce(sum(timed), 0) AS "FORMULA4",
    count(*) AS "RowCount"
FROM counted;

SELECT account, Playbook_Run__c, Recorded_Title__c, Due_At__c, Completed_At__c, timed, on_time
FROM counted;
