import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { MetadataFile } from '../metadata/files.ts';
import type { InstallOptions } from '../store/store.ts';
import { at, codes, startOrg, type TestOrg } from './fixture.ts';
import { field, object, permissionSet, PROJECT, rule, xml, type Files } from './small-project.ts';

/** Brings files by a deploy, on top of what the org has; null takes one away. */
function deploy(org: TestOrg, changes: Readonly<Record<string, string | null>>, options: InstallOptions = {}): void {
    org.org.store.install(withChanges(org, changes), 'deploy', options);
}

function withChanges(org: TestOrg, changes: Readonly<Record<string, string | null>>): readonly MetadataFile[] {
    const kept = org.org.store.files().filter((file) => !(file.path in changes));
    const brought = Object.entries(changes).flatMap(([path, content]) =>
        content === null ? [] : [{ path, shown: path.replace('-meta.xml', ''), content, firstLine: 1 }],
    );
    return [...kept, ...brought];
}

/** Null for each file, to take them away. */
const without = (files: Files): Readonly<Record<string, null>> =>
    Object.fromEntries(Object.keys(files).map((path) => [path, null]));

/** What the product's permission sets name must go with it. */
const NO_SETS = without({
    ...permissionSet('Driver', [], {}),
    ...permissionSet('Watcher', [], {}),
    ...permissionSet('Office', [], {}),
});

const changedField = (path: string, from: string, to: string): Files => {
    const content = PROJECT[path] ?? '';
    assert.ok(content.includes(from), `${path} has ${from}`);
    return { [path]: content.replace(from, to) };
};
const pathOf = (target: string, name: string): string => `objects/${target}/fields/${name}.field-meta.xml`;
const SEEN = permissionSet('Seen', [{ object: 'Route__c' }, { object: 'Stop__c' }], {});

describe('an install', () => {
    it('brings objects to every API with the next request, without a restart', async () => {
        const org = await startOrg();
        const before = org.org.store.generation;
        assert.deepEqual(codes((await org.data('sam', 'GET', '/sobjects/Depot__c/describe')).body), ['NOT_FOUND']);
        await org.graphql('sam', '{ uiapi { query { Route__c { edges { node { Id } } } } } }');
        deploy(org, {
            ...object('Depot__c', 'Depot', 'ReadWrite'),
            ...field('Depot__c', 'City__c', 'Text', { length: 40 }),
            ...field('Route__c', 'Depot__c', 'Lookup', {
                referenceTo: 'Depot__c',
                relationshipName: 'Routes',
                relationshipLabel: 'Routes',
            }),
            ...permissionSet('Depots', [{ object: 'Depot__c' }, { object: 'Route__c' }], {
                'Depot__c.City__c': 'edit',
                'Route__c.Depot__c': 'edit',
            }),
        });
        assert.equal(org.org.store.generation, before + 1);
        const set = at(await org.query('sam', "SELECT Id FROM PermissionSet WHERE Name = 'Depots'"), 0, 'Id');
        const sam = at(await org.query('sam', "SELECT Id FROM User WHERE Username = 'sam@test.local'"), 0, 'Id');
        await org.create('sam', 'PermissionSetAssignment', { AssigneeId: sam, PermissionSetId: set });
        const depot = await org.create('sam', 'Depot__c', { Name: 'North', City__c: 'Kiel' });
        const route = await org.create('sam', 'Route__c', { Name: 'R', Depot__c: depot });
        assert.equal(
            at(
                await org.query('sam', `SELECT Depot__r.City__c FROM Route__c WHERE Id = '${route}'`),
                0,
                'Depot__r',
                'City__c',
            ),
            'Kiel',
        );
        const { data, errors } = await org.graphql(
            'sam',
            '{ uiapi { query { Depot__c { edges { node { City__c { value } Routes__r { edges { node { Id } } } } } } } } }',
        );
        assert.deepEqual(errors, []);
        const node = ['uiapi', 'query', 'Depot__c', 'edges', 0, 'node'] as const;
        assert.equal(at(data, ...node, 'City__c', 'value'), 'Kiel');
        assert.equal(at(data, ...node, 'Routes__r', 'edges', 0, 'node', 'Id'), route);
        assert.equal(at((await org.data('sam', 'GET', `/ui-api/object-info/Depot__c`)).body, 'apiName'), 'Depot__c');
    });

    it('gives records that are there the values of formulas and roll-ups that are new or changed, through two masters', async () => {
        const org = await startOrg();
        const route = await org.create('dora', 'Route__c', { Name: 'North' });
        for (const weight of [2, 3]) {
            await org.create('dora', 'Stop__c', {
                Name: 'Stop',
                Route__c: route,
                Weight__c: weight,
                Status__c: 'Open',
            });
        }
        const modified = at(await org.query('sam', 'SELECT SystemModstamp FROM Route__c'), 0, 'SystemModstamp');
        const summary = { summaryForeignKey: 'Leg__c.Stop__c', summaryOperation: 'count' };
        const leg = {
            ...object('Leg__c', 'Leg', 'ControlledByParent'),
            ...field('Leg__c', 'Stop__c', 'MasterDetail', { referenceTo: 'Stop__c', relationshipName: 'Legs' }),
        };
        deploy(org, leg);
        const [stop] = await org.query('sam', 'SELECT Id FROM Stop__c ORDER BY Id');
        await org.create('sam', 'Leg__c', { Name: 'A', Stop__c: at(stop, 'Id') });
        await org.create('sam', 'Leg__c', { Name: 'B', Stop__c: at(stop, 'Id') });
        const open = changedField(pathOf('Route__c', 'Done_Stops__c'), 'Done,Skipped', 'Open');
        deploy(org, {
            // The master's comes first: it is computed over a roll-up that is new itself.
            ...field('Route__c', 'All_Legs__c', 'Summary', {
                summaryForeignKey: 'Stop__c.Route__c',
                summaryOperation: 'sum',
                summarizedField: 'Stop__c.Legs__c',
            }),
            ...field('Stop__c', 'Legs__c', 'Summary', summary),
            ...field('Route__c', 'Twice__c', 'Number', { formula: 'Load__c * 2', precision: 18, scale: 0 }),
            ...open,
            ...permissionSet('Office', [{ object: 'Route__c' }, { object: 'Stop__c' }], {
                'Route__c.All_Legs__c': 'read',
                'Route__c.Twice__c': 'read',
                'Stop__c.Legs__c': 'read',
            }),
        });
        const soql = 'SELECT All_Legs__c, Twice__c, Done_Stops__c, Done_Share__c, SystemModstamp FROM Route__c';
        const [record] = await org.query('sam', soql);
        assert.deepEqual(
            ['All_Legs__c', 'Twice__c', 'Done_Stops__c', 'Done_Share__c'].map((name) => at(record, name)),
            [2, 10, 2, 100],
        );
        assert.equal(at(record, 'SystemModstamp'), modified, 'a deploy modifies no record');
        await org.create('sam', 'Leg__c', { Name: 'C', Stop__c: at(stop, 'Id') });
        assert.equal(at(await org.query('sam', 'SELECT All_Legs__c FROM Route__c'), 0, 'All_Legs__c'), 3);
    });

    it('takes what is gone with its data: fields, objects, permission sets with their assignments', async () => {
        const org = await startOrg();
        const route = await org.create('sam', 'Route__c', { Name: 'North', Kind__c: 'Van' });
        await org.create('sam', 'Stop__c', { Name: 'Quay', Route__c: route });
        const kind = { [pathOf('Route__c', 'Kind__c')]: null };
        deploy(org, { ...NO_SETS, ...kind });
        assert.deepEqual(codes((await org.data('dora', 'GET', '/query?q=SELECT+Id+FROM+Route__c')).body), [
            'INVALID_TYPE',
        ]);
        assert.deepEqual(await org.query('sam', 'SELECT Id FROM PermissionSetAssignment'), []);
        assert.deepEqual(await org.query('sam', 'SELECT Id FROM PermissionSet'), []);
        deploy(org, {
            [pathOf('Route__c', 'Kind__c')]: PROJECT[pathOf('Route__c', 'Kind__c')] ?? '',
            ...permissionSet('Kinds', [{ object: 'Route__c' }], { 'Route__c.Kind__c': 'read' }),
        });
        const set = at(await org.query('sam', 'SELECT Id FROM PermissionSet'), 0, 'Id');
        const sam = at(await org.query('sam', "SELECT Id FROM User WHERE Username = 'sam@test.local'"), 0, 'Id');
        await org.create('sam', 'PermissionSetAssignment', { AssigneeId: sam, PermissionSetId: set });
        assert.equal(
            at(await org.query('sam', 'SELECT Kind__c FROM Route__c'), 0, 'Kind__c'),
            null,
            'it comes back empty',
        );

        const stopFiles = Object.keys(PROJECT).filter((path) => path.startsWith('objects/Stop__c/'));
        const rollUps = ['Stops__c', 'Done_Stops__c', 'Load__c', 'First_At__c', 'Done_Share__c'];
        deploy(org, {
            ...Object.fromEntries(
                [...stopFiles, ...rollUps.map((name) => pathOf('Route__c', name))].map((path) => [path, null]),
            ),
            'objects/Route__c/validationRules/Light.validationRule-meta.xml': null,
        });
        assert.deepEqual(codes((await org.data('sam', 'GET', '/query?q=SELECT+Id+FROM+Stop__c')).body), [
            'INVALID_TYPE',
        ]);
        assert.equal((await org.data('sam', 'PATCH', `/sobjects/Route__c/${route}`, { Name: 'South' })).status, 204);
    });

    it('converts what keeps its meaning, empties what nobody filled, and finds keys anew', async () => {
        const org = await startOrg();
        const route = await org.create('sam', 'Route__c', { Name: 'A', Code__c: 'a-1' });
        const stop = await org.create('sam', 'Stop__c', { Name: 'S', Route__c: route, Weight__c: 1.5, Secret__c: 'x' });
        deploy(org, {
            ...field('Stop__c', 'Weight__c', 'Currency', { precision: 5, scale: 2 }),
            ...field('Stop__c', 'Secret__c', 'LongTextArea', { length: 500, visibleLines: 3 }),
            ...field('Stop__c', 'Share__c', 'Date'),
            ...field('Stop__c', 'Urgent__c', 'Checkbox', { defaultValue: true }),
            ...changedField(pathOf('Route__c', 'Code__c'), '<caseSensitive>true', '<caseSensitive>false'),
            ...permissionSet('Office', [{ object: 'Route__c' }, { object: 'Stop__c' }], {
                'Stop__c.Secret__c': 'edit',
                'Stop__c.Weight__c': 'edit',
                'Stop__c.Urgent__c': 'edit',
                'Route__c.Code__c': 'edit',
            }),
        });
        const { body } = await org.data('sam', 'GET', `/sobjects/Stop__c/${stop}`);
        assert.deepEqual(
            ['Weight__c', 'Secret__c', 'Share__c', 'Urgent__c'].map((name) => at(body, name)),
            [1.5, 'x', null, true],
        );
        const other = await org.data('sam', 'POST', '/sobjects/Route__c', { Name: 'B', Code__c: 'A-1' });
        assert.deepEqual(codes(other.body), ['DUPLICATE_VALUE']);
        assert.equal((await org.query('sam', "SELECT Id FROM Route__c WHERE Code__c = 'A-1'")).length, 1);
        deploy(org, changedField(pathOf('Route__c', 'Code__c'), '<unique>true', '<unique>false'));
        await org.create('sam', 'Route__c', { Name: 'B', Code__c: 'a-1' });
    });

    it('makes a lookup a master once every record has one', async () => {
        const org = await startOrg();
        const hub = {
            ...object('Hub__c', 'Hub', 'ReadWrite'),
            ...object('Ramp__c', 'Ramp', 'ReadWrite'),
            ...field('Ramp__c', 'Hub__c', 'Lookup', { referenceTo: 'Hub__c', relationshipName: 'Ramps' }),
        };
        deploy(org, {
            ...hub,
            ...permissionSet('Office', [{ object: 'Hub__c' }, { object: 'Ramp__c' }], { 'Ramp__c.Hub__c': 'edit' }),
        });
        const ramp = await org.create('sam', 'Ramp__c', { Name: '1' });
        const master = {
            ...object('Ramp__c', 'Ramp', 'ControlledByParent'),
            ...field('Ramp__c', 'Hub__c', 'MasterDetail', { referenceTo: 'Hub__c', relationshipName: 'Ramps' }),
            ...permissionSet('Office', [{ object: 'Hub__c' }, { object: 'Ramp__c' }], {}),
        };
        assert.throws(() => deploy(org, master), /Hub__c\.field: .*no value in it/);
        const id = await org.create('sam', 'Hub__c', { Name: 'Hub' });
        assert.equal((await org.data('sam', 'PATCH', `/sobjects/Ramp__c/${ramp}`, { Hub__c: id })).status, 204);
        deploy(org, master);
        assert.equal((await org.data('sam', 'DELETE', `/sobjects/Hub__c/${id}`)).status, 204);
        assert.deepEqual(await org.query('sam', 'SELECT Id FROM Ramp__c'), [], 'details go with their master');
    });
});

describe('what was made of the metadata before', () => {
    it('is let go of by every API: schema, formulas, the schema of GraphQL', async () => {
        const org = await startOrg();
        const route = await org.create('dora', 'Route__c', { Name: 'North' });
        const read = async (): Promise<void> => {
            await org.graphql(
                'dora',
                '{ uiapi { query { Route__c { edges { node { Done_Share__c { value } } } } } } }',
            );
            await org.query('dora', 'SELECT Done_Share__c, (SELECT Id FROM Stops__r) FROM Route__c');
            await org.data('dora', 'GET', '/ui-api/object-info/Route__c');
            await org.data('dora', 'PATCH', `/sobjects/Route__c/${route}`, { Name: 'South' });
            await org.call('dora', 'GET', '/local/boot');
        };
        await read();
        const before = [org.org.store.schema, org.org.store.formulas].map((made) => new WeakRef(made));
        deploy(org, field('Route__c', 'Colour__c', 'Text', { length: 5 }));
        await read();
        setFlagsFromString('--expose-gc');
        runInNewContext('gc()');
        assert.deepEqual(
            before.map((made) => made.deref()),
            [undefined, undefined],
        );
    });
});

describe('custom metadata records', () => {
    const hint = (text: string): Files => ({
        'customMetadata/Hint.First.md-meta.xml': (PROJECT['customMetadata/Hint.First.md-meta.xml'] ?? '').replace(
            'Smile',
            text,
        ),
    });
    const texts = async (org: TestOrg): Promise<readonly unknown[]> =>
        (await org.query('dora', 'SELECT Text__c FROM Hint__mdt ORDER BY DeveloperName')).map((one) =>
            at(one, 'Text__c'),
        );
    const originOf = async (org: TestOrg, name: string): Promise<unknown> => {
        const rows = at((await org.call('sam', 'GET', '/local/setup/Hint__mdt')).body, 'rows');
        return Array.isArray(rows)
            ? at(
                  rows.find((row) => at(row, 'developerName') === name),
                  'origin',
              )
            : rows;
    };
    const edit = (org: TestOrg): Promise<unknown> =>
        org.call('sam', 'PATCH', '/local/setup/Hint__mdt/First', { values: { Text__c: 'Wave' } });

    it('are laid over what an admin changed when a deploy brings them, and are kept when it does not', async () => {
        const org = await startOrg();
        await edit(org);
        deploy(org, field('Route__c', 'Colour__c', 'Text', { length: 5 }));
        assert.deepEqual(await texts(org), ['Wave']);
        assert.equal(await originOf(org, 'First'), 'changed');
        deploy(org, hint('Nod'));
        assert.deepEqual(await texts(org), ['Nod']);
        assert.equal(await originOf(org, 'First'), 'file');
        await edit(org);
        deploy(org, hint('Nod'), { deployed: new Set(Object.keys(hint('Nod'))) });
        assert.deepEqual(await texts(org), ['Nod'], 'the same file deployed again counts too');
        await edit(org);
        deploy(org, without(hint('')));
        assert.deepEqual(await texts(org), []);
    });

    it('added, changed and deleted in Setup are the metadata that is read back, and a deploy of others keeps them', async () => {
        const org = await startOrg();
        const { store } = org.org;
        const path = 'customMetadata/Hint.Own.md-meta.xml';
        const contentOf = (of: string): string | undefined => store.files().find((file) => file.path === of)?.content;
        const values = { MasterLabel: 'Own & more', DeveloperName: 'Own', Rank__c: 1, Text__c: null };
        assert.equal((await org.call('sam', 'POST', '/local/setup/Hint__mdt', { values })).status, 201);
        assert.match(contentOf(path) ?? '', /<label>Own &amp; more<\/label>/);
        assert.match(contentOf(path) ?? '', /<field>Rank__c<\/field>\s*<value xsi:type="xsd:double">1<\/value>/);
        assert.match(contentOf(path) ?? '', /<field>Text__c<\/field>\s*<value xsi:nil="true">/);
        deploy(org, hint('Nod'));
        assert.deepEqual(await texts(org), ['Nod', null]);
        assert.equal(await originOf(org, 'Own'), 'added');
        await org.call('sam', 'DELETE', '/local/setup/Hint__mdt/First');
        assert.equal(contentOf('customMetadata/Hint.First.md-meta.xml'), undefined);
        deploy(org, field('Route__c', 'Colour__c', 'Text', { length: 5 }));
        assert.deepEqual(await texts(org), [null]);
        deploy(org, { [path]: null });
        assert.deepEqual(await texts(org), [], 'what an admin added can be deleted by a deploy');
        deploy(org, hint('Again'));
        assert.deepEqual(await texts(org), ['Again'], 'what an admin deleted comes back with a deploy');
    });
});

/** What an install refuses, and what the message must say, file first. */
const REFUSED: readonly (readonly [string, Readonly<Record<string, string | null>>, RegExp])[] = [
    ['a file that is no XML', { 'tabs/Route__c.tab-meta.xml': '<CustomTab><label>' }, /tabs\/Route__c\.tab:/],
    [
        'a formula that does not compile',
        rule('Route__c', 'Typo', 'ISBLANK(Cod__c)', 'No'),
        /Typo\.validationRule.*Cod__c/,
    ],
    ['a field that others still name', { [pathOf('Route__c', 'Kind__c')]: null }, /Driver.*Route__c\.Kind__c/],
    [
        'a unique key over values that clash',
        changedField(pathOf('Stop__c', 'Secret__c'), '<type>', '<unique>true</unique><type>'),
        /Secret__c\.field: Duplicate value found when building unique index: Stop__c \w{18}, \w{18}/,
    ],
    [
        'case that no longer counts in a key, over values that differ by it',
        changedField(pathOf('Route__c', 'Code__c'), '<caseSensitive>true', '<caseSensitive>false'),
        /Code__c\.field: Duplicate value found/,
    ],
    [
        'another type over values',
        { ...NO_SETS, ...SEEN, ...field('Stop__c', 'Secret__c', 'Number', { precision: 5, scale: 0 }) },
        /Secret__c\.field: Cannot change type from Text to Number due to existing data: 2 records/,
    ],
    [
        'a lookup out of a text',
        {
            ...NO_SETS,
            ...SEEN,
            ...field('Stop__c', 'Secret__c', 'Lookup', { referenceTo: 'Account', relationshipName: 'X' }),
        },
        /Cannot update a field to a Lookup, MasterDetail, or Hierarchy from something else/,
    ],
    [
        'a plain field out of a formula',
        { ...NO_SETS, ...SEEN, ...field('Account', 'Score_Left__c', 'Number', { precision: 5, scale: 0 }) },
        /Cannot update a field from a Formula to something else/,
    ],
    [
        'a lookup to something else',
        {
            ...NO_SETS,
            ...SEEN,
            ...field('Stop__c', 'Customer__c', 'Lookup', { referenceTo: 'Contact', relationshipName: 'Stops' }),
        },
        /Cannot change what a relationship refers to \(Account before\)/,
    ],
    [
        'a new master over records that have none',
        {
            ...NO_SETS,
            ...SEEN,
            ...field('Stop__c', 'Other__c', 'MasterDetail', { referenceTo: 'Route__c', relationshipName: 'Others' }),
        },
        /Other__c\.field: You cannot create a new Master-Detail relationship on an existing custom object/,
    ],
    [
        'a custom metadata record that a rule of its type refuses, found last of all',
        {
            ...rule('Hint__mdt', 'Low', 'Rank__c > 5', 'Hints rank from 1 to 5.'),
            ...field('Route__c', 'Colour__c', 'Text', { length: 5 }),
            'customMetadata/Hint.Long.md-meta.xml': xml(
                'CustomMetadata',
                '<label>Long</label><values><field>Rank__c</field><value xsi:type="xsd:double">9</value></values>',
            ),
        },
        /Hint\.Long\.md:2: Hints rank from 1 to 5/,
    ],
];

describe('an install that is refused', () => {
    for (const [name, changes, message] of REFUSED) {
        it(`for ${name} says so and changes nothing`, async () => {
            const org = await startOrg();
            const { store } = org.org;
            const route = await org.create('sam', 'Route__c', { Name: 'A', Kind__c: 'Van', Code__c: 'A-1' });
            await org.create('sam', 'Route__c', { Name: 'B', Kind__c: 'Van', Code__c: 'a-1' });
            for (const Name of ['S', 'T']) {
                await org.create('sam', 'Stop__c', { Name, Route__c: route, Weight__c: 2, Secret__c: 'x' });
            }
            const state = async (): Promise<unknown> => [
                store.generation,
                store.files(),
                await org.query('sam', 'SELECT Id, Secret__c, SystemModstamp FROM Stop__c'),
                await org.query(
                    'dora',
                    'SELECT Name, Kind__c, Stops__c, Load__c, Done_Share__c FROM Route__c ORDER BY Name',
                ),
                (await org.data('sam', 'GET', '/sobjects/Route__c/describe')).body,
                await org.query('sam', 'SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment ORDER BY Id'),
                await org.query('dora', 'SELECT Text__c FROM Hint__mdt'),
                store.db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all(),
            ];
            const before = await state();
            const { schema } = store;
            assert.throws(() => deploy(org, changes), { message });
            assert.equal(store.schema, schema);
            assert.deepEqual(await state(), before);
            await org.create('dora', 'Stop__c', { Name: 'T', Route__c: route, Weight__c: 1 });
        });
    }

    it('is taken back with the transaction that it is part of', async () => {
        const org = await startOrg();
        const { store } = org.org;
        const [schema, generation, files] = [store.schema, store.generation, store.files()];
        assert.throws(
            () =>
                store.transaction(() => {
                    deploy(org, field('Route__c', 'Colour__c', 'Text', { length: 5 }));
                    throw new RangeError('what came after it failed');
                }),
            RangeError,
        );
        assert.equal(store.schema, schema);
        assert.deepEqual([store.generation, store.files()], [generation, files]);
        await org.create('dora', 'Route__c', { Name: 'North' });
    });

    it('names every field that the records do not fit', async () => {
        const org = await startOrg();
        const route = await org.create('sam', 'Route__c', { Name: 'A', Code__c: 'A-1' });
        await org.create('sam', 'Route__c', { Name: 'B', Code__c: 'a-1' });
        await org.create('sam', 'Stop__c', { Name: 'S', Route__c: route, Secret__c: 'x' });
        await org.create('sam', 'Stop__c', { Name: 'T', Route__c: route, Secret__c: 'x' });
        const changes = {
            ...changedField(pathOf('Stop__c', 'Secret__c'), '<type>', '<unique>true</unique><type>'),
            ...changedField(pathOf('Route__c', 'Code__c'), '<caseSensitive>true', '<caseSensitive>false'),
        };
        assert.throws(() => deploy(org, changes), {
            name: 'DataError',
            message: /Code__c.*\n.*Secret__c/,
        });
    });
});

describe('a check', () => {
    it('finds what an install would find and changes nothing', async () => {
        const org = await startOrg();
        const { store } = org.org;
        const [generation, files] = [store.generation, store.files()];
        deploy(org, field('Route__c', 'Colour__c', 'Text', { length: 5 }), { checkOnly: true });
        assert.throws(
            () => deploy(org, rule('Route__c', 'Typo', 'ISBLANK(Cod__c)', 'No'), { checkOnly: true }),
            /Cod__c/,
        );
        assert.deepEqual([store.generation, store.files()], [generation, files]);
        assert.equal(store.schema.objects.get('Route__c')?.fields.has('Colour__c'), false);
    });
});
