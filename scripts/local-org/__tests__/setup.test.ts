import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { removeData } from '../server.ts';
import { at, startOrg, temporaryFolder, writeProject, type Answer, type TestOrg } from './fixture.ts';
import { field, PROJECT, xml } from './small-project.ts';

const hints = (org: TestOrg): Promise<readonly unknown[]> =>
    org.query('dora', 'SELECT DeveloperName, Text__c, Rank__c FROM Hint__mdt ORDER BY DeveloperName');
const change = (
    org: TestOrg,
    method: string,
    path: string,
    values?: Readonly<Record<string, unknown>>,
): Promise<Answer> => org.call('sam', method, `/local/setup/Hint__mdt${path}`, values && { values });

describe('Setup', () => {
    it('describes the type from its metadata', async () => {
        const org = await startOrg();
        const { body } = await org.call('sam', 'GET', '/local/setup/Hint__mdt');
        const fields = at(body, 'fields');
        assert.ok(Array.isArray(fields));
        assert.deepEqual(
            fields.map((field) => [at(field, 'name'), at(field, 'kind'), at(field, 'required')]),
            [
                ['MasterLabel', 'Text', true],
                ['DeveloperName', 'Text', true],
                ['Rank__c', 'Number', true],
                ['Text__c', 'LongTextArea', false],
            ],
        );
        assert.equal(at(body, 'rows', 0, 'origin'), 'file');
    });

    it('changes, adds and deletes records, and every reader follows', async () => {
        const org = await startOrg();
        const changed = await change(org, 'PATCH', '/First', { Text__c: 'Wave' });
        assert.equal(changed.status, 200);
        assert.equal(at(changed.body, 'origin'), 'changed');
        assert.equal(
            (await change(org, 'POST', '', { MasterLabel: 'Second', DeveloperName: 'Second', Rank__c: 2 })).status,
            201,
        );
        assert.deepEqual(
            (await hints(org)).map((hint) => at(hint, 'Text__c')),
            ['Wave', null],
        );
        assert.equal((await change(org, 'DELETE', '/First')).status, 204);
        assert.equal((await hints(org)).length, 1);
        assert.equal((await change(org, 'DELETE', '/First')).status, 404);
    });

    it('shows what is wrong at its field and changes nothing', async () => {
        const org = await startOrg();
        const wrong = await change(org, 'PATCH', '/First', { Rank__c: 'high', Text__c: 'New' });
        assert.equal(wrong.status, 400);
        assert.equal(at(wrong.body, 'fieldErrors', 'Rank__c', 0, 'errorCode'), 'INVALID_TYPE_ON_FIELD_IN_RECORD');
        const unnamed = await change(org, 'POST', '', { MasterLabel: 'A', DeveloperName: 'two words', Rank__c: 1 });
        assert.match(String(at(unnamed.body, 'fieldErrors', 'DeveloperName', 0, 'message')), /single underscores/);
        const missing = await change(org, 'PATCH', '/First', { Rank__c: null });
        assert.equal(at(missing.body, 'fieldErrors', 'Rank__c', 0, 'errorCode'), 'REQUIRED_FIELD_MISSING');
        assert.deepEqual(at(await hints(org), 0, 'Text__c'), 'Smile');
    });
});

describe('a restart', () => {
    it('keeps records, tokens and what the admin changed, follows changed files, and starts over when told', async () => {
        const dataDir = temporaryFolder();
        const first = await startOrg({ dataDir });
        const id = await first.create('dora', 'Account', { Name: 'Kept' });
        await change(first, 'PATCH', '/First', { Text__c: 'Mine' });
        const token = first.tokenOf('dora');
        await first.close();

        const projectRoot = writeProject({
            ...PROJECT,
            'customMetadata/Hint.First.md-meta.xml': hintFile('From the file', 7),
            'customMetadata/Hint.Third.md-meta.xml': hintFile('New file', 3),
        });
        const second = await startOrg({ dataDir, projectRoot });
        assert.equal(second.tokenOf('dora'), token);
        assert.equal(at((await second.data('dora', 'GET', `/sobjects/Account/${id}`)).body, 'Name'), 'Kept');
        assert.deepEqual(
            (await hints(second)).map((hint) => at(hint, 'Text__c')),
            ['Mine', 'New file'],
        );
        await second.close();

        removeData(dataDir);
        const third = await startOrg({ dataDir });
        assert.notEqual(third.tokenOf('dora'), token);
        assert.equal((await third.query('sam', 'SELECT Id FROM Account')).length, 0);
        assert.deepEqual(
            (await hints(third)).map((hint) => at(hint, 'Text__c')),
            ['Smile'],
        );
    });

    it('says what to do when the records do not fit a key that is new, or are none', async () => {
        const dataDir = temporaryFolder();
        const first = await startOrg({ dataDir });
        const route = await first.create('sam', 'Route__c', { Name: 'R' });
        await first.create('sam', 'Stop__c', { Name: 'A', Route__c: route, Secret__c: 'x' });
        await first.create('sam', 'Stop__c', { Name: 'B', Route__c: route, Secret__c: 'x' });
        await first.close();
        const unique = field('Stop__c', 'Secret__c', 'Text', { length: 10, unique: true });
        await assert.rejects(
            startOrg({ dataDir, projectRoot: writeProject({ ...PROJECT, ...unique }) }),
            /Secret__c.*Duplicate value found when building unique index.*--fresh/s,
        );
        const broken = temporaryFolder();
        writeFileSync(
            join(broken, 'org.sqlite'),
            'this is a text, not a database, and long enough to be looked at as one',
        );
        await assert.rejects(startOrg({ dataDir: broken }), /org\.sqlite.*--fresh/s);
    });

    it('takes records whose file is gone away, and adds fields that are new', async () => {
        const dataDir = temporaryFolder();
        const first = await startOrg({ dataDir });
        const id = await first.create('sam', 'Route__c', { Name: 'R' });
        await first.close();
        const { 'customMetadata/Hint.First.md-meta.xml': _gone, ...rest } = PROJECT;
        const grown = writeProject({
            ...rest,
            'objects/Route__c/fields/Colour__c.field-meta.xml': xml(
                'CustomField',
                '<fullName>Colour__c</fullName><label>Colour</label><length>10</length><required>true</required><type>Text</type>',
            ),
        });
        const second = await startOrg({ dataDir, projectRoot: grown });
        assert.deepEqual(await hints(second), []);
        assert.equal((await second.data('sam', 'PATCH', `/sobjects/Route__c/${id}`, { Colour__c: 'red' })).status, 204);
    });
});

function hintFile(text: string, rank: number): string {
    return xml(
        'CustomMetadata',
        `<label>Hint</label><values><field>Text__c</field><value xsi:type="xsd:string">${text}</value></values><values><field>Rank__c</field><value xsi:type="xsd:double">${rank}</value></values>`,
    );
}
