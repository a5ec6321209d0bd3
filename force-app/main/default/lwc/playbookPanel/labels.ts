import title from '@salesforce/label/c.Playbook_Panel_Title';
import loading from '@salesforce/label/c.Playbook_Loading';
import nothingHeading from '@salesforce/label/c.Playbook_Nothing_Heading';
import saved from '@salesforce/label/c.Playbook_Saved';
import someoneFirst from '@salesforce/label/c.Playbook_Someone_First';
import overtaken from '@salesforce/label/c.Playbook_Overtaken';
import startOther from '@salesforce/label/c.Playbook_Start_Other';
import putAway from '@salesforce/label/c.Playbook_Put_Away';
import finish from '@salesforce/label/c.Playbook_Finish';
import snooze from '@salesforce/label/c.Playbook_Snooze_Confirm';
import snoozed from '@salesforce/label/c.Playbook_Snoozed';
import dismiss from '@salesforce/label/c.Playbook_Dismiss';
import finished from '@salesforce/label/c.Playbook_Finished';
import openRun from '@salesforce/label/c.Playbook_Open_Run';
import readOnly from '@salesforce/label/c.Playbook_Read_Only';
import emailFailed from '@salesforce/label/c.Playbook_Email_Failed';

export default {
    title,
    loading,
    nothingHeading,
    saved,
    someoneFirst,
    overtaken,
    startOther,
    putAway,
    finish,
    snooze,
    snoozed,
    dismiss,
    finished,
    openRun,
    readOnly,
    emailFailed,
};
