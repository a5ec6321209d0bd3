import PlaybookRowForm, { type RowFormValues, type RowFormView } from '../playbookRowForm';
import { clearDom, find, flush, listen, mount, visibleText } from 'test/dom';
import { button, field, fill, fillable, press, said } from 'test/person';

const VIEW: RowFormView = {
    kind: 'answer',
    heading: 'Book the call',
    confirm: 'Done',
    question: '',
    options: [],
    maxOptions: 1,
    noteRequired: false,
    reasonLabel: '',
    saving: false,
};

async function show(view: Partial<RowFormView>) {
    const element = await mount('c-playbook-row-form', PlaybookRowForm, { view: { ...VIEW, ...view } });
    return { element, confirmed: listen<RowFormValues>(element, 'confirm'), cancelled: listen(element, 'cancel') };
}

afterEach(clearDom);

describe('c-playbook-row-form: an answer', () => {
    it('asks the question, takes the keyboard, and says what is missing', async () => {
        const { element, confirmed } = await show({ question: 'Is it real?', options: ['Real', 'Seasonal'] });
        expect(element.shadowRoot?.activeElement).toBe(find(element, '.heading'));
        expect(fillable(element)).toEqual(['Is it real?', 'Note']);
        await press(element, 'Done');
        expect(said(element, 'alert')).toEqual(['Choose an answer first.']);
        await fill(element, 'Is it real?', 'Real');
        await fill(element, 'Note', '  Since October ');
        expect(said(element, 'alert')).toEqual([]);
        await press(element, 'Done');
        expect(confirmed).toEqual([{ decision: ['Real'], reason: null, note: 'Since October' }]);
        await expect(element).toBeAccessible();
    });

    it('takes several answers, not more than may be', async () => {
        const { element, confirmed } = await show({ question: 'Why?', options: ['A', 'B', 'C'], maxOptions: 2 });
        await fill(element, 'Why? (up to 2)', ['A', 'B', 'C']);
        await press(element, 'Done');
        expect(said(element, 'alert')).toEqual(['Choose 2 at most.']);
        await fill(element, 'Why? (up to 2)', ['A', 'C']);
        await press(element, 'Done');
        expect(confirmed).toEqual([{ decision: ['A', 'C'], reason: null, note: null }]);
    });

    it('wants a note where the step does', async () => {
        const { element, confirmed } = await show({ noteRequired: true });
        await press(element, 'Done');
        expect(said(element, 'alert')).toEqual(['Write a note first: this step asks for one.']);
        await fill(element, fillable(element)[0] ?? '', 'Asked for it');
        await press(element, 'Done');
        expect(confirmed).toEqual([{ decision: [], reason: null, note: 'Asked for it' }]);
    });
});

describe('c-playbook-row-form: reasons', () => {
    it('wants a reason of the list for skipping', async () => {
        const { element, confirmed } = await show({ kind: 'skip', confirm: 'Skip this step' });
        await press(element, 'Skip this step');
        expect(said(element, 'alert')).toEqual(['Choose why you skip this step.']);
        await fill(element, 'Why skip it?', 'Already covered');
        await press(element, 'Skip this step');
        expect(confirmed).toEqual([{ decision: [], reason: 'Already covered', note: null }]);
    });

    it('wants a reason in words for an end', async () => {
        const { element, confirmed } = await show({
            kind: 'reason',
            confirm: 'Let it go',
            reasonLabel: 'Why do you let it go?',
        });
        expect(fillable(element)).toEqual(['Why do you let it go?']);
        await fill(element, 'Why do you let it go?', '   ');
        await press(element, 'Let it go');
        expect(said(element, 'alert')).toHaveLength(1);
        await fill(element, 'Why do you let it go?', 'Too small');
        await press(element, 'Let it go');
        expect(confirmed).toEqual([{ decision: [], reason: 'Too small', note: null }]);
    });
});

describe('c-playbook-row-form: meanwhile', () => {
    it('sends nothing twice while it is saving, and keeps what was typed', async () => {
        const { element, confirmed } = await show({ kind: 'reason', confirm: 'Go', reasonLabel: 'Why?' });
        await fill(element, 'Why?', 'Because');
        Object.assign(element, { view: { ...VIEW, kind: 'reason', confirm: 'Go', reasonLabel: 'Why?', saving: true } });
        await flush();
        expect(button(element, 'Go').disabled).toBe(true);
        expect(field(element, 'Why?').value).toBe('Because');
        await press(element, 'Go');
        expect(confirmed).toEqual([]);
    });

    it('is left by its button and by Escape, which goes no further', async () => {
        const { element, cancelled } = await show({});
        const outside = jest.fn();
        document.body.addEventListener('keydown', outside);
        await press(element, 'Cancel');
        find(element, '.form').dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
        );
        expect(cancelled).toHaveLength(2);
        expect(outside).not.toHaveBeenCalled();
        expect(visibleText(element)).toContain('Book the call');
        document.body.removeEventListener('keydown', outside);
    });
});
