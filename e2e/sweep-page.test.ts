/** The sweep from its page in the org: the same records as the runner writes, and never two at once. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import type { Locator } from 'playwright-core';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import { SIZES, type UserPage } from './harness/user-page.ts';

const SWEEP = '/lightning/n/Playbook_Sweep';

let world: World;
let org: Connection;
let stateDir: string;
before(async () => {
    world = await launch();
    org = await connectToLocalOrg(world.org, 'sam');
    stateDir = await mkdtemp(join(tmpdir(), 'sweep-state-'));
});
after(async () => {
    await world.close();
    await rm(stateDir, { recursive: true, force: true });
});

const sweepOf = ({ page }: UserPage): Locator => page.locator('c-playbook-sweep');
const press = (window: UserPage, name: string): Promise<void> =>
    sweepOf(window).getByRole('button', { name, exact: true }).click();
const heading = (window: UserPage, name: string | RegExp): Promise<void> =>
    sweepOf(window).getByRole('heading', { name }).waitFor();

async function records<Row extends object>(soql: string): Promise<readonly Row[]> {
    return (await org.query<Row>(soql)).records;
}

async function look(window: UserPage, state: string): Promise<void> {
    for (const [name, size] of Object.entries(SIZES)) {
        await window.page.setViewportSize(size);
        await window.expectNoSidewaysScrolling();
        await window.expectAccessible('c-playbook-sweep');
        await sweepOf(window).screenshot({ path: `.local-org/screenshots/sweep-${state}-${name}.png` });
    }
    await window.page.setViewportSize(SIZES.desktop);
}

describe('the sweep page', () => {
    test('is no tab of a CSM', async () => {
        const maya = await world.open({ user: 'Maya Lindqvist' });
        assert.equal(await maya.page.getByRole('navigation').getByRole('link', { name: 'Nightly Sweep' }).count(), 0);
        await maya.close();
    });

    test('shows first what a sweep would do, and writes nothing', async () => {
        const sam = await world.open({ user: 'Sam Reyes', path: SWEEP });
        await heading(sam, 'Nightly sweep');
        await sweepOf(sam).getByRole('button', { name: 'Look first' }).waitFor();
        await look(sam, 'idle');
        await press(sam, 'Look first');
        await heading(sam, /^Nothing was written/);
        await look(sam, 'dry');
        assert.deepEqual(await records('SELECT Id FROM Playbook_Run__c'), []);
        assert.deepEqual(await records('SELECT Id FROM Playbook_Sweep__c'), []);
        sam.expectNoProblems();
        await sam.close();
    });
});
