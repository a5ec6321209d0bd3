/** The whole way without a mouse: tabs, steps, answers, finishing. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import type { Keyboard, Locator } from 'playwright-core';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import { completionOf, confirmed, isOpenAgain, onlyRunOf, openAccount, panelOf, stepOf } from './steps.ts';

const ACCOUNT = 'Brightwater Utilities';
const CHECK = 'Check that the figures are right';
const ESCALATE = 'Critical: bring in your manager and a sponsor today';
const BOOK = 'Book the diagnostic call within 48 working hours';

let world: World;
let sam: Connection;
let maya: UserPage;
let keyboard: Keyboard;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
    maya = await world.open({ user: 'Maya Lindqvist' });
    keyboard = maya.page.keyboard;
    await openAccount(maya, ACCOUNT);
});
after(() => world.close());

const hasFocus = (place: Locator): Promise<boolean> =>
    place.evaluate((element) => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        // Node.contains does not look into components.
        let node: Node | null = active;
        while (node && node !== element) node = node instanceof ShadowRoot ? node.host : node.parentNode;
        return node === element;
    });

/** Presses Tab until the focus is there; fails after `most` presses, which is what a person would do, too. */
async function tabTo(place: Locator, most = 40): Promise<void> {
    for (let presses = 0; presses < most; presses += 1) {
        if (await hasFocus(place)) return;
        await keyboard.press('Tab');
    }
    assert.fail(`${String(place)} is not reached with ${most} presses of Tab.`);
}

/** The focus arrives there, at the latest when the page has settled. */
async function expectFocus(place: Locator, when: string): Promise<void> {
    await place.waitFor();
    for (let tries = 0; tries < 20 && !(await hasFocus(place)); tries += 1) await maya.page.waitForTimeout(50);
    assert.ok(await hasFocus(place), `${when}: the focus is elsewhere.`);
}

const panelButton = (name: string): Locator => panelOf(maya).getByRole('button', { name, exact: true });

describe('without a mouse', () => {
    test('tabs: one stop, arrows move between the playbooks', async () => {
        const panel = panelOf(maya);
        const [atRisk, renewal] = [
            panel.getByRole('tab', { name: /^At-Risk/ }),
            panel.getByRole('tab', { name: /^Renewal/ }),
        ];
        // It waits while the other one is critical: what is taken up all the same stays within reach.
        await tabTo(panelButton('Start it all the same'));
        await keyboard.press('Enter');
        await expectFocus(panel.getByRole('heading', { level: 3, name: 'Renewal' }), 'taken up');
        await keyboard.press('Shift+Tab');
        assert.ok(await hasFocus(renewal));
        await keyboard.press('ArrowLeft');
        await panel.getByRole('heading', { level: 3, name: 'At-Risk' }).waitFor();
        await keyboard.press('ArrowRight');
        await panel.getByRole('heading', { level: 3, name: 'Renewal' }).waitFor();
        assert.ok(await hasFocus(renewal));
        await keyboard.press('Tab');
        assert.ok(!(await hasFocus(atRisk)));
        await keyboard.press('Shift+Tab');
        await keyboard.press('ArrowLeft');
        await panel.getByRole('heading', { level: 3, name: 'At-Risk' }).waitFor();
        assert.ok(await hasFocus(atRisk));
    });

    test('a step is opened, its question answered, a note typed, and sent', async () => {
        const step = stepOf(maya, CHECK);
        await tabTo(panelButton(CHECK));
        await keyboard.press('Enter');
        await tabTo(step.getByRole('radio', { name: 'Real', exact: true }));
        await keyboard.press('Space');
        await keyboard.press('ArrowDown');
        await step.getByRole('radio', { name: 'False alarm', checked: true }).waitFor();
        await keyboard.press('ArrowUp');
        await tabTo(step.getByRole('textbox', { name: 'Note' }));
        await keyboard.type('By keyboard');
        await tabTo(step.getByRole('button', { name: 'Done', exact: true }));
        await keyboard.press('Enter');
        await confirmed(step, CHECK);
        const completion = completionOf(await onlyRunOf(sam, ACCOUNT), CHECK);
        assert.equal(completion.Decision__c, 'Real');
        assert.equal(completion.Note__c, 'By keyboard');
    });

    test('a circle is ticked with the space bar, and unticked', async () => {
        const step = stepOf(maya, ESCALATE);
        await tabTo(step.getByRole('checkbox'));
        await keyboard.press('Space');
        await confirmed(step, ESCALATE);
        await tabTo(step.getByRole('checkbox'));
        await keyboard.press('Enter');
        await isOpenAgain(step, ESCALATE);
        assert.equal(completionOf(await onlyRunOf(sam, ACCOUNT), ESCALATE).Completion_Status__c, 'Undone');
    });

    test('a step is skipped with a reason from the list', async () => {
        const step = stepOf(maya, BOOK);
        await tabTo(panelButton(BOOK));
        await keyboard.press('Enter');
        await tabTo(step.getByRole('button', { name: 'Skip', exact: true }));
        await keyboard.press('Enter');
        await tabTo(step.getByRole('combobox', { name: 'Why skip it?' }));
        await keyboard.press('Enter');
        await step.getByRole('option', { name: 'Already covered' }).waitFor();
        await keyboard.press('ArrowDown');
        await keyboard.press('Enter');
        await tabTo(step.getByRole('button', { name: 'Skip this step' }));
        await keyboard.press('Enter');
        await confirmed(step, BOOK);
        const skipped = completionOf(await onlyRunOf(sam, ACCOUNT), BOOK);
        assert.equal(skipped.Completion_Status__c, 'Skipped');
        assert.notEqual(skipped.Skip_Reason__c, null);
    });

    test('the focus stays where the work is', async () => {
        const CAUSE = 'Name the cause, as far as you know it now';
        const step = stepOf(maya, CAUSE);
        const act = async (button: Locator, key = 'Enter'): Promise<void> => {
            await button.focus();
            await keyboard.press(key);
        };
        const circle = stepOf(maya, ESCALATE).getByRole('checkbox');
        await act(circle, 'Space');
        await confirmed(stepOf(maya, ESCALATE), ESCALATE);
        await expectFocus(circle, 'ticked');
        await act(panelButton(CAUSE));
        await act(step.getByRole('button', { name: 'Skip', exact: true }));
        await expectFocus(step.getByRole('combobox', { name: 'Why skip it?' }), 'Skip');
        await act(step.getByRole('button', { name: 'Cancel' }));
        await expectFocus(step.getByRole('button', { name: 'Skip', exact: true }), 'Skip cancelled');
        await act(step.getByRole('button', { name: 'Not applicable' }));
        await confirmed(step, CAUSE);
        await expectFocus(step, 'answered');
        await act(panelButton(CAUSE));
        await act(step.getByRole('button', { name: 'Undo', exact: true }));
        await isOpenAgain(step, CAUSE);
        await expectFocus(step, 'undone');
        await act(panelButton('Finish playbook'));
        await panelOf(maya).getByRole('heading', { name: 'How did it end?' }).waitFor();
        await expectFocus(panelOf(maya), 'finishing');
        await act(panelButton('Cancel').last());
        await expectFocus(panelButton('Finish playbook'), 'finish cancelled');
    });

    test('the playbook is finished', async () => {
        const panel = panelOf(maya);
        await tabTo(panelButton('Finish playbook'));
        await keyboard.press('Enter');
        // Saved is not offered: nobody has spoken to the customer.
        await tabTo(panel.getByRole('radio', { name: 'Recovered', exact: true }));
        await keyboard.press('Space');
        await keyboard.press('ArrowUp');
        await panel.getByRole('radio', { name: 'False alarm', checked: true }).waitFor();
        await tabTo(panel.getByRole('textbox', { name: /^Why\?/ }));
        await keyboard.type('Wrong import');
        await tabTo(panelButton('Finish'));
        await keyboard.press('Enter');
        await panel.getByText(/^At-Risk finished as False alarm on /).waitFor();
        await expectFocus(panel, 'finished');
        assert.equal((await onlyRunOf(sam, ACCOUNT)).Outcome_Reason__c, 'Wrong import');
        maya.expectNoProblems();
    });
});
