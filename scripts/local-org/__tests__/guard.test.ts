import assert from 'node:assert/strict';
import { request } from 'node:http';
import { before, describe, it } from 'node:test';
import { at, startOrg, type TestOrg } from './fixture.ts';

let org: TestOrg;
let cookie: string;

interface Raw {
    readonly status: number;
    readonly body: string;
    readonly headers: NodeJS.Dict<string | string[]>;
}

/** A request with any Host and Origin: `fetch` would not send them. */
function raw(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Raw> {
    return new Promise((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port: org.org.port, method, path, headers }, (response) => {
            let text = '';
            response.setEncoding('utf8');
            response.on('data', (chunk: string) => (text += chunk));
            response.on('end', () =>
                resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }),
            );
        });
        sent.on('error', reject);
        sent.end(body);
    });
}

const own = (): string => `127.0.0.1:${org.org.port}`;
const QUERY = '/services/data/v67.0/query?q=SELECT+Id+FROM+Account';
const json = { 'content-type': 'application/json' };

before(async () => {
    org = await startOrg();
    const page = await raw('GET', '/', { host: own() });
    cookie = String(page.headers['set-cookie']).replace(/;.*$/s, '');
});

describe('the door', () => {
    it('listens on the loopback address alone', () => {
        assert.match(org.org.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    });

    it('refuses requests without a token or page session, in the words of the platform', async () => {
        for (const path of [QUERY, '/local/boot', '/assets/main.js', '/services/data']) {
            const { status, body } = await raw('GET', path, { host: own() });
            assert.equal(status, 401, path);
            assert.deepEqual(JSON.parse(body), [
                { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
            ]);
        }
        const wrong = await raw('GET', QUERY, { host: own(), authorization: 'Bearer 00D000000000001!AQEAQ.no' });
        assert.equal(wrong.status, 401);
    });

    it('refuses other hosts, tokens or not', async () => {
        const authorization = `Bearer ${org.tokenOf('sam')}`;
        for (const host of ['evil.example', `evil.example:${org.org.port}`, '127.0.0.1:1']) {
            const { status } = await raw('GET', QUERY, { host, authorization });
            assert.equal(status, 421, host);
        }
        assert.equal((await raw('GET', QUERY, { host: `localhost:${org.org.port}`, authorization })).status, 200);
    });

    it('refuses other origins, tokens or not', async () => {
        const authorization = `Bearer ${org.tokenOf('sam')}`;
        for (const origin of ['http://evil.example', 'null', `https://${own()}`]) {
            assert.equal((await raw('GET', QUERY, { host: own(), origin, authorization })).status, 403, origin);
        }
    });

    it('gives the page a session that scripts and other sites cannot use', async () => {
        const page = await raw('GET', '/lightning/page/home', { host: own() });
        assert.match(String(page.headers['set-cookie']), /; HttpOnly; SameSite=Strict$/);
        assert.match(String(page.headers['content-security-policy']), /default-src 'self'/);
        assert.doesNotMatch(String(page.headers['content-security-policy']), /unsafe-eval/);
        const boot = await raw('GET', QUERY, { host: own(), cookie });
        assert.equal(boot.status, 200);
    });

    it('takes changes from the page only with its own origin', async () => {
        const create = (headers: Record<string, string>): Promise<Raw> =>
            raw(
                'POST',
                '/services/data/v67.0/sobjects/Account',
                { host: own(), cookie, ...json, ...headers },
                '{"Name":"A"}',
            );
        assert.equal((await create({})).status, 403);
        assert.equal((await create({ origin: 'http://evil.example' })).status, 403);
        assert.equal((await create({ origin: `http://${own()}` })).status, 201);
    });

    it('switches the user of the page, and of that page alone', async () => {
        const origin = `http://${own()}`;
        const change = (username: string): Promise<Raw> =>
            raw('POST', '/local/switch-user', { host: own(), cookie, origin, ...json }, JSON.stringify({ username }));
        const switched = await change('sam@test.local');
        assert.equal(switched.status, 204);
        const newCookie = String(switched.headers['set-cookie']).replace(/;.*$/s, '');
        const who = async (value: string): Promise<unknown> =>
            at(
                JSON.parse((await raw('GET', '/services/oauth2/userinfo', { host: own(), cookie: value })).body),
                'preferred_username',
            );
        assert.equal(await who(newCookie), 'sam@test.local');
        assert.equal(await who(cookie), 'dora@test.local');
        assert.equal((await change('nobody@test.local')).status, 404);
    });

    it('takes no cookie that was tampered with', async () => {
        const [name = '', value = ''] = cookie.split('=');
        const forged = `${Buffer.from('sam@test.local').toString('base64url')}.${value.split('.').slice(1).join('.')}`;
        assert.equal((await raw('GET', QUERY, { host: own(), cookie: `${name}=${forged}` })).status, 401);
    });

    it('serves no file outside the page', async () => {
        for (const path of ['/../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/credentials.json']) {
            const { status } = await raw('GET', path, { host: own(), cookie });
            assert.equal(status, 404, path);
        }
    });

    it('answers in the shape of the platform for what it does not know', async () => {
        const { status, body } = await org.data('sam', 'GET', '/jobs/ingest');
        assert.equal(status, 404);
        assert.match(String(at(body, 0, 'message')), /the local org has no GET \/services\/data\/v67\.0\/jobs\/ingest/);
        const broken = await raw(
            'POST',
            '/services/data/v67.0/sobjects/Account',
            { host: own(), authorization: `Bearer ${org.tokenOf('sam')}`, ...json },
            '{"Name":',
        );
        assert.equal(broken.status, 400);
        assert.equal(at(JSON.parse(broken.body), 0, 'errorCode'), 'JSON_PARSER_ERROR');
    });
});
