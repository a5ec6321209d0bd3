import provisional from '@salesforce/label/c.Playbook_Kept_Provisional';
import days from '@salesforce/label/c.Playbook_Kept_Days';
import renewal from '@salesforce/label/c.Playbook_Kept_Renewal';
import smaller from '@salesforce/label/c.Playbook_Kept_Smaller';
import lostSince from '@salesforce/label/c.Playbook_Kept_Lost_Since';

/** Values of Playbook_Run__c.Kept__c with their words. */
export const KEPT_STATES: readonly { readonly value: string; readonly label: string }[] = [
    { value: 'Provisional', label: provisional },
    { value: 'Kept for 90 days', label: days },
    { value: 'Kept at renewal', label: renewal },
    { value: 'Kept smaller', label: smaller },
    { value: 'Lost since', label: lostSince },
];
