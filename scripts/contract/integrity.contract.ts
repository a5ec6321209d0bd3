import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, listAt } from './answer.ts';
import { openOrg, SAVE_DUPLICATES } from './org.ts';
import { doneStep, marked, RecordMaker, type Fields } from './records.ts';

const org = await openOrg();
const { admin } = org;
const make = new RecordMaker(admin);

/** The API that a write goes through. */
interface Writer {
    readonly api: string;
    readonly create: (type: string, fields: Fields) => Promise<void>;
    readonly update: (type: string, id: string, fields: Fields) => Promise<void>;
    readonly remove: (type: string, id: string) => Promise<void>;
}

const saved = (results: unknown): void => {
    for (const result of Array.isArray(results) ? results : [results]) {
        assert.equal(at(result, 'success'), true, JSON.stringify(result));
    }
};

const composite = async (method: string, type: string, id: string, body?: Fields): Promise<void> => {
    const url = `/services/data/v67.0/sobjects/${type}${id && `/${id}`}`;
    const { body: answer } = await org.call('POST', '/composite', {
        allOrNone: true,
        compositeRequest: [{ method, url, referenceId: 'one', ...(body ? { body } : {}) }],
    });
    const status = Number(at(answer, 'compositeResponse', 0, 'httpStatusCode'));
    assert.ok(status >= 200 && status < 300, JSON.stringify(answer));
};

const graphql = async (type: string, action: 'Create' | 'Update', input: unknown): Promise<void> => {
    const answer = await org.graphql(
        `mutation M($input: ${type}${action}Input!) { uiapi { ${type}${action}(input: $input) { Record { Id } } } }`,
        { input },
    );
    assert.deepEqual(listAt(answer, 'errors'), []);
};

const graphqlDelete = async (type: string, id: string): Promise<void> => {
    const answer = await org.graphql(`mutation D { uiapi { ${type}Delete(input: { Id: "${id}" }) { Id } } }`);
    assert.deepEqual(listAt(answer, 'errors'), []);
};

const bulk = async (operation: 'insert' | 'update' | 'delete', object: string, row: Fields): Promise<void> => {
    const results: unknown = await admin.bulk2.loadAndWaitForResults({ object, operation, input: [{ ...row }] });
    assert.deepEqual(listAt(results, 'failedResults'), []);
};

const WRITERS: readonly Writer[] = [
    {
        api: 'REST',
        create: async (type, fields) => saved(await admin.sobject(type).create(fields, SAVE_DUPLICATES)),
        update: async (type, Id, fields) => saved(await admin.sobject(type).update({ Id, ...fields })),
        remove: async (type, id) => saved(await admin.sobject(type).destroy(id)),
    },
    {
        api: 'collections',
        create: async (type, fields) =>
            saved(await admin.sobject(type).create([fields], { ...SAVE_DUPLICATES, allOrNone: true })),
        update: async (type, Id, fields) =>
            saved(await admin.sobject(type).update([{ Id, ...fields }], { allOrNone: true })),
        remove: async (type, id) => saved(await admin.sobject(type).destroy([id], { allOrNone: true })),
    },
    {
        api: 'composite',
        create: (type, fields) => composite('POST', type, '', fields),
        update: (type, id, fields) => composite('PATCH', type, id, fields),
        remove: (type, id) => composite('DELETE', type, id),
    },
    {
        api: 'GraphQL',
        create: (type, fields) => graphql(type, 'Create', { [type]: fields }),
        update: (type, id, fields) => graphql(type, 'Update', { Id: id, [type]: fields }),
        remove: graphqlDelete,
    },
    {
        api: 'Bulk API 2.0',
        create: (type, fields) => bulk('insert', type, fields),
        update: (type, Id, fields) => bulk('update', type, { Id, ...fields }),
        remove: (type, Id) => bulk('delete', type, { Id }),
    },
];

describe('Integrity: roll-ups and formulas are right after a write through', () => {
    for (const { api, create, update, remove } of WRITERS) {
        it(api, async () => {
            const run = await make.run(await make.account());
            const counts = async (): Promise<unknown> => {
                const read = await make.read(
                    'Playbook_Run__c',
                    run,
                    'Done_Count__c, Late_Count__c, Skipped_Count__c, First_Action_At__c',
                );
                return [read?.['Done_Count__c'], read?.['Late_Count__c'], read?.['Skipped_Count__c']];
            };
            const key = marked('late');
            await create('Step_Completion__c', {
                ...doneStep(run),
                Completion_Key__c: key,
                Due_At__c: '2020-01-01T10:00:00.000Z',
            });
            assert.deepEqual(await counts(), [1, 1, 0]);
            const { records } = await admin.query<Record<string, unknown>>(
                `SELECT Id, On_Time__c FROM Step_Completion__c WHERE Completion_Key__c = '${key}'`,
            );
            assert.equal(at(records, 0, 'On_Time__c'), false);
            const id = String(at(records, 0, 'Id'));
            await update('Step_Completion__c', id, { Due_At__c: '2099-01-01T10:00:00.000Z' });
            assert.deepEqual(await counts(), [1, 0, 0]);
            await update('Step_Completion__c', id, {
                Completion_Status__c: 'Skipped',
                Skip_Reason__c: 'Already covered',
            });
            assert.deepEqual(await counts(), [0, 0, 1]);
            await remove('Step_Completion__c', id);
            assert.deepEqual(await counts(), [0, 0, 0]);
        });
    }
});

describe('Integrity: what a deletion does to others', () => {
    it('master and detail: deleting an account takes its runs and their completions', async () => {
        const account = await make.account();
        const run = await make.run(account);
        const completion = await make.completion(run);
        await admin.sobject('Account').destroy(account);
        assert.equal(await make.read('Playbook_Run__c', run, 'Id'), null);
        assert.equal(await make.read('Step_Completion__c', completion, 'Id'), null);
    });

    it('restrict: a playbook that a run names stays, and nothing of it goes', async () => {
        const playbook = await make.playbook();
        const version = await make.version(playbook);
        const account = await make.account();
        await make.run(account, { Run_Playbook__c: playbook });
        const { status, body } = await org.call('DELETE', `/sobjects/Playbook__c/${playbook}`);
        assert.deepEqual([status, at(body, 0, 'errorCode')], [400, 'DELETE_FAILED'], JSON.stringify(body));
        assert.ok(await make.read('Playbook_Version__c', version, 'Id'));
        await admin.sobject('Account').destroy(account);
        await admin.sobject('Playbook__c').destroy(playbook);
        assert.equal(await make.read('Playbook_Version__c', version, 'Id'), null);
    });

    it('clear: a lookup to a deleted record is emptied', async () => {
        const version = await make.version(await make.playbook());
        const step = await make.step(version);
        const resource = await make.resource(version, { Resource_Step__c: step });
        await admin.sobject('Playbook_Step__c').destroy(step);
        const left = await make.read('Playbook_Resource__c', resource, 'Resource_Step__c');
        assert.deepEqual([left?.['Resource_Step__c']], [null]);
    });
});

describe('Integrity: unique keys', () => {
    it('a case-insensitive key takes no second of other case', async () => {
        const key = marked('case');
        const version = await make.version(await make.playbook(), { Version_Key__c: key });
        await assert.rejects(make.version(await make.playbook(), { Version_Key__c: key.toUpperCase() }), {
            errorCode: 'DUPLICATE_VALUE',
        });
        const { status, body } = await org.call(
            'GET',
            `/sobjects/Playbook_Version__c/Version_Key__c/${key.toUpperCase()}`,
        );
        assert.deepEqual([status, at(body, 'Id')], [200, version]);
    });

    it('a case-sensitive key takes it', async () => {
        const key = marked('case');
        await make.account({ External_Id__c: key });
        await make.account({ External_Id__c: key.toUpperCase() });
        await assert.rejects(make.account({ External_Id__c: key }), { errorCode: 'DUPLICATE_VALUE' });
    });

    it('two records of one collection with the same key: the second fails, together both', async () => {
        const twice = (key: string): Fields[] => [1, 2].map((n) => ({ Name: marked(`u${n}`), External_Id__c: key }));
        const each = await admin.sobject('Account').create(twice(marked('twice')), SAVE_DUPLICATES);
        assert.deepEqual(
            each.map((one) => one.success),
            [true, false],
        );
        assert.equal(at(each, 1, 'errors', 0, 'statusCode'), 'DUPLICATE_VALUE');
        const key = marked('twice');
        await admin.sobject('Account').create(twice(key), { ...SAVE_DUPLICATES, allOrNone: true });
        assert.equal((await admin.query(`SELECT Id FROM Account WHERE External_Id__c = '${key}'`)).totalSize, 0);
    });
});

describe('Integrity: audit fields', () => {
    it('who and when, of creation and last change', async () => {
        const { user_id: me } = await admin.identity();
        const id = await make.account();
        const fields = 'CreatedById, CreatedDate, LastModifiedById, LastModifiedDate, SystemModstamp, OwnerId';
        const made = await make.read('Account', id, fields);
        assert.deepEqual([made?.['CreatedById'], made?.['LastModifiedById'], made?.['OwnerId']], [me, me, me]);
        assert.equal(made?.['CreatedDate'], made?.['LastModifiedDate']);
        await new Promise((resolve) => setTimeout(resolve, 1100));
        await admin.sobject('Account').update({ Id: id, Industry: 'Energy' });
        const changed = await make.read('Account', id, fields);
        assert.equal(changed?.['CreatedDate'], made?.['CreatedDate']);
        assert.ok(String(changed?.['LastModifiedDate']) > String(made?.['LastModifiedDate']));
    });

    it('nobody writes them', async () => {
        const id = await make.account();
        await assert.rejects(admin.sobject('Account').update({ Id: id, LastModifiedDate: '2020-01-01T00:00:00Z' }), {
            errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        });
    });

    it(
        'who may create audit fields gives a creation date, and only then',
        { skip: org.skipUnlessLocal('it needs that permission') },
        async () => {
            const importer = new RecordMaker(org.as('integration'));
            const id = await importer.account({ CreatedDate: '2025-01-02T03:04:05.000Z' });
            assert.equal(
                (await make.read('Account', id, 'CreatedDate'))?.['CreatedDate'],
                '2025-01-02T03:04:05.000+0000',
            );
            await assert.rejects(
                org.as('integration').sobject('Account').update({ Id: id, CreatedDate: '2024-01-01T00:00:00.000Z' }),
                { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' },
            );
        },
    );
});
