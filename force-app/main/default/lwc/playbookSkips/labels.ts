import hint from '@salesforce/label/c.Playbook_Coaching_Skips_Hint';
import few from '@salesforce/label/c.Playbook_Coaching_Few';
import fewHint from '@salesforce/label/c.Playbook_Coaching_Few_Hint';
import required from '@salesforce/label/c.Playbook_Coaching_Required';
import allSteps from '@salesforce/label/c.Playbook_Coaching_All_Steps';
import fewer from '@salesforce/label/c.Playbook_Coaching_Fewer';
import truncated from '@salesforce/label/c.Playbook_Coaching_Truncated';

export default { hint, few, fewHint, required, allSteps, fewer, truncated };
