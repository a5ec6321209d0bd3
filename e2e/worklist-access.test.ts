/** The worklist for everybody: keyboard alone, a phone, WCAG A and AA in every state, an org that is away. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import { SIZES, type UserPage } from './harness/user-page.ts';
import { onlyRunOf, runsOf } from './steps.ts';
import {
    chooseAction,
    confirmIn,
    keyboardIsOn,
    openWorklist,
    placeOf,
    rowOf,
    worklistOf,
    WORKLIST,
} from './worklist-steps.ts';

const CRITICAL = 'Brightwater Utilities';
const CHAMPION = 'Castellane Hospitality';
const AT_RISK = 'Kestrel & Vane Insurance';
const SIGNAL = 'Studio Morcote';
const CHECK = 'Check that the figures are right';
/** What the platform asks of a touch target at least. */
const SMALLEST_TARGET = 24;

let world: World;
let sam: Connection;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
});
after(() => world.close());

async function look(window: UserPage, state: string): Promise<void> {
    for (const [name, size] of Object.entries(SIZES)) {
        await window.page.setViewportSize(size);
        await window.expectNoSidewaysScrolling();
        await window.expectAccessible('c-playbook-worklist');
        await worklistOf(window).screenshot({ path: `.local-org/screenshots/worklist-${state}-${name}.png` });
    }
    await window.page.setViewportSize(SIZES.desktop);
}

describe('with the keyboard alone', () => {
    test('a row is reached, its actions follow in order, and the keyboard stays with the account', async () => {
        const maya = await world.open({ user: 'Maya Lindqvist' });
        await openWorklist(maya);
        const { keyboard } = maya.page;
        await rowOf(maya, CRITICAL).getByRole('link', { name: CRITICAL }).focus();
        for (const next of [
            /^Done: Check that .* – Brightwater/,
            /^Put aside$/,
            /^More actions for Bright/,
            /^Castellane/,
        ]) {
            await keyboard.press('Tab');
            await keyboardIsOn(maya, next);
        }

        await rowOf(maya, SIGNAL).getByRole('button', { name: /^Done/ }).focus();
        await keyboard.press('Enter');
        await placeOf(maya, SIGNAL).getByRole('button', { name: 'Undo' }).waitFor();
        await keyboardIsOn(maya, /^Studio Morcote\s*Done: Confirm the renewal/);
        await keyboard.press('Tab');
        await keyboardIsOn(maya, /^Undo$/);
        await keyboard.press('Enter');
        await rowOf(maya, SIGNAL).waitFor();
        await keyboardIsOn(maya, /^Done: Confirm the renewal/);
        assert.equal((await onlyRunOf(sam, SIGNAL)).Run_Status__c, 'Open');

        await rowOf(maya, CHAMPION).getByRole('button', { name: 'Put aside' }).focus();
        await keyboard.press('Enter');
        await keyboardIsOn(maya, /^Put aside until later$/);
        await keyboard.press('Escape');
        await keyboardIsOn(maya, /^Done: .* – Castellane Hospitality$/);
        assert.deepEqual(await runsOf(sam, CHAMPION), []);

        await rowOf(maya, AT_RISK)
            .getByRole('button', { name: `More actions for ${AT_RISK}` })
            .focus();
        await keyboard.press('Enter');
        await keyboardIsOn(maya, /^Put aside$/);
        await keyboard.press('End');
        await keyboardIsOn(maya, /^Let go$/);
        await keyboard.press('Enter');
        await rowOf(maya, AT_RISK).getByRole('heading', { name: 'Let go' }).waitFor();
        await keyboardIsOn(maya, /^Let go$/);
        await keyboard.press('Tab');
        await keyboard.type('They are too small for us');
        await keyboard.press('Tab');
        await keyboard.press('Enter');
        await placeOf(maya, AT_RISK).getByText('Closed: let go').waitFor();
        assert.equal((await onlyRunOf(sam, AT_RISK)).Outcome_Reason__c, 'They are too small for us');
        maya.expectNoProblems();
        await maya.close();
    });
});

describe('on a phone', () => {
    test('one column, everything within reach of a thumb, actions in the menu', async () => {
        const tom = await world.open({ user: 'Tom Okafor', size: 'phone' });
        await openWorklist(tom);
        await tom.expectNoSidewaysScrolling();
        const row = rowOf(tom, 'Drayton Facilities');
        assert.equal(await row.getByRole('button', { name: 'Put aside' }).isVisible(), false);
        for (const button of await worklistOf(tom).getByRole('button').all()) {
            if (!(await button.isVisible())) continue;
            const box = await button.boundingBox();
            assert.ok(box && box.height >= SMALLEST_TARGET && box.width >= SMALLEST_TARGET, await button.innerHTML());
        }
        await chooseAction(tom, 'Drayton Facilities', 'Put aside');
        await tom.expectNoSidewaysScrolling();
        await row.getByRole('textbox', { name: 'Why not now?' }).fill('Their office is closed');
        await confirmIn(row, 'Put aside');
        await placeOf(tom, 'Drayton Facilities')
            .getByText(/^Put aside until/)
            .waitFor();
        await tom.expectNoSidewaysScrolling();
        await tom.expectAccessible('c-playbook-worklist');
        tom.expectNoProblems();
        await tom.close();
    });
});

describe('every state', () => {
    test('list, forms, what was done, held back, a colleague, filters', async () => {
        const maya = await world.open({ user: 'Maya Lindqvist' });
        await openWorklist(maya);
        await look(maya, 'list');
        await rowOf(maya, CRITICAL).getByRole('button', { name: /^Done/ }).click();
        await confirmIn(rowOf(maya, CRITICAL), 'Done');
        await look(maya, 'asking');
        await rowOf(maya, CHAMPION).getByRole('button', { name: 'Put aside' }).click();
        await look(maya, 'forms');
        await rowOf(maya, CRITICAL).getByText('Real', { exact: true }).click();
        await confirmIn(rowOf(maya, CRITICAL), 'Done');
        await placeOf(maya, CRITICAL).getByText(`Done: ${CHECK}`).waitFor();
        await worklistOf(maya)
            .getByRole('button', { name: /held back$/ })
            .click();
        await look(maya, 'done');
        await maya.page.getByRole('button', { name: "See a colleague's list" }).click();
        await maya.page.getByRole('searchbox', { name: 'Whose list?' }).fill('to');
        await maya.page.getByRole('button', { name: /^Tom Okafor/ }).waitFor();
        await look(maya, 'colleague');
        await worklistOf(maya)
            .getByRole('button', { name: /^Nurture/ })
            .click();
        await look(maya, 'nurture');
        maya.expectNoProblems();
        await maya.close();
    });

    test('no accounts, for somebody who may only look', async () => {
        const lena = await world.open({ user: 'Lena Fischer', path: WORKLIST });
        await worklistOf(lena).getByRole('status').first().waitFor();
        await look(lena, 'no-accounts');
        lena.expectNoProblems();
        await lena.close();
    });

    test('an org that is away: nothing typed is lost, and it is saved once it is back', async () => {
        const maya = await world.open({ user: 'Maya Lindqvist' });
        await openWorklist(maya);
        const LADU = 'Tallinna Tark Ladu';
        const row = await chooseAction(maya, LADU, 'False alarm');
        await row.getByRole('textbox').fill('A public holiday');
        await world.stopOrg();
        await confirmIn(row, 'It is a false alarm');
        const place = placeOf(maya, LADU);
        await place
            .getByRole('alert')
            .getByText(/What you wrote is still here/)
            .waitFor();
        assert.equal(await row.getByRole('textbox').inputValue(), 'A public holiday');
        await maya.expectAccessible('c-playbook-worklist');
        await world.startOrg();
        await place.getByRole('button', { name: 'Try again' }).click();
        await place.getByText('Closed as a false alarm').waitFor();
        assert.equal(
            (await onlyRunOf(await connectToLocalOrg(world.org, 'sam'), LADU)).Outcome_Reason__c,
            'A public holiday',
        );
        await maya.close();
    });
});
