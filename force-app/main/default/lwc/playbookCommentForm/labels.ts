import field from '@salesforce/label/c.Playbook_Coaching_Comment_Field';
import keys from '@salesforce/label/c.Playbook_Coaching_Comment_Keys';
import empty from '@salesforce/label/c.Playbook_Coaching_Comment_Empty';
import save from '@salesforce/label/c.Playbook_Coaching_Comment_Save';
import cancel from '@salesforce/label/c.Playbook_Cancel';

export default { field, keys, empty, save, cancel };
