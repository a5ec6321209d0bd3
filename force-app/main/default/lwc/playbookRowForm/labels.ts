import note from '@salesforce/label/c.Playbook_Note';
import noteRequired from '@salesforce/label/c.Playbook_Note_Required';
import upTo from '@salesforce/label/c.Playbook_Up_To';
import skipReason from '@salesforce/label/c.Playbook_Skip_Reason';
import chooseAnswer from '@salesforce/label/c.Playbook_Choose_Answer';
import chooseReason from '@salesforce/label/c.Playbook_Choose_Reason';
import writeNote from '@salesforce/label/c.Playbook_Write_Note';
import writeReason from '@salesforce/label/c.Playbook_Finish_Write_Reason';
import tooMany from '@salesforce/label/c.Playbook_Too_Many';
import cancel from '@salesforce/label/c.Playbook_Cancel';

export default {
    note,
    noteRequired,
    upTo,
    skipReason,
    chooseAnswer,
    chooseReason,
    writeNote,
    writeReason,
    tooMany,
    cancel,
};
