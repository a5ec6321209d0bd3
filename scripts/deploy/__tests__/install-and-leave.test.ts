/** Installing, updating, leaving and coming back, through the real Salesforce CLI, in an org that has nothing of the product at first. */
import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { Connection } from 'jsforce';
import { runHere } from '../../lib/__tests__/run-command.ts';
import { API_VERSION } from '../../lib/connection.ts';
import { PROJECT_ROOT } from '../../lib/project-metadata.ts';
import { queryAll } from '../../lib/records.ts';
import { createLocalOrg } from '../../local-org/server.ts';
import type { LocalOrg } from '../../local-org/server.ts';
import { deploy } from '../deploy-command.ts';
import { readInventory } from '../org-components.ts';
import { uninstall } from '../uninstall-command.ts';

interface BareOrg {
    readonly org: LocalOrg;
    readonly dataDir: string;
    readonly admin: Connection;
}

const opened: BareOrg[] = [];
after(async () => {
    for (const { org, dataDir } of opened) {
        await org.close();
        await rm(dataDir, { recursive: true, force: true });
    }
});

async function bareOrg(): Promise<BareOrg> {
    const dataDir = await mkdtemp(join(tmpdir(), 'bare-org-'));
    const org = await createLocalOrg({ projectRoot: PROJECT_ROOT, dataDir, port: 0, bare: true });
    await writeFile(join(dataDir, 'server.json'), JSON.stringify({ url: org.url, tokens: org.tokens }));
    const accessToken = org.tokens['sam@playbooks.local'] ?? '';
    const admin = new Connection({ instanceUrl: org.url, accessToken, version: API_VERSION });
    opened.push({ org, dataDir, admin });
    return { org, dataDir, admin };
}

/** Adds metadata of the org's own, as an admin would in Setup. */
function add({ org }: BareOrg, path: string, content: string): void {
    org.store.install([...org.store.files(), { path, shown: path, content, firstLine: 1 }], 'deploy');
}

function remove({ org }: BareOrg, path: string): void {
    org.store.install(
        org.store.files().filter((file) => file.path !== path),
        'deploy',
    );
}

const fieldPath = (name: string) => `objects/Account/fields/${name}.field-meta.xml`;

function addAccountField(bare: BareOrg, name: string, content: string): void {
    const xml = `<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>${name}</fullName><label>Own</label>${content}</CustomField>`;
    add(bare, fieldPath(name), xml);
}

const inOrg = ({ dataDir }: BareOrg) => ['--target-org', 'local', '--data', dataDir];

/** What a build left in the working tree. */
const builtScripts = () => globSync('force-app/**/*.js', { cwd: PROJECT_ROOT }).sort();

async function assignToMe(admin: Connection, names: readonly string[]): Promise<void> {
    const [me] = await queryAll(admin, "SELECT Id FROM User WHERE Username = 'sam@playbooks.local'");
    for (const { Id, Name } of await queryAll(admin, 'SELECT Id, Name FROM PermissionSet')) {
        if (typeof Name === 'string' && names.includes(Name)) {
            await admin
                .sobject('PermissionSetAssignment')
                .create({ AssigneeId: String(me?.['Id']), PermissionSetId: String(Id) });
        }
    }
}

describe('an org from the first install to the return', () => {
    let bare: BareOrg;
    before(async () => {
        bare = await bareOrg();
    });

    test('a type that the org cannot use is left out, and hides no other', async () => {
        const of = (type: string, fullName: string) => ({ type, fullName, directory: 'main', files: [] }) as const;
        // The local org has no Apex, as many orgs have no Translation Workbench: both answer INVALID_TYPE.
        const inventory = await readInventory(bare.admin, [of('ApexClass', 'A'), of('CustomTab', 'B')]);
        assert.deepEqual([...inventory.keys()], ['CustomTab']);
    });

    test('a first install asks whether to bring the Account fields', async () => {
        const { code, stderr } = await runHere(deploy, inOrg(bare));
        assert.equal(code, 2);
        assert.match(stderr, /--with-account-fields or --without-account-fields/);
    });

    test('an empty org gets everything, and the working tree stays as it was', async () => {
        const built = builtScripts();
        const { code, stdout, stderr } = await runHere(deploy, [...inOrg(bare), '--with-account-fields']);
        assert.equal(code, 0, stderr);
        assert.deepEqual(builtScripts(), built);
        assert.match(stdout, /Installing .* with the Account fields/);
        assert.match(stdout, /npm run playbooks -- import/);
        const pages = await bare.admin.metadata.list([{ type: 'FlexiPage' }], API_VERSION);
        assert.deepEqual(pages.map(({ fullName }) => fullName).sort(), [
            'Account_Success',
            'Playbook_Coaching_Page',
            'Playbook_Home',
            'Playbook_Sweep_Page',
            'Playbook_Worklist',
        ]);
        assert.ok(bare.org.store.files().some(({ path }) => path === 'lwc/playbookPanel/playbookPanel.js'));
        assert.ok(bare.org.store.files().every(({ path }) => !path.endsWith('.ts') && !path.includes('translations')));
    });

    test('an update keeps the trigger that the admin changed in Setup, and names it', async () => {
        const changed = await fetch(`${bare.org.url}/local/setup/Playbook_Trigger__mdt/Renewal`, {
            method: 'PATCH',
            headers: {
                authorization: `Bearer ${bare.admin.accessToken ?? ''}`,
                'content-type': 'application/json',
            },
            body: JSON.stringify({ values: { Active__c: false } }),
        });
        assert.equal(changed.status, 200, await changed.text());
        const { code, stdout, stderr } = await runHere(deploy, [...inOrg(bare), '--json']);
        assert.equal(code, 0, stderr);
        const told = JSON.parse(stdout) as { firstInstall: boolean; added: unknown[]; kept: unknown[] };
        assert.equal(told.firstInstall, false);
        assert.deepEqual(told.added, []);
        assert.deepEqual(told.kept, [
            {
                name: 'CustomMetadata:Playbook_Trigger.Renewal',
                differences: [{ at: 'Active__c', inOrg: 'false', inProject: 'true' }],
            },
        ]);
        assert.deepEqual(await activeTriggers(bare.admin), [false]);
    });

    test('--with-config shows the difference and takes this version; values that the org added to a picklist go along', async () => {
        const CAUSE = 'objects/Playbook_Run__c/fields/Cause__c.field-meta.xml';
        const cause = () => bare.org.store.files().find(({ path }) => path === CAUSE)?.content ?? '';
        const own =
            '<value><fullName>Budget &amp; freeze</fullName><default>false</default><label>Budget &amp; freeze</label></value>';
        const widened = cause().replace('</valueSetDefinition>', `${own}</valueSetDefinition>`);
        bare.org.store.install(
            bare.org.store.files().map((file) => (file.path === CAUSE ? { ...file, content: widened } : file)),
            'deploy',
        );
        const { code, stdout, stderr } = await runHere(deploy, [...inOrg(bare), '--with-config', '--yes']);
        assert.equal(code, 0, stderr);
        assert.match(stdout, /Playbook_Trigger\.Renewal\n {2}~ Active__c: false {2}\(org\) {2}→ {2}true/);
        assert.deepEqual(await activeTriggers(bare.admin), [true]);
        assert.match(stdout, /Values added in the org go along: Playbook_Run__c\.Cause__c: Budget & freeze/);
        assert.match(cause(), /<fullName>Budget &amp; freeze<\/fullName>/);
        assert.match(cause(), /<fullName>Competitor<\/fullName>/);
    });

    test('leaving needs a decision about the records, and a user who may see all of them', async () => {
        const undecided = await runHere(uninstall, [...inOrg(bare), '--yes']);
        assert.equal(undecided.code, 2);
        assert.match(undecided.stderr, /--export DIR or --no-export/);
        const unseen = await runHere(uninstall, [...inOrg(bare), '--yes', '--export', join(bare.dataDir, 'unseen')]);
        assert.equal(unseen.code, 2);
        assert.match(unseen.stderr, /may not see Playbook__c\.Category__c/);
    });

    test('a page of the org with our panel is found before anything is removed', async () => {
        const page = bare.org.store.files().find(({ path }) => path.startsWith('flexipages/'));
        add(bare, 'flexipages/Their_Page.flexipage-meta.xml', page?.content ?? '');
        const { code, stderr } = await runHere(uninstall, [...inOrg(bare), '--yes', '--no-export']);
        assert.equal(code, 2);
        assert.match(stderr, /FlexiPage:Their_Page of the org uses playbookPanel/);
        remove(bare, 'flexipages/Their_Page.flexipage-meta.xml');
    });

    test('an uninstall exports, stops where the org refuses, and goes on when run again', async () => {
        const { admin } = bare;
        await assignToMe(admin, ['Playbook_Admin', 'Playbook_Account_Fields']);
        await admin.sobject('Playbook__c').create({ Name: 'Risk, "early"', Key__c: 'risk', Summary__c: '=1+1\nline' });
        addAccountField(
            bare,
            'Twice__c',
            '<type>Number</type><precision>18</precision><scale>0</scale><formula>ARR__c * 2</formula>',
        );

        const directory = join(bare.dataDir, 'export');
        const first = await runHere(uninstall, [...inOrg(bare), '--yes', '--export', directory]);
        assert.equal(first.code, 1, first.stderr);
        assert.match(first.stderr, /Twice__c/);
        assert.match(first.stderr, /run the uninstall again/);
        const modes = [directory, join(directory, 'Playbook__c.csv')].map((path) => statSync(path).mode & 0o077);
        assert.deepEqual(modes, process.platform === 'win32' ? modes : [0, 0], 'records are for their owner alone');
        const rows: unknown = parse(readFileSync(join(directory, 'Playbook__c.csv'), 'utf8'), { columns: true });
        assert.ok(Array.isArray(rows) && rows.length === 1);
        assert.partialDeepStrictEqual(rows[0], { Key__c: 'risk', Name: 'Risk, "early"', Summary__c: '=1+1\nline' });
        assert.match(readFileSync(join(directory, 'Account.csv'), 'utf8'), /^Id,ARR__c,(?!.*,Usage_Change__c,)/);
        assert.deepEqual(await queryAll(admin, "SELECT Id FROM PermissionSet WHERE Name LIKE 'Playbook_%'"), []);

        remove(bare, fieldPath('Twice__c'));
        const second = await runHere(uninstall, [...inOrg(bare), '--yes', '--no-export', '--json']);
        assert.equal(second.code, 0, second.stderr);
        const told = JSON.parse(second.stdout) as { left: unknown[]; stays: unknown[] };
        assert.deepEqual([told.left, told.stays], [[], []]);
        const left = bare.org.store.files().filter(({ content }) => /labels>|<(?!CustomLabels)/.test(content));
        assert.deepEqual(
            left.map(({ path }) => path),
            [],
        );
        const again = await runHere(uninstall, inOrg(bare));
        assert.equal(again.code, 0);
        assert.match(again.stdout, /nothing of Success Playbooks/);
    });

    test('the product can come back, with the exported records', async () => {
        const { code, stderr } = await runHere(deploy, [...inOrg(bare), '--without-account-fields']);
        assert.equal(code, 0, stderr);
        await assignToMe(bare.admin, ['Playbook_Admin']);
        const csv = readFileSync(join(bare.dataDir, 'export', 'Playbook__c.csv'), 'utf8');
        const loaded = await bare.admin.bulk2.loadAndWaitForResults({
            object: 'Playbook__c',
            operation: 'upsert',
            externalIdFieldName: 'Key__c',
            input: csv,
        });
        assert.deepEqual(loaded.failedResults, []);
        assert.deepEqual(await queryAll(bare.admin, 'SELECT Name, Summary__c FROM Playbook__c'), [
            { Name: 'Risk, "early"', Summary__c: '=1+1\nline' },
        ]);
    });
});

async function activeTriggers(connection: Connection): Promise<unknown[]> {
    const soql = "SELECT Active__c FROM Playbook_Trigger__mdt WHERE DeveloperName = 'Renewal'";
    return (await queryAll(connection, soql)).map((row) => row['Active__c']);
}

test("the org's own field of another kind is found before anything is sent", async () => {
    const bare = await bareOrg();
    addAccountField(bare, 'Segment__c', '<type>Text</type><length>40</length>');
    const { code, stderr } = await runHere(deploy, [...inOrg(bare), '--with-account-fields']);
    assert.equal(code, 2);
    assert.match(stderr, /Account\.Segment__c of its own, of another kind: .*type Text there, Picklist here/);
    assert.ok(bare.org.requests.every(({ path }) => !path.includes('deploy')));
    assert.deepEqual(
        bare.org.store.files().map(({ path }) => path),
        ['objects/Account/fields/Segment__c.field-meta.xml'],
    );
});
