import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at } from './answer.ts';
import { openOrg } from './org.ts';
import { doneStep, marked, RecordMaker, type Fields } from './records.ts';

const org = await openOrg();
const make = new RecordMaker(org.admin);
const account = await make.account();
const taken = marked('taken');
const playbook = await make.playbook({ Key__c: taken });

interface Refusal {
    readonly claim: string;
    readonly request: readonly [method: string, path: string, body?: Fields | string];
    readonly status: number;
    readonly errorCode: string;
    readonly message: RegExp;
    readonly fields?: readonly string[];
}

const contact = (fields: Fields): Refusal['request'] => [
    'POST',
    '/sobjects/Contact',
    { AccountId: account, ...fields },
];

const REFUSALS: readonly Refusal[] = [
    {
        claim: 'a required standard field is missing',
        request: contact({}),
        status: 400,
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: /^Required fields are missing: \[LastName\]$/,
        fields: ['LastName'],
    },
    {
        claim: 'a required custom field is missing',
        request: ['POST', '/sobjects/Playbook__c', { Name: marked('x') }],
        status: 400,
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: /^Required fields are missing: \[Key__c\]$/,
        fields: ['Key__c'],
    },
    {
        claim: 'a validation rule, with its field',
        request: ['POST', '/sobjects/Playbook__c', { Name: marked('x'), Key__c: 'Not A Key' }],
        status: 400,
        errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: /^Use lower-case letters/,
        fields: ['Key__c'],
    },
    {
        claim: 'a validation rule without a field',
        request: ['PATCH', `/sobjects/Playbook_Version__c/${await publishedVersion()}`, { Lost_When__c: 'true' }],
        status: 400,
        errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: /^A published or retired version cannot be changed/,
        fields: [],
    },
    {
        claim: 'a value that the restricted picklist has not',
        request: ['PATCH', `/sobjects/Account/${account}`, { Segment__c: 'Nowhere' }],
        status: 400,
        errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        message: /bad value for restricted picklist field: Nowhere/,
        fields: ['Segment__c'],
    },
    {
        claim: 'a text that is too long',
        request: ['PATCH', `/sobjects/Account/${account}`, { External_Id__c: 'x'.repeat(65) }],
        status: 400,
        errorCode: 'STRING_TOO_LONG',
        message: /: data value too large: x+ \(max length=64\)$/,
        fields: ['External_Id__c'],
    },
    {
        claim: 'a number that is too large',
        request: ['PATCH', `/sobjects/Playbook_Run__c/${await make.run(account)}`, { Episode_Number__c: 100_000 }],
        status: 400,
        errorCode: 'NUMBER_OUTSIDE_VALID_RANGE',
        message: /value outside of valid range on numeric field/,
        fields: ['Episode_Number__c'],
    },
    {
        claim: 'a value of the wrong type',
        request: ['PATCH', `/sobjects/Account/${account}`, { ARR__c: 'much' }],
        status: 400,
        errorCode: 'JSON_PARSER_ERROR',
        message: /./,
    },
    {
        claim: 'a date that is none',
        request: ['PATCH', `/sobjects/Account/${account}`, { Renewal_Date__c: '2026-02-30' }],
        status: 400,
        errorCode: 'JSON_PARSER_ERROR',
        message: /./,
    },
    {
        claim: 'an unknown field',
        request: ['PATCH', `/sobjects/Account/${account}`, { Nothing__c: 1 }],
        status: 400,
        errorCode: 'INVALID_FIELD',
        message: /^No such column 'Nothing__c' on sobject of type Account$/,
    },
    {
        claim: 'a field that nobody may write',
        request: ['POST', '/sobjects/Account', { Name: marked('x'), Usage_Change__c: 1 }],
        status: 400,
        errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        message: /Unable to create\/update fields: Usage_Change__c/,
        fields: ['Usage_Change__c'],
    },
    {
        claim: 'a master that cannot be changed',
        request: [
            'PATCH',
            `/sobjects/Playbook_Run__c/${await make.run(account)}`,
            { Account__c: await make.account() },
        ],
        status: 400,
        errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        message: /Unable to create\/update fields: Account__c/,
        fields: ['Account__c'],
    },
    {
        claim: 'a reference to the wrong kind of record',
        request: ['PATCH', `/sobjects/Account/${account}`, { Champion__c: account }],
        status: 400,
        errorCode: 'FIELD_INTEGRITY_EXCEPTION',
        message: /id value of incorrect type: 001/,
        fields: ['Champion__c'],
    },
    {
        claim: 'an id that is none',
        request: ['PATCH', `/sobjects/Account/${account}`, { Champion__c: 'nobody' }],
        status: 400,
        errorCode: 'MALFORMED_ID',
        message: /id value of incorrect type: nobody/,
        fields: ['Champion__c'],
    },
    {
        claim: 'a unique key that is taken',
        request: ['POST', '/sobjects/Playbook__c', { Name: marked('x'), Key__c: taken }],
        status: 400,
        errorCode: 'DUPLICATE_VALUE',
        message: new RegExp(
            `^duplicate value found: Key__c duplicates value on record with id: ${playbook.slice(0, 15)}`,
        ),
        fields: [],
    },
    {
        claim: 'a record that is not there',
        request: ['GET', `/sobjects/Account/001000000000000AAA`],
        status: 404,
        errorCode: 'NOT_FOUND',
        message: /./,
    },
    {
        claim: 'an object that is not there',
        request: ['GET', '/sobjects/Nothing__c/describe'],
        status: 404,
        errorCode: 'NOT_FOUND',
        message: /^The requested resource does not exist$/,
    },
    {
        claim: 'an external id that finds nothing',
        request: ['GET', `/sobjects/Account/External_Id__c/${marked('none')}`],
        status: 404,
        errorCode: 'NOT_FOUND',
        message: /^The requested resource does not exist$/,
    },
    {
        claim: 'a parent by external id that is not there',
        request: contact({ LastName: marked('x'), AccountId: undefined, Account: { External_Id__c: marked('none') } }),
        status: 400,
        errorCode: 'INVALID_FIELD',
        message: /Foreign key external ID: .* not found for field External_Id__c in entity Account/,
    },
    {
        claim: 'a body that is no JSON',
        request: ['POST', '/sobjects/Account', '{"Name": '],
        status: 400,
        errorCode: 'JSON_PARSER_ERROR',
        message: /./,
    },
    {
        claim: 'a validation rule that looks at the master',
        request: ['POST', '/sobjects/Step_Completion__c', doneStep(await closedRun())],
        status: 400,
        errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: /^This run is closed/,
        fields: [],
    },
];

async function publishedVersion(): Promise<string> {
    return make.version(playbook, { Version_Status__c: 'Published', Published_On__c: '2026-11-01' });
}

async function closedRun(): Promise<string> {
    return make.run(account, {
        Run_Status__c: 'Closed',
        Outcome__c: 'Saved',
        Closed_At__c: '2026-11-19T10:00:00.000Z',
    });
}

describe('Errors: status, errorCode, message and fields of', () => {
    for (const { claim, request, ...expected } of REFUSALS) {
        it(claim, async () => {
            const { status, body } = await org.call(...request);
            assert.deepEqual(
                { status, errorCode: at(body, 0, 'errorCode') },
                { status: expected.status, errorCode: expected.errorCode },
                JSON.stringify(body),
            );
            assert.match(String(at(body, 0, 'message')), expected.message);
            if (expected.fields) {
                assert.deepEqual(at(body, 0, 'fields') ?? [], expected.fields);
            }
        });
    }

    it('a session that has ended', async () => {
        const { status, body } = await org.call('GET', '/limits', undefined, { token: '00D000000000000!ended' });
        assert.equal(status, 401);
        assert.deepEqual(body, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    });

    it('a write over a newer version', async () => {
        const { status, body } = await org.call(
            'PATCH',
            `/sobjects/Account/${account}`,
            { Industry: 'Energy' },
            { headers: { 'if-unmodified-since': 'Mon, 02 Jan 2023 10:00:00 GMT' } },
        );
        assert.equal(status, 412);
        assert.equal(at(body, 0, 'errorCode'), 'PRECONDITION_FAILED');
    });
});
