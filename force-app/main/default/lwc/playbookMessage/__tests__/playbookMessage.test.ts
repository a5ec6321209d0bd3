import PlaybookMessage from '../playbookMessage';
import { clearDom, listen, mount, visibleText } from 'test/dom';
import { press, pressable, said } from 'test/person';

afterEach(clearDom);

describe('c-playbook-message', () => {
    it('says a problem at once, in the org’s own words, with a way on', async () => {
        const element = await mount('c-playbook-message', PlaybookMessage, {
            heading: 'Your last action was not saved',
            text: 'Nothing was changed. Salesforce said:',
            details: ['Choose a reason.', 'Note: too long'],
            tone: 'problem' as const,
            actionLabel: 'Try again',
        });
        expect(said(element, 'alert')).toHaveLength(1);
        expect(visibleText(element)).toBe(
            'Your last action was not saved Nothing was changed. Salesforce said: Choose a reason. Note: too long',
        );
        const taken = listen(element, 'action');
        await press(element, 'Try again');
        expect(taken).toHaveLength(1);
    });

    it('says a calm state without interrupting, and without a button', async () => {
        const element = await mount('c-playbook-message', PlaybookMessage, { heading: 'Nothing needs you here today' });
        expect(said(element, 'status')).toEqual(['Nothing needs you here today']);
        expect(said(element, 'alert')).toEqual([]);
        expect(pressable(element)).toEqual([]);
    });

    it('shows HTML as text', async () => {
        const hostile = '<script>alert(1)</script>';
        const element = await mount('c-playbook-message', PlaybookMessage, {
            heading: hostile,
            text: hostile,
            details: [hostile],
        });
        expect(visibleText(element)).toBe(`${hostile} ${hostile} ${hostile}`);
    });

    it.each(['calm', 'problem'] as const)('is accessible when it is %s', async (tone) => {
        const element = await mount('c-playbook-message', PlaybookMessage, {
            heading: 'Heading',
            text: 'Text',
            details: ['Detail'],
            tone,
            actionLabel: 'Try again',
        });
        await expect(element).toBeAccessible();
    });
});
