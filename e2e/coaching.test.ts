/** The coaching page: what a manager sees before a one-to-one, and what becomes of a comment. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import type { Locator } from 'playwright-core';
import { recordRun } from './coaching-records.ts';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import { SIZES, type UserPage } from './harness/user-page.ts';
import { choose } from './steps.ts';
import { keyboardIsOn } from './worklist-steps.ts';

const COACHING = '/lightning/n/Playbook_Coaching';
const SAVED = 'Brightwater Utilities';
const SKIPPED = 'Castellane Hospitality';
const GONE = 'Kestrel & Vane Insurance';
const QBR = 'Agree on a success plan';
const SPONSOR = 'Speak with the executive sponsor';

let world: World;
let integration: Connection;
before(async () => {
    world = await launch();
    integration = await connectToLocalOrg(world.org);
});
after(() => world.close());

const pageOf = ({ page }: UserPage): Locator => page.locator('c-playbook-coaching');
const stepOf = (tab: UserPage, account: string): Locator =>
    pageOf(tab)
        .getByRole('article')
        .filter({ has: tab.page.getByRole('link', { name: account, exact: true }) });

async function look(window: UserPage, state: string): Promise<void> {
    for (const [name, size] of Object.entries(SIZES)) {
        await window.page.setViewportSize(size);
        await window.expectNoSidewaysScrolling();
        await window.expectAccessible('c-playbook-coaching');
        await pageOf(window).screenshot({ path: `.local-org/screenshots/coaching-${state}-${name}.png` });
    }
    await window.page.setViewportSize(SIZES.desktop);
}

interface CommentRow {
    readonly Comment__c: string;
    readonly CreatedBy: { readonly Name: string };
}
const comments = async (): Promise<readonly CommentRow[]> =>
    (await integration.query<CommentRow>('SELECT Comment__c, CreatedBy.Name FROM Coaching_Comment__c ORDER BY Id'))
        .records;

describe('before anything has happened', () => {
    test('it says what will appear, and when', async () => {
        const lena = await world.open({ user: 'Lena Fischer', path: COACHING });
        await pageOf(lena).getByRole('heading', { name: 'Nothing in this period' }).waitFor();
        await look(lena, 'nothing');
        lena.expectNoProblems();
        await lena.close();
    });
});

describe('with saves and skipped steps', () => {
    before(async () => {
        const skip = (account: string, csm: string, days: number, step: string, reason: string, note?: string) =>
            recordRun(integration, {
                account,
                csm,
                playbook: 'at-risk',
                answers: [{ step, required: step === SPONSOR, skipped: reason, daysAgo: days, ...(note && { note }) }],
            });
        await recordRun(integration, {
            account: SAVED,
            csm: 'Maya Lindqvist',
            playbook: 'at-risk',
            answers: [
                { step: QBR, daysAgo: 40 },
                { step: SPONSOR, required: true, daysAgo: 35 },
            ],
            saved: {
                daysAgo: 12,
                arr: 480_000,
                cause: 'Low adoption',
                reason: 'Two teams were trained again, and the weekly report is back in use.',
                kept: 'Provisional',
            },
        });
        await recordRun(integration, {
            account: 'Tallinna Tark Ladu',
            csm: 'Tom Okafor',
            playbook: 'champion-change',
            answers: [{ step: 'Meet the new champion', daysAgo: 80 }],
            saved: {
                daysAgo: 70,
                arr: 96_000,
                cause: 'Champion or sponsor left',
                reason: 'The successor signed off the plan.',
                kept: 'Lost since',
            },
        });
        await recordRun(integration, {
            account: SAVED,
            csm: 'Maya Lindqvist',
            playbook: 'at-risk',
            practice: true,
            answers: [{ step: 'Practised', skipped: 'Other', daysAgo: 3 }],
        });
        await skip(
            SKIPPED,
            'Maya Lindqvist',
            2,
            SPONSOR,
            'No contact available',
            'She left in October; the office gives no name.\n\nI ask again next week.',
        );
        await skip(
            'Studio Morcote',
            'Maya Lindqvist',
            5,
            QBR,
            'Does not fit this account',
            'Three users, one product. '.repeat(30),
        );
        await skip('Drayton Facilities', 'Tom Okafor', 20, SPONSOR, 'Already covered');
        await skip('Tallinna Tark Ladu', 'Tom Okafor', 45, QBR, 'Does not fit this account');
        await recordRun(integration, {
            account: GONE,
            csm: 'Ines Costa',
            playbook: null,
            answers: [{ step: 'Call support about the cases', skipped: 'Handled by someone else', daysAgo: 60 }],
        });
    });

    test('saves come first, then which steps were skipped and why, all in three requests', async () => {
        const lena = await world.open({ user: 'Lena Fischer' });
        const asked: string[] = [];
        lena.page.on('request', (request) => {
            const { pathname } = new URL(request.url());
            if (/\/(graphql|ui-api)/.test(pathname)) asked.push(pathname);
        });
        await lena.page.getByRole('navigation').getByRole('link', { name: 'Coaching', exact: true }).click();
        await pageOf(lena).getByRole('combobox', { name: 'CSM' }).waitFor();
        await stepOf(lena, SKIPPED)
            .getByRole('button', { name: /^Comment on/ })
            .waitFor();
        assert.equal(asked.length, 3, asked.join('\n'));

        const saves = await lena.page.locator('c-playbook-saves').innerText();
        assert.match(saves, /2 saves · 576\.000\s€ ARR saved/);
        assert.match(saves, /Brightwater Utilities[\s\S]*480\.000[\s\S]*Maya Lindqvist · 12 days ago · At-Risk/);
        assert.match(saves, /Provisional\s*Low adoption[\s\S]*Tallinna[\s\S]*Lost since/);
        const counted = await lena.page.locator('c-playbook-skips').innerText();
        assert.match(
            counted,
            /Agree on a success plan\s+2 of 3 \(67\s%\)\s+fewer than 10\s+Does not fit this account: 2/,
        );
        assert.match(counted, /executive sponsor\s+Required\s+2 of 3/);
        assert.deepEqual(await pageOf(lena).getByRole('article').getByRole('link').allInnerTexts(), [
            SKIPPED,
            'Studio Morcote',
            'Drayton Facilities',
            'Tallinna Tark Ladu',
            GONE,
        ]);
        await stepOf(lena, GONE).getByText('Playbook no longer there').waitFor();
        await stepOf(lena, 'Studio Morcote').getByRole('button', { name: 'Show all' }).click();
        assert.equal(await pageOf(lena).getByText('Practised').count(), 0);
        await look(lena, 'page');

        await stepOf(lena, SKIPPED).getByRole('link', { name: SKIPPED }).click();
        await lena.page.getByRole('heading', { name: SKIPPED, level: 1 }).waitFor();
        lena.expectNoProblems();
        await lena.close();
    });

    test('narrowed to a CSM, a playbook and a period, and still so after coming back', async () => {
        const lena = await world.open({ user: 'Lena Fischer', path: COACHING });
        await choose(pageOf(lena), 'CSM', 'Maya Lindqvist');
        await stepOf(lena, 'Drayton Facilities').waitFor({ state: 'detached' });
        await pageOf(lena).getByText('1 save · 480.000').waitFor();
        assert.equal(await pageOf(lena).getByRole('article').count(), 2);
        await choose(pageOf(lena), 'Playbook', 'Champion Change');
        await pageOf(lena).getByRole('heading', { name: 'Nothing in this period' }).waitFor();
        await look(lena, 'narrowed');
        await choose(pageOf(lena), 'Playbook', 'All playbooks and signals');
        await lena.page.getByRole('button', { name: '30 days' }).click();
        await stepOf(lena, SKIPPED).getByRole('link').click();
        await lena.page.getByRole('heading', { name: SKIPPED, level: 1 }).waitFor();
        await lena.page.goBack();
        await stepOf(lena, SKIPPED).waitFor();
        assert.equal(await pageOf(lena).getByRole('button', { name: '30 days' }).getAttribute('aria-pressed'), 'true');
        assert.equal(await stepOf(lena, 'Drayton Facilities').count(), 0);
        lena.expectNoProblems();
        await lena.close();
    });

    test('a comment is written, changed, removed and brought back with the keyboard alone', async () => {
        const lena = await world.open({ user: 'Lena Fischer', path: COACHING });
        const row = stepOf(lena, SKIPPED);
        const { keyboard } = lena.page;
        await row.getByRole('button', { name: /^Comment on/ }).focus();
        await keyboard.press('Enter');
        await keyboard.type('Ask me for an introduction');
        await keyboard.press('Escape');
        await keyboardIsOn(lena, /^Comment on Speak with/);
        await keyboard.press('Enter');
        const box = row.getByRole('textbox');
        assert.equal(await box.inputValue(), 'Ask me for an introduction');
        await keyboard.press('End');
        await keyboard.type('.');
        await look(lena, 'writing');
        await box.focus();
        await keyboard.press('Control+Enter');
        await row.getByText('Ask me for an introduction.').waitFor();
        await keyboardIsOn(lena, /^Comment on Speak with/);
        assert.deepEqual(
            (await comments()).map(({ Comment__c, CreatedBy }) => [Comment__c, CreatedBy.Name]),
            [['Ask me for an introduction.', 'Lena Fischer']],
        );

        await row.getByRole('button', { name: 'Edit' }).focus();
        await keyboard.press('Enter');
        await keyboardIsOn(lena, /^Ask me/);
        await keyboard.press('Control+A');
        await keyboard.type('I know her successor: ask me.');
        await keyboard.press('Control+Enter');
        await row.getByText('I know her successor: ask me.').waitFor();
        await look(lena, 'commented');
        await row.getByRole('button', { name: 'Remove' }).focus();
        await keyboard.press('Enter');
        await keyboardIsOn(lena, /^Comment removed/);
        assert.deepEqual(await comments(), []);
        await keyboard.press('Tab');
        await keyboard.press('Enter');
        await row.getByText('I know her successor: ask me.').waitFor();
        assert.deepEqual(
            (await comments()).map(({ Comment__c }) => Comment__c),
            ['I know her successor: ask me.'],
        );
        lena.expectNoProblems();
        await lena.close();
    });

    test('an org that is away: what was written stays, and is saved once it is back', async () => {
        const lena = await world.open({ user: 'Lena Fischer', path: COACHING });
        const row = stepOf(lena, 'Drayton Facilities');
        await row.getByRole('button', { name: /^Comment on/ }).click();
        await row.getByRole('textbox').fill('Covered by whom?');
        await world.stopOrg();
        await row.getByRole('button', { name: 'Save', exact: true }).click();
        await row
            .getByRole('alert')
            .getByText(/What you wrote is still here/)
            .waitFor();
        assert.equal(await row.getByRole('textbox').inputValue(), 'Covered by whom?');
        await look(lena, 'not-saved');
        await world.startOrg();
        integration = await connectToLocalOrg(world.org);
        await row.getByRole('button', { name: 'Try again' }).click();
        await row.getByText('Covered by whom?').waitFor();
        await row.getByRole('textbox').waitFor({ state: 'detached' });
        assert.equal((await comments()).length, 2);
        await lena.close();
    });

    test('a CSM has no such page, and may write no comment by any other way', async () => {
        const maya = await world.open({ user: 'Maya Lindqvist' });
        await maya.page.getByRole('link', { name: 'Worklist', exact: true }).waitFor();
        assert.equal(await maya.page.getByRole('link', { name: 'Coaching', exact: true }).count(), 0);
        await maya.visit(COACHING);
        assert.equal(await pageOf(maya).count(), 0);
        await maya.close();
        const asMaya = await connectToLocalOrg(world.org, 'maya');
        const read = await asMaya.query<CommentRow>('SELECT Comment__c FROM Coaching_Comment__c');
        assert.equal(read.totalSize, 2);
        const [step] = (
            await asMaya.query<{ Id: string }>(
                "SELECT Id FROM Step_Completion__c WHERE Completion_Status__c = 'Skipped'",
            )
        ).records;
        const written = { Commented_Step__c: step?.Id ?? '', Comment__c: 'Me too' };
        await assert.rejects(asMaya.sobject('Coaching_Comment__c').create(written), /INSUFFICIENT_ACCESS/);
    });

    test('a leader without the right to comment reads what others wrote', async () => {
        const sam = await connectToLocalOrg(world.org, 'sam');
        const { records } = await sam.query<{ Id: string }>(
            "SELECT Id FROM PermissionSetAssignment WHERE Assignee.Name = 'Lena Fischer' AND PermissionSet.Name = 'Playbook_Coach'",
        );
        assert.equal(records.length, 1);
        await sam.sobject('PermissionSetAssignment').delete(records[0]?.Id ?? '');
        const lena = await world.open({ user: 'Lena Fischer', path: COACHING });
        await stepOf(lena, SKIPPED).getByText('I know her successor: ask me.').waitFor();
        await pageOf(lena).getByText('Who writes them needs the permission set Playbook Coach.').waitFor();
        for (const name of [/^Comment on/, 'Edit', 'Remove'])
            assert.equal(await pageOf(lena).getByRole('button', { name }).count(), 0);
        await look(lena, 'read-only');
        lena.expectNoProblems();
        await lena.close();
    });

    test('many are shown a few at first, and fifty more when asked', async () => {
        await recordRun(integration, {
            account: 'Studio Morcote',
            csm: 'Tom Okafor',
            playbook: 'renewal',
            answers: Array.from({ length: 60 }, (_, index) => ({
                step: `Step ${index % 9}`,
                skipped: 'Other',
                daysAgo: 10 + index / 100,
            })),
        });
        const lena = await world.open({ user: 'Lena Fischer', path: COACHING });
        await choose(pageOf(lena), 'Playbook', 'Renewal');
        await pageOf(lena).getByRole('button', { name: 'Show all 9 steps' }).click();
        assert.equal(await pageOf(lena).getByRole('article').count(), 15);
        await pageOf(lena).getByRole('button', { name: 'Show more' }).click();
        await pageOf(lena).getByRole('button', { name: 'Show more' }).waitFor({ state: 'detached' });
        assert.equal(await pageOf(lena).getByRole('article').count(), 60);
        lena.expectNoProblems();
        await lena.close();
    });

    test('where the org hides individuals there are no names, and no filter by them', async () => {
        const sam = await connectToLocalOrg(world.org, 'sam');
        const changed = await fetch(`${world.org.url}/local/setup/Playbook_Setting__mdt/Default`, {
            method: 'PATCH',
            headers: { authorization: `Bearer ${sam.accessToken ?? ''}`, 'content-type': 'application/json' },
            body: JSON.stringify({ values: { Hide_Individuals__c: true } }),
        });
        assert.equal(changed.status, 200, await changed.text());
        const lena = await world.open({ user: 'Lena Fischer', path: COACHING });
        await stepOf(lena, SKIPPED).waitFor();
        assert.equal(await pageOf(lena).getByRole('combobox', { name: 'CSM' }).count(), 0);
        const text = await pageOf(lena).innerText();
        assert.doesNotMatch(text, /Maya|Tom Okafor|Ines/);
        await look(lena, 'hidden');
        lena.expectNoProblems();
        await lena.close();
    });
});
