import PlaybookColleagues, { type ColleagueChoice } from '../playbookColleagues';
import { clearDom, find, flush, listen, mount, visibleText } from 'test/dom';
import { pressable, press, said } from 'test/person';

const TOM: ColleagueChoice = { id: '005TOM', name: 'Tom Okafor', title: 'CSM' };

async function show(properties: { shownName?: string; found?: readonly ColleagueChoice[] | null } = {}) {
    const element = await mount('c-playbook-colleagues', PlaybookColleagues, properties);
    const type = async (value: string): Promise<void> => {
        find(element, 'lightning-input').dispatchEvent(new CustomEvent('change', { detail: { value } }));
        jest.advanceTimersByTime(300);
        await flush();
    };
    return {
        element,
        type,
        searched: listen<string>(element, 'search'),
        chosen: listen<ColleagueChoice | null>(element, 'choose'),
    };
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] }));
afterEach(() => {
    jest.useRealTimers();
    clearDom();
});

describe('c-playbook-colleagues', () => {
    it("says that it is one's own list, and nothing more until asked", async () => {
        const { element } = await show();
        expect(visibleText(element)).toBe('My accounts');
        expect(pressable(element)).toEqual(["See a colleague's list"]);
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });

    it('searches once the name is typed, and chooses who was found', async () => {
        const { element, type, searched, chosen } = await show();
        await press(element, "See a colleague's list");
        expect(said(element, 'status')).toEqual(['Type two letters of a name or more']);
        find(element, 'lightning-input').dispatchEvent(new CustomEvent('change', { detail: { value: 'to' } }));
        await type('tom');
        expect(searched).toEqual(['tom']);
        Object.assign(element, { found: [TOM] });
        await flush();
        await press(element, 'Tom Okafor CSM');
        expect(chosen).toEqual([TOM]);
        expect(pressable(element)).not.toContain('Close');
        expect(searched.at(-1)).toBe('');
    });

    it('says when nobody is called so', async () => {
        const { element, type } = await show({ found: [] });
        await press(element, "See a colleague's list");
        await type('xyz');
        expect(said(element, 'status')).toEqual(['Nobody active is called “xyz”']);
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });

    it('leads back from a colleague', async () => {
        const { element, chosen } = await show({ shownName: 'Tom Okafor' });
        expect(visibleText(element)).toBe('Accounts of Tom Okafor');
        await press(element, 'Back to mine');
        expect(chosen).toEqual([null]);
    });

    it('closes with Escape, and searches for nobody any more', async () => {
        const { element, type, searched } = await show();
        await press(element, "See a colleague's list");
        await type('tom');
        find(element, '.search').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
        await flush();
        expect(searched).toEqual(['tom', '']);
        expect(pressable(element)).toEqual(["See a colleague's list"]);
    });
});
