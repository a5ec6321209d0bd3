-- How long until somebody acts on what the sweep found?
-- Rows: runs that the sweep opened, that count, and that do not wait for a place.
SELECT
    First_Tier__c AS down1,
    csm_shown AS down2,
    *
FROM run_facts
WHERE swept AND Run_Status__c <> 'Waiting';

SELECT
    -- Hours from surfacing to the first answered step; runs without an answer have none.
    median(hours_to_first_action) AS "med!Hours_To_First_Action__c",
    coalesce(sum(swept), 0) AS "s!Is_Swept__c",
    coalesce(sum(acted), 0) AS "s!Is_Acted__c",
    -- Acted on, in percent: runs with an answered step / runs.
    coalesce(100.0 * sum(acted) / nullif(sum(swept), 0), 0) AS "FORMULA1",
    coalesce(sum(acted), 0) < 10 AS "FORMULA2",
    count(*) AS "RowCount"
FROM counted;

SELECT Account__c, Id, Run_Playbook__c, Surfaced_At__c, first_action_at, hours_to_first_action, swept, acted
FROM counted;
