import comments from '@salesforce/label/c.Playbook_Coaching_Comments';
import comment from '@salesforce/label/c.Playbook_Coaching_Comment';
import commentOn from '@salesforce/label/c.Playbook_Coaching_Comment_On';
import edit from '@salesforce/label/c.Playbook_Coaching_Comment_Edit';
import remove from '@salesforce/label/c.Playbook_Coaching_Comment_Remove';
import saving from '@salesforce/label/c.Playbook_Saving';

export default { comments, comment, commentOn, edit, remove, saving };
