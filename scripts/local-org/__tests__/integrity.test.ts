import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, CONFIG, codes, startOrg, writeProject, type TestOrg } from './fixture.ts';
import { FILES } from './integrity-project.ts';

interface Outcome {
    readonly id: string;
    /** Error codes; none: it was done. */
    readonly refused: readonly unknown[];
}

/** One way to write records. */
interface Api {
    create(user: string, type: string, fields: Readonly<Record<string, unknown>>): Promise<Outcome>;
    update(user: string, type: string, id: string, fields: Readonly<Record<string, unknown>>): Promise<Outcome>;
    remove(user: string, type: string, id: string): Promise<Outcome>;
}

let org: TestOrg;
let clock = '2026-11-21T18:00:00.000Z';

before(async () => {
    const standard = {
        objects: { Account: 'delete', Contact: 'delete' },
        modifyAllData: false,
        userPermissions: [],
    } as const;
    const profiles = { ...CONFIG.profiles, Standard: { ...standard, userPermissions: [...standard.userPermissions] } };
    org = await startOrg({ projectRoot: writeProject(FILES), now: () => clock, config: { ...CONFIG, profiles } });
    const set = at(await org.query('sam', "SELECT Id FROM PermissionSet WHERE Name = 'Legs'"), 0, 'Id');
    for (const user of await org.query('sam', "SELECT Id FROM User WHERE FirstName IN ('sam', 'dora')")) {
        await org.create('sam', 'PermissionSetAssignment', { AssigneeId: at(user, 'Id'), PermissionSetId: set });
    }
});

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

async function rest(user: string, method: string, path: string, fields?: unknown): Promise<Outcome> {
    const { status, body } = await org.data(user, method, `/sobjects/${path}`, fields);
    return { id: text(at(body, 'id')), refused: status < 300 ? [] : codes(body) };
}

async function collection(user: string, method: string, record: Readonly<Record<string, unknown>>): Promise<Outcome> {
    const { body } = await org.data(user, method, '/composite/sobjects', { allOrNone: true, records: [record] });
    return collectionOutcome(at(body, 0));
}

function collectionOutcome(result: unknown): Outcome {
    const errors = at(result, 'errors');
    const list: readonly unknown[] = Array.isArray(errors) ? errors : [];
    return { id: text(at(result, 'id')), refused: list.map((error) => at(error, 'statusCode')) };
}

async function mutation(
    user: string,
    type: string,
    what: 'Create' | 'Update' | 'Delete',
    input: unknown,
): Promise<Outcome> {
    const [variable, argument, answer] =
        what === 'Delete'
            ? ['', `{ Id: "${text(at(input, 'Id'))}" }`, 'Id']
            : [`($input: ${type}${what}Input!)`, '$input', 'Record { Id }'];
    const query = `mutation M${variable} { uiapi(input: { allOrNone: true }) { it: ${type}${what}(input: ${argument}) { ${answer} } } }`;
    const { data, errors } = await org.graphql(user, query, { input });
    const id = what === 'Delete' ? at(data, 'uiapi', 'it', 'Id') : at(data, 'uiapi', 'it', 'Record', 'Id');
    return {
        id: text(id),
        refused: errors.map((error) => at(error, 'extensions', 'errorCode') ?? at(error, 'message')),
    };
}

async function uiApi(user: string, method: string, path: string, body?: unknown): Promise<Outcome> {
    const answer = await org.data(user, method, `/ui-api/records${path}`, body);
    const output = at(answer.body, 'output');
    const fieldErrors = at(output, 'fieldErrors');
    const byField: readonly unknown[] =
        typeof fieldErrors === 'object' && fieldErrors !== null ? Object.values(fieldErrors) : [];
    const errors: readonly unknown[] = [at(output, 'errors') ?? answer.body, byField].flat(2);
    return {
        id: text(at(answer.body, 'id')),
        refused: answer.status < 300 ? [] : errors.map((error) => at(error, 'errorCode')),
    };
}

const APIS: Readonly<Record<string, Api>> = {
    REST: {
        create: (user, type, fields) => rest(user, 'POST', type, fields),
        update: (user, type, id, fields) => rest(user, 'PATCH', `${type}/${id}`, fields),
        remove: (user, type, id) => rest(user, 'DELETE', `${type}/${id}`),
    },
    collections: {
        create: (user, type, fields) => collection(user, 'POST', { attributes: { type }, ...fields }),
        update: (user, type, id, fields) => collection(user, 'PATCH', { attributes: { type }, id, ...fields }),
        remove: async (user, _type, id) =>
            collectionOutcome(
                at((await org.data(user, 'DELETE', `/composite/sobjects?ids=${id}&allOrNone=true`)).body, 0),
            ),
    },
    GraphQL: {
        create: (user, type, fields) => mutation(user, type, 'Create', { [type]: fields }),
        update: (user, type, id, fields) => mutation(user, type, 'Update', { Id: id, [type]: fields }),
        remove: (user, type, id) => mutation(user, type, 'Delete', { Id: id }),
    },
    'UI API': {
        create: (user, apiName, fields) => uiApi(user, 'POST', '', { apiName, fields }),
        update: (user, _type, id, fields) => uiApi(user, 'PATCH', `/${id}`, { fields }),
        remove: (user, _type, id) => uiApi(user, 'DELETE', `/${id}`),
    },
};

for (const [name, api] of Object.entries(APIS)) {
    /** The id of what was created; fails the test when it was refused. */
    const create = async (user: string, type: string, fields: Readonly<Record<string, unknown>>): Promise<string> => {
        const { id, refused } = await api.create(user, type, fields);
        assert.deepEqual(refused, [], `${type} ${JSON.stringify(fields)}`);
        return id;
    };
    const figures = async (route: string): Promise<unknown> => {
        const fields = ['Stops__c', 'Done_Stops__c', 'Load__c', 'All_Legs__c', 'Done_Share__c'];
        const [record] = await org.query('sam', `SELECT ${fields.join(', ')} FROM Route__c WHERE Id = '${route}'`);
        return fields.map((one) => at(record, one));
    };
    const exists = async (type: string, id: string): Promise<boolean> =>
        (await org.query('sam', `SELECT Id FROM ${type} WHERE Id = '${id}'`)).length === 1;
    const key = (number: number): string => `Key${name.replace(/\W/g, '')}-${number}`;

    describe(`through ${name}`, () => {
        let guide: string;
        before(async () => {
            guide = await create('sam', 'Contact', { LastName: 'Guide' });
        });

        it('roll-ups and formulas follow each create, change, move and delete, on both masters and up to theirs', async () => {
            const [north, south] = [
                await create('sam', 'Route__c', { Name: 'N' }),
                await create('sam', 'Route__c', { Name: 'S' }),
            ];
            const stop = await create('sam', 'Stop__c', {
                Name: 'A',
                Route__c: north,
                Weight__c: 2,
                Status__c: 'Open',
            });
            const other = await create('sam', 'Stop__c', {
                Name: 'B',
                Route__c: north,
                Weight__c: 1,
                Status__c: 'Done',
            });
            const leg = await create('sam', 'Leg__c', { Name: 'L', Stop__c: stop, Guide__c: guide });
            assert.deepEqual(await figures(north), [2, 1, 3, 1, 50]);
            assert.deepEqual(
                (await api.update('sam', 'Stop__c', stop, { Status__c: 'Skipped', Weight__c: null })).refused,
                [],
            );
            assert.deepEqual(await figures(north), [2, 2, 1, 1, 100]);
            assert.deepEqual((await api.update('sam', 'Stop__c', stop, { Route__c: south, Weight__c: 4 })).refused, []);
            assert.deepEqual(
                [await figures(north), await figures(south)],
                [
                    [1, 1, 1, 0, 100],
                    [1, 1, 4, 1, 100],
                ],
            );
            assert.deepEqual((await api.update('sam', 'Leg__c', leg, { Stop__c: other })).refused, []);
            assert.deepEqual(
                [await figures(north), await figures(south)],
                [
                    [1, 1, 1, 1, 100],
                    [1, 1, 4, 0, 100],
                ],
            );
            assert.deepEqual((await api.remove('sam', 'Leg__c', leg)).refused, []);
            assert.deepEqual((await api.remove('sam', 'Stop__c', stop)).refused, []);
            assert.deepEqual(
                [await figures(north), await figures(south)],
                [
                    [1, 1, 1, 0, 100],
                    [0, 0, 0, 0, 0],
                ],
            );
        });

        it('a change that breaks a rule of the master is refused with all that it moved', async () => {
            const [north, south] = [
                await create('sam', 'Route__c', { Name: 'N' }),
                await create('sam', 'Route__c', { Name: 'S' }),
            ];
            const heavy = await create('sam', 'Stop__c', { Name: 'A', Route__c: north, Weight__c: 60 });
            await create('sam', 'Stop__c', { Name: 'B', Route__c: south, Weight__c: 60 });
            const moved = await api.update('sam', 'Stop__c', heavy, { Route__c: south });
            assert.deepEqual(moved.refused, ['FIELD_CUSTOM_VALIDATION_EXCEPTION']);
            assert.deepEqual(
                [await figures(north), await figures(south)],
                [
                    [1, 0, 60, 0, 0],
                    [1, 0, 60, 0, 0],
                ],
            );
        });

        it('a delete takes details of details along, and is refused whole while something outside restricts it', async () => {
            const [north, south] = [
                await create('sam', 'Route__c', { Name: 'N' }),
                await create('sam', 'Route__c', { Name: 'S' }),
            ];
            const stop = await create('sam', 'Stop__c', { Name: 'A', Route__c: north });
            const far = await create('sam', 'Stop__c', { Name: 'B', Route__c: south });
            const inside = await create('sam', 'Leg__c', { Name: 'L', Stop__c: stop, From__c: stop, Guide__c: guide });
            const outside = await create('sam', 'Leg__c', { Name: 'M', Stop__c: far, From__c: stop, Guide__c: guide });
            assert.deepEqual((await api.remove('sam', 'Route__c', north)).refused, ['DELETE_FAILED']);
            assert.deepEqual([await exists('Stop__c', stop), await exists('Leg__c', inside)], [true, true]);
            assert.deepEqual((await api.remove('sam', 'Leg__c', outside)).refused, []);
            assert.deepEqual((await api.remove('sam', 'Route__c', north)).refused, []);
            assert.deepEqual([await exists('Stop__c', stop), await exists('Leg__c', inside)], [false, false]);
            assert.deepEqual(await figures(south), [1, 0, 0, 0, 0]);
        });

        it('a required lookup restricts, an optional one is emptied', async () => {
            const route = await create('sam', 'Route__c', { Name: 'N' });
            const stop = await create('sam', 'Stop__c', { Name: 'A', Route__c: route });
            const leg = await create('sam', 'Leg__c', { Name: 'L', Stop__c: stop, Guide__c: guide });
            assert.deepEqual((await api.remove('sam', 'Contact', guide)).refused, ['DELETE_FAILED']);
            const parent = await create('sam', 'Account', { Name: 'Parent' });
            const child = await create('sam', 'Account', { Name: 'Child', ParentId: parent });
            assert.deepEqual((await api.remove('sam', 'Account', parent)).refused, []);
            const [left] = await org.query('sam', `SELECT ParentId FROM Account WHERE Id = '${child}'`);
            assert.equal(at(left, 'ParentId'), null);
            await api.remove('sam', 'Leg__c', leg);
        });

        it('a unique key is refused twice, for a new record and a changed one, and is free again after a delete', async () => {
            const first = await create('sam', 'Route__c', { Name: 'A', Code__c: key(1) });
            const second = await create('sam', 'Route__c', { Name: 'B', Code__c: key(2) });
            assert.deepEqual((await api.create('sam', 'Route__c', { Name: 'C', Code__c: key(1) })).refused, [
                'DUPLICATE_VALUE',
            ]);
            assert.deepEqual((await api.update('sam', 'Route__c', second, { Code__c: key(1) })).refused, [
                'DUPLICATE_VALUE',
            ]);
            assert.deepEqual((await api.update('sam', 'Route__c', first, { Code__c: key(1) })).refused, []);
            await create('sam', 'Route__c', { Name: 'D', Code__c: key(1).toLowerCase() });
            assert.deepEqual((await api.remove('sam', 'Route__c', first)).refused, []);
            await create('sam', 'Route__c', { Name: 'E', Code__c: key(1) });
            await create('sam', 'Account', { Name: 'F', Key__c: key(1) });
            const upper = await api.create('sam', 'Account', { Name: 'G', Key__c: key(1).toUpperCase() });
            assert.deepEqual(upper.refused, ['DUPLICATE_VALUE']);
            await create('sam', 'Account', { Name: 'Any number have none' });
            await create('sam', 'Account', { Name: 'Any number have none', Key__c: null });
        });

        it('who wrote and when is written by the org; a roll-up that changes its master is a change of it', async () => {
            clock = '2026-11-21T18:00:00.000Z';
            const route = await create('dora', 'Route__c', { Name: 'N' });
            const audit = async (): Promise<readonly unknown[]> => {
                const [record] = await org.query(
                    'sam',
                    `SELECT CreatedBy.FirstName, CreatedDate, LastModifiedBy.FirstName, LastModifiedDate, SystemModstamp FROM Route__c WHERE Id = '${route}'`,
                );
                return [
                    at(record, 'CreatedBy', 'FirstName'),
                    at(record, 'CreatedDate'),
                    at(record, 'LastModifiedBy', 'FirstName'),
                    at(record, 'LastModifiedDate'),
                    at(record, 'SystemModstamp'),
                ];
            };
            const [one, two, three] = ['18:00', '19:00', '20:00'].map((time) => `2026-11-21T${time}:00.000+0000`);
            assert.deepEqual(await audit(), ['dora', one, 'dora', one, one]);
            clock = '2026-11-21T19:00:00.000Z';
            await api.update('sam', 'Route__c', route, { Name: 'M' });
            assert.deepEqual(await audit(), ['dora', one, 'sam', two, two]);
            clock = '2026-11-21T20:00:00.000Z';
            await create('dora', 'Stop__c', { Name: 'A', Route__c: route });
            assert.deepEqual(await audit(), ['dora', one, 'dora', three, three]);
        });

        it('what only the org writes is refused: formulas, roll-ups, stamps, numbers, a master that cannot change', async () => {
            const route = await create('sam', 'Route__c', { Name: 'N' });
            for (const fields of [
                { Stops__c: 4 },
                { Done_Share__c: 4 },
                { SystemModstamp: clock },
                { LastModifiedDate: clock },
            ]) {
                for (const { refused } of [
                    await api.create('sam', 'Route__c', {
                        Name: 'O',
                        ...(Object.keys(fields)[0] === 'LastModifiedDate' ? { SystemModstamp: clock } : fields),
                    }),
                    await api.update('sam', 'Route__c', route, fields),
                ]) {
                    assert.equal(refused.length, 1, JSON.stringify(fields));
                    // GraphQL has no such input at all.
                    assert.match(String(refused[0]), /^INVALID_FIELD_FOR_INSERT_UPDATE$|not to include unknown field/);
                }
            }
            assert.deepEqual(await figures(route), [0, 0, 0, 0, 0]);
        });

        it('takes ids of 15 characters, gives 18, and refuses those of other objects', async () => {
            const route = await create('sam', 'Route__c', { Name: 'N' });
            const stop = await create('sam', 'Stop__c', { Name: 'A', Route__c: route.slice(0, 15) });
            assert.equal(stop.length, 18);
            const [record] = await org.query('sam', `SELECT Route__c FROM Stop__c WHERE Id = '${stop.slice(0, 15)}'`);
            assert.equal(at(record, 'Route__c'), route);
            assert.deepEqual((await api.update('sam', 'Stop__c', stop.slice(0, 15), { Name: 'B' })).refused, []);
            const wrong = await api.create('sam', 'Stop__c', { Name: 'C', Route__c: stop });
            assert.deepEqual(wrong.refused, ['FIELD_INTEGRITY_EXCEPTION']);
            const none = await api.create('sam', 'Stop__c', { Name: 'C', Route__c: `${route.slice(0, 12)}zzzAAA` });
            assert.deepEqual(none.refused, ['INVALID_CROSS_REFERENCE_KEY']);
            assert.deepEqual((await api.remove('sam', 'Stop__c', stop.slice(0, 15))).refused, []);
            assert.equal(await exists('Stop__c', stop), false);
        });

        it('owners delete and give away, a team that may edit does neither; a contact follows its account', async () => {
            const owner = at(await org.query('sam', "SELECT Id FROM User WHERE FirstName = 'dan'"), 0, 'Id');
            const account = await create('dan', 'Account', { Name: 'Acme' });
            const refused = ['INSUFFICIENT_ACCESS_OR_READONLY'];
            assert.deepEqual((await api.update('dora', 'Account', account, { Name: 'Team' })).refused, []);
            const dora = at(await org.query('sam', "SELECT Id FROM User WHERE FirstName = 'dora'"), 0, 'Id');
            const contact = await create('dora', 'Contact', { LastName: 'Roe', AccountId: account });
            assert.deepEqual((await api.update('dora', 'Account', account, { OwnerId: dora })).refused, refused);
            assert.deepEqual((await api.update('dora', 'Account', account, { OwnerId: owner })).refused, []);
            assert.deepEqual((await api.remove('dora', 'Account', account)).refused, refused);
            assert.deepEqual((await api.remove('dora', 'Contact', contact)).refused, refused);
            assert.deepEqual((await api.remove('dan', 'Contact', contact)).refused, []);
            assert.deepEqual((await api.update('dan', 'Account', account, { OwnerId: dora })).refused, []);
            assert.deepEqual((await api.remove('dan', 'Account', account)).refused, refused);
            assert.deepEqual((await api.remove('dora', 'Account', account)).refused, []);
        });
    });
}

describe('one request of several records', () => {
    const record = (type: string, fields: Readonly<Record<string, unknown>>): unknown => ({
        attributes: { type },
        ...fields,
    });
    const send = async (records: readonly unknown[], allOrNone: boolean): Promise<readonly unknown[]> => {
        const { body } = await org.data('sam', 'POST', '/composite/sobjects', { allOrNone, records });
        const results: readonly unknown[] = Array.isArray(body) ? body : [];
        return results.map((one) => (at(one, 'success') === true ? 'saved' : at(one, 'errors', 0, 'statusCode')));
    };

    it('sees the keys of those before it', async () => {
        const twice = ['Many-1', 'Many-1', 'many-1'].map((Code__c) => record('Route__c', { Name: 'A', Code__c }));
        assert.deepEqual(await send(twice, false), ['saved', 'DUPLICATE_VALUE', 'saved']);
        const folded = ['Many-2', 'MANY-2'].map((Key__c) => record('Account', { Name: 'A', Key__c }));
        assert.deepEqual(await send(folded, false), ['saved', 'DUPLICATE_VALUE']);
    });

    it('keeps nothing of it, roll-ups and numbers included, when all are wanted or none', async () => {
        const route = await org.create('sam', 'Route__c', { Name: 'N' });
        const stops = [
            record('Stop__c', { Name: 'A', Route__c: route, Weight__c: 50 }),
            record('Stop__c', { Name: 'B', Route__c: route, Weight__c: 60 }),
        ];
        assert.deepEqual(await send(stops, true), [
            'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        ]);
        const load = async (): Promise<unknown> =>
            at(await org.query('sam', `SELECT Load__c FROM Route__c WHERE Id = '${route}'`), 0, 'Load__c');
        assert.equal(await load(), 0);
        assert.deepEqual(await send(stops, false), ['saved', 'FIELD_CUSTOM_VALIDATION_EXCEPTION']);
        assert.equal(await load(), 50);
    });
});
