import PlaybookPrompts, { type PromptTab } from '../playbookPrompts';
import { clearDom, find, flush, listen, mount, visibleText } from 'test/dom';
import { all, button, nameOf, press } from 'test/person';

const TITLES = ['At-Risk Account', 'Renewal', 'Champion Change'];
const tabs = (selected = 0): PromptTab[] =>
    TITLES.map((title, index) => ({
        id: `playbook:${index}`,
        title,
        tier: index === 0 ? 'Critical' : 'Moderate',
        tone: index === 0 ? 'critical' : 'moderate',
        selected: index === selected,
    }));

async function show(selected = 0) {
    const element = await mount('c-playbook-prompts', PlaybookPrompts, { tabs: tabs(selected) });
    return { element, chosen: listen<string>(element, 'choose') };
}

afterEach(clearDom);

describe('c-playbook-prompts', () => {
    it('shows a tab for each prompt with its tier, the first one selected', async () => {
        const { element } = await show();
        expect(all(element, '[role="tab"]').map(nameOf)).toEqual([
            'At-Risk Account Critical',
            'Renewal Moderate',
            'Champion Change Moderate',
        ]);
        expect(all(element, '[aria-selected="true"]').map(nameOf)).toEqual(['At-Risk Account Critical']);
        expect(find(element, '[role="tablist"]').getAttribute('aria-label')).toBe('What this account deserves now');
    });

    it('is one stop of the tab key', async () => {
        const { element } = await show(1);
        expect(all(element, '[role="tab"]').map((tab) => tab.getAttribute('tabindex'))).toEqual(['-1', '0', '-1']);
    });

    it('chooses with a click', async () => {
        const { element, chosen } = await show();
        await press(element, 'Renewal Moderate');
        expect(chosen).toEqual(['playbook:1']);
    });

    it.each<[key: string, from: number, to: number]>([
        ['ArrowRight', 0, 1],
        ['ArrowDown', 1, 2],
        ['ArrowRight', 2, 0],
        ['ArrowLeft', 0, 2],
        ['ArrowUp', 2, 1],
    ])('moves with %s from tab %d to tab %d, and the focus with it', async (key, from, to) => {
        const { element, chosen } = await show(from);
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
        find(element, '[aria-selected="true"]').dispatchEvent(event);
        await flush();
        expect(chosen).toEqual([`playbook:${to}`]);
        expect(event.defaultPrevented).toBe(true);
        expect(element.shadowRoot?.activeElement).toBe(all(element, '[role="tab"]')[to]);
    });

    it('leaves other keys to the page', async () => {
        const { element, chosen } = await show();
        const event = new KeyboardEvent('keydown', { key: 'a', bubbles: true, cancelable: true });
        find(element, '[aria-selected="true"]').dispatchEvent(event);
        expect(chosen).toEqual([]);
        expect(event.defaultPrevented).toBe(false);
    });

    it('follows what the container selects', async () => {
        const { element } = await show();
        element.tabs = tabs(2);
        await flush();
        expect(button(element, 'Champion Change Moderate').getAttribute('aria-selected')).toBe('true');
    });

    it('is empty without prompts', async () => {
        expect(visibleText(await mount('c-playbook-prompts', PlaybookPrompts))).toBe('');
    });

    it('is accessible', async () => {
        const { element } = await show();
        await expect(element).toBeAccessible();
    });
});
