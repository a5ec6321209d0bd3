import type { StepCard } from 'c/playbookStep';
import PlaybookStep, { type StepAnswer } from '../playbookStep';
import { proofView, resourceCard, segment, missingSegment, stepCard } from 'test/cards';
import { clearDom, find, listen, mount, visibleText } from 'test/dom';
import { all, button, field, fill, fillable, press, pressable, said } from 'test/person';

const TITLE = 'Book the diagnostic call';
const TICK = `Mark done: ${TITLE}`;
const UNDO = `Undo: ${TITLE}`;
const QUESTION = { question: 'Is it booked?', options: ['Yes', 'No', 'No reply'] };

async function show(changes: Partial<StepCard> = {}) {
    const element = await mount('c-playbook-step', PlaybookStep, { card: stepCard(changes) });
    const answers = listen<StepAnswer>(element, 'playbookanswer');
    const opened = listen<string>(element, 'playbookopen');
    return { element, answers, opened };
}
const answer = (given: StepAnswer['answer'], proof: StepAnswer['proof'] = null): StepAnswer => ({
    stepKey: 'call',
    occurrence: 1,
    answer: given,
    proof,
});

afterEach(clearDom);

describe('c-playbook-step: what it shows', () => {
    it('shows an open step in one line: title, who, by when', async () => {
        const { element } = await show();
        expect(visibleText(element)).toBe(`${TITLE} CSM Due Tue, Nov 24`);
        expect(button(element, TICK).getAttribute('aria-checked')).toBe('false');
        expect(button(element, TICK).getAttribute('role')).toBe('checkbox');
    });

    it('says that a step is optional', async () => {
        const { element } = await show({ required: false });
        expect(visibleText(element)).toContain('optional');
    });

    it('says when a repeated step comes back, without asking for it yet', async () => {
        const { element } = await show({ waiting: true, due: 'Again on Tue, Nov 24', history: ['Done by Jo'] });
        expect(visibleText(element)).toBe(`${TITLE} CSM Again on Tue, Nov 24`);
        expect(button(element, TICK).disabled).toBe(false);
    });

    it('marks an overdue step by more than its colour', async () => {
        const { element } = await show({ due: 'Overdue since Mon, Nov 16', dueTone: 'overdue' });
        expect(visibleText(element)).toContain('Overdue since Mon, Nov 16');
        expect(find(element, '.due lightning-icon')).toHaveProperty('iconName', 'utility:warning');
    });

    it.each<[state: StepCard['state'], checked: string]>([
        ['done', 'true'],
        ['skipped', 'false'],
        ['not-applicable', 'false'],
    ])('shows a step that is %s with its answer and a way back', async (state, checked) => {
        const { element } = await show({ state, answered: 'Answered by Maya, Nov 20' });
        expect(button(element, UNDO).getAttribute('aria-checked')).toBe(checked);
        expect(visibleText(element)).toContain('Answered by Maya, Nov 20');
        expect(visibleText(element)).not.toContain('Due');
    });

    it('shows what an opened step holds, and keeps it back until then', async () => {
        const { element, opened } = await show({
            instructions: [segment('Call '), missingSegment('Champion')],
            keyQuestions: ['What changed?'],
            pitfall: 'Calling without an agenda',
            dueNote: 'Planned for Nov 1',
            history: ['Done by Jo, Nov 2'],
            resources: [resourceCard()],
        });
        expect(visibleText(element)).not.toContain('Call');
        await press(element, TITLE);
        const text = visibleText(element);
        for (const words of [
            'Call [Champion]',
            'Key questions What changed?',
            'Watch out: Calling without an agenda',
            'Planned for Nov 1',
            'Earlier Done by Jo, Nov 2',
            'First e-mail',
        ])
            expect(text).toContain(words);
        expect(find(element, '.missing').title).toBe('Champion is not known for this account');
        expect(opened).toEqual(['call:1']);
        expect(button(element, TITLE).getAttribute('aria-expanded')).toBe('true');
    });

    it('closes again without asking for its texts twice', async () => {
        const { element, opened } = await show();
        await press(element, TITLE);
        await press(element, TITLE);
        expect(button(element, TITLE).getAttribute('aria-expanded')).toBe('false');
        expect(fillable(element)).toEqual([]);
        expect(opened).toHaveLength(1);
    });

    it('says that texts are being read', async () => {
        const { element } = await show({ loading: true });
        await press(element, TITLE);
        expect(said(element, 'status')).toContain('Loading instructions …');
    });

    it('shows HTML and script in any text as text', async () => {
        const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
        const { element } = await show({
            title: hostile,
            role: hostile,
            due: hostile,
            dueNote: hostile,
            pitfall: hostile,
            question: hostile,
            options: [hostile],
            instructions: [segment(hostile)],
            keyQuestions: [hostile],
            history: [hostile],
        });
        await press(element, hostile);
        expect(all(element, 'img, script')).toEqual([]);
        expect(visibleText(element).split(hostile).length - 1).toBe(8);
    });

    it('shows nothing without a card', async () => {
        const element = await mount('c-playbook-step', PlaybookStep);
        expect(visibleText(element)).toBe('');
    });
});

describe('c-playbook-step: answering', () => {
    it('is done with one tick', async () => {
        const { element, answers } = await show();
        await press(element, TICK);
        expect(answers).toEqual([answer({ kind: 'done', note: null, decision: [] })]);
    });

    it('names the task that was chosen as its proof, but only when it is done', async () => {
        const { element, answers } = await show({ proof: proofView() });
        await press(element, TITLE);
        await fill(element, 'Salesforce task', 'attach');
        await press(element, 'Not applicable');
        expect(answers.at(-1)).toEqual(answer({ kind: 'not-applicable', note: null }));
        await press(element, 'Done');
        const proof = { kind: 'attach', taskId: '00T000000000001AAA' } as const;
        expect(answers.at(-1)).toEqual(answer({ kind: 'done', note: null, decision: [] }, proof));
    });

    it('asks for no task while it is skipped', async () => {
        const { element } = await show({ proof: proofView() });
        await press(element, TITLE);
        await press(element, 'Skip');
        expect(fillable(element)).not.toContain('Salesforce task');
    });

    it('opens the task that proves it', async () => {
        const { element } = await show({ state: 'done', answered: 'Done', taskId: '00T000000000001AAA' });
        const opened = listen<string>(element, 'playbooktask');
        await press(element, TITLE);
        await press(element, 'Open the logged call');
        expect(opened).toEqual(['00T000000000001AAA']);
    });

    it('opens instead of answering when it asks a question', async () => {
        const { element, answers, opened } = await show(QUESTION);
        await press(element, TICK);
        expect(answers).toEqual([]);
        expect(opened).toEqual(['call:1']);
        expect(said(element, 'alert')).toEqual(['Choose an answer first.']);
        await fill(element, 'Is it booked?', 'Yes');
        expect(said(element, 'alert')).toEqual([]);
        await press(element, 'Done');
        expect(answers).toEqual([answer({ kind: 'done', note: null, decision: ['Yes'] })]);
    });

    it('opens instead of answering when it needs a note', async () => {
        const { element, answers } = await show({ noteRequired: true });
        await press(element, TICK);
        expect(said(element, 'alert')).toEqual(['Write a note first: this step asks for one.']);
        await fill(element, 'Note (needed to mark this done)', '   ');
        await press(element, 'Done');
        expect(answers).toEqual([]);
        await fill(element, 'Note (needed to mark this done)', ' Agreed with Ada ');
        await press(element, 'Done');
        expect(answers).toEqual([answer({ kind: 'done', note: 'Agreed with Ada', decision: [] })]);
    });

    it('takes several answers up to the limit, in the order of its options', async () => {
        const { element, answers } = await show({ ...QUESTION, maxOptions: 2 });
        await press(element, TITLE);
        await fill(element, 'Is it booked? (up to 2)', ['No reply', 'Yes', 'No']);
        expect(said(element, 'alert')).toEqual(['Choose 2 at most.']);
        await press(element, 'Done');
        await press(element, TICK);
        expect(answers).toEqual([]);
        await fill(element, 'Is it booked? (up to 2)', ['No reply', 'Yes']);
        await press(element, 'Done');
        expect(answers).toEqual([answer({ kind: 'done', note: null, decision: ['Yes', 'No reply'] })]);
    });

    it('is skipped with a reason only', async () => {
        const { element, answers } = await show();
        await press(element, TITLE);
        await press(element, 'Skip');
        await press(element, 'Skip this step');
        expect(answers).toEqual([]);
        expect(said(element, 'alert')).toEqual(['Choose why you skip this step.']);
        expect(field(element, 'Why skip it?').options?.map(({ value }) => value)).toContain('No contact available');
        await fill(element, 'Why skip it?', 'No contact available');
        await fill(element, 'Note', 'On leave until May');
        await press(element, 'Skip this step');
        expect(answers).toEqual([answer({ kind: 'skip', reason: 'No contact available', note: 'On leave until May' })]);
    });

    it('turns back from skipping', async () => {
        const { element } = await show();
        await press(element, TITLE);
        await press(element, 'Skip');
        await press(element, 'Cancel');
        expect(fillable(element)).toEqual(['Note']);
        expect(pressable(element)).toContain('Not applicable');
    });

    it('is marked as not applicable', async () => {
        const { element, answers } = await show();
        await press(element, TITLE);
        await press(element, 'Not applicable');
        expect(answers).toEqual([answer({ kind: 'not-applicable', note: null })]);
    });

    it.each<[state: StepCard['state']]>([['done'], ['skipped'], ['not-applicable']])(
        'is taken back when it is %s',
        async (state) => {
            const { element, answers } = await show({ state });
            await press(element, UNDO);
            await press(element, TITLE);
            await press(element, 'Undo');
            expect(answers).toEqual([answer({ kind: 'undo' }), answer({ kind: 'undo' })]);
        },
    );

    it('takes a note of an answered step, once there is something new in it', async () => {
        const { element, answers } = await show({ state: 'done', note: 'Agreed' });
        await press(element, TITLE);
        expect(button(element, 'Save note').disabled).toBe(true);
        await fill(element, 'Note', 'Agreed, for May ');
        await press(element, 'Save note');
        expect(answers).toEqual([answer({ kind: 'note', note: 'Agreed, for May' })]);
    });

    it('leaves a step that a finished playbook recorded as not done', async () => {
        const { element, answers } = await show({ state: 'not-done', note: 'Was on it' });
        await press(element, UNDO);
        await press(element, TITLE);
        expect(answers).toEqual([]);
        expect(fillable(element)).toEqual([]);
        expect(visibleText(element)).toContain('Was on it');
    });
});
