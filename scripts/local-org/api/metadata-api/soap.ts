import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MOST_ZIPPED_BYTES } from '../../deploy/unzip.ts';
import { errorsOf, failure, PlatformFailure } from '../../failure.ts';
import type { Session } from '../../store/session.ts';
import { deployResult } from './deploy-result.ts';
import type { MetadataService } from './service.ts';
import {
    contentOf,
    element,
    envelope,
    fault,
    listOf,
    readSoapCall,
    SoapError,
    textOf,
    Xml,
    type SoapCall,
    type XmlValue,
} from './soap-xml.ts';

/** A zip in base 64 and an envelope around it. */
const BODY_LIMIT = Math.ceil((MOST_ZIPPED_BYTES * 4) / 3) + 1_000_000;

/** Operations of the API that the local org does not have, refused by name. */
const operations: Readonly<Record<string, (service: MetadataService, session: Session, call: SoapCall) => XmlValue>> = {
    deploy: (service, session, { arguments: given, zip }) => {
        const options = contentOf(given['DeployOptions'] ?? given['deployOptions']);
        const flag = (name: string): boolean => textOf(options[name]) === 'true';
        const request = service.deploy(session, Buffer.from(zip ?? '', 'base64'), {
            checkOnly: flag('checkOnly'),
            ignoreWarnings: flag('ignoreWarnings'),
        });
        return { done: false, id: request.id, state: 'Queued' };
    },
    checkDeployStatus: (service, session, { arguments: given }) => {
        const id = textOf(given['asyncProcessId'] ?? given['id']);
        const includeDetails = textOf(given['includeDetails']) === 'true';
        return deployResult(service.deployRequest(session, id), includeDetails) as XmlValue;
    },
    describeMetadata: (service, session) => service.describe(session),
    listMetadata: (service, session, { arguments: given }) => {
        const queries = listOf(given['queries']).map(contentOf);
        return service.list(
            session,
            queries.map((query) => ({ type: textOf(query['type']), folder: textOf(query['folder']) })),
        );
    },
    readMetadata: (service, session, { arguments: given }) => {
        const names = listOf(given['fullNames']).map(textOf);
        return new Xml(service.read(session, textOf(given['type']), names));
    },
};

/** The Metadata API over SOAP. The session is in the envelope's header or in the Authorization header. */
export function addMetadataSoap(
    app: FastifyInstance,
    service: MetadataService,
    sessionOfToken: (token: string) => Session | null,
): void {
    app.addContentTypeParser(['text/xml', 'application/soap+xml'], { parseAs: 'string' }, (_request, body, done) => {
        done(null, body);
    });
    app.setErrorHandler((error, _request, reply) => {
        const message = error instanceof Error ? error.message : String(error);
        // SOAP 1.1: every fault is a 500.
        reply.code(500).type('text/xml');
        if (
            error instanceof SoapError ||
            (error instanceof Error && 'statusCode' in error && error.statusCode !== 500)
        ) {
            return reply.send(fault('soapenv:Client', message));
        }
        if (!(error instanceof PlatformFailure)) {
            console.error(error);
        }
        const [first] = errorsOf(error);
        return reply.send(fault(`sf:${first?.errorCode ?? ''}`, `${first?.errorCode ?? ''}: ${first?.message ?? ''}`));
    });
    const answer = (request: FastifyRequest): string => {
        const call = readSoapCall(typeof request.body === 'string' ? request.body : '');
        const session = request.orgSession ?? (call.sessionId === null ? null : sessionOfToken(call.sessionId));
        if (!session) {
            throw failure(
                'INVALID_SESSION_ID',
                'Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key.',
            );
        }
        const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
        if (!operation) {
            throw new SoapError(
                `No operation available for request {http://soap.sforce.com/2006/04/metadata}${call.operation}, please check the WSDL for the service. The local org has ${Object.keys(operations).join(', ')}.`,
            );
        }
        const result = element('result', operation(service, session, call));
        return envelope(`<${call.operation}Response>${result}</${call.operation}Response>`);
    };
    for (const url of ['/services/Soap/m/:version', '/services/Soap/m/:version/:organization']) {
        app.post(url, { bodyLimit: BODY_LIMIT }, (request, reply) => reply.type('text/xml').send(answer(request)));
    }
}
