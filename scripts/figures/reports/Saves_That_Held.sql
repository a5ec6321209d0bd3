-- Do saves last? Quarters of the day of closing, in the time zone of the reader.
-- Rows: worked saves that count.
SELECT
    date(local_day(Closed_At__c), 'start of month', '-' || ((strftime('%m', local_day(Closed_At__c)) - 1) % 3) || ' months') AS down1,
    Kept__c AS down2,
    *
FROM run_facts
WHERE saved;

SELECT
    coalesce(sum(kept_judged), 0) AS "s!Is_Kept_Judged__c",
    coalesce(sum(kept), 0) AS "s!Is_Kept__c",
    coalesce(sum(ARR_Saved__c), 0) AS "s!ARR_Saved__c",
    coalesce(sum(ARR_Kept__c), 0) AS "s!ARR_Kept__c",
    -- Saves that held, in percent: held / judged.
    coalesce(100.0 * sum(kept) / nullif(sum(kept_judged), 0), 0) AS "FORMULA1",
    coalesce(sum(kept_judged), 0) < 10 AS "FORMULA2",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, Run_Playbook__c, Kept_On__c, kept_judged, kept, ARR_Saved__c, ARR_Kept__c
FROM counted;
