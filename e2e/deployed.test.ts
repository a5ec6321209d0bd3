/**
 * An empty org. The product comes by `npm run deploy`, with the real Salesforce CLI; schema, app, page, permissions and the components on it are what was deployed, and
 * nothing is read from the project's folders.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { buildOrgPage } from '../scripts/local-org/browser/build-org-page.ts';
import { createLocalOrg, type LocalOrg } from '../scripts/local-org/server.ts';
import { importPlaybooks } from '../scripts/playbooks/import.ts';
import { loadSample } from '../scripts/sample/load.ts';
import { launchChromium } from './harness/chromium.ts';
import { connectToLocalOrg, PROJECT_ROOT } from './harness/launch.ts';
import { openAs } from './harness/user-page.ts';
import { answer, openAccount, panelOf, stepOf, confirmed } from './steps.ts';

let dataDir = '';
let org: LocalOrg;
let browser: Browser;
before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'bare-org-'));
    const log = (line: string): void => void process.stderr.write(`${line}\n`);
    org = await createLocalOrg({
        projectRoot: PROJECT_ROOT,
        dataDir,
        port: 0,
        bare: true,
        buildPage: (files) => buildOrgPage({ projectRoot: PROJECT_ROOT, dataDir, files, log }),
    });
    browser = await launchChromium();
});
after(async () => {
    await browser.close();
    await org.close();
    await rm(dataDir, { recursive: true, force: true });
});

test('an org without the app says so', async () => {
    const sam = await openAs(browser, org.url, { user: 'Sam Reyes' });
    await sam.page
        .getByText(/no app/i)
        .first()
        .waitFor();
    sam.expectNoProblems();
    await sam.close();
});

test('npm run deploy installs, and says what comes next', async () => {
    const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        [
            '--import',
            'tsx',
            'scripts/deploy/deploy.ts',
            '--target-org',
            org.url,
            '--with-account-fields',
            '--with-translations',
            '--yes',
        ],
        {
            cwd: PROJECT_ROOT,
            env: { ...process.env, SF_ACCESS_TOKEN: org.tokens['sam@playbooks.local'] },
            maxBuffer: 1 << 26,
        },
    );
    assert.match(stdout + stderr, /permission set/i);
});

test('the Account page works from what was deployed', async () => {
    const admin = await connectToLocalOrg(org, 'sam');
    await assign(admin, 'maya', ['Playbook_CSM', 'Playbook_Account_Fields', 'Playbook_Account_Facts']);
    await assign(admin, 'integration', [
        'Playbook_Integration',
        'Playbook_Account_Fields',
        'Playbook_Account_Fields_Edit',
    ]);
    const connection = await connectToLocalOrg(org);
    await importPlaybooks({ connection, directory: path.join(PROJECT_ROOT, 'data/playbooks') });
    const today = new Date().toISOString().slice(0, 10);
    await loadSample({ connection, directory: path.join(PROJECT_ROOT, 'data/sample'), today });

    const maya = await openAs(browser, org.url, { user: 'Maya Lindqvist' });
    await openAccount(maya, 'Brightwater Utilities');
    await panelOf(maya).getByText('Health is 34 (limit 60)').waitFor();
    const CHECK = 'Check that the figures are right';
    await answer(maya, CHECK, { choose: ['Real'], note: 'As deployed' });
    await confirmed(stepOf(maya, CHECK), CHECK);
    await maya.page.screenshot({ path: '.local-org/screenshots/deployed.png', fullPage: true });
    maya.expectNoProblems();
    await maya.close();
    const { records } = await connection.query('SELECT Recorded_Title__c FROM Step_Completion__c');
    assert.deepEqual(
        records.map((record) => String(record['Recorded_Title__c'])),
        [CHECK],
    );
});

async function assign(
    admin: Awaited<ReturnType<typeof connectToLocalOrg>>,
    user: string,
    sets: readonly string[],
): Promise<void> {
    const people = await admin.query(`SELECT Id FROM User WHERE Username = '${user}@playbooks.local'`);
    const AssigneeId = people.records[0]?.Id;
    for (const name of sets) {
        const found = await admin.query(`SELECT Id FROM PermissionSet WHERE Name = '${name}'`);
        const saved = await admin
            .sobject('PermissionSetAssignment')
            .create({ AssigneeId, PermissionSetId: found.records[0]?.Id });
        assert.ok(saved.success);
    }
}
