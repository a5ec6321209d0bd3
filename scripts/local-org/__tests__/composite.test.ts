import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Connection } from 'jsforce';
import { at, codes, startOrg, type TestOrg } from './fixture.ts';

let org: TestOrg;
let connection: Connection;

before(async () => {
    org = await startOrg();
    connection = new Connection({ instanceUrl: org.org.url, accessToken: org.tokenOf('sam'), version: '67.0' });
});

const DATA = '/services/data/v67.0';
const part = (referenceId: string, method: string, path: string, body?: unknown): Record<string, unknown> => ({
    referenceId,
    method,
    url: `${DATA}${path}`,
    ...(body === undefined ? {} : { body }),
});

/** Status and error code of each subrequest. */
async function composite(
    parts: readonly unknown[],
    allOrNone = false,
): Promise<{ readonly status: readonly unknown[]; readonly answer: unknown }> {
    const answer = await connection.requestPost('/composite', { allOrNone, compositeRequest: parts });
    const list = at(answer, 'compositeResponse');
    assert.ok(Array.isArray(list));
    return {
        status: list.map((one) => {
            const [code] = codes(at(one, 'body'));
            const http = at(one, 'httpStatusCode');
            return typeof code === 'string' ? `${String(http)} ${code}` : http;
        }),
        answer,
    };
}

const routesNamed = async (name: string): Promise<number> =>
    (await org.query('sam', `SELECT Id FROM Route__c WHERE Name = '${name}'`)).length;

describe('composite requests', () => {
    it('hand ids and values of earlier answers on', async () => {
        const { status, answer } = await composite([
            part('made', 'POST', '/sobjects/Route__c', { Name: 'Handed', Code__c: 'H-1' }),
            part('stop', 'POST', '/sobjects/Stop__c', { Name: 'Handed stop', Route__c: '@{made.id}' }),
            part('read', 'GET', '/sobjects/Stop__c/@{stop.id}?fields=Name,Route__c'),
            part('again', 'PATCH', '/sobjects/Route__c/@{read.Route__c}', { Name: 'Again @{read.Name}' }),
            part('found', 'GET', "/query?q=SELECT+Id,Name+FROM+Route__c+WHERE+Id='@{made.id}'"),
            part('gone', 'DELETE', '/sobjects/Stop__c/@{stop.id}'),
        ]);
        assert.deepEqual(status, [201, 201, 200, 204, 200, 204]);
        assert.equal(at(answer, 'compositeResponse', 4, 'body', 'records', 0, 'Name'), 'Again Handed stop');
        const id = at(answer, 'compositeResponse', 0, 'body', 'id');
        assert.deepEqual(at(answer, 'compositeResponse', 0, 'httpHeaders'), {
            Location: `${DATA}/sobjects/Route__c/${String(id)}`,
        });
    });

    it('halt what refers to a failure and go on with the rest', async () => {
        const { status, answer } = await composite([
            part('bad', 'POST', '/sobjects/Route__c', { Name: 'Bad', Kind__c: 'Boat' }),
            part('needs', 'POST', '/sobjects/Stop__c', { Name: 'Needs', Route__c: '@{bad.id}' }),
            part('fine', 'POST', '/sobjects/Route__c', { Name: 'Fine' }),
        ]);
        assert.deepEqual(status, ['400 INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', '400 PROCESSING_HALTED', 201]);
        assert.match(String(at(answer, 'compositeResponse', 1, 'body', 0, 'message')), /No value for bad\.id found/);
    });

    it('take everything back with allOrNone, collections included', async () => {
        const { status } = await composite(
            [
                part('first', 'POST', '/sobjects/Route__c', { Name: 'All' }),
                part('many', 'POST', '/composite/sobjects', {
                    records: [
                        { attributes: { type: 'Route__c' }, Name: 'All' },
                        { attributes: { type: 'Route__c' }, Name: 'All', Kind__c: 'Boat' },
                    ],
                }),
                part('last', 'POST', '/sobjects/Route__c', { Name: 'All' }),
            ],
            true,
        );
        assert.deepEqual(status, ['400 PROCESSING_HALTED', 200, '400 PROCESSING_HALTED']);
        assert.equal(await routesNamed('All'), 0);
    });

    it('count as one API request', async () => {
        const before = org.org.usage.used;
        const parts = ['a', 'b', 'c'].map((name) => part(name, 'GET', '/sobjects/Route__c'));
        assert.deepEqual((await composite(parts)).status, [200, 200, 200]);
        assert.equal(org.org.usage.used, before + 1);
        assert.deepEqual(connection.limitInfo.apiUsage, { used: before + 1, limit: 100_000 });
    });

    it('are refused beyond the limits of the platform, or malformed', async () => {
        const reads = (count: number, path: string): readonly unknown[] =>
            Array.from({ length: count }, (_value, index) => part(`r${index}`, 'GET', path));
        const refused: readonly (readonly [readonly unknown[], string])[] = [
            [reads(26, '/limits'), 'LIMIT_EXCEEDED'],
            [reads(6, '/query?q=SELECT+Id+FROM+Account'), 'LIMIT_EXCEEDED'],
            [[part('a', 'GET', '/limits'), part('a', 'GET', '/limits')], 'INVALID_INPUT'],
            [[part('1-2', 'GET', '/limits')], 'JSON_PARSER_ERROR'],
            [[], 'JSON_PARSER_ERROR'],
        ];
        for (const [parts, code] of refused) {
            const { status, body } = await org.data('sam', 'POST', '/composite', { compositeRequest: parts });
            assert.deepEqual([status, codes(body)], [400, [code]]);
        }
    });

    it('reach nothing but the REST resources', async () => {
        const { status } = await composite([
            { referenceId: 'x', method: 'GET', url: 'http://127.0.0.1:1/services/data/v67.0/nothing' },
            { referenceId: 'y', method: 'GET', url: '/local/boot' },
            part('z', 'PUT', '/sobjects/Route__c'),
        ]);
        assert.deepEqual(status, ['404 NOT_FOUND', '404 NOT_FOUND', '405 METHOD_NOT_ALLOWED']);
    });
});

const node = (type: string, referenceId: string, fields: Record<string, unknown>): Record<string, unknown> => ({
    attributes: { type, referenceId },
    ...fields,
});

describe('composite trees', () => {
    it('save parents with their children', async () => {
        const stops = { records: [node('Stop__c', 's1', { Name: 'T1' }), node('Stop__c', 's2', { Name: 'T2' })] };
        const { status, body } = await org.data('dora', 'POST', '/composite/tree/Route__c', {
            records: [
                node('Route__c', 'r1', { Name: 'Tree', Stops__r: stops }),
                node('Route__c', 'r2', { Name: 'Bush' }),
            ],
        });
        assert.equal(status, 201);
        assert.equal(at(body, 'hasErrors'), false);
        const results = at(body, 'results');
        assert.ok(Array.isArray(results));
        assert.deepEqual(
            results.map((result) => at(result, 'referenceId')),
            ['r1', 'r2', 's1', 's2'],
        );
        const [tree] = await org.query(
            'dora',
            "SELECT Name, (SELECT Name FROM Stops__r) FROM Route__c WHERE Name = 'Tree'",
        );
        assert.equal(at(tree, 'Stops__r', 'totalSize'), 2);
    });

    it('save nothing when one record is refused, and say which', async () => {
        const stops = { records: [node('Stop__c', 's1', { Name: 'T', Status__c: 'Lost' })] };
        const { status, body } = await org.data('dora', 'POST', '/composite/tree/Route__c', {
            records: [node('Route__c', 'r1', { Name: 'Felled', Stops__r: stops })],
        });
        assert.equal(status, 400);
        assert.equal(at(body, 'hasErrors'), true);
        assert.equal(at(body, 'results', 0, 'referenceId'), 's1');
        assert.equal(at(body, 'results', 0, 'errors', 0, 'statusCode'), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
        assert.deepEqual(at(body, 'results', 0, 'errors', 0, 'fields'), ['Status__c']);
        assert.equal(await routesNamed('Felled'), 0);
    });

    it('are refused when they are too big, too deep or unclear', async () => {
        const routes = (count: number): readonly unknown[] =>
            Array.from({ length: count }, (_value, index) => node('Route__c', `r${index}`, { Name: 'Big' }));
        let deep = node('Account', 'a0', { Name: 'Deep' });
        for (let level = 1; level < 6; level += 1) {
            deep = node('Account', `a${level}`, { Name: 'Deep', ChildAccounts: { records: [deep] } });
        }
        const refused: readonly (readonly [string, unknown, string])[] = [
            ['Route__c', routes(201), 'LIMIT_EXCEEDED'],
            ['Account', [deep], 'LIMIT_EXCEEDED'],
            ['Route__c', [...routes(1), ...routes(1)], 'INVALID_INPUT'],
            ['Route__c', [{ Name: 'No attributes' }], 'INVALID_INPUT'],
            ['Account', routes(1), 'INVALID_INPUT'],
            ['Route__c', 'none', 'JSON_PARSER_ERROR'],
        ];
        for (const [type, records, code] of refused) {
            const { status, body } = await org.data('sam', 'POST', `/composite/tree/${type}`, { records });
            assert.deepEqual([status, codes(body)], [400, [code]]);
        }
        assert.equal(await routesNamed('Big'), 0);
    });
});

describe('collections', () => {
    it('are refused as a whole for a value that is no value of its field', async () => {
        const records = [
            { attributes: { type: 'Stop__c' }, Weight__c: 'heavy' },
            { attributes: { type: 'Route__c' }, Name: 'Beside' },
        ];
        const { status, body } = await org.data('sam', 'POST', '/composite/sobjects', { records });
        assert.deepEqual([status, codes(body)], [400, ['JSON_PARSER_ERROR']]);
        assert.equal(await routesNamed('Beside'), 0);
    });

    it('are read by ids, with null for what is not there', async () => {
        const made = await connection.sobject('Route__c').create([{ Name: 'C1' }, { Name: 'C2' }]);
        const ids = made.map((one) => String(at(one, 'id')));
        const [first, none, second] = await connection
            .sobject('Route__c')
            .retrieve([ids[0] ?? '', 'a00000000000ZZZ', ids[1] ?? ''], { fields: ['Name'] });
        assert.deepEqual([at(first, 'Name'), none, at(second, 'Name')], ['C1', null, 'C2']);
        const { body } = await org.data('sam', 'GET', `/composite/sobjects/Route__c?ids=${ids.join()}&fields=Id,Name`);
        assert.equal(at(body, 1, 'Name'), 'C2');
    });
});
