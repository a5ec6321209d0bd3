import PlaybookCommentForm from '../playbookCommentForm';
import { clearDom, find, flush, listen, mount } from 'test/dom';
import { fill, press, said } from 'test/person';

const show = (text = '', saving = false) => mount('c-playbook-comment-form', PlaybookCommentForm, { text, saving });

async function type(element: Element, init: KeyboardEventInit): Promise<KeyboardEvent> {
    const event = new KeyboardEvent('keydown', { bubbles: true, composed: true, cancelable: true, ...init });
    find(element, 'lightning-textarea').dispatchEvent(event);
    await flush();
    return event;
}

afterEach(clearDom);

describe('c-playbook-comment-form', () => {
    it('tells what is typed, and sends it without white space around it', async () => {
        const element = await show('  Ask me ');
        const drafts = listen(element, 'draft');
        const saved = listen(element, 'save');
        await fill(element, 'Your comment, which the CSM reads beside the step', 'Ask');
        await press(element, 'Save');
        expect(drafts).toEqual(['Ask']);
        expect(saved).toEqual(['Ask me']);
        await expect(element).toBeAccessible();
    });

    it('saves with Ctrl or Cmd and Enter, and closes with Escape, which goes no further', async () => {
        const element = await show('Ask me');
        const saved = listen(element, 'save');
        const cancelled = listen(element, 'cancel');
        const further = listen(document.body, 'keydown');
        await type(element, { key: 'Enter' });
        expect(saved).toEqual([]);
        await type(element, { key: 'Enter', ctrlKey: true });
        await type(element, { key: 'Enter', metaKey: true });
        expect(saved).toEqual(['Ask me', 'Ask me']);
        await type(element, { key: 'Escape' });
        expect(cancelled).toHaveLength(1);
        expect(further).toEqual([]);
    });

    it('asks for words, and says nothing more once there are some', async () => {
        const element = await show('   ');
        const saved = listen(element, 'save');
        await press(element, 'Save');
        expect(saved).toEqual([]);
        expect(said(element, 'alert')).toEqual(['Write the comment first.']);
        await fill(element, 'Your comment, which the CSM reads beside the step', 'A');
        expect(said(element, 'alert')).toEqual([]);
    });

    it('does nothing while it is on its way', async () => {
        const element = await show('Ask me', true);
        const events = [listen(element, 'save'), listen(element, 'cancel')];
        await type(element, { key: 'Enter', ctrlKey: true });
        await type(element, { key: 'Escape' });
        expect(events).toEqual([[], []]);
    });
});
