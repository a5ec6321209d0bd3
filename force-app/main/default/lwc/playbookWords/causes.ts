import adoption from '@salesforce/label/c.Playbook_Cause_Adoption';
import product from '@salesforce/label/c.Playbook_Cause_Product';
import support from '@salesforce/label/c.Playbook_Cause_Support';
import champion from '@salesforce/label/c.Playbook_Cause_Champion';
import price from '@salesforce/label/c.Playbook_Cause_Price';
import competitor from '@salesforce/label/c.Playbook_Cause_Competitor';
import business from '@salesforce/label/c.Playbook_Cause_Business';
import onboarding from '@salesforce/label/c.Playbook_Cause_Onboarding';
import dataError from '@salesforce/label/c.Playbook_Cause_Data';
import other from '@salesforce/label/c.Playbook_Cause_Other';

/** Values of Playbook_Run__c.Cause__c with their words. */
export const CAUSES: readonly { readonly value: string; readonly label: string }[] = [
    { value: 'Low adoption', label: adoption },
    { value: 'Product gap or defect', label: product },
    { value: 'Support experience', label: support },
    { value: 'Champion or sponsor left', label: champion },
    { value: 'Price or budget', label: price },
    { value: 'Competitor', label: competitor },
    { value: 'Business change at the customer', label: business },
    { value: 'Poor onboarding', label: onboarding },
    { value: 'Data error', label: dataError },
    { value: 'Other', label: other },
];
