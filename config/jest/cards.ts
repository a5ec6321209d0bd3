/** What presenters are given, in their plainest form; a test changes what it is about. */
import type { FinishView } from 'c/playbookFinish';
import type { ProofView } from 'c/playbookProof';
import type { ResourceCard, Segment } from 'c/playbookResource';
import type { SnoozeView } from 'c/playbookSnooze';
import type { StepCard } from 'c/playbookStep';
import type { WhyView } from 'c/playbookWhy';
import type { RowCard } from 'c/playbookWorklistRow';

export const segment = (text: string, changes: Partial<Segment> = {}): Segment => ({
    key: text,
    text,
    className: 'text',
    hint: '',
    ...changes,
});

export const missingSegment = (label: string): Segment =>
    segment(`[${label}]`, { className: 'missing', hint: `${label} is not known for this account` });

export const stepCard = (changes: Partial<StepCard> = {}): StepCard => ({
    id: 'call:1',
    stepKey: 'call',
    occurrence: 1,
    title: 'Book the diagnostic call',
    role: 'CSM',
    required: true,
    state: 'open',
    saving: false,
    locked: false,
    due: 'Due Tue, Nov 24',
    dueTone: 'plain',
    startsOpen: false,
    waiting: false,
    dueNote: '',
    answered: '',
    note: '',
    remarks: [],
    question: '',
    options: [],
    maxOptions: 1,
    chosen: [],
    noteRequired: false,
    proof: null,
    taskId: '',
    history: [],
    loading: false,
    instructions: [],
    keyQuestions: [],
    pitfall: '',
    resources: [],
    ...changes,
});

/** Calls can be logged, with two contacts, and one is logged already. */
export const proofView = (changes: Partial<ProofView> = {}): ProofView => ({
    available: true,
    canLog: true,
    subject: 'Book the diagnostic call',
    contactId: '003-ada',
    contacts: [
        { label: 'Ada Roe', value: '003-ada' },
        { label: 'Ben Poe', value: '003-ben' },
    ],
    tasks: [
        { label: 'Nov 20: Call', value: '00T000000000001AAA' },
        { label: 'Nov 12: Kick-off', value: '00T000000000002AAA' },
    ],
    ...changes,
});

export const resourceCard = (changes: Partial<ResourceCard> = {}): ResourceCard => ({
    id: 'a0E-1',
    title: 'First e-mail',
    typeLabel: 'E-mail',
    iconName: 'utility:email',
    email: true,
    subject: [segment('How is it going?')],
    body: [segment('Dear '), segment('Ada', { className: 'value' })],
    url: null,
    plainSubject: 'How is it going?',
    plainBody: 'Dear Ada',
    missing: [],
    ...changes,
});

export const finishView = (changes: Partial<FinishView> = {}): FinishView => ({
    formId: 'playbook:at-risk:finish',
    heading: 'How did it end?',
    confirm: 'Finish',
    outcomes: [
        {
            value: 'Saved',
            label: 'Saved',
            meaning: 'The risk is gone, and the customer was contacted.',
            counts: 'Counts in the save rate as saved.',
            openSteps: 0,
        },
        {
            value: 'Lost',
            label: 'Lost',
            meaning: 'The customer left or gave notice.',
            counts: 'Counts in the save rate as not saved.',
            openSteps: 0,
        },
        {
            value: 'Let go',
            label: 'Let go',
            meaning: 'We decided not to hold this customer.',
            counts: 'Counts in the save rate as not saved.',
            openSteps: 0,
        },
        {
            value: 'False alarm',
            label: 'False alarm',
            meaning: 'The data was wrong.',
            counts: 'Counts as a false alarm.',
            openSteps: 0,
        },
    ],
    suggested: null,
    suggestion: '',
    cause: '',
    asksCause: true,
    saving: false,
    ...changes,
});

/** On a Saturday in November, for thirty days at most. */
export const snoozeView = (changes: Partial<SnoozeView> = {}): SnoozeView => ({
    promptId: 'playbook:at-risk',
    today: '2026-11-21',
    latest: '2026-12-21',
    saving: false,
    ...changes,
});

export const whyView = (changes: Partial<WhyView> = {}): WhyView => ({
    title: 'At-Risk Account',
    summary: 'Find out why, then act.',
    tier: 'High',
    tone: 'high',
    tierIcon: 'utility:warning',
    heading: 'Why now',
    reasons: ['Health is 48 (limit 60)'],
    notes: [],
    whenToUse: null,
    successCriteria: [],
    pitfalls: [],
    answered: 1,
    total: 4,
    progress: '1 of 4 steps',
    ...changes,
});

export const rowCard = (changes: Partial<RowCard> = {}): RowCard => ({
    key: '001:playbook:at-risk',
    accountId: '001000000000001AAA',
    name: 'Nordlicht Logistik',
    title: 'At-Risk Account',
    kind: '',
    tier: 'High',
    tone: 'high',
    tierIcon: 'utility:warning',
    reason: 'Health is 48 (limit 60).',
    next: 'Book the call',
    due: 'Due Tue, Nov 24',
    dueTone: 'plain',
    arr: '$120K',
    renewal: 'Renewal in 52 days',
    also: '',
    held: '',
    step: { title: 'Book the call', question: '', options: [], maxOptions: 1, noteRequired: false },
    snoozeUntil: '2026-12-21',
    today: '2026-11-21',
    outcomes: ['Saved', 'Let go', 'False alarm'],
    canWake: false,
    readOnly: false,
    saving: false,
    ...changes,
});
