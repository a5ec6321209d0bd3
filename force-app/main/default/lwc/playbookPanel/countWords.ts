/** What a run will count as, said before somebody chooses the outcome. */
import { countsAs, type CountsAs, type CountsNowhere, type Outcome, type Prompt } from 'c/playbookEngine';
import saved from '@salesforce/label/c.Playbook_Counts_Saved';
import lost from '@salesforce/label/c.Playbook_Counts_Lost';
import letGo from '@salesforce/label/c.Playbook_Counts_Let_Go';
import recovered from '@salesforce/label/c.Playbook_Counts_Recovered';
import lostUnworked from '@salesforce/label/c.Playbook_Counts_Lost_Unworked';
import falseAlarm from '@salesforce/label/c.Playbook_Counts_False_Alarm';
import renewed from '@salesforce/label/c.Playbook_Counts_Renewed';
import renewedSmaller from '@salesforce/label/c.Playbook_Counts_Renewed_Smaller';
import notRenewed from '@salesforce/label/c.Playbook_Counts_Not_Renewed';
import provisional from '@salesforce/label/c.Playbook_Counts_Provisional';
import practice from '@salesforce/label/c.Playbook_Counts_Practice';
import byHand from '@salesforce/label/c.Playbook_Counts_By_Hand';
import unrecorded from '@salesforce/label/c.Playbook_Counts_Unrecorded';
import signal from '@salesforce/label/c.Playbook_Counts_Signal';
import noRisk from '@salesforce/label/c.Playbook_Counts_No_Risk';
import notWorked from '@salesforce/label/c.Playbook_Counts_Not_Worked';
import notSwept from '@salesforce/label/c.Playbook_Counts_Not_Swept';
import thoughWorked from '@salesforce/label/c.Playbook_Counts_Though_Worked';
import nowhere from '@salesforce/label/c.Playbook_Counts_Nowhere';

const RENEWALS = { renewed, renewedSmaller, notRenewed } as const;

const NOWHERE: Readonly<Record<CountsNowhere, string>> = {
    practice,
    'by-hand': byHand,
    unrecorded,
    signal,
    'no-risk': noRisk,
    'not-worked': notWorked,
    'not-swept': notSwept,
    'recovered-though-worked': thoughWorked,
    other: nowhere,
};

/** A sentence, and one more where what it counts as has to last. `isPractice`: of a run that is not open yet. */
export function countWords(prompt: Prompt, outcome: Outcome, isPractice: boolean): string {
    const counts = countsAs(prompt, outcome, isPractice);
    return hasToLast(counts) ? `${sentence(counts, outcome)} ${provisional}` : sentence(counts, outcome);
}

/** A save or a renewal. What recovered without work, or counts nowhere, proves nothing by lasting. */
function hasToLast(counts: CountsAs): boolean {
    switch (counts.figure) {
        case 'saveRate':
            return counts.as === 'numerator';
        case 'renewals':
            return counts.as !== 'notRenewed';
        default:
            return false;
    }
}

function sentence(counts: CountsAs, outcome: Outcome): string {
    switch (counts.figure) {
        case 'saveRate':
            return counts.as === 'numerator' ? saved : outcome === 'Let go' ? letGo : lost;
        case 'unworkedRecovery':
            return counts.as === 'numerator' ? recovered : lostUnworked;
        case 'falseAlarms':
            return falseAlarm;
        case 'renewals':
            return RENEWALS[counts.as];
        case 'none':
            return NOWHERE[counts.why];
    }
}
