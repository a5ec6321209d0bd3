import heading from '@salesforce/label/c.Playbook_Snooze_Heading';
import until from '@salesforce/label/c.Playbook_Snooze_Until';
import tomorrow from '@salesforce/label/c.Playbook_Snooze_Tomorrow';
import inAWeek from '@salesforce/label/c.Playbook_Snooze_Week';
import untilDay from '@salesforce/label/c.Playbook_Snooze_Until_Day';
import otherDay from '@salesforce/label/c.Playbook_Snooze_Other_Day';
import reason from '@salesforce/label/c.Playbook_Snooze_Reason';
import outOfRange from '@salesforce/label/c.Playbook_Snooze_Range';
import writeReason from '@salesforce/label/c.Playbook_Snooze_Write_Reason';
import confirm from '@salesforce/label/c.Playbook_Snooze_Confirm';
import cancel from '@salesforce/label/c.Playbook_Cancel';

export default {
    heading,
    until,
    tomorrow,
    inAWeek,
    untilDay,
    otherDay,
    reason,
    outOfRange,
    writeReason,
    confirm,
    cancel,
};
