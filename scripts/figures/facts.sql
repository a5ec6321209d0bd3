-- What the records say of each run and of each answered step, from stored facts alone. A figure is 0 or 1, so that any group of rows can be added up.
--
-- Functions besides SQLite's own: local_day(instant) is the day on which it was in the time zone of the person who runs the report;
-- milliseconds(instant) counts them since 1970; wilson_lower_bound(successes, count) is what their rate is at least, with 95 in 100 certainty.

-- One row for each run: when steps of it were answered, and how many of the required ones.
CREATE VIEW answers_of_run AS
SELECT
    Playbook_Run__c AS run,
    min(CASE WHEN Completion_Status__c IN ('Done', 'Skipped', 'Not applicable') THEN Completed_At__c END) AS first_action_at,
    min(CASE WHEN Completion_Status__c = 'Done' AND Recorded_Contact__c THEN Completed_At__c END) AS first_contact_at,
    count(*) FILTER (WHERE Completion_Status__c = 'Done') AS steps_done,
    count(*) FILTER (WHERE Completion_Status__c = 'Skipped') AS steps_skipped,
    count(*) FILTER (WHERE Completion_Status__c = 'Done' AND Recorded_Required__c) AS required_done,
    count(*) FILTER (WHERE Completion_Status__c IN ('Skipped', 'Not applicable') AND Recorded_Required__c) AS required_skipped,
    count(*) FILTER (WHERE Completion_Status__c = 'Not done' AND Recorded_Required__c AND Was_Due__c) AS required_missed
FROM Step_Completion__c
GROUP BY Playbook_Run__c;

-- One row for each run, practice runs too, with what decides in which figures it counts.
CREATE VIEW run_basis AS
SELECT
    run.*,
    version.Published_On__c,
    NOT run.Practice__c AS counts,
    run.Run_Kind__c IS 'Risk' AS is_risk,
    run.Run_Kind__c IS 'Renewal' AS is_renewal,
    run.Opened_By__c IS 'Sweep' AS by_sweep,
    run.Opened_By__c IS NOT 'By hand' AS by_trigger,
    answers.first_action_at,
    answers.first_contact_at,
    coalesce(answers.steps_done, 0) AS steps_done,
    coalesce(answers.steps_skipped, 0) AS steps_skipped,
    coalesce(answers.required_done, 0) AS required_done,
    coalesce(answers.required_skipped, 0) AS required_skipped,
    coalesce(answers.required_missed, 0) AS required_missed,
    -- Worked: the customer was spoken to before recovery began.
    answers.first_contact_at IS NOT NULL
        AND (run.Recovering_Since__c IS NULL OR answers.first_contact_at < run.Recovering_Since__c) AS worked,
    CASE
        WHEN EXISTS (SELECT 1 FROM Playbook_Setting__mdt WHERE DeveloperName = 'Default' AND Hide_Individuals__c) THEN 'Hidden'
        WHEN run.Run_CSM__c IS NULL THEN 'Nobody'
        ELSE coalesce(csm.FirstName, '') || ' ' || coalesce(csm.LastName, '')
    END AS csm_shown
FROM Playbook_Run__c AS run
LEFT JOIN Playbook_Version__c AS version ON version.Id = run.Run_Version__c
LEFT JOIN User AS csm ON csm.Id = run.Run_CSM__c
LEFT JOIN answers_of_run AS answers ON answers.run = run.Id;

-- Tables, not views: every report reads them.
CREATE TABLE run_facts AS
SELECT
    *,
    -- Save rate = saved / (saved + lost + let go), of worked risks.
    counts AND is_risk AND worked AND Outcome__c IS 'Saved' AS saved,
    counts AND is_risk AND worked AND Outcome__c IS 'Lost' AS lost,
    counts AND is_risk AND worked AND Outcome__c IS 'Let go' AS let_go,
    -- Unworked recovery = recovered / (recovered + lost), of risks that the sweep opened and nobody worked.
    counts AND is_risk AND by_sweep AND NOT worked AND Outcome__c IS 'Recovered' AS recovered_unworked,
    counts AND is_risk AND by_sweep AND NOT worked AND Outcome__c IS 'Lost' AS lost_unworked,
    -- False-alarm rate = false alarms / closed alarms, of runs that a trigger surfaced.
    counts AND by_trigger AND Outcome__c IS 'False alarm' AS false_alarm,
    counts AND by_trigger AND Run_Status__c IS 'Closed' AS alarm_closed,
    counts AND is_renewal AND Outcome__c IS 'Renewed' AS renewed,
    counts AND is_renewal AND Outcome__c IS 'Renewed smaller' AS renewed_smaller,
    counts AND is_renewal AND Outcome__c IS 'Not renewed' AS not_renewed,
    -- ARR kept = after / before, of decided renewals whose ARR is known at both ends; a renewal that was not won leaves nothing.
    CASE
        WHEN counts AND is_renewal AND ARR_At_Opening__c IS NOT NULL
            AND (Outcome__c IS 'Not renewed' OR (Outcome__c IN ('Renewed', 'Renewed smaller') AND ARR_At_Close__c IS NOT NULL))
        THEN ARR_At_Opening__c ELSE 0
    END AS renewal_arr_before,
    CASE
        WHEN counts AND is_renewal AND ARR_At_Opening__c IS NOT NULL AND ARR_At_Close__c IS NOT NULL
            AND Outcome__c IN ('Renewed', 'Renewed smaller')
        THEN ARR_At_Close__c ELSE 0
    END AS renewal_arr_after,
    -- Saves that held = held / judged, of worked saves.
    counts AND is_risk AND worked AND Outcome__c IS 'Saved' AND Kept__c IS NOT NULL AND Kept__c <> 'Provisional' AS kept_judged,
    counts AND is_risk AND worked AND Outcome__c IS 'Saved' AND Kept__c IS NOT NULL
        AND Kept__c IN ('Kept for 90 days', 'Kept at renewal') AS kept,
    counts AND by_sweep AS swept,
    counts AND by_sweep AND first_action_at IS NOT NULL AS acted,
    -- Hours from surfacing to the first answer, never below 0; shown to a tenth, and summarised as they are.
    CASE
        WHEN counts AND by_sweep AND first_action_at IS NOT NULL AND Surfaced_At__c IS NOT NULL
        THEN max(0, milliseconds(first_action_at) - milliseconds(Surfaced_At__c)) / 3600000.0
    END AS hours_to_first_action,
    -- Followed: at least 80 in 100 of the required steps done, the rest reasoned or not applicable. Adapted: fewer. Not followed: one unexplained.
    CASE
        WHEN NOT counts OR Run_Status__c IS NOT 'Closed' OR Run_Kind__c IS 'Signal' OR Outcome__c IS 'False alarm' THEN NULL
        WHEN required_missed > 0 THEN 'Not followed'
        WHEN required_done + required_skipped = 0 THEN NULL
        WHEN required_done * 10 >= (required_done + required_skipped) * 8 THEN 'Followed'
        ELSE 'Adapted'
    END AS adherence
FROM run_basis;

CREATE TABLE step_facts AS
SELECT
    step.*,
    run.Account__c AS account,
    run.Run_Playbook__c AS playbook_id,
    run.Run_Status__c,
    run.Outcome__c,
    run.csm_shown,
    run.counts,
    run.saved AS run_saved,
    run.lost AS run_lost,
    run.let_go AS run_let_go,
    run.counts AND step.Completion_Status__c IS 'Done' AS done,
    run.counts AND step.Completion_Status__c IS 'Skipped' AS skipped,
    run.counts AND step.Completion_Status__c IS 'Not done' AND step.Was_Due__c AS missed,
    -- On time = done by the due date / done with a due date.
    run.counts AND step.Completion_Status__c IS 'Done' AND step.Due_At__c IS NOT NULL AS timed,
    run.counts AND step.Completion_Status__c IS 'Done' AND step.Due_At__c IS NOT NULL
        AND step.Completed_At__c IS NOT NULL AND step.Completed_At__c <= step.Due_At__c AS on_time
FROM Step_Completion__c AS step
JOIN run_facts AS run ON run.Id = step.Playbook_Run__c;

CREATE INDEX run_facts_by_id ON run_facts (Id);
