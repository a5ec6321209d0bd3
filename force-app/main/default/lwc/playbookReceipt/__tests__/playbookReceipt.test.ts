import PlaybookReceipt, { type ReceiptView } from '../playbookReceipt';
import { clearDom, find, listen, mount, visibleText } from 'test/dom';
import { pressable, press, said } from 'test/person';

const show = (view: Partial<ReceiptView> = {}) =>
    mount('c-playbook-receipt', PlaybookReceipt, {
        view: { tone: 'done', about: '', text: 'Done: Book the call', canUndo: true, saving: false, ...view },
    });

afterEach(clearDom);

describe('c-playbook-receipt', () => {
    it('says what was done and offers the way back', async () => {
        const element = await show({ about: 'Nordlicht' });
        const undone = listen(element, 'undo');
        expect(visibleText(element)).toContain('Nordlicht Done: Book the call');
        await press(element, 'Undo');
        expect(undone).toHaveLength(1);
        await expect(element).toBeAccessible();
    });

    it('can be hidden, also when there is no way back', async () => {
        const element = await show({ canUndo: false });
        const dismissed = listen(element, 'dismiss');
        expect(pressable(element)).toEqual([]);
        find(element, 'lightning-button-icon').click();
        expect(dismissed).toHaveLength(1);
    });

    it('offers nothing while it is being saved', async () => {
        const element = await show({ saving: true });
        expect(said(element, 'status')).toEqual(['Saving …']);
        expect(pressable(element)).toEqual([]);
    });

    it('takes the keyboard when asked to', async () => {
        const element = await show();
        (element as unknown as PlaybookReceipt).focusLine();
        expect(element.shadowRoot?.activeElement).toBe(find(element, '.line'));
    });
});
