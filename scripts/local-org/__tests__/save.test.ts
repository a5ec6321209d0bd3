import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, codes, startOrg, type TestOrg } from './fixture.ts';

let org: TestOrg;
let route: string;
let account: string;

before(async () => {
    org = await startOrg();
    route = await org.create('dora', 'Route__c', { Name: 'North', Code__c: 'N-1' });
    account = await org.create('dora', 'Account', { Name: 'Acme' });
});

/** Field values of a stop under `route`, and the platform's code for each way to get one wrong. */
const REFUSED: readonly (readonly [string, () => Record<string, unknown>, string])[] = [
    ['no name', () => ({ Route__c: route }), 'REQUIRED_FIELD_MISSING'],
    ['no master', () => ({ Name: 'A' }), 'REQUIRED_FIELD_MISSING'],
    ['a field that does not exist', () => ({ Name: 'A', Route__c: route, Nothing__c: 1 }), 'INVALID_FIELD'],
    ['a field that is hidden', () => ({ Name: 'A', Route__c: route, Secret__c: 'x' }), 'INVALID_FIELD'],
    [
        'a field that is only readable',
        () => ({ Name: 'A', Route__c: route, Note__c: 'x' }),
        'INVALID_FIELD_FOR_INSERT_UPDATE',
    ],
    [
        'an audit field',
        () => ({ Name: 'A', Route__c: route, CreatedDate: '2020-01-01T00:00:00Z' }),
        'INVALID_FIELD_FOR_INSERT_UPDATE',
    ],
    [
        'a value outside the picklist',
        () => ({ Name: 'A', Route__c: route, Status__c: 'Lost' }),
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    ],
    [
        'one of several values outside',
        () => ({ Name: 'A', Route__c: route, Tags__c: 'Cold;Hot' }),
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    ],
    ['a text that is too long', () => ({ Name: 'A'.repeat(81), Route__c: route }), 'STRING_TOO_LONG'],
    [
        'a number that is too large',
        () => ({ Name: 'A', Route__c: route, Weight__c: 1000 }),
        'NUMBER_OUTSIDE_VALID_RANGE',
    ],
    ['text for a number', () => ({ Name: 'A', Route__c: route, Weight__c: 'much' }), 'JSON_PARSER_ERROR'],
    ['a day that does not exist', () => ({ Name: 'A', Route__c: route, Day__c: '2026-02-30' }), 'JSON_PARSER_ERROR'],
    [
        'an instant without a zone',
        () => ({ Name: 'A', Route__c: route, At__c: '2026-02-03T10:00:00' }),
        'INVALID_TYPE_ON_FIELD_IN_RECORD',
    ],
    ['something that is no id', () => ({ Name: 'A', Route__c: 'here' }), 'MALFORMED_ID'],
    ['the id of another object', () => ({ Name: 'A', Route__c: account }), 'FIELD_INTEGRITY_EXCEPTION'],
    [
        'an id that is not there',
        () => ({ Name: 'A', Route__c: `${route.slice(0, 12)}zzzAAA` }),
        'INVALID_CROSS_REFERENCE_KEY',
    ],
];

describe('saving a record', () => {
    for (const [name, fields, code] of REFUSED) {
        it(`refuses ${name} with ${code} and keeps nothing`, async () => {
            const before = await org.query('sam', 'SELECT Id FROM Stop__c');
            const { status, body } = await org.data('dora', 'POST', '/sobjects/Stop__c', fields());
            assert.equal(status, 400);
            assert.deepEqual(codes(body), [code]);
            assert.equal((await org.query('sam', 'SELECT Id FROM Stop__c')).length, before.length);
        });
    }

    it('reports every wrong value at once', async () => {
        const wrong = { Name: 'A', Route__c: route, Status__c: 'Lost', Weight__c: 1000 };
        const { body } = await org.data('dora', 'POST', '/sobjects/Stop__c', wrong);
        assert.deepEqual(codes(body), ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'NUMBER_OUTSIDE_VALID_RANGE']);
    });

    it('keeps values as the platform does: rounded, trimmed, to the second, blank as null', async () => {
        const id = await org.create('dora', 'Stop__c', {
            Name: '  Quay ',
            Route__c: route.slice(0, 15),
            Weight__c: 1.005,
            At__c: '2026-11-21T10:00:00.987+02:00',
            Tags__c: '',
        });
        const { body } = await org.data('dora', 'GET', `/sobjects/Stop__c/${id}`);
        assert.equal(at(body, 'Name'), 'Quay');
        assert.equal(at(body, 'Route__c'), route);
        assert.equal(at(body, 'Weight__c'), 1.01);
        assert.equal(at(body, 'At__c'), '2026-11-21T08:00:00.000+0000');
        assert.equal(at(body, 'Tags__c'), null);
    });

    it('runs validation rules with ISNEW, ISCHANGED, PRIORVALUE and REGEX, and names the field', async () => {
        const wrongCode = await org.data('dora', 'POST', '/sobjects/Route__c', { Name: 'A', Code__c: 'nonsense' });
        assert.deepEqual(wrongCode.body, [
            { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Write a code like AB-1.', fields: ['Code__c'] },
        ]);
        const closed = await org.create('dora', 'Route__c', { Name: 'Closed', Closed__c: true });
        const change = await org.data('dora', 'PATCH', `/sobjects/Route__c/${closed}`, { Name: 'Changed' });
        assert.deepEqual(codes(change.body), ['FIELD_CUSTOM_VALIDATION_EXCEPTION']);
        assert.equal(
            (await org.data('dora', 'PATCH', `/sobjects/Route__c/${closed}`, { Closed__c: false })).status,
            204,
        );
        assert.equal(
            (await org.data('dora', 'PATCH', `/sobjects/Route__c/${closed}`, { Name: 'Changed' })).status,
            204,
        );
    });

    it('refuses a change after the instant given, and takes it otherwise', async () => {
        const late = { 'if-unmodified-since': 'Sat, 21 Nov 2026 17:00:00 GMT' };
        const now = { 'if-unmodified-since': 'Sat, 21 Nov 2026 18:00:00 GMT' };
        const path = `/ui-api/records/${route}`;
        const refused = await org.data('dora', 'PATCH', path, { fields: { Name: 'Late' } }, late);
        assert.equal(refused.status, 412);
        assert.equal(at(refused.body, 'output', 'errors', 0, 'errorCode'), 'PRECONDITION_FAILED');
        assert.equal((await org.data('dora', 'PATCH', path, { fields: { Name: 'North' } }, now)).status, 200);
    });

    it('writes UI API errors by field and without one', async () => {
        const { status, body } = await org.data('dora', 'POST', '/ui-api/records', {
            apiName: 'Route__c',
            fields: { Name: 'B', Code__c: 'nonsense' },
        });
        assert.equal(status, 400);
        assert.equal(at(body, 'output', 'fieldErrors', 'Code__c', 0, 'message'), 'Write a code like AB-1.');
        const twice = await org.data('dora', 'POST', '/ui-api/records', {
            apiName: 'Route__c',
            fields: { Name: 'B', Code__c: 'N-1' },
        });
        assert.equal(at(twice.body, 'output', 'errors', 0, 'errorCode'), 'DUPLICATE_VALUE');
    });
});

describe('what the platform writes', () => {
    it('is owner, author and time; a user with Create Audit Fields may give the past', async () => {
        const id = await org.create('dora', 'Account', { Name: 'Stamped', OwnerId: null });
        const { body } = await org.data('dora', 'GET', `/sobjects/Account/${id}`);
        assert.equal(at(body, 'OwnerId'), at(body, 'CreatedById'));
        assert.equal(at(body, 'CreatedDate'), '2026-11-21T18:00:00.000+0000');
        const old = await org.create('sam', 'Case', { Subject: 'Old', CreatedDate: '2026-01-02T03:04:05Z' });
        const kept = (await org.data('sam', 'GET', `/sobjects/Case/${old}`)).body;
        assert.equal(at(kept, 'CreatedDate'), '2026-01-02T03:04:05.000+0000');
        assert.equal(at(kept, 'Status'), 'New');
        assert.equal(at(kept, 'IsClosed'), false);
        assert.match(String(at(kept, 'CaseNumber')), /^\d{8}$/);
        const late = await org.data('sam', 'PATCH', `/sobjects/Case/${old}`, { CreatedDate: '2026-01-02T03:04:05Z' });
        assert.deepEqual(codes(late.body), ['INVALID_FIELD_FOR_INSERT_UPDATE']);
    });

    it('is not blank: an owner cannot be taken away', async () => {
        const { body } = await org.data('dora', 'PATCH', `/sobjects/Account/${account}`, { OwnerId: null });
        assert.deepEqual(codes(body), ['REQUIRED_FIELD_MISSING']);
    });
});

describe('unique keys', () => {
    it('let one of several racing requests win and tell the others which record has the value', async () => {
        const answers = await Promise.all(
            ['dora', 'dan', 'ella', 'dora', 'dan'].map((user) =>
                org.data(user, 'POST', '/sobjects/Route__c', { Name: user, Code__c: 'R-7' }),
            ),
        );
        const won = answers.filter((answer) => answer.status === 201);
        assert.equal(won.length, 1);
        const lost = answers.filter((answer) => answer.status !== 201);
        for (const { body } of lost) {
            assert.deepEqual(codes(body), ['DUPLICATE_VALUE']);
            assert.equal(
                at(body, 0, 'message'),
                `duplicate value found: Code__c duplicates value on record with id: ${String(at(won[0]?.body, 'id'))}`,
            );
        }
    });

    it('tell case apart only where the field says so', async () => {
        await org.create('dora', 'Route__c', { Name: 'lower', Code__c: 'r-7' });
        await org.create('sam', 'Account', { Name: 'One', Key__c: 'k1' });
        const again = await org.data('sam', 'POST', '/sobjects/Account', { Name: 'Two', Key__c: 'K1' });
        assert.deepEqual(codes(again.body), ['DUPLICATE_VALUE']);
    });
});
