import legend from '@salesforce/label/c.Playbook_Task';
import none from '@salesforce/label/c.Playbook_Task_None';
import log from '@salesforce/label/c.Playbook_Task_Log';
import attach from '@salesforce/label/c.Playbook_Task_Attach';
import subject from '@salesforce/label/c.Playbook_Task_Subject';
import contact from '@salesforce/label/c.Playbook_Task_Contact';
import nobody from '@salesforce/label/c.Playbook_Task_Nobody';
import which from '@salesforce/label/c.Playbook_Task_Which';
import unavailable from '@salesforce/label/c.Playbook_Task_Unavailable';

export default { legend, none, log, attach, subject, contact, nobody, which, unavailable };
