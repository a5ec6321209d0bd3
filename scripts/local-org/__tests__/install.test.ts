import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { at, codes, startOrg, type TestOrg } from './fixture.ts';
import { field, object, permissionSet, PROJECT, type Files } from './small-project.ts';
import { changedField, deploy, NO_SETS, pathOf, without } from './deploying.ts';

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
