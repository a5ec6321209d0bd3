/** What was before on an account, what an outcome will count as, and how often a playbook worked. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import { daysAgo, recordPast, type Recorders } from './past-runs.ts';
import {
    answer,
    comeBackTo,
    completionOf,
    type RunRecord,
    openAccount,
    openStep,
    panelOf,
    runsOf,
    skip,
} from './steps.ts';

const ACCOUNT = 'Ashdown Precision Tools';
const CHECK = 'Check that the figures are right';
const BOOK = 'Book the diagnostic call within 48 working hours';
const LONG =
    'They kept the licences because the new head of production wanted one quarter more to see whether the planning board is used on every line, and promised a decision with the budget in autumn.';
const EARLIER = 'Earlier (7)';

let world: World;
let sam: Connection;
let recorders: Recorders;
let tom: UserPage;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
    recorders = { admin: sam, manager: await connectToLocalOrg(world.org, 'lena') };
    const by = await sam.query<{ readonly Id: string }>("SELECT Id FROM User WHERE Name = 'Tom Okafor'");
    await recordPast(recorders, {
        account: ACCOUNT,
        number: 7,
        closedDaysAgo: 150,
        outcome: 'Saved',
        fields: {
            Cause__c: 'Low adoption',
            Outcome_By__c: by.records[0]?.Id,
            Outcome_Reason__c: LONG,
            ARR_At_Opening__c: 48000,
            ARR_Saved__c: 48000,
            Kept__c: 'Kept for 90 days',
            Kept_On__c: daysAgo(55).slice(0, 10),
        },
        steps: [
            { title: 'Book the call', status: 'Done', contact: true, note: 'Spoke to Dana; they miss the reports.' },
            {
                title: 'Bring an executive in',
                status: 'Skipped',
                reason: 'Does not fit this account',
                comment: 'For an account of this size I would have asked Petra. Next time, ask me.',
            },
            { title: 'Agree on a plan in writing', status: 'Not done' },
        ],
    });
    for (let number = 1; number <= 6; number += 1) {
        const outcome = number === 6 ? 'Lost' : 'False alarm';
        await recordPast(recorders, { account: ACCOUNT, number, closedDaysAgo: 700 - number * 60, outcome });
    }
    tom = await world.open({ user: 'Tom Okafor' });
});
after(() => world.close());

describe('what was before', () => {
    test('is folded, read only when somebody looks, and shows the five latest first', async () => {
        const asked: string[] = [];
        tom.page.on('request', (request) => {
            if (request.url().includes('graphql')) asked.push(request.postData() ?? '');
        });
        await openAccount(tom, ACCOUNT);
        const panel = panelOf(tom);
        await panel.getByRole('button', { name: EARLIER, expanded: false }).waitFor();
        assert.deepEqual(
            asked.filter((body) => body.includes('PlaybookPast')),
            [],
        );
        await panel.getByRole('button', { name: EARLIER }).click();
        const runs = panel.getByRole('button', { name: /^At-Risk (Saved|Lost|False alarm)/ });
        await runs.first().waitFor();
        assert.equal(await runs.count(), 5);
        assert.match(await runs.first().innerText(), /Saved[\s\S]*Kept for 90 days/);
        await panel.getByRole('button', { name: 'Show 2 more' }).click();
        assert.equal(await runs.count(), 7);
        assert.deepEqual(
            await runsOf(sam, ACCOUNT).then((all) => all.filter((run) => run.Run_Status__c !== 'Closed')),
            [],
        );
    });

    test('a run tells how it ended, what was done, and what a manager wrote', async () => {
        const panel = panelOf(tom);
        await panel.getByRole('button', { name: /^At-Risk Saved/ }).click();
        for (const words of [
            'Cause: Low adoption',
            LONG,
            'Decided by Tom Okafor',
            'Worked: the customer was spoken to',
            'Bring an executive in',
            'For an account of this size I would have asked Petra. Next time, ask me.',
            'Spoke to Dana; they miss the reports.',
            'Agree on a plan in writing',
        ]) {
            await panel.getByText(words, { exact: true }).waitFor();
        }
        await panel.getByText(/^Skipped by .*: Does not fit this account$/).waitFor();
        await panel.getByText(/^ARR saved: \D?48/).waitFor();
        await panel.getByText(/^Lena .* · /).waitFor();
        await tom.expectAccessible('c-playbook-panel');
        await tom.expectNoSidewaysScrolling();
        await tom.screenshot('past-desktop');
    });

    test('on a phone nothing is lost, and the keyboard opens it', async () => {
        const phone = await world.open({ user: 'Tom Okafor', size: 'phone' });
        await openAccount(phone, ACCOUNT);
        const panel = panelOf(phone);
        await panel.getByRole('button', { name: EARLIER }).press('Enter');
        const saved = panel.getByRole('button', { name: /^At-Risk Saved/ });
        await saved.press('Enter');
        await panel.getByText('Bring an executive in').waitFor();
        await panel.getByText(/Next time, ask me\.$/).waitFor();
        await phone.expectNoSidewaysScrolling();
        await phone.expectAccessible('c-playbook-panel');
        await phone.screenshot('past-phone');
        phone.expectNoProblems();
        await phone.close();
    });

    test('a comment on a step of the open run shows on that step', async () => {
        await answer(tom, CHECK, { choose: ['Real'] });
        await skip(tom, BOOK, 'No contact available');
        const run = await onlyOpenRun();
        const step = completionOf(run, BOOK);
        await recorders.manager
            .sobject('Coaching_Comment__c')
            .create({ Commented_Step__c: step.Id, Comment__c: 'Try their support contact.' });
        await comeBackTo(tom);
        const row = await openStep(tom, BOOK);
        await row.getByText('Try their support contact.').waitFor();
    });
});

describe('closing', () => {
    test('says what each outcome will count as', async () => {
        const panel = panelOf(tom);
        await panel.getByRole('button', { name: 'Finish playbook' }).click();
        const choose = (name: string): Promise<void> =>
            panel.getByRole('radiogroup').getByText(name, { exact: true }).click();
        await choose('Let go');
        await panel
            .getByText('Counts in no rate: no talk with the customer is recorded, so the work decided nothing.')
            .waitFor();
        await choose('False alarm');
        await panel.getByText('Counts as a false alarm of the rule that surfaced it, and in no save rate.').waitFor();
        await tom.expectAccessible('c-playbook-panel');
        await tom.screenshot('past-counts-desktop');
        await panel.getByRole('button', { name: 'Cancel', exact: true }).click();
    });
});

describe('how often the playbook worked', () => {
    test('shows from ten runs on either side, of accounts that the user may see', async () => {
        await openAccount(tom, ACCOUNT);
        assert.equal(
            await panelOf(tom)
                .getByText(/^Recovered:/)
                .count(),
            0,
        );
        const { records } = await sam.query<{ readonly Name: string }>(
            `SELECT Name FROM Account WHERE Owner.Name = 'Tom Okafor' AND Name != '${ACCOUNT}' ORDER BY Name LIMIT 5`,
        );
        const contact = { title: 'Call', status: 'Done', contact: true } as const;
        for (let index = 0; index < 24; index += 1) {
            const isWorked = index < 13;
            await recordPast(recorders, {
                account: records[index % records.length]?.Name ?? '',
                number: 100 + index,
                closedDaysAgo: 100 + index,
                openedBy: 'Sweep',
                outcome: isWorked ? (index < 9 ? 'Saved' : 'Lost') : index < 17 ? 'Recovered' : 'Lost',
                steps: isWorked ? [contact] : [],
            });
        }
        await tom.page.reload();
        const panel = panelOf(tom);
        // The save that a first action began is left out: the other side has no such runs.
        await panel.getByText('Recovered: 9 of 13 worked, 4 of 11 without recorded work', { exact: true }).waitFor();
        await tom.expectAccessible('c-playbook-panel');
        await tom.screenshot('past-impact-desktop');
        tom.expectNoProblems();
    });

    test('whoever sees fewer accounts is shown no number', async () => {
        const ines = await world.open({ user: 'Ines Costa' });
        await openAccount(ines, 'Meridian Global Holdings');
        await panelOf(ines).getByRole('heading', { name: 'At-Risk' }).waitFor();
        await ines.page.waitForLoadState('networkidle');
        assert.equal(
            await panelOf(ines)
                .getByText(/^Recovered:/)
                .count(),
            0,
        );
        ines.expectNoProblems();
        await ines.close();
    });
});

async function onlyOpenRun(): Promise<RunRecord> {
    const [run] = (await runsOf(sam, ACCOUNT)).filter((one) => one.Run_Status__c === 'Open');
    assert.ok(run);
    return run;
}
