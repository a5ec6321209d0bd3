import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { loadSample } from '../sample/load.ts';
import { at, column, listAt, words } from './answer.ts';
import { openOrg, PROJECT_ROOT } from './org.ts';
import { ProjectCopy } from './project-copy.ts';
import { SalesforceCli } from './salesforce-cli.ts';

const org = await openOrg({ bare: true });
const skip = org.skipUnlessLocal('it begins with an empty org');

/** Who gets which permission sets: the ones of config/local-org.json, by the command that an admin would type. */
const ASSIGNMENTS: readonly (readonly [sets: readonly string[], people: readonly string[]])[] = [
    [
        ['Playbook_CSM', 'Playbook_Account_Fields', 'Playbook_Account_Facts'],
        ['maya', 'tom', 'ines'],
    ],
    [['Playbook_Author', 'Playbook_Account_Fields'], ['ada']],
    [['Playbook_Admin', 'Playbook_Account_Fields', 'Playbook_Account_Fields_Edit'], ['sam']],
    [['Playbook_Leader', 'Playbook_Account_Fields'], ['lena']],
    [['Playbook_Integration', 'Playbook_Account_Fields', 'Playbook_Account_Fields_Edit'], ['integration']],
];

describe('The story: an empty org, the Salesforce CLI, an Account page', { skip }, () => {
    it('the org has standard objects and nothing of the project', async () => {
        const { sobjects } = await org.admin.describeGlobal();
        const names = column(sobjects, 'name');
        assert.ok(names.includes('Account'));
        assert.deepEqual(
            names.filter((name) => /__c$|__mdt$/.test(String(name))),
            [],
        );
        await assert.rejects(async () => org.admin.query('SELECT Id FROM Playbook__c'), { errorCode: 'INVALID_TYPE' });
    });

    it('sf project deploy start brings the whole project', async (test) => {
        const { cli } = await SalesforceCli.login(org);
        const copy = await ProjectCopy.built(org.temporaryFolder());
        const result = await cli.result(['project', 'deploy', 'start', '--source-dir', 'force-app', '--wait', '5'], {
            cwd: copy.root,
        });
        assert.equal(at(result, 'status'), 'Succeeded');
        test.diagnostic(`${words(at(result, 'numberComponentsDeployed'))} components`);
        const types = new Set(column(listAt(result, 'files'), 'type'));
        for (const type of [
            'CustomObject',
            'CustomField',
            'PermissionSet',
            'FlexiPage',
            'LightningComponentBundle',
            'CustomMetadata',
        ]) {
            assert.ok(types.has(type), `${type} is among the files`);
        }
    });

    it('nobody may use it before permission sets are assigned', async () => {
        await assert.rejects(async () => org.as('maya').query('SELECT Id FROM Playbook__c'), {
            errorCode: 'INVALID_TYPE',
        });
    });

    it('sf org assign permset --on-behalf-of gives the people their access', async () => {
        const { cli } = await SalesforceCli.login(org);
        for (const [sets, people] of ASSIGNMENTS) {
            const result = await cli.result([
                ...['org', 'assign', 'permset'],
                ...sets.flatMap((set) => ['--name', set]),
                ...people.flatMap((person) => ['--on-behalf-of', `${person}@playbooks.local`]),
            ]);
            assert.equal(listAt(result, 'successes').length, sets.length * people.length);
        }
        assert.equal((await org.as('maya').query('SELECT Id FROM Playbook__c')).totalSize, 0);
    });

    it('the project’s own commands import the playbooks and the sample', async () => {
        const { stdout } = await promisify(execFile)(
            process.execPath,
            ['--import', 'tsx', 'scripts/playbooks/cli.ts', 'import', '--org', org.url],
            { cwd: PROJECT_ROOT, env: { ...process.env, SF_ACCESS_TOKEN: org.tokenOf('integration') } },
        );
        assert.match(stdout, /\S/);
        const { accounts } = await loadSample({
            connection: org.as('integration'),
            directory: join(PROJECT_ROOT, 'data', 'sample'),
            today: new Date().toISOString().slice(0, 10),
        });
        assert.ok(accounts > 5);
    });

    it('a success manager reads what the Account page shows: figures, triggers, published playbooks and their steps', async () => {
        const token = org.tokenOf('maya');
        const { records } = await org
            .as('maya')
            .query<{ Id: string }>(`SELECT Id FROM Account WHERE Name = 'Brightwater Utilities'`);
        const account = words(at(records, 0, 'Id'));
        const figures = ['Health_Score__c', 'Usage_Change__c', 'ARR__c', 'Renewal_Date__c'];
        const { body } = await org.call(
            'GET',
            `/ui-api/records/${account}?fields=Account.Name&optionalFields=${figures.map((one) => `Account.${one}`).join(',')}`,
            undefined,
            { token },
        );
        assert.equal(at(body, 'fields', 'Health_Score__c', 'value'), 34);
        assert.equal(at(body, 'fields', 'ARR__c', 'value'), 184_000);
        assert.equal(Math.round(Number(at(body, 'fields', 'Usage_Change__c', 'value'))), -42);
        const answer = await org.graphql(
            `{ uiapi { query {
                Playbook_Trigger__mdt(first: 50) { edges { node { DeveloperName { value } Enter_When__c { value } } } }
                Playbook_Version__c(first: 50, where: { Version_Status__c: { eq: "Published" } }) { edges { node { Id Playbook__r { Key__c { value } } } } }
                Playbook_Step__c(first: 2000, where: { Playbook_Version__r: { Version_Status__c: { eq: "Published" } } }) { edges { node { Id Name { value } } } }
            } } }`,
            {},
            token,
        );
        assert.deepEqual(listAt(answer, 'errors'), []);
        const nodes = (object: string): readonly unknown[] =>
            listAt(answer, 'data', 'uiapi', 'query', object, 'edges').map((edge) => at(edge, 'node'));
        const triggers = nodes('Playbook_Trigger__mdt').map((node) => at(node, 'DeveloperName', 'value'));
        assert.ok(triggers.includes('At_Risk'));
        const keys = nodes('Playbook_Version__c').map((node) => words(at(node, 'Playbook__r', 'Key__c', 'value')));
        assert.deepEqual(keys.toSorted(), ['at-risk', 'champion-change', 'renewal']);
        assert.ok(nodes('Playbook_Step__c').length > 10);
    });

    it('the page that was deployed stands in the app, with the panel on it', async () => {
        const files = org.local?.store.files() ?? [];
        const page = files.find(({ path }) => path === 'flexipages/Account_Success.flexipage-meta.xml');
        assert.match(page?.content ?? '', /playbookPanel/);
        assert.ok(files.some(({ path }) => path === 'lwc/playbookPanel/playbookPanel.js'));
    });
});
