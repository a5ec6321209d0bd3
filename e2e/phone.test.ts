/** The story on a phone: 390 px wide, nothing to scroll sideways, everything within reach of a thumb. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import {
    answer,
    completionOf,
    confirmed,
    onlyRunOf,
    openAccount,
    openStep,
    panelOf,
    runsOf,
    skip,
    stepOf,
} from './steps.ts';

const ACCOUNT = 'Meridian Global Holdings';
const CHECK = 'Check that the figures are right';
const CAUSE = 'Name the cause, as far as you know it now';
const BOOK = 'Book the diagnostic call within 48 working hours';
/** What the platform asks of a touch target at least. */
const SMALLEST_TARGET = 24;

let world: World;
let sam: Connection;
let ines: UserPage;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
    ines = await world.open({ user: 'Ines Costa', size: 'phone' });
});
after(() => world.close());

describe('on a phone', () => {
    test('the list, the account and why', async () => {
        await ines.expectNoSidewaysScrolling();
        await openAccount(ines, ACCOUNT);
        await panelOf(ines).getByText('Health is 38 (limit 60)').waitFor();
        await panelOf(ines)
            .getByText(/Waits while At-Risk is critical/)
            .waitFor();
        await ines.expectNoSidewaysScrolling();
        assert.deepEqual(await runsOf(sam, ACCOUNT), []);
    });

    test('circles and titles are large enough to hit', async () => {
        const boxes = await Promise.all(
            (
                await panelOf(ines)
                    .getByRole('listitem')
                    .getByRole('button')
                    .or(panelOf(ines).getByRole('checkbox'))
                    .all()
            ).map((target) => target.boundingBox()),
        );
        assert.ok(boxes.length >= 4);
        for (const box of boxes) {
            assert.ok(box && box.width >= SMALLEST_TARGET && box.height >= SMALLEST_TARGET, JSON.stringify(box));
        }
    });

    test('a step is read and answered', async () => {
        const step = await openStep(ines, CHECK);
        await step.getByText(/Ten minutes, before you worry anybody/).waitFor();
        await ines.expectNoSidewaysScrolling();
        await answer(ines, CHECK, { choose: ['Real'], note: 'A_very_long_word_without_any_place_to_break_'.repeat(8) });
        await step.getByText(/^Done by Ines Costa, .*: Real$/).waitFor();
        await ines.expectNoSidewaysScrolling();
        await answer(ines, CAUSE, { choose: ['Competitor', 'Support experience'] });
        await ines.expectNoSidewaysScrolling();
    });

    test('an e-mail is read and taken to the composer', async () => {
        const step = await openStep(ines, BOOK);
        await step.getByRole('button', { name: 'First message' }).click();
        await step.getByText(/^Hello /).waitFor();
        await ines.expectNoSidewaysScrolling();
        await step.getByRole('button', { name: 'Write e-mail' }).click();
        const composer = ines.page.getByRole('dialog', { name: 'E-mail' });
        await composer.getByRole('textbox', { name: 'Body' }).waitFor();
        await ines.expectNoSidewaysScrolling();
        await composer.getByRole('button', { name: 'Close', exact: true }).click();
    });

    test('a step is skipped, the other playbook looked at, the record opened', async () => {
        const { page } = ines;
        await skip(ines, BOOK, 'Handled by someone else');
        await panelOf(ines).getByRole('button', { name: 'Start it all the same' }).click();
        await panelOf(ines).getByRole('heading', { level: 3, name: 'Renewal' }).waitFor();
        await ines.expectNoSidewaysScrolling();
        await panelOf(ines)
            .getByRole('tab', { name: /^At-Risk/ })
            .click();
        await confirmed(stepOf(ines, BOOK), BOOK);
        const run = await onlyRunOf(sam, ACCOUNT);
        assert.equal(completionOf(run, BOOK).Skip_Reason__c, 'Handled by someone else');

        await panelOf(ines).getByRole('button', { name: 'Open the record' }).click();
        await page.getByRole('heading', { level: 1, name: run.Name }).waitFor();
        await ines.expectNoSidewaysScrolling();
        await page.goBack();
    });

    test('the playbook is finished', async () => {
        const panel = panelOf(ines);
        await panel.getByRole('button', { name: 'Finish playbook' }).click();
        await panel.getByText('Lost', { exact: true }).click();
        await ines.expectNoSidewaysScrolling();
        await panel.getByRole('button', { name: 'Finish', exact: true }).click();
        await panel.getByText(/^At-Risk finished as Lost on /).waitFor();
        await panel.getByRole('heading', { level: 3, name: 'Renewal' }).waitFor();
        await ines.expectNoSidewaysScrolling();
        assert.equal((await onlyRunOf(sam, ACCOUNT)).Outcome__c, 'Lost');
        ines.expectNoProblems();
    });
});
