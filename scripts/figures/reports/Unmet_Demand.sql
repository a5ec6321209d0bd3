-- How much demand is beyond what CSMs can take on? Months of the day of the sweep, in the time zone of the reader.
-- Rows: sweeps that finished.
SELECT
    date(local_day(Started_At__c), 'start of month') AS down1,
    Shard__c AS down2,
    *
FROM Playbook_Sweep__c
WHERE Sweep_Status__c IN ('Finished', 'Finished with failures');

SELECT
    -- The most at the end of one sweep: a run waits through many.
    max(Waiting_Count__c) AS "x!Waiting_Count__c",
    max(Waiting_ARR__c) AS "x!Waiting_ARR__c",
    count(*) AS "RowCount"
FROM counted;

SELECT Id, Sweep_Status__c, Waiting_Count__c, Waiting_ARR__c
FROM counted;
