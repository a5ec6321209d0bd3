import PlaybookSaves, { type SaveCard, type SavesView } from '../playbookSaves';
import { clearDom, find, listen, mount, visibleText } from 'test/dom';

const card = (values: Partial<SaveCard> = {}): SaveCard => ({
    id: 'a0R-1',
    accountId: '001-1',
    accountName: 'Nordlicht Logistik',
    arr: '€120,000',
    facts: 'Maya Lindqvist · 2 days ago · At-Risk',
    cause: 'Low adoption',
    reason: 'They use it again.',
    kept: 'Lost since',
    keptIcon: 'utility:warning',
    keptTone: 'lost',
    ...values,
});
const show = (view: Partial<SavesView> = {}) =>
    mount('c-playbook-saves', PlaybookSaves, {
        view: { sum: '1 save', keptCounts: ['Lost since: 1'], hint: '', saves: [card()], ...view },
    });

afterEach(clearDom);

describe('c-playbook-saves', () => {
    it('praises by name, with the amount, the reason and whether it has lasted', async () => {
        const element = await show();
        expect(visibleText(element)).toBe(
            'Saves 1 save Lost since: 1 Nordlicht Logistik €120,000 Maya Lindqvist · 2 days ago · At-Risk They use it again. Lost since Low adoption',
        );
        await expect(element).toBeAccessible();
    });

    it('leaves out what is not known', async () => {
        const element = await show({ saves: [card({ arr: '', reason: '', kept: '', cause: '' })] });
        expect(element.shadowRoot?.querySelectorAll('.arr, .reason, .kept')).toHaveLength(0);
    });

    it('opens the account, and leaves new tabs to the browser', async () => {
        const element = await show();
        const opened = listen(element, 'open');
        const link = find(element, 'a');
        expect(link.getAttribute('href')).toBe('/lightning/r/Account/001-1/view');
        link.click();
        expect(opened).toEqual(['001-1']);
        // Nothing to go to in a test.
        link.addEventListener('click', (event) => event.preventDefault());
        link.dispatchEvent(new MouseEvent('click', { ctrlKey: true, cancelable: true }));
        expect(opened).toHaveLength(1);
    });

    it('says when a save will appear', async () => {
        const element = await show({ sum: '', keptCounts: [], saves: [] });
        expect(visibleText(element)).toContain('One appears here on the day a risk that was worked is closed as Saved');
        await expect(element).toBeAccessible();
    });
});
