/** The sentences that the engine puts values into, and the words for tiers and outcomes. */
import type { Outcome, Phrases, Tier } from 'c/playbookEngine';
import usageFell from '@salesforce/label/c.Playbook_Reason_Usage_Fell';
import usageRose from '@salesforce/label/c.Playbook_Reason_Usage_Rose';
import healthIs from '@salesforce/label/c.Playbook_Reason_Health';
import healthAt from '@salesforce/label/c.Playbook_Reason_Health_At';
import npsIs from '@salesforce/label/c.Playbook_Reason_NPS';
import npsAt from '@salesforce/label/c.Playbook_Reason_NPS_At';
import renewalAhead from '@salesforce/label/c.Playbook_Reason_Renewal_Ahead';
import renewalToday from '@salesforce/label/c.Playbook_Reason_Renewal_Today';
import renewalPast from '@salesforce/label/c.Playbook_Reason_Renewal_Past';
import championLeft from '@salesforce/label/c.Playbook_Reason_Champion_Left';
import competitorNamed from '@salesforce/label/c.Playbook_Reason_Competitor';
import noticeGiven from '@salesforce/label/c.Playbook_Reason_Notice';
import surveyAnswered from '@salesforce/label/c.Playbook_Reason_Survey';
import reviewHeld from '@salesforce/label/c.Playbook_Reason_Review';
import fieldIs from '@salesforce/label/c.Playbook_Reason_Field';
import fieldEquals from '@salesforce/label/c.Playbook_Reason_Field_Equals';
import fieldIsNot from '@salesforce/label/c.Playbook_Reason_Field_Not';
import dateAhead from '@salesforce/label/c.Playbook_Reason_Date_Ahead';
import dateToday from '@salesforce/label/c.Playbook_Reason_Date_Today';
import datePast from '@salesforce/label/c.Playbook_Reason_Date_Past';
import blank from '@salesforce/label/c.Playbook_Reason_Blank';
import critical from '@salesforce/label/c.Playbook_Tier_Critical';
import high from '@salesforce/label/c.Playbook_Tier_High';
import moderate from '@salesforce/label/c.Playbook_Tier_Moderate';
import saved from '@salesforce/label/c.Playbook_Outcome_Saved';
import savedMeaning from '@salesforce/label/c.Playbook_Outcome_Saved_Means';
import recovered from '@salesforce/label/c.Playbook_Outcome_Recovered';
import recoveredMeaning from '@salesforce/label/c.Playbook_Outcome_Recovered_Means';
import lost from '@salesforce/label/c.Playbook_Outcome_Lost';
import lostMeaning from '@salesforce/label/c.Playbook_Outcome_Lost_Means';
import letGo from '@salesforce/label/c.Playbook_Outcome_Let_Go';
import letGoMeaning from '@salesforce/label/c.Playbook_Outcome_Let_Go_Means';
import falseAlarm from '@salesforce/label/c.Playbook_Outcome_False_Alarm';
import falseAlarmMeaning from '@salesforce/label/c.Playbook_Outcome_False_Alarm_Means';
import expired from '@salesforce/label/c.Playbook_Outcome_Expired';
import expiredMeaning from '@salesforce/label/c.Playbook_Outcome_Expired_Means';
import renewed from '@salesforce/label/c.Playbook_Outcome_Renewed';
import renewedMeaning from '@salesforce/label/c.Playbook_Outcome_Renewed_Means';
import smaller from '@salesforce/label/c.Playbook_Outcome_Smaller';
import smallerMeaning from '@salesforce/label/c.Playbook_Outcome_Smaller_Means';
import notRenewed from '@salesforce/label/c.Playbook_Outcome_Not_Renewed';
import notRenewedMeaning from '@salesforce/label/c.Playbook_Outcome_Not_Renewed_Means';
import completed from '@salesforce/label/c.Playbook_Outcome_Completed';
import completedMeaning from '@salesforce/label/c.Playbook_Outcome_Completed_Means';

export const PHRASES: Phrases = {
    usageFell,
    usageRose,
    healthIs,
    healthAt,
    npsIs,
    npsAt,
    renewalAhead,
    renewalToday,
    renewalPast,
    championLeft,
    competitorNamed,
    noticeGiven,
    surveyAnswered,
    reviewHeld,
    fieldIs,
    fieldEquals,
    fieldIsNot,
    dateAhead,
    dateToday,
    datePast,
    blank,
};

export const TIER_LABELS: Readonly<Record<Tier, string>> = { Critical: critical, High: high, Moderate: moderate };

export const TIER_ICONS: Readonly<Record<Tier, string>> = {
    Critical: 'utility:priority',
    High: 'utility:warning',
    Moderate: 'utility:info',
};

export const OUTCOME_WORDS: Readonly<Record<Outcome, { readonly label: string; readonly meaning: string }>> = {
    Saved: { label: saved, meaning: savedMeaning },
    Recovered: { label: recovered, meaning: recoveredMeaning },
    Lost: { label: lost, meaning: lostMeaning },
    'Let go': { label: letGo, meaning: letGoMeaning },
    'False alarm': { label: falseAlarm, meaning: falseAlarmMeaning },
    Expired: { label: expired, meaning: expiredMeaning },
    Renewed: { label: renewed, meaning: renewedMeaning },
    'Renewed smaller': { label: smaller, meaning: smallerMeaning },
    'Not renewed': { label: notRenewed, meaning: notRenewedMeaning },
    Completed: { label: completed, meaning: completedMeaning },
};
