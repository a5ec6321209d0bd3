import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, column, listAt, textAt } from './answer.ts';
import { openOrg, SAVE_DUPLICATES } from './org.ts';
import { doneStep, marked, openRun, RecordMaker } from './records.ts';

const org = await openOrg();
const make = new RecordMaker(org.admin);

const nodes = (answer: unknown, object: string): readonly unknown[] =>
    listAt(answer, 'data', 'uiapi', 'query', object, 'edges').map((edge) => at(edge, 'node'));

async function read(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const answer = await org.graphql(query, variables);
    assert.deepEqual(listAt(answer, 'errors'), []);
    return answer;
}

describe('GraphQL: reading', () => {
    it('filters by variables, orders, follows parents, lists children, counts', async () => {
        const account = await make.account({ Industry: 'Energy', ARR__c: 1234.5 });
        const run = await make.run(account);
        await make.completion(run);
        const answer = await read(
            `query Runs($id: ID!) { uiapi { query { Playbook_Run__c(first: 5, where: { Account__c: { eq: $id } }, orderBy: { CreatedDate: { order: DESC } }) {
                edges { node { Id Run_Status__c { value displayValue } Account__r { Industry { value } ARR__c { value displayValue } }
                    Step_Completions__r(first: 10) { edges { node { Id Completion_Status__c { value } } } totalCount } } }
                totalCount pageInfo { hasNextPage endCursor } } } } }`,
            { id: account },
        );
        const [node] = nodes(answer, 'Playbook_Run__c');
        assert.equal(at(node, 'Id'), run);
        assert.deepEqual(at(node, 'Run_Status__c'), { value: 'Open', displayValue: 'Open' });
        assert.equal(at(node, 'Account__r', 'Industry', 'value'), 'Energy');
        assert.equal(at(node, 'Account__r', 'ARR__c', 'value'), 1234.5);
        assert.match(textAt(node, 'Account__r', 'ARR__c', 'displayValue'), /1,234\.50/);
        assert.equal(at(node, 'Step_Completions__r', 'edges', 0, 'node', 'Completion_Status__c', 'value'), 'Done');
        assert.equal(at(answer, 'data', 'uiapi', 'query', 'Playbook_Run__c', 'totalCount'), 1);
    });

    it('goes on after a cursor, and gives ten where it is not told how many', async () => {
        const prefix = marked('cursor');
        await org.admin.sobject('Account').create(
            Array.from({ length: 12 }, (_v, n) => ({ Name: `${prefix} ${n}` })),
            SAVE_DUPLICATES,
        );
        const page = (args: string): Promise<unknown> =>
            read(
                `{ uiapi { query { Account(where: { Name: { like: "${prefix}%" } }, orderBy: { Name: { order: ASC } }${args}) { edges { node { Id } } pageInfo { hasNextPage endCursor } } } } }`,
            );
        const first = await page('');
        const info = at(first, 'data', 'uiapi', 'query', 'Account', 'pageInfo');
        assert.equal(at(info, 'hasNextPage'), true);
        const second = await page(`, after: "${textAt(info, 'endCursor')}"`);
        const ids = [...nodes(first, 'Account'), ...nodes(second, 'Account')].map((node) => at(node, 'Id'));
        assert.deepEqual([nodes(first, 'Account').length, new Set(ids).size], [10, 12]);
    });

    it('filters with and, or, not, in, like, null, parents and date literals', async () => {
        const name = marked('filter');
        const account = await make.account({ Name: name, Industry: 'Energy' });
        await make.run(account);
        const where = async (filter: string): Promise<number> =>
            nodes(await read(`{ uiapi { query { Account(where: ${filter}) { edges { node { Id } } } } } }`), 'Account')
                .length;
        const mine = `{ Name: { eq: "${name}" } }`;
        assert.equal(
            await where(`{ and: [${mine}, { or: [{ Industry: { in: ["Energy"] } }, { ARR__c: { gt: 5 } }] }] }`),
            1,
        );
        assert.equal(await where(`{ and: [${mine}, { not: { Industry: { eq: "Energy" } } }] }`), 0);
        assert.equal(await where(`{ and: [${mine}, { Website: { eq: null } }] }`), 1);
        assert.equal(await where(`{ and: [${mine}, { CreatedDate: { eq: { literal: TODAY } } }] }`), 1);
        const runs = await read(
            `{ uiapi { query { Playbook_Run__c(where: { Account__r: { Name: { eq: "${name}" } } }) { edges { node { Id } } } } } }`,
        );
        assert.equal(nodes(runs, 'Playbook_Run__c').length, 1);
    });

    it('custom metadata', async () => {
        const answer = await read(
            `{ uiapi { query { Playbook_Trigger__mdt(first: 50, where: { Active__c: { eq: true } }) { edges { node { DeveloperName { value } MasterLabel { value } Enter_When__c { value } } } } } } }`,
        );
        const triggers = nodes(answer, 'Playbook_Trigger__mdt');
        assert.ok(triggers.length > 0);
        assert.ok(triggers.every((one) => typeof at(one, 'Enter_When__c', 'value') === 'string'));
    });

    it('an unknown field fails with its place, @optional leaves out what a user may not see', async () => {
        const wrong = await org.graphql('{ uiapi { query { Account { edges { node { Nothing__c { value } } } } } } }');
        assert.equal(at(wrong, 'data') ?? null, null);
        assert.match(textAt(wrong, 'errors', 0, 'message'), /Nothing__c/);
        assert.equal(typeof at(wrong, 'errors', 0, 'locations', 0, 'line'), 'number');
    });

    it(
        '@optional leaves out a field that a user may not see; without it the read fails',
        { skip: org.skipUnlessLocal('it needs a second user') },
        async () => {
            const asked = (mark: string): Promise<unknown> =>
                org.graphql(
                    `{ uiapi { query { Account(first: 1) { edges { node { Id ARR__c ${mark} { value } } } } } } }`,
                    {},
                    org.tokenOf('nora'),
                );
            await make.account({ OwnerId: await userId('nora') });
            const optional = await asked('@optional');
            assert.deepEqual(listAt(optional, 'errors'), []);
            assert.equal('ARR__c' in Object(nodes(optional, 'Account')[0]), false);
            assert.ok(listAt(await asked(''), 'errors').length > 0);
        },
    );
});

describe('GraphQL: aggregates', () => {
    it('count and add up runs by fields, those of formulas too', async () => {
        const account = await make.account();
        await make.run(account, { ARR_At_Opening__c: 1000 });
        await make.run(account, { ARR_At_Opening__c: 234.5 });
        await make.run(account, { Trigger_Key__c: marked('trigger') });
        const answer = await read(
            `query Counts($id: ID!) { uiapi { aggregate {
                All: Playbook_Run__c(where: { Account__c: { eq: $id } }) { edges { node { aggregate { Id { count { value } } ARR_At_Opening__c { sum { value } } Is_Saved__c { sum { value } } } } } }
                ByStatus: Playbook_Run__c(first: 50, where: { Account__c: { eq: $id } }, groupBy: { Run_Status__c: { group: true } }) { totalCount edges { node { aggregate { Run_Status__c { value } Id { count { value } } } } } }
            } } }`,
            { id: account },
        );
        const groups = (name: string): readonly unknown[] =>
            listAt(answer, 'data', 'uiapi', 'aggregate', name, 'edges').map((edge) => at(edge, 'node', 'aggregate'));
        assert.deepEqual(groups('All'), [
            {
                Id: { count: { value: 3 } },
                ARR_At_Opening__c: { sum: { value: 1234.5 } },
                Is_Saved__c: { sum: { value: 0 } },
            },
        ]);
        assert.deepEqual(groups('ByStatus'), [{ Run_Status__c: { value: 'Open' }, Id: { count: { value: 3 } } }]);
        assert.equal(at(answer, 'data', 'uiapi', 'aggregate', 'ByStatus', 'totalCount'), 1);
    });

    it('give no value that is neither grouped by nor aggregated', async () => {
        const wrong = await org.graphql(
            '{ uiapi { aggregate { Playbook_Run__c { edges { node { aggregate { Run_Status__c { value } Id { count { value } } } } } } } } }',
        );
        assert.ok(listAt(wrong, 'errors').length > 0);
    });
});

describe('GraphQL: writing', () => {
    const MUTATION = `mutation Act($run: Playbook_Run__cCreateInput!, $done: Step_Completion__cCreateInput!) {
        uiapi(input: { allOrNone: true }) {
            run: Playbook_Run__cCreate(input: $run) { Record { Id Run_Status__c { value } } }
            done: Step_Completion__cCreate(input: $done) { Record { Id } }
        } }`;

    it('several mutations in one request, in order, a later one refers to an earlier one', async () => {
        const account = await make.account();
        const answer = await org.graphql(MUTATION, {
            run: { Playbook_Run__c: openRun(account) },
            done: { Step_Completion__c: doneStep('@{run}') },
        });
        assert.deepEqual(listAt(answer, 'errors'), []);
        assert.equal(at(answer, 'data', 'uiapi', 'run', 'Record', 'Run_Status__c', 'value'), 'Open');
        const run = textAt(answer, 'data', 'uiapi', 'run', 'Record', 'Id');
        assert.equal((await make.read('Playbook_Run__c', run, 'Done_Count__c'))?.['Done_Count__c'], 1);
    });

    it('with allOrNone a refused mutation takes back the others and says why', async () => {
        const account = await make.account();
        const answer = await org.graphql(MUTATION, {
            run: { Playbook_Run__c: openRun(account) },
            done: { Step_Completion__c: { ...doneStep('@{run}'), Completion_Status__c: 'Skipped' } },
        });
        assert.match(JSON.stringify(at(answer, 'errors')), /Choose why the step was skipped/);
        const { totalSize } = await org.admin.query(`SELECT Id FROM Playbook_Run__c WHERE Account__c = '${account}'`);
        assert.equal(totalSize, 0);
    });

    it('all or none is also what happens when nothing is said', async () => {
        const account = await make.account();
        const answer = await org.graphql(MUTATION.replace('(input: { allOrNone: true })', ''), {
            run: { Playbook_Run__c: openRun(account) },
            done: { Step_Completion__c: { ...doneStep('@{run}'), Completion_Status__c: 'Skipped' } },
        });
        assert.ok(listAt(answer, 'errors').length > 0);
        const { totalSize } = await org.admin.query(`SELECT Id FROM Playbook_Run__c WHERE Account__c = '${account}'`);
        assert.equal(totalSize, 0);
    });

    it('update and delete', async () => {
        const id = await make.account();
        const updated = await org.graphql(
            'mutation U($input: AccountUpdateInput!) { uiapi { AccountUpdate(input: $input) { Record { Id Industry { value } } } } }',
            { input: { Id: id, Account: { Industry: 'Energy' } } },
        );
        assert.equal(at(updated, 'data', 'uiapi', 'AccountUpdate', 'Record', 'Industry', 'value'), 'Energy');
        const deleted = await org.graphql(`mutation D { uiapi { AccountDelete(input: { Id: "${id}" }) { Id } } }`);
        assert.equal(at(deleted, 'data', 'uiapi', 'AccountDelete', 'Id'), id);
        assert.equal(await make.read('Account', id, 'Id'), null);
    });
});

describe('UI API', () => {
    it('a record with fields and optional fields', async () => {
        const id = await make.account({ Industry: 'Energy' });
        const { status, body } = await org.call(
            'GET',
            `/ui-api/records/${id}?fields=Account.Name,Account.Owner.Name&optionalFields=Account.Industry,Account.Nothing__c`,
        );
        assert.equal(status, 200);
        assert.equal(at(body, 'apiName'), 'Account');
        assert.deepEqual(at(body, 'fields', 'Industry'), { displayValue: 'Energy', value: 'Energy' });
        assert.equal(typeof at(body, 'fields', 'Owner', 'value', 'fields', 'Name', 'value'), 'string');
        assert.equal(at(body, 'fields', 'Nothing__c'), undefined);
        const wrong = await org.call('GET', `/ui-api/records/${id}?fields=Account.Nothing__c`);
        assert.equal(wrong.status, 400);
        assert.equal(at(wrong.body, 0, 'errorCode'), 'INVALID_FIELD');
    });

    it('a record is updated unless somebody was faster', async () => {
        const id = await make.account();
        const patch = (since: string): ReturnType<typeof org.call> =>
            org.call(
                'PATCH',
                `/ui-api/records/${id}`,
                { apiName: 'Account', fields: { Industry: 'Energy' } },
                { headers: { 'if-unmodified-since': since } },
            );
        const { body } = await org.call('GET', `/ui-api/records/${id}?fields=Account.Name`);
        const stale = await patch('Mon, 02 Jan 2023 10:00:00 GMT');
        assert.equal(stale.status, 412);
        assert.equal((await patch(new Date(textAt(body, 'lastModifiedDate')).toUTCString())).status, 200);
        assert.equal((await make.read('Account', id, 'Industry'))?.['Industry'], 'Energy');
    });

    it('a failed write names the field', async () => {
        const { status, body } = await org.call('POST', '/ui-api/records', {
            apiName: 'Playbook__c',
            fields: { Name: marked('x'), Key__c: 'Not A Key' },
        });
        assert.equal(status, 400);
        assert.match(textAt(body, 'output', 'fieldErrors', 'Key__c', 0, 'message'), /^Use lower-case letters/);
        assert.equal(at(body, 'output', 'fieldErrors', 'Key__c', 0, 'errorCode'), 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
    });

    it('object info and picklist values', async () => {
        const info = await org.call('GET', '/ui-api/object-info/Playbook_Run__c');
        assert.equal(at(info.body, 'fields', 'Reason__c', 'dataType'), 'TextArea');
        assert.equal(at(info.body, 'fields', 'Run_Status__c', 'required'), true);
        const values = await org.call('GET', '/ui-api/object-info/Playbook_Run__c/picklist-values/012000000000000AAA');
        assert.deepEqual(column(listAt(values.body, 'picklistFieldValues', 'Run_Status__c', 'values'), 'value'), [
            'Waiting',
            'Open',
            'Snoozed',
            'Closed',
        ]);
    });
});

async function userId(name: string): Promise<string> {
    const { records } = await org.admin.query<{ Id: string }>(
        `SELECT Id FROM User WHERE Username = '${name}@playbooks.local'`,
    );
    return records[0]?.Id ?? '';
}
