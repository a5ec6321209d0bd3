import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, column, listAt, textAt } from './answer.ts';
import { openOrg, SAVE_DUPLICATES } from './org.ts';
import { doneStep, marked, openRun, RecordMaker } from './records.ts';

const org = await openOrg();
const { admin } = org;
const make = new RecordMaker(admin);

describe('jsforce: who, what, how much', () => {
    it('identity names the user and the org', async () => {
        const identity = await admin.identity();
        assert.match(identity.user_id, /^005\w{15}$/);
        assert.match(identity.organization_id, /^00D\w{15}$/);
        assert.ok(identity.username.includes('@'));
    });

    it('describeGlobal lists standard and custom objects with their prefixes', async () => {
        const { sobjects, maxBatchSize } = await admin.describeGlobal();
        assert.equal(maxBatchSize, 200);
        const prefixes = new Map(sobjects.map((one) => [one.name, one.keyPrefix]));
        assert.equal(prefixes.get('Account'), '001');
        assert.match(String(prefixes.get('Playbook_Run__c')), /^[a-z]\w\w$/);
        assert.ok(prefixes.has('Playbook_Trigger__mdt'));
    });

    it('describe gives types, lengths, relationships and picklist values', async () => {
        const { fields, childRelationships } = await admin.sobject('Playbook_Run__c').describe();
        const field = (name: string): unknown => fields.find((one) => one.name === name);
        assert.equal(at(field('Account__c'), 'relationshipName'), 'Account__r');
        assert.deepEqual(at(field('Account__c'), 'referenceTo'), ['Account']);
        assert.equal(at(field('Account__c'), 'writeRequiresMasterRead'), true);
        assert.equal(at(field('Episode_Key__c'), 'length'), 120);
        assert.equal(at(field('Episode_Key__c'), 'unique'), true);
        assert.equal(at(field('Episode_Key__c'), 'caseSensitive'), true);
        assert.equal(at(field('Name'), 'autoNumber'), true);
        assert.equal(at(field('Done_Count__c'), 'calculated'), true);
        assert.equal(at(field('Done_Count__c'), 'updateable'), false);
        assert.equal(at(field('ARR_At_Opening__c'), 'type'), 'currency');
        const status = column(listAt(field('Run_Status__c'), 'picklistValues'), 'value');
        assert.deepEqual(status, ['Waiting', 'Open', 'Snoozed', 'Closed']);
        const completions = childRelationships.find((one) => one.relationshipName === 'Step_Completions__r');
        assert.equal(completions?.cascadeDelete, true);
    });

    it('limits tell of the day’s API requests, and every answer counts them', async () => {
        const limits: unknown = await admin.limits();
        assert.ok(Number(at(limits, 'DailyApiRequests', 'Max')) > Number(at(limits, 'DailyApiRequests', 'Remaining')));
        const used = async (): Promise<number> => {
            await admin.query('SELECT Id FROM Playbook__c LIMIT 1');
            return Number(admin.limitInfo.apiUsage?.used);
        };
        const first = await used();
        const second = await used();
        // On a real org others may work at the same time, and counting lags behind.
        assert.ok(org.local === null ? second >= first : second === first + 1, `${first}, then ${second}`);
    });
});

describe('jsforce: too much', { skip: org.skipUnlessLocal('it would use up the day’s requests') }, () => {
    it('requests beyond the day’s limit are refused', async () => {
        assert.ok(org.local);
        const { usage } = org.local;
        const { used } = usage;
        usage.used = usage.limit;
        const { status, body } = await org.call('GET', '/limits');
        usage.used = used;
        assert.deepEqual([status, at(body, 0, 'errorCode')], [403, 'REQUEST_LIMIT_EXCEEDED']);
    });
});

describe('jsforce: one record', () => {
    it('is created, retrieved, updated, upserted by external id and deleted', async () => {
        const id = await make.account({ Website: 'https://one.example' });
        assert.equal((await admin.sobject('Account').retrieve(id))['Website'], 'https://one.example');
        await admin.sobject('Account').update({ Id: id, Website: null });
        assert.equal((await admin.sobject('Account').retrieve(id))['Website'], null);
        const key = marked('key');
        const first: unknown = await admin
            .sobject('Account')
            .upsert({ External_Id__c: key, Name: marked('a') }, 'External_Id__c');
        const second: unknown = await admin
            .sobject('Account')
            .upsert({ External_Id__c: key, Name: marked('b') }, 'External_Id__c');
        assert.deepEqual([at(first, 'created'), at(second, 'created')], [true, false]);
        assert.equal(at(second, 'id'), at(first, 'id'));
        await admin.sobject('Account').destroy(id);
        await assert.rejects(admin.sobject('Account').retrieve(id), { errorCode: 'NOT_FOUND' });
    });
});

describe('jsforce: many records', () => {
    it('a query of 450 comes in pages, each record once', async () => {
        const prefix = marked('pages');
        const names = Array.from({ length: 450 }, (_value, index) => ({ Name: `${prefix} ${index}` }));
        for (let start = 0; start < names.length; start += 200) {
            await admin
                .sobject('Account')
                .create(names.slice(start, start + 200), { ...SAVE_DUPLICATES, allOrNone: true });
        }
        const ids: string[] = [];
        let page = await admin.query<{ Id: string }>(
            `SELECT Id FROM Account WHERE Name LIKE '${prefix}%' ORDER BY Name`,
            {
                headers: { 'Sforce-Query-Options': 'batchSize=200' },
            },
        );
        const sizes = [page.records.length];
        ids.push(...page.records.map((record) => record.Id));
        while (!page.done && page.nextRecordsUrl !== undefined) {
            page = await admin.queryMore(page.nextRecordsUrl);
            sizes.push(page.records.length);
            ids.push(...page.records.map((record) => record.Id));
        }
        assert.equal(page.totalSize, 450);
        assert.equal(new Set(ids).size, 450);
        // The size is a wish, which a real org need not grant.
        assert.ok(org.local === null || sizes.length > 1, `pages of ${sizes.join(', ')}`);
    });

    it('collections of 200: each by itself, or with allOrNone all or none', async () => {
        const records = Array.from({ length: 200 }, (_value, index) => ({
            Name: marked('many'),
            ...(index === 77 ? { Segment__c: 'No such segment' } : {}),
        }));
        const each = await admin.sobject('Account').create(records, SAVE_DUPLICATES);
        assert.deepEqual(
            each.flatMap((one, index) => (one.success ? [] : [index])),
            [77],
        );
        const error = at(each, 77, 'errors', 0);
        assert.equal(at(error, 'statusCode'), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
        assert.deepEqual(at(error, 'fields'), ['Segment__c']);
        const together = await admin.sobject('Account').create(
            records.map((record) => ({ ...record, Name: marked('none') })),
            { ...SAVE_DUPLICATES, allOrNone: true },
        );
        assert.ok(together.every((one) => !one.success));
        const codes = column(
            together.map((one) => at(one, 'errors', 0)),
            'statusCode',
        );
        assert.equal(codes[77], 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
        assert.equal(codes[0], 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
    });

    it('a collection of 201 is refused', async () => {
        const records = Array.from({ length: 201 }, () => ({
            attributes: { type: 'Account' },
            Name: marked('too-many'),
        }));
        const { status, body } = await org.call('POST', '/composite/sobjects', { records });
        assert.equal(status, 400);
        assert.equal(at(body, 0, 'errorCode'), 'EXCEEDED_ID_LIMIT');
    });

    it('a collection is read by ids, null for what is not there', async () => {
        const ids = [await make.account({ Industry: 'Energy' }), '001000000000000AAA', await make.account()];
        const { status, body } = await org.call('POST', '/composite/sobjects/Account', {
            ids,
            fields: ['Id', 'Industry'],
        });
        assert.equal(status, 200);
        assert.deepEqual(
            listAt(body).map((record) => at(record, 'Id') ?? null),
            [ids[0], null, ids[2]],
        );
        assert.equal(at(body, 0, 'Industry'), 'Energy');
    });

    it('collections are updated, upserted and deleted', async () => {
        const made = await admin
            .sobject('Account')
            .create([{ Name: marked('c') }, { Name: marked('c') }, { Name: marked('c') }], SAVE_DUPLICATES);
        const ids = made.map((one) => textAt(one, 'id'));
        const updated = await admin.sobject('Account').update(ids.map((Id) => ({ Id, Industry: 'Utilities' })));
        assert.ok(updated.every((one) => one.success));
        const key = marked('up');
        const upserted: unknown = await admin.sobject('Account').upsert(
            [
                { External_Id__c: key, Name: marked('c') },
                { External_Id__c: `${key}-2`, Name: marked('c') },
            ],
            'External_Id__c',
        );
        assert.deepEqual(column(listAt(upserted), 'created'), [true, true]);
        const deleted = await admin.sobject('Account').destroy(ids);
        assert.ok(deleted.every((one) => one.success));
        const again = await admin.sobject('Account').destroy(ids);
        assert.deepEqual(
            again.map((one) => at(one, 'errors', 0, 'statusCode')),
            ids.map(() => 'ENTITY_IS_DELETED'),
        );
    });
});

describe('jsforce: composite', () => {
    it('later requests refer to earlier ones, and all or none is written', async () => {
        const base = `/services/data/v67.0`;
        const name = marked('composite');
        const composite = (runFields: Readonly<Record<string, unknown>>): Promise<unknown> =>
            admin.request({
                method: 'POST',
                url: `${base}/composite`,
                body: JSON.stringify({
                    allOrNone: true,
                    compositeRequest: [
                        {
                            method: 'POST',
                            url: `${base}/sobjects/Account`,
                            referenceId: 'account',
                            body: { Name: name },
                        },
                        {
                            method: 'POST',
                            url: `${base}/sobjects/Playbook_Run__c`,
                            referenceId: 'run',
                            body: { ...openRun('@{account.id}'), ...runFields },
                        },
                        {
                            method: 'GET',
                            url: `${base}/sobjects/Playbook_Run__c/@{run.id}?fields=Account__c,Run_Status__c`,
                            referenceId: 'read',
                        },
                    ],
                }),
                headers: { 'content-type': 'application/json' },
            });
        const refused = listAt(await composite({ Run_Status__c: 'Nonsense' }), 'compositeResponse');
        assert.deepEqual(column(refused, 'httpStatusCode'), [400, 400, 400]);
        assert.deepEqual(
            refused.map((one) => at(one, 'body', 0, 'errorCode')),
            ['PROCESSING_HALTED', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'PROCESSING_HALTED'],
        );
        assert.equal((await admin.query(`SELECT Id FROM Account WHERE Name = '${name}'`)).totalSize, 0);
        const done = listAt(await composite({}), 'compositeResponse');
        assert.deepEqual(column(done, 'httpStatusCode'), [201, 201, 200]);
        assert.equal(at(done, 2, 'body', 'Account__c'), at(done, 0, 'body', 'id'));
    });

    it('a tree of account, runs and completions is created in one request, each reference with its id', async () => {
        const tree = (status: string): unknown => ({
            records: [
                {
                    attributes: { type: 'Account', referenceId: 'account' },
                    Name: marked('tree'),
                    Playbook_Runs__r: {
                        records: [
                            {
                                attributes: { type: 'Playbook_Run__c', referenceId: 'run' },
                                ...withoutParent(openRun(''), 'Account__c'),
                                Run_Status__c: status,
                                Step_Completions__r: {
                                    records: [
                                        {
                                            attributes: { type: 'Step_Completion__c', referenceId: 'completion' },
                                            ...withoutParent(doneStep(''), 'Playbook_Run__c'),
                                        },
                                    ],
                                },
                            },
                        ],
                    },
                },
            ],
        });
        const refused = await org.call('POST', '/composite/tree/Account', tree('Nonsense'));
        assert.equal(refused.status, 400);
        assert.equal(at(refused.body, 'hasErrors'), true);
        assert.deepEqual(column(listAt(refused.body, 'results'), 'referenceId'), ['run']);
        assert.equal(
            at(refused.body, 'results', 0, 'errors', 0, 'statusCode'),
            'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        );
        const { status, body } = await org.call('POST', '/composite/tree/Account', tree('Open'));
        assert.equal(status, 201);
        assert.deepEqual(column(listAt(body, 'results'), 'referenceId').toSorted(), ['account', 'completion', 'run']);
        const run = listAt(body, 'results').find((one) => at(one, 'referenceId') === 'run');
        assert.equal((await make.read('Playbook_Run__c', textAt(run, 'id'), 'Done_Count__c'))?.['Done_Count__c'], 1);
    });
});

function withoutParent(fields: Readonly<Record<string, unknown>>, parent: string): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== parent));
}
