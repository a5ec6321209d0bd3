import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, codes, CONFIG, startOrg, type TestOrg } from '../../../__tests__/fixture.ts';
import { connectionOf, createJob, csvCall, ended, ingest, jobOf } from './bulk-client.ts';

let org: TestOrg;
before(async () => {
    const admin = CONFIG.profiles['Admin'];
    org = await startOrg({
        config: {
            ...CONFIG,
            profiles: {
                ...CONFIG.profiles,
                Admin: {
                    objects: {},
                    modifyAllData: true,
                    userPermissions: [...(admin?.userPermissions ?? []), 'ManageDataIntegrations'],
                },
            },
        },
    });
});

const INSERT = { object: 'Account', operation: 'insert' };

/** Status, code and message of a refusal. */
async function refused(user: string, method: string, path: string, body?: unknown): Promise<readonly unknown[]> {
    const answer = await org.data(user, method, `/jobs${path}`, body);
    return [answer.status, ...codes(answer.body), at(answer.body, 0, 'message')];
}

describe('a new job', () => {
    it('is described as the platform describes it', async () => {
        const { body } = await org.data('sam', 'POST', '/jobs/ingest', { ...INSERT, columnDelimiter: 'TAB' });
        const id = String(at(body, 'id'));
        assert.match(id, /^750\w{15}$/);
        const { contentUrl, createdById, ...rest } = Object.fromEntries(Object.entries(body ?? {}));
        assert.equal(contentUrl, `services/data/v67.0/jobs/ingest/${id}/batches`);
        assert.match(String(createdById), /^005/);
        assert.deepEqual(rest, {
            id,
            operation: 'insert',
            object: 'Account',
            createdDate: '2026-11-21T18:00:00.000+0000',
            systemModstamp: '2026-11-21T18:00:00.000+0000',
            state: 'Open',
            concurrencyMode: 'Parallel',
            contentType: 'CSV',
            apiVersion: 67,
            jobType: 'V2Ingest',
            lineEnding: 'LF',
            columnDelimiter: 'TAB',
        });
    });

    it('is refused for what the org does not have', async () => {
        const job = (change: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> =>
            refused('sam', 'POST', '/ingest', { ...INSERT, ...change });
        assert.deepEqual(await job({ object: 'Nothing__c' }), [
            400,
            'INVALIDJOB',
            'InvalidJob : Unable to find object: Nothing__c',
        ]);
        assert.deepEqual(await job({ object: 'Hint__mdt' }), [
            400,
            'INVALIDENTITY',
            "Entity 'Hint__mdt' is not supported by the Bulk API.",
        ]);
        assert.deepEqual(await job({ operation: 'merge' }), [
            400,
            'API_ERROR',
            "Invalid value: 'merge' supplied for property: 'operation'",
        ]);
        assert.deepEqual(await job({ contentType: 'JSON' }), [
            400,
            'API_ERROR',
            "Invalid value: 'JSON' supplied for property: 'contentType'",
        ]);
        assert.deepEqual((await job({ operation: 'hardDelete' })).slice(0, 2), [400, 'FEATURENOTENABLED']);
        assert.deepEqual((await job({ operation: 'upsert' })).slice(0, 2), [400, 'INVALIDJOB']);
        assert.deepEqual(await job({ operation: 'upsert', externalIdFieldName: 'Score__c' }), [
            400,
            'INVALIDJOB',
            'InvalidJob : Field name provided, Score__c does not match an External ID for Account',
        ]);
        assert.deepEqual(
            (await refused('nora', 'POST', '/ingest', { object: 'Route__c', operation: 'insert' })).slice(0, 2),
            [400, 'INVALIDJOB'],
        );
        assert.deepEqual((await refused('sam', 'POST', '/ingest', [])).slice(0, 2), [400, 'JSON_PARSER_ERROR']);
        assert.deepEqual((await refused('sam', 'PUT', '/ingest', INSERT)).slice(0, 2), [405, 'METHOD_NOT_ALLOWED']);
    });
});

describe('states', () => {
    it('data once, while open; then closed, worked off and deleted', async () => {
        const id = await createJob(org, 'sam', 'ingest', INSERT);
        const put = (): Promise<{ status: number; text: string }> =>
            csvCall(org, 'sam', 'PUT', `/ingest/${id}/batches`, 'Name\nX\n');
        assert.deepEqual((await refused('sam', 'DELETE', `/ingest/${id}`)).slice(0, 2), [400, 'INVALIDJOBSTATE']);
        assert.deepEqual((await refused('sam', 'GET', `/ingest/${id}/failedResults`)).slice(0, 2), [
            400,
            'INVALIDJOBSTATE',
        ]);
        assert.deepEqual([(await put()).status, (await put()).status], [201, 400]);
        assert.match((await put()).text, /make sure you only do 'PUT' once.*BULK_API_ERROR/);
        assert.deepEqual((await refused('sam', 'PATCH', `/ingest/${id}`, { state: 'InProgress' })).slice(0, 2), [
            400,
            'API_ERROR',
        ]);
        assert.equal((await org.data('sam', 'PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' })).status, 200);
        assert.match((await put()).text, /INVALIDJOBSTATE/);
        await ended(org, 'sam', 'ingest', id);
        for (const [state, verb] of [
            ['UploadComplete', 'Closing'],
            ['Aborted', 'Aborting'],
        ]) {
            assert.deepEqual(await refused('sam', 'PATCH', `/ingest/${id}`, { state }), [
                400,
                'INVALIDJOBSTATE',
                `${verb} already Completed Job not allowed`,
            ]);
        }
        assert.equal((await org.data('sam', 'DELETE', `/jobs/ingest/${id}`)).status, 204);
        assert.equal((await refused('sam', 'GET', `/ingest/${id}`))[0], 404);
    });

    it('aborted before it is worked off: nothing is saved, everything is unprocessed', async () => {
        const id = await createJob(org, 'sam', 'ingest', INSERT);
        await csvCall(org, 'sam', 'PUT', `/ingest/${id}/batches`, 'Name\nNever\n');
        assert.equal(
            at((await org.data('sam', 'PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' })).body, 'state'),
            'Aborted',
        );
        assert.equal((await csvCall(org, 'sam', 'GET', `/ingest/${id}/unprocessedrecords`)).text, '"Name"\n"Never"\n');
        assert.deepEqual(await org.query('sam', "SELECT Id FROM Account WHERE Name = 'Never'"), []);
    });

    it('aborted while it is worked off: what was saved stays, the rest is unprocessed; the org answers meanwhile', async () => {
        const rows = Array.from({ length: 3000 }, (_value, index) => `Abort ${index}`);
        const id = await createJob(org, 'sam', 'ingest', INSERT);
        await csvCall(org, 'sam', 'PUT', `/ingest/${id}/batches`, `Name\n${rows.join('\n')}\n`);
        await org.data('sam', 'PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
        let seen: unknown = 0;
        while (seen === 0) {
            seen = at(await jobOf(org, 'sam', 'ingest', id), 'numberRecordsProcessed');
        }
        await org.data('sam', 'PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' });
        const done = Number(at(await jobOf(org, 'sam', 'ingest', id), 'numberRecordsProcessed'));
        assert.ok(done > 0 && done < rows.length, `${done} of ${rows.length} rows`);
        const saved = await org.query('sam', "SELECT Name FROM Account WHERE Name LIKE 'Abort %'");
        assert.equal(saved.length, Math.min(done, 2000));
        const left = (await csvCall(org, 'sam', 'GET', `/ingest/${id}/unprocessedrecords`)).text.trim().split('\n');
        assert.deepEqual([left.length - 1, left[1]], [rows.length - done, `"Abort ${done}"`]);
    });
});

describe('jobs of others', () => {
    it('are refused, except to who manages data integrations', async () => {
        const id = await createJob(org, 'dora', 'ingest', { object: 'Route__c', operation: 'insert' });
        assert.deepEqual((await refused('dan', 'GET', `/ingest/${id}`)).slice(0, 2), [403, 'INVALIDUSER']);
        assert.equal((await csvCall(org, 'dan', 'PUT', `/ingest/${id}/batches`, 'Name\nX\n')).status, 403);
        assert.equal((await org.data('sam', 'PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' })).status, 200);
    });

    it('unknown jobs and jobs of the other kind are not found', async () => {
        const id = await createJob(org, 'sam', 'ingest', INSERT);
        for (const path of [`/query/${id}`, '/ingest/750000000000999AAA', '/ingest/x', `/query/${id}/results`]) {
            assert.deepEqual((await refused('sam', 'GET', path)).slice(0, 2), [404, 'NOT_FOUND'], path);
        }
    });
});

describe('uploads', () => {
    it('other content than CSV is refused', async () => {
        const id = await createJob(org, 'sam', 'ingest', INSERT);
        const { status, text } = await csvCall(org, 'sam', 'PUT', `/ingest/${id}/batches`, '{}', 'application/json');
        assert.deepEqual([status, codes(JSON.parse(text))], [415, ['UNSUPPORTED_MEDIA_TYPE']]);
    });

    it('beyond the limit of JSON bodies are taken, beyond 150 MB in base64 refused', async () => {
        const chunk = new TextEncoder().encode(`${'x'.repeat(99)}\n`.repeat(10_000));
        const megabytes = (count: number): ReadableStream => {
            let left = count;
            return new ReadableStream({
                pull: (controller) => {
                    left -= 1;
                    if (left < 0) {
                        controller.close();
                    } else {
                        controller.enqueue(chunk);
                    }
                },
            });
        };
        const taken = await createJob(org, 'sam', 'ingest', INSERT);
        assert.equal((await csvCall(org, 'sam', 'PUT', `/ingest/${taken}/batches`, megabytes(20))).status, 201);
        const tooMuch = await createJob(org, 'sam', 'ingest', INSERT);
        const { status, text } = await csvCall(org, 'sam', 'PUT', `/ingest/${tooMuch}/batches`, megabytes(120));
        assert.deepEqual([status, codes(JSON.parse(text))], [413, ['CLIENTINPUTERROR']]);
        await connectionOf(org, 'sam').bulk2.job('ingest', { id: tooMuch }).abort();
    });

    it('a job goes on where the last one ended: jobs of one org do not mix', async () => {
        const [one, two] = await Promise.all(
            ['A', 'B'].map((name) => ingest(org, 'sam', INSERT, `Name\n${`Mixed ${name}\n`.repeat(450)}`)),
        );
        assert.deepEqual([one?.successful.length, two?.successful.length], [450, 450]);
    });
});
