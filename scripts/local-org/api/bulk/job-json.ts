import { z } from 'zod';
import { failure } from '../../failure.ts';
import { findField, findObject } from '../../metadata/schema.ts';
import type { Session } from '../../store/session.ts';
import type { OrgStore } from '../../store/store.ts';
import { csvFormat } from './csv.ts';
import type { BulkJob, NewJob } from './jobs.ts';
import { bulkQuery } from './query.ts';

/** What clients send to make or change a job, and how they are told of one. */

const format = { ...csvFormat, contentType: z.literal('CSV').default('CSV') };
const ingestShape = z.strictObject({
    ...format,
    operation: z.enum(['insert', 'update', 'upsert', 'delete', 'hardDelete']),
    object: z.string().min(1),
    externalIdFieldName: z.string().optional(),
});
const queryShape = z.strictObject({
    ...format,
    operation: z.enum(['query', 'queryAll']),
    query: z.string().min(1),
});
const stateShape = z.strictObject({ state: z.enum(['UploadComplete', 'Aborted']) });

function read<T>(shape: z.ZodType<T>, body: unknown): T {
    const { success, data, error } = shape.safeParse(body);
    if (success) {
        return data;
    }
    const [issue] = error.issues;
    const property = String(issue?.path[0] ?? '');
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, property) : undefined;
    if (value === undefined) {
        throw failure('JSON_PARSER_ERROR', `${property}${property === '' ? '' : ': '}${issue?.message ?? ''}`);
    }
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    throw failure('API_ERROR', `Invalid value: '${shown}' supplied for property: '${property}'`);
}

/** Throws the refusal of a job that the org cannot have. */
export function newIngestJob(store: OrgStore, session: Session, body: unknown, version: string): NewJob {
    const { operation, object: name, externalIdFieldName, columnDelimiter, lineEnding } = read(ingestShape, body);
    const object = findObject(store.schema, name);
    if (!object || !session.access.rights(object).read) {
        throw failure('INVALIDJOB', `InvalidJob : Unable to find object: ${name}`);
    }
    if (object.kind === 'metadata') {
        throw failure('INVALIDENTITY', `Entity '${object.name}' is not supported by the Bulk API.`);
    }
    if (operation === 'hardDelete') {
        throw failure(
            'FEATURENOTENABLED',
            'hardDelete operation requires special user profile permission, please contact your system administrator',
        );
    }
    const key = externalIdFieldName === undefined ? undefined : findField(object, externalIdFieldName);
    if (operation === 'upsert') {
        if (externalIdFieldName === undefined) {
            throw failure(
                'INVALIDJOB',
                `InvalidJob : External ID was blank for ${object.name}. An External ID must be specified for upsert.`,
            );
        }
        if (!key || !(key.externalId || key.kind === 'Id') || !session.access.readsField(object, key)) {
            throw failure(
                'INVALIDJOB',
                `InvalidJob : Field name provided, ${externalIdFieldName} does not match an External ID for ${object.name}`,
            );
        }
    }
    return {
        type: 'V2Ingest',
        operation,
        object: object.name,
        externalIdFieldName: operation === 'upsert' ? (key?.name ?? null) : null,
        query: null,
        columnDelimiter,
        lineEnding,
        apiVersion: version.slice(1),
    };
}

/** Throws the refusal of a query that is wrong, or that the Bulk API does not take. */
export function newQueryJob(store: OrgStore, session: Session, body: unknown, version: string): NewJob {
    const { operation, query, columnDelimiter, lineEnding } = read(queryShape, body);
    return {
        type: 'V2Query',
        operation,
        object: bulkQuery(store, session, query).object,
        externalIdFieldName: null,
        query,
        columnDelimiter,
        lineEnding,
        apiVersion: version.slice(1),
    };
}

export function requestedState(body: unknown): 'UploadComplete' | 'Aborted' {
    return read(stateShape, body).state;
}

/** `progress`: with the counts that the platform tells when it is asked for one job. */
export function ingestJson(job: BulkJob, detail?: 'progress'): Readonly<Record<string, unknown>> {
    return {
        ...common(job),
        contentUrl: `services/data/v${job.apiVersion}/jobs/ingest/${job.id}/batches`,
        ...(job.externalIdFieldName === null ? {} : { externalIdFieldName: job.externalIdFieldName }),
        ...(detail === 'progress'
            ? {
                  ...progress(job),
                  numberRecordsFailed: job.failed,
                  apiActiveProcessingTime: job.worked,
                  apexProcessingTime: 0,
              }
            : {}),
        ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
    };
}

export function queryJson(job: BulkJob, detail?: 'progress'): Readonly<Record<string, unknown>> {
    return {
        ...common(job),
        ...(detail === 'progress' ? { ...progress(job), isPkChunkingSupported: true } : {}),
        ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
    };
}

function common(job: BulkJob): Readonly<Record<string, unknown>> {
    return {
        id: job.id,
        operation: job.operation,
        object: job.object,
        createdById: job.createdById,
        createdDate: job.createdDate.replace(/Z$/, '+0000'),
        systemModstamp: job.systemModstamp.replace(/Z$/, '+0000'),
        state: job.state,
        concurrencyMode: 'Parallel',
        contentType: 'CSV',
        apiVersion: Number(job.apiVersion),
        jobType: job.type,
        lineEnding: job.lineEnding,
        columnDelimiter: job.columnDelimiter,
    };
}

function progress(job: BulkJob): Readonly<Record<string, unknown>> {
    return { numberRecordsProcessed: job.processed, retries: 0, totalProcessingTime: job.worked };
}
