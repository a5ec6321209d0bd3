import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { equals } from '../store/conditions.ts';
import { selectRecords } from '../store/read.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import type { Credentials } from './credentials.ts';
import { FRONT_DOOR, pathOf, sessionOf } from './guard.ts';

/** Who am I, and what is here: what clients ask before anything else. */
export function addIdentityApi(
    app: FastifyInstance,
    store: OrgStore,
    credentials: Credentials,
    baseUrl: () => string,
): void {
    const version = `v${store.schema.apiVersion}`;
    app.get('/services/data', () => [
        { label: 'Local org', url: `/services/data/${version}`, version: store.schema.apiVersion },
    ]);
    app.get<{ Params: { version: string } }>('/services/data/:version', (request) => {
        const base = `/services/data/${request.params.version}`;
        return {
            identity: identityUrl(store, sessionOf(request), baseUrl()),
            sobjects: `${base}/sobjects`,
            query: `${base}/query`,
            composite: `${base}/composite`,
            graphql: `${base}/graphql`,
            limits: `${base}/limits`,
            jobs: `${base}/jobs`,
            metadata: `${base}/metadata`,
            'ui-api': `${base}/ui-api`,
        };
    });
    app.get('/services/oauth2/userinfo', (request) => {
        const session = sessionOf(request);
        const person = personOf(store, session);
        return {
            sub: identityUrl(store, session, baseUrl()),
            user_id: session.userId,
            organization_id: organizationId(store),
            preferred_username: session.username,
            nickname: session.username.replace(/@.*$/, ''),
            name: person['Name'],
            email: person['Email'],
            zoneinfo: session.timeZone,
            locale: session.locale,
            urls: { rest: `${baseUrl()}/services/data/v{version}/` },
        };
    });
    // What `sf org open` calls: a link that works once.
    app.get('/services/oauth2/singleaccess', (request) => {
        const { redirect_uri: target } =
            z.object({ redirect_uri: z.string().optional() }).safeParse(request.query).data ?? {};
        const link = new URL(FRONT_DOOR, baseUrl());
        link.searchParams.set('otp', credentials.linkOf(sessionOf(request).username));
        if (target !== undefined) {
            link.searchParams.set('startURL', pathOf(target.startsWith('/') ? target : `/${target}`));
        }
        return { frontdoor_uri: link.href };
    });
    app.get('/id/:organization/:user', (request) => {
        const session = sessionOf(request);
        const person = personOf(store, session);
        return {
            id: identityUrl(store, session, baseUrl()),
            asserted_user: true,
            user_id: session.userId,
            organization_id: organizationId(store),
            username: session.username,
            display_name: person['Name'],
            email: person['Email'],
            first_name: person['FirstName'],
            last_name: person['LastName'],
            timezone: session.timeZone,
            active: true,
            user_type: 'STANDARD',
            urls: {
                rest: `${baseUrl()}/services/data/v{version}/`,
                query: `${baseUrl()}/services/data/v{version}/query/`,
            },
        };
    });
}

export function organizationId(store: OrgStore): string {
    const { rows } = selectRecords(store, store.system, { object: 'Organization', fields: ['Id'], limit: 1 });
    return String(rows[0]?.values['Id'] ?? '');
}

function identityUrl(store: OrgStore, session: Session, baseUrl: string): string {
    return `${baseUrl}/id/${organizationId(store)}/${session.userId}`;
}

function personOf(store: OrgStore, session: Session): Readonly<Record<string, unknown>> {
    const { rows } = selectRecords(store, store.system, {
        object: 'User',
        fields: ['Name', 'FirstName', 'LastName', 'Email'],
        where: equals('Id', session.userId),
    });
    return rows[0]?.values ?? {};
}
