import undo from '@salesforce/label/c.Playbook_Undo';
import saving from '@salesforce/label/c.Playbook_Saving';
import dismiss from '@salesforce/label/c.Playbook_Worklist_Dismiss';

export default { undo, saving, dismiss };
