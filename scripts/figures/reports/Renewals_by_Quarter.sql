-- How do renewals end, and how much ARR is kept? Quarters of the day of closing, in the time zone of the reader.
-- Rows: decided renewals that count.
SELECT
    date(local_day(Closed_At__c), 'start of month', '-' || ((strftime('%m', local_day(Closed_At__c)) - 1) % 3) || ' months') AS down1,
    Outcome__c AS across1,
    *
FROM run_facts
WHERE counts AND is_renewal AND Outcome__c IN ('Renewed', 'Renewed smaller', 'Not renewed');

SELECT
    coalesce(sum(renewal_arr_before), 0) AS "s!Renewal_ARR_Before__c",
    coalesce(sum(renewal_arr_after), 0) AS "s!Renewal_ARR_After__c",
    -- ARR kept, in percent: ARR after / ARR before.
    coalesce(100.0 * sum(renewal_arr_after) / nullif(sum(renewal_arr_before), 0), 0) AS "FORMULA1",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, csm_shown, Segment_At_Opening__c, Cause__c, renewal_arr_before, renewal_arr_after
FROM counted;
