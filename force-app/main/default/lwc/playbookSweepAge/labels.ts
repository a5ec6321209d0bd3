import age from '@salesforce/label/c.Playbook_Worklist_Sweep_Age';
import old from '@salesforce/label/c.Playbook_Worklist_Sweep_Old';
import never from '@salesforce/label/c.Playbook_Worklist_Sweep_Never';
import failures from '@salesforce/label/c.Playbook_Worklist_Sweep_Failures';

export default { age, old, never, failures };
