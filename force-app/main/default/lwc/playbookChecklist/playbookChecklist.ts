import { LightningElement, api } from 'lwc';
import type { StepCard } from 'c/playbookStep';
import LABEL from '@salesforce/label/c.Playbook_Checklist';

export interface PhaseCard {
    readonly key: string;
    readonly name: string;
    readonly steps: readonly StepCard[];
}

/** The steps by phase. What happens to a step is told by the step itself. */
export default class PlaybookChecklist extends LightningElement {
    @api phases: readonly PhaseCard[] = [];
    readonly label = LABEL;
}
