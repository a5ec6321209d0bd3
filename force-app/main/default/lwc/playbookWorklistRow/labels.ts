import done from '@salesforce/label/c.Playbook_Done';
import doneOf from '@salesforce/label/c.Playbook_Worklist_Step_Done_Of';
import skip from '@salesforce/label/c.Playbook_Skip';
import skipConfirm from '@salesforce/label/c.Playbook_Skip_Confirm';
import snooze from '@salesforce/label/c.Playbook_Snooze_Confirm';
import falseAlarm from '@salesforce/label/c.Playbook_Outcome_False_Alarm';
import falseAlarmWhy from '@salesforce/label/c.Playbook_Worklist_False_Alarm_Why';
import falseAlarmConfirm from '@salesforce/label/c.Playbook_Worklist_False_Alarm_Confirm';
import letGo from '@salesforce/label/c.Playbook_Outcome_Let_Go';
import letGoWhy from '@salesforce/label/c.Playbook_Worklist_Let_Go_Why';
import letGoConfirm from '@salesforce/label/c.Playbook_Worklist_Let_Go_Confirm';
import wake from '@salesforce/label/c.Playbook_Wake';
import more from '@salesforce/label/c.Playbook_Worklist_More';
import saving from '@salesforce/label/c.Playbook_Saving';

export default {
    done,
    doneOf,
    skip,
    skipConfirm,
    snooze,
    falseAlarm,
    falseAlarmWhy,
    falseAlarmConfirm,
    letGo,
    letGoWhy,
    letGoConfirm,
    wake,
    more,
    saving,
};
