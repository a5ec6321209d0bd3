import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { at, column, listAt, textAt } from './answer.ts';
import { openOrg } from './org.ts';
import { marked, openRun, RecordMaker } from './records.ts';
import { SalesforceCli } from './salesforce-cli.ts';

const org = await openOrg();
const { cli, login } = await SalesforceCli.login(org);
const make = new RecordMaker(org.admin);
const folder = org.temporaryFolder();

function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
}

describe('Salesforce CLI: the org', () => {
    it('sf org login access-token', { skip: login === null && 'the CLI is logged in to it already' }, () => {
        assert.ok(login);
        assert.equal(login.code, 0, login.stdout);
        assert.match(textAt(login.json, 'result', 'orgId'), /^00D/);
        assert.match(textAt(login.json, 'result', 'username'), /@/);
    });

    it('sf org display', async () => {
        const shown = await cli.result(['org', 'display']);
        const { organization_id: id, username } = await org.admin.identity();
        assert.deepEqual([at(shown, 'id'), at(shown, 'username')], [id, username]);
        assert.equal(textAt(shown, 'instanceUrl').replace(/\/$/, ''), org.url);
        assert.equal(at(shown, 'connectedStatus') ?? 'Connected', 'Connected');
    });

    it('sf org open --url-only leads to the page, signed in', async () => {
        const opened = await cli.result(['org', 'open', '--url-only', '--path', 'lightning/o/Account/home']);
        const url = new URL(textAt(opened, 'url'));
        assert.equal(url.origin, new URL(org.url).origin);
        assert.match(url.pathname, /frontdoor\.jsp$/);
        const response = await fetch(url, { redirect: 'manual' });
        if (org.local !== null) {
            assert.ok([302, 303, 307].includes(response.status), `status ${response.status}`);
            assert.match(response.headers.get('location') ?? '', /lightning\/o\/Account/);
            assert.ok(response.headers.has('set-cookie'));
        }
    });

    it('sf sobject describe', async () => {
        const described = await cli.result(['sobject', 'describe', '--sobject', 'Playbook__c']);
        assert.equal(at(described, 'name'), 'Playbook__c');
        const key = listAt(described, 'fields').find((field) => at(field, 'name') === 'Key__c');
        assert.deepEqual([at(key, 'unique'), at(key, 'caseSensitive'), at(key, 'externalId')], [true, false, true]);
    });
});

describe('Salesforce CLI: data query', () => {
    const name = marked('query');
    const soql = `SELECT Name, Account.Industry, Account.Owner.Name FROM Contact WHERE LastName = '${name}'`;
    const ready = (async () => {
        const account = await make.account({ Industry: 'Utilities' });
        await make.create('Contact', { LastName: name, AccountId: account });
    })();

    it('as a table', async () => {
        await ready;
        const { code, stdout, stderr } = await cli.on(['data', 'query', '--query', soql]);
        assert.equal(code, 0, stderr);
        assert.match(stdout, /NAME\s.*ACCOUNT\.INDUSTRY\s.*ACCOUNT\.OWNER\.NAME/);
        assert.match(stdout, new RegExp(`${name}.*Utilities`));
        assert.match(stdout + stderr, /Total number of records retrieved: 1/);
    });

    it('as CSV', async () => {
        await ready;
        const { code, stdout, stderr } = await cli.on(['data', 'query', '--query', soql, '--result-format', 'csv']);
        assert.equal(code, 0, stderr);
        const rows: unknown = parse(stdout, { columns: true });
        assert.deepEqual(column(listAt(rows), 'Account.Industry'), ['Utilities']);
        assert.deepEqual(column(listAt(rows), 'Name'), [name]);
    });

    it('as JSON', async () => {
        await ready;
        const result = await cli.result(['data', 'query', '--query', soql]);
        assert.equal(at(result, 'totalSize'), 1);
        assert.equal(at(result, 'records', 0, 'Account', 'Industry'), 'Utilities');
    });

    it('an unknown field is refused in the platform’s words', async () => {
        const { code, json } = await cli.on(['data', 'query', '--query', 'SELECT Nmae FROM Account', '--json']);
        assert.notEqual(code, 0);
        assert.equal(at(json, 'name'), 'INVALID_FIELD');
        assert.match(
            textAt(json, 'message'),
            /SELECT Nmae FROM Account\s*\^\s*ERROR at Row:1:Column:8\s*No such column 'Nmae' on entity 'Account'/,
        );
    });
});

describe('Salesforce CLI: records', () => {
    it('data create, get, update and delete record', async () => {
        const name = marked('cli');
        const created = await cli.result([
            ...['data', 'create', 'record', '--sobject', 'Account'],
            ...['--values', `Name='${name}' Industry=Utilities`],
        ]);
        const id = textAt(created, 'id');
        const got = await cli.result([
            ...['data', 'get', 'record', '--sobject', 'Account'],
            ...['--where', `Name='${name}'`],
        ]);
        assert.deepEqual([at(got, 'Id'), at(got, 'Industry')], [id, 'Utilities']);
        await cli.result([
            ...['data', 'update', 'record', '--sobject', 'Account'],
            ...['--record-id', id, '--values', 'Industry=Energy'],
        ]);
        assert.equal((await make.read('Account', id, 'Industry'))?.['Industry'], 'Energy');
        await cli.result(['data', 'delete', 'record', '--sobject', 'Account', '--record-id', id]);
        assert.equal(await make.read('Account', id, 'Id'), null);
    });

    it('data create record tells what the platform refuses', async () => {
        const { code, json } = await cli.on([
            ...['data', 'create', 'record', '--sobject', 'Playbook__c'],
            ...['--values', `Name='X' Key__c='Not A Key'`, '--json'],
        ]);
        assert.notEqual(code, 0);
        assert.match(textAt(json, 'message'), /Use lower-case letters, digits and single hyphens/);
    });

    it('data import tree: a file, and a plan whose records refer to each other', async () => {
        const account = marked('tree');
        const accounts = file(
            'accounts.json',
            JSON.stringify({
                records: [{ attributes: { type: 'Account', referenceId: 'AccountRef1' }, Name: account }],
            }),
        );
        const one = await cli.result(['data', 'import', 'tree', '--files', accounts]);
        assert.equal(at(one, 0, 'type'), 'Account');
        file(
            'runs.json',
            JSON.stringify({
                records: [
                    {
                        attributes: { type: 'Playbook_Run__c', referenceId: 'RunRef1' },
                        ...openRun('@AccountRef1'),
                    },
                ],
            }),
        );
        const plan = file(
            'plan.json',
            JSON.stringify([
                { sobject: 'Account', files: ['accounts.json'] },
                { sobject: 'Playbook_Run__c', files: ['runs.json'] },
            ]),
        );
        const planned = listAt(await cli.result(['data', 'import', 'tree', '--plan', plan], { cwd: folder }));
        const ids = new Map(planned.map((record) => [at(record, 'type'), textAt(record, 'id')]));
        const run = await make.read('Playbook_Run__c', ids.get('Playbook_Run__c') ?? '', 'Account__c');
        assert.equal(run?.['Account__c'], ids.get('Account'));
    });
});

describe('Salesforce CLI: many records', () => {
    it('data upsert bulk', async () => {
        const key = marked('bulk');
        const rows = (industry: string): string =>
            ['External_Id__c,Name,Industry', ...[1, 2, 3].map((n) => `${key}-${n},"${key} ${n}",${industry}`)].join(
                '\n',
            ) + '\n';
        const upsert = async (industry: string): Promise<void> => {
            const path = file(`${industry}.csv`, rows(industry));
            const result = await cli.result([
                ...['data', 'upsert', 'bulk', '--sobject', 'Account', '--file', path],
                ...['--external-id', 'External_Id__c', '--wait', '10', '--line-ending', 'LF'],
            ]);
            assert.equal(Number(at(result, 'processedRecords') ?? at(result, 'jobInfo', 'numberRecordsProcessed')), 3);
        };
        await upsert('Utilities');
        await upsert('Energy');
        const { records } = await org.admin.query(`SELECT Industry FROM Account WHERE External_Id__c LIKE '${key}%'`);
        assert.deepEqual(column(records, 'Industry'), ['Energy', 'Energy', 'Energy']);
    });

    it('data upsert bulk tells how many rows failed, and why', async () => {
        const key = marked('bad');
        const path = file(
            'bad.csv',
            `External_Id__c,Name,Segment__c\n${key}-1,${key},Enterprise\n${key}-2,${key},Nowhere\n`,
        );
        const { code, json, stdout } = await cli.on([
            ...['data', 'upsert', 'bulk', '--sobject', 'Account', '--file', path, '--json'],
            ...['--external-id', 'External_Id__c', '--wait', '10', '--line-ending', 'LF'],
        ]);
        assert.notEqual(code, 0);
        const jobId = /750\w{15}/.exec(stdout)?.[0] ?? '';
        assert.ok(jobId !== '', JSON.stringify(json));
        const failed = await org.call('GET', `/jobs/ingest/${jobId}/failedResults`);
        assert.match(String(failed.body), /INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:.*:Segment__c --/);
    });

    it('data export bulk', async () => {
        const prefix = marked('export');
        for (const word of ['plain', 'with, comma', 'with "quotes"\nand a line']) {
            await make.account({ Name: `${prefix} ${word}`.split('\n')[0], Website: word.replaceAll('\n', ' ') });
        }
        const path = join(folder, 'export.csv');
        await cli.result([
            ...['data', 'export', 'bulk', '--output-file', path, '--result-format', 'csv', '--wait', '10'],
            ...['--query', `SELECT Id, Name, Owner.Name FROM Account WHERE Name LIKE '${prefix}%' ORDER BY Name`],
        ]);
        const rows: unknown = parse(readFileSync(path, 'utf8'), { columns: true });
        assert.deepEqual(
            column(listAt(rows), 'Name').map((value) => String(value).slice(prefix.length + 1)),
            ['plain', 'with "quotes"', 'with, comma'],
        );
        assert.ok(column(listAt(rows), 'Owner.Name').every((value) => value !== ''));
    });
});

describe('Salesforce CLI: access', () => {
    it(
        'org assign permset --on-behalf-of gives access from then on',
        { skip: org.skipUnlessLocal('it would change what a person may do') },
        async () => {
            const nora = org.as('nora');
            await assert.rejects(async () => nora.query('SELECT Id FROM Playbook__c'), { errorCode: 'INVALID_TYPE' });
            const result = await cli.result([
                ...['org', 'assign', 'permset', '--name', 'Playbook_Leader'],
                ...['--on-behalf-of', 'nora@playbooks.local'],
            ]);
            assert.deepEqual(column(listAt(result, 'successes'), 'value'), ['Playbook_Leader']);
            await nora.query('SELECT Id FROM Playbook__c');
        },
    );
});
