/** Each state of the panel, at both widths: WCAG A and AA by axe, nothing wider than the window, a picture to look at. */
import { after, before, describe, test } from 'node:test';
import { launch, type World } from './harness/launch.ts';
import { SIZES, type UserPage } from './harness/user-page.ts';
import { answer, choose, comeBackTo, confirmed, openAccount, openStep, panelOf, sendAnswer, stepOf } from './steps.ts';

const CHECK = 'Check that the figures are right';
const CAUSE = 'Name the cause, as far as you know it now';
const BOOK = 'Book the diagnostic call within 48 working hours';
const HOLD = 'Hold the diagnostic call';

let world: World;
let maya: UserPage;
before(async () => {
    world = await launch();
    maya = await world.open({ user: 'Maya Lindqvist' });
});
after(() => world.close());

async function look(window: UserPage, state: string): Promise<void> {
    for (const [name, size] of Object.entries(SIZES)) {
        await window.page.setViewportSize(size);
        await window.expectNoSidewaysScrolling();
        await window.expectAccessible('c-playbook-panel');
        await panelOf(window).screenshot({ path: `.local-org/screenshots/panel-${state}-${name}.png` });
    }
    await window.page.setViewportSize(SIZES.desktop);
}

describe('quiet', () => {
    for (const [state, account] of [
        ['nothing', 'Alder Creek Hospitals'],
        ['unknown', 'Hollis Brothers Timber'],
        ['stale', 'Gullwing Ferries'],
        ['churned', 'Pinecrest Retirement Living'],
    ] as const) {
        test(state, async () => {
            await openAccount(maya, account);
            await look(maya, state);
        });
    }

    test('with the menu of other playbooks open', async () => {
        await panelOf(maya)
            .getByRole('button', { name: /^Start another playbook/ })
            .click();
        await panelOf(maya).getByRole('menuitem', { name: 'At-Risk' }).waitFor();
        await look(maya, 'menu');
    });
});

describe('at work', () => {
    test('two playbooks, critical', async () => {
        await openAccount(maya, 'Brightwater Utilities');
        await look(maya, 'critical');
        await panelOf(maya).getByRole('button', { name: 'About this playbook' }).click();
        await look(maya, 'about');
    });

    test('a step with its question, and what is missing', async () => {
        const step = await openStep(maya, CHECK);
        await step.getByRole('button', { name: 'Done', exact: true }).click();
        await step.getByRole('alert').getByText('Choose an answer first.').waitFor();
        await look(maya, 'question');
    });

    test('skipping, with its list of reasons open', async () => {
        const step = await openStep(maya, CHECK);
        await step.getByRole('button', { name: 'Skip', exact: true }).click();
        await step.getByRole('combobox').click();
        await step.getByRole('option', { name: 'Already covered' }).waitFor();
        await look(maya, 'skipping');
        await maya.page.keyboard.press('Escape');
        await step.getByRole('button', { name: 'Cancel' }).click();
    });

    test('saving, answered, several answers, texts to send', async () => {
        world.org.latencyMs = 1200;
        await sendAnswer(maya, CHECK, { choose: ['Real'], note: 'A note' });
        await stepOf(maya, CHECK).getByText('Saving …').waitFor();
        await maya.expectAccessible('c-playbook-panel');
        world.org.latencyMs = 0;
        await confirmed(stepOf(maya, CHECK), CHECK);
        await openStep(maya, CHECK);
        await openStep(maya, CAUSE);
        const step = await openStep(maya, BOOK);
        await step.getByRole('button', { name: 'First message' }).click();
        await step.getByRole('button', { name: 'Write e-mail' }).waitFor();
        await look(maya, 'opened');
    });

    test('a repeated step with its history; a text that lacks values', async () => {
        await answer(maya, BOOK, { choose: ['Call booked'] });
        await answer(maya, HOLD, { choose: ['We can fix it together'], note: 'They want reports' });
        await answer(maya, 'Agree the recovery plan, with the criteria that end it', { note: 'Two criteria' });
        const REVIEW = 'Weekly review: is it getting better?';
        const step = await sendAnswer(maya, REVIEW, { choose: ['Flat'] });
        await step.getByText(/^Next /).waitFor();
        await openStep(maya, REVIEW);
        await step.getByRole('heading', { name: 'Earlier' }).waitFor();
        await look(maya, 'repeated');
    });

    test('finishing, what it lacks, finished', async () => {
        const panel = panelOf(maya);
        await panel.getByRole('button', { name: 'Finish playbook' }).click();
        await panel.getByText('Let go', { exact: true }).click();
        await panel.getByRole('button', { name: 'Finish', exact: true }).click();
        await panel.getByRole('alert').waitFor();
        await choose(panel, 'Main cause', 'Competitor');
        await look(maya, 'finishing');
        await panel.getByRole('textbox', { name: /^Why\?/ }).fill('They left us.');
        await panel.getByRole('button', { name: 'Finish', exact: true }).click();
        await panel.getByRole('button', { name: 'Reopen' }).waitFor();
        await look(maya, 'finished');
    });

    test('a signal', async () => {
        await openAccount(maya, 'Studio Morcote');
        await look(maya, 'signal');
    });

    test('rules that do not work', async () => {
        const admin = await world.open({ user: 'Sam Reyes', path: '/setup/Playbook_Trigger__mdt/At_Risk' });
        await admin.page.getByRole('textbox', { name: 'Enter When' }).fill('Helth < "sixty"');
        await admin.page.getByRole('button', { name: 'Save' }).click();
        await admin.page.getByRole('link', { name: 'At Risk', exact: true }).waitFor();
        await admin.close();
        await comeBackTo(maya);
        await panelOf(maya).getByText('Rules that do not work: 1').click();
        await look(maya, 'rules-off');
        maya.expectNoProblems();
    });
});

describe('people', () => {
    test('a leader', async () => {
        const lena = await world.open({ user: 'Lena Fischer' });
        await openAccount(lena, 'Brightwater Utilities');
        await look(lena, 'leader');
        await lena.close();
    });

    test('no permission sets', async () => {
        const nora = await world.open({ user: 'Nora Blum' });
        await openAccount(nora, 'Brightwater Utilities');
        await look(nora, 'no-access');
        await nora.close();
    });
});
