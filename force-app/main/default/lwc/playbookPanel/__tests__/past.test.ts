/** What was before, what an outcome will count as, and how often the playbook worked, on the panel. */
import { openPanel, stopClock } from './panel';
import { graphql } from 'lightning/graphql';
import { flush, visibleText } from 'test/dom';
import { forgetOrg } from 'test/org';
import { completion, connection, node, run, setting, step, version } from 'test/platformAnswers';
import { all, fill, press, pressable } from 'test/person';
import { configs, emit, type WireConfig } from 'test/wires';

const CLOSED = {
    Id: 'a0R000000000009AAA',
    Episode_Key__c: '001000000000001AAA:at-risk:0',
    Run_Status__c: 'Closed',
    Outcome__c: 'Lost',
    Surfaced_At__c: '2025-03-01T10:00:00.000Z',
    Closed_At__c: '2025-04-01T10:00:00.000Z',
} as const;

const asks =
    (name: string) =>
    ({ query }: WireConfig): boolean =>
        typeof query === 'object' && query !== null && 'source' in query && String(query.source).includes(name);
const asked = (name: string): WireConfig | undefined => configs(graphql).find(asks(name));
const sums = (values: Readonly<Record<string, number>>) => ({
    uiapi: {
        aggregate: {
            Playbook_Run__c: {
                edges: [
                    {
                        node: {
                            aggregate: Object.fromEntries(
                                Object.entries(values).map(([field, value]) => [field, { sum: { value } }]),
                            ),
                        },
                    },
                ],
            },
        },
    },
});

beforeAll(stopClock);
afterEach(forgetOrg);

describe('c-playbook-panel: the past', () => {
    it('lists closed runs folded, and asks about them only when somebody looks', async () => {
        const { element } = await openPanel({ runs: [run(CLOSED)] });
        expect(pressable(element)).toContain('Earlier (1)');
        expect(asked('query PlaybookPast')).toBeUndefined();
        await press(element, 'Earlier (1)');
        expect(asked('query PlaybookPast(')).toBeDefined();
        expect(visibleText(element)).toMatch(/At-Risk Account Lost .*2025/);
    });

    it('has no such section on an account that is new to playbooks', async () => {
        const { element } = await openPanel();
        expect(pressable(element).filter((name) => name.startsWith('Earlier'))).toEqual([]);
    });

    it('shows a comment on a step of the open run when the skipped step is opened', async () => {
        const skipped = completion('check', { Completion_Status__c: 'Skipped', Skip_Reason__c: 'Already covered' });
        const { element } = await openPanel({ runs: [run({}, [skipped])], steps: [step('check'), step('call')] });
        expect(asked('query PlaybookPastSteps')).toBeUndefined();
        const [title] = all(element, 'c-playbook-step button.title');
        (title ?? all(element, 'button.title')[0])?.click();
        await flush();
        expect(asked('query PlaybookPastSteps(')?.['variables']).toEqual({ runIds: ['a0R000000000001AAA'] });
        const comment = node(
            { Id: 'k1', Comment__c: 'Look at the invoice, too.', CreatedDate: '2026-11-20T10:00:00.000Z' },
            { CreatedBy: node({ Name: 'Lena Fischer' }) },
        );
        const recorded = node(
            { Id: 'a0C-check', Recorded_Title__c: 'Check' },
            { Coaching_Comments__r: connection([comment]) },
        );
        emit(
            graphql,
            { data: { uiapi: { query: { Step_Completion__c: connection([recorded]) } } } },
            asks('query PlaybookPastSteps('),
        );
        await flush();
        expect(visibleText(element)).toContain('Look at the invoice, too.');
        await expect(element).toBeAccessible();
    });
});

describe('c-playbook-panel: what it counts as', () => {
    const ends = async (outcome: string, runs: Parameters<typeof openPanel>[0]): Promise<string> => {
        const { element } = await openPanel(runs);
        await press(element, 'Finish playbook');
        await fill(element, 'Outcome', outcome);
        return visibleText(element);
    };
    const contact = [completion('call', { Recorded_Contact__c: true })];
    const steps = [step('check'), step('call', { Customer_Contact__c: true })];

    it('says so beside the outcome, and that what was won has to last', async () => {
        const worked = { runs: [run({ Run_Kind__c: 'Risk' }, contact)], steps };
        expect(await ends('Saved', worked)).toContain(
            'Counts in the save rate as saved. Provisional until the account is still a customer with its ARR after 90 days.',
        );
    });

    it('promises nothing of what counts nowhere, nor of what recovered without work', async () => {
        for (const openedBy of ['By hand', 'Sweep']) {
            const text = await ends('Recovered', {
                runs: [run({ Run_Kind__c: 'Risk', Opened_By__c: openedBy })],
                steps,
            });
            expect(text).toContain('Counts ');
            expect(text).not.toContain('Provisional');
        }
    });

    it.each([
        ['Let go', {}, 'Counts in the save rate as not saved; the rate is shown without accounts let go, too.'],
        ['Lost', {}, 'Counts in the save rate as not saved.'],
        ['False alarm', {}, 'Counts as a false alarm of the rule that surfaced it, and in no save rate.'],
        ['Lost', { Practice__c: true }, 'Counts in no rate: practice run.'],
        ['Lost', { Run_Kind__c: null }, 'Counts in no rate: it was opened before runs recorded what they count in.'],
    ])('%s with %j', async (outcome, values, expected) => {
        const runs = [run({ Run_Kind__c: 'Risk', ...values }, contact)];
        expect(await ends(outcome, { runs, steps })).toContain(expected);
    });

    it('tells a run that nobody worked apart, and whether the sweep opened it', async () => {
        const swept = run({ Run_Kind__c: 'Risk', Opened_By__c: 'Sweep' });
        expect(await ends('Lost', { runs: [swept], steps })).toContain(
            'Counts as lost without recorded work, and not in the save rate',
        );
        forgetOrg();
        const byHand = run({ Run_Kind__c: 'Risk' });
        expect(await ends('Lost', { runs: [byHand], steps })).toContain('and the nightly sweep did not open it.');
    });
});

describe('c-playbook-panel: impact', () => {
    const MANY = {
        Is_Saved__c: 14,
        Is_Lost__c: 3,
        Is_Let_Go__c: 2,
        Is_Recovered_Unworked__c: 6,
        Is_Lost_Unworked__c: 9,
    };

    it('is asked for once the checklist is there, for risks, over two years, by the small count of the settings', async () => {
        const { element } = await openPanel({ settings: [setting({ Small_Count__c: 12 })] });
        expect(asked('query PlaybookImpact(')?.['variables']).toEqual({
            playbookKey: 'at-risk',
            since: '2024-11-21T00:00:00.000Z',
        });
        emit(graphql, { data: sums(MANY) }, asks('query PlaybookImpact('));
        await flush();
        expect(visibleText(element)).toContain('Recovered: 14 of 19 worked, 6 of 15 without recorded work');
        emit(graphql, { data: sums({ ...MANY, Is_Lost_Unworked__c: 5 }) }, asks('query PlaybookImpact('));
        await flush();
        expect(visibleText(element)).not.toContain('Recovered:');
    });

    it('is not asked for where nothing is at risk', async () => {
        await openPanel({
            versions: [version({}, { Playbook__r: node({ Name: 'X', Key__c: 'at-risk', Category__c: 'Adoption' }) })],
        });
        expect(asked('query PlaybookImpact(')).toBeUndefined();
    });
});
