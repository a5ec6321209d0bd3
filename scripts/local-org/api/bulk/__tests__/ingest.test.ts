import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, startOrg, type TestOrg } from '../../../__tests__/fixture.ts';
import { connectionOf, createJob, csvCall, csvRows, ended, ingest } from './bulk-client.ts';

let org: TestOrg;
before(async () => {
    org = await startOrg();
});

const insert = (object: string): Readonly<Record<string, unknown>> => ({ object, operation: 'insert' });
const stateOf = (job: unknown): unknown => at(job, 'state');

describe('ingest with jsforce', () => {
    it('inserts, updates, upserts and deletes, each row by itself', async () => {
        const { bulk2 } = connectionOf(org, 'sam');
        const made = await bulk2.loadAndWaitForResults({
            object: 'Account',
            operation: 'insert',
            input: [
                { Name: 'One', Key__c: 'one' },
                { Name: '', Key__c: 'two' },
            ],
        });
        const id = made.successfulResults[0]?.sf__Id ?? '';
        assert.deepEqual(made, {
            successfulResults: [{ sf__Id: id, sf__Created: 'true', Name: 'One', Key__c: 'one' }],
            failedResults: [
                {
                    sf__Id: '',
                    sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --',
                    Name: '',
                    Key__c: 'two',
                },
            ],
            unprocessedRecords: [],
        });
        const updated = await bulk2.loadAndWaitForResults({
            object: 'Account',
            operation: 'update',
            input: [
                { Id: id, Score__c: '7' },
                { Id: '001000000000999AAA', Score__c: '7' },
                { Id: '', Score__c: '7' },
            ],
        });
        assert.deepEqual(
            updated.successfulResults.map((row) => [row.sf__Id, row.sf__Created]),
            [[id, 'false']],
        );
        assert.deepEqual(
            updated.failedResults.map((row) => row.sf__Error),
            [
                'INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--',
                'MISSING_ARGUMENT:Id not specified in an update call:--',
            ],
        );
        const upserted = await bulk2.loadAndWaitForResults({
            object: 'Account',
            operation: 'upsert',
            externalIdFieldName: 'Key__c',
            input: [
                { Key__c: 'one', Name: 'Uno' },
                { Key__c: 'three', Name: 'Tre' },
                { Key__c: 'three', Name: 'Three' },
                { Key__c: '', Name: 'Nobody' },
            ],
        });
        assert.deepEqual(
            upserted.successfulResults.map((row) => row.sf__Created),
            ['false', 'true'],
        );
        assert.deepEqual(
            upserted.failedResults.map((row) => row.sf__Error),
            [
                'DUPLICATE_VALUE:Duplicate external id specified: three:Key__c --',
                'MISSING_ARGUMENT:Key__c not specified:--',
            ],
        );
        const deleted = await bulk2.loadAndWaitForResults({
            object: 'Account',
            operation: 'delete',
            input: [{ Id: id }],
        });
        assert.equal(deleted.successfulResults.length, 1);
        assert.deepEqual(await org.query('sam', "SELECT Id FROM Account WHERE Key__c = 'one'"), []);
    });

    it('upserts by Id: rows without one are new', async () => {
        const account = await org.create('sam', 'Account', { Name: 'By id' });
        const job = { object: 'Account', operation: 'upsert', externalIdFieldName: 'Id' };
        const { successful } = await ingest(org, 'sam', job, `Id,Name\n${account},Renamed\n,New\n`);
        assert.deepEqual(
            successful.map((row) => row['sf__Created']),
            ['false', 'true'],
        );
    });
});

describe('what a row says', () => {
    it('nothing leaves a field as it is, #N/A empties it; booleans, days and numbers in the platform’s forms', async () => {
        const route = await org.create('sam', 'Route__c', { Name: 'Forms', Kind__c: 'Van' });
        const csv = `Name,Route__c,Status__c,Weight__c,Day__c,At__c,Note__c\nS,${route},Done,1.5E1,2026-11-20Z,2026-11-20T10:00:00+01:00,"two\nlines, ""quoted"""\n`;
        const { successful } = await ingest(org, 'sam', insert('Stop__c'), csv);
        assert.equal(successful[0]?.['Note__c'], 'two\nlines, "quoted"');
        const [stop] = await org.query(
            'sam',
            `SELECT Id, Status__c, Weight__c, Day__c, At__c, Note__c FROM Stop__c WHERE Route__c = '${route}'`,
        );
        assert.deepEqual(
            ['Weight__c', 'Day__c', 'At__c', 'Note__c'].map((name) => at(stop, name)),
            [15, '2026-11-20', '2026-11-20T09:00:00.000+0000', 'two\nlines, "quoted"'],
        );
        const update = { object: 'Stop__c', operation: 'update' };
        await ingest(org, 'sam', update, `Id,Status__c,Weight__c\n${String(at(stop, 'Id'))},,#N/A\n`);
        const [after] = await org.query('sam', `SELECT Status__c, Weight__c FROM Stop__c WHERE Route__c = '${route}'`);
        assert.deepEqual([at(after, 'Status__c'), at(after, 'Weight__c')], ['Done', null]);
        await ingest(org, 'sam', { object: 'Route__c', operation: 'update' }, `Id,Closed__c\n${route},YES\n`);
        const [closed] = await org.query('sam', `SELECT Closed__c FROM Route__c WHERE Id = '${route}'`);
        assert.equal(at(closed, 'Closed__c'), true);
    });

    it('names a parent by its external id', async () => {
        await org.create('sam', 'Route__c', { Name: 'Parent', Code__c: 'PA-1' });
        const { failed, successful } = await ingest(
            org,
            'sam',
            insert('Stop__c'),
            'Route__r.Code__c,Name\nPA-1,A\nPA-9,B\n',
        );
        assert.equal(successful.length, 1);
        assert.equal(
            failed[0]?.['sf__Error'],
            'INVALID_FIELD:Foreign key external ID: pa-9 not found for field Code__c in entity Route__c:--',
        );
    });

    it('takes the job’s delimiter and line ending, a byte order mark, and writes results alike', async () => {
        const job = { ...insert('Account'), columnDelimiter: 'SEMICOLON', lineEnding: 'CRLF' };
        const { id, successful } = await ingest(org, 'sam', job, '\uFEFFName;Key__c\r\n"Semi;colon";sc\r\n');
        assert.equal(successful[0]?.['Name'], 'Semi;colon');
        const { text } = await csvCall(org, 'sam', 'GET', `/ingest/${id}/successfulResults`);
        assert.match(text, /^"sf__Id";"sf__Created";"Name";"Key__c"\r\n"001\w{15}";"true";"Semi;colon";"sc"\r\n$/);
    });
});

describe('rules of the org hold for each row', () => {
    it('validation rules, unique keys and access', async () => {
        await org.create('sam', 'Route__c', { Name: 'Taken', Code__c: 'TK-1' });
        const { failed } = await ingest(
            org,
            'dora',
            insert('Route__c'),
            'Name,Code__c\nBad code,no\nTaken,TK-1\nGood,TK-2\n',
        );
        assert.equal(failed[0]?.['sf__Error'], 'FIELD_CUSTOM_VALIDATION_EXCEPTION:Write a code like AB-1.:Code__c --');
        assert.match(
            failed[1]?.['sf__Error'] ?? '',
            /^DUPLICATE_VALUE:duplicate value found: Code__c duplicates value on record with id: \w{18}:--$/,
        );
        assert.equal(failed.length, 2);
        const refused = await ingest(org, 'wim', insert('Route__c'), 'Name,Code__c\nMine,WI-1\n');
        assert.match(refused.failed[0]?.['sf__Error'] ?? '', /^INSUFFICIENT_ACCESS_OR_READONLY:/);
    });

    it('roll-ups are right, and a master that refuses keeps out only the rows that are too much', async () => {
        const [light, heavy] = [
            await org.create('sam', 'Route__c', { Name: 'Light' }),
            await org.create('sam', 'Route__c', { Name: 'Heavy' }),
        ];
        // The route's rule allows a load of 100.
        const rows = [
            ...Array.from({ length: 250 }, () => `S,${light},0.1,Done`),
            `S,${heavy},60,Open`,
            `S,${heavy},60,Open`,
            `S,${heavy},30,Done`,
        ];
        const { failed, job } = await ingest(
            org,
            'sam',
            insert('Stop__c'),
            `Name,Route__c,Weight__c,Status__c\n${rows.join('\n')}\n`,
        );
        assert.deepEqual(
            failed.map((row) => row['sf__Error']),
            ['FIELD_CUSTOM_VALIDATION_EXCEPTION:The route is too heavy.:--'],
        );
        assert.deepEqual(
            ['numberRecordsProcessed', 'numberRecordsFailed'].map((name) => at(job, name)),
            [253, 1],
        );
        const figures = await org.query(
            'sam',
            `SELECT Load__c, Stops__c, Done_Stops__c FROM Route__c WHERE Id IN ('${light}','${heavy}') ORDER BY Name DESC`,
        );
        assert.deepEqual(
            figures.map((one) => [at(one, 'Load__c'), at(one, 'Stops__c'), at(one, 'Done_Stops__c')]),
            [
                [25, 250, 250],
                [90, 2, 1],
            ],
        );
    });

    it('access taken away while the job waits counts', async () => {
        const id = await createJob(org, 'ella', 'ingest', insert('Route__c'));
        await csvCall(org, 'ella', 'PUT', `/ingest/${id}/batches`, 'Name\nToo late\n');
        const [assignment] = await org.query(
            'sam',
            "SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = 'ella@test.local'",
        );
        assert.equal(
            (await org.data('sam', 'DELETE', `/sobjects/PermissionSetAssignment/${String(at(assignment, 'Id'))}`))
                .status,
            204,
        );
        await org.data('ella', 'PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
        assert.equal(at(await ended(org, 'ella', 'ingest', id), 'numberRecordsFailed'), 1);
        assert.deepEqual(await org.query('sam', "SELECT Id FROM Route__c WHERE Name = 'Too late'"), []);
    });
});

describe('an upload that is no good fails the job before any row', () => {
    const LINE_END = 'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is';
    const CASES: readonly (readonly [
        what: string,
        csv: string,
        message: RegExp,
        format?: Readonly<Record<string, string>>,
    ])[] = [
        ['an unknown column', 'Name,Nothing__c\nX,1\n', /^InvalidBatch : Field name not found : Nothing__c$/],
        [
            'an unknown relationship',
            'Name,Nobody__r.Key__c\nX,1\n',
            /^InvalidBatch : Field name not found : Nobody__r\.Key__c$/,
        ],
        [
            'a relationship of a type',
            'Name,User:Owner.Username\nX,sam@test.local\n',
            /^InvalidBatch : Field name not found : User:Owner\.Username$/,
        ],
        [
            'a parent’s field that is no key',
            'Name,Owner.Title\nX,Tester\n',
            /^InvalidBatch : Field name provided, Title does not match an External ID, Salesforce Id, or indexed field for User$/,
        ],
        ['a column twice', 'Name,name\nX,Y\n', /^InvalidBatch : .*: name$|^InvalidBatch : .*: Name$/],
        [
            'a row that is too short',
            'Name,Key__c\nFine,k1\nShort\n',
            /^InvalidBatch : .*Row 2 has 1 values for 2 columns/,
        ],
        ['a quote that does not end', 'Name\n"X\n', /^InvalidBatch : .*EOF reached before closing an opened quote/],
        ['a quote inside a value', 'Name\nX"Y"\n', /^InvalidBatch : .*Found unescaped quote/],
        ['no data at all', '', /^InvalidBatch : /],
        ['CRLF where LF was said', 'Name\r\nX\r\n', new RegExp(`^${LINE_END} LF$`)],
        ['LF where CRLF was said', 'Name\nX\n', new RegExp(`^${LINE_END} CRLF$`), { lineEnding: 'CRLF' }],
    ];
    for (const [what, csv, message, format] of CASES) {
        it(what, async () => {
            const { job, successful, failed, unprocessed } = await ingest(
                org,
                'sam',
                { ...insert('Account'), ...format },
                csv,
            );
            assert.equal(stateOf(job), 'Failed');
            assert.match(String(at(job, 'errorMessage')), message);
            assert.deepEqual([successful, failed, unprocessed], [[], [], csv]);
        });
    }

    it('a delete with more than ids', async () => {
        const { job } = await ingest(
            org,
            'sam',
            { object: 'Account', operation: 'delete' },
            'Id,Name\n001000000000001AAA,X\n',
        );
        assert.equal(at(job, 'errorMessage'), 'InvalidBatch : delete batch must contain only ids');
    });

    it('a header without rows is a job without rows', async () => {
        const { job, successful } = await ingest(org, 'sam', insert('Account'), 'Name\n');
        assert.deepEqual([stateOf(job), at(job, 'numberRecordsProcessed'), successful], ['JobComplete', 0, []]);
    });

    it('a job closed without data', async () => {
        const id = await createJob(org, 'sam', 'ingest', insert('Account'));
        await org.data('sam', 'PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
        assert.equal(stateOf(await ended(org, 'sam', 'ingest', id)), 'Failed');
        assert.deepEqual(csvRows((await csvCall(org, 'sam', 'GET', `/ingest/${id}/unprocessedrecords`)).text), []);
    });
});
