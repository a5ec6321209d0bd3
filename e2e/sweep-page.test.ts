/** The sweep from its page in the org: the same records as the runner writes, and never two at once. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import type { Locator } from 'playwright-core';
import { openOrgClient } from '../scripts/sweep/org-client.ts';
import { WHOLE } from '../scripts/sweep/shards.ts';
import { runSweep } from '../scripts/sweep/sweep.ts';
import type { SweepSummary } from '../scripts/sweep/summary.ts';
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

    test('refuses while another sweep is under way, and goes on when it has ended', async () => {
        const leaseUntil = new Date(Date.now() + 300_000).toISOString();
        const other = await org.sobject('Playbook_Sweep__c').create({
            Lock_Key__c: 'sweep 2/3',
            Lease_Until__c: leaseUntil,
            Started_At__c: new Date(Date.now() - 120_000).toISOString(),
            Sweep_Status__c: 'Running',
            Ran_From__c: 'Runner',
            Shard__c: '2/3',
        });
        const sam = await world.open({ user: 'Sam Reyes', path: SWEEP });
        await heading(sam, 'A sweep is under way');
        await sweepOf(sam)
            .getByText(/started by Sam Reyes from a runner, 2 minutes ago/)
            .waitFor();
        assert.equal(await sweepOf(sam).getByRole('button', { name: 'Run the sweep' }).isDisabled(), true);
        await look(sam, 'held');
        await org.sobject('Playbook_Sweep__c').update({ Id: other.id ?? '', Lock_Key__c: null });
        await press(sam, 'Check again');
        await sweepOf(sam).getByRole('button', { name: 'Run the sweep', disabled: false }).waitFor();

        // Somebody begins after the page has looked.
        await org.sobject('Playbook_Sweep__c').update({ Id: other.id ?? '', Lock_Key__c: 'sweep 1/1' });
        await press(sam, 'Run the sweep');
        await heading(sam, 'A sweep is under way');
        assert.deepEqual(await records('SELECT Id FROM Playbook_Run__c'), []);
        await org.sobject('Playbook_Sweep__c').destroy(other.id ?? '');
        await sam.close();
    });

    test('writes what the runner would write: after it, the runner finds nothing to do', async () => {
        const before = await runner(true);
        const sam = await world.open({ user: 'Sam Reyes', path: SWEEP });
        await press(sam, 'Run the sweep');
        await heading(sam, /^Sweep SW-\d+ is finished$/);
        await look(sam, 'done');
        const runs = await records('SELECT Id FROM Playbook_Run__c');
        assert.equal(runs.length, before.changes.open);
        const [sweep] = await records<{ Id: string }>(
            'SELECT Lock_Key__c, Sweep_Status__c, Ran_From__c, Account_Count__c, Opened_Count__c, Held_Count__c, Stale_Count__c, Failed_Count__c, Waiting_Count__c FROM Playbook_Sweep__c ORDER BY CreatedDate DESC LIMIT 1',
        );
        assert.deepEqual(
            { ...sweep, attributes: null },
            {
                attributes: null,
                Lock_Key__c: null,
                Sweep_Status__c: 'Finished',
                Ran_From__c: 'Page',
                Account_Count__c: 60,
                Opened_Count__c: before.changes.open,
                Held_Count__c: before.held.critical + before.held.contact,
                Stale_Count__c: before.held.stale,
                Failed_Count__c: 0,
                Waiting_Count__c: 0,
            },
        );
        // The next night it closes what is lost before its time, a renewal of an account that gave notice; after that nothing is left.
        await press(sam, 'Run the sweep');
        await sweepOf(sam)
            .getByText(/Written: 1 closed with an outcome\./)
            .waitFor();
        await press(sam, 'Run the sweep');
        await sweepOf(sam)
            .getByText(/Nothing to write/)
            .waitFor();
        assert.equal((await records('SELECT Id FROM Playbook_Run__c')).length, runs.length);

        // What is due on a day is due when it ends: in New York for the page's user, by the org's time zone for the runner. Nothing else differs,
        // and at the hours at which both have the same day not even that.
        const byPage = await recorded();
        const { changes } = await runner(false);
        assert.deepEqual({ ...changes, refresh: 0 }, { refresh: 0 });
        assert.deepEqual(await recorded(), byPage);
        sam.expectNoProblems();
        await sam.close();
    });
});

/** What a sweep has recorded. */
const recorded = (): Promise<readonly object[]> =>
    records(
        'SELECT Episode_Key__c, Run_Status__c, Run_CSM__c, Trigger_Key__c, Current_Tier__c, Worst_Tier__c, Reason__c, Next_Step__c FROM Playbook_Run__c ORDER BY Episode_Key__c',
    );

/** The runner, in the same org. */
async function runner(dryRun: boolean): Promise<SweepSummary> {
    await writeFile(join(stateDir, 'server.json'), JSON.stringify({ url: world.org.url, tokens: world.org.tokens }));
    const client = await openOrgClient({ org: 'local', data: stateDir });
    const { summary } = await runSweep({
        client,
        shard: WHOLE,
        dryRun,
        full: true,
        stateDir,
        startProgress: () => ({ update: () => undefined, stop: () => undefined }),
        say: () => undefined,
    });
    return summary;
}
