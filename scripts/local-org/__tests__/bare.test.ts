import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MetadataFile } from '../metadata/files.ts';
import { projectFiles } from '../metadata/project-files.ts';
import { at, codes, startOrg, temporaryFolder, writeProject, type TestOrg } from './fixture.ts';
import { elements, field, object, permissionSet, PROJECT, xml, type Files } from './small-project.ts';

const APP: Files = {
    'tabs/Route__c.tab-meta.xml': xml('CustomTab', elements({ customObject: true, motif: 'Custom9: Lightning' })),
    'applications/Routes.app-meta.xml': xml(
        'CustomApplication',
        `${elements({ formFactors: 'Large', label: 'Routes of the Town', navType: 'Standard' })}<tabs>standard-Account</tabs><tabs>Route__c</tabs>${elements({ uiType: 'Lightning' })}`,
    ),
    ...permissionSet(
        'Office',
        [{ object: 'Account' }, { object: 'Contact' }, { object: 'Route__c', create: true, edit: true }],
        {},
        `<applicationVisibilities>${elements({ application: 'Routes', default: true, visible: true })}</applicationVisibilities><tabSettings>${elements({ tab: 'Route__c', visibility: 'Visible' })}</tabSettings>`,
    ),
};

/** As a deploy of a whole project brings them. */
function deployed(files: Files): readonly MetadataFile[] {
    return projectFiles(writeProject(files)).files.map((file) => ({ ...file, shown: file.path }));
}

const boot = async (org: TestOrg, user: string): Promise<unknown> => (await org.call(user, 'GET', '/local/boot')).body;
const tabs = (answer: unknown): unknown => {
    const navigation = at(answer, 'app', 'navigation');
    return Array.isArray(navigation) ? navigation.map((item) => at(item, 'tab')) : null;
};

describe('a bare org', () => {
    it('has accounts, its users without permission sets, and no app', async () => {
        const org = await startOrg({ bare: true });
        const answer = await boot(org, 'dora');
        assert.equal(at(answer, 'app', 'label'), 'No app is deployed');
        assert.deepEqual(tabs(answer), ['standard-Account']);
        const account = await org.create('dora', 'Account', { Name: 'Acme' });
        assert.equal((await org.call('dora', 'GET', '/local/list/Account/All')).status, 200);
        assert.equal((await org.data('dora', 'GET', `/sobjects/Account/${account}`)).status, 200);
        assert.deepEqual(codes((await org.data('sam', 'GET', '/query?q=SELECT+Id+FROM+Route__c')).body), [
            'INVALID_TYPE',
        ]);
        assert.deepEqual(await org.query('sam', 'SELECT Id FROM PermissionSet'), []);
        assert.deepEqual((await org.call('sam', 'GET', '/local/setup')).body, { types: [] });
        assert.deepEqual(org.org.store.files(), []);
    });

    it('has what is deployed without a restart, for those to whom it is assigned, and still after one', async () => {
        const dataDir = temporaryFolder();
        const org = await startOrg({ bare: true, dataDir });
        org.org.store.install(deployed({ ...PROJECT, ...APP }), 'deploy');
        assert.equal(at(await boot(org, 'dora'), 'app', 'label'), 'Routes of the Town');
        assert.deepEqual(tabs(await boot(org, 'dora')), ['standard-Account']);
        assert.deepEqual(codes((await org.data('dora', 'GET', '/query?q=SELECT+Id+FROM+Route__c')).body), [
            'INVALID_TYPE',
        ]);
        const ids = async (type: string, where: string): Promise<unknown> =>
            at(await org.query('sam', `SELECT Id FROM ${type} WHERE ${where}`), 0, 'Id');
        await org.create('sam', 'PermissionSetAssignment', {
            AssigneeId: await ids('User', "Username = 'dora@test.local'"),
            PermissionSetId: await ids('PermissionSet', "Name = 'Office'"),
        });
        assert.deepEqual(tabs(await boot(org, 'dora')), ['standard-Account', 'Route__c']);
        const route = await org.create('dora', 'Route__c', { Name: 'North' });
        const files = org.org.store.files();
        await org.close();

        const again = await startOrg({ bare: true, dataDir });
        assert.deepEqual(tabs(await boot(again, 'dora')), ['standard-Account', 'Route__c']);
        assert.equal((await again.data('dora', 'GET', `/sobjects/Route__c/${route}`)).status, 200);
        assert.deepEqual(again.org.store.files(), files);
        assert.deepEqual(codes((await again.data('wim', 'GET', '/query?q=SELECT+Id+FROM+Route__c')).body), [
            'INVALID_TYPE',
        ]);
    });

    it('started from the project has the files of both; where both have one, the project counts', async () => {
        const dataDir = temporaryFolder();
        const bare = await startOrg({ bare: true, dataDir });
        const own = {
            ...object('Depot__c', 'Depot', 'ReadWrite'),
            ...field('Depot__c', 'City__c', 'Text', { length: 9 }),
        };
        const renamed = object('Route__c', 'Tour', 'ReadWrite');
        bare.org.store.install(deployed({ ...PROJECT, ...own, ...renamed }), 'deploy');
        const depot = await bare.create('sam', 'Depot__c', { Name: 'D' });
        await bare.close();
        const org = await startOrg({ dataDir });
        assert.equal((await org.data('sam', 'GET', `/sobjects/Depot__c/${depot}`)).status, 200);
        assert.equal(at((await org.data('sam', 'GET', '/sobjects/Route__c/describe')).body, 'label'), 'Route');
        await org.create('dora', 'Route__c', { Name: 'The sets of the configuration are assigned' });
        const origins = new Map(org.org.store.files().map((file) => [file.path, file.origin]));
        assert.equal(origins.get('objects/Depot__c/Depot__c.object-meta.xml'), 'deploy');
        assert.equal(origins.get('objects/Route__c/Route__c.object-meta.xml'), 'source');
        await org.close();
        await assert.rejects(
            startOrg({ dataDir, bare: true }),
            /started from the project, not bare.*npm start -- --bare --fresh/s,
        );
    });
});

describe('a start from the project', () => {
    it('takes away what the project no longer has, keeps what was deployed, and lists every mistake', async () => {
        const dataDir = temporaryFolder();
        const org = await startOrg({ dataDir });
        const { store } = org.org;
        const depot = deployed(object('Depot__c', 'Depot', 'ReadWrite'));
        store.install([...store.files(), ...depot], 'deploy', { by: store.session('sam@test.local') ?? store.system });
        const file = store.files().find(({ path }) => path === depot[0]?.path);
        assert.equal(
            file?.modifiedBy,
            at(await org.query('sam', "SELECT Id FROM User WHERE FirstName = 'sam'"), 0, 'Id'),
        );
        await org.create('sam', 'Depot__c', { Name: 'D' });
        await org.close();

        const { 'customMetadata/Hint.First.md-meta.xml': _gone, ...fewer } = PROJECT;
        const again = await startOrg({ dataDir, projectRoot: writeProject(fewer) });
        assert.equal((await again.query('sam', 'SELECT Id FROM Depot__c')).length, 1);
        assert.deepEqual(await again.query('dora', 'SELECT Id FROM Hint__mdt'), []);
        await again.close();

        const broken = { ...PROJECT, 'tabs/A__c.tab-meta.xml': '<', 'tabs/B__c.tab-meta.xml': '<' };
        await assert.rejects(
            startOrg({ dataDir, projectRoot: writeProject(broken) }),
            /A__c\.tab-meta\.xml.*\n.*B__c\.tab-meta\.xml/,
        );
    });
});
