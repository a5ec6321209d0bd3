import PlaybookPastRun, { type PastRunCard } from '../playbookPastRun';
import { clearDom, listen, mount, visibleText } from 'test/dom';
import { all, press, pressable, said } from 'test/person';

const card = (changes: Partial<PastRunCard> = {}): PastRunCard => ({
    id: 'a0R1',
    title: 'At-Risk',
    span: '1 Mar 2026 to 9 Apr 2026',
    outcome: 'Saved',
    tone: 'won',
    kept: 'Kept for 90 days',
    facts: ['Cause: Low adoption', 'Decided by Maya Lindqvist'],
    open: false,
    loading: false,
    steps: [
        {
            id: 'a0C1',
            title: 'Call',
            icon: 'utility:check',
            answered: 'Done by Maya',
            note: 'Spoke to Dana.',
            remarks: [{ id: 'c1', about: 'Lena', text: 'Well done.' }],
        },
    ],
    ...changes,
});
const LINE = 'At-Risk Saved Kept for 90 days 1 Mar 2026 to 9 Apr 2026';

async function show(changes: Partial<PastRunCard> = {}) {
    const element = await mount('c-playbook-past-run', PlaybookPastRun, { card: card(changes) });
    return { element, toggled: listen<string>(element, 'toggle'), records: listen<string>(element, 'record') };
}

afterEach(clearDom);

describe('c-playbook-past-run', () => {
    it('is one line until it is opened', async () => {
        const { element, toggled } = await show();
        expect(visibleText(element)).toBe(LINE);
        expect(all(element, '[aria-expanded="false"]')).toHaveLength(1);
        await press(element, LINE);
        expect(toggled).toEqual(['a0R1']);
        await expect(element).toBeAccessible();
    });

    it('opened, tells how it ended and what was done, and leads to the record', async () => {
        const { element, records } = await show({ open: true });
        expect(visibleText(element)).toBe(
            `${LINE} Cause: Low adoption Decided by Maya Lindqvist Call Done by Maya Spoke to Dana. Lena Well done.`,
        );
        await press(element, 'Open the record');
        expect(records).toEqual(['a0R1']);
        await expect(element).toBeAccessible();
    });

    it('says that steps are being read, and that there are none', async () => {
        const { element } = await show({ open: true, loading: true });
        expect(said(element, 'status')).toHaveLength(1);
        expect(visibleText(element)).not.toContain('Call');
        const { element: empty } = await show({ open: true, steps: [] });
        expect(visibleText(empty)).toContain('No step was answered.');
    });

    it('has no words for what is not known', async () => {
        const { element } = await show({ kept: '', outcome: 'Expired', tone: 'plain' });
        expect(visibleText(element)).toBe('At-Risk Expired 1 Mar 2026 to 9 Apr 2026');
        expect(pressable(element)).toHaveLength(1);
    });
});
