import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createRecords } from '../../lib/records.ts';
import { bulkRows } from '../bulk-query.ts';
import type { CsvRow } from '../csv-scanner.ts';
import { sweepOrg } from './sweep-org.ts';

const org = await sweepOrg();
const NAMES = Array.from({ length: 450 }, (_, at) => `Account ${String(at).padStart(3, '0')}, "quoted"\nsecond line`);

async function rowsOf(batches: AsyncIterable<readonly CsvRow[]>): Promise<CsvRow[]> {
    const rows: CsvRow[] = [];
    for await (const batch of batches) {
        rows.push(...batch);
    }
    return rows;
}

describe('a bulk query', () => {
    before(async () => {
        await createRecords(
            org.connection,
            'Account',
            NAMES.map((Name, at) => ({
                Name,
                External_Id__c: `bulk-${at}`,
                Health_Score__c: at % 2 === 0 ? at / 8 : null,
            })),
        );
    });
    const query = "SELECT Name, Health_Score__c FROM Account WHERE External_Id__c LIKE 'bulk-%' ORDER BY Name";

    it('gives every row once, whatever the size of a page, with blanks as empty text', async () => {
        const client = await org.client();
        const progress: number[] = [];
        const rows = await rowsOf(
            bulkRows(client, query, { pageRows: 100, onProgress: (count) => progress.push(count) }),
        );
        assert.deepEqual(
            rows.map((row) => row['Name']),
            NAMES,
        );
        assert.deepEqual(
            [rows[0]?.['Health_Score__c'], rows[1]?.['Health_Score__c'], rows[16]?.['Health_Score__c']],
            ['0.0', '', '2.0'],
        );
        assert.equal(progress.at(-1), NAMES.length);
        assert.deepEqual(await rowsOf(bulkRows(client, query)), rows);
        assert.ok(client.calls > 0);
    });

    it('leaves no job behind in the org', async () => {
        const client = await org.client();
        await rowsOf(bulkRows(client, query));
        const begun = bulkRows(client, query, { pageRows: 10 });
        assert.equal((await begun.next()).value?.length, 10);
        await begun.return();
        assert.deepEqual(org.jobFiles(), []);
    });

    it('that the org refuses says what to do', async () => {
        const client = await org.client();
        await assert.rejects(rowsOf(bulkRows(client, 'SELECT Nmae FROM Account')), /Nmae/);
    });
});
