-- In which segments, and for accounts of which size, are accounts saved? Segment and ARR as they were when the run opened.
-- Rows: worked risks that ended as Saved, Lost or Let go; a segment without any has no rate, and no row.
SELECT
    Segment_At_Opening__c AS down1,
    CASE
        WHEN ARR_At_Opening__c <= 10000 THEN '1. Up to 10,000'
        WHEN ARR_At_Opening__c <= 50000 THEN '2. Up to 50,000'
        WHEN ARR_At_Opening__c <= 200000 THEN '3. Up to 200,000'
        WHEN ARR_At_Opening__c IS NOT NULL THEN '4. Over 200,000'
    END AS across1,
    *
FROM run_facts
WHERE counts AND is_risk AND worked AND Outcome__c IN ('Saved', 'Lost', 'Let go');

SELECT
    coalesce(sum(saved), 0) AS "s!Is_Saved__c",
    coalesce(sum(lost), 0) AS "s!Is_Lost__c",
    coalesce(sum(let_go), 0) AS "s!Is_Let_Go__c",
    -- Save rate in percent: saved / (saved + lost + let go); 0 where nothing is counted.
    coalesce(100.0 * sum(saved) / nullif(sum(saved + lost + let_go), 0), 0) AS "FORMULA1",
    -- How many decided, worked risks that rests on.
    coalesce(sum(saved + lost + let_go), 0) AS "FORMULA2",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, Run_Playbook__c, Outcome__c, saved, lost, let_go
FROM counted;
