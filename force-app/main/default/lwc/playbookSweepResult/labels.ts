import refusedHint from '@salesforce/label/c.Playbook_Sweep_Refused_Hint';
import tableCsms from '@salesforce/label/c.Playbook_Sweep_Table_Csms';
import tableTriggers from '@salesforce/label/c.Playbook_Sweep_Table_Triggers';
import warnings from '@salesforce/label/c.Playbook_Sweep_Warnings';

export default { refusedHint, tableCsms, tableTriggers, warnings };
