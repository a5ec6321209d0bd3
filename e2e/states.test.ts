/** What the panel says where there is nothing to do, nothing known, or nothing allowed; and texts from outside, shown as text. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import {
    accountIdOf,
    answer,
    completionOf,
    onlyRunOf,
    openAccount,
    openStep,
    panelOf,
    runsOf,
    stepOf,
    stepTitles,
} from './steps.ts';

const CHECK = 'Check that the figures are right';
const BOOK = 'Book the diagnostic call within 48 working hours';
const NOTHING = 'Nothing needs you here today';

let world: World;
let sam: Connection;
let maya: UserPage;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
    maya = await world.open({ user: 'Maya Lindqvist' });
});
after(() => world.close());

const QUIET: readonly { readonly state: string; readonly account: string; readonly says: readonly RegExp[] }[] = [
    {
        state: 'a healthy account has nothing to do',
        account: 'Alder Creek Hospitals',
        says: [/^No trigger matches this account's figures/, /^Figures of /],
    },
    {
        state: 'blank figures are unknown, and unknown surfaces nothing',
        account: 'Hollis Brothers Timber',
        says: [
            /^Health and usage are not known for this account yet/,
            /^No health or usage figures for this account yet$/,
        ],
    },
    {
        state: 'stale figures say how old they are',
        account: 'Gullwing Ferries',
        says: [/^Figures are from .* \(6[345] days ago\): check before you act on them$/],
    },
    {
        state: 'a customer who left surfaces nothing, however bad the figures are',
        account: 'Pinecrest Retirement Living',
        says: [/^This account stopped being a customer on .*, so no trigger applies\.$/],
    },
];

describe('quiet accounts', () => {
    for (const { state, account, says } of QUIET) {
        test(state, async () => {
            await openAccount(maya, account);
            const panel = panelOf(maya);
            await panel.getByRole('heading', { name: NOTHING }).waitFor();
            for (const words of says) await panel.getByText(words).waitFor();
            assert.deepEqual(await stepTitles(maya), []);
            maya.expectNoProblems();
        });
    }
});

describe('reasons', () => {
    test('a drop of usage that rests on one reading says so; markup in a name stays text', async () => {
        const account = "O'Malley & Sons <b>Bakeries</b>";
        const dialogs: string[] = [];
        maya.page.on('dialog', (dialog) => {
            dialogs.push(dialog.message());
            void dialog.dismiss();
        });
        await openAccount(maya, account);
        const panel = panelOf(maya);
        await panel.getByText('Moderate', { exact: true }).waitFor();
        await panel.getByText('Usage fell 40% (limit 30%)', { exact: true }).waitFor();
        await panel.getByText(/^The usage drop rests on one reading so far/).waitFor();

        const markup = '<img src=x onerror="alert(1)"> <script>alert(2)</script> {!Name} \u202e';
        await answer(maya, CHECK, { choose: ['Real'], note: markup });
        assert.equal(completionOf(await onlyRunOf(sam, account), CHECK).Note__c, markup.trim());
        const step = await openStep(maya, BOOK);
        await step.getByRole('button', { name: 'First message' }).click();
        await step.getByText(`${account}: 30 minutes about what is not working`).waitFor();
        await step.getByText(/Hello Siobhán,/).waitFor();
        await step.getByRole('button', { name: 'Write e-mail' }).click();
        const composer = maya.page.getByRole('dialog', { name: 'E-mail' });
        await composer.getByRole('textbox', { name: 'Subject' }).waitFor();
        const subject = await composer.getByRole('textbox', { name: 'Subject' }).inputValue();
        assert.equal(subject, `${account}: 30 minutes about what is not working`);
        await composer.getByRole('button', { name: 'Close', exact: true }).click();

        await maya.page.reload();
        await openStep(maya, CHECK);
        assert.equal(await stepOf(maya, CHECK).getByRole('textbox', { name: 'Note' }).inputValue(), markup.trim());
        assert.equal(await maya.page.locator('main :is(b, script, img[src=x])').count(), 0);
        assert.deepEqual(dialogs, []);
        maya.expectNoProblems();
    });
});

describe('a signal', () => {
    test('asks for one thing, shows at once how, and its answer closes its run; reopening brings it back', async () => {
        const account = 'Studio Morcote';
        const signal = 'Confirm the renewal by e-mail';
        await openAccount(maya, account);
        const panel = panelOf(maya);
        const step = stepOf(maya, signal);
        await step.getByText(/^Write to Greta that the contract of Studio Morcote renews on /).waitFor();
        assert.equal(await panel.getByRole('button', { name: 'Finish playbook' }).count(), 0);
        await step.getByRole('textbox', { name: 'Note' }).fill('Greta says yes.');
        await step.getByRole('button', { name: 'Done', exact: true }).click();
        await panel.getByText(/finished as Completed on /).waitFor();
        await panel.getByRole('heading', { name: NOTHING }).waitFor();

        const run = await onlyRunOf(sam, account);
        assert.equal(run.Run_Status__c, 'Closed');
        assert.equal(run.Outcome__c, 'Completed');
        assert.equal(run.Trigger_Key__c, 'Renewal_Small');
        assert.equal(completionOf(run, signal).Note__c, 'Greta says yes.');

        await panel.getByRole('button', { name: 'Reopen' }).click();
        await panel.getByRole('checkbox', { name: `Mark done: ${signal}`, disabled: false }).waitFor();
        const reopened = await onlyRunOf(sam, account);
        assert.equal(reopened.Run_Status__c, 'Open');
        assert.equal(completionOf(reopened, signal).Completion_Status__c, 'Undone');
        maya.expectNoProblems();
    });
});

describe('by hand', () => {
    test('a playbook that nothing asks for is started, and only the first answer writes', async () => {
        const account = 'Hollis Brothers Timber';
        await openAccount(maya, account);
        const panel = panelOf(maya);
        await panel.getByRole('button', { name: /^Start another playbook/ }).click();
        await panel.getByRole('menuitem', { name: 'At-Risk' }).click();
        await panel.getByText('You started this yourself; nothing in the figures asks for it.').waitFor();
        await panel.getByRole('button', { name: 'Do not start' }).click();
        await panel.getByRole('heading', { name: NOTHING }).waitFor();
        await panel.getByRole('button', { name: /^Start another playbook/ }).click();
        await panel.getByRole('menuitem', { name: 'At-Risk' }).click();
        assert.deepEqual(await runsOf(sam, account), []);
        await answer(maya, CHECK, { choose: ['Real'] });
        assert.equal(await panel.getByRole('button', { name: 'Do not start' }).count(), 0);
        const run = await onlyRunOf(sam, account);
        assert.equal(run.Opened_By__c, 'By hand');
        assert.equal(run.Trigger_Key__c, null);
    });

    test('a value that is not known is marked, in the text, in the copy and in the composer', async () => {
        const { page } = maya;
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
        const step = await openStep(maya, BOOK);
        await step.getByRole('button', { name: 'First message' }).click();
        await step.getByText(/^Not known for this account, fill in by hand: /).waitFor();
        const missing = /Hello \[[^\]]*First Name\],/;
        await step.getByText(missing).waitFor();
        await step.getByRole('button', { name: 'Copy' }).click();
        await step.getByRole('button', { name: 'Copied' }).waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        assert.match(copied, missing);
        assert.match(copied, /Kind regards\nMaya/);

        await step.getByRole('button', { name: 'Write e-mail' }).click();
        const composer = page.getByRole('dialog', { name: 'E-mail' });
        assert.match(await composer.getByRole('textbox', { name: 'Body' }).inputValue(), missing);
        await composer.getByRole('button', { name: 'Close', exact: true }).click();
        maya.expectNoProblems();
    });
});

describe('people', () => {
    test('without permission sets, the panel says which one to ask for', async () => {
        const nora = await world.open({ user: 'Nora Blum' });
        await openAccount(nora, 'Brightwater Utilities');
        const panel = panelOf(nora);
        await panel
            .getByRole('alert')
            .getByText(/permission set "Playbook CSM"/)
            .waitFor();
        await panel.getByRole('heading', { name: 'You have no access to playbooks' }).waitFor();
        assert.equal(await panel.getByRole('button').count(), 0);
        nora.expectNoProblems();
        await nora.close();
    });

    test('an account of another team is not in the list, and its address shows nothing of it', async () => {
        const id = await accountIdOf(sam, 'Meridian Global Holdings');
        await maya.visit(`/lightning/r/Account/${id}/view`);
        await maya.page.getByRole('alert').first().waitFor();
        assert.equal(await maya.page.getByText(/Meridian|940/).count(), 0);
        assert.equal(await maya.page.getByRole('checkbox').count(), 0);
        maya.expectProblems(/response: (403|404)/);
    });

    test('an account that is taken away under the open page leaves nothing of it behind', async () => {
        const account = 'Harbourline Freight';
        await maya.visit('/');
        await openAccount(maya, account);
        const panel = panelOf(maya);
        await panel.getByRole('heading', { level: 3, name: 'Renewal' }).waitFor();
        const { records } = await sam.query<{ readonly Id: string }>("SELECT Id FROM User WHERE Name = 'Ines Costa'");
        await sam.sobject('Account').update({ Id: await accountIdOf(sam, account), OwnerId: records[0]?.Id ?? '' });
        await maya.page.evaluate(() => window.dispatchEvent(new Event('focus')));
        await panel.getByRole('heading', { name: 'This account cannot be shown' }).waitFor();
        assert.equal(await panel.getByRole('checkbox').count(), 0);
        assert.equal(await panel.getByText('Health', { exact: true }).count(), 0);
        maya.expectProblems(/response: (403|404)/);
    });

    test('a leader reads everything and can change nothing', async () => {
        const lena = await world.open({ user: 'Lena Fischer' });
        await openAccount(lena, 'Hollis Brothers Timber');
        const panel = panelOf(lena);
        await panel.getByText('You can look at this playbook but not work on it.').waitFor();
        const answered = panel.getByRole('checkbox', { name: `Undo: ${CHECK}`, checked: true });
        await answered.waitFor();
        assert.equal(await answered.isEnabled(), false);
        const step = await openStep(lena, BOOK);
        await step.getByText(/Booked is what counts, not held/).waitFor();
        for (const name of ['Done', 'Skip', 'Not applicable', 'Finish playbook', 'Undo', 'Save note', 'Reopen']) {
            assert.equal(await panel.getByRole('button', { name, exact: true }).count(), 0, name);
        }
        assert.equal(await panel.getByRole('button', { name: /^Start another playbook/ }).count(), 0);
        await panel.getByRole('button', { name: 'Open the record' }).waitFor();
        lena.expectNoProblems();
        await lena.close();
    });
});
