/** What goes wrong under an open page: the org stops, refuses, or holds far more than was planned for. Nothing typed is lost, nothing is half-written. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import type { Locator } from 'playwright-core';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import {
    accountIdOf,
    answer,
    comeBackTo,
    completionOf,
    confirmed,
    isOpenAgain,
    onlyRunOf,
    openAccount,
    openStep,
    panelOf,
    runsOf,
    sendAnswer,
    stepOf,
    stepTitles,
} from './steps.ts';

const CHECK = 'Check that the figures are right';
const BOOK = 'Book the diagnostic call within 48 working hours';
const CAUSE = 'Name the cause, as far as you know it now';
const DAY_30 = 'Day 30: save it, go on, or let go';
const NOT_SAVED = 'Your last action was not saved';

let world: World;
let sam: Connection;
let maya: UserPage;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
    maya = await world.open({ user: 'Maya Lindqvist' });
});
after(() => world.close());

/** The org is away meanwhile, and back afterwards whatever happened. */
async function whileStopped(during: () => Promise<void>): Promise<void> {
    await world.stopOrg();
    try {
        await during();
    } finally {
        await world.startOrg();
    }
}

const notSaved = (): Locator => panelOf(maya).getByRole('alert').filter({ hasText: NOT_SAVED });

/** An open step still holds what was filled in. */
async function expectTyped(title: string, option: string, note: string): Promise<void> {
    const step = stepOf(maya, title);
    await isOpenAgain(step, title);
    assert.equal(await step.getByRole('textbox', { name: 'Note' }).inputValue(), note);
    assert.equal(await step.getByLabel(option, { exact: true }).isChecked(), true);
}

describe('an org that stops', () => {
    test('the action fails, says so and keeps what was typed; once the org is back, Try again writes it once', async () => {
        const account = 'Kestrel & Vane Insurance';
        const note = 'Typed while the org was down';
        await openAccount(maya, account);
        await openStep(maya, CHECK);
        await whileStopped(async () => {
            await sendAnswer(maya, CHECK, { choose: ['Real'], note });
            await notSaved()
                .getByText(/^No answer came back from Salesforce\. What you wrote is still here/)
                .waitFor();
            await expectTyped(CHECK, 'Real', note);
            await maya.expectAccessible('c-playbook-panel');
            await maya.screenshot('panel-org-stopped');

            await notSaved().getByRole('button', { name: 'Try again' }).click();
            await notSaved().waitFor();
            await expectTyped(CHECK, 'Real', note);
        });
        await notSaved().getByRole('button', { name: 'Try again' }).click();
        await confirmed(stepOf(maya, CHECK), CHECK);
        assert.equal(await panelOf(maya).getByRole('alert').count(), 0, 'Nothing is wrong any more.');
        const run = await onlyRunOf(sam, account);
        assert.equal(run.completions.length, 1);
        assert.equal(completionOf(run, CHECK).Note__c, note);
        maya.expectProblems(/ERR_CONNECTION_REFUSED/);
        maya.expectNoProblems();
    });

    test('a step that comes back in 30 days keeps what was typed as well', async () => {
        const note = 'One month more';
        await openStep(maya, DAY_30);
        await whileStopped(async () => {
            await sendAnswer(maya, DAY_30, { choose: ['Keep going'], note });
            await notSaved().waitFor();
            await expectTyped(DAY_30, 'Keep going', note);
        });
        await notSaved().getByRole('button', { name: 'Try again' }).click();
        await stepOf(maya, DAY_30)
            .getByText(/^Next /)
            .waitFor();
        const run = await onlyRunOf(sam, 'Kestrel & Vane Insurance');
        assert.equal(run.completions.length, 2);
        assert.equal(completionOf(run, DAY_30).Note__c, note);
        maya.expectProblems(/ERR_CONNECTION_REFUSED/);
        maya.expectNoProblems();
    });

    test('the page that was being read says so, and reads again when asked', async () => {
        await openAccount(maya, 'Tallinna Tark Ladu');
        await stepOf(maya, CHECK).waitFor();
        const problem = panelOf(maya).getByRole('alert').filter({ hasText: 'The playbooks could not be read' });
        await whileStopped(async () => {
            await maya.page.evaluate(() => window.dispatchEvent(new Event('focus')));
            await problem.getByText(/^Nothing is lost\./).waitFor();
            await stepOf(maya, CHECK).waitFor();
        });
        await problem.getByRole('button', { name: 'Try again' }).click();
        await problem.waitFor({ state: 'detached' });
        await answer(maya, CHECK, { choose: ['Real'] });
        assert.equal((await onlyRunOf(sam, 'Tallinna Tark Ladu')).completions.length, 1);
        maya.expectProblems(/ERR_CONNECTION_REFUSED/);
        maya.expectNoProblems();
    });

    test('an answer that arrived although its confirmation was lost is not written twice', async () => {
        const account = 'Kestrel & Vane Insurance';
        await openAccount(maya, account);
        await confirmed(stepOf(maya, CHECK), CHECK);
        const before = await onlyRunOf(sam, account);
        const isMutation = (body: string | null): boolean => /mutation/.test(body ?? '');
        await maya.page.route('**/graphql', async (route) => {
            if (!isMutation(route.request().postData())) return route.fallback();
            await route.fetch();
            return route.abort('connectionreset');
        });
        await sendAnswer(maya, BOOK, { choose: ['Call booked'], note: 'Thursday at ten' });
        await notSaved().waitFor();
        await maya.page.unroute('**/graphql');
        await notSaved().getByRole('button', { name: 'Try again' }).click();
        await confirmed(stepOf(maya, BOOK), BOOK);
        await notSaved().waitFor({ state: 'detached' });
        const run = await onlyRunOf(sam, account);
        assert.equal(run.completions.length, before.completions.length + 1);
        assert.equal(completionOf(run, BOOK).Note__c, 'Thursday at ten');
        maya.expectProblems(/graphql/);
        maya.expectNoProblems();
    });
});

describe('an org that refuses', () => {
    test('a run closed elsewhere takes no more answers: rolled back, and told with what she had written', async () => {
        const account = 'Kestrel & Vane Insurance';
        const run = await onlyRunOf(sam, account);
        await openAccount(maya, account);
        await openStep(maya, CAUSE);
        await sam.sobject('Playbook_Run__c').update({
            Id: run.Id,
            Run_Status__c: 'Closed',
            Live_Key__c: null,
            Outcome__c: 'Recovered',
            Closed_At__c: new Date().toISOString(),
        });
        await sendAnswer(maya, CAUSE, { choose: ['Low adoption'], note: 'One team left' });
        const news = panelOf(maya).getByRole('alert').filter({ hasText: 'This was closed meanwhile' });
        await news.getByText('Not recorded yet: Low adoption – One team left').waitFor();
        const after = await onlyRunOf(sam, account);
        assert.equal(after.completions.length, run.completions.length);
        assert.equal(after.Next_Step__c, run.Next_Step__c, 'Nothing of the refused action was written.');

        await comeBackTo(maya);
        await panelOf(maya).getByRole('heading', { name: 'Nothing needs you here today' }).waitFor();
        await panelOf(maya)
            .getByText(/^At-Risk finished as Recovered on /)
            .waitFor();
        maya.expectNoProblems();
    });

    test('a first answer whose completion is refused leaves no run behind', async () => {
        const account = 'Ferrante Macchine S.p.A.';
        const id = await accountIdOf(sam, account);
        const other = await sam.sobject('Playbook_Run__c').create({
            Account__c: id,
            Episode_Key__c: `${id}:imported:1`,
            Episode_Number__c: 1,
            Run_Status__c: 'Open',
            Trigger_Key__c: 'Imported',
        });
        assert.ok(other.success);
        const taken = await sam.sobject('Step_Completion__c').create({
            Playbook_Run__c: other.id,
            Completion_Key__c: `${id}:at-risk:1:check_data:1`,
            Completion_Status__c: 'Done',
            Completed_At__c: new Date().toISOString(),
        });
        assert.ok(taken.success);
        await openAccount(maya, account);
        const step = await sendAnswer(maya, CHECK, { choose: ['Real'] });
        await notSaved()
            .getByText(/duplicate value/i)
            .waitFor();
        await isOpenAgain(step, CHECK);
        assert.deepEqual(
            (await runsOf(sam, account)).map(({ Id }) => Id),
            [other.id],
        );
        maya.expectNoProblems();
    });
});

describe('a new version of 200 steps', () => {
    const OLD = 'Castellane Hospitality';
    let oldSteps: readonly string[];

    before(async () => {
        await openAccount(maya, OLD);
        await answer(maya, 'Find out what happened, and when', { choose: ['Left the company'] });
        oldSteps = await stepTitles(maya);

        const ada = await connectToLocalOrg(world.org, 'ada');
        const { records } = await ada.query<{ readonly Id: string }>(
            "SELECT Id FROM Playbook__c WHERE Key__c = 'champion-change'",
        );
        const version = await ada.sobject('Playbook_Version__c').create({
            Name: 'Champion Change 2',
            Playbook__c: records[0]?.Id ?? '',
            Version_Key__c: 'champion-change:2',
            Version_Number__c: 2,
            Version_Status__c: 'Draft',
        });
        assert.ok(version.success);
        const steps = Array.from({ length: 200 }, (_, index) => ({
            Name: `Step number ${index + 1}`,
            Playbook_Version__c: version.id,
            Step_Record_Key__c: `champion-change:2:step_${index + 1}`,
            Step_Key__c: `step_${index + 1}`,
            Position__c: index + 1,
            Phase__c: `Phase ${Math.floor(index / 25) + 1}`,
            Instructions__c: `How to do step ${index + 1} at {!Name}.`,
        }));
        const created = await ada.sobject('Playbook_Step__c').create(steps);
        assert.ok(created.every(({ success }) => success));
        const link = await ada.sobject('Playbook_Resource__c').create({
            Name: 'A link that is none',
            Resource_Version__c: version.id,
            Resource_Step__c: created.at(-1)?.id,
            Resource_Key__c: 'champion-change:2:link',
            Resource_Position__c: 1,
            Resource_Type__c: 'Link',
            Url__c: 'javascript:alert(1)',
        });
        assert.ok(link.success);
        const published = await ada
            .sobject('Playbook_Version__c')
            .update({ Id: version.id, Version_Status__c: 'Published' });
        assert.ok(published.success);
    });

    test('shows them all, and the last one is opened, read and ticked like any other', async () => {
        const account = 'Solveig Renewables';
        await openAccount(maya, account);
        await panelOf(maya).getByRole('progressbar', { name: '0 of 200 steps' }).waitFor();
        assert.equal((await stepTitles(maya)).length, 200);
        const last = await openStep(maya, 'Step number 200');
        await last.getByText(`How to do step 200 at ${account}.`).waitFor();
        await last.getByText('A link that is none').waitFor();
        assert.equal(await last.getByRole('link').count(), 0, 'Only web addresses become links.');
        await answer(maya, 'Step number 200', { note: 'The last one first' });
        await stepOf(maya, 'Step number 100').getByRole('checkbox').click();
        await confirmed(stepOf(maya, 'Step number 100'), 'Step number 100');
        await panelOf(maya).getByRole('progressbar', { name: '2 of 200 steps' }).waitFor();

        await panelOf(maya).getByRole('button', { name: 'Finish playbook' }).click();
        await panelOf(maya).getByText('Completed', { exact: true }).click();
        await panelOf(maya).getByText('198 open steps will be recorded as not done.').waitFor();
        await panelOf(maya).getByRole('button', { name: 'Finish', exact: true }).click();
        await panelOf(maya)
            .getByText(/^Champion Change finished as Completed on /)
            .waitFor();
        const run = await onlyRunOf(sam, account);
        assert.equal(run.Done_Count__c, 2);
        assert.equal(run.Not_Done_Count__c, 198);
        maya.expectNoProblems();
    });

    test('a run that was open keeps the steps it started with', async () => {
        await openAccount(maya, OLD);
        await confirmed(stepOf(maya, 'Find out what happened, and when'), 'Find out what happened, and when');
        assert.deepEqual(await stepTitles(maya), oldSteps);
        maya.expectNoProblems();
    });
});
