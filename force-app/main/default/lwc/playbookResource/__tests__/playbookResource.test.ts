import PlaybookResource, { type ResourceCard } from '../playbookResource';
import { missingSegment, resourceCard, segment } from 'test/cards';
import { clearDom, find, flush, listen, mount, visibleText } from 'test/dom';
import { all, button, press, pressable, said } from 'test/person';

/** The edge of the platform: browsers give a page the clipboard, and may refuse it. */
const writeText = jest.fn<Promise<void>, [string]>();
beforeAll(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
});
beforeEach(() => {
    writeText.mockResolvedValue(undefined);
});
afterEach(clearDom);

async function show(changes: Partial<ResourceCard> = {}) {
    const element = await mount('c-playbook-resource', PlaybookResource, { card: resourceCard(changes) });
    return { element, composed: listen<ResourceCard>(element, 'playbookcompose') };
}
async function opened(changes: Partial<ResourceCard> = {}) {
    const shown = await show(changes);
    await press(shown.element, changes.title ?? 'First e-mail');
    return shown;
}

describe('c-playbook-resource', () => {
    it('names itself and its kind, and keeps its text back until it is opened', async () => {
        const { element } = await show();
        expect(visibleText(element)).toBe('First e-mail E-mail');
        expect(button(element, 'First e-mail').getAttribute('aria-expanded')).toBe('false');
        await press(element, 'First e-mail');
        expect(visibleText(element)).toContain('Subject How is it going?');
        expect(visibleText(element)).toContain('Dear Ada');
        expect(button(element, 'First e-mail').getAttribute('aria-expanded')).toBe('true');
        await press(element, 'First e-mail');
        expect(visibleText(element)).toBe('First e-mail E-mail');
    });

    it('marks a value that the account lacks, and lists it', async () => {
        const { element } = await opened({
            body: [
                segment('Dear '),
                missingSegment('Champion'),
                segment('broken', { className: 'broken', hint: 'No such field' }),
            ],
            missing: ['Champion', 'Renewal Date'],
        });
        expect(find(element, '.missing').textContent).toBe('[Champion]');
        expect(find(element, '.missing').title).toBe('Champion is not known for this account');
        expect(find(element, '.broken').title).toBe('No such field');
        expect(visibleText(element)).toContain('Not known for this account, fill in by hand: Champion, Renewal Date');
    });

    it('copies subject and body, and says so', async () => {
        const { element } = await opened();
        await press(element, 'Copy');
        expect(writeText).toHaveBeenCalledWith('How is it going?\n\nDear Ada');
        expect(pressable(element)).toContain('Copied');
    });

    it('copies a script, which has no subject', async () => {
        const { element } = await opened({ subject: [], plainSubject: '', email: false, typeLabel: 'Call script' });
        expect(visibleText(element)).not.toContain('Subject');
        expect(pressable(element)).not.toContain('Write e-mail');
        await press(element, 'Copy');
        expect(writeText).toHaveBeenCalledWith('Dear Ada');
    });

    it('says what to do when the browser refuses to copy, and copies when asked again', async () => {
        writeText.mockRejectedValueOnce(new DOMException('Write permission denied.', 'NotAllowedError'));
        const { element } = await opened();
        await press(element, 'Copy');
        expect(said(element, 'alert')).toEqual([
            'Your browser did not allow copying. Select the text and copy it by hand.',
        ]);
        await press(element, 'Copy');
        expect(said(element, 'alert')).toEqual([]);
        expect(pressable(element)).toContain('Copied');
    });

    it('says the same where there is no clipboard at all', async () => {
        const { clipboard } = navigator;
        Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
        const { element } = await opened();
        await press(element, 'Copy');
        Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
        expect(said(element, 'alert')).toHaveLength(1);
    });

    it('hands an e-mail to the composer', async () => {
        const { element, composed } = await opened();
        await press(element, 'Write e-mail');
        expect(composed).toEqual([resourceCard()]);
    });

    it('opens a web address in a new tab, and says that it will', async () => {
        const { element } = await show({ url: 'https://example.com/deck', email: false, body: [], typeLabel: 'Deck' });
        const link = button(element, 'First e-mail (opens in a new tab)');
        expect(link.getAttribute('href')).toBe('https://example.com/deck');
        expect(link.getAttribute('rel')).toContain('noopener');
        expect(link.getAttribute('target')).toBe('_blank');
    });

    it('is a name and no more without text and address', async () => {
        const { element } = await show({ body: [], subject: [], url: null, email: false });
        expect(pressable(element)).toEqual([]);
        expect(visibleText(element)).toBe('First e-mail E-mail');
    });

    it('shows HTML as text', async () => {
        const hostile = '<img src=x onerror="alert(1)">';
        const { element } = await opened({ title: hostile, body: [segment(hostile)], subject: [segment(hostile)] });
        expect(all(element, 'img')).toEqual([]);
        expect(visibleText(element).split(hostile)).toHaveLength(4);
    });

    it('shows nothing without a card, and copies nothing', async () => {
        const element = await mount('c-playbook-resource', PlaybookResource);
        expect(visibleText(element)).toBe('');
    });

    it.each<[kind: string, changes: Partial<ResourceCard>]>([
        ['an e-mail', {}],
        ['a link', { url: 'https://example.com', body: [] }],
        ['an e-mail with missing values', { body: [missingSegment('Champion')], missing: ['Champion'] }],
    ])('is accessible as %s', async (_kind, changes) => {
        const { element } = await show(changes);
        await expect(element).toBeAccessible();
        if (!changes.url) await press(element, 'First e-mail');
        await flush();
        await expect(element).toBeAccessible();
    });
});
