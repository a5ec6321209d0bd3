import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importUsage } from '../import.ts';
import { assignFiles } from '../gather.ts';
import { loadMap } from '../map.ts';
import { RejectList } from '../rejects.ts';

const FOLDER = 'scripts/usage/__tests__/book';
const FILES = ['customers-2026.csv', 'contracts.csv', 'events.csv'].map((name) => `${FOLDER}/${name}`);
const AS_OF = '2026-11-30';

const map = await loadMap(`${FOLDER}/map.yaml`);
const rejects = new RejectList();
const bytes: number[] = [];
const summary = await importUsage({
    connection: null,
    map,
    files: FILES,
    asOf: AS_OF,
    rejects,
    onBytes: (read) => bytes.push(read),
});

test('several files become one set of figures an account', () => {
    assert.deepEqual(
        summary.accounts.map(({ fields }) => fields),
        [
            {
                External_Id__c: 'C1',
                Name: 'Ärzte, "Nord" & Co',
                Customer_Since__c: '2020-02-01',
                ARR__c: 2000,
                Renewal_Date__c: '2026-06-15',
                // 10 of 20-11, 20 of 30-11, 3 of a contract that has not begun, 7 of 01-11; not the one of tomorrow.
                Usage_Current__c: 40,
                Usage_Previous__c: 5,
                Usage_On__c: AS_OF,
                Health_Score__c: 88.9,
                Pending_Usage_Change__c: 700,
                Pending_Usage_On__c: AS_OF,
            },
            {
                External_Id__c: 'C6',
                Name: 'Zero',
                Customer_Since__c: '2022-01-01',
                ARR__c: null,
                Renewal_Date__c: null,
                Usage_Current__c: 0,
                Usage_Previous__c: 0,
                Usage_On__c: AS_OF,
                Health_Score__c: null,
                Pending_Usage_Change__c: null,
                Pending_Usage_On__c: AS_OF,
            },
        ],
    );
});

test('each bad row is rejected with its line and reason, the good ones count', () => {
    assert.deepEqual(
        rejects.rows
            .toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
            .map(({ file, line, account, reason }) => [file.slice(FOLDER.length + 1), line, account, reason]),
        [
            ['contracts.csv', 7, 'C6', 'value: “abc” is no number.'],
            ['customers-2026.csv', 3, 'C2', 'since: “31-02-2020” is a day or time that does not exist.'],
            ['customers-2026.csv', 5, 'C4', 'Health_Score__c: division by zero'],
            ['customers-2026.csv', 6, 'C1', 'The account has a row further up already; this one was not used.'],
            ['customers-2026.csv', 7, '', 'customer is blank, so the account is not known.'],
            ['customers-2026.csv', 8, '', 'The row has not the 4 cells that the first line names.'],
            ['events.csv', 8, '', 'contract “K9” is not among the contracts.'],
        ],
    );
    assert.equal(summary.rejected, 7);
    // An inactive customer, a contract and an event that had not happened yet.
    assert.equal(summary.leftOut, 3);
});

test('progress counts bytes over all files and ends at their sum', () => {
    assert.deepEqual(
        bytes,
        [...bytes].sort((a, b) => a - b),
    );
});

test('a file that no source expects, and a source without a file, are told', () => {
    assert.throws(() => assignFiles(map, [...FILES, 'other.csv']), /other\.csv belongs to no source/);
    assert.throws(() => assignFiles(map, FILES.slice(1)), /No file was given for the source “customers”/);
});
