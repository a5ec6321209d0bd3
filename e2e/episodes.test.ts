/** Prompts that are put aside, closed because nobody needs them, held back by others, opened and closed by the nightly sweep. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import {
    accountIdOf,
    answer,
    comeBackTo,
    completionOf,
    isOpenAgain,
    onlyRunOf,
    openAccount,
    openStep,
    panelOf,
    runsOf,
    stepOf,
} from './steps.ts';

const CHECK = 'Check that the figures are right';
const NOTHING = 'Nothing needs you here today';
const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

let world: World;
/** Does what the nightly sweep does. */
let sweep: Connection;
let maya: UserPage;
before(async () => {
    world = await launch();
    sweep = await connectToLocalOrg(world.org);
    await sweep.sobject('Playbook_Sweep__c').create({
        Sweep_Status__c: 'Finished',
        Ran_From__c: 'Runner',
        Shard__c: '1/1',
        Started_At__c: daysAgo(2.1),
        Finished_At__c: daysAgo(2),
    });
    maya = await world.open({ user: 'Maya Lindqvist' });
});
after(() => world.close());

/** A run of the At-Risk playbook that the sweep opened. */
async function openedBySweep(account: string, fields: Readonly<Record<string, unknown>>): Promise<string> {
    const accountId = await accountIdOf(sweep, account);
    const { records } = await sweep.query<{ readonly Id: string; readonly Playbook__c: string }>(
        "SELECT Id, Playbook__c FROM Playbook_Version__c WHERE Playbook__r.Key__c = 'at-risk' AND Version_Status__c = 'Published'",
    );
    const saved = await sweep.sobject('Playbook_Run__c').create({
        Account__c: accountId,
        Run_Playbook__c: records[0]?.Playbook__c,
        Run_Version__c: records[0]?.Id,
        Trigger_Key__c: 'At_Risk',
        Episode_Key__c: `${accountId}:at-risk:1`,
        Episode_Number__c: 1,
        Run_Status__c: 'Open',
        Opened_By__c: 'Sweep',
        First_Tier__c: 'High',
        Worst_Tier__c: 'High',
        Current_Tier__c: 'High',
        Reason__c: 'Health is 52 (limit 60).',
        Health_At_Opening__c: 52,
        Surfaced_At__c: daysAgo(20),
        Swept_At__c: daysAgo(1),
        ...fields,
    });
    return saved.id ?? '';
}

describe('putting aside', () => {
    const ACCOUNT = 'Kestrel & Vane Insurance';

    test('asks until when and why, and takes the prompt from the front', async () => {
        await openAccount(maya, ACCOUNT);
        const panel = panelOf(maya);
        await panel.getByRole('button', { name: 'Put aside' }).click();
        await panel.getByRole('heading', { name: 'Put aside until later' }).waitFor();
        await maya.expectAccessible('c-playbook-panel');
        await maya.screenshot('put-aside');
        await panel.getByRole('button', { name: 'Put aside' }).click();
        await panel
            .getByRole('alert')
            .getByText(/^Write why/)
            .waitFor();
        await panel.getByText('Tomorrow', { exact: true }).click();
        await panel.getByRole('textbox', { name: 'Why not now?' }).fill('Waiting for the new budget');
        await maya.page.keyboard.press('Enter');
        await panel.getByRole('heading', { name: NOTHING }).waitFor();
        await panel.getByText(/Put aside until .* \(Waiting for the new budget\)$/).waitFor();
        const run = await onlyRunOf(sweep, ACCOUNT);
        assert.equal(run.Run_Status__c, 'Snoozed');
        assert.equal(run.Opened_By__c, 'First action');
        assert.deepEqual(run.completions, []);
        await maya.expectAccessible('c-playbook-panel');
        await maya.screenshot('put-aside-done');
    });

    test('is taken up again with one press, and the first step can be answered', async () => {
        await panelOf(maya).getByRole('button', { name: 'Take up again' }).click();
        await isOpenAgain(stepOf(maya, CHECK), CHECK);
        assert.equal((await onlyRunOf(sweep, ACCOUNT)).Run_Status__c, 'Open');
        await answer(maya, CHECK, { choose: ['Real'] });
        assert.equal((await onlyRunOf(sweep, ACCOUNT)).completions.length, 1);
    });

    test('Escape turns back to the button, and nothing is written', async () => {
        const button = panelOf(maya).getByRole('button', { name: 'Put aside' });
        await button.press('Enter');
        await panelOf(maya).getByRole('textbox', { name: 'Why not now?' }).fill('No');
        await maya.page.keyboard.press('Escape');
        await button.waitFor();
        assert.equal(await button.evaluate((element) => element.matches(':focus')), true);
        assert.equal((await onlyRunOf(sweep, ACCOUNT)).Run_Status__c, 'Open');
        maya.expectNoProblems();
    });
});

describe('what nobody needs', () => {
    const ACCOUNT = 'Ferrante Macchine S.p.A.';

    test('is closed with a reason, without any step recorded, and can be reopened at once', async () => {
        await openAccount(maya, ACCOUNT);
        const panel = panelOf(maya);
        await panel.getByRole('button', { name: 'Not needed' }).click();
        await panel.getByText('False alarm', { exact: true }).click();
        await panel.getByRole('textbox', { name: /^Why\?/ }).fill('An old press release.');
        await maya.expectAccessible('c-playbook-panel');
        await panel.getByRole('button', { name: 'Close it' }).click();
        await panel.getByText(/finished as False alarm on /).waitFor();
        const run = await onlyRunOf(sweep, ACCOUNT);
        assert.equal(run.Outcome__c, 'False alarm');
        assert.equal(run.Outcome_Reason__c, 'An old press release.');
        assert.deepEqual(run.completions, []);
        await panel.getByRole('button', { name: 'Reopen' }).click();
        await isOpenAgain(stepOf(maya, CHECK), CHECK);
        assert.equal((await onlyRunOf(sweep, ACCOUNT)).Outcome__c, null);
        maya.expectNoProblems();
    });
});

describe('what is held back', () => {
    test('waits beneath a rescue, says why, and can be started all the same', async () => {
        const ACCOUNT = 'Brightwater Utilities';
        await openAccount(maya, ACCOUNT);
        const panel = panelOf(maya);
        assert.equal(await panel.getByRole('tab').count(), 0);
        await panel.getByText(/Waits while At-Risk is critical/).waitFor();
        await maya.screenshot('held');
        await panel.getByRole('button', { name: 'Start it all the same' }).click();
        await panel.getByRole('heading', { level: 3, name: 'Renewal' }).waitFor();
        assert.equal(await panel.getByRole('tab').count(), 2);
        assert.deepEqual(await runsOf(sweep, ACCOUNT), []);
        await panel.getByRole('button', { name: 'Do not start' }).click();
        await panel.getByRole('heading', { level: 3, name: 'At-Risk' }).waitFor();
        maya.expectNoProblems();
    });

    test('rests on old figures: no alarm, but the page says which prompt, and of which day', async () => {
        await openAccount(maya, 'Umber Construction');
        const panel = panelOf(maya);
        await panel.getByRole('heading', { name: NOTHING }).waitFor();
        await panel.getByText(/No alarm: the figures of \d+ \w+ \d{4} are too old$/).waitFor();
        await maya.expectAccessible('c-playbook-panel');
        maya.expectNoProblems();
    });
});

describe('the nightly sweep', () => {
    const ACCOUNT = 'Solveig Renewables';
    let runId: string;

    test('its runs say so, since when they recover, and when they close', async () => {
        runId = await openedBySweep(ACCOUNT, { Recovering_Since__c: daysAgo(3) });
        await openAccount(maya, ACCOUNT);
        const panel = panelOf(maya);
        await panel.getByText(/^Opened by the nightly sweep on /).waitFor();
        await panel
            .getByText(
                /^The figures have been fine again since .*\. If they stay so, this closes on .* as Recovered\.$/,
            )
            .waitFor();
        await panel.getByText(/^The last sweep ran 2 days ago\./).waitFor();
        await maya.expectAccessible('c-playbook-panel');
        await maya.screenshot('recovering');
        maya.expectNoProblems();
    });

    test('closes a run while somebody answers it: she is told, and what she wrote is recorded with one press', async () => {
        const step = await openStep(maya, CHECK);
        await step.getByText('Real', { exact: true }).click();
        await step.getByRole('textbox', { name: 'Note' }).fill('Their admin confirmed it.');
        await sweep.sobject('Playbook_Run__c').update({
            Id: runId,
            Run_Status__c: 'Closed',
            Live_Key__c: null,
            Outcome__c: 'Recovered',
            Closed_At__c: new Date().toISOString(),
        });
        await step.getByRole('button', { name: 'Done', exact: true }).click();
        const news = panelOf(maya).getByRole('alert').filter({ hasText: 'This was closed meanwhile' });
        await news.getByText(/^At-Risk finished as Recovered on /).waitFor();
        await news.getByText('Not recorded yet: Real – Their admin confirmed it.').waitFor();
        await maya.expectAccessible('c-playbook-panel');
        await maya.screenshot('closed-meanwhile');
        assert.deepEqual((await onlyRunOf(sweep, ACCOUNT)).completions, []);
        await news.getByRole('button', { name: 'Reopen it and record this' }).click();
        await stepOf(maya, CHECK)
            .getByText(/^Done by Maya Lindqvist, .*: Real$/)
            .waitFor();
        await news.waitFor({ state: 'detached' });
        const run = await onlyRunOf(sweep, ACCOUNT);
        assert.equal(run.Run_Status__c, 'Open');
        assert.equal(completionOf(run, CHECK).Note__c, 'Their admin confirmed it.');
        maya.expectNoProblems();
    });

    test('a run that waits for a place is shown like any other, and the first answer takes it up', async () => {
        const WAITING = 'Tallinna Tark Ladu';
        await openedBySweep(WAITING, { Run_Status__c: 'Waiting', Surfaced_At__c: daysAgo(2) });
        await openAccount(maya, WAITING);
        await answer(maya, CHECK, { choose: ['Real'] });
        assert.equal((await onlyRunOf(sweep, WAITING)).Run_Status__c, 'Open');
        await comeBackTo(maya);
        maya.expectNoProblems();
    });
});

describe('on a phone', () => {
    test('the form fits, and so does what waits', async () => {
        const phone = await world.open({ user: 'Maya Lindqvist', size: 'phone' });
        await openAccount(phone, 'Studio Morcote');
        const panel = panelOf(phone);
        await panel.getByRole('button', { name: 'Put aside' }).click();
        await phone.expectNoSidewaysScrolling();
        await phone.screenshot('put-aside');
        await panel.getByRole('textbox', { name: 'Why not now?' }).fill('A_very_long_word_without_a_break_'.repeat(7));
        await panel.getByRole('button', { name: 'Put aside' }).click();
        await panel.getByRole('button', { name: 'Take up again' }).waitFor();
        await phone.expectNoSidewaysScrolling();
        await phone.screenshot('put-aside-done');
        phone.expectNoProblems();
        await phone.close();
    });
});
