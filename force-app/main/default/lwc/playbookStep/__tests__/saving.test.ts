import type { StepCard } from 'c/playbookStep';
import PlaybookStep, { type StepAnswer } from '../playbookStep';
import { stepCard } from 'test/cards';
import { clearDom, flush, listen, mount, visibleText } from 'test/dom';
import { button, field, fill, fillable, press, said } from 'test/person';

const TITLE = 'Book the diagnostic call';
const TICK = `Mark done: ${TITLE}`;

/** A step that asks; `update` is what the container does with its card. */
async function show(changes: Partial<StepCard> = {}) {
    const asks: Partial<StepCard> = { question: 'Is it booked?', options: ['Yes', 'No'], ...changes };
    const element = await mount('c-playbook-step', PlaybookStep, { card: stepCard(asks) });
    const answers = listen<StepAnswer>(element, 'playbookanswer');
    const update = async (next: Partial<StepCard>): Promise<void> => {
        element.card = stepCard({ ...asks, ...next });
        await flush();
    };
    return { element, answers, update };
}
const SAVING = { state: 'done', saving: true, locked: true } as const;

afterEach(clearDom);

describe('c-playbook-step while its answer is on its way', () => {
    it('says so, and takes no second click', async () => {
        const { element, answers, update } = await show({ question: '' });
        await press(element, TICK);
        await update(SAVING);
        expect(said(element, 'status')).toEqual(['Saving …']);
        const tick = button(element, `Undo: ${TITLE}`);
        expect(tick.getAttribute('aria-disabled')).toBe('true');
        tick.click();
        tick.dispatchEvent(new CustomEvent('click'));
        expect(answers).toHaveLength(1);
    });

    it('keeps the keyboard at the step while the form goes', async () => {
        const { element, update } = await show();
        await press(element, TITLE);
        await fill(element, 'Is it booked?', 'Yes');
        await press(element, 'Done');
        await update(SAVING);
        expect(element.shadowRoot?.activeElement).toBe(button(element, TITLE));
    });

    it('offers no form while it is locked', async () => {
        const { element } = await show({ locked: true });
        await press(element, TITLE);
        expect(fillable(element)).toEqual([]);
    });

    it('keeps what was typed when the answer could not be saved', async () => {
        const { element, answers, update } = await show();
        await press(element, TITLE);
        await fill(element, 'Is it booked?', 'Yes');
        await fill(element, 'Note', 'For Tuesday');
        await press(element, 'Done');
        await update(SAVING);
        await update({ state: 'open', saving: true, locked: true });
        await update({ state: 'open' });
        expect(field(element, 'Note').value).toBe('For Tuesday');
        expect(field(element, 'Is it booked?').value).toBe('Yes');
        await press(element, 'Done');
        expect(answers[1]).toEqual(answers[0]);
    });

    it('keeps what was typed into a turn of a repeated step until the next turn is confirmed', async () => {
        const next = { id: 'call:2', occurrence: 2 } as const;
        const { element, update } = await show({ id: 'call:1' });
        await press(element, TITLE);
        await fill(element, 'Is it booked?', 'Yes');
        await fill(element, 'Note', 'For Tuesday');
        await press(element, 'Done');
        await update({ ...next, saving: true, locked: true });
        await update({ id: 'call:1' });
        expect(field(element, 'Note').value).toBe('For Tuesday');
        await update({ ...next, saving: true, locked: true });
        await update(next);
        expect(button(element, TITLE).getAttribute('aria-expanded')).toBe('false');
        await press(element, TITLE);
        expect(field(element, 'Note').value).toBe('');
    });

    it('is closed and empty again once it is saved', async () => {
        const { element, update } = await show();
        await press(element, TITLE);
        await fill(element, 'Is it booked?', 'Yes');
        await fill(element, 'Note', 'For Tuesday');
        await press(element, 'Done');
        await update(SAVING);
        await update({ state: 'done', note: 'For Tuesday', chosen: ['Yes'] });
        expect(button(element, TITLE).getAttribute('aria-expanded')).toBe('false');
        await update({ state: 'open' });
        await press(element, TITLE);
        expect(field(element, 'Note').value).toBe('');
        expect(field(element, 'Is it booked?').value).toBe('');
    });

    it('asks for a reason afresh after a skip was saved and taken back', async () => {
        const { element, update } = await show();
        await press(element, TITLE);
        await press(element, 'Skip');
        await fill(element, 'Why skip it?', 'Other');
        await press(element, 'Skip this step');
        await update({ ...SAVING, state: 'skipped' });
        await update({ state: 'skipped' });
        await update({ state: 'open' });
        await press(element, TITLE);
        expect(fillable(element)).not.toContain('Why skip it?');
    });

    it('keeps a note that could not be saved on an answered step', async () => {
        const { element, update } = await show({ state: 'done', note: 'Old' });
        await press(element, TITLE);
        await fill(element, 'Note', 'New');
        await press(element, 'Save note');
        await update({ ...SAVING, note: 'New' });
        await update({ state: 'done', note: 'Old' });
        expect(field(element, 'Note').value).toBe('New');
    });

    it('shows what somebody else has answered meanwhile', async () => {
        const { element, update } = await show();
        await update({ state: 'done', answered: 'Done by Jo, Nov 21' });
        expect(visibleText(element)).toContain('Done by Jo, Nov 21');
    });
});

describe('c-playbook-step for everybody', () => {
    it.each<[state: string, card: Partial<StepCard>]>([
        ['open', {}],
        ['done', { state: 'done', answered: 'Done by Jo' }],
        ['locked', { locked: true }],
        ['saving', SAVING],
    ])('is accessible when it is %s, closed and opened', async (_state, card) => {
        const { element } = await show(card);
        await expect(element).toBeAccessible();
        await press(element, TITLE);
        await expect(element).toBeAccessible();
    });
});
