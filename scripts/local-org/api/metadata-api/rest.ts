import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MOST_ZIPPED_BYTES } from '../../deploy/unzip.ts';
import { failure } from '../../failure.ts';
import { sessionOf } from '../guard.ts';
import { deployResult } from './deploy-result.ts';
import type { MetadataService } from './service.ts';

const deployRequest = z.object({
    deployOptions: z.object({ checkOnly: z.boolean().optional(), ignoreWarnings: z.boolean().optional() }),
});

/** Deploys over REST: multipart with the options as JSON (`entity_content`) and the zip (`file`). */
export async function addMetadataRest(app: FastifyInstance, service: MetadataService): Promise<void> {
    await app.register(multipart, {
        limits: { fileSize: MOST_ZIPPED_BYTES + 1, files: 1, fields: 1, fieldSize: 100_000, parts: 2 },
    });
    const url = '/services/data/:version/metadata/deployRequest';
    app.post(url, { bodyLimit: MOST_ZIPPED_BYTES + 1_000_000 }, async (request, reply) => {
        const { zip, options } = await readDeploy(request);
        const { checkOnly = false, ignoreWarnings = false } = options;
        const deploy = service.deploy(sessionOf(request), zip, { checkOnly, ignoreWarnings });
        return reply.code(201).send({
            id: deploy.id,
            validatedDeployRequestId: null,
            deployOptions: options,
            deployResult: deployResult(deploy, false),
        });
    });
    app.get<{ Params: { id: string }; Querystring: { includeDetails?: string } }>(`${url}/:id`, (request) => {
        const deploy = service.deployRequest(sessionOf(request), request.params.id);
        return {
            id: deploy.id,
            deployOptions: deploy.options,
            deployResult: deployResult(deploy, request.query.includeDetails === 'true'),
        };
    });
}

async function readDeploy(
    request: FastifyRequest,
): Promise<{ readonly zip: Buffer; readonly options: z.infer<typeof deployRequest>['deployOptions'] }> {
    if (!request.isMultipart()) {
        throw failure(
            'INVALID_MULTIPART_REQUEST',
            'A deploy is multipart/form-data with the parts entity_content and file.',
        );
    }
    const { zip, options } = await readParts(request);
    const parsed = deployRequest.safeParse(typeof options === 'string' ? parseJson(options) : options);
    if (!zip || !parsed.success) {
        throw failure(
            'INVALID_MULTIPART_REQUEST',
            'A deploy needs the part entity_content, JSON like {"deployOptions":{"checkOnly":false}}, and the part file with the zip.',
        );
    }
    return { zip, options: parsed.data.deployOptions };
}

async function readParts(request: FastifyRequest): Promise<{ readonly zip: Buffer | null; readonly options: unknown }> {
    let zip: Buffer | null = null;
    let options: unknown;
    try {
        for await (const part of request.parts()) {
            if (part.type === 'file') {
                zip = await part.toBuffer();
            } else {
                options = part.value;
            }
        }
    } catch (error) {
        // What the parser says of a broken body is an error without a status; its limits have one.
        if (error instanceof Error && 'statusCode' in error) {
            throw error;
        }
        throw failure('INVALID_MULTIPART_REQUEST', error instanceof Error ? error.message : String(error));
    }
    return { zip, options };
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
