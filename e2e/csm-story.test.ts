/** A customer-success manager works on an account at risk, from the list to the records that her answers become. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import {
    answer,
    completionOf,
    confirmed,
    isOpenAgain,
    onlyRunOf,
    openStep,
    panelOf,
    runsOf,
    sendAnswer,
    skip,
    stepOf,
    stepTitles,
} from './steps.ts';

const ACCOUNT = 'Kestrel & Vane Insurance';
const CHECK = 'Check that the figures are right';
const CAUSE = 'Name the cause, as far as you know it now';
const BOOK = 'Book the diagnostic call within 48 working hours';

let world: World;
let sam: Connection;
let maya: UserPage;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
    maya = await world.open({ user: 'Maya Lindqvist' });
});
after(() => world.close());

describe('from the list to the record', () => {
    test('the list, ordered by health, leads to an account that says why it is at risk', async () => {
        const { page } = maya;
        await page.getByRole('navigation').getByRole('link', { name: 'Accounts', exact: true }).click();
        await page.getByRole('heading', { level: 1, name: /Customer Health/ }).waitFor();
        await page.getByRole('button', { name: 'Health Score' }).click();
        await page.getByRole('columnheader', { name: 'Health Score' }).and(page.locator('[aria-sort]')).waitFor();
        await page.getByRole('link', { name: ACCOUNT, exact: true }).click();

        const panel = panelOf(maya);
        await panel.getByRole('heading', { level: 3, name: 'At-Risk' }).waitFor();
        await panel.getByText('High', { exact: true }).waitFor();
        await panel.getByRole('heading', { name: 'Why now' }).waitFor();
        await panel.getByRole('listitem').getByText('Health is 52 (limit 60)', { exact: true }).waitFor();
        assert.equal(await panel.getByText(/Usage fell/).count(), 0, 'A drop of 10 % is no reason.');
        assert.deepEqual(await stepTitles(maya), [CHECK]);
        assert.deepEqual(await runsOf(sam, ACCOUNT), [], 'Looking writes nothing.');
    });

    test('a step shows how to do it, asks its question, and is ticked and confirmed', async () => {
        const step = await openStep(maya, CHECK);
        await step.getByText('Watch out:').waitFor();
        await step.getByText(/Ten minutes, before you worry anybody/).waitFor();
        await step.getByRole('listitem').getByText('Was it the same in this month last year?').waitFor();
        assert.deepEqual(await runsOf(sam, ACCOUNT), [], 'Reading instructions writes nothing.');

        await step.getByRole('button', { name: 'Done', exact: true }).click();
        await step.getByRole('alert').getByText('Choose an answer first.').waitFor();
        await answer(maya, CHECK, { choose: ['Real'], note: 'Two teams stopped in October' });
        await step.getByText(/^Done by Maya Lindqvist, .*: Real$/).waitFor();
        await panelOf(maya).getByRole('progressbar', { name: '1 of 4 steps' }).waitFor();
        await panelOf(maya)
            .getByText(/^Working on it since/)
            .waitFor();
        maya.expectNoProblems();
    });

    test('the circle of a step that asks something opens it and says what is missing', async () => {
        const step = stepOf(maya, BOOK);
        await step.getByRole('checkbox', { name: `Mark done: ${BOOK}` }).click();
        await step.getByRole('alert').getByText('Choose an answer first.').waitFor();
        await step.getByRole('button', { name: BOOK, exact: true, expanded: true }).waitFor();
    });

    test('the record page of the run shows it, and so does REST', async () => {
        const { page } = maya;
        const run = await onlyRunOf(sam, ACCOUNT);
        const accountId = run.Episode_Key__c.split(':')[0] ?? '';
        assert.match(accountId, /^001\w{15}$/);
        assert.equal(run.Episode_Key__c, `${accountId}:at-risk:1`);
        assert.equal(run.First_Tier__c, 'High');
        assert.equal(run.Reason__c, 'Health is 52 (limit 60).');
        assert.equal(run.Next_Step__c, CAUSE);
        assert.equal(run.Run_Status__c, 'Open');
        assert.equal(run.Trigger_Key__c, 'At_Risk');
        assert.equal(run.Done_Count__c, 1);
        const completion = completionOf(run, CHECK);
        assert.equal(completion.Completion_Key__c, `${accountId}:at-risk:1:check_data:1`);
        assert.equal(completion.Completion_Status__c, 'Done');
        assert.equal(completion.Decision__c, 'Real');
        assert.equal(completion.Note__c, 'Two teams stopped in October');
        assert.equal(completion.Completed_By__r?.Name, 'Maya Lindqvist');
        assert.equal(completion.On_Time__c, true);

        await panelOf(maya).getByRole('button', { name: 'Open the record' }).click();
        await page.getByRole('heading', { level: 1, name: run.Name }).waitFor();
        const details = page.getByRole('region', { name: 'Details' });
        await details.getByText('Health is 52 (limit 60).').waitFor();
        await details.getByText(CAUSE, { exact: true }).waitFor();
        await page.getByRole('heading', { name: 'Step Completions (1)' }).waitFor();
        await page.getByRole('region', { name: 'Step Completions' }).getByText(CHECK, { exact: true }).waitFor();
        maya.expectNoProblems();
        await page.goBack();
        await confirmed(stepOf(maya, CHECK), CHECK);
    });
});

describe('answers', () => {
    test('a note is changed and emptied later; undo leaves the record as Undone, and the answer given again is the same record', async () => {
        const step = await openStep(maya, CHECK);
        const first = completionOf(await onlyRunOf(sam, ACCOUNT), CHECK);
        await step.getByRole('textbox', { name: 'Note' }).fill('Three teams, not two');
        await step.getByRole('button', { name: 'Save note' }).click();
        await confirmed(step, CHECK);
        const noted = completionOf(await onlyRunOf(sam, ACCOUNT), CHECK);
        assert.deepEqual(noted, { ...first, Note__c: 'Three teams, not two' });
        await step.getByRole('textbox', { name: 'Note' }).fill('');
        await step.getByRole('button', { name: 'Save note' }).click();
        await confirmed(step, CHECK);
        assert.deepEqual(completionOf(await onlyRunOf(sam, ACCOUNT), CHECK), { ...first, Note__c: null });

        await step.getByRole('button', { name: 'Undo', exact: true }).click();
        await isOpenAgain(step, CHECK);
        assert.deepEqual(await stepTitles(maya), [CHECK], 'What hung on the answer is gone.');
        const undone = await onlyRunOf(sam, ACCOUNT);
        assert.equal(completionOf(undone, CHECK).Completion_Status__c, 'Undone');
        assert.equal(undone.Done_Count__c, 0);
        assert.equal(undone.Next_Step__c, CHECK);

        await answer(maya, CHECK, { choose: ['False alarm'] });
        const redone = completionOf(await onlyRunOf(sam, ACCOUNT), CHECK);
        assert.equal(redone.Id, first.Id);
        assert.equal(redone.Completion_Status__c, 'Done');
        assert.equal(redone.Decision__c, 'False alarm');
    });

    test('the list follows the answer', async () => {
        const FIX = 'Have the figures corrected at their source';
        const SEASON = 'Write down why the dip is expected and when it ends';
        assert.deepEqual(await stepTitles(maya), [CHECK, FIX]);
        const step = stepOf(maya, CHECK);
        await step.getByRole('checkbox', { name: `Undo: ${CHECK}` }).click();
        await isOpenAgain(step, CHECK);
        await answer(maya, CHECK, { choose: ['Known or seasonal'] });
        assert.deepEqual(await stepTitles(maya), [CHECK, SEASON]);
        const season = await sendAnswer(maya, SEASON);
        await season.getByRole('alert').getByText('Write a note first: this step asks for one.').waitFor();

        await step.getByRole('checkbox', { name: `Undo: ${CHECK}` }).click();
        await isOpenAgain(step, CHECK);
        await answer(maya, CHECK, { choose: ['Real'] });
        assert.deepEqual((await stepTitles(maya)).slice(0, 3), [CHECK, CAUSE, BOOK]);
    });

    test('up to three causes, each with a step of its own; a fourth is refused at once', async () => {
        const step = await openStep(maya, CAUSE);
        for (const cause of ['Low adoption', 'Price or budget', 'Competitor', 'Other']) {
            await step.getByText(cause, { exact: true }).click();
        }
        await step.getByRole('alert').getByText('Choose 3 at most.').waitFor();
        await step.getByText('Other', { exact: true }).click();
        await step.getByRole('alert').waitFor({ state: 'detached' });
        await step.getByRole('button', { name: 'Done', exact: true }).click();
        await confirmed(step, CAUSE);
        const run = await onlyRunOf(sam, ACCOUNT);
        assert.equal(completionOf(run, CAUSE).Decision__c, 'Low adoption;Price or budget;Competitor');
        const prepared = (await stepTitles(maya)).filter((title) => /^(Adoption|Price|Competitor):/.test(title));
        assert.equal(prepared.length, 3);
    });

    test('a step is skipped with a reason, another one does not apply', async () => {
        const PRICE = 'Price: work out what they get for what they pay';
        const ADOPTION = 'Adoption: pick the two jobs they should do with us again';
        const step = await openStep(maya, PRICE);
        await step.getByRole('button', { name: 'Skip', exact: true }).click();
        await step.getByRole('button', { name: 'Skip this step' }).click();
        await step.getByRole('alert').getByText('Choose why you skip this step.').waitFor();
        await step.getByRole('button', { name: 'Cancel' }).click();

        const skipped = await skip(maya, PRICE, 'Already covered', 'Sales did it last week');
        await skipped.getByText(/^Skipped by Maya Lindqvist, .*: Already covered$/).waitFor();
        const other = await answer(maya, ADOPTION, { press: 'Not applicable' });
        await other.getByText(/^Not applicable, says Maya Lindqvist/).waitFor();

        const run = await onlyRunOf(sam, ACCOUNT);
        const price = completionOf(run, PRICE);
        assert.equal(price.Completion_Status__c, 'Skipped');
        assert.equal(price.Skip_Reason__c, 'Already covered');
        assert.equal(price.Note__c, 'Sales did it last week');
        assert.equal(completionOf(run, ADOPTION).Completion_Status__c, 'Not applicable');
        assert.equal(run.Skipped_Count__c, 1);
    });

    test('a reload of the page shows the same', async () => {
        const before = await stepTitles(maya);
        await maya.page.reload();
        await confirmed(stepOf(maya, CHECK), CHECK);
        assert.deepEqual(await stepTitles(maya), before);
        maya.expectNoProblems();
    });
});
