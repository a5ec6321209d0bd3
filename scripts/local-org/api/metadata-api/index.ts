import type { FastifyInstance } from 'fastify';
import { DeployRequests, type DeployRequestsOptions } from '../../deploy/requests.ts';
import type { OrgStore } from '../../store/store.ts';
import type { Credentials } from '../credentials.ts';
import { addMetadataRest } from './rest.ts';
import { MetadataService } from './service.ts';
import { addMetadataSoap } from './soap.ts';

/** The Metadata API: deploys, and what the org has of metadata. Deploys at work are finished before the org closes. */
export function addMetadataApi(
    app: FastifyInstance,
    options: { readonly store: OrgStore; readonly credentials: Credentials } & DeployRequestsOptions,
): void {
    const { store, credentials } = options;
    const requests = new DeployRequests(store, options);
    const service = new MetadataService(store, requests);
    app.addHook('onClose', () => requests.close());
    // Each in a scope of its own, with the bodies and the faults of its protocol.
    app.register(async (scope) => {
        addMetadataSoap(scope, service, (token) => {
            const username = credentials.userOfToken(token);
            return username === null ? null : store.session(username);
        });
    });
    app.register((scope) => addMetadataRest(scope, service));
}
