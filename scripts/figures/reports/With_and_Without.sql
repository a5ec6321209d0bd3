-- How do risks end that were worked, and those that nobody worked? An observation, not an effect.
-- Rows: risks that count, opened by the sweep, that ended as saved, recovered or lost; let go only when worked.
SELECT
    worked AS down1,
    First_Tier__c AS down2,
    *
FROM run_facts
WHERE counts AND is_risk AND by_sweep
    AND (Outcome__c IN ('Saved', 'Recovered', 'Lost') OR (Outcome__c = 'Let go' AND worked));

SELECT
    coalesce(sum(saved), 0) AS "s!Is_Saved__c",
    coalesce(sum(lost), 0) AS "s!Is_Lost__c",
    coalesce(sum(let_go), 0) AS "s!Is_Let_Go__c",
    coalesce(sum(recovered_unworked), 0) AS "s!Is_Recovered_Unworked__c",
    coalesce(sum(lost_unworked), 0) AS "s!Is_Lost_Unworked__c",
    -- Risk gone, in percent: (saved + recovered unworked) / (these + lost, worked or not, + let go).
    coalesce(
        100.0 * sum(saved + recovered_unworked) / nullif(sum(saved + lost + let_go + recovered_unworked + lost_unworked), 0), 0
    ) AS "FORMULA1",
    -- The same without let go, which only worked runs can be.
    coalesce(
        100.0 * sum(saved + recovered_unworked) / nullif(sum(saved + lost + recovered_unworked + lost_unworked), 0), 0
    ) AS "FORMULA2",
    coalesce(sum(saved + lost + let_go + recovered_unworked + lost_unworked), 0) AS "FORMULA3",
    coalesce(sum(saved + lost + let_go + recovered_unworked + lost_unworked), 0) < 10 AS "FORMULA4",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, Run_Playbook__c, Outcome__c, Closed_At__c, saved, lost, let_go, recovered_unworked, lost_unworked
FROM counted;
