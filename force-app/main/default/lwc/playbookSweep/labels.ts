import zone from '@salesforce/label/c.Playbook_Sweep_Zone';
import heldCritical from '@salesforce/label/c.Playbook_Sweep_Held_Critical';
import heldContact from '@salesforce/label/c.Playbook_Sweep_Held_Contact';
import heldStale from '@salesforce/label/c.Playbook_Sweep_Held_Stale';
import heldSnoozed from '@salesforce/label/c.Playbook_Sweep_Held_Snoozed';
import never from '@salesforce/label/c.Playbook_Sweep_Never';
import title from '@salesforce/label/c.Playbook_Sweep_Title';
import what from '@salesforce/label/c.Playbook_Sweep_What';
import look from '@salesforce/label/c.Playbook_Sweep_Look';
import lookHint from '@salesforce/label/c.Playbook_Sweep_Look_Hint';
import run from '@salesforce/label/c.Playbook_Sweep_Run';
import cancel from '@salesforce/label/c.Playbook_Sweep_Cancel';
import cancelling from '@salesforce/label/c.Playbook_Sweep_Cancelling';
import noAccessHeading from '@salesforce/label/c.Playbook_Sweep_No_Access_Heading';
import noAccessText from '@salesforce/label/c.Playbook_Sweep_No_Access_Text';
import heldHeading from '@salesforce/label/c.Playbook_Sweep_Held_Heading';
import heldPage from '@salesforce/label/c.Playbook_Sweep_Held_Page';
import heldRunner from '@salesforce/label/c.Playbook_Sweep_Held_Runner';
import heldThen from '@salesforce/label/c.Playbook_Sweep_Held_Then';
import someone from '@salesforce/label/c.Playbook_Sweep_Someone';
import checkAgain from '@salesforce/label/c.Playbook_Sweep_Check_Again';
import tooManyHeading from '@salesforce/label/c.Playbook_Sweep_Too_Many_Heading';
import tooManyText from '@salesforce/label/c.Playbook_Sweep_Too_Many_Text';
import locking from '@salesforce/label/c.Playbook_Sweep_Locking';
import reading from '@salesforce/label/c.Playbook_Sweep_Reading';
import readingOf from '@salesforce/label/c.Playbook_Sweep_Reading_Of';
import planning from '@salesforce/label/c.Playbook_Sweep_Planning';
import writing from '@salesforce/label/c.Playbook_Sweep_Writing';
import ending from '@salesforce/label/c.Playbook_Sweep_Ending';
import keepOpen from '@salesforce/label/c.Playbook_Sweep_Keep_Open';
import progress from '@salesforce/label/c.Playbook_Sweep_Progress';
import dryHeading from '@salesforce/label/c.Playbook_Sweep_Dry_Heading';
import doneHeading from '@salesforce/label/c.Playbook_Sweep_Done_Heading';
import failuresHeading from '@salesforce/label/c.Playbook_Sweep_Failures_Heading';
import cancelledHeading from '@salesforce/label/c.Playbook_Sweep_Cancelled_Heading';
import cancelledText from '@salesforce/label/c.Playbook_Sweep_Cancelled_Text';
import calledOff from '@salesforce/label/c.Playbook_Sweep_Called_Off';
import offlineHeading from '@salesforce/label/c.Playbook_Sweep_Offline_Heading';
import offlineText from '@salesforce/label/c.Playbook_Sweep_Offline_Text';
import lostHeading from '@salesforce/label/c.Playbook_Sweep_Lost_Heading';
import lostText from '@salesforce/label/c.Playbook_Sweep_Lost_Text';
import unreleased from '@salesforce/label/c.Playbook_Sweep_Unreleased';
import lookedAt from '@salesforce/label/c.Playbook_Sweep_Looked_At';
import did from '@salesforce/label/c.Playbook_Sweep_Did';
import would from '@salesforce/label/c.Playbook_Sweep_Would';
import nothing from '@salesforce/label/c.Playbook_Sweep_Nothing';
import unmet from '@salesforce/label/c.Playbook_Sweep_Unmet';
import heldBack from '@salesforce/label/c.Playbook_Sweep_Held_Back';
import lookedBack from '@salesforce/label/c.Playbook_Sweep_Looked_Back';
import csmMonths from '@salesforce/label/c.Playbook_Sweep_Csm_Months';
import columnTrigger from '@salesforce/label/c.Playbook_Sweep_Column_Trigger';
import columnCsm from '@salesforce/label/c.Playbook_Sweep_Column_Csm';
import columnAccounts from '@salesforce/label/c.Playbook_Sweep_Column_Accounts';
import columnArr from '@salesforce/label/c.Playbook_Sweep_Column_Arr';
import columnOpened from '@salesforce/label/c.Playbook_Sweep_Column_Opened';
import columnWouldOpen from '@salesforce/label/c.Playbook_Sweep_Column_Would_Open';
import columnWaiting from '@salesforce/label/c.Playbook_Sweep_Column_Waiting';
import columnHeld from '@salesforce/label/c.Playbook_Sweep_Column_Held';
import columnInFront from '@salesforce/label/c.Playbook_Sweep_Column_In_Front';
import columnNew from '@salesforce/label/c.Playbook_Sweep_Column_New';
import columnWouldNew from '@salesforce/label/c.Playbook_Sweep_Column_Would_New';
import noCsm from '@salesforce/label/c.Playbook_Sweep_No_Csm';
import warnTrigger from '@salesforce/label/c.Playbook_Sweep_Warn_Trigger';
import warnCsm from '@salesforce/label/c.Playbook_Sweep_Warn_Csm';
import warnNoCsm from '@salesforce/label/c.Playbook_Sweep_Warn_No_Csm';
import ruleOff from '@salesforce/label/c.Playbook_Sweep_Rule_Off';
import ruleFails from '@salesforce/label/c.Playbook_Sweep_Rule_Fails';
import overtaken from '@salesforce/label/c.Playbook_Sweep_Overtaken';
import left from '@salesforce/label/c.Playbook_Sweep_Left';
import refused from '@salesforce/label/c.Playbook_Sweep_Refused';
import gone from '@salesforce/label/c.Playbook_Sweep_Gone';
import stoppedCancelled from '@salesforce/label/c.Playbook_Sweep_Stopped_Cancelled';
import stoppedTooMany from '@salesforce/label/c.Playbook_Sweep_Stopped_Too_Many';
import stoppedFailed from '@salesforce/label/c.Playbook_Sweep_Stopped_Failed';
import deedOpen from '@salesforce/label/c.Playbook_Sweep_Deed_Open';
import deedOpenWaiting from '@salesforce/label/c.Playbook_Sweep_Deed_Open_Waiting';
import deedPromote from '@salesforce/label/c.Playbook_Sweep_Deed_Promote';
import deedContinue from '@salesforce/label/c.Playbook_Sweep_Deed_Continue';
import deedRaise from '@salesforce/label/c.Playbook_Sweep_Deed_Raise';
import deedWake from '@salesforce/label/c.Playbook_Sweep_Deed_Wake';
import deedRecover from '@salesforce/label/c.Playbook_Sweep_Deed_Recover';
import deedRelapse from '@salesforce/label/c.Playbook_Sweep_Deed_Relapse';
import deedClose from '@salesforce/label/c.Playbook_Sweep_Deed_Close';
import deedExpire from '@salesforce/label/c.Playbook_Sweep_Deed_Expire';
import deedRefresh from '@salesforce/label/c.Playbook_Sweep_Deed_Refresh';
import type { Deed, Held } from 'c/playbookEngine';

export const HELD_LABELS: readonly (readonly [Held['why'], string])[] = [
    ['critical', heldCritical],
    ['contact', heldContact],
    ['stale', heldStale],
    ['snoozed', heldSnoozed],
];

/** In the order in which they are told. Nothing is written for a run that goes on waiting. */
export const DEED_LABELS: readonly (readonly [Deed, string])[] = [
    ['open', deedOpen],
    ['openWaiting', deedOpenWaiting],
    ['promote', deedPromote],
    ['continue', deedContinue],
    ['raise', deedRaise],
    ['wake', deedWake],
    ['recover', deedRecover],
    ['relapse', deedRelapse],
    ['close', deedClose],
    ['expire', deedExpire],
    ['refresh', deedRefresh],
];

export default {
    title,
    what,
    look,
    lookHint,
    run,
    cancel,
    cancelling,
    noAccessHeading,
    noAccessText,
    heldHeading,
    heldPage,
    heldRunner,
    heldThen,
    someone,
    checkAgain,
    tooManyHeading,
    tooManyText,
    locking,
    reading,
    readingOf,
    planning,
    writing,
    ending,
    keepOpen,
    progress,
    dryHeading,
    doneHeading,
    failuresHeading,
    cancelledHeading,
    cancelledText,
    calledOff,
    offlineHeading,
    offlineText,
    lostHeading,
    lostText,
    unreleased,
    lookedAt,
    did,
    would,
    nothing,
    unmet,
    heldBack,
    lookedBack,
    csmMonths,
    never,
    zone,
    columnTrigger,
    columnCsm,
    columnAccounts,
    columnArr,
    columnOpened,
    columnWouldOpen,
    columnWaiting,
    columnHeld,
    columnInFront,
    columnNew,
    columnWouldNew,
    noCsm,
    warnTrigger,
    warnCsm,
    warnNoCsm,
    ruleOff,
    ruleFails,
    overtaken,
    left,
    refused,
    gone,
    stoppedCancelled,
    stoppedTooMany,
    stoppedFailed,
};
