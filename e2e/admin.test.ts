/** An admin changes triggers and settings in Setup, rightly and wrongly, while a CSM has an account open. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import { comeBackTo, openAccount, panelOf } from './steps.ts';

const AT_RISK = '/setup/Playbook_Trigger__mdt/At_Risk';
const NOTHING = 'Nothing needs you here today';

let world: World;
let sam: UserPage;
let maya: UserPage;
before(async () => {
    world = await launch();
    sam = await world.open({ user: 'Sam Reyes', path: AT_RISK });
    maya = await world.open({ user: 'Maya Lindqvist' });
});
after(() => world.close());

/** Sam writes one field of the At Risk trigger and saves; returns what stood there. */
async function setTrigger(field: string, value: (before: string) => string): Promise<string> {
    const input = sam.page.getByRole('textbox', { name: field, exact: true });
    const before = await input.inputValue();
    await input.fill(value(before));
    await sam.page.getByRole('button', { name: 'Save' }).click();
    // A save leads back to the list.
    await sam.page.getByRole('link', { name: 'At Risk', exact: true }).click();
    return before;
}

describe('a changed limit', () => {
    test('follows on the open page of a CSM when she comes back to it, with the limit in the reason', async () => {
        await openAccount(maya, 'Kestrel & Vane Insurance');
        const panel = panelOf(maya);
        await panel.getByText('Health is 52 (limit 60)', { exact: true }).waitFor();
        const before = await setTrigger('Enter When', (text) =>
            text.replace('$Figure.Health < 60', '$Figure.Health < 55'),
        );
        await comeBackTo(maya);
        await panel.getByText('Health is 52 (limit 55)', { exact: true }).waitFor();

        await setTrigger('Enter When', (text) => text.replace('$Figure.Health < 55', '$Figure.Health < 50'));
        await comeBackTo(maya);
        await panel.getByRole('heading', { name: NOTHING }).waitFor();

        await setTrigger('Enter When', () => before);
        await comeBackTo(maya);
        await panel.getByText('Health is 52 (limit 60)', { exact: true }).waitFor();
        sam.expectNoProblems();
        maya.expectNoProblems();
    });
});

const BROKEN: readonly {
    readonly what: string;
    readonly field: string;
    readonly value: string;
    readonly says: RegExp;
}[] = [
    {
        what: 'does not parse',
        field: 'Enter When',
        value: 'AND($Figure.Health < 60',
        says: /^At Risk, Enter When: .*\)/,
    },
    {
        what: 'names no such field',
        field: 'Enter When',
        value: 'Helth_Score__c < 60',
        says: /^At Risk, Enter When: .*Helth_Score__c.*did you mean Health_Score__c/i,
    },
    {
        what: 'names no such figure',
        field: 'Tier',
        value: 'IF($Figure.Healht < 40, "Critical", "High")',
        says: /^At Risk, Tier: .*\$Figure\.Healht.*did you mean \$Figure\.Health\b/i,
    },
    {
        what: 'compares text with a number',
        field: 'Enter When',
        value: '$Figure.Health < "sixty"',
        says: /^At Risk, Enter When: .*(Text|Number)/,
    },
    {
        what: 'divides by zero',
        field: 'Enter When',
        value: '$Figure.Usage / ($Figure.Health - $Figure.Health) > 1',
        says: /^At Risk, Enter When: .*zero/i,
    },
    {
        what: 'names a date that does not exist',
        field: 'Enter When',
        value: '$Figure.Renewal > DATE(2027, 2, 30)',
        says: /^At Risk, Enter When: .*2027/,
    },
    {
        what: 'names a playbook that is not there',
        field: 'Playbook Key',
        value: 'at-risk-2',
        says: /^At Risk, Playbook Key: .*at-risk-2/,
    },
];

describe('a trigger that does not work', () => {
    before(async () => {
        await maya.visit('/');
        await openAccount(maya, 'Brightwater Utilities');
        // Its renewal is held back by the rescue, so that there are no tabs.
        await panelOf(maya).getByRole('heading', { level: 3, name: 'At-Risk' }).waitFor();
    });

    for (const { what, field, value, says } of BROKEN) {
        test(`${what}: it is off and named, the others work`, async () => {
            const panel = panelOf(maya);
            const before = await setTrigger(field, () => value);
            await comeBackTo(maya);
            await panel.getByRole('heading', { level: 3, name: 'Renewal' }).waitFor();
            await panel.getByText('Rules that do not work: 1').click();
            const problem = (await panel.locator('details').getByRole('listitem').allTextContents()).join('\n');
            assert.match(problem, says);
            assert.equal(await panel.getByRole('heading', { level: 3, name: 'At-Risk' }).count(), 0);
            assert.equal(await panel.getByRole('tab', { name: /^At-Risk/ }).count(), 0);

            await setTrigger(field, () => before);
            await comeBackTo(maya);
            await panel.getByText('Rules that do not work').waitFor({ state: 'detached' });
            await panel.getByRole('heading', { level: 3, name: 'At-Risk' }).waitFor();
            maya.expectNoProblems();
        });
    }
});

describe('Setup itself', () => {
    test('without the setting Default the panel says what an admin has to add', async () => {
        await sam.visit('/setup/Playbook_Setting__mdt/Default');
        await sam.page.getByRole('button', { name: 'Delete' }).click();
        await sam.page
            .getByRole('alertdialog', { name: 'Delete Default?' })
            .getByRole('button', { name: 'OK' })
            .click();
        await sam.page.getByRole('heading', { level: 1, name: /Playbook Settings/ }).waitFor();
        const panel = panelOf(maya);
        await comeBackTo(maya);
        await panel.getByRole('heading', { name: 'Playbooks are not set up yet' }).waitFor();
        assert.equal(await panel.getByRole('checkbox').count(), 0);
        await maya.page.reload();
        await panel.getByRole('heading', { name: 'Playbooks are not set up yet' }).waitFor();
        await panel.getByText(/the record "Default" to the custom metadata type Playbook Setting/).waitFor();
        maya.expectNoProblems();
        sam.expectNoProblems();
    });

    test('is closed to who may not customize the application', async () => {
        await maya.visit(AT_RISK);
        await maya.page.getByRole('heading', { level: 1, name: /may not open Setup/ }).waitFor();
        assert.equal(await maya.page.getByRole('textbox').count(), 0);
    });
});
