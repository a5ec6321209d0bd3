import covered from '@salesforce/label/c.Playbook_Skip_Covered';
import asked from '@salesforce/label/c.Playbook_Skip_Asked';
import noContact from '@salesforce/label/c.Playbook_Skip_No_Contact';
import noFit from '@salesforce/label/c.Playbook_Skip_No_Fit';
import someoneElse from '@salesforce/label/c.Playbook_Skip_Someone_Else';
import other from '@salesforce/label/c.Playbook_Skip_Other';

/** Values of Step_Completion__c.Skip_Reason__c with their words. */
export const SKIP_REASONS: readonly { readonly value: string; readonly label: string }[] = [
    { value: 'Already covered', label: covered },
    { value: 'Customer asked us not to', label: asked },
    { value: 'No contact available', label: noContact },
    { value: 'Does not fit this account', label: noFit },
    { value: 'Handled by someone else', label: someoneElse },
    { value: 'Other', label: other },
];
