import PlaybookWorklistRow, { type RowAction, type RowCard } from '../playbookWorklistRow';
import { rowCard } from 'test/cards';
import { clearDom, find, findAll, flush, listen, mount, visibleText } from 'test/dom';
import { all, field, fill, nameOf, press, pressable } from 'test/person';

const ACCOUNT = '001000000000001AAA';
const DONE = 'Done: Book the call – Nordlicht Logistik';

async function show(changes: Partial<RowCard> = {}) {
    const element = await mount('c-playbook-worklist-row', PlaybookWorklistRow, { card: rowCard(changes) });
    const update = async (more: Partial<RowCard>): Promise<void> => {
        Object.assign(element, { card: rowCard({ ...changes, ...more }) });
        await flush();
    };
    return { element, update, acts: listen<RowAction>(element, 'act'), opened: listen<string>(element, 'open') };
}

const choices = (element: Element): string[] => all(element, 'lightning-menu-item').map(nameOf);
const choose = async (element: Element, value: string): Promise<void> => {
    find(element, 'lightning-button-menu').dispatchEvent(new CustomEvent('select', { detail: { value } }));
    await flush();
};

afterEach(clearDom);

describe('c-playbook-worklist-row: what it says', () => {
    it('names the account, how urgent it is in words, why, what to do next and when', async () => {
        const { element } = await show({ also: 'Also: Renewal' });
        const text = visibleText(element);
        for (const words of [
            'Nordlicht Logistik',
            'High',
            'Health is 48 (limit 60).',
            'Book the call',
            'Due Tue, Nov 24',
            '$120K',
            'Renewal in 52 days',
            'Also: Renewal',
        ]) {
            expect(text).toContain(words);
        }
        expect(find(element, '.badge lightning-icon')).toMatchObject({ iconName: 'utility:warning' });
    });

    it('is accessible', async () => {
        // Without its button: the stub of lightning-button takes no label of its own, unlike the real one (see the browser tests).
        const { element } = await show({ step: null });
        await expect(element).toBeAccessible();
    });

    it('marks what is overdue with more than a colour', async () => {
        const { element } = await show({ due: 'Overdue since Mon', dueTone: 'overdue' });
        expect(find(element, '.due lightning-icon')).toMatchObject({ iconName: 'utility:warning' });
        expect(visibleText(find(element, '.due'))).toBe('Overdue since Mon');
    });

    it('leads to the account; a new tab is left to the browser', async () => {
        const { element, opened } = await show();
        const link = find<HTMLAnchorElement>(element, 'a');
        expect(link.getAttribute('href')).toBe(`/lightning/r/Account/${ACCOUNT}/view`);
        const plain = new MouseEvent('click', { cancelable: true, bubbles: true });
        link.dispatchEvent(plain);
        expect(plain.defaultPrevented).toBe(true);
        const aside = new MouseEvent('click', { ctrlKey: true, cancelable: true, bubbles: true });
        link.addEventListener('click', (event) => event.preventDefault(), { once: true });
        link.dispatchEvent(aside);
        expect(opened).toEqual([ACCOUNT]);
    });
});

describe('c-playbook-worklist-row: what can be done', () => {
    it('marks a step that asks nothing done with one press', async () => {
        const { element, acts } = await show();
        await press(element, 'Done');
        expect(acts).toEqual([
            {
                accountId: ACCOUNT,
                act: { kind: 'answer', answer: { kind: 'done', note: null, decision: [] } },
                fromForm: false,
            },
        ]);
        expect(find(element, '.first')).toMatchObject({ ariaLabel: DONE });
    });

    it('asks first where the step asks, and keeps what was typed until it is confirmed', async () => {
        const { element, acts, update } = await show({
            step: { title: 'Check', question: 'Is it real?', options: ['Real'], maxOptions: 1, noteRequired: false },
        });
        await press(element, 'Done');
        expect(acts).toEqual([]);
        await fill(element, 'Is it real?', 'Real');
        await fill(element, 'Note', 'Since October');
        find(element, 'c-playbook-row-form').dispatchEvent(
            new CustomEvent('confirm', { detail: { decision: ['Real'], reason: null, note: 'Since October' } }),
        );
        expect(acts).toEqual([
            {
                accountId: ACCOUNT,
                act: { kind: 'answer', answer: { kind: 'done', note: 'Since October', decision: ['Real'] } },
                fromForm: true,
            },
        ]);
        const step = rowCard().step && { ...rowCard().step!, question: 'Is it real?', options: ['Real'] };
        await update({ saving: true, step });
        expect(field(element, 'Note').value).toBe('Since October');
        (element as unknown as PlaybookWorklistRow).closeForm();
        await flush();
        expect(findAll(element, 'c-playbook-row-form')).toEqual([]);
    });

    it('has all other actions in its menu, in the order of their weight', async () => {
        const { element } = await show();
        expect(choices(element)).toEqual(['Put aside', 'Skip', 'False alarm', 'Let go']);
        expect(find(element, 'lightning-button-menu')).toMatchObject({
            alternativeText: 'More actions for Nordlicht Logistik',
        });
    });

    it('offers no end that this kind of prompt cannot have', async () => {
        const { element } = await show({ outcomes: ['Renewed'] });
        expect(choices(element)).toEqual(['Put aside', 'Skip']);
    });

    it.each([
        [
            'skip',
            { decision: [], reason: 'Already covered', note: 'By sales' },
            { kind: 'answer', answer: { kind: 'skip', reason: 'Already covered', note: 'By sales' } },
        ],
        [
            'falseAlarm',
            { decision: [], reason: 'Season', note: null },
            { kind: 'finish', finish: { outcome: 'False alarm', cause: null, reason: 'Season' } },
        ],
        [
            'letGo',
            { decision: [], reason: 'Too small', note: null },
            { kind: 'finish', finish: { outcome: 'Let go', cause: null, reason: 'Too small' } },
        ],
    ])('%s asks for a reason', async (choice, detail, act) => {
        const { element, acts } = await show();
        await choose(element, choice);
        find(element, 'c-playbook-row-form').dispatchEvent(new CustomEvent('confirm', { detail }));
        expect(acts).toEqual([{ accountId: ACCOUNT, act, fromForm: true }]);
    });

    it('puts aside until a day with a reason, no further than may be', async () => {
        const { element, acts } = await show();
        await press(element, 'Put aside');
        expect(find(element, 'c-playbook-snooze')).toMatchObject({
            view: { today: '2026-11-21', latest: '2026-12-21' },
        });
        const snooze = { until: '2026-11-28', reason: 'On holiday' };
        find(element, 'c-playbook-snooze').dispatchEvent(new CustomEvent('snooze', { detail: snooze }));
        expect(acts).toEqual([{ accountId: ACCOUNT, act: { kind: 'snooze', snooze }, fromForm: true }]);
    });

    it('puts the keyboard back when a form is left', async () => {
        const { element } = await show();
        await choose(element, 'letGo');
        const focused = jest.spyOn(find(element, '.first'), 'focus');
        await press(element, 'Cancel');
        expect(findAll(element, 'c-playbook-row-form')).toEqual([]);
        expect(focused).toHaveBeenCalledTimes(1);
    });

    it('takes up again what was put aside, and nothing else', async () => {
        const { element, acts } = await show({
            canWake: true,
            held: 'Put aside until Nov 28',
            next: '',
            step: null,
            snoozeUntil: null,
            outcomes: [],
        });
        expect(pressable(element)).toEqual(['Nordlicht Logistik', 'Take up again']);
        await press(element, 'Take up again');
        expect(acts).toEqual([{ accountId: ACCOUNT, act: { kind: 'wake' }, fromForm: false }]);
    });

    it('does nothing twice while it is saving, and nothing at all for readers', async () => {
        const { element, acts, update } = await show({ saving: true });
        await press(element, 'Done');
        await choose(element, 'letGo');
        expect(acts).toEqual([]);
        expect(findAll(element, 'c-playbook-row-form')).toEqual([]);
        await update({ saving: false, readOnly: true });
        expect(pressable(element)).toEqual(['Nordlicht Logistik']);
    });

    it('drops a form when another prompt of the account comes in front', async () => {
        const { element, update } = await show();
        await choose(element, 'letGo');
        await update({ reason: 'Health is 47 (limit 60).' });
        expect(findAll(element, 'c-playbook-row-form')).toHaveLength(1);
        await update({ key: '001:playbook:renewal' });
        expect(findAll(element, 'c-playbook-row-form')).toEqual([]);
    });
});
