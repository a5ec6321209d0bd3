import PlaybookHeld, { type HeldLine } from '../playbookHeld';
import { clearDom, listen, mount, visibleText } from 'test/dom';
import { press, pressable } from 'test/person';

const line = (changes: Partial<HeldLine> = {}): HeldLine => ({
    id: 'playbook:renewal',
    title: 'Renewal',
    why: 'Waits while At-Risk is critical',
    snoozed: false,
    action: 'Start it all the same',
    ...changes,
});
const SNOOZED = line({ id: 'signal:Review', title: 'Review', why: 'Put aside until Dec 3', action: 'Take up again' });

interface Given {
    readonly lines?: readonly HeldLine[];
    readonly closed?: string;
    readonly locked?: boolean;
}
async function show(given: Given) {
    const element = await mount('c-playbook-held', PlaybookHeld, given);
    return { element, taken: listen<string>(element, 'take'), reopened: listen(element, 'reopen') };
}

afterEach(clearDom);

describe('c-playbook-held', () => {
    it('is empty when nothing waits and nothing was finished', async () => {
        const { element } = await show({});
        expect(visibleText(element)).toBe('');
    });

    it('lists what waits, why, and the way on of each', async () => {
        const { element, taken } = await show({ lines: [line(), SNOOZED] });
        expect(visibleText(element)).toBe(
            'Not now Renewal Waits while At-Risk is critical Review Put aside until Dec 3',
        );
        await press(element, 'Take up again');
        expect(taken).toEqual(['signal:Review']);
        await press(element, 'Start it all the same');
        expect(taken).toEqual(['signal:Review', 'playbook:renewal']);
    });

    it('offers no way on to whoever may not write', async () => {
        const { element } = await show({ lines: [line({ action: '' })] });
        expect(pressable(element)).toEqual([]);
    });

    it('tells what was finished last, and reopens it', async () => {
        const { element, reopened } = await show({ closed: 'Renewal finished as Renewed on Nov 21.' });
        expect(visibleText(element)).toBe('Renewal finished as Renewed on Nov 21.');
        await press(element, 'Reopen');
        expect(reopened).toHaveLength(1);
    });

    it('waits while something is on its way', async () => {
        const { element, taken, reopened } = await show({ lines: [SNOOZED], closed: 'Finished.', locked: true });
        await press(element, 'Take up again');
        await press(element, 'Reopen');
        expect([...taken, ...reopened]).toEqual([]);
    });

    it('is accessible', async () => {
        const { element } = await show({ lines: [line(), SNOOZED], closed: 'Finished.' });
        await expect(element).toBeAccessible();
    });
});
