/** A contact is recorded once: the call is logged as a task together with the answer, or one that is logged already is attached. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import { accountIdOf, answer, confirmed, openAccount, openStep, panelOf, stepOf } from './steps.ts';

const ACCOUNT = 'Kestrel & Vane Insurance';
const CHECK = 'Check that the figures are right';
const BOOK = 'Book the diagnostic call within 48 working hours';
const HOLD = 'Hold the diagnostic call';
const SERIOUS = 'We can fix it together';
const UNAVAILABLE = /^Calls cannot be logged from here/;

let world: World;
let sam: Connection;
let maya: UserPage;
let accountId: string;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
    maya = await world.open({ user: 'Maya Lindqvist' });
    accountId = await accountIdOf(sam, ACCOUNT);
});
after(() => world.close());

interface Task {
    readonly Id: string;
    readonly Subject: string;
    readonly Status: string;
    readonly Description: string | null;
    readonly WhatId: string;
    readonly Owner: { readonly Name: string };
}

const tasks = async (): Promise<readonly Task[]> =>
    (
        await sam.query<Task>(
            'SELECT Id, Subject, Status, Description, WhatId, Owner.Name FROM Task WHERE AccountId = ' +
                `'${accountId}' ORDER BY Subject`,
        )
    ).records;

/** What the answer to the call names as its proof. */
async function proof(): Promise<unknown> {
    const { records } = await sam.query<{ readonly Task_Id__c: string | null }>(
        `SELECT Task_Id__c FROM Step_Completion__c WHERE Playbook_Run__r.Account__c = '${accountId}' AND Recorded_Title__c = '${HOLD}'`,
    );
    return records[0]?.Task_Id__c;
}

describe('a call with the customer', () => {
    test('can be logged with the answer, in one request, and opens from there', async () => {
        await openAccount(maya, ACCOUNT);
        await answer(maya, CHECK, { choose: ['Real'] });
        await answer(maya, BOOK, { choose: ['Call booked'] });
        const step = await openStep(maya, HOLD);
        await step.getByText('Log this call', { exact: true }).click();
        assert.equal(await step.getByRole('textbox', { name: 'Subject' }).inputValue(), HOLD);
        await step.getByRole('textbox', { name: 'Subject' }).fill('Diagnostic call');
        await step.getByText(SERIOUS, { exact: true }).click();
        await step.getByRole('textbox', { name: /^Note/ }).fill('Training was missing.');
        await maya.expectAccessible('c-playbook-panel');
        await maya.screenshot('log-call');
        let mutations = 0;
        maya.page.on('request', (request) => {
            mutations += /mutation/.test(request.postData() ?? '') ? 1 : 0;
        });
        await step.getByRole('button', { name: 'Done', exact: true }).click();
        await confirmed(step, HOLD);
        assert.equal(mutations, 1);

        const [task, ...others] = await tasks();
        assert.ok(task);
        assert.deepEqual(others, []);
        assert.equal(task.Subject, 'Diagnostic call');
        assert.equal(task.Status, 'Completed');
        assert.equal(task.Description, 'Training was missing.');
        assert.equal(task.WhatId, accountId);
        assert.equal(task.Owner.Name, 'Maya Lindqvist');
        assert.equal(await proof(), task.Id);
        // The account was touched today.
        await panelOf(maya).getByText('today', { exact: true }).waitFor();

        await openStep(maya, HOLD);
        await step.getByRole('button', { name: 'Open the logged call' }).click();
        await maya.page.waitForURL(/\/Task\/00T/);
        await maya.page.getByText('Diagnostic call').first().waitFor();
        maya.expectNoProblems();
    });

    test('an answer that is taken back keeps its call, and a logged call can be attached in its place', async () => {
        await sam.sobject('Task').create({
            Subject: 'Call from my car',
            Status: 'Completed',
            ActivityDate: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
            WhatId: accountId,
        });
        await maya.visit(`/lightning/r/Account/${accountId}/view`);
        await stepOf(maya, HOLD)
            .getByRole('checkbox', { name: `Undo: ${HOLD}` })
            .click();
        const step = await openStep(maya, HOLD);
        await step.getByText('Already logged', { exact: true }).click();
        await step.getByRole('combobox', { name: 'Which one?' }).click();
        await step.getByRole('option', { name: /: Call from my car$/ }).click();
        await step.getByText(SERIOUS, { exact: true }).click();
        await step.getByRole('button', { name: 'Done', exact: true }).click();
        await confirmed(step, HOLD);
        const attached = (await tasks()).find(({ Subject }) => Subject === 'Call from my car');
        assert.equal(await proof(), attached?.Id);
        assert.equal((await tasks()).length, 2);
        maya.expectNoProblems();
    });

    test('is logged by nobody who only looks', async () => {
        const lena = await world.open({ user: 'Lena Fischer', path: `/lightning/r/Account/${accountId}/view` });
        await openStep(lena, HOLD);
        assert.equal(await panelOf(lena).getByText('Salesforce-Aufgabe').count(), 0);
        assert.equal(await panelOf(lena).getByText('Salesforce task').count(), 0);
        lena.expectNoProblems();
        await lena.close();
    });
});

describe('an org whose pages have no tasks', () => {
    test('says so in one sentence, and takes the answer as before', async () => {
        const tom = await world.open({ user: 'Tom Okafor' });
        await tom.page.route(/object-info\/Task$/, (route) =>
            route.fulfill({
                status: 400,
                contentType: 'application/json',
                body: JSON.stringify([
                    { errorCode: 'INVALID_TYPE', message: 'Object Task is not supported in UI API' },
                ]),
            }),
        );
        await openAccount(tom, 'Ashdown Precision Tools');
        await answer(tom, CHECK, { choose: ['Real'] });
        await answer(tom, BOOK, { choose: ['Call booked'] });
        const step = await openStep(tom, HOLD);
        await step.getByText(UNAVAILABLE).waitFor();
        assert.equal(await step.getByText('Log this call').count(), 0);
        await step.getByText(SERIOUS, { exact: true }).click();
        await step.getByRole('textbox', { name: /^Note/ }).fill('Fine.');
        await step.getByRole('button', { name: 'Done', exact: true }).click();
        await confirmed(step, HOLD);
        tom.expectProblems(/object-info\/Task/);
        tom.expectNoProblems();
    });
});
