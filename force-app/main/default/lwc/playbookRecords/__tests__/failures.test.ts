import { failureOf } from '../failures';
import type { Failure, FailureKind } from '../types';

const read = (status: number, ...body: readonly object[]): object => ({ ok: false, status, statusText: '', body });
const write = (output: object, message = 'An error occurred while trying to update the record.'): object => ({
    ok: false,
    status: 400,
    statusText: 'Bad Request',
    body: { message, errorCode: 'INVALID_INPUT', statusCode: 400, enhancedErrorType: 'RecordError', output },
});
const graphql = (message: string, errorType?: string): object => ({
    message,
    path: ['uiapi'],
    ...(errorType ? { extensions: { ErrorType: errorType } } : {}),
});

describe('failureOf', () => {
    it.each<[situation: string, error: unknown, kind: FailureKind, messages: readonly string[]]>([
        [
            'a failed read of a record that is gone',
            read(404, { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }),
            'not-found',
            ['The requested resource does not exist'],
        ],
        [
            'a failed read without rights',
            read(403, { errorCode: 'INSUFFICIENT_ACCESS', message: "You don't have access to this record." }),
            'no-access',
            ["You don't have access to this record."],
        ],
        ['a failed read that only has a status 404', { ok: false, status: 404 }, 'not-found', []],
        ['a failed read that only has a status 403', { ok: false, status: 403 }, 'no-access', []],
        [
            'a failed read with several entries',
            read(500, { errorCode: 'UNKNOWN', message: 'One' }, { errorCode: 'UNKNOWN', message: 'Two' }),
            'unknown',
            ['One', 'Two'],
        ],
        [
            'a write refused by a validation rule',
            write({
                errors: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Name a reason.', field: null }],
                fieldErrors: {},
            }),
            'rejected',
            ['Name a reason.'],
        ],
        [
            'a write refused for a field',
            write({
                errors: [],
                fieldErrors: {
                    Note__c: [
                        { errorCode: 'STRING_TOO_LONG', message: 'Note: data value too large', field: 'Note__c' },
                    ],
                },
            }),
            'rejected',
            ['Note: data value too large'],
        ],
        [
            'a write refused for two fields and as a whole',
            write({
                errors: [{ errorCode: 'REQUIRED_FIELD_MISSING', message: 'Whole' }],
                fieldErrors: {
                    A__c: [{ errorCode: 'REQUIRED_FIELD_MISSING', message: 'A' }],
                    B__c: [{ errorCode: 'REQUIRED_FIELD_MISSING', message: 'B' }],
                },
            }),
            'rejected',
            ['Whole', 'A', 'B'],
        ],
        [
            'a write whose output tells nothing',
            write({ errors: [], fieldErrors: {} }, 'Something went wrong'),
            'unknown',
            ['Something went wrong'],
        ],
        [
            'a body without output',
            { body: { errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted' } },
            'not-found',
            ['entity is deleted'],
        ],
        [
            'a unique key that is taken, in a mutation',
            [
                graphql(
                    'duplicate value found: Completion_Key__c duplicates value on record with id: a0C1',
                    'DUPLICATE_VALUE',
                ),
            ],
            'duplicate',
            ['duplicate value found: Completion_Key__c duplicates value on record with id: a0C1'],
        ],
        [
            'a unique key that is taken, with the code in the message only',
            [graphql('DUPLICATE_VALUE: duplicate value found', 'ExecutionError')],
            'duplicate',
            ['DUPLICATE_VALUE: duplicate value found'],
        ],
        [
            'a query for objects that this user does not know',
            [
                graphql(
                    "Validation error of type FieldUndefined: Field 'Playbook_Run__c' is undefined",
                    'ValidationError',
                ),
            ],
            'no-access',
            ["Validation error of type FieldUndefined: Field 'Playbook_Run__c' is undefined"],
        ],
        [
            'a mutation without the right to write',
            [
                graphql(
                    'insufficient access rights on cross-reference id',
                    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
                ),
            ],
            'no-access',
            ['insufficient access rights on cross-reference id'],
        ],
        [
            'a mutation refused by the org',
            [graphql('Choose a reason.', 'FIELD_CUSTOM_VALIDATION_EXCEPTION')],
            'rejected',
            ['Choose a reason.'],
        ],
        ['a GraphQL error without extensions', [graphql('Boom')], 'unknown', ['Boom']],
        ['the same words twice', [graphql('Boom'), graphql('Boom')], 'unknown', ['Boom']],
        ['no network', new TypeError('Failed to fetch'), 'offline', ['Failed to fetch']],
        [
            'no network, as another browser says it',
            new TypeError('NetworkError when attempting'),
            'offline',
            ['NetworkError when attempting'],
        ],
        ['a plain error', new Error('Unexpected'), 'unknown', ['Unexpected']],
        ['a string', 'It broke', 'unknown', ['It broke']],
        ['undefined', undefined, 'offline', []],
        ['null', null, 'offline', []],
        ['a number', 42, 'offline', []],
        ['an empty list', [], 'offline', []],
        ['an empty object', {}, 'offline', []],
        ['entries that are no entries', [null, 7, {}, ['deep']], 'unknown', ['deep']],
        [
            'a body that is a string',
            { status: 500, body: 'oops', message: 'Server Error' },
            'unknown',
            ['Server Error'],
        ],
        [
            'field errors that are no list',
            write({ errors: 'none', fieldErrors: { A__c: 'bad' } }, 'Bad'),
            'unknown',
            ['Bad'],
        ],
    ])('%s', (_situation, error, kind, messages) => {
        expect(failureOf(error)).toEqual<Failure>({ kind, messages });
    });
});
