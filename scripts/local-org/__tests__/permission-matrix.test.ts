/**
 * Who may do what, over every API alike: the product's objects and permission sets as shipped, the sample's people. The table is written by hand from what each
 * persona is for; it is not derived from the metadata that it tests.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { resolve } from 'node:path';
import { Connection } from 'jsforce';
import { createLocalOrg, type LocalOrg } from '../server.ts';
import { scalar } from '../store/database.ts';
import { at, temporaryFolder } from './fixture.ts';

const PROJECT_ROOT = resolve(import.meta.dirname, '../../..');
const PERSONAS = ['maya', 'tom', 'ines', 'ada', 'sam', 'lena', 'nora', 'integration'] as const;
type Persona = (typeof PERSONAS)[number];
type Action = 'create' | 'read' | 'edit' | 'delete';

/**
 * Letters: create, read, edit, delete of a record on an account of Maya's team. Maya and Tom are CSMs of that team, Ines is one of another,
 * Ada writes playbooks (and deletes only those she owns; this one is Sam's), Sam administers, Lena leads, Nora sells without any of our permission sets.
 */
const MATRIX: readonly (readonly [object: string, rights: string])[] = [
    ['                      ', 'maya tom  ines ada  sam  lena nora integration'],
    ['Account               ', '.re. .re. .... .re. cred .r.. .re. cre.'],
    ['Contact               ', 'cre. cre. .... cre. cred .r.. cre. cre.'],
    ['Playbook__c           ', '.r.. .r.. .r.. cre. cred .r.. .... cred'],
    ['Playbook_Version__c   ', '.r.. .r.. .r.. cred cred .r.. .... cred'],
    ['Playbook_Step__c      ', '.r.. .r.. .r.. cred cred .r.. .... cred'],
    ['Playbook_Resource__c  ', '.r.. .r.. .r.. cred cred .r.. .... cred'],
    ['Playbook_Run__c       ', 'cre. cre. .... .r.. cred .r.. .... cre.'],
    ['Step_Completion__c    ', 'cre. cre. .... .r.. cred .r.. .... cre.'],
    ['Playbook_Sweep__c     ', '.r.. .r.. .r.. .r.. cred .r.. .... cre.'],
    ['Playbook_Trigger__mdt ', '.r.. .r.. .r.. .r.. .r.. .r.. .... .r..'],
];

type Fields = Readonly<Record<string, unknown>>;
/** What an attempt came to: a record's id where one was made or seen; null: refused. */
type Outcome = string | null;
interface Api {
    readonly name: string;
    create(user: Persona, object: string, fields: Fields): Promise<Outcome>;
    read(user: Persona, object: string, id: string): Promise<Outcome>;
    edit(user: Persona, object: string, id: string, fields: Fields): Promise<Outcome>;
    delete(user: Persona, object: string, id: string): Promise<Outcome>;
}

let org: LocalOrg;
after(() => org.close());

async function call(
    user: Persona,
    method: string,
    path: string,
    body?: unknown,
): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${org.url}/services/data/v67.0${path}`, {
        method,
        headers: {
            authorization: `Bearer ${org.tokens[`${user}@playbooks.local`] ?? ''}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.status < 500, `${method} ${path} answered ${response.status}: ${text}`);
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

const idOf = (value: unknown): Outcome => (typeof value === 'string' ? value : null);
const done = (status: number, id: string): Outcome => (status < 300 ? id : null);

const rest: Api = {
    name: 'REST',
    create: async (user, object, fields) =>
        idOf(at((await call(user, 'POST', `/sobjects/${object}`, fields)).body, 'id')),
    read: async (user, object, id) => done((await call(user, 'GET', `/sobjects/${object}/${id}`)).status, id),
    edit: async (user, object, id, fields) =>
        done((await call(user, 'PATCH', `/sobjects/${object}/${id}`, fields)).status, id),
    delete: async (user, object, id) => done((await call(user, 'DELETE', `/sobjects/${object}/${id}`)).status, id),
};

const savedFirst = (body: unknown): Outcome => (at(body, 0, 'success') === true ? idOf(at(body, 0, 'id')) : null);
const collections: Api = {
    name: 'collections and SOQL',
    create: async (user, type, fields) =>
        savedFirst(
            (await call(user, 'POST', '/composite/sobjects', { records: [{ attributes: { type }, ...fields }] })).body,
        ),
    read: async (user, object, id) => {
        const { body } = await call(
            user,
            'GET',
            `/query?q=${encodeURIComponent(`SELECT Id FROM ${object} WHERE Id = '${id}'`)}`,
        );
        return idOf(at(body, 'records', 0, 'Id'));
    },
    edit: async (user, type, id, fields) =>
        savedFirst(
            (await call(user, 'PATCH', '/composite/sobjects', { records: [{ attributes: { type }, id, ...fields }] }))
                .body,
        ),
    delete: async (user, _object, id) => savedFirst((await call(user, 'DELETE', `/composite/sobjects?ids=${id}`)).body),
};

const uiApi: Api = {
    name: 'UI API',
    create: async (user, apiName, fields) =>
        idOf(at((await call(user, 'POST', '/ui-api/records', { apiName, fields })).body, 'id')),
    read: async (user, object, id) =>
        idOf(at((await call(user, 'GET', `/ui-api/records/${id}?fields=${object}.Id`)).body, 'id')),
    edit: async (user, _object, id, fields) =>
        done((await call(user, 'PATCH', `/ui-api/records/${id}`, { fields })).status, id),
    delete: async (user, _object, id) => done((await call(user, 'DELETE', `/ui-api/records/${id}`)).status, id),
};

async function graphql(user: Persona, query: string, variables: Fields): Promise<unknown> {
    const { body } = await call(user, 'POST', '/graphql', { query, variables });
    return at(body, 'data', 'uiapi');
}
const graphQL: Api = {
    name: 'GraphQL',
    create: async (user, object, fields) => {
        const query = `mutation M($input: ${object}CreateInput!) { uiapi { made: ${object}Create(input: $input) { Record { Id } } } }`;
        return idOf(at(await graphql(user, query, { input: { [object]: fields } }), 'made', 'Record', 'Id'));
    },
    read: async (user, object, id) => {
        const query = `query Q($id: ID) { uiapi { query { ${object}(where: { Id: { eq: $id } }) { edges { node { Id } } } } } }`;
        return idOf(at(await graphql(user, query, { id }), 'query', object, 'edges', 0, 'node', 'Id'));
    },
    edit: async (user, object, id, fields) => {
        const query = `mutation M($input: ${object}UpdateInput!) { uiapi { changed: ${object}Update(input: $input) { success } } }`;
        const changed = at(await graphql(user, query, { input: { Id: id, [object]: fields } }), 'changed', 'success');
        return changed === true ? id : null;
    },
    delete: async (user, object, id) => {
        const query = `mutation M($id: IdOrRef!) { uiapi { gone: ${object}Delete(input: { Id: $id }) { Id } } }`;
        return idOf(at(await graphql(user, query, { id }), 'gone', 'Id'));
    },
};

const connectionOf = (user: Persona): Connection =>
    new Connection({ instanceUrl: org.url, accessToken: org.tokens[`${user}@playbooks.local`] ?? '', version: '67.0' });

/** Bulk API 2.0, one row a job. */
const bulk: Api = {
    name: 'Bulk API',
    create: (user, object, fields) => ingest(user, object, 'insert', fields),
    read: async (user, object, id) => {
        try {
            const records = await connectionOf(user).bulk2.query(`SELECT Id FROM ${object} WHERE Id = '${id}'`, {
                pollInterval: 5,
            });
            const found: readonly unknown[] = await records.toArray();
            return idOf(at(found, 0, 'Id'));
        } catch {
            return null;
        }
    },
    edit: (user, object, id, fields) => ingest(user, object, 'update', { Id: id, ...fields }),
    delete: (user, object, id) => ingest(user, object, 'delete', { Id: id }),
};

async function ingest(
    user: Persona,
    object: string,
    operation: 'insert' | 'update' | 'delete',
    row: Fields,
): Promise<Outcome> {
    try {
        const { successfulResults } = await connectionOf(user).bulk2.loadAndWaitForResults({
            object,
            operation,
            input: [Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]))],
            pollInterval: 5,
        });
        return idOf(at(successfulResults, 0, 'sf__Id'));
    } catch {
        return null;
    }
}

/** A valid new record of each object, and the change that an edit makes. Keys are unique by `number`. */
interface Sample {
    readonly fields: (number: number) => Fields;
    readonly change: Fields;
}
const parents: Record<string, string> = {};
const SAMPLES: Readonly<Record<string, Sample>> = {
    Account: { fields: (n) => ({ Name: `Account ${n}` }), change: { Website: 'https://example.com' } },
    Contact: {
        fields: (n) => ({ LastName: `Contact ${n}`, AccountId: parents['Account'] }),
        change: { Title: 'Head' },
    },
    Playbook__c: { fields: (n) => ({ Name: `Playbook ${n}`, Key__c: `key-${n}` }), change: { Summary__c: 'Changed' } },
    Playbook_Version__c: {
        fields: (n) => ({
            Name: `Version ${n}`,
            Playbook__c: parents['Playbook__c'],
            Version_Key__c: `version-${n}`,
            Version_Number__c: n,
            Version_Status__c: 'Draft',
        }),
        change: { Name: 'Changed' },
    },
    Playbook_Step__c: {
        fields: (n) => ({
            Name: `Step ${n}`,
            Playbook_Version__c: parents['Playbook_Version__c'],
            Step_Record_Key__c: `step-${n}`,
            Step_Key__c: `step_${n}`,
            Position__c: n,
            Phase__c: 'First',
        }),
        change: { Role__c: 'CSM' },
    },
    Playbook_Resource__c: {
        fields: (n) => ({
            Name: `Resource ${n}`,
            Resource_Version__c: parents['Playbook_Version__c'],
            Resource_Key__c: `resource-${n}`,
            Resource_Type__c: 'Link',
            Url__c: 'https://example.com',
        }),
        change: { Subject__c: 'Changed' },
    },
    Playbook_Run__c: {
        fields: (n) => ({
            Account__c: parents['Account'],
            Run_Playbook__c: parents['Playbook__c'],
            Run_Version__c: parents['Playbook_Version__c'],
            Episode_Key__c: `${parents['Account'] ?? ''}:key:${n}`,
            Episode_Number__c: n,
            Run_Status__c: 'Open',
        }),
        change: { Next_Step__c: 'Changed' },
    },
    Step_Completion__c: {
        fields: (n) => ({
            Playbook_Run__c: parents['Playbook_Run__c'],
            Completion_Key__c: `completion-${n}`,
            Completion_Status__c: 'Done',
            Completed_At__c: new Date().toISOString(),
        }),
        change: { Decision__c: 'Changed' },
    },
    Playbook_Sweep__c: {
        fields: (n) => ({ Sweep_Status__c: 'Finished', Shard__c: `${n}/${n}` }),
        change: { Sweep_Message__c: 'Changed' },
    },
};

let mayaId = '';
let lastNumber = 0;
/** By the admin, over REST; what the sample's parents and the records to attempt things on are made with. */
async function make(object: string): Promise<string> {
    lastNumber += 1;
    const { body } = await call('sam', 'POST', `/sobjects/${object}`, SAMPLES[object]?.fields(lastNumber));
    const id = at(body, 'id');
    assert.ok(typeof id === 'string', `${object} is refused: ${JSON.stringify(body)}`);
    return id;
}

before(async () => {
    org = await createLocalOrg({ projectRoot: PROJECT_ROOT, dataDir: temporaryFolder(), port: 0 });
    const { body } = await call(
        'sam',
        'GET',
        `/query?q=${encodeURIComponent("SELECT Id FROM User WHERE FirstName = 'Maya'")}`,
    );
    mayaId = String(at(body, 'records', 0, 'Id'));
    for (const object of Object.keys(SAMPLES)) {
        parents[object] = await make(object);
        if (object === 'Account') {
            await call('sam', 'PATCH', `/sobjects/Account/${parents[object]}`, { OwnerId: mayaId });
        }
    }
});

const firstOf = (object: string, column: string): unknown => scalar(org.store.db, `SELECT ${column} FROM "${object}"`);
async function recordOf(object: string, id: string): Promise<unknown> {
    const { status, body } = await call('sam', 'GET', `/sobjects/${object}/${id}`);
    return status === 200 ? body : null;
}

/** Tries the action; true when it was done. Fails the test when the answer and the records say different things. */
async function attempt(api: Api, user: Persona, object: string, action: Action): Promise<boolean> {
    const { fields, change } = SAMPLES[object] ?? {
        fields: () => ({ MasterLabel: 'New' }),
        change: { MasterLabel: 'Changed' },
    };
    if (action === 'create') {
        const before = Number(firstOf(object, 'count(*)'));
        lastNumber += 1;
        const made = await api.create(user, object, fields(lastNumber));
        assert.equal(Number(firstOf(object, 'count(*)')) - before, made === null ? 0 : 1, `${object} made by ${user}`);
        return made !== null;
    }
    const isMetadata = object.endsWith('__mdt');
    const id =
        action === 'delete' && !isMetadata ? await make(object) : (parents[object] ?? String(firstOf(object, '"Id"')));
    if (action === 'delete' && object === 'Account') {
        await call('sam', 'PATCH', `/sobjects/Account/${id}`, { OwnerId: mayaId });
    }
    const before = await recordOf(object, id);
    const outcome =
        action === 'read'
            ? await api.read(user, object, id)
            : action === 'edit'
              ? await api.edit(user, object, id, change)
              : await api.delete(user, object, id);
    const now = await recordOf(object, id);
    if (outcome === null) {
        assert.deepEqual(now, before, `${object} after ${user} was refused to ${action}`);
    } else if (action === 'delete') {
        assert.equal(now, null, `${object} is still there after ${user} deleted it`);
    } else if (action === 'edit') {
        assert.equal(
            Object.entries(change).every(([name, value]) => at(now, name) === value),
            true,
            `${object} edited by ${user}`,
        );
        const back = Object.fromEntries(Object.keys(change).map((name) => [name, at(before, name)]));
        await call('sam', 'PATCH', `/sobjects/${object}/${id}`, back);
    }
    return outcome !== null;
}

const LETTERS = { c: 'create', r: 'read', e: 'edit', d: 'delete' } as const satisfies Record<string, Action>;

for (const api of [rest, collections, uiApi, graphQL, bulk]) {
    describe(api.name, () => {
        for (const [name, expected] of MATRIX.slice(1)) {
            const object = name.trim();
            // The UI API has no records of custom metadata types, the Bulk API takes none.
            if ((api === uiApi || api === bulk) && object.endsWith('__mdt')) continue;
            it(object, async () => {
                const found: string[] = [];
                for (const user of PERSONAS) {
                    let letters = '';
                    for (const [letter, action] of Object.entries(LETTERS)) {
                        letters += (await attempt(api, user, object, action)) ? letter : '.';
                    }
                    found.push(letters);
                }
                assert.equal(found.join(' '), expected, `${object}, ${PERSONAS.join(', ')}`);
            });
        }
    });
}
