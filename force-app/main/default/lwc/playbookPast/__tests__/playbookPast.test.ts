import PlaybookPast from '../playbookPast';
import type { Run } from 'c/playbookEngine';
import type { PastAnswer, RecordedSteps } from 'c/playbookPastData';
import { readRunNode } from 'c/playbookRecords';
import { clearDom, find, flush, listen, mount, visibleText } from 'test/dom';
import { all, press, pressable, said } from 'test/person';
import { completion, run, type FieldValues } from 'test/platformAnswers';

const closed = (id: string, on: string, values: FieldValues = {}, steps: Parameters<typeof run>[1] = []): Run =>
    readRunNode(
        run(
            {
                Id: id,
                Run_Status__c: 'Closed',
                Surfaced_At__c: '2026-01-10T10:00:00.000Z',
                Closed_At__c: `${on}T10:00:00.000Z`,
                Outcome__c: 'Saved',
                Run_Kind__c: 'Risk',
                Reason__c: 'Health is 41 (limit 60)',
                ...values,
            },
            steps,
        ),
    );

interface Given {
    runs: readonly Run[];
    remarksOf?: string | null;
}
async function show(given: Given) {
    const element = await mount<Given & { accountId: string; triggers: [] }>('c-playbook-past', PlaybookPast, {
        accountId: '001A',
        triggers: [],
        ...given,
    });
    const door = find<HTMLElement & { accountId: string | null; runIds: readonly string[]; refresh: jest.Mock }>(
        element,
        'c-playbook-past-data',
    );
    door.refresh = jest.fn(() => Promise.resolve());
    return {
        element,
        door,
        records: listen<string>(element, 'record'),
        steps: listen<RecordedSteps>(element, 'steps'),
        give: async (detail: PastAnswer): Promise<void> => {
            door.dispatchEvent(new CustomEvent('answer', { detail }));
            await flush();
        },
    };
}
const openFirst = async (element: HTMLElement): Promise<void> => {
    await press(element, pressable(element)[1] ?? '');
};

afterEach(clearDom);

describe('c-playbook-past', () => {
    it('is empty where nothing is over', async () => {
        const { element } = await show({ runs: [readRunNode(run())] });
        expect(visibleText(element)).toBe('');
    });

    it('is folded, and reads nothing before somebody opens it', async () => {
        const { element, door } = await show({ runs: [closed('r1', '2026-03-01')] });
        expect(visibleText(element)).toBe('Earlier (1)');
        expect([door.accountId, door.runIds]).toEqual([null, []]);
        await press(element, 'Earlier (1)');
        expect(door.accountId).toBe('001A');
        expect(visibleText(element)).toContain('Saved');
    });

    it('shows the five closed last, and the others when asked for, where the keyboard goes on', async () => {
        const days = ['2026-03-01', '2026-09-01', '2026-05-01', '2026-04-01', '2026-07-01', '2026-06-01', '2026-08-01'];
        const { element } = await show({ runs: days.map((on, index) => closed(`r${index}`, on)) });
        await press(element, 'Earlier (7)');
        const rows = (): number => all(element, 'c-playbook-past-run').length;
        expect(rows()).toBe(5);
        expect(pressable(element)[1]).toContain('Sep');
        await press(element, 'Show 2 more');
        expect(rows()).toBe(7);
        expect(pressable(element)).not.toContain('Show 2 more');
        expect(element.shadowRoot?.activeElement?.textContent).toBe(all(element, 'li.item')[5]?.textContent);
    });

    it('opened, a run tells how it ended, who decided and what it counted', async () => {
        const run1 = closed('r1', '2026-03-01', {
            Cause__c: 'Low adoption',
            Outcome_By__c: '005A',
            Outcome_Reason__c: 'They stay.',
            ARR_Saved__c: 48000,
            Kept__c: 'Kept for 90 days',
            Kept_On__c: '2026-06-01',
        });
        const { element, give } = await show({ runs: [run1] });
        await press(element, 'Earlier (1)');
        await give({ of: 'runs', runs: { r1: { worked: true, decidedBy: 'Maya Lindqvist' } } });
        await openFirst(element);
        const words = visibleText(element);
        for (const part of [
            /Kept for 90 days \(as of .*2026\)/,
            /Health is 41/,
            /Cause: Low adoption/,
            /They stay\./,
            /Decided by Maya Lindqvist/,
            /Worked: the customer was spoken to/,
            /ARR saved: .*48/,
        ]) {
            expect(words).toMatch(part);
        }
    });

    it.each([
        ['the figures decided', { Outcome__c: 'Recovered' }, false, /Decided by the figures Without recorded work/],
        ['another run counted the ARR', { ARR_Saved__c: 0 }, true, /ARR: counted in another run of the same time/],
        ['it was practice', { Practice__c: true }, null, /Practice run: counts in no rate/],
        ['it was lost', { Outcome__c: 'Lost', ARR_Lost__c: 9000 }, true, /ARR lost: .*9/],
    ])('tells that %s', async (_what, values, worked, expected) => {
        const { element, give } = await show({ runs: [closed('r1', '2026-03-01', values)] });
        await press(element, 'Earlier (1)');
        await give({ of: 'runs', runs: { r1: { worked, decidedBy: null } } });
        await openFirst(element);
        expect(visibleText(element)).toMatch(expected);
    });

    it('reads the steps of what is opened, and shows them with what managers wrote, without those taken back', async () => {
        const steps = [
            completion('late', { Id: 'c2', Completed_At__c: '2026-02-02T10:00:00.000Z' }),
            completion('early', { Id: 'c1', Completed_At__c: '2026-02-01T10:00:00.000Z', Note__c: 'Spoke to Dana.' }),
            completion('left', { Id: 'c3', Completion_Status__c: 'Not done', Completed_At__c: null }),
            completion('undone', { Id: 'c4', Completion_Status__c: 'Undone' }),
        ];
        const { element, door, give, steps: told } = await show({ runs: [closed('r1', '2026-03-01', {}, steps)] });
        await press(element, 'Earlier (1)');
        await openFirst(element);
        expect(door.runIds).toEqual(['r1']);
        expect(said(element, 'status')).toHaveLength(1);
        const remark = { id: 'k1', text: 'Well done.', author: 'Lena', writtenAt: '2026-03-02T10:00:00.000Z' };
        const recorded: RecordedSteps = {
            c1: { title: 'The early one', remarks: [remark] },
            c2: { title: 'The late one', remarks: [] },
            c3: { title: 'The one left', remarks: [] },
        };
        await give({ of: 'steps', runIds: ['r1'], steps: recorded });
        expect(told).toEqual([recorded]);
        expect(said(element, 'status')).toEqual([]);
        expect(visibleText(element)).toMatch(
            /The early one .* Spoke to Dana\. Lena · .* Well done\. The late one .* The one left/,
        );
        expect(visibleText(element)).not.toContain('undone');
        await expect(element).toBeAccessible();
    });

    it('reads what managers wrote about the run in front when somebody wants to know, folded or not', async () => {
        const { door } = await show({ runs: [], remarksOf: 'r9' });
        expect(door.runIds).toEqual(['r9']);
    });

    it('tells what could not be read, and tries again', async () => {
        const { element, door, give } = await show({ runs: [closed('r1', '2026-03-01')] });
        await press(element, 'Earlier (1)');
        await openFirst(element);
        await give({ of: 'failure', failure: { kind: 'offline', messages: ['Failed to fetch'] } });
        expect(said(element, 'alert').join()).toContain('Details could not be read. Failed to fetch');
        expect(said(element, 'status')).toEqual([]);
        await press(element, 'Try again');
        expect(door.refresh).toHaveBeenCalledTimes(1);
        expect(said(element, 'alert')).toEqual([]);
    });

    it('leads to the record, and says when older runs are not read', async () => {
        const runs = Array.from({ length: 100 }, (_one, index) => closed(`r${index}`, '2026-03-01'));
        const { element, records } = await show({ runs });
        await press(element, 'Earlier (100)');
        await openFirst(element);
        await press(element, 'Open the record');
        expect(records).toEqual(['r0']);
        expect(visibleText(element)).not.toContain('Only the latest 100');
        await press(element, 'Show 95 more');
        expect(visibleText(element)).toContain('Only the latest 100 runs are shown here.');
    });

    it('forgets the last account', async () => {
        const { element, door } = await show({ runs: [closed('r1', '2026-03-01')] });
        await press(element, 'Earlier (1)');
        element.accountId = '001B';
        await flush();
        expect(visibleText(element)).toBe('Earlier (1)');
        expect(door.accountId).toBeNull();
    });
});
