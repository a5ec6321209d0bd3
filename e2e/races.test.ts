/** Two people, two tabs or two clicks at the same moment end with one run and one completion a step: the org takes 300 ms for each answer. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import {
    answer,
    comeBackTo,
    completionOf,
    confirmed,
    isOpenAgain,
    onlyRunOf,
    openAccount,
    openStep,
    panelOf,
    stepOf,
    stepTitles,
    type Tab,
} from './steps.ts';

const CHECK = 'Check that the figures are right';
const ESCALATE = 'Critical: bring in your manager and a sponsor today';
const CAUSE = 'Name the cause, as far as you know it now';
const BOOK = 'Book the diagnostic call within 48 working hours';
const SOMEBODY = 'Somebody answered this step before you. What they recorded is shown now.';

let world: World;
let sam: Connection;
let maya: UserPage;
let tom: UserPage;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
    [maya, tom] = await Promise.all([world.open({ user: 'Maya Lindqvist' }), world.open({ user: 'Tom Okafor' })]);
});
after(() => world.close());

/** Both have the account's page open before either of them acts. */
async function bothOpen(account: string): Promise<void> {
    await Promise.all(
        [maya, tom].map(async (person) => {
            await person.page.getByRole('navigation').getByRole('link', { name: 'Accounts' }).click();
            await openAccount(person, account);
        }),
    );
}

/** Everything is filled in; returns the last click. */
async function readyToAnswer(tab: Tab, title: string, option?: string): Promise<() => Promise<void>> {
    const step = await openStep(tab, title);
    if (option !== undefined) await step.getByText(option, { exact: true }).click();
    return () => step.getByRole('button', { name: 'Done', exact: true }).click();
}

/** All at the same moment, in an org that takes its time until `settled`. */
async function atOnce(clicks: readonly (() => Promise<void>)[], settled: () => Promise<unknown>): Promise<void> {
    world.org.latencyMs = 300;
    await Promise.all(clicks.map((click) => click()));
    await settled();
    world.org.latencyMs = 0;
}

describe('two people', () => {
    test('the same first step: one run, one completion, and both see whose it is', async () => {
        const account = 'Kestrel & Vane Insurance';
        await bothOpen(account);
        await atOnce([await readyToAnswer(maya, CHECK, 'Real'), await readyToAnswer(tom, CHECK, 'False alarm')], () =>
            Promise.all([maya, tom].map((person) => confirmed(stepOf(person, CHECK), CHECK))),
        );

        const run = await onlyRunOf(sam, account);
        assert.equal(run.completions.length, 1);
        const { Completed_By__r: author, Decision__c: decision } = completionOf(run, CHECK);
        assert.ok(author && decision);
        const [first, second] = author.Name === 'Maya Lindqvist' ? [maya, tom] : [tom, maya];
        await second.page.getByText(SOMEBODY).first().waitFor();
        assert.equal(await first.page.getByText(SOMEBODY).count(), 0);
        for (const person of [first, second]) {
            await stepOf(person, CHECK)
                .getByText(new RegExp(`^Done by ${author.Name}, .*: ${decision}$`))
                .waitFor();
        }
        assert.deepEqual(await stepTitles(maya), await stepTitles(tom));
    });

    test('two different first steps: one run with two completions, and both see both', async () => {
        const account = 'Brightwater Utilities';
        await bothOpen(account);
        await atOnce([await readyToAnswer(maya, CHECK, 'Real'), await readyToAnswer(tom, ESCALATE)], () =>
            Promise.all([confirmed(stepOf(maya, CHECK), CHECK), confirmed(stepOf(tom, ESCALATE), ESCALATE)]),
        );

        const run = await onlyRunOf(sam, account);
        assert.equal(run.completions.length, 2);
        assert.equal(completionOf(run, CHECK).Completed_By__r?.Name, 'Maya Lindqvist');
        assert.equal(completionOf(run, ESCALATE).Completed_By__r?.Name, 'Tom Okafor');
        await Promise.all([maya, tom].map(comeBackTo));
        for (const person of [maya, tom]) {
            await stepOf(person, CHECK)
                .getByText(/^Done by Maya Lindqvist, .*: Real$/)
                .waitFor();
            await stepOf(person, ESCALATE)
                .getByText(/^Done by Tom Okafor, /)
                .waitFor();
        }
        assert.deepEqual(await stepTitles(maya), await stepTitles(tom));
        assert.equal((await onlyRunOf(sam, account)).Next_Step__c, CAUSE);
    });

    test('what one person is typing stays while another answers', async () => {
        const account = 'Ashdown Precision Tools';
        await bothOpen(account);
        await answer(tom, CHECK, { choose: ['Real'] });
        await comeBackTo(maya);
        const booking = await openStep(maya, BOOK);
        await booking.getByText('They declined', { exact: true }).click();
        await booking.getByRole('textbox', { name: 'Note' }).fill('half a sen');
        await answer(tom, CAUSE, { choose: ['Other'] });
        await comeBackTo(maya);
        await confirmed(stepOf(maya, CAUSE), CAUSE);
        assert.equal(await booking.getByRole('textbox', { name: 'Note' }).inputValue(), 'half a sen');
        assert.equal(await booking.getByLabel('They declined', { exact: true }).isChecked(), true);
    });

    test('a run deleted under the page: told in one sentence, and trying again starts a new one', async () => {
        const account = 'Brightwater Utilities';
        await bothOpen(account);
        await confirmed(stepOf(tom, ESCALATE), ESCALATE);
        const deleted = await onlyRunOf(sam, account);
        await sam.sobject('Playbook_Run__c').delete(deleted.Id);
        await (
            await readyToAnswer(tom, BOOK, 'Call booked')
        )();
        const problem = panelOf(tom).getByRole('alert').filter({ hasText: 'Your last action was not saved' });
        await problem.waitFor();
        assert.equal(await problem.getByRole('listitem').count(), 1);
        await problem.getByRole('button', { name: 'Try again' }).click();
        await problem.waitFor({ state: 'detached' });
        // The message goes with the click, the steps of the run that is gone with the answer.
        await stepOf(tom, BOOK).waitFor({ state: 'detached' });
        assert.deepEqual(await stepTitles(tom), [CHECK, ESCALATE]);
        await Promise.all([maya, tom].map(comeBackTo));
        for (const title of [CHECK, ESCALATE]) await isOpenAgain(stepOf(maya, title), title);
        await answer(maya, CHECK, { choose: ['Real'] });
        await answer(maya, ESCALATE);
        assert.equal((await onlyRunOf(sam, account)).completions.length, 2);
    });

    test('both finish: it is closed once, and who came second sees it closed', async () => {
        const account = 'Ferrante Macchine S.p.A.';
        await bothOpen(account);
        const finishing = await Promise.all(
            [maya, tom].map(async (person) => {
                const panel = panelOf(person);
                await panel.getByRole('button', { name: 'Finish playbook' }).click();
                await panel.getByText('False alarm', { exact: true }).click();
                await panel.getByRole('textbox', { name: /^Why\?/ }).fill('An old press release.');
                return () => panel.getByRole('button', { name: 'Finish', exact: true }).click();
            }),
        );
        await atOnce(finishing, () =>
            Promise.all(
                [maya, tom].map(async (person) => {
                    const panel = panelOf(person);
                    await panel.getByText(/^At-Risk finished as False alarm on /).waitFor();
                    await panel.getByRole('heading', { name: 'Nothing needs you here today' }).waitFor();
                }),
            ),
        );
        const run = await onlyRunOf(sam, account);
        assert.equal(run.Outcome__c, 'False alarm');
        assert.deepEqual(run.completions, [], 'A false alarm asked for nothing.');
    });
});

describe('two tabs of one person', () => {
    test('act at once and later; the older tab adds to the run that is there', async () => {
        const account = 'Tallinna Tark Ladu';
        await bothOpen(account);
        const other: Tab = { page: await maya.page.context().newPage() };
        await other.page.goto(maya.page.url());
        await stepOf(other, CHECK).waitFor();

        await atOnce([await readyToAnswer(maya, CHECK, 'Real'), await readyToAnswer(other, CHECK, 'Real')], () =>
            Promise.all([maya, other].map((tab) => confirmed(stepOf(tab, CHECK), CHECK))),
        );
        assert.equal((await onlyRunOf(sam, account)).completions.length, 1);

        // Tom's page was opened before any of this and has not been looked at since.
        await tom.page.getByRole('checkbox', { name: `Mark done: ${CHECK}` }).waitFor();
        await answer(other, BOOK, { choose: ['They declined'] });
        await (
            await readyToAnswer(tom, CHECK, 'False alarm')
        )();
        await confirmed(stepOf(tom, CHECK), CHECK);
        await comeBackTo(maya);
        await Promise.all([maya, tom].map((person) => confirmed(stepOf(person, BOOK), BOOK)));
        const run = await onlyRunOf(sam, account);
        assert.equal(run.completions.length, 2);
        assert.equal(completionOf(run, CHECK).Decision__c, 'Real');
        await other.page.close();
    });
});

describe('impatience', () => {
    test('whoever leaves while an answer is on its way finds it confirmed when she comes back', async () => {
        const account = "O'Malley & Sons <b>Bakeries</b>";
        await bothOpen(account);
        const send = await readyToAnswer(maya, CHECK, 'Real');
        const written = maya.page.waitForResponse((response) => /mutation/.test(response.request().postData() ?? ''));
        await atOnce([send], async () => {
            await maya.page.getByRole('navigation').getByRole('link', { name: 'Accounts' }).click();
            await written;
        });
        await openAccount(maya, account);
        await confirmed(stepOf(maya, CHECK), CHECK);
        assert.equal((await onlyRunOf(sam, account)).completions.length, 1);
    });

    test('a double click on the circle or on Done writes one completion, and leaves it done', async () => {
        const account = 'Brightwater Utilities';
        await bothOpen(account);
        await Promise.all([maya, tom].map(comeBackTo));
        const booking = await openStep(maya, BOOK);
        await booking.getByText('Call booked', { exact: true }).click();
        await atOnce([() => booking.getByRole('button', { name: 'Done', exact: true }).dblclick()], () =>
            confirmed(booking, BOOK),
        );
        const HOLD = 'Hold the diagnostic call';
        await stepOf(maya, HOLD).waitFor();
        const run = await onlyRunOf(sam, account);
        assert.equal(completionOf(run, BOOK).Completion_Status__c, 'Done');

        const circle = stepOf(tom, ESCALATE).getByRole('checkbox');
        await atOnce([() => circle.dblclick()], () => isOpenAgain(stepOf(tom, ESCALATE), ESCALATE));
        assert.equal(completionOf(await onlyRunOf(sam, account), ESCALATE).Completion_Status__c, 'Undone');
        await atOnce([() => circle.dblclick()], () => confirmed(stepOf(tom, ESCALATE), ESCALATE));
        const again = await onlyRunOf(sam, account);
        assert.equal(completionOf(again, ESCALATE).Completion_Status__c, 'Done');
        assert.equal(again.Done_Count__c, 3);
        maya.expectNoProblems();
        tom.expectNoProblems();
    });
});
