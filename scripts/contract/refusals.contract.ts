/** What a real org has and the local org refuses, by name; and what both refuse of anyone. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import yazl from 'yazl';
import { at, words } from './answer.ts';
import { openOrg } from './org.ts';

const SHOW = process.env['CONTRACT_SHOW'] === '1';

const org = await openOrg();
const skip = org.skipUnlessLocal('a real org has these');

interface Refusal {
    readonly what: string;
    readonly method?: string;
    readonly path: string;
    readonly body?: unknown;
    readonly status: number;
    readonly says: RegExp;
}

const query = (soql: string): string => `/query?q=${encodeURIComponent(soql)}`;

const REFUSALS: readonly Refusal[] = [
    { what: 'SOSL', path: '/search?q=FIND', status: 404, says: /no GET .*\/search/ },
    { what: 'Tooling API', path: '/tooling/query?q=SELECT+Id+FROM+ApexClass', status: 404, says: /no GET .*\/tooling/ },
    {
        what: 'reports that run in the background',
        path: '/analytics/reports/00O000000000001AAA/instances',
        status: 404,
        says: /no GET .*\/instances/,
    },
    { what: 'approval processes', path: '/process/approvals', status: 404, says: /no GET .*\/process\/approvals/ },
    { what: 'Chatter', path: '/chatter/feeds', status: 404, says: /no GET .*\/chatter\/feeds/ },
    { what: 'deleted records', path: '/queryAll?q=SELECT+Id+FROM+Account', status: 404, says: /queryAll/ },
    { what: 'FIELDS()', path: query('SELECT FIELDS(ALL) FROM Account LIMIT 1'), status: 400, says: /FIELDS/ },
    {
        what: 'TYPEOF',
        path: query('SELECT TYPEOF Owner WHEN User THEN Name END FROM Account'),
        status: 400,
        says: /TYPEOF/,
    },
    { what: 'FOR VIEW', path: query('SELECT Id FROM Account FOR VIEW'), status: 400, says: /FOR/ },
    {
        what: 'USING SCOPE',
        path: query('SELECT Id FROM Account USING SCOPE mine'),
        status: 400,
        says: /USING SCOPE/,
    },
    {
        what: 'functions in WHERE',
        path: query('SELECT Id FROM Account WHERE CALENDAR_YEAR(CreatedDate) = 2026'),
        status: 400,
        says: /function/i,
    },
    {
        what: 'fiscal date literals',
        path: query('SELECT Id FROM Account WHERE CreatedDate = THIS_FISCAL_YEAR'),
        status: 400,
        says: /THIS_FISCAL_YEAR/,
    },
    {
        what: 'hard deletes in bulk',
        method: 'POST',
        path: '/jobs/ingest',
        body: { object: 'Account', operation: 'hardDelete', contentType: 'CSV', lineEnding: 'LF' },
        status: 400,
        says: /hardDelete/,
    },
    {
        what: 'aggregates in a bulk query',
        method: 'POST',
        path: '/jobs/query',
        body: { operation: 'query', query: 'SELECT COUNT(Id) FROM Account' },
        status: 400,
        says: /./,
    },
];

describe('What the local org refuses by name', { skip }, () => {
    for (const { what, method, path, body, status, says } of REFUSALS) {
        it(what, async (test) => {
            const answer = await org.call(method ?? 'GET', path, body);
            const message = words(at(answer.body, 0, 'message'));
            if (SHOW) {
                test.diagnostic(`${answer.status} ${words(at(answer.body, 0, 'errorCode'))}: ${message}`);
            }
            assert.equal(answer.status, status, JSON.stringify(answer.body));
            assert.match(message, says);
        });
    }

    for (const [type, folder, file] of [
        ['ApexClass', 'classes', 'Trial.cls'],
        ['ApexTrigger', 'triggers', 'Trial.trigger'],
        ['Flow', 'flows', 'Trial.flow'],
        ['Profile', 'profiles', 'Admin.profile'],
        ['Settings', 'settings', 'Account.settings'],
    ] as const) {
        it(`a deploy of a ${type}`, async (test) => {
            const problem = await problemOf({ [`${folder}/${file}`]: '<x/>' }, type, file.replace(/\..*/, ''));
            if (SHOW) {
                test.diagnostic(problem);
            }
            assert.match(problem, /cannot hold|does not have|take it out/);
        });
    }
});

describe('What nobody may send', { skip }, () => {
    it('a zip whose paths lead out of it', async () => {
        // The library refuses to write such a name, so an innocent one of the same length is replaced in the file.
        const zip = await zipOf({
            'aa/aa/evil.object': '<CustomObject/>',
            'package.xml': manifest('CustomObject', 'evil'),
        });
        const bad = Buffer.from(zip.toString('latin1').replaceAll('aa/aa/evil.object', '../../evil.object'), 'latin1');
        assert.match(await deployProblem(bad), /path|folder|zip/i);
    });

    it('a zip bomb', async () => {
        const zip = await zipOf({
            'labels/CustomLabels.labels': Buffer.alloc(60 * 1024 * 1024, 32),
            'package.xml': manifest('CustomLabels', 'CustomLabels'),
        });
        assert.ok(zip.length < 1024 * 1024);
        assert.match(await deployProblem(zip), /unpacks to|too large/);
    });

    it('XML with a DOCTYPE', async () => {
        const xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><CustomLabels>&a;</CustomLabels>';
        assert.match(await problemOf({ 'labels/CustomLabels.labels': xml }, 'CustomLabels', 'CustomLabels'), /DOCTYPE/);
    });

    it('JSON and GraphQL nested without end', async () => {
        const json = await org.call('POST', '/composite', '['.repeat(100_000));
        assert.deepEqual([json.status, at(json.body, 0, 'errorCode')], [400, 'JSON_PARSER_ERROR']);
        const graphql = await org.graphql('{ uiapi '.repeat(5000));
        assert.match(JSON.stringify(graphql), /deep|depth|nested|token/i);
    });

    it('requests for another host, and from another origin', async () => {
        assert.equal(await statusWith({ host: 'evil.example' }), 421);
        assert.equal(await statusWith({ origin: 'https://evil.example' }), 403);
    });
});

function manifest(type: string, member: string): string {
    return `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>${member}</members><name>${type}</name></types><version>67.0</version></Package>`;
}

function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
    const zip = new yazl.ZipFile();
    Object.entries(files).forEach(([path, content]) => zip.addBuffer(Buffer.from(content), path));
    zip.end();
    return buffer(zip.outputStream);
}

async function problemOf(files: Readonly<Record<string, string>>, type: string, member: string): Promise<string> {
    return deployProblem(await zipOf({ ...files, 'package.xml': manifest(type, member) }));
}

/** What a deploy of a zip fails with; empty when it succeeds. */
async function deployProblem(zip: Buffer): Promise<string> {
    try {
        const result: unknown = await org.admin.metadata
            .deploy(zip, { rollbackOnError: true, singlePackage: true })
            .complete(true);
        const failures = at(result, 'details', 'componentFailures');
        const first = Array.isArray(failures) ? at(failures, 0) : failures;
        return words(at(first, 'problem') ?? at(result, 'errorMessage'));
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}

/** The status that a plain request with unusual headers gets; fetch would not send them. */
function statusWith(headers: Readonly<Record<string, string>>): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
        request(
            `${org.url}/services/data`,
            { headers: { authorization: `Bearer ${org.token}`, ...headers } },
            (response) => {
                response.resume();
                resolve(response.statusCode);
            },
        )
            .once('error', reject)
            .end();
    });
}
