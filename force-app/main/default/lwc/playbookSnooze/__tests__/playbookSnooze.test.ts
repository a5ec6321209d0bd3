import type { Snooze } from 'c/playbookEngine';
import PlaybookSnooze, { type SnoozeView } from '../playbookSnooze';
import { snoozeView } from 'test/cards';
import { clearDom, find, flush, listen, mount } from 'test/dom';
import { button, field, fill, press, said } from 'test/person';

const DAYS = 'Until when?';
const DAY = 'Day on which it comes back';
const WHY = 'Why not now?';

async function show(changes: Partial<SnoozeView> = {}) {
    const element = await mount('c-playbook-snooze', PlaybookSnooze, { view: snoozeView(changes) });
    return { element, snoozed: listen<Snooze>(element, 'snooze'), cancelled: listen(element, 'cancel') };
}

const strike = async (element: HTMLElement, selector: string, key: string): Promise<void> => {
    find(element, selector).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    await flush();
};

afterEach(clearDom);

describe('c-playbook-snooze', () => {
    it('offers tomorrow, in a week and the last day, and has chosen a week', async () => {
        const { element } = await show();
        expect(field(element, DAYS).options).toEqual([
            { label: 'Tomorrow', value: '2026-11-22' },
            { label: 'In a week', value: '2026-11-28' },
            { label: 'Until Dec 21', value: '2026-12-21' },
        ]);
        expect(field(element, DAYS).value).toBe('2026-11-28');
        expect(field(element, DAY).value).toBe('2026-11-28');
    });

    it.each<[latest: string, days: readonly string[], chosen: string]>([
        ['2026-11-28', ['2026-11-22', '2026-11-28'], '2026-11-28'],
        ['2026-11-24', ['2026-11-22', '2026-11-24'], '2026-11-24'],
        ['2026-11-22', ['2026-11-22'], '2026-11-22'],
    ])('offers no day after the last one (%s), and none twice', async (latest, days, chosen) => {
        const { element } = await show({ latest });
        expect(field(element, DAYS).options?.map(({ value }) => value)).toEqual(days);
        expect(field(element, DAYS).value).toBe(chosen);
    });

    it('tells the day and the reason', async () => {
        const { element, snoozed } = await show();
        await fill(element, DAYS, '2026-11-22');
        await fill(element, WHY, ' Waiting for the new budget ');
        await press(element, 'Put aside');
        expect(snoozed).toEqual([{ until: '2026-11-22', reason: 'Waiting for the new budget' }]);
    });

    it('shows another day in both places', async () => {
        const { element, snoozed } = await show();
        await fill(element, DAY, '2026-12-03');
        expect(field(element, DAYS).value).toBe('2026-12-03');
        await fill(element, WHY, 'Holiday');
        await strike(element, '.reason', 'Enter');
        expect(snoozed).toEqual([{ until: '2026-12-03', reason: 'Holiday' }]);
    });

    it.each(['2026-11-21', '2026-12-22', ''])('refuses %j with the days that it takes', async (day) => {
        const { element, snoozed } = await show();
        await fill(element, WHY, 'Holiday');
        await fill(element, DAY, day);
        await press(element, 'Put aside');
        expect(said(element, 'alert')).toEqual(['Choose a day from Nov 22 to Dec 21.']);
        await fill(element, DAY, '2026-12-21');
        expect(said(element, 'alert')).toEqual([]);
        await press(element, 'Put aside');
        expect(snoozed).toEqual([{ until: '2026-12-21', reason: 'Holiday' }]);
    });

    it.each(['', '  '])('wants a reason, and %j is none', async (reason) => {
        const { element, snoozed } = await show();
        await fill(element, WHY, reason);
        await press(element, 'Put aside');
        expect(said(element, 'alert')[0]).toMatch(/^Write why/);
        expect(snoozed).toEqual([]);
    });

    it('turns back, by button or by Escape from anywhere in it', async () => {
        const { element, cancelled } = await show();
        await press(element, 'Cancel');
        await strike(element, '.reason', 'Escape');
        expect(cancelled).toHaveLength(2);
    });

    it('waits while it is saved, and keeps what was written if that fails', async () => {
        const { element, snoozed } = await show();
        await fill(element, WHY, 'Holiday');
        element.view = snoozeView({ saving: true });
        await flush();
        expect(button(element, 'Put aside').disabled).toBe(true);
        await strike(element, '.reason', 'Enter');
        expect(snoozed).toEqual([]);
        element.view = snoozeView();
        await flush();
        expect(field(element, WHY).value).toBe('Holiday');
    });

    it('forgets what was written for another prompt', async () => {
        const { element } = await show();
        await fill(element, WHY, 'Holiday');
        await fill(element, DAY, '2026-12-03');
        element.view = snoozeView({ promptId: 'signal:Survey' });
        await flush();
        expect(field(element, WHY).value).toBe('');
        expect(field(element, DAY).value).toBe('2026-11-28');
    });

    it('takes the keyboard', async () => {
        const { element } = await show();
        expect(element.shadowRoot?.activeElement).toBe(find(element, '.heading'));
    });

    it('is accessible, with a problem too', async () => {
        const { element } = await show();
        await press(element, 'Put aside');
        await expect(element).toBeAccessible();
    });
});
