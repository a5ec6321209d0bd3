import outcome from '@salesforce/label/c.Playbook_Finish_Outcome';
import cause from '@salesforce/label/c.Playbook_Finish_Cause';
import reason from '@salesforce/label/c.Playbook_Finish_Reason';
import reasonRequired from '@salesforce/label/c.Playbook_Finish_Reason_Required';
import openStep from '@salesforce/label/c.Playbook_Finish_Open_Step';
import openSteps from '@salesforce/label/c.Playbook_Finish_Open_Steps';
import chooseOutcome from '@salesforce/label/c.Playbook_Finish_Choose';
import writeReason from '@salesforce/label/c.Playbook_Finish_Write_Reason';
import cancel from '@salesforce/label/c.Playbook_Cancel';

export default {
    outcome,
    cause,
    reason,
    reasonRequired,
    openStep,
    openSteps,
    chooseOutcome,
    writeReason,
    cancel,
};
