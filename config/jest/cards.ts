/** What presenters are given, in their plainest form; a test changes what it is about. */
import type { FinishView } from 'c/playbookFinish';
import type { ResourceCard, Segment } from 'c/playbookResource';
import type { SnoozeView } from 'c/playbookSnooze';
import type { StepCard } from 'c/playbookStep';
import type { WhyView } from 'c/playbookWhy';

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
    question: '',
    options: [],
    maxOptions: 1,
    chosen: [],
    noteRequired: false,
    history: [],
    loading: false,
    instructions: [],
    keyQuestions: [],
    pitfall: '',
    resources: [],
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
    promptId: 'playbook:at-risk',
    outcomes: [
        { value: 'Saved', label: 'Saved', meaning: 'The risk is gone, and the customer was contacted.' },
        { value: 'Lost', label: 'Lost', meaning: 'The customer left or gave notice.' },
        { value: 'Let go', label: 'Let go', meaning: 'We decided not to hold this customer.' },
        { value: 'False alarm', label: 'False alarm', meaning: 'The data was wrong.' },
    ],
    suggested: null,
    suggestion: '',
    cause: '',
    asksCause: true,
    openSteps: 0,
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
