import copy from '@salesforce/label/c.Playbook_Copy';
import copied from '@salesforce/label/c.Playbook_Copied';
import copyFailed from '@salesforce/label/c.Playbook_Copy_Failed';
import compose from '@salesforce/label/c.Playbook_Compose';
import missing from '@salesforce/label/c.Playbook_Missing_Values';
import subject from '@salesforce/label/c.Playbook_Subject';
import opensNew from '@salesforce/label/c.Playbook_Opens_New_Tab';

export default { copy, copied, copyFailed, compose, missing, subject, opensNew };
