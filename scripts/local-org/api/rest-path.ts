import { failure, PlatformFailure } from '../failure.ts';
import { findField, type ObjectType } from '../metadata/schema.ts';
import { equals } from '../store/conditions.ts';
import { canonicalId } from '../store/ids.ts';
import { selectRecords } from '../store/read.ts';
import { readableObject } from '../store/select.ts';
import type { OrgStore } from '../store/store.ts';
import type { RestCall } from './rest-routes.ts';

/** What the path of a REST request names. */
type PathCall = Pick<RestCall, 'session' | 'params'>;

/** The object `:type`; NOT_FOUND where SOQL says INVALID_TYPE. */
export function restObject(store: OrgStore, { session, params }: PathCall): ObjectType {
    try {
        return readableObject(store, session, params['type'] ?? '');
    } catch {
        throw failure('NOT_FOUND', 'The requested resource does not exist');
    }
}

/** The id `:id`; what has not the length of one the platform reads as the name of an external id. */
export function restId({ params }: PathCall): string {
    const text = params['id'] ?? '';
    if (text.length !== 15 && text.length !== 18) {
        throw noExternalId(text);
    }
    const id = canonicalId(text);
    if (!id) {
        throw failure('MALFORMED_ID', `malformed id ${text}`);
    }
    return id;
}

/** The id of the record that the external id `:field` with the value `:key` names. Throws 300 with the paths of all when several match. */
export function idByKey(store: OrgStore, { session, params, version }: RestCall, object: ObjectType): string {
    const field = findField(object, params['field'] ?? '');
    if (!field || !(field.externalId || field.kind === 'Id') || !session.access.readsField(object, field)) {
        throw noExternalId(params['field'] ?? '');
    }
    const where = equals(field.name, params['key'] ?? '');
    const { rows } = selectRecords(store, session, { object: object.name, fields: ['Id'], where, limit: 2 });
    const [only, second] = rows.map((row) => String(row.values['Id']));
    if (only === undefined) {
        throw failure('NOT_FOUND', 'The requested resource does not exist');
    }
    if (second !== undefined) {
        const message = [only, second].map((id) => `/services/data/${version}/sobjects/${object.name}/${id}`).join();
        throw new PlatformFailure([{ errorCode: 'MULTIPLE_CHOICES', message }], 300);
    }
    return only;
}

function noExternalId(name: string): Error {
    return failure('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${name}`);
}
