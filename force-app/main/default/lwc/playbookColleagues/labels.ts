import mine from '@salesforce/label/c.Playbook_Worklist_Mine';
import ofSomeone from '@salesforce/label/c.Playbook_Worklist_Of';
import choose from '@salesforce/label/c.Playbook_Worklist_Colleague';
import back from '@salesforce/label/c.Playbook_Worklist_Back';
import name from '@salesforce/label/c.Playbook_Worklist_Colleague_Name';
import typeMore from '@salesforce/label/c.Playbook_Worklist_Colleague_Type';
import nobody from '@salesforce/label/c.Playbook_Worklist_Colleague_None';
import close from '@salesforce/label/c.Playbook_Worklist_Close';

export default { mine, ofSomeone, choose, back, name, typeMore, nobody, close };
