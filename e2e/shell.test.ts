/** Every page around the product's own components: loads without errors, is accessible, fits a desktop and a phone. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Boot, PageRegion } from '../scripts/local-org/page-contract.ts';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import { SIZES, type Size } from './harness/user-page.ts';
import { accountIdOf, answer, onlyRunOf, openAccount } from './steps.ts';

let world: World;
before(async () => {
    world = await launch();
});
after(() => world.close());

const PAGES: readonly {
    readonly name: string;
    readonly user: string;
    readonly path: string;
    readonly heading: RegExp;
    /** 1 when left out: pages of components alone have none of that level. */
    readonly level?: number;
}[] = [
    { name: 'home', user: 'Maya Lindqvist', path: '/lightning/page/home', heading: /^Worklist/, level: 2 },
    { name: 'worklist', user: 'Tom Okafor', path: '/lightning/n/Playbook_Worklist', heading: /^Worklist/, level: 2 },
    { name: 'accounts', user: 'Maya Lindqvist', path: '/lightning/o/Account/list', heading: /Accounts/ },
    { name: 'runs', user: 'Maya Lindqvist', path: '/lightning/o/Playbook_Run__c/list', heading: /Playbook Runs/ },
    {
        name: 'my-runs',
        user: 'Maya Lindqvist',
        path: '/lightning/o/Playbook_Run__c/list?filterName=My_Open_Runs',
        heading: /My Open Runs|Playbook Runs/,
    },
    { name: 'sweeps', user: 'Maya Lindqvist', path: '/lightning/o/Playbook_Sweep__c/list', heading: /Playbook Sweeps/ },
    { name: 'playbooks', user: 'Ada Novak', path: '/lightning/o/Playbook__c/list', heading: /Playbooks/ },
    { name: 'no-such-page', user: 'Maya Lindqvist', path: '/lightning/nowhere', heading: /no such page/ },
    { name: 'setup-denied', user: 'Maya Lindqvist', path: '/setup', heading: /may not open Setup/ },
    { name: 'setup', user: 'Sam Reyes', path: '/setup', heading: /Custom metadata types/ },
    { name: 'setup-triggers', user: 'Sam Reyes', path: '/setup/Playbook_Trigger__mdt', heading: /Playbook Triggers/ },
    { name: 'setup-trigger', user: 'Sam Reyes', path: '/setup/Playbook_Trigger__mdt/At_Risk', heading: /At.Risk/i },
    { name: 'setup-new', user: 'Sam Reyes', path: '/setup/Playbook_Holiday__mdt/-new', heading: /New/ },
];

for (const size of Object.keys(SIZES) as Size[]) {
    describe(`pages at ${size} width`, () => {
        for (const { name, user, path, heading, level = 1 } of PAGES) {
            test(`${name} (${user})`, async () => {
                const window = await world.open({ user, path, size });
                await window.page.getByRole('heading', { level, name: heading }).waitFor();
                await window.expectNoSidewaysScrolling();
                await window.expectAccessible();
                await window.screenshot(`shell-${name}`);
                window.expectNoProblems();
                await window.close();
            });
        }
    });
}

describe('records as their layouts say', () => {
    const ACCOUNT = 'Kestrel & Vane Insurance';
    const STEP = 'Check that the figures are right';
    const CAUSE = 'Name the cause, as far as you know it now';
    let accountId: string;
    let runId: string;
    before(async () => {
        const maya = await world.open({ user: 'Maya Lindqvist' });
        await openAccount(maya, ACCOUNT);
        await answer(maya, STEP, { choose: ['Real'] });
        await answer(maya, CAUSE, { choose: ['Low adoption', 'Price or budget', 'Competitor'] });
        await maya.close();
        const integration = await connectToLocalOrg(world.org);
        accountId = await accountIdOf(integration, ACCOUNT);
        runId = (await onlyRunOf(integration, ACCOUNT)).Id;
    });

    for (const size of Object.keys(SIZES) as Size[]) {
        test(`an account with figures, help texts and related lists is accessible (${size})`, async () => {
            const window = await world.open({
                user: 'Maya Lindqvist',
                path: `/lightning/r/Account/${accountId}/view`,
                size,
            });
            await window.page.getByRole('heading', { name: 'System Information' }).waitFor();
            await window.page.getByRole('heading', { name: 'Playbook Runs (1)' }).waitFor();
            await window.expectNoSidewaysScrolling();
            await window.expectAccessible();
            await window.screenshot('shell-account');
            window.expectNoProblems();
            await window.close();
        });

        test(`a run: compact layout in front, sections of the page layout, columns of its related list (${size})`, async () => {
            const window = await world.open({ user: 'Maya Lindqvist', path: `/lightning/r/${runId}/view`, size });
            const { page } = window;
            await page.getByRole('heading', { name: 'Step Completions (2)' }).waitFor();
            assert.deepEqual(await page.locator('local-highlights-panel dt').allTextContents(), [
                'Account',
                'Playbook',
                'Status',
                'Current Tier',
                'Next Step',
                'Outcome',
            ]);
            const details = page.getByRole('region', { name: 'Details' });
            assert.deepEqual(await details.getByRole('heading', { level: 3 }).allTextContents(), [
                'Run',
                'Why',
                'Put Aside and Swept',
                'Outcome',
                'Progress',
                'At Opening and Close',
                'Counted As (1 or 0)',
                'Record',
            ]);
            const row = page
                .getByRole('region', { name: 'Step Completions' })
                .locator('tbody tr')
                .filter({ hasText: STEP });
            const shown = await row
                .locator('td')
                .evaluateAll((list) => list.map((cell) => [cell.getAttribute('data-label'), cell.textContent]));
            assert.deepEqual(
                shown.map(([label]) => label),
                ['Completion Number', 'Recorded Title', 'Status', 'Decision', 'Completed At', 'Completed By'],
            );
            assert.deepEqual(
                shown.slice(1, 4).map(([, text]) => text),
                [STEP, 'Done', 'Real'],
            );
            const scroller = page.getByRole('region', { name: 'Step Completions' }).locator('.scroller');
            assert.ok(
                await scroller.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth),
                'The related list is cut off.',
            );
            await window.expectNoSidewaysScrolling();
            await window.expectAccessible();
            await window.screenshot('shell-run');
            window.expectNoProblems();
            await window.close();
        });
    }
});

describe('lists', () => {
    test('search, sort and list view narrow and order the accounts; a row leads to its record and back', async () => {
        const window = await world.open({ user: 'Maya Lindqvist', path: '/lightning/o/Account/list' });
        const { page } = window;
        const names = page.locator('td.lead a');
        await names.first().waitFor();
        const first = await names.first().textContent();
        await page.getByRole('button', { name: /Account Name/ }).click();
        await page.locator('th[aria-sort=descending]').waitFor();
        // The rows follow the arrow: they come from the server.
        await page.waitForFunction((before) => document.querySelector('td.lead a')?.textContent !== before, first);

        await page.getByRole('searchbox', { name: /Search Accounts/ }).fill('brightwater');
        await page.getByText('1 item', { exact: true }).waitFor();
        await page.getByRole('link', { name: 'Brightwater Utilities' }).click();
        await page.getByRole('heading', { level: 1, name: /Brightwater Utilities/ }).waitFor();
        assert.match(await page.title(), /Brightwater Utilities/);
        await page.goBack();
        await page.getByRole('heading', { level: 1, name: /Accounts/ }).waitFor();
        window.expectNoProblems();
        await window.close();
    });

    test('an account of another team is not listed, and its address says why it cannot be shown', async () => {
        const ines = await world.open({ user: 'Ines Costa', path: '/lightning/o/Account/list' });
        const theirs = await ines.page.locator('td.lead a').first().getAttribute('href');
        const name = await ines.page.locator('td.lead a').first().textContent();
        assert.ok(theirs && name);
        await ines.close();

        const maya = await world.open({ user: 'Maya Lindqvist', path: '/lightning/o/Account/list' });
        await maya.page.locator('td.lead a').first().waitFor();
        assert.equal(await maya.page.getByRole('link', { name, exact: true }).count(), 0);
        await maya.visit(theirs);
        await maya.page.getByRole('heading', { level: 1, name: 'This record cannot be shown' }).waitFor();
        await maya.screenshot('shell-not-shared');
        maya.expectProblems(/response: (403|404)/);
        await maya.close();
    });
});

describe('records', () => {
    test('an author changes a playbook on its record page; a CSM has no button for that', async () => {
        const ada = await world.open({ user: 'Ada Novak', path: '/lightning/o/Playbook__c/list' });
        await ada.page.locator('td.lead a').first().click();
        await ada.page.getByRole('button', { name: 'Edit' }).click();
        const summary = ada.page.getByRole('textbox', { name: /Summary/ });
        await summary.fill('Changed by the author in a test.');
        await ada.page.getByRole('button', { name: 'Save' }).click();
        await ada.page.getByText('Changed by the author in a test.').first().waitFor();
        const address = new URL(ada.page.url()).pathname;
        ada.expectNoProblems();
        await ada.close();

        const maya = await world.open({ user: 'Maya Lindqvist', path: address });
        await maya.page.getByText('Changed by the author in a test.').first().waitFor();
        assert.equal(await maya.page.getByRole('button', { name: 'Edit' }).count(), 0);
        maya.expectNoProblems();
        await maya.close();
    });

    test('a save that is refused marks the field and keeps what was typed', async () => {
        const sam = await world.open({ user: 'Sam Reyes', path: '/lightning/o/Account/list' });
        await sam.page.locator('td.lead a').first().click();
        await sam.page.getByRole('button', { name: 'Edit' }).click();
        const name = sam.page.getByRole('textbox', { name: 'Account Name' });
        await name.fill('');
        await sam.page.getByRole('button', { name: 'Save' }).click();
        await sam.page.getByText('Correct the marked fields').waitFor();
        assert.equal(await name.getAttribute('aria-invalid'), 'true');
        sam.expectProblems(/response: 400 PATCH/);
        await sam.close();
    });
});

describe('record pages from metadata', () => {
    test('a component that the project or the local org does not have leaves a box that names it; the rest works', async () => {
        const window = await world.open({ user: 'Maya Lindqvist', path: '/lightning/o/Account/list' });
        const { page } = window;
        await page.route('**/local/boot', async (route) => {
            const response = await route.fetch();
            const boot = (await response.json()) as Boot;
            const account = boot.recordPages['Account'];
            assert.ok(account);
            const extra: PageRegion = {
                name: 'main',
                type: 'Region',
                components: ['noSuchComponent', 'flexipage:richText', 'force:detailPanel'].map((componentName) => ({
                    componentName,
                    identifier: componentName,
                    properties: {},
                })),
            };
            const regions = account.regions.map((region) => (region.name === 'main' ? extra : region));
            await route.fulfill({ json: { ...boot, recordPages: { Account: { ...account, regions } } } });
        });
        await page.reload();
        await page.locator('td.lead a').first().click();
        await page.getByText('No exposed component noSuchComponent').waitFor();
        await page.getByText("has no stand-in for the platform's flexipage:richText").waitFor();
        await page.getByRole('heading', { name: 'Details' }).waitFor();
        window.expectNoProblems();
        await window.close();
    });
});

describe('setup', () => {
    test('an admin changes a trigger, sees it again after a reload, and a refused value stays at its field', async () => {
        const sam = await world.open({ user: 'Sam Reyes', path: '/setup/Playbook_Trigger__mdt/Renewal' });
        const { page } = sam;
        await page.getByRole('textbox', { name: /^\*?\s*Label/ }).fill('Renewal soon');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Renewal soon saved').waitFor();
        await sam.visit('/setup/Playbook_Trigger__mdt');
        await page.getByRole('link', { name: 'Renewal soon' }).click();
        await page.getByText('Changed here').waitFor({ state: 'detached' });

        await page.getByRole('textbox', { name: /^\*?\s*Label/ }).fill('');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Correct the marked fields').waitFor();
        sam.expectProblems(/response: 400 PATCH/);
        sam.expectNoProblems();
        await sam.close();
    });
});

describe('users and connection', () => {
    test('the org stops under an open page and starts again: told, retried, nothing blank', async () => {
        const window = await world.open({ user: 'Maya Lindqvist', path: '/lightning/o/Account/list' });
        const { page } = window;
        const row = page.locator('td.lead a').first();
        await row.waitFor();
        const name = (await row.textContent()) ?? '';
        await world.stopOrg();
        await row.click();
        await page.getByText('The local org does not answer. What you see').waitFor();
        await page.getByRole('heading', { name: 'This record cannot be shown' }).waitFor();
        await window.screenshot('shell-org-stopped');
        await world.startOrg();
        await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
        await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
        assert.equal(await page.getByText('The local org does not answer').count(), 0);
        window.expectProblems(/ERR_CONNECTION_REFUSED/);
        window.expectNoProblems();
        await window.close();
    });

    test('a session that has ended is told, with the way back in', async () => {
        const window = await world.open({ user: 'Maya Lindqvist', path: '/lightning/o/Account/list' });
        await window.page.locator('td.lead a').first().waitFor();
        await window.page.context().clearCookies();
        await window.page.getByRole('searchbox', { name: /Search Accounts/ }).fill('a');
        await window.page.getByText('Your session has ended').waitFor();
        await window.page.getByRole('button', { name: 'Sign in again' }).click();
        await window.page.getByText('Your session has ended').waitFor({ state: 'detached' });
        await window.page.locator('td.lead a').first().waitFor();
        window.expectProblems(/response: 401/);
        window.expectNoProblems();
        await window.close();
    });

    test('an org that cannot say who is signed in shows why, and how to go on', async () => {
        const window = await world.open({ user: 'Maya Lindqvist' });
        await window.page.route('**/local/boot', (route) => route.abort());
        await window.page.reload();
        await window.page.getByRole('heading', { name: 'The local org does not answer' }).waitFor();
        await window.page.unroute('**/local/boot');
        await window.page.getByRole('button', { name: 'Try again' }).click();
        await window.page.locator('local-app').waitFor();
        window.expectProblems(/local\/boot/);
        await window.close();
    });

    test('the user switch signs in as somebody else', async () => {
        const window = await world.open({ user: 'Maya Lindqvist' });
        await window.page
            .locator('local-app-header')
            .getByRole('button', { name: /Signed-in user/ })
            .click();
        await window.page.getByRole('menuitemcheckbox', { name: /Lena Fischer/ }).click();
        await window.page
            .getByText(/Lena Fischer ·/)
            .first()
            .waitFor();
        window.expectNoProblems();
        await window.close();
    });
});
