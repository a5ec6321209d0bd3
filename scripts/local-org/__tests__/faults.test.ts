/**
 * Five hundred broken requests: bodies, headers, ids, addresses, CSV files, zips, multipart, and bytes that are no HTTP. None may stop the org, hang, be answered with a
 * server error or without a word, or change a record.
 */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { before, describe, it } from 'node:test';
import { randomFrom } from '../../lib/random.ts';
import { rows } from '../store/database.ts';
import { at, startOrg, type TestOrg } from './fixture.ts';

interface Sent {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | Buffer;
}
type Fault = readonly [name: string, break_: (sent: Sent, next: () => number) => Sent];

const JSON_TYPE = { 'content-type': 'application/json' };
const V = '/services/data/v67.0';
const soap = (operation: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header><SessionHeader xmlns="http://soap.sforce.com/2006/04/metadata"><sessionId>TOKEN</sessionId></SessionHeader></env:Header><env:Body>${operation}</env:Body></env:Envelope>`;

let org: TestOrg;
let account = '';
let job = '';
before(async () => {
    org = await startOrg();
    account = await org.create('sam', 'Account', { Name: 'Kept' });
    const { body } = await org.data('sam', 'POST', '/jobs/ingest', {
        object: 'Account',
        operation: 'insert',
        contentType: 'CSV',
        lineEnding: 'LF',
    });
    job = String(at(body, 'id'));
});

/** One good request of each kind; a fault makes each of them bad. */
function requests(): readonly Sent[] {
    const json = (method: string, path: string, body: unknown): Sent => ({
        method,
        path: V + path,
        headers: JSON_TYPE,
        body: JSON.stringify(body),
    });
    const get = (path: string): Sent => ({ method: 'GET', path: V + path, headers: {} });
    return [
        json('POST', '/sobjects/Account', { Name: 'New' }),
        json('PATCH', `/sobjects/Account/${account}`, { Name: 'Changed' }),
        json('POST', '/composite/sobjects', {
            allOrNone: false,
            records: [{ attributes: { type: 'Account' }, Name: 'New' }],
        }),
        json('POST', '/composite', {
            allOrNone: true,
            compositeRequest: [
                { method: 'POST', url: `${V}/sobjects/Account`, referenceId: 'a', body: { Name: 'New' } },
            ],
        }),
        json('POST', '/composite/tree/Account', {
            records: [{ attributes: { type: 'Account', referenceId: 'a' }, Name: 'New' }],
        }),
        json('POST', '/graphql', {
            query: 'query Q($id: ID) { uiapi { query { Account(where: { Id: { eq: $id } }) { edges { node { Id } } } } } }',
            variables: { id: account },
        }),
        json('POST', '/ui-api/records', { apiName: 'Account', fields: { Name: 'New' } }),
        json('POST', '/jobs/ingest', { object: 'Account', operation: 'insert', contentType: 'CSV', lineEnding: 'LF' }),
        json('POST', '/jobs/query', { operation: 'query', query: 'SELECT Id FROM Account' }),
        get(
            `/query?q=${encodeURIComponent("SELECT Id, Name FROM Account WHERE Name = 'Kept' ORDER BY Name LIMIT 10")}`,
        ),
        get(`/sobjects/Account/${account}`),
        get('/sobjects/Account/describe'),
        get(`/ui-api/records/${account}?fields=Account.Name`),
        get(`/jobs/ingest/${job}`),
        {
            method: 'PUT',
            path: `${V}/jobs/ingest/${job}/batches`,
            headers: { 'content-type': 'text/csv' },
            body: 'Name\nNew\n',
        },
        {
            method: 'POST',
            path: '/services/Soap/m/67.0',
            headers: { 'content-type': 'text/xml', soapaction: '""' },
            body: soap(
                '<listMetadata xmlns="http://soap.sforce.com/2006/04/metadata"><queries><type>CustomObject</type></queries></listMetadata>',
            ),
        },
        {
            method: 'POST',
            path: '/services/Soap/m/67.0',
            headers: { 'content-type': 'text/xml', soapaction: '""' },
            body: soap(
                '<deploy xmlns="http://soap.sforce.com/2006/04/metadata"><ZipFile>UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==</ZipFile><DeployOptions><checkOnly>true</checkOnly></DeployOptions></deploy>',
            ),
        },
        {
            method: 'POST',
            path: `${V}/metadata/deployRequest`,
            headers: { 'content-type': 'multipart/form-data; boundary=b' },
            body: '--b\r\nContent-Disposition: form-data; name="json"\r\nContent-Type: application/json\r\n\r\n{"deployOptions":{"checkOnly":true}}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="deploy.zip"\r\nContent-Type: application/zip\r\n\r\nUEsFBg\r\n--b--\r\n',
        },
    ];
}

const bytesOf = ({ body }: Sent): Buffer => Buffer.from(body ?? '');
const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)] as T;
const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);
const ODD = [
    "' OR 1=1 --",
    '"; DROP TABLE "Account"; --',
    '\u0000',
    '%',
    '../../../etc/passwd',
    '{{7*7}}',
    '😀'.repeat(50),
    '__proto__',
    'constructor',
    '-1',
    '1e309',
    '001',
    'null',
    'Ünïcode',
    '<![CDATA[',
    '\r\nX-Injected: 1',
];

const FAULTS: readonly Fault[] = [
    [
        'body cut off',
        (sent, next) => ({ ...sent, body: bytesOf(sent).subarray(0, Math.floor(next() * bytesOf(sent).length)) }),
    ],
    [
        'bytes flipped',
        (sent, next) => {
            const bytes = Buffer.from(bytesOf(sent));
            for (let count = 0; count < 4 && bytes.length > 0; count += 1)
                bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
            return { ...sent, body: bytes };
        },
    ],
    [
        'random bytes',
        (sent, next) => ({ ...sent, body: Buffer.from(Array.from({ length: 300 }, () => Math.floor(next() * 256))) }),
    ],
    ['an empty body', (sent) => ({ ...sent, body: '' })],
    [
        'another JSON type',
        (sent, next) => ({ ...sent, body: pick(['[]', 'null', '"text"', '7', 'true', '[[[]]]', '{"":""}'], next) }),
    ],
    ['deep JSON', (sent) => ({ ...sent, body: nested(50_000, '[', ']') })],
    ['deep GraphQL', (sent) => ({ ...sent, body: JSON.stringify({ query: nested(5000, '{ uiapi ', '}') }) })],
    [
        'every value replaced',
        (sent, next) => ({
            ...sent,
            body: bytesOf(sent)
                .toString()
                .replaceAll(/:"[^"]*"/g, () => `:${JSON.stringify(pick(ODD, next))}`),
        }),
    ],
    [
        'every value a list',
        (sent) => ({
            ...sent,
            body: bytesOf(sent)
                .toString()
                .replaceAll(/:"[^"]*"/g, ':[{}]'),
        }),
    ],
    [
        'names replaced',
        (sent, next) => ({
            ...sent,
            body: bytesOf(sent)
                .toString()
                .replaceAll(/"\w+":/g, () => `${JSON.stringify(pick(ODD, next))}:`),
        }),
    ],
    ['elements unbalanced', (sent) => ({ ...sent, body: bytesOf(sent).toString().replaceAll('</', '<') })],
    [
        'entities and a DOCTYPE',
        (sent) => ({
            ...sent,
            body: `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>${bytesOf(sent).toString().replace('<', '&b;<')}`,
        }),
    ],
    [
        'odd content type',
        (sent, next) => ({
            ...sent,
            headers: {
                ...sent.headers,
                'content-type': pick(
                    [
                        'text/plain',
                        'application/xml',
                        'multipart/form-data',
                        'application/json; charset=utf-7',
                        'x',
                        'multipart/form-data; boundary=',
                    ],
                    next,
                ),
            },
        }),
    ],
    [
        'odd headers',
        (sent, next) => ({
            ...sent,
            headers: {
                ...sent.headers,
                'sforce-query-options': pick(['batchSize=x', 'batchSize=-1', 'batchSize=99999999999', '='], next),
                'if-unmodified-since': pick(['yesterday', '9999999', ''], next),
                'sforce-call-options': 'client=',
                'if-modified-since': 'x',
            },
        }),
    ],
    ['claims gzip', (sent) => ({ ...sent, headers: { ...sent.headers, 'content-encoding': 'gzip' } })],
    ['no token', (sent) => ({ ...sent, headers: { ...sent.headers, authorization: '' } })],
    [
        'an odd token',
        (sent, next) => ({
            ...sent,
            headers: { ...sent.headers, authorization: `Bearer ${encodeURIComponent(pick(ODD, next))}` },
        }),
    ],
    [
        'an odd id',
        (sent, next) => ({
            ...sent,
            path: sent.path.replace(/00\w{13,16}|750\w{12,15}/, encodeURIComponent(pick(ODD, next))),
        }),
    ],
    [
        'an odd last part',
        (sent, next) => ({ ...sent, path: sent.path.replace(/[^/]*$/, encodeURIComponent(pick(ODD, next))) }),
    ],
    ['broken percent signs', (sent) => ({ ...sent, path: `${sent.path}%ZZ%` })],
    [
        'a query string of nonsense',
        (sent, next) => ({
            ...sent,
            path: `${sent.path.split('?')[0] ?? ''}?q=${encodeURIComponent(pick(ODD, next))}&q=2&fields=&fields[]=1&__proto__=1`,
        }),
    ],
    [
        'SOQL with a clause twice',
        (sent) => ({ ...sent, path: sent.path.replace('LIMIT%2010', 'LIMIT%2010%20LIMIT%20x%20((((') }),
    ],
    [
        'an odd version',
        (sent, next) => ({
            ...sent,
            path: sent.path.replace('67.0', pick(['0.0', '999.9', '67', '..', '%00', '-1.0'], next)),
        }),
    ],
    [
        'another method',
        (sent, next) => ({
            ...sent,
            method: pick(
                ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'POST', 'HEAD'].filter(
                    (method) =>
                        method !== sent.method && !(method === 'DELETE' && sent.path.includes('sobjects/Account/0')),
                ),
                next,
            ),
            headers: { ...sent.headers, 'x-broken': '1' },
        }),
    ],
    [
        'a very long address',
        (sent) => ({ ...sent, path: `${sent.path}${sent.path.includes('?') ? '&' : '?'}x=${'y'.repeat(9000)}` }),
    ],
    ['CSV with an open quote', (sent) => ({ ...sent, body: 'Name,Name,"X\n"a,b\n,,,,\n\u0000' })],
    [
        'a cut-off multipart',
        (sent) => ({
            ...sent,
            headers: { ...sent.headers, 'content-type': 'multipart/form-data; boundary=b' },
            body: '--b\r\nContent-Disposition: form-data; name="json"\r\n\r\n{',
        }),
    ],
    [
        'a zip that is none',
        (sent) => ({
            ...sent,
            body: bytesOf(sent)
                .toString()
                .replace(/UEsFBg[A-Za-z0-9+/=]*/, Buffer.from('PK\u0003\u0004 not a zip at all').toString('base64')),
        }),
    ],
];

/** Everything a refused request could have changed. */
function records(): unknown {
    return [
        rows(org.org.store.db, 'SELECT "Id", "Name", "LastModifiedDate" FROM "Account" ORDER BY "Id"'),
        org.org.store.generation,
    ].map((part) => JSON.stringify(part));
}

async function send(sent: Sent): Promise<{ status: number; text: string; type: string }> {
    const token = org.tokenOf('sam');
    const body = sent.body === undefined || ['GET', 'HEAD', 'OPTIONS'].includes(sent.method) ? undefined : sent.body;
    const response = await fetch(org.org.url + sent.path, {
        method: sent.method,
        headers: { authorization: `Bearer ${token}`, ...sent.headers },
        signal: AbortSignal.timeout(20_000),
        ...(body === undefined
            ? {}
            : { body: typeof body === 'string' ? body.replace('TOKEN', token) : new Uint8Array(body) }),
    });
    return { status: response.status, text: await response.text(), type: response.headers.get('content-type') ?? '' };
}

/** Whether the answer says what is wrong in a shape of the platform's: a list of errors, a SOAP fault, GraphQL errors, the UI API's errors. */
function explains(text: string, type: string): boolean {
    if (type.includes('xml')) {
        return /<faultstring>[^<]+<\/faultstring>/.test(text);
    }
    const body: unknown = JSON.parse(text);
    const places = [[0], ['errors', 0], ['results', 0, 'errors', 0], ['output', 'errors', 0]] as const;
    return places.some((place) => {
        const message = at(body, ...place, 'message');
        return typeof message === 'string' && message.length > 0;
    });
}

/** SOAP 1.1 sends every fault with 500; a defect of the org has a code of its own. */
const isDefect = (status: number, text: string): boolean =>
    status >= 500 && (!text.includes('<faultcode>') || text.includes('UNKNOWN_EXCEPTION'));

const next = randomFrom(20_261_121);
describe('broken requests', () => {
    for (const [name, break_] of FAULTS) {
        it(name, async () => {
            for (const sound of requests()) {
                const sent = break_(sound, next);
                const before = records();
                const { status, text, type } = await send(sent);
                const what = `${sent.method} ${sent.path.slice(0, 200)} ${bytesOf(sent).toString('latin1').slice(0, 200)}\n→ ${status} ${text.slice(0, 500)}`;
                assert.ok(!isDefect(status, text), what);
                if (status >= 400) {
                    assert.deepEqual(records(), before, `refused, but changed something: ${what}`);
                    assert.ok(sent.method === 'HEAD' || explains(text, type), `says nothing: ${what}`);
                }
            }
        });
    }

    it('are at least five hundred', () => {
        assert.ok(FAULTS.length * requests().length >= 500, `${FAULTS.length} × ${requests().length}`);
    });

    it('that are no HTTP end the connection and nothing else', async () => {
        const bytes = Buffer.from(Array.from({ length: 2000 }, () => Math.floor(next() * 256)));
        const lines = [
            'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
            'GET\r\n\r\n',
            'POST /services/data/v67.0/graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n',
            'POST /services/data/v67.0/graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
            `GET / HTTP/1.1\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`,
            '\u0016\u0003\u0001\u0002\u0000\u0001',
        ];
        for (const input of [bytes, ...lines]) {
            await new Promise<void>((resolve) => {
                const socket = connect(org.org.port, '127.0.0.1', () => socket.end(input));
                socket
                    .on('error', () => resolve())
                    .on('close', () => resolve())
                    .resume();
            });
        }
    });

    it('leave an org that answers as before', async () => {
        const { status, body } = await org.data('sam', 'GET', `/sobjects/Account/${account}`);
        assert.equal(status, 200);
        assert.equal(at(body, 'Id'), account);
    });
});
