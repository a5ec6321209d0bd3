import required from '@salesforce/label/c.Playbook_Coaching_Required';
import noteAll from '@salesforce/label/c.Playbook_Coaching_Note_All';

export default { required, noteAll };
