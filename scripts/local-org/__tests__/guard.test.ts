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
        const { status, body } = await org.data('sam', 'GET', '/chatter/feeds');
        assert.equal(status, 404);
        assert.match(
            String(at(body, 0, 'message')),
            /the local org has no GET \/services\/data\/v67\.0\/chatter\/feeds/,
        );
    });

    it('refuses broken bodies in words that help', async () => {
        const deep = '['.repeat(200_000) + ']'.repeat(200_000);
        const refused: readonly (readonly [string, string, number, RegExp])[] = [
            ['application/json', '{"Name":\n', 400, /line:2, column:1.*JSON_PARSER_ERROR/],
            ['application/json', `{"Name": ${deep}}`, 400, /nested.*JSON_PARSER_ERROR/],
            ['application/json', '[]', 400, /JSON_PARSER_ERROR/],
            ['application/json', '', 400, /JSON_PARSER_ERROR/],
            ['text/csv', 'Name', 415, /UNSUPPORTED_MEDIA_TYPE/],
            ['application/json', `{"Name": "${'x'.repeat(17 * 1024 * 1024)}"}`, 413, /REQUEST_ENTITY_TOO_LARGE/],
        ];
        for (const [type, sent, status, message] of refused) {
            const answer = await raw(
                'POST',
                '/services/data/v67.0/sobjects/Account',
                { host: own(), authorization: `Bearer ${org.tokenOf('sam')}`, 'content-type': type },
                sent,
            );
            assert.equal(answer.status, status, sent.slice(0, 20));
            assert.match(answer.body, message);
        }
    });
});

describe('the front door', () => {
    const link = async (target = ''): Promise<string> => {
        const { body } = await org.call('ella', 'GET', `/services/oauth2/singleaccess${target}`);
        const url = new URL(String(at(body, 'frontdoor_uri')));
        assert.equal(url.origin, org.org.url);
        return url.pathname + url.search;
    };
    const who = async (answer: Raw): Promise<unknown> => {
        const session = String(answer.headers['set-cookie']).replace(/;.*$/s, '');
        const { body } = await raw('GET', '/services/oauth2/userinfo', { host: own(), cookie: session });
        return at(JSON.parse(body), 'preferred_username');
    };

    it('signs a browser in as the user of the client, once', async () => {
        const path = await link('?redirect_uri=%2Flightning%2Fo%2FAccount%2Flist');
        const opened = await raw('GET', path, { host: own() });
        assert.deepEqual([opened.status, opened.headers.location], [302, '/lightning/o/Account/list']);
        assert.equal(await who(opened), 'ella@test.local');
        const again = await raw('GET', path, { host: own() });
        assert.equal(again.status, 401);
        assert.match(again.body, /run `sf org open` again/);
    });

    it('takes no access token from an address, where the history would keep it', async () => {
        const path = `/secur/frontdoor.jsp?sid=${encodeURIComponent(org.tokenOf('dan'))}`;
        assert.equal((await raw('GET', path, { host: own() })).status, 401);
    });

    it('leads nowhere else, and does not open to other sites', async () => {
        for (const target of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
            const path = `${await link()}&startURL=${encodeURIComponent(target)}`;
            assert.equal((await raw('GET', path, { host: own() })).headers.location, '/', target);
        }
        const path = await link();
        assert.equal((await raw('GET', path, { host: own(), 'sec-fetch-site': 'cross-site' })).status, 403);
        assert.equal((await raw('GET', path, { host: 'evil.example' })).status, 421);
        assert.equal((await raw('GET', '/services/oauth2/singleaccess', { host: own() })).status, 401);
    });
});

describe('the API limit', () => {
    it('counts what clients ask and refuses beyond it', async () => {
        const small = await startOrg({ apiLimit: 2 });
        const first = await small.data('sam', 'GET', '/limits');
        assert.equal(first.headers.get('sforce-limit-info'), 'api-usage=1/2');
        assert.deepEqual(at(first.body, 'DailyApiRequests'), { Max: 2, Remaining: 1 });
        await small.data('sam', 'GET', '/sobjects/Nothing__c');
        const refused = await small.data('sam', 'GET', '/limits');
        assert.equal(refused.status, 403);
        assert.deepEqual(refused.body, [
            { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
        ]);
        assert.equal(small.org.usage.used, 2);
        const userinfo = await small.call('sam', 'GET', '/services/oauth2/userinfo');
        assert.equal(userinfo.status, 200);
    });
});
