import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandError, describeError, describeSaveErrors } from '../errors.ts';

function platformError(errorCode: string, message: string, data?: unknown): Error {
    return Object.assign(new Error(message), { name: errorCode, errorCode, data });
}

const shapes: readonly [string, unknown, RegExp, RegExp][] = [
    ['our own', new CommandError('No file.', 'Name one.'), /^No file\.$/, /^Name one\.$/],
    ['expired session', platformError('INVALID_SESSION_ID', 'Session expired'), /Session expired/, /fresh token/],
    [
        'no right to a record of ours',
        platformError('INSUFFICIENT_ACCESS_OR_READONLY', 'You do not have the level of access necessary'),
        /level of access/,
        /Playbook Integration or Playbook Admin/,
    ],
    ['missing field', platformError('INVALID_FIELD', "No such column 'X__c'"), /X__c/, /Deploy force-app/],
    ['unknown code', platformError('NEW_CODE', 'Odd'), /Odd/, /repeat/],
    ['missing file', Object.assign(new Error('ENOENT: no such file, open x'), { code: 'ENOENT' }), /ENOENT/, /path/],
    [
        'refused, wrapped by fetch',
        new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }),
        /connect/,
        /npm start/,
    ],
    ['text', 'just text', /just text/, /DEBUG=1/],
    ['nothing', undefined, /without saying what/, /DEBUG=1/],
];

for (const [name, thrown, message, action] of shapes) {
    test(`describes an error: ${name}`, () => {
        const [first] = describeError(thrown);
        assert.match(first?.message ?? '', message);
        assert.match(first?.action ?? '', action);
    });
}

test('several platform errors become several messages', () => {
    const error = platformError('MULTIPLE_API_ERRORS', 'Multiple', [
        { errorCode: 'STRING_TOO_LONG', message: 'Name too long' },
        { errorCode: 'REQUIRED_FIELD_MISSING', message: 'Key missing' },
    ]);
    assert.deepEqual(
        describeError(error).map((entry) => entry.message),
        ['Name too long', 'Key missing'],
    );
});

test('an aggregate error gives each of its errors', () => {
    const messages = describeError(new AggregateError([new CommandError('a', 'x'), new CommandError('b', 'y')]));
    assert.deepEqual(messages, [
        { message: 'a', action: 'x' },
        { message: 'b', action: 'y' },
    ]);
});

test('save errors name their fields once', () => {
    const described = describeSaveErrors([
        { errorCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] },
        { statusCode: 'STRING_TOO_LONG', message: 'data value too large', fields: ['Phase__c'] },
    ]);
    assert.equal(described.message, 'Required fields are missing: [Name] data value too large (Phase__c)');
    assert.equal(described.action, 'Fill in the field.');
});
