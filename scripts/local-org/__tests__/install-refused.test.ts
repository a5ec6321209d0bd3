import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startOrg } from './fixture.ts';
import { field, rule, xml } from './small-project.ts';
import { changedField, deploy, NO_SETS, pathOf, SEEN } from './deploying.ts';

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
