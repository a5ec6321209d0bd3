import PlaybookPastData, { type PastAnswer } from '../playbookPastData';
import { graphql } from 'lightning/graphql';
import { clearDom, flush, listen, mount } from 'test/dom';
import { connection, node } from 'test/platformAnswers';
import { configs, emit, type WireConfig } from 'test/wires';

const asks =
    (name: string) =>
    ({ query }: WireConfig): boolean =>
        typeof query === 'object' && query !== null && 'source' in query && String(query.source).includes(name);
const RUNS = asks('query PlaybookPast(');
const STEPS = asks('query PlaybookPastSteps(');
const IMPACT = asks('query PlaybookImpact(');

type Properties = Partial<Pick<PlaybookPastData, 'accountId' | 'runIds' | 'playbookKey' | 'since'>>;

async function open(properties: Properties = {}) {
    const element = await mount<Properties>('c-playbook-past-data', PlaybookPastData, properties);
    return {
        element: element as typeof element & Pick<PlaybookPastData, 'refresh'>,
        answers: listen<PastAnswer>(element, 'answer'),
    };
}

const query = (lists: object) => ({ data: { uiapi: { query: lists } }, errors: undefined });

afterEach(clearDom);

describe('c-playbook-past-data', () => {
    it('asks nothing that nobody wants', async () => {
        await open();
        expect(configs(graphql).filter((config) => config['query'] !== undefined)).toEqual([]);
    });

    it('tells what closed runs of the account were like', async () => {
        const { answers } = await open({ accountId: '001A' });
        expect(configs(graphql).find(RUNS)?.['variables']).toEqual({ accountId: '001A' });
        const worked = node({ Id: 'a0R1', Worked__c: true }, { Outcome_By__r: node({ Name: 'Maya' }) });
        const bySweep = node({ Id: 'a0R2', Worked__c: false }, { Outcome_By__r: null });
        const hidden = node({ Id: 'a0R3' });
        emit(graphql, query({ Playbook_Run__c: connection([worked, bySweep, hidden]) }), RUNS);
        expect(answers).toEqual([
            {
                of: 'runs',
                runs: {
                    a0R1: { worked: true, decidedBy: 'Maya' },
                    a0R2: { worked: false, decidedBy: null },
                    a0R3: { worked: null, decidedBy: null },
                },
            },
        ]);
    });

    it('tells steps as they were recorded, with what managers wrote; comments without words are none', async () => {
        const { answers } = await open({ runIds: ['a0R1'] });
        expect(configs(graphql).find(STEPS)?.['variables']).toEqual({ runIds: ['a0R1'] });
        const written = { Id: 'c1', Comment__c: 'Ask me.', CreatedDate: '2026-11-20T10:00:00.000Z' };
        const comments = connection([node(written, { CreatedBy: node({ Name: 'Lena' }) }), node({ Id: 'c2' })]);
        const steps = connection([
            node({ Id: 'a0C1', Recorded_Title__c: 'Call' }, { Coaching_Comments__r: comments }),
            node({ Id: 'a0C2', Recorded_Title__c: 'Write' }),
        ]);
        emit(graphql, query({ Step_Completion__c: steps }), STEPS);
        const remark = { id: 'c1', text: 'Ask me.', author: 'Lena', writtenAt: '2026-11-20T10:00:00.000Z' };
        expect(answers).toEqual([
            {
                of: 'steps',
                runIds: ['a0R1'],
                steps: { a0C1: { title: 'Call', remarks: [remark] }, a0C2: { title: 'Write', remarks: [] } },
            },
        ]);
    });

    it('tells the impact of a playbook; of no runs there is nothing to add up', async () => {
        const { answers } = await open({ playbookKey: 'at-risk', since: '2024-11-21T00:00:00.000Z' });
        expect(configs(graphql).find(IMPACT)?.['variables']).toEqual({
            playbookKey: 'at-risk',
            since: '2024-11-21T00:00:00.000Z',
        });
        const give = (aggregate: object): void =>
            emit(
                graphql,
                { data: { uiapi: { aggregate: { Playbook_Run__c: { edges: [{ node: { aggregate } }] } } } } },
                IMPACT,
            );
        give({
            Is_Saved__c: { sum: { value: 14 } },
            Is_Lost__c: { sum: { value: 3 } },
            Is_Let_Go__c: { sum: { value: 2 } },
            Is_Recovered_Unworked__c: { sum: { value: 6 } },
            Is_Lost_Unworked__c: { sum: { value: 9 } },
        });
        give({ Is_Saved__c: { sum: { value: null } } });
        expect(answers).toEqual([
            { of: 'impact', impact: { saved: 14, lost: 3, letGo: 2, recoveredUnworked: 6, lostUnworked: 9 } },
            { of: 'impact', impact: { saved: 0, lost: 0, letGo: 0, recoveredUnworked: 0, lostUnworked: 0 } },
        ]);
    });

    it('tells a failure, and asks again for what is wanted, and for nothing else', async () => {
        const { element, answers } = await open({ accountId: '001A' });
        const again = jest.fn(() => Promise.resolve());
        const unwanted = jest.fn(() => Promise.resolve());
        emit(graphql, { data: undefined, errors: [{ message: 'Boom' }], refresh: again }, RUNS);
        emit(graphql, { data: undefined, errors: undefined, refresh: unwanted }, (config) => !RUNS(config));
        expect(answers).toEqual([{ of: 'failure', failure: { kind: 'unknown', messages: ['Boom'] } }]);
        await element.refresh();
        expect([again.mock.calls.length, unwanted.mock.calls.length]).toEqual([1, 0]);
        again.mockRejectedValueOnce(new TypeError('Failed to fetch'));
        await element.refresh();
        await flush();
        expect(answers[1]).toMatchObject({ of: 'failure', failure: { kind: 'offline' } });
    });
});
