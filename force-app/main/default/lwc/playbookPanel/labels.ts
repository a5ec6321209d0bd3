import title from '@salesforce/label/c.Playbook_Panel_Title';
import loading from '@salesforce/label/c.Playbook_Loading';
import nothingHeading from '@salesforce/label/c.Playbook_Nothing_Heading';
import nothingText from '@salesforce/label/c.Playbook_Nothing_Text';
import nothingUnknown from '@salesforce/label/c.Playbook_Nothing_Unknown';
import nothingChurned from '@salesforce/label/c.Playbook_Nothing_Churned';
import saved from '@salesforce/label/c.Playbook_Saved';
import someoneFirst from '@salesforce/label/c.Playbook_Someone_First';
import overtaken from '@salesforce/label/c.Playbook_Overtaken';
import startOther from '@salesforce/label/c.Playbook_Start_Other';
import putAway from '@salesforce/label/c.Playbook_Put_Away';
import finish from '@salesforce/label/c.Playbook_Finish';
import finished from '@salesforce/label/c.Playbook_Finished';
import reopen from '@salesforce/label/c.Playbook_Reopen';
import openRun from '@salesforce/label/c.Playbook_Open_Run';
import rulesOff from '@salesforce/label/c.Playbook_Rules_Off';
import ruleProblem from '@salesforce/label/c.Playbook_Rule_Problem';
import readOnly from '@salesforce/label/c.Playbook_Read_Only';
import emailFailed from '@salesforce/label/c.Playbook_Email_Failed';

export default {
    title,
    loading,
    nothingHeading,
    nothingText,
    nothingUnknown,
    nothingChurned,
    saved,
    someoneFirst,
    overtaken,
    startOther,
    putAway,
    finish,
    finished,
    reopen,
    openRun,
    rulesOff,
    ruleProblem,
    readOnly,
    emailFailed,
};
