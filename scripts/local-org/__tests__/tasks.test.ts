/** Calls that are logged as tasks: whose account they belong to, and what a closed one does to its last activity. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, startOrg, type TestOrg } from './fixture.ts';

let org: TestOrg;
let account: string;
before(async () => {
    org = await startOrg();
    account = await org.create('sam', 'Account', { Name: 'Customer', LastActivityDate: '2026-11-01' });
});

const lastActivity = async (id: string): Promise<unknown> =>
    at((await org.query('sam', `SELECT LastActivityDate FROM Account WHERE Id = '${id}'`))[0], 'LastActivityDate');

describe('a task', () => {
    it('is open and of normal priority unless it says otherwise, and belongs to the account that it is about', async () => {
        const id = await org.create('sam', 'Task', { Subject: 'Call', WhatId: account, ActivityDate: '2026-11-20' });
        const [task] = await org.query(
            'sam',
            `SELECT Status, Priority, IsClosed, AccountId, Account.Name, Owner.FirstName FROM Task WHERE Id = '${id}'`,
        );
        assert.equal(at(task, 'Status'), 'Not Started');
        assert.equal(at(task, 'Priority'), 'Normal');
        assert.equal(at(task, 'IsClosed'), false);
        assert.equal(at(task, 'AccountId'), account);
        assert.equal(at(task, 'Account', 'Name'), 'Customer');
        assert.equal(await lastActivity(account), '2026-11-01');
        await org.data('sam', 'PATCH', `/sobjects/Task/${id}`, { Status: 'Completed' });
        assert.equal(await lastActivity(account), '2026-11-20');
    });

    it('belongs to the account of whom it is with, and an old one does not take the last activity back', async () => {
        const contact = await org.create('sam', 'Contact', { LastName: 'Roe', AccountId: account });
        const id = await org.create('sam', 'Task', {
            Subject: 'Old call',
            WhoId: contact,
            Status: 'Completed',
            ActivityDate: '2026-10-01',
        });
        const [task] = await org.query('sam', `SELECT AccountId FROM Task WHERE Id = '${id}'`);
        assert.equal(at(task, 'AccountId'), account);
        assert.equal(await lastActivity(account), '2026-11-20');
    });

    it('is the first activity of an account that had none; one without a day is none', async () => {
        const quiet = await org.create('sam', 'Account', { Name: 'Quiet' });
        await org.create('sam', 'Task', { Subject: 'No day', WhatId: quiet, Status: 'Completed' });
        assert.equal(await lastActivity(quiet), null);
        const call = { Subject: 'Call', WhatId: quiet, Status: 'Completed', ActivityDate: '2026-11-21' };
        await org.create('sam', 'Task', call);
        assert.equal(await lastActivity(quiet), '2026-11-21');
    });

    it('takes no account by hand, no unknown subtype, and nothing from who may not create tasks', async () => {
        const create = async (user: string, values: Readonly<Record<string, unknown>>): Promise<unknown> =>
            at((await org.data(user, 'POST', '/sobjects/Task', { Subject: 'Call', ...values })).body, 0, 'errorCode');
        assert.equal(await create('sam', { AccountId: account }), 'INVALID_FIELD_FOR_INSERT_UPDATE');
        assert.equal(await create('sam', { TaskSubtype: 'Fax' }), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
        assert.equal(await create('sam', { WhatId: '001000000000999AAA' }), 'INVALID_CROSS_REFERENCE_KEY');
        assert.match(String(await create('dora', {})), /INVALID_TYPE|NOT_FOUND|INSUFFICIENT_ACCESS/);
    });

    it('is listed by GraphQL, latest first, with its subject as its name', async () => {
        const { data } = await org.graphql(
            'sam',
            `query Tasks($id: ID!) { uiapi { query { Task(first: 2, where: { AccountId: { eq: $id }, IsClosed: { eq: true } }, orderBy: { ActivityDate: { order: DESC } }) {
                edges { node { Id Subject { value } } } } } } }`,
            { id: account },
        );
        const subjects = [0, 1].map((index) =>
            at(data, 'uiapi', 'query', 'Task', 'edges', index, 'node', 'Subject', 'value'),
        );
        assert.deepEqual(subjects, ['Call', 'Old call']);
        const info = await org.data('sam', 'GET', '/ui-api/object-info/Task');
        assert.deepEqual(at(info.body, 'nameFields'), ['Subject']);
        assert.equal(at(info.body, 'createable'), true);
    });
});

describe('a reference to what the same request creates', () => {
    const mutation = `mutation Log($task: TaskCreateInput!, $other: TaskCreateInput!) {
        uiapi(input: { allOrNone: true }) {
            task: TaskCreate(input: $task) { Record { Id } }
            other: TaskCreate(input: $other) { Record { Id Subject { value } Description { value } } }
        }
    }`;

    it('is an id in text when it says so, and plain text when it does not', async () => {
        const { data, errors } = await org.graphql('sam', mutation, {
            task: { Task: { Subject: 'First' } },
            other: { Task: { Subject: '@{task.Record.Id}', Description: '@{task}' } },
        });
        assert.deepEqual(errors, []);
        const record = at(data, 'uiapi', 'other', 'Record');
        assert.equal(at(record, 'Subject', 'value'), at(data, 'uiapi', 'task', 'Record', 'Id'));
        assert.equal(at(record, 'Description', 'value'), '@{task}');
    });
});
