import type { Finish } from 'c/playbookEngine';
import PlaybookFinish, { type FinishView } from '../playbookFinish';
import { finishView } from 'test/cards';
import { clearDom, find, flush, listen, mount, visibleText } from 'test/dom';
import { button, field, fill, fillable, press, said } from 'test/person';

const WHY = 'In your words (optional)';
const WHY_NEEDED = 'Why? (needed for this outcome)';

async function show(changes: Partial<FinishView> = {}) {
    const element = await mount('c-playbook-finish', PlaybookFinish, { view: finishView(changes) });
    return { element, finished: listen<Finish>(element, 'finish'), cancelled: listen(element, 'cancel') };
}

afterEach(clearDom);

describe('c-playbook-finish', () => {
    it('asks how it ended, with nothing chosen when nothing speaks for an outcome', async () => {
        const { element, finished } = await show();
        expect(visibleText(element)).toContain('How did it end?');
        expect(field(element, 'Outcome').options?.map(({ label }) => label)).toEqual([
            'Saved',
            'Lost',
            'Let go',
            'False alarm',
        ]);
        expect(field(element, 'Outcome').value).toBe('');
        await press(element, 'Finish');
        expect(said(element, 'alert')).toEqual(['Choose an outcome first.']);
        expect(finished).toEqual([]);
    });

    it('has chosen what it suggests, and says why', async () => {
        const { element, finished } = await show({ suggested: 'Saved', suggestion: 'Suggested: Saved. Health is 71' });
        expect(field(element, 'Outcome').value).toBe('Saved');
        expect(visibleText(element)).toContain('Suggested: Saved. Health is 71');
        expect(visibleText(element)).toContain('The risk is gone, and the customer was contacted.');
        await press(element, 'Finish');
        expect(finished).toEqual([{ outcome: 'Saved', cause: null, reason: null }]);
    });

    it('says what the chosen outcome will count as, also to a screen reader', async () => {
        const { element } = await show({ suggested: 'Saved' });
        expect(said(element, 'status')).toEqual(['Counts in the save rate as saved.']);
        await fill(element, 'Outcome', 'False alarm');
        expect(said(element, 'status')).toEqual(['Counts as a false alarm.']);
    });

    it('takes the person’s choice over the suggestion', async () => {
        const { element, finished } = await show({ suggested: 'Saved' });
        await fill(element, 'Outcome', 'Lost');
        await fill(element, 'Main cause', 'Competitor');
        await fill(element, WHY, ' They moved on. ');
        await press(element, 'Finish');
        expect(visibleText(element)).toContain('The customer left or gave notice.');
        expect(finished).toEqual([{ outcome: 'Lost', cause: 'Competitor', reason: 'They moved on.' }]);
    });

    it('proposes the cause that the checklist found', async () => {
        const { element, finished } = await show({ suggested: 'Lost', cause: 'Low adoption' });
        expect(field(element, 'Main cause').value).toBe('Low adoption');
        await press(element, 'Finish');
        expect(finished).toEqual([{ outcome: 'Lost', cause: 'Low adoption', reason: null }]);
    });

    it.each(['Let go', 'False alarm'])('wants a reason for %s', async (outcome) => {
        const { element, finished } = await show();
        await fill(element, 'Outcome', outcome);
        await press(element, 'Finish');
        expect(said(element, 'alert')).toEqual(['Write why first: this outcome needs a reason.']);
        await fill(element, WHY_NEEDED, '  ');
        await press(element, 'Finish');
        expect(finished).toEqual([]);
        await fill(element, WHY_NEEDED, 'Seasonal');
        expect(said(element, 'alert')).toEqual([]);
        await press(element, 'Finish');
        expect(finished).toEqual([{ outcome, cause: null, reason: 'Seasonal' }]);
    });

    it('asks no cause of a false alarm, and sends none even if one was chosen before', async () => {
        const { element, finished } = await show({ cause: 'Low adoption' });
        await fill(element, 'Outcome', 'Saved');
        await fill(element, 'Main cause', 'Competitor');
        await fill(element, 'Outcome', 'False alarm');
        expect(fillable(element)).toEqual(['Outcome', WHY_NEEDED]);
        await fill(element, WHY_NEEDED, 'Wrong data');
        await press(element, 'Finish');
        expect(finished).toEqual([{ outcome: 'False alarm', cause: null, reason: 'Wrong data' }]);
    });

    it('asks no cause where a playbook has none', async () => {
        const { element } = await show({ asksCause: false });
        expect(fillable(element)).toEqual(['Outcome', WHY]);
    });

    it.each<[count: number, words: string]>([
        [1, 'One open step will be recorded as not done.'],
        [3, '3 open steps will be recorded as not done.'],
    ])('says what becomes of %d open steps with the outcome that is chosen', async (count, words) => {
        const { outcomes } = finishView();
        const { element } = await show({
            outcomes: outcomes.map((one) => ({ ...one, openSteps: one.value === 'Lost' ? count : 0 })),
        });
        expect(visibleText(element)).not.toContain('recorded as not done');
        await fill(element, 'Outcome', 'Lost');
        expect(visibleText(element)).toContain(words);
        await fill(element, 'Outcome', 'False alarm');
        expect(visibleText(element)).not.toContain('recorded as not done');
    });

    it('asks in the words that it is given', async () => {
        const { element, finished } = await show({ heading: 'Why is this not needed?', confirm: 'Close it' });
        expect(visibleText(element)).toContain('Why is this not needed?');
        await fill(element, 'Outcome', 'Lost');
        await press(element, 'Close it');
        expect(finished).toHaveLength(1);
    });

    it('takes no second click while it is saving, and keeps what was written', async () => {
        const { element, finished } = await show();
        await fill(element, 'Outcome', 'Let go');
        await fill(element, WHY_NEEDED, 'Too small');
        await press(element, 'Finish');
        element.view = finishView({ saving: true });
        await flush();
        await press(element, 'Finish');
        expect(button(element, 'Cancel').disabled).toBe(true);
        expect(finished).toHaveLength(1);
        element.view = finishView();
        await flush();
        expect(field(element, WHY_NEEDED).value).toBe('Too small');
    });

    it('drops what was chosen when another playbook comes in front', async () => {
        const { element } = await show();
        await fill(element, 'Outcome', 'Let go');
        await fill(element, 'Main cause', 'Competitor');
        await fill(element, WHY_NEEDED, 'Too small');
        await press(element, 'Finish');
        element.view = finishView({ formId: 'playbook:renewal:finish', cause: 'Price or budget' });
        await flush();
        expect(field(element, 'Outcome').value).toBe('');
        expect(field(element, 'Main cause').value).toBe('Price or budget');
        expect(field(element, WHY).value).toBe('');
    });

    it('turns back', async () => {
        const { element, finished, cancelled } = await show();
        await press(element, 'Cancel');
        find(element, 'section').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
        expect(cancelled).toHaveLength(2);
        expect(finished).toEqual([]);
    });

    it('shows nothing without a view', async () => {
        expect(visibleText(await mount('c-playbook-finish', PlaybookFinish))).toBe('');
    });

    it('is accessible, with a problem shown too', async () => {
        const { element } = await show({ suggestion: 'Suggested: Saved.' });
        await expect(element).toBeAccessible();
        await press(element, 'Finish');
        await expect(element).toBeAccessible();
    });
});
