import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openHistory } from '../history.ts';
import type { SweepSummary } from '../summary.ts';
import { makeUnhappy, recorded, sampleOrg, TODAY } from './swept-org.ts';

const org = await sampleOrg();

/** What a summary says of the book. */
function findings({ csms, held, triggers, unmet }: SweepSummary): unknown {
    return {
        triggers: triggers.map(({ accounts, arr, held: back, key, share }) => ({ accounts, arr, back, key, share })),
        csms: csms.map(({ customers, inFront, name, waiting }) => ({ customers, inFront, name, waiting })),
        held,
        unmet,
    };
}

const lastWritten = (): Promise<Record<string, unknown>[]> =>
    org.rows('SELECT Id, LastModifiedDate, Swept_At__c FROM Playbook_Run__c ORDER BY Id');

async function statesOf(csm: string): Promise<Record<string, number>> {
    const rows = await org.rows(
        `SELECT Run_Status__c state, COUNT(Id) runs FROM Playbook_Run__c WHERE Run_CSM__r.Name = '${csm}' GROUP BY Run_Status__c`,
    );
    return Object.fromEntries(rows.map(({ runs, state }) => [String(state), Number(runs)]));
}

describe('a sweep of the sample', () => {
    let found: SweepSummary;

    it('a dry run finds what there is to do and writes nothing, not even a lock', async () => {
        found = (await org.sweep({ dryRun: true })).summary;
        assert.ok((found.changes.open ?? 0) > 10);
        assert.equal(await org.count('Playbook_Run__c'), 0);
        assert.equal(await org.count('Playbook_Sweep__c'), 0);
        assert.deepEqual(await readdir(org.stateDir), []);
    });

    it('reading only the accounts on which a rule can hold finds the same as reading all', async () => {
        const { summary } = await org.sweep({ dryRun: true, full: true });
        assert.equal(summary.accounts.evaluated, await org.count('Account'));
        assert.ok(found.accounts.evaluated < summary.accounts.evaluated / 2);
        assert.equal(found.accounts.inScope, summary.accounts.inScope);
        assert.deepEqual(findings(found), findings(summary));
        assert.deepEqual(found.changes, summary.changes);
    });

    it('does what the dry run said, and its record in the org says the same', async () => {
        const { summary } = await org.sweep();
        assert.deepEqual(summary.changes, found.changes);
        assert.deepEqual(findings(summary), findings(found));
        assert.equal(await org.count('Playbook_Run__c'), found.changes.open);
        const [record = {}] = await org.rows(
            'SELECT Name, Sweep_Status__c, Lock_Key__c, Finished_At__c, Ran_From__c, Shard__c, Account_Count__c, Candidate_Count__c, Opened_Count__c, Held_Count__c, Stale_Count__c, Failed_Count__c FROM Playbook_Sweep__c',
        );
        const { Finished_At__c: finishedAt, ...rest } = record;
        assert.ok(finishedAt);
        assert.deepEqual(rest, {
            Name: summary.sweep,
            Sweep_Status__c: 'Finished',
            Lock_Key__c: null,
            Ran_From__c: 'Runner',
            Shard__c: '1/1',
            Account_Count__c: await org.count('Account'),
            Candidate_Count__c: summary.accounts.evaluated,
            Opened_Count__c: summary.changes.open,
            Held_Count__c: summary.held.critical + summary.held.contact,
            Stale_Count__c: summary.held.stale,
            Failed_Count__c: 0,
        });
    });

    it('a run says why it is there and what comes next', async () => {
        const [run = {}] = await org.rows(
            "SELECT Opened_By__c, Current_Tier__c, Reason__c, Next_Step__c, Next_Due_At__c, Run_CSM__r.Name, Episode_Key__c, Account__c FROM Playbook_Run__c WHERE Account__r.Name = 'Brightwater Utilities' AND Trigger_Key__c = 'At_Risk'",
        );
        assert.equal(run['Opened_By__c'], 'Sweep');
        assert.equal(run['Current_Tier__c'], 'Critical');
        assert.equal(run['Reason__c'], 'Health is 34 (limit 60). Usage fell 42% (limit 30%).');
        assert.ok(run['Next_Step__c']);
        assert.ok(run['Next_Due_At__c']);
        assert.equal(run['Episode_Key__c'], `${String(run['Account__c'])}:at-risk:1`);
    });

    it('the next night closes the renewal of an account that had given notice already, and after that nothing changes', async () => {
        const next = await org.sweep();
        assert.deepEqual(next.summary.changes, { close: 1 });
        const before = await lastWritten();
        const { summary } = await org.sweep();
        assert.deepEqual(summary.changes, {});
        assert.deepEqual(await lastWritten(), before);
    });

    it('leaves a history of what it saw, no work file, and no results in the org', async () => {
        const [folder = ''] = (await readdir(org.stateDir)).map((name) => join(org.stateDir, name));
        assert.deepEqual((await readdir(folder)).sort(), ['1-of-1.place', 'history']);
        const names = (await readdir(join(folder, 'history'))).sort();
        assert.equal(names.length, 3);
        const history = await openHistory(join(folder, 'history', names[0] ?? ''));
        let matched = 0;
        for await (const { matches } of history.entries) {
            matched += matches.length;
        }
        assert.equal(
            matched,
            found.triggers.reduce((sum, { accounts }) => sum + accounts, 0),
        );
        assert.deepEqual(org.jobFiles(), []);
    });
});

describe('more than a CSM can take on', () => {
    it('what is beyond her capacity is recorded as waiting, the most urgent in front', async () => {
        await makeUnhappy(org, 15);
        const { summary } = await org.sweep();
        const waiting = summary.changes.openWaiting ?? 0;
        const maya = summary.csms.find(({ name }) => name === 'Maya Lindqvist');
        assert.equal(waiting, 15);
        assert.equal(maya?.inFront, summary.capacity);
        assert.equal(maya.waiting, waiting);
        assert.deepEqual(await statesOf('Maya Lindqvist'), { Open: summary.capacity, Waiting: waiting });
        const [sum] = await org.rows(
            "SELECT SUM(ARR__c) arr FROM Account WHERE Id IN (SELECT Account__c FROM Playbook_Run__c WHERE Run_Status__c = 'Waiting')",
        );
        assert.deepEqual(summary.unmet, { runs: waiting, accounts: waiting, arr: sum?.['arr'] });
    });

    it('is told, and so is a rule that flags more than a quarter of the book', async () => {
        const { summary } = await org.sweep({ dryRun: true });
        const warnings = summary.warnings.join('\n');
        assert.match(warnings, /“At Risk” holds for \d+ % of the customers\. More than a quarter/);
        assert.match(warnings, /Maya Lindqvist has 25 prompts for 49 accounts, more than ten for fifty/);
        assert.deepEqual(
            summary.csms.filter(({ hasTooMany }) => hasTooMany).map(({ name }) => name),
            ['Maya Lindqvist'],
        );
    });

    it('a place that becomes free goes to one that waits', async () => {
        const rows = await org.rows(
            "SELECT Id FROM Playbook_Run__c WHERE Run_CSM__r.Name = 'Maya Lindqvist' AND Run_Status__c = 'Open' AND Trigger_Key__c = 'At_Risk' LIMIT 2",
        );
        const now = new Date().toISOString();
        const end = {
            Run_Status__c: 'Closed',
            Outcome__c: 'False alarm',
            Outcome_Reason__c: 'Known to us',
            Live_Key__c: null,
        };
        const saved = await org.connection
            .sobject('Playbook_Run__c')
            .update(rows.map(({ Id }) => ({ Id: String(Id), ...end, Closed_At__c: now, Acted_At__c: now })));
        assert.ok(
            saved.every(({ success }) => success),
            JSON.stringify(saved),
        );
        const { summary } = await org.sweep();
        assert.equal(summary.changes.promote, 2);
        const states = await statesOf('Maya Lindqvist');
        assert.equal(states['Open'], summary.capacity);
        assert.equal(states['Closed'], 2);
    });
});

describe('an account whose CSM has left', () => {
    it('its prompts wait until somebody is entered, and the summary says so', async () => {
        const [account] = await org.rows("SELECT Id FROM Account WHERE Name = 'Solveig Renewables'");
        const id = String(account?.['Id']);
        await org.connection.sobject('Account').update({ Id: id, CSM__c: null, Health_Score__c: 20 });
        const { summary } = await org.sweep();
        assert.ok(summary.accounts.withoutCsm >= 1);
        assert.match(summary.warnings.join('\n'), /no active CSM/);
        const nobody = summary.csms.at(-1);
        assert.equal(nobody?.name, 'No active CSM');
        const [run] = await org.rows(
            `SELECT Run_Status__c, Run_CSM__c FROM Playbook_Run__c WHERE Account__c = '${id}' AND Trigger_Key__c = 'At_Risk'`,
        );
        assert.deepEqual(run, { Run_Status__c: 'Waiting', Run_CSM__c: null });
    });
});

describe('an episode from night to night', () => {
    const at = 'At_Risk';
    const id = async (): Promise<string> =>
        String((await org.rows("SELECT Id FROM Account WHERE Name = 'Ashdown Precision Tools'"))[0]?.['Id']);
    const run = async (): Promise<Record<string, unknown>> => {
        const [row] = await org.rows(
            `SELECT Id, Run_Status__c, Outcome__c, Recovering_Since__c, Reopened_Count__c, Episode_Number__c FROM Playbook_Run__c WHERE Account__c = '${await id()}' AND Trigger_Key__c = '${at}'`,
        );
        return row ?? {};
    };
    const completions = async (): Promise<Record<string, number>> => {
        const rows = await org.rows(
            `SELECT Completion_Status__c status, COUNT(Id) steps FROM Step_Completion__c WHERE Playbook_Run__c = '${String((await run())['Id'])}' GROUP BY Completion_Status__c`,
        );
        return Object.fromEntries(rows.map(({ status, steps }) => [String(status), Number(steps)]));
    };
    const health = async (score: number): Promise<void> => {
        const fields = {
            Health_Score__c: score,
            Health_Score_On__c: TODAY,
            Usage_Current__c: 3640,
            Usage_On__c: TODAY,
        };
        await org.connection.sobject('Account').update({ Id: await id(), ...fields });
    };

    it('recovers, relapses, recovers', async () => {
        for (const [score, kind] of [
            [90, 'recover'],
            [62, 'relapse'],
            [90, 'recover'],
        ] as const) {
            await health(score);
            const { summary } = await org.sweep();
            assert.equal(summary.changes[kind], 1);
            assert.equal((await run())['Recovering_Since__c'] === null, kind === 'relapse');
        }
    });

    it('ends when it has held, with what was not done', async () => {
        const longAgo = new Date(Date.now() - 15 * 86_400_000).toISOString();
        await org.connection
            .sobject('Playbook_Run__c')
            .update({ Id: String((await run())['Id']), Recovering_Since__c: longAgo });
        const { summary } = await org.sweep();
        assert.equal(summary.changes.close, 1);
        const { Outcome__c: outcome, Run_Status__c: status } = await run();
        assert.deepEqual([status, outcome], ['Closed', 'Recovered']);
        assert.ok(((await completions())['Not done'] ?? 0) > 0);
    });

    it('goes on when it comes back within its cooldown', async () => {
        const notDone = (await completions())['Not done'];
        await health(50);
        const { summary } = await org.sweep();
        assert.equal(summary.changes.continue, 1);
        const { Episode_Number__c: number, Outcome__c: outcome, Reopened_Count__c: count } = await run();
        assert.deepEqual([number, outcome, count], [1, null, 1]);
        assert.deepEqual(await completions(), { Undone: notDone });
    });

    it('is a new one when the last one has long been closed', async () => {
        const longAgo = new Date(Date.now() - 200 * 86_400_000).toISOString();
        const [old] = await org.rows("SELECT Id FROM Account WHERE Name = 'Granite State Credit Union'");
        const accountId = String(old?.['Id']);
        const made = await org.connection.sobject('Playbook_Run__c').create({
            Account__c: accountId,
            Episode_Key__c: `${accountId}:at-risk:7`,
            Episode_Number__c: 7,
            Trigger_Key__c: at,
            Run_Playbook__c: String((await org.rows("SELECT Id FROM Playbook__c WHERE Key__c = 'at-risk'"))[0]?.['Id']),
            Run_Status__c: 'Open',
            Surfaced_At__c: longAgo,
        });
        assert.ok(made.success);
        await org.connection
            .sobject('Playbook_Run__c')
            .update({ Id: made.id, Run_Status__c: 'Closed', Outcome__c: 'Expired', Closed_At__c: longAgo });
        await org.connection
            .sobject('Account')
            .update({ Id: accountId, Health_Score__c: 30, Health_Score_On__c: TODAY });
        await org.sweep();
        const rows = await org.rows(
            `SELECT Episode_Key__c FROM Playbook_Run__c WHERE Account__c = '${accountId}' ORDER BY Episode_Number__c`,
        );
        assert.deepEqual(
            rows.map(({ Episode_Key__c }) => Episode_Key__c),
            [`${accountId}:at-risk:7`, `${accountId}:at-risk:8`],
        );
    });
});

it('after all that the next sweep has nothing left to write', async () => {
    await org.sweep();
    const before = await recorded(org);
    const { summary } = await org.sweep();
    assert.deepEqual(summary.changes, {});
    assert.deepEqual(await recorded(org), before);
});
