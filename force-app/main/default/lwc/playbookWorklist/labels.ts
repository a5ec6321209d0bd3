import title from '@salesforce/label/c.Playbook_Worklist_Title';
import titleOf from '@salesforce/label/c.Playbook_Worklist_Title_Of';
import count from '@salesforce/label/c.Playbook_Worklist_Count';
import countOne from '@salesforce/label/c.Playbook_Worklist_Count_One';
import search from '@salesforce/label/c.Playbook_Worklist_Search';
import filters from '@salesforce/label/c.Playbook_Worklist_Filters';
import filterNone from '@salesforce/label/c.Playbook_Worklist_Filter_None';
import waiting from '@salesforce/label/c.Playbook_Worklist_Waiting';
import waitingHint from '@salesforce/label/c.Playbook_Worklist_Waiting_Hint';
import later from '@salesforce/label/c.Playbook_Worklist_Later';
import laterHint from '@salesforce/label/c.Playbook_Worklist_Later_Hint';
import held from '@salesforce/label/c.Playbook_Worklist_Held';
import heldHint from '@salesforce/label/c.Playbook_Worklist_Held_Hint';
import nurtureHint from '@salesforce/label/c.Playbook_Worklist_Nurture_Hint';
import nothingHeading from '@salesforce/label/c.Playbook_Worklist_Nothing_Heading';
import nothingText from '@salesforce/label/c.Playbook_Worklist_Nothing_Text';
import nextDue from '@salesforce/label/c.Playbook_Worklist_Next_Due';
import noAccountsHeading from '@salesforce/label/c.Playbook_Worklist_No_Accounts_Heading';
import noAccountsMine from '@salesforce/label/c.Playbook_Worklist_No_Accounts_Mine';
import noAccountsOf from '@salesforce/label/c.Playbook_Worklist_No_Accounts_Of';
import reading from '@salesforce/label/c.Playbook_Worklist_Reading';
import readingSome from '@salesforce/label/c.Playbook_Worklist_Reading_Some';
import truncated from '@salesforce/label/c.Playbook_Worklist_Truncated';
import undone from '@salesforce/label/c.Playbook_Worklist_Undone';
import loading from '@salesforce/label/c.Playbook_Loading';
import readOnly from '@salesforce/label/c.Playbook_Worklist_Read_Only';
import rulesOff from '@salesforce/label/c.Playbook_Rules_Off';
import ruleProblem from '@salesforce/label/c.Playbook_Rule_Problem';
import all from '@salesforce/label/c.Playbook_Worklist_Filter_All';
import critical from '@salesforce/label/c.Playbook_Tier_Critical';
import overdue from '@salesforce/label/c.Playbook_Worklist_Filter_Overdue';
import renewals from '@salesforce/label/c.Playbook_Worklist_Filter_Renewals';
import signals from '@salesforce/label/c.Playbook_Worklist_Filter_Signals';
import waitingFilter from '@salesforce/label/c.Playbook_Worklist_Filter_Waiting';
import aside from '@salesforce/label/c.Playbook_Worklist_Filter_Aside';
import nurture from '@salesforce/label/c.Playbook_Worklist_Filter_Nurture';
import type { FilterId } from './filters';

export const FILTER_LABELS: Readonly<Record<FilterId, string>> = {
    all,
    critical,
    overdue,
    renewals,
    signals,
    waiting: waitingFilter,
    aside,
    nurture,
};

export default {
    title,
    titleOf,
    count,
    countOne,
    search,
    filters,
    filterNone,
    waiting,
    waitingHint,
    later,
    laterHint,
    held,
    heldHint,
    nurtureHint,
    nothingHeading,
    nothingText,
    nextDue,
    noAccountsHeading,
    noAccountsMine,
    noAccountsOf,
    reading,
    readingSome,
    truncated,
    undone,
    loading,
    readOnly,
    rulesOff,
    ruleProblem,
};
