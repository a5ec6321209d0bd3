import heading from '@salesforce/label/c.Playbook_Coaching_Saves';
import none from '@salesforce/label/c.Playbook_Coaching_Saves_None';

export default { heading, none };
