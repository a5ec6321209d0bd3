import PlaybookImpact from '../playbookImpact';
import type { PastAnswer } from 'c/playbookPastData';
import { clearDom, find, flush, mount, visibleText } from 'test/dom';
import { press } from 'test/person';

const IMPACT = { saved: 14, lost: 3, letGo: 2, recoveredUnworked: 6, lostUnworked: 9 };
const GIVEN = { playbookKey: 'at-risk', since: '2024-11-21', smallCount: 10 };

async function show(answer?: PastAnswer) {
    const element = await mount('c-playbook-impact', PlaybookImpact, GIVEN);
    const give = async (detail: PastAnswer): Promise<void> => {
        find(element, 'c-playbook-past-data').dispatchEvent(new CustomEvent('answer', { detail }));
        await flush();
    };
    if (answer) await give(answer);
    return { element, give };
}
const failure = (kind: 'offline' | 'no-access'): PastAnswer => ({ of: 'failure', failure: { kind, messages: [] } });

afterEach(clearDom);

describe('c-playbook-impact', () => {
    it('shows nothing until it is known', async () => {
        expect(visibleText((await show()).element)).toBe('');
    });

    it('tells both counts, and that it is what happened and not what caused it', async () => {
        const { element } = await show({ of: 'impact', impact: IMPACT });
        expect(visibleText(element)).toBe('Recovered: 14 of 19 worked, 6 of 15 without recorded work');
        const help = find<HTMLElement & { content: string }>(element, 'lightning-helptext').content;
        expect(help).toMatch(/^What happened, not what caused it: .* since .*2024/);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['worked', { ...IMPACT, saved: 4 }],
        ['without recorded work', { ...IMPACT, lostUnworked: 3 }],
    ])('shows nothing when few were %s', async (_which, impact) => {
        expect(visibleText((await show({ of: 'impact', impact })).element)).toBe('');
    });

    it('tells a failure where trying again may help, and lets go of it', async () => {
        const { element, give } = await show(failure('offline'));
        expect(visibleText(element)).toBe('How often this playbook worked could not be read.');
        await press(element, 'Try again');
        expect(visibleText(element)).toBe('');
        await give({ of: 'impact', impact: IMPACT });
        expect(visibleText(element)).toContain('14 of 19');
    });

    it('bothers nobody who may not see these figures', async () => {
        expect(visibleText((await show(failure('no-access'))).element)).toBe('');
    });

    it('forgets the last playbook', async () => {
        const { element } = await show({ of: 'impact', impact: IMPACT });
        element.playbookKey = 'onboarding-stalled';
        await flush();
        expect(visibleText(element)).toBe('');
    });
});
