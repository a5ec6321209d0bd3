import markDone from '@salesforce/label/c.Playbook_Mark_Done';
import undoOf from '@salesforce/label/c.Playbook_Undo_Of';
import done from '@salesforce/label/c.Playbook_Done';
import undo from '@salesforce/label/c.Playbook_Undo';
import skip from '@salesforce/label/c.Playbook_Skip';
import skipConfirm from '@salesforce/label/c.Playbook_Skip_Confirm';
import cancel from '@salesforce/label/c.Playbook_Cancel';
import notApplicable from '@salesforce/label/c.Playbook_Not_Applicable';
import note from '@salesforce/label/c.Playbook_Note';
import noteRequired from '@salesforce/label/c.Playbook_Note_Required';
import saveNote from '@salesforce/label/c.Playbook_Save_Note';
import chooseAnswer from '@salesforce/label/c.Playbook_Choose_Answer';
import chooseReason from '@salesforce/label/c.Playbook_Choose_Reason';
import writeNote from '@salesforce/label/c.Playbook_Write_Note';
import tooMany from '@salesforce/label/c.Playbook_Too_Many';
import upTo from '@salesforce/label/c.Playbook_Up_To';
import skipReason from '@salesforce/label/c.Playbook_Skip_Reason';
import pitfall from '@salesforce/label/c.Playbook_Pitfall';
import keyQuestions from '@salesforce/label/c.Playbook_Key_Questions';
import history from '@salesforce/label/c.Playbook_History';
import saving from '@salesforce/label/c.Playbook_Saving';
import loading from '@salesforce/label/c.Playbook_Loading_Texts';
import optional from '@salesforce/label/c.Playbook_Optional';
import covered from '@salesforce/label/c.Playbook_Skip_Covered';
import asked from '@salesforce/label/c.Playbook_Skip_Asked';
import noContact from '@salesforce/label/c.Playbook_Skip_No_Contact';
import noFit from '@salesforce/label/c.Playbook_Skip_No_Fit';
import someoneElse from '@salesforce/label/c.Playbook_Skip_Someone_Else';
import other from '@salesforce/label/c.Playbook_Skip_Other';

/** Values of Step_Completion__c.Skip_Reason__c with their words. */
export const SKIP_REASONS: readonly { readonly value: string; readonly label: string }[] = [
    { value: 'Already covered', label: covered },
    { value: 'Customer asked us not to', label: asked },
    { value: 'No contact available', label: noContact },
    { value: 'Does not fit this account', label: noFit },
    { value: 'Handled by someone else', label: someoneElse },
    { value: 'Other', label: other },
];

export default {
    markDone,
    undoOf,
    done,
    undo,
    skip,
    skipConfirm,
    cancel,
    notApplicable,
    note,
    noteRequired,
    saveNote,
    chooseAnswer,
    chooseReason,
    writeNote,
    tooMany,
    upTo,
    skipReason,
    pitfall,
    keyQuestions,
    history,
    saving,
    loading,
    optional,
};
