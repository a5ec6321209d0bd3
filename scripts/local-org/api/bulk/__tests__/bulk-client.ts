import assert from 'node:assert/strict';
import { Connection } from 'jsforce';
import { parse } from 'csv-parse/sync';
import { at, type TestOrg } from '../../../__tests__/fixture.ts';

export type Row = Readonly<Record<string, string>>;

export function connectionOf(org: TestOrg, user: string): Connection {
    const connection = new Connection({ instanceUrl: org.org.url, accessToken: org.tokenOf(user), version: '67.0' });
    connection.bulk2.pollInterval = 5;
    return connection;
}

export interface CsvAnswer {
    readonly status: number;
    readonly text: string;
    readonly headers: Headers;
}

/** Sends or gets what is no JSON. */
export async function csvCall(
    org: TestOrg,
    user: string,
    method: 'GET' | 'PUT',
    path: string,
    body?: string | ReadableStream,
    type = 'text/csv',
): Promise<CsvAnswer> {
    const response = await fetch(`${org.org.url}/services/data/v67.0/jobs${path}`, {
        method,
        headers: {
            authorization: `Bearer ${org.tokenOf(user)}`,
            ...(body === undefined ? {} : { 'content-type': type }),
        },
        ...(body === undefined ? {} : { body, duplex: 'half' }),
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
}

/** Makes a job and returns its id. */
export async function createJob(
    org: TestOrg,
    user: string,
    kind: 'ingest' | 'query',
    job: Readonly<Record<string, unknown>>,
): Promise<string> {
    const { status, body } = await org.data(user, 'POST', `/jobs/${kind}`, job);
    const id = at(body, 'id');
    assert.ok(status === 200 && typeof id === 'string', JSON.stringify(body));
    return id;
}

export async function jobOf(org: TestOrg, user: string, kind: 'ingest' | 'query', id: string): Promise<unknown> {
    return (await org.data(user, 'GET', `/jobs/${kind}/${id}`)).body;
}

/** Waits until the job has ended and returns what the org says of it. */
export async function ended(org: TestOrg, user: string, kind: 'ingest' | 'query', id: string): Promise<unknown> {
    for (;;) {
        const job = await jobOf(org, user, kind, id);
        const state = at(job, 'state');
        if (state === 'JobComplete' || state === 'Failed' || state === 'Aborted') {
            return job;
        }
        assert.ok(state === 'UploadComplete' || state === 'InProgress', JSON.stringify(job));
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}

export interface Ingested {
    readonly id: string;
    readonly job: unknown;
    readonly successful: readonly Row[];
    readonly failed: readonly Row[];
    readonly unprocessed: string;
}

/** Runs an ingest job over this CSV to its end. */
export async function ingest(
    org: TestOrg,
    user: string,
    job: Readonly<Record<string, unknown>>,
    csv: string,
): Promise<Ingested> {
    const id = await createJob(org, user, 'ingest', job);
    assert.equal((await csvCall(org, user, 'PUT', `/ingest/${id}/batches`, csv)).status, 201);
    assert.equal((await org.data(user, 'PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' })).status, 200);
    const done = await ended(org, user, 'ingest', id);
    const result = async (kind: string): Promise<string> =>
        (await csvCall(org, user, 'GET', `/ingest/${id}/${kind}`)).text;
    return {
        id,
        job: done,
        successful: csvRows(await result('successfulResults')),
        failed: csvRows(await result('failedResults')),
        unprocessed: await result('unprocessedrecords'),
    };
}

export function csvRows(text: string): readonly Row[] {
    return parse<Row>(text, { columns: true, delimiter: [',', ';', '\t', '|', '^', '`'] });
}
