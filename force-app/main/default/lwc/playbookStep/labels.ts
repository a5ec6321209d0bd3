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
import openTask from '@salesforce/label/c.Playbook_Task_Open';
import optional from '@salesforce/label/c.Playbook_Optional';

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
    openTask,
    optional,
};
