-- Which triggers cry wolf?
-- Rows: closed runs that a trigger surfaced, and that count.
SELECT
    Trigger_Key__c AS down1,
    *
FROM run_facts
WHERE counts AND Run_Status__c = 'Closed' AND by_trigger;

SELECT
    coalesce(sum(alarm_closed), 0) AS "s!Is_Alarm_Closed__c",
    coalesce(sum(false_alarm), 0) AS "s!Is_False_Alarm__c",
    -- False-alarm rate in percent: false alarms / closed alarms.
    coalesce(100.0 * sum(false_alarm) / nullif(sum(alarm_closed), 0), 0) AS "FORMULA1",
    coalesce(sum(alarm_closed), 0) < 10 AS "FORMULA2",
    -- How many that rests on.
    coalesce(sum(alarm_closed), 0) AS "FORMULA3",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, Outcome__c, Outcome_Reason__c, Closed_At__c, alarm_closed, false_alarm
FROM counted;
