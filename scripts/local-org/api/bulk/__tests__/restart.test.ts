import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { at, startOrg, temporaryFolder, writeProject } from '../../../__tests__/fixture.ts';
import { PROJECT } from '../../../__tests__/small-project.ts';
import { createJob, csvCall, csvRows, ended, ingest, jobOf } from './bulk-client.ts';

const projectRoot = writeProject(PROJECT);
const running = new Set<ChildProcess>();
after(() => {
    running.forEach((child) => child.kill('SIGKILL'));
});

const said = z.object({ url: z.string(), token: z.string() });

/** The org in a process that can be killed. */
async function startProcess(dataDir: string): Promise<{
    call(method: string, path: string, body?: unknown, type?: string): Promise<{ status: number; text: string }>;
    kill(): Promise<void>;
}> {
    const script = join(import.meta.dirname, 'org-process.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, projectRoot, dataDir], {
        stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    const line: unknown = at(await once(createInterface(child.stdout), 'line'), 0);
    const { url, token } = said.parse(JSON.parse(String(line)));
    return {
        call: async (method, path, body, type = 'application/json') => {
            const response = await fetch(`${url}/services/data/v67.0${path}`, {
                method,
                headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) },
                ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
            });
            return { status: response.status, text: await response.text() };
        },
        kill: async () => {
            child.kill('SIGKILL');
            await once(child, 'exit');
            running.delete(child);
        },
    };
}

describe('a job that is interrupted', () => {
    it('goes on where the last chunk ended after each kill -9: no row twice, none lost', async () => {
        const ROWS = 3000;
        const dataDir = temporaryFolder();
        let org = await startProcess(dataDir);
        const post = async (path: string, body: unknown): Promise<string> =>
            String(at(JSON.parse((await org.call('POST', path, body)).text), 'id'));
        const route = await post('/sobjects/Route__c', { Name: 'Long' });
        const id = await post('/jobs/ingest', { object: 'Stop__c', operation: 'insert' });
        // Every hundredth row has no name.
        const rows = Array.from(
            { length: ROWS },
            (_value, index) => `${index % 100 === 0 ? '' : `Stop ${index}`},${route},0.01`,
        );
        const csv = `Name,Route__c,Weight__c\n${rows.join('\n')}\n`;
        assert.equal((await org.call('PUT', `/jobs/ingest/${id}/batches`, csv, 'text/csv')).status, 201);
        await org.call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
        const progress = async (): Promise<{ state: unknown; done: number }> => {
            const job: unknown = JSON.parse((await org.call('GET', `/jobs/ingest/${id}`)).text);
            return { state: at(job, 'state'), done: Number(at(job, 'numberRecordsProcessed')) };
        };
        const killedAt: number[] = [];
        for (let last = 0; killedAt.length < 3 && last < ROWS;) {
            const { done } = await progress();
            if (done > last) {
                await org.kill();
                killedAt.push(done);
                org = await startProcess(dataDir);
                last = (await progress()).done;
                assert.ok(last >= done, 'what was committed stays');
            }
        }
        assert.ok((killedAt[0] ?? ROWS) < ROWS, `killed at ${killedAt.join(', ')}`);
        while ((await progress()).state !== 'JobComplete') {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        await org.kill();

        const quiet = await startOrg({ projectRoot, dataDir });
        const job = await jobOf(quiet, 'sam', 'ingest', id);
        assert.deepEqual(
            ['state', 'numberRecordsProcessed', 'numberRecordsFailed'].map((name) => at(job, name)),
            ['JobComplete', ROWS, ROWS / 100],
        );
        const results = async (kind: string): Promise<readonly (string | undefined)[]> =>
            csvRows((await csvCall(quiet, 'sam', 'GET', `/ingest/${id}/${kind}`)).text).map((row) => row['Name']);
        const expected = rows.map((row) => row.split(',')[0]).filter((name) => name !== '');
        assert.deepEqual(await results('successfulResults'), expected);
        assert.equal((await results('failedResults')).length, ROWS / 100);
        const [figures] = await quiet.query('sam', `SELECT Stops__c, Load__c FROM Route__c WHERE Id = '${route}'`);
        assert.deepEqual([at(figures, 'Stops__c'), at(figures, 'Load__c')], [expected.length, expected.length / 100]);
    });

    it('goes on after an orderly stop; a query begins anew', async () => {
        const dataDir = temporaryFolder();
        const first = await startOrg({ projectRoot, dataDir });
        const { id: done } = await ingest(first, 'sam', { object: 'Account', operation: 'insert' }, 'Name\nDone\n');
        const rows = Array.from({ length: 2000 }, (_value, index) => `Stopped ${index}`);
        const ingestId = await createJob(first, 'sam', 'ingest', { object: 'Account', operation: 'insert' });
        await csvCall(first, 'sam', 'PUT', `/ingest/${ingestId}/batches`, `Name\n${rows.join('\n')}\n`);
        const abandoned = await createJob(first, 'sam', 'ingest', { object: 'Account', operation: 'insert' });
        await first.data('sam', 'PATCH', `/jobs/ingest/${ingestId}`, { state: 'UploadComplete' });
        const query = { operation: 'query', query: 'SELECT Name FROM Account' };
        const queryId = await createJob(first, 'sam', 'query', query);
        await first.close();

        const second = await startOrg({ projectRoot, dataDir });
        assert.equal(at(await ended(second, 'sam', 'ingest', ingestId), 'numberRecordsProcessed'), rows.length);
        const names = csvRows((await csvCall(second, 'sam', 'GET', `/ingest/${ingestId}/successfulResults`)).text).map(
            (row) => row['Name'],
        );
        assert.deepEqual(names, rows);
        assert.equal(at(await ended(second, 'sam', 'query', queryId), 'state'), 'JobComplete');
        assert.equal(at(await jobOf(second, 'sam', 'ingest', abandoned), 'state'), 'Open');
        assert.equal(at(await jobOf(second, 'sam', 'ingest', done), 'state'), 'JobComplete');
        await second.close();

        // A week later jobs that have ended are gone, with their files.
        const later = await startOrg({ projectRoot, dataDir, now: () => '2026-11-29T18:00:01.000Z' });
        assert.equal((await later.data('sam', 'GET', `/jobs/ingest/${done}`)).status, 404);
        assert.equal((await later.data('sam', 'GET', `/jobs/ingest/${abandoned}`)).status, 200);
        assert.deepEqual(readdirSync(join(dataDir, 'bulk')), []);
    });
});
