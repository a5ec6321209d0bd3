/** How a playbook ends: outcome, cause, what stays open; and how an end by mistake is taken back. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import {
    answer,
    choose,
    comeBackTo,
    completionOf,
    isOpenAgain,
    onlyRunOf,
    openAccount,
    panelOf,
    runsOf,
    stepOf,
    stepTitles,
} from './steps.ts';

const ACCOUNT = 'Ashdown Precision Tools';
const CHECK = 'Check that the figures are right';
const CAUSE = 'Name the cause, as far as you know it now';
const BOOK = 'Book the diagnostic call within 48 working hours';
const DAY_30 = 'Day 30: save it, go on, or let go';

let world: World;
let sam: Connection;
let tom: UserPage;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
    tom = await world.open({ user: 'Tom Okafor' });
});
after(() => world.close());

describe('a risk that is let go', () => {
    test('finishing suggests what the answers say, and asks why', async () => {
        await openAccount(tom, ACCOUNT);
        await answer(tom, CHECK, { choose: ['Real'] });
        await answer(tom, CAUSE, { choose: ['Competitor', 'Low adoption'] });
        await answer(tom, DAY_30, { choose: ['Let go'] });
        const open = (await stepTitles(tom)).filter((title) => ![CHECK, CAUSE, DAY_30].includes(title));
        assert.ok(open.includes(BOOK));

        const panel = panelOf(tom);
        await panel.getByRole('button', { name: 'Finish playbook' }).click();
        await panel.getByRole('heading', { name: 'How did it end?' }).waitFor();
        await panel.getByText(/^Suggested: Let go/).waitFor();
        await panel.getByRole('radio', { name: 'Let go', exact: true, checked: true }).waitFor();
        await panel.getByText('We decided not to hold this customer.').waitFor();
        await panel.getByRole('combobox', { name: 'Main cause' }).getByText('Low adoption').waitFor();
        await panel.getByText(`${open.length} open steps will be recorded as not done.`).waitFor();

        await panel.getByRole('button', { name: 'Finish', exact: true }).click();
        await panel.getByRole('alert').getByText('Write why first: this outcome needs a reason.').waitFor();
        assert.equal((await onlyRunOf(sam, ACCOUNT)).Run_Status__c, 'Open');

        await choose(panel, 'Main cause', 'Competitor');
        await panel.getByRole('textbox', { name: /^Why\?/ }).fill('They signed with somebody else in spring.');
        await panel.getByRole('button', { name: 'Finish', exact: true }).click();
        await panel.getByText(/^At-Risk finished as Let go on /).waitFor();

        const run = await onlyRunOf(sam, ACCOUNT);
        assert.equal(run.Run_Status__c, 'Closed');
        assert.equal(run.Outcome__c, 'Let go');
        assert.equal(run.Cause__c, 'Competitor');
        assert.equal(run.Outcome_Reason__c, 'They signed with somebody else in spring.');
        assert.equal(run.Next_Step__c, null);
        assert.equal(run.Not_Done_Count__c, open.length);
        for (const title of open) assert.equal(completionOf(run, title).Completion_Status__c, 'Not done', title);
    });

    test('the playbook does not surface again while it cools down, not after a reload either', async () => {
        const panel = panelOf(tom);
        await panel.getByRole('heading', { name: 'Nothing needs you here today' }).waitFor();
        await tom.page.reload();
        await panel.getByRole('heading', { name: 'Nothing needs you here today' }).waitFor();
        assert.equal(await panel.getByRole('heading', { name: 'At-Risk' }).count(), 0);
        await tom.expectAccessible('c-playbook-panel');
        await tom.screenshot('panel-finished');
    });

    test('reopening takes it back: open again, nothing not done, in the same run', async () => {
        const closed = await onlyRunOf(sam, ACCOUNT);
        const panel = panelOf(tom);
        await panel.getByRole('button', { name: 'Reopen' }).click();
        await panel.getByRole('heading', { name: 'At-Risk', level: 3 }).waitFor();
        await panel.getByRole('button', { name: 'Reopen' }).waitFor({ state: 'detached' });
        const run = await onlyRunOf(sam, ACCOUNT);
        assert.equal(run.Id, closed.Id);
        assert.equal(run.Run_Status__c, 'Open');
        assert.equal(run.Outcome__c, null);
        assert.equal(run.Closed_At__c, null);
        assert.equal(run.Not_Done_Count__c, 0);
        assert.equal(run.Done_Count__c, 3);
        assert.notEqual(run.Next_Step__c, null);

        const before = completionOf(closed, BOOK);
        await answer(tom, BOOK, { choose: ['Call booked'] });
        const booked = completionOf(await onlyRunOf(sam, ACCOUNT), BOOK);
        assert.equal(booked.Id, before.Id);
        assert.equal(booked.Completion_Status__c, 'Done');
        tom.expectNoProblems();
    });
});

describe('a second time', () => {
    test('once it has cooled down, the playbook surfaces again and becomes a run of its own', async () => {
        const first = await onlyRunOf(sam, ACCOUNT);
        await sam.sobject('Playbook_Run__c').update({
            Id: first.Id,
            Run_Status__c: 'Closed',
            Live_Key__c: null,
            Outcome__c: 'Recovered',
            Closed_At__c: new Date(Date.now() - 31 * 86_400_000).toISOString(),
        });
        await comeBackTo(tom);
        await isOpenAgain(stepOf(tom, CHECK), CHECK);
        assert.deepEqual(await stepTitles(tom), [CHECK]);
        await answer(tom, CHECK, { choose: ['Known or seasonal'] });
        const [, second, ...others] = await runsOf(sam, ACCOUNT);
        assert.ok(second);
        assert.deepEqual(others, []);
        assert.equal(second.Episode_Key__c, first.Episode_Key__c.replace(/1$/, '2'));
        assert.equal(second.Run_Status__c, 'Open');
        assert.equal(second.completions.length, 1);
        tom.expectNoProblems();
    });
});

describe('a false alarm', () => {
    test('it is suggested by the answer, has no cause, and counts with its reason', async () => {
        const NAME = 'Kestrel & Vane Insurance';
        await tom.visit('/lightning/o/Account/list');
        await openAccount(tom, NAME);
        const panel = panelOf(tom);
        await panel.getByRole('heading', { level: 3, name: 'At-Risk' }).waitFor();
        await answer(tom, CHECK, { choose: ['False alarm'] });
        await panel.getByRole('button', { name: 'Finish playbook' }).click();
        await panel.getByText(/^Suggested: /).waitFor();
        await panel.getByText('False alarm', { exact: true }).last().click();
        assert.equal(await panel.getByRole('combobox', { name: 'Main cause' }).count(), 0);
        await panel.getByRole('textbox', { name: /^Why\?/ }).fill('The import had stopped.');
        await panel.getByRole('button', { name: 'Finish', exact: true }).click();
        await panel.getByText(/^At-Risk finished as False alarm on /).waitFor();
        const run = await onlyRunOf(sam, NAME);
        assert.equal(run.Outcome__c, 'False alarm');
        assert.equal(run.Cause__c, null);

        assert.equal((await runsOf(sam, NAME)).length, 1);
        tom.expectNoProblems();
    });
});
