import { clearDom, flush, visibleText } from 'test/dom';
import { all } from 'test/person';
import { keepShown } from '../shownList';
import { atNow, show, showBook } from './worklist';

atNow();

const TOM = { id: '005000000000009AAA', name: 'Tom Okafor' };
const title = (element: Element): string => visibleText(all(element, 'h2')[0] ?? element);
const book = (element: Element): unknown => all(element, 'c-playbook-book-data')[0];
const tell = async (element: Element, colleague: typeof TOM | null): Promise<void> => {
    all(element, 'c-playbook-colleagues')[0]?.dispatchEvent(new CustomEvent('choose', { detail: colleague }));
    await flush();
};

describe('c-playbook-worklist: whose list is shown', () => {
    it("is a colleague's again after an account was looked at or the page was loaded anew, and its head says so", async () => {
        await tell(await showBook(), TOM);
        clearDom();
        const again = await show();
        expect(book(again)).toMatchObject({ csmId: TOM.id });
        expect(title(again)).toContain('Worklist of Tom Okafor');
    });

    it("is one's own again after going back to it", async () => {
        const element = await showBook();
        await tell(element, TOM);
        await tell(element, null);
        clearDom();
        const again = await show();
        expect(book(again)).toMatchObject({ csmId: undefined });
        expect(title(again)).toBe('Worklist');
    });

    it.each([
        ['nothing', null],
        ['something else', '{"id":7}'],
        ['no JSON', '{'],
    ])("begins with one's own when the browser has kept %s", async (_what, kept) => {
        keepShown(TOM);
        const key = window.sessionStorage.key(0) ?? '';
        if (kept === null) window.sessionStorage.removeItem(key);
        else window.sessionStorage.setItem(key, kept);
        expect(title(await show())).toBe('Worklist');
    });

    it('can be changed where the browser refuses to keep anything', async () => {
        const refuse = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
            throw new DOMException('refused', 'SecurityError');
        });
        const element = await showBook();
        await tell(element, TOM);
        expect(title(element)).toContain('Worklist of Tom Okafor');
        refuse.mockRestore();
    });
});
