import PlaybookComments, { type CommentsView } from '../playbookComments';
import { clearDom, flush, listen, mount, visibleText } from 'test/dom';
import { all, field, fill, press, pressable, said } from 'test/person';

const FIELD = 'Your comment, which the CSM reads beside the step';
const OPEN = 'Comment on Speak with the sponsor – Nordlicht';
const view = (values: Partial<CommentsView> = {}): CommentsView => ({
    completionId: 'a0C-1',
    step: 'Speak with the sponsor',
    accountName: 'Nordlicht',
    comments: [
        { id: 'a0K-1', about: 'You · 2 days ago', text: 'Ask me', isOwn: true },
        { id: 'a0K-2', about: 'Sam Reyes · 1 day ago', text: 'Or me', isOwn: false },
    ],
    canComment: true,
    drafts: {},
    saving: false,
    problem: null,
    removed: null,
    ...values,
});
type Properties = Required<Pick<PlaybookComments, 'view' | 'closeForm' | 'focusReceipt'>>;
const show = (values: Partial<CommentsView> = {}) =>
    mount<Properties>('c-playbook-comments', PlaybookComments, {
        view: view(values),
    } as Properties);
type Shown = Awaited<ReturnType<typeof show>>;

/** What the container does with a draft. */
function keepDrafts(element: Shown): void {
    element.addEventListener('draft', (event) => {
        const { id, text } = (event as CustomEvent<{ id: string; text: string }>).detail;
        element.view = view({ drafts: { ...element.view?.drafts, [id]: text } });
    });
}

afterEach(clearDom);

describe('c-playbook-comments', () => {
    it('shows who wrote what, and offers to change only what is one’s own', async () => {
        const element = await show();
        expect(visibleText(element)).toContain('You · 2 days ago');
        expect(visibleText(element)).toContain('Sam Reyes · 1 day ago Or me');
        expect(pressable(element)).toEqual(['Edit', 'Remove', OPEN]);
        await expect(element).toBeAccessible();
    });

    it('offers nothing to whom it is not given', async () => {
        const element = await show({ canComment: false, comments: [{ ...view().comments[1]! }] });
        expect(pressable(element)).toEqual([]);
    });

    it('keeps what was written when the form is closed, and sends it as a new comment', async () => {
        const element = await show();
        keepDrafts(element);
        const written = listen(element, 'write');
        await press(element, OPEN);
        await fill(element, FIELD, 'Call her');
        await press(element, 'Cancel');
        expect(all(element, 'lightning-textarea')).toHaveLength(0);
        await press(element, OPEN);
        expect(field(element, FIELD).value).toBe('Call her');
        await press(element, 'Save');
        expect(written).toEqual([{ id: 'a0C-1', text: 'Call her' }]);
        expect(all(element, 'lightning-textarea')).toHaveLength(1);
        element.closeForm();
        await flush();
        expect(all(element, 'lightning-textarea')).toHaveLength(0);
    });

    it('changes a comment in its place', async () => {
        const element = await show();
        keepDrafts(element);
        const rewritten = listen(element, 'rewrite');
        await press(element, 'Edit');
        expect(field(element, FIELD).value).toBe('Ask me');
        await fill(element, FIELD, 'Ask me first');
        await press(element, 'Save');
        expect(rewritten).toEqual([{ id: 'a0K-1', text: 'Ask me first' }]);
    });

    it('asks for a removal, and tells it with the way back', async () => {
        const element = await show();
        const removed = listen(element, 'remove');
        const undone = listen(element, 'undo');
        const dismissed = listen(element, 'dismiss');
        await press(element, 'Remove');
        expect(removed).toEqual(['a0K-1']);
        element.view = view({
            comments: [],
            removed: { tone: 'done', about: '', text: 'Comment removed', canUndo: true, saving: false },
        });
        element.focusReceipt();
        await flush();
        await press(element, 'Undo');
        expect(undone).toHaveLength(1);
        all(element, 'lightning-button-icon')[0]?.click();
        expect(dismissed).toHaveLength(1);
    });

    it('says why something was not saved, and can be asked to try again', async () => {
        const element = await show({
            problem: {
                heading: 'Your last action was not saved',
                text: 'Nothing was changed.',
                details: ['Write the comment.'],
                icon: 'utility:error',
                tone: 'problem',
                action: 'Try again',
            },
        });
        const retried = listen(element, 'retry');
        expect(said(element, 'alert')[0]).toContain('Write the comment.');
        await press(element, 'Try again');
        expect(retried).toHaveLength(1);
        await expect(element).toBeAccessible();
    });

    it('does nothing else while something is on its way', async () => {
        const element = await show({ saving: true });
        const removed = listen(element, 'remove');
        await press(element, 'Remove');
        await press(element, 'Edit');
        expect(removed).toEqual([]);
        expect(all(element, 'lightning-textarea')).toHaveLength(0);
        expect(said(element, 'status')).toEqual(['Saving …']);
    });
});
