import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryOrg } from '../../lib/__tests__/temporary-org.ts';
import { CommandError } from '../../lib/errors.ts';
import { importPlaybooks, PlaybookProblems } from '../import.ts';
import type { Summary } from '../import.ts';

const org = await temporaryOrg();
const connection = org.connect();
const folder = await mkdtemp(join(tmpdir(), 'playbooks-files-'));
after(() => rm(folder, { recursive: true, force: true }));

const RENEWAL = await readFile('data/playbooks/renewal.yaml', 'utf8');

/** The renewal playbook with changes, as a file of its own. */
async function file(changes: readonly (readonly [string, string])[]): Promise<string> {
    const path = join(folder, 'renewal.yaml');
    await writeFile(
        path,
        changes.reduce((text, [from, to]) => {
            assert.ok(text.includes(from), from);
            return text.replace(from, to);
        }, RENEWAL),
    );
    return path;
}

const outcomes = ({ playbooks }: Summary): string[] =>
    playbooks.map(({ key, version, outcome }) => `${key} ${version} ${outcome}`);

async function versions(): Promise<string[]> {
    const rows = await org.rows(
        "SELECT Version_Key__c, Version_Status__c FROM Playbook_Version__c WHERE Playbook__r.Key__c = 'renewal' ORDER BY Version_Number__c",
    );
    return rows.map((row) => `${String(row['Version_Key__c'])} ${String(row['Version_Status__c'])}`);
}

test('the shipped library is imported and published, and a second time nothing changes', async () => {
    const first = await importPlaybooks({ connection, directory: 'data/playbooks' });
    assert.deepEqual(outcomes(first), ['at-risk 2 published', 'champion-change 1 published', 'renewal 1 published']);
    const steps = first.playbooks.reduce((sum, playbook) => sum + playbook.steps, 0);
    const resources = first.playbooks.reduce((sum, playbook) => sum + playbook.resources, 0);
    const counts = async (): Promise<number[]> =>
        Promise.all(
            ['Playbook__c', 'Playbook_Version__c', 'Playbook_Step__c', 'Playbook_Resource__c'].map((type) =>
                org.count(type),
            ),
        );
    assert.deepEqual(await counts(), [3, 3, steps, resources]);

    const second = await importPlaybooks({ connection, directory: 'data/playbooks' });
    assert.deepEqual(outcomes(second), ['at-risk 2 unchanged', 'champion-change 1 unchanged', 'renewal 1 unchanged']);
    assert.deepEqual(await counts(), [3, 3, steps, resources]);
});

test('a step is stored as its file says', async () => {
    const [step] = await org.rows(
        "SELECT Name, Required__c, Customer_Contact__c, Due_From__c, Due_Offset__c, Due_Unit__c, Decision_Options__c, Decision_Max__c FROM Playbook_Step__c WHERE Step_Record_Key__c = 'renewal:1:decision_process'",
    );
    assert.deepEqual(step, {
        Name: 'Learn who decides, who signs and what it has to pass',
        Required__c: true,
        Customer_Contact__c: true,
        Due_From__c: 'Anchor',
        Due_Offset__c: -60,
        Due_Unit__c: 'Days',
        Decision_Options__c: 'Nothing special\nProcurement\nLegal review\nSecurity or privacy review',
        Decision_Max__c: 3,
    });
    const resources = await org.rows(
        "SELECT Resource_Key__c, Resource_Step__r.Step_Key__c FROM Playbook_Resource__c WHERE Resource_Key__c = 'renewal:1:value_review_script'",
    );
    assert.match(JSON.stringify(resources), /"Step_Key__c":"value_review"/);
});

test('changed content under a published number is refused, and nothing is written', async () => {
    const changed = await file([['title: Have it signed', 'title: Have it signed soon']]);
    await assert.rejects(importPlaybooks({ connection, files: [changed] }), (error) => {
        assert.ok(error instanceof PlaybookProblems);
        assert.match(
            error.problems[0]?.message ?? '',
            /published in this org with other content \(renewal:1:signature: Name\)/,
        );
        assert.match(error.problems[0]?.action ?? '', /Raise `version` to 2/);
        return true;
    });
    assert.deepEqual(await versions(), ['renewal:1 Published']);
});

test('a mistake in one file keeps the others from being written, too', async () => {
    const broken = await file([
        ['version: 1', 'version: 2'],
        ['category: Renewal', 'category: Rescue'],
    ]);
    const other = join(folder, 'other.yaml');
    await writeFile(other, RENEWAL.replace('key: renewal', 'key: other'));
    await assert.rejects(importPlaybooks({ connection, files: [other, broken] }), PlaybookProblems);
    assert.equal(await org.count('Playbook__c'), 3);
});

test('a new number is published and retires the one before; the old file is then behind', async () => {
    const second = await file([
        ['version: 1', 'version: 2'],
        ['title: Have it signed', 'title: Have it signed soon'],
        ['change_note: First version.', 'change_note: Clearer title.'],
    ]);
    assert.deepEqual(outcomes(await importPlaybooks({ connection, files: [second] })), ['renewal 2 published']);
    assert.deepEqual(await versions(), ['renewal:1 Retired', 'renewal:2 Published']);
    await assert.rejects(
        importPlaybooks({ connection, files: ['data/playbooks/renewal.yaml'] }),
        /behind this org, which has version 2/,
    );
});

test('a draft that an interrupted import left is completed: leftovers go, what differs is corrected', async () => {
    const [playbook] = await org.rows("SELECT Id FROM Playbook__c WHERE Key__c = 'renewal'");
    const draft = await connection.sobject('Playbook_Version__c').create({
        Name: 'Half',
        Playbook__c: String(playbook?.['Id']),
        Version_Key__c: 'renewal:3',
        Version_Number__c: 3,
        Version_Status__c: 'Draft',
    });
    const step = { Playbook_Version__c: draft.id ?? '', Phase__c: 'Half', Name: 'Half' };
    await connection.sobject('Playbook_Step__c').create([
        { ...step, Step_Record_Key__c: 'renewal:3:signature', Step_Key__c: 'signature', Position__c: 1 },
        { ...step, Step_Record_Key__c: 'renewal:3:dropped', Step_Key__c: 'dropped', Position__c: 2 },
    ]);
    const third = await file([['version: 1', 'version: 3']]);
    const [result] = (await importPlaybooks({ connection, files: [third] })).playbooks;
    assert.ok(result !== undefined);
    assert.equal(result.outcome, 'published');
    const rows = await org.rows(
        "SELECT Name, Step_Key__c FROM Playbook_Step__c WHERE Playbook_Version__r.Version_Key__c = 'renewal:3'",
    );
    assert.equal(rows.length, result.steps);
    assert.ok(rows.some((row) => row['Step_Key__c'] === 'signature' && row['Name'] === 'Have it signed'));
    assert.ok(!rows.some((row) => row['Step_Key__c'] === 'dropped'));
    assert.deepEqual(await versions(), ['renewal:1 Retired', 'renewal:2 Retired', 'renewal:3 Published']);
});

test('an author imports without the help of an admin', async () => {
    const fourth = await file([['version: 1', 'version: 4']]);
    assert.deepEqual(outcomes(await importPlaybooks({ connection: org.connect('ada'), files: [fourth] })), [
        'renewal 4 published',
    ]);
});

test('a CSM cannot import, and is told so', async () => {
    const fifth = await file([['version: 1', 'version: 5']]);
    await assert.rejects(importPlaybooks({ connection: org.connect('maya'), files: [fifth] }), (error) => {
        assert.ok(error instanceof CommandError);
        assert.match(error.messages[0]?.action ?? '', /permission set/);
        return true;
    });
});
