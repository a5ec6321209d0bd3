import PlaybookRemarks from '../playbookRemarks';
import { clearDom, find, mount, visibleText } from 'test/dom';

const CARD = { id: 'c1', about: 'Lena Fischer · 22 Nov, 10:00', text: 'Ask me next time.\nI know their board.' };

afterEach(clearDom);

describe('c-playbook-remarks', () => {
    it('is empty when nobody has written anything', async () => {
        const element = await mount('c-playbook-remarks', PlaybookRemarks, { cards: [] });
        expect(visibleText(element)).toBe('');
    });

    it('tells who wrote what, as a list with a name', async () => {
        const element = await mount('c-playbook-remarks', PlaybookRemarks, { cards: [CARD] });
        expect(visibleText(element)).toBe('Lena Fischer · 22 Nov, 10:00 Ask me next time. I know their board.');
        expect(find(element, 'ul').getAttribute('aria-label')).toBe('Comments');
        await expect(element).toBeAccessible();
    });
});
