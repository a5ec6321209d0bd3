import PlaybookSkippedStep, { type SkippedStepCard } from '../playbookSkippedStep';
import { clearDom, find, listen, mount, visibleText } from 'test/dom';
import { press, pressable } from 'test/person';

const show = (card: Partial<SkippedStepCard> = {}) =>
    mount('c-playbook-skipped-step', PlaybookSkippedStep, {
        card: {
            id: 'a0C-1',
            accountId: '001-1',
            accountName: 'Nordlicht Logistik',
            step: 'Speak with the sponsor',
            isRequired: true,
            reason: 'No contact available',
            note: 'She left.\nNobody follows.',
            facts: 'Maya Lindqvist · 2 days ago',
            ...card,
        },
    });

afterEach(clearDom);

describe('c-playbook-skipped-step', () => {
    it('tells the step, the reason and the note', async () => {
        const element = await show();
        expect(visibleText(element)).toBe(
            'Nordlicht Logistik Maya Lindqvist · 2 days ago Speak with the sponsor Required No contact available She left. Nobody follows.',
        );
        await expect(element).toBeAccessible();
    });

    it('folds a long note until it is asked for', async () => {
        const note = 'word '.repeat(200).trim();
        const element = await show({ note, isRequired: false });
        expect(find(element, '.words').textContent).toHaveLength(281);
        await press(element, 'Show all');
        expect(find(element, '.words').textContent).toBe(note);
        expect(pressable(element)).toEqual(['Nordlicht Logistik']);
    });

    it('opens the account, and leaves new tabs to the browser', async () => {
        const element = await show();
        const opened = listen(element, 'open');
        const link = find(element, 'a');
        link.click();
        // Nothing to go to in a test.
        link.addEventListener('click', (event) => event.preventDefault());
        link.dispatchEvent(new MouseEvent('click', { metaKey: true, cancelable: true }));
        expect(opened).toEqual(['001-1']);
    });
});
