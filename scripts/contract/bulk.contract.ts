import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, column, listAt, textAt } from './answer.ts';
import { openOrg, SAVE_DUPLICATES } from './org.ts';
import { doneStep, marked, RecordMaker, type Fields } from './records.ts';

const org = await openOrg();
const { admin } = org;
const make = new RecordMaker(admin);
const { bulk2 } = admin;

type Operation = 'insert' | 'update' | 'upsert' | 'delete';

/** Loads rows in one job, waits for it, and returns its results. */
async function ingest(
    operation: Operation,
    object: string,
    rows: readonly Fields[],
    externalIdFieldName?: string,
): Promise<{ readonly successful: readonly unknown[]; readonly failed: readonly unknown[] }> {
    const results: unknown = await bulk2.loadAndWaitForResults({
        object,
        operation,
        input: rows.map((row) => ({ ...row })),
        ...(externalIdFieldName === undefined ? {} : { externalIdFieldName }),
    });
    return { successful: listAt(results, 'successfulResults'), failed: listAt(results, 'failedResults') };
}

const doneCount = async (runId: string): Promise<unknown> =>
    (await make.read('Playbook_Run__c', runId, 'Done_Count__c'))?.['Done_Count__c'];

describe('Bulk API 2.0 with jsforce: ingest', () => {
    it('insert, update, upsert and delete; each row with its id, or with its error', async () => {
        const key = marked('bulk');
        const rows = [1, 2, 3].map((n) => ({ Name: `${key} ${n}`, External_Id__c: `${key}-${n}` }));
        const inserted = await ingest('insert', 'Account', [...rows, { Name: '', External_Id__c: `${key}-4` }]);
        assert.deepEqual(column(inserted.successful, 'sf__Created'), ['true', 'true', 'true']);
        assert.equal(inserted.failed.length, 1);
        assert.match(textAt(inserted.failed, 0, 'sf__Error'), /^REQUIRED_FIELD_MISSING:.*:Name --/);
        const ids = inserted.successful.map((row) => textAt(row, 'sf__Id'));
        const updated = await ingest(
            'update',
            'Account',
            ids.map((Id) => ({ Id, Industry: 'Energy' })),
        );
        assert.equal(updated.successful.length, 3);
        const upserted = await ingest(
            'upsert',
            'Account',
            [
                { External_Id__c: `${key}-1`, Industry: 'Utilities', Name: `${key} 1` },
                { External_Id__c: `${key}-9`, Industry: 'Utilities', Name: `${key} 9` },
            ],
            'External_Id__c',
        );
        assert.deepEqual(
            new Map(upserted.successful.map((row) => [at(row, 'External_Id__c'), at(row, 'sf__Created')])),
            new Map([
                [`${key}-1`, 'false'],
                [`${key}-9`, 'true'],
            ]),
        );
        const deleted = await ingest(
            'delete',
            'Account',
            ids.map((Id) => ({ Id })),
        );
        assert.equal(deleted.successful.length, 3);
        const left = await admin.query(`SELECT External_Id__c FROM Account WHERE External_Id__c LIKE '${key}%'`);
        assert.deepEqual(column(left.records, 'External_Id__c'), [`${key}-9`]);
    });

    it('an empty cell leaves a field as it is, #N/A empties it', async () => {
        const id = await make.account({ Website: 'https://stays.example', Industry: 'Energy' });
        await ingest('update', 'Account', [{ Id: id, Website: '', Industry: '#N/A' }]);
        const account = await make.read('Account', id, 'Website, Industry');
        assert.deepEqual([account?.['Website'], account?.['Industry']], ['https://stays.example', null]);
    });

    it('roll-ups and formulas are right after it, validation rules hold in it', async () => {
        const run = await make.run(await make.account());
        const rows = Array.from({ length: 250 }, () => doneStep(run));
        const { failed } = await ingest('insert', 'Step_Completion__c', [
            ...rows,
            { ...doneStep(run), Completion_Status__c: 'Skipped' },
        ]);
        assert.deepEqual(column(failed, 'sf__Error'), [
            'FIELD_CUSTOM_VALIDATION_EXCEPTION:Choose why the step was skipped.:Skip_Reason__c --',
        ]);
        assert.equal(await doneCount(run), 250);
        const { records } = await admin.query<{ Id: string }>(
            `SELECT Id FROM Step_Completion__c WHERE Playbook_Run__c = '${run}' LIMIT 100`,
        );
        await ingest(
            'delete',
            'Step_Completion__c',
            records.map(({ Id }) => ({ Id })),
        );
        assert.equal(await doneCount(run), 150);
    });

    it('a parent is named by its external id', async () => {
        const key = marked('parent');
        await make.account({ External_Id__c: key });
        const { failed } = await ingest('insert', 'Contact', [
            { LastName: marked('child'), 'Account.External_Id__c': key },
            { LastName: marked('orphan'), 'Account.External_Id__c': `${key}-nobody` },
        ]);
        assert.match(textAt(failed, 0, 'sf__Error'), /^INVALID_FIELD:Foreign key external ID: .*not found/);
        const { totalSize } = await admin.query(`SELECT Id FROM Contact WHERE Account.External_Id__c = '${key}'`);
        assert.equal(totalSize, 1);
    });

    it('access holds in it', { skip: org.skipUnlessLocal('it needs a second user') }, async () => {
        const ada = org.as('ada');
        const results: unknown = await ada.bulk2.loadAndWaitForResults({
            object: 'Account',
            operation: 'insert',
            input: [{ Name: marked('forbidden') }],
        });
        assert.match(textAt(results, 'failedResults', 0, 'sf__Error'), /^INSUFFICIENT_ACCESS/);
    });

    it('an aborted job changes nothing and says so', async () => {
        const name = marked('aborted');
        const job = bulk2.createJob({ operation: 'insert', object: 'Account' });
        await job.open();
        await job.uploadData([{ Name: name }]);
        await job.abort();
        assert.equal((await job.check()).state, 'Aborted');
        assert.equal((await admin.query(`SELECT Id FROM Account WHERE Name = '${name}'`)).totalSize, 0);
        await job.delete();
    });

    it('an unknown object and an unknown column are refused by name', async () => {
        const job = { object: 'Nothing__c', operation: 'insert', contentType: 'CSV', lineEnding: 'LF' };
        const unknown = await org.call('POST', '/jobs/ingest', job);
        assert.deepEqual([unknown.status, at(unknown.body, 0, 'errorCode')], [400, 'INVALIDJOB']);
        const made = bulk2.createJob({ operation: 'insert', object: 'Account' });
        await made.open();
        await made.uploadData([{ Name: marked('column'), Nothing__c: '1' }]);
        await made.close();
        await assert.rejects(made.poll());
        const info: unknown = await made.check();
        assert.equal(at(info, 'state'), 'Failed');
        assert.match(textAt(info, 'errorMessage'), /InvalidBatch : Field name not found : Nothing__c/);
    });
});

describe('Bulk API 2.0: query', () => {
    it('with jsforce: all rows as CSV', async () => {
        const prefix = marked('rows');
        await admin.sobject('Account').create(
            [1, 2, 3].map((n) => ({ Name: `${prefix} ${n}` })),
            SAVE_DUPLICATES,
        );
        const stream = await bulk2.query(`SELECT Id, Name FROM Account WHERE Name LIKE '${prefix}%' ORDER BY Name`);
        const rows = await stream.toArray();
        assert.deepEqual(column(rows, 'Name'), [`${prefix} 1`, `${prefix} 2`, `${prefix} 3`]);
    });

    it('in pages by locator, each row once', async () => {
        const prefix = marked('locator');
        await admin.sobject('Account').create(
            [1, 2, 3, 4, 5].map((n) => ({ Name: `${prefix} ${n}` })),
            SAVE_DUPLICATES,
        );
        const query = `SELECT Name FROM Account WHERE Name LIKE '${prefix}%' ORDER BY Name`;
        const { body: job } = await org.call('POST', '/jobs/query', { operation: 'query', query });
        const path = `/jobs/query/${textAt(job, 'id')}`;
        await until(async () => at((await org.call('GET', path)).body, 'state') === 'JobComplete');
        const pages: string[][] = [];
        let locator: string | null = '';
        while (locator !== null) {
            const page = await org.call('GET', `${path}/results?maxRecords=2${locator && `&locator=${locator}`}`);
            const [header, ...lines] = String(page.body).trim().split('\n');
            assert.equal(header, '"Name"');
            assert.equal(page.headers.get('sforce-numberofrecords'), String(lines.length));
            pages.push(lines);
            const next = page.headers.get('sforce-locator');
            locator = next === null || next === 'null' ? null : next;
        }
        assert.deepEqual(
            pages.flat(),
            [1, 2, 3, 4, 5].map((n) => `"${prefix} ${n}"`),
        );
        assert.equal(pages.length, 3);
    });

    it('a query that SOQL rejects, and one with a child query, is refused', async () => {
        const asked = async (query: string): Promise<unknown> =>
            at((await org.call('POST', '/jobs/query', { operation: 'query', query })).body, 0, 'errorCode');
        assert.equal(await asked('SELECT Nmae FROM Account'), 'INVALID_FIELD');
        assert.equal(await asked('SELECT Id, (SELECT Id FROM Contacts) FROM Account'), 'API_ERROR');
    });
});

describe('Bulk API 2.0: limits', () => {
    it('tell how many query jobs and batches are left for the day', async () => {
        const left = async (): Promise<readonly number[]> => {
            const limits: unknown = await admin.limits();
            return ['DailyBulkV2QueryJobs', 'DailyBulkApiBatches'].map((name) => {
                const remaining = Number(at(limits, name, 'Remaining'));
                assert.ok(remaining >= 0 && remaining <= Number(at(limits, name, 'Max')), name);
                return remaining;
            });
        };
        const [queries = 0, batches = 0] = await left();
        await (await bulk2.query("SELECT Id FROM Account WHERE Name = 'nobody'")).toArray();
        await ingest('insert', 'Account', [{ Name: marked('limits') }]);
        const [queriesAfter = 0, batchesAfter = 0] = await left();
        // On a real org counting lags behind, and the window moves.
        assert.ok(org.local === null || (queriesAfter === queries - 1 && batchesAfter === batches - 1));
    });
});

/** Waits until something is so, ten seconds at most. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
        if (await isSo()) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('It did not happen within ten seconds.');
}
