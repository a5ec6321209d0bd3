import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, column, listAt } from './answer.ts';
import { openOrg } from './org.ts';
import { marked, RecordMaker } from './records.ts';

/** A moment at which New York (the administrator) still has 20 November and Berlin already the 21st. */
const NOW = '2026-11-21T03:00:00.000Z';

const org = await openOrg({ now: () => NOW });
const make = new RecordMaker(org.admin);
const IN_TEN_DAYS = new Date((org.local === null ? Date.now() : Date.parse(NOW)) + 10 * 86_400_000)
    .toISOString()
    .slice(0, 10);
/** Of every name here; short names follow it. */
const M = marked('soql');

before(async () => {
    const alpha = await make.account({
        Name: `${M} Alpha`,
        Industry: 'Utilities',
        ARR__c: 100,
        Segment__c: 'Enterprise',
        Renewal_Date__c: IN_TEN_DAYS,
    });
    const beta = await make.account({ Name: `${M} Beta`, Industry: 'Energy', ARR__c: 200, Segment__c: 'Mid-market' });
    await make.account({ Name: `${M} Gamma 100%`, ARR__c: 50, Segment__c: 'Mid-market' });
    await make.create('Contact', { AccountId: alpha, LastName: `${M} Ann` });
    await make.create('Contact', { AccountId: alpha, LastName: `${M} Zoe` });
    await make.create('Contact', { AccountId: beta, LastName: `${M} Ben` });
    const open = await make.run(alpha, { Surfaced_At__c: '2026-11-20T22:00:00.000Z' });
    await make.run(beta, {
        Run_Status__c: 'Closed',
        Outcome__c: 'Saved',
        Closed_At__c: '2026-11-19T10:00:00.000Z',
        Surfaced_At__c: '2026-11-19T10:00:00.000Z',
    });
    await make.completion(open);
    await make.completion(open, { Completion_Status__c: 'Skipped', Skip_Reason__c: 'Already covered' });
});

/** Short names of the accounts that a condition finds, in the order of `order`. */
async function accounts(condition: string, order = 'ORDER BY Name'): Promise<readonly string[]> {
    const { records } = await org.admin.query<{ Name: string }>(
        `SELECT Name FROM Account WHERE Name LIKE '${M}%' ${condition === '' ? '' : `AND (${condition})`} ${order}`,
    );
    return records.map((record) => record.Name.slice(M.length + 1));
}

const rows = async (soql: string): Promise<readonly unknown[]> =>
    (await org.admin.query<Record<string, unknown>>(soql)).records.map((record) => withoutAttributes(record));

function withoutAttributes(record: Readonly<Record<string, unknown>>): unknown {
    return Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'attributes'));
}

const FOUND: readonly (readonly [claim: string, condition: string, names: readonly string[]])[] = [
    ['text is compared without case', `Industry = 'UTILITIES'`, ['Alpha']],
    ['LIKE with % and _', `Name LIKE '%_eta'`, ['Beta']],
    ['LIKE with an escaped %', `Name LIKE '%100\\%'`, ['Gamma 100%']],
    ['IN and NOT IN', `Industry IN ('Energy', 'Utilities') AND Segment__c NOT IN ('Enterprise')`, ['Beta']],
    ['NOT IN keeps blank values', `Industry NOT IN ('Energy')`, ['Alpha', 'Gamma 100%']],
    ['!= keeps blank values', `Industry != 'Energy'`, ['Alpha', 'Gamma 100%']],
    ['null', 'Industry = null', ['Gamma 100%']],
    ['numbers', 'ARR__c >= 100 AND ARR__c < 200', ['Alpha']],
    ['a date', `Renewal_Date__c >= ${IN_TEN_DAYS}`, ['Alpha']],
    ['NOT and brackets', `NOT (Industry = 'Energy' OR ARR__c = 50)`, ['Alpha']],
    ['OR in brackets beside AND', `Segment__c = 'Mid-market' AND (ARR__c = 50 OR ARR__c = 100)`, ['Gamma 100%']],
    ['a semi-join', `Id IN (SELECT AccountId FROM Contact WHERE LastName LIKE '${M} Z%')`, ['Alpha']],
    [
        'an anti-join',
        `Id NOT IN (SELECT Account__c FROM Playbook_Run__c WHERE Run_Status__c = 'Closed')`,
        ['Alpha', 'Gamma 100%'],
    ],
    ['a semi-join through a parent', `Id IN (SELECT Account__c FROM Playbook_Run__c)`, ['Alpha', 'Beta']],
    ['a path through a parent', `Owner.IsActive = true AND ARR__c = 50`, ['Gamma 100%']],
    ['a date literal', 'Renewal_Date__c = NEXT_N_DAYS:30', ['Alpha']],
];

describe('SOQL: WHERE', () => {
    for (const [claim, condition, names] of FOUND) {
        it(claim, async () => assert.deepEqual(await accounts(condition), names));
    }
});

describe('SOQL: the rest of a query', () => {
    it('ORDER BY with NULLS FIRST and LAST, and several columns', async () => {
        assert.deepEqual(await accounts('', 'ORDER BY Industry ASC NULLS LAST'), ['Beta', 'Alpha', 'Gamma 100%']);
        assert.deepEqual(await accounts('', 'ORDER BY Industry'), ['Gamma 100%', 'Beta', 'Alpha']);
        assert.deepEqual(await accounts('', 'ORDER BY Industry DESC NULLS FIRST'), ['Gamma 100%', 'Alpha', 'Beta']);
        assert.deepEqual(await accounts('', 'ORDER BY Segment__c DESC, ARR__c DESC'), ['Beta', 'Gamma 100%', 'Alpha']);
    });

    it('LIMIT and OFFSET', async () => {
        assert.deepEqual(await accounts('', 'ORDER BY Name LIMIT 1 OFFSET 1'), ['Beta']);
    });

    it('parents of parents', async () => {
        const { records } = await org.admin.query<Record<string, unknown>>(
            `SELECT Playbook_Run__r.Account__r.Industry FROM Step_Completion__c WHERE Playbook_Run__r.Account__r.Name = '${M} Alpha' LIMIT 1`,
        );
        assert.equal(at(records, 0, 'Playbook_Run__r', 'Account__r', 'Industry'), 'Utilities');
        assert.equal(at(records, 0, 'Playbook_Run__r', 'attributes', 'type'), 'Playbook_Run__c');
    });

    it('child subqueries with conditions, order and limit; null where there are none', async () => {
        const { records } = await org.admin.query<Record<string, unknown>>(
            `SELECT Name, (SELECT LastName FROM Contacts WHERE LastName LIKE '${M}%' ORDER BY LastName DESC LIMIT 1), (SELECT Id FROM Playbook_Runs__r) FROM Account WHERE Name LIKE '${M}%' ORDER BY Name`,
        );
        assert.deepEqual(
            records.map((record) => at(record, 'Contacts', 'records', 0, 'LastName')),
            [`${M} Zoe`, `${M} Ben`, undefined],
        );
        assert.deepEqual(
            records.map((record) => at(record, 'Playbook_Runs__r', 'totalSize')),
            [1, 1, undefined],
        );
        assert.equal(at(records, 2, 'Contacts'), null);
    });

    it('COUNT() answers with a number and no records', async () => {
        const { totalSize, records } = await org.admin.query(`SELECT COUNT() FROM Account WHERE Name LIKE '${M}%'`);
        assert.deepEqual([totalSize, records.length], [3, 0]);
    });

    it('aggregates with GROUP BY, HAVING and ORDER BY', async () => {
        const grouped = await rows(
            `SELECT Segment__c, COUNT(Id) many, SUM(ARR__c), MIN(ARR__c) least, MAX(ARR__c) most, AVG(ARR__c) mean, COUNT_DISTINCT(Industry) industries FROM Account WHERE Name LIKE '${M}%' GROUP BY Segment__c HAVING COUNT(Id) > 1 ORDER BY COUNT(Id)`,
        );
        assert.deepEqual(grouped, [
            { Segment__c: 'Mid-market', many: 2, expr0: 250, least: 50, most: 200, mean: 125, industries: 1 },
        ]);
    });

    it('GROUP BY a path through a parent', async () => {
        const grouped = await rows(
            `SELECT Account.Industry, COUNT(Id) many FROM Contact WHERE LastName LIKE '${M}%' GROUP BY Account.Industry ORDER BY Account.Industry`,
        );
        assert.deepEqual(grouped, [
            { Industry: 'Energy', many: 1 },
            { Industry: 'Utilities', many: 2 },
        ]);
    });

    it('an aggregate without GROUP BY', async () => {
        assert.deepEqual(await rows(`SELECT MAX(ARR__c) FROM Account WHERE Name LIKE '${M}%'`), [{ expr0: 200 }]);
    });

    it(
        'date literals are days of the user: a run of 22:00 UTC is of today in New York, of yesterday in Berlin',
        { skip: org.skipUnlessLocal('it needs a clock that stands and two users') },
        async () => {
            const runs = async (user: string, literal: string): Promise<number> =>
                (
                    await org
                        .as(user)
                        .query(
                            `SELECT Id FROM Playbook_Run__c WHERE Account__r.Name LIKE '${M}%' AND Surfaced_At__c = ${literal}`,
                        )
                ).totalSize;
            assert.deepEqual([await runs('sam', 'TODAY'), await runs('sam', 'YESTERDAY')], [1, 1]);
            assert.deepEqual([await runs('lena', 'TODAY'), await runs('lena', 'YESTERDAY')], [0, 1]);
            assert.deepEqual([await runs('lena', 'LAST_N_DAYS:2'), await runs('lena', 'THIS_MONTH')], [2, 2]);
        },
    );
});

const REJECTED: readonly (readonly [claim: string, soql: string, errorCode: string, message: RegExp])[] = [
    [
        'an unknown field',
        'SELECT Nmae FROM Account',
        'INVALID_FIELD',
        /\nSELECT Nmae FROM Account\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Nmae' on entity 'Account'\./,
    ],
    ['an unknown object', 'SELECT Id FROM Acount', 'INVALID_TYPE', /sObject type 'Acount' is not supported\./],
    [
        'an unknown parent',
        'SELECT Boss.Name FROM Account',
        'INVALID_FIELD',
        /Didn't understand relationship 'Boss' in field path\./,
    ],
    [
        'an unknown child relationship',
        'SELECT Id, (SELECT Id FROM Runs__r) FROM Account',
        'INVALID_TYPE',
        /Didn't understand relationship 'Runs__r' in FROM part of query call\./,
    ],
    [
        'AND beside OR without brackets',
        `SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'`,
        'MALFORMED_QUERY',
        /unexpected token: '?OR'?/i,
    ],
    [
        'a column that is not grouped',
        'SELECT Name, COUNT(Id) FROM Account GROUP BY Industry',
        'MALFORMED_QUERY',
        /Field must be grouped or aggregated: Name/,
    ],
    [
        'a text where a number belongs',
        `SELECT Id FROM Account WHERE ARR__c = '5'`,
        'INVALID_FIELD',
        /value of filter criterion for field 'ARR__c' must be of type double and should not be enclosed in quotes/,
    ],
    [
        'a number where a text belongs',
        'SELECT Id FROM Account WHERE Name = 5',
        'INVALID_FIELD',
        /value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes/,
    ],
    [
        'a condition on a long text',
        `SELECT Id FROM Playbook_Run__c WHERE Reason__c = 'a'`,
        'INVALID_FIELD',
        /field 'Reason__c' can not be filtered in a query call/,
    ],
    [
        'order by a long text',
        'SELECT Id FROM Playbook_Run__c ORDER BY Reason__c',
        'INVALID_FIELD',
        /field 'Reason__c' can not be sorted in a query call/,
    ],
    [
        'a group by a long text',
        'SELECT COUNT(Id) FROM Playbook_Run__c GROUP BY Reason__c',
        'INVALID_FIELD',
        /field 'Reason__c' can not be grouped in a query call/,
    ],
    [
        'a sum of a text',
        'SELECT SUM(Name) FROM Account',
        'MALFORMED_QUERY',
        /field Name does not support aggregate operator SUM/,
    ],
    [
        'OFFSET over 2000',
        'SELECT Id FROM Account LIMIT 1 OFFSET 2001',
        'NUMBER_OUTSIDE_VALID_RANGE',
        /Maximum SOQL offset allowed is 2000/,
    ],
    [
        'an id that is none',
        `SELECT Id FROM Account WHERE Id = 'abc'`,
        'INVALID_QUERY_FILTER_OPERATOR',
        /invalid ID field: abc/,
    ],
    ['no field', 'SELECT FROM Account', 'MALFORMED_QUERY', /unexpected token/],
    ['an open quote', `SELECT Id FROM Account WHERE Name = 'a`, 'MALFORMED_QUERY', /./],
    ['an open bracket', `SELECT Id FROM Account WHERE (Name = 'a'`, 'MALFORMED_QUERY', /./],
    [
        'a semi-join on a field that is no reference',
        'SELECT Id FROM Account WHERE Name IN (SELECT Name FROM Contact)',
        'MALFORMED_QUERY',
        /./,
    ],
];

describe('SOQL: what the platform rejects', () => {
    for (const [claim, soql, errorCode, message] of REJECTED) {
        it(claim, async () => {
            const { status, body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
            assert.deepEqual([status, at(body, 0, 'errorCode')], [400, errorCode], JSON.stringify(body));
            assert.match(String(column(listAt(body), 'message')[0]), message);
        });
    }
});
