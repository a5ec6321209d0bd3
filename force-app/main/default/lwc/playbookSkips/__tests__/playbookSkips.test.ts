import PlaybookSkips, { type SkipCard, type SkipsView } from '../playbookSkips';
import { clearDom, findAll, mount, visibleText } from 'test/dom';
import { press } from 'test/person';

const card = (step: string, values: Partial<SkipCard> = {}): SkipCard => ({
    step,
    isRequired: false,
    share: '8 of 40 (20%)',
    percent: 20,
    isFew: false,
    reasons: ['Other: 8'],
    ...values,
});
const show = (view: Partial<SkipsView> = {}) =>
    mount('c-playbook-skips', PlaybookSkips, {
        view: { steps: [card('Call')], smallCount: 10, truncated: false, ...view },
    });
const steps = (element: Element): string[] => findAll(element, '.step').map(visibleText);

afterEach(clearDom);

describe('c-playbook-skips', () => {
    it('says how often of how many times, and why', async () => {
        const element = await show();
        expect(steps(element)).toEqual(['Call 8 of 40 (20%) Other: 8']);
        await expect(element).toBeAccessible();
    });

    it('marks what is required, and a rate over few', async () => {
        const element = await show({ steps: [card('Call', { isRequired: true, isFew: true })] });
        expect(steps(element)).toEqual(['Call Required 8 of 40 (20%) fewer than 10 Other: 8']);
    });

    it('shows the first few, and all when asked', async () => {
        const element = await show({ steps: Array.from({ length: 9 }, (_, index) => card(`Step ${index}`)) });
        expect(steps(element)).toHaveLength(6);
        await press(element, 'Show all 9 steps');
        expect(steps(element)).toHaveLength(9);
        await press(element, 'Show fewer');
        expect(steps(element)).toHaveLength(6);
    });

    it('says when not everything could be counted', async () => {
        const element = await show({ truncated: true });
        expect(visibleText(element)).toContain('more steps than can be counted here at once');
    });
});
