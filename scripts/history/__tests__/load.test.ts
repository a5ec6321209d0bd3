import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { loadSample } from '../../sample/load.ts';
import { importPlaybooks } from '../../playbooks/import.ts';
import { sweepOrg } from '../../sweep/__tests__/sweep-org.ts';
import { WHOLE } from '../../sweep/shards.ts';
import { runSweep } from '../../sweep/sweep.ts';
import { importHistoryPlaybooks } from '../import-playbooks.ts';
import { loadHistory } from '../load.ts';
import { recordsOf } from '../records.ts';
import { truthOf } from '../truth.ts';
import { historyOrg, TODAY } from './history-org.ts';

type Row = Readonly<Record<string, unknown>>;

const org = await historyOrg(40);
const records = recordsOf(org.history);

/** What stands in a lookup of the history, and what the org made of it. */
const LOOKUP = /__c$/;
const isStandIn = (name: string): boolean =>
    ['Account__c', 'Run_CSM__c', 'Outcome_By__c', 'Run_Playbook__c', 'Run_Version__c', 'Completed_By__c'].includes(
        name,
    ) ||
    ['Completed_Step__c', 'Episode_Key__c', 'Completion_Key__c', 'Live_Key__c', 'OwnerId', 'CSM__c'].includes(name);

/** The org keeps instants to the second and writes them in its own way. */
function plain(value: unknown): unknown {
    const isInstant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
    return isInstant ? Math.floor(Date.parse(value) / 1000) : (value ?? null);
}

function sameAs(fields: Row, stored: Row): void {
    for (const [name, value] of Object.entries(fields)) {
        if (LOOKUP.test(name) && !isStandIn(name)) {
            assert.deepEqual(plain(stored[name]), plain(value), name);
        }
    }
}

describe('A generated history in an org', () => {
    it('is taken by every rule of the org, and nothing is changed on the way', async () => {
        const names = [...new Set(records.runs.flatMap(({ opened, closed }) => Object.keys({ ...opened, ...closed })))];
        const stored = await org.rows(
            `SELECT Id, Account__r.External_Id__c, ${names.join(', ')} FROM Playbook_Run__c ORDER BY Episode_Key__c`,
        );
        assert.equal(stored.length, org.loaded.runs);
        const byKey = new Map(stored.map((row) => [endOfKey(row['Episode_Key__c'], row['Account__r']), row]));
        for (const { closed, opened } of records.runs) {
            const account = records.accounts.find(({ Id }) => Id === opened['Account__c']);
            const row = byKey.get(endOfKey(opened['Episode_Key__c'], account));
            assert.ok(row !== undefined, String(opened['Episode_Key__c']));
            sameAs({ ...opened, ...closed }, row);
        }
        const [steps] = await org.rows('SELECT COUNT(Id) steps FROM Step_Completion__c');
        assert.equal(steps?.['steps'], records.completions.length);
    });

    it('has the right answers: as many runs of each kind as the truth says', async () => {
        const stored = await org.rows(
            'SELECT Run_Playbook__r.Key__c, Trigger_Key__c, Run_Version__r.Version_Number__c, CSM_Shown__c, Outcome__c, Cause__c, Worked__c, Opened_By__c, Practice__c FROM Playbook_Run__c',
        );
        const counted = new Map<string, number>();
        for (const row of stored) {
            const line = JSON.stringify([
                at(row['Run_Playbook__r'], 'Key__c') ?? row['Trigger_Key__c'],
                at(row['Run_Version__r'], 'Version_Number__c') ?? null,
                ...['CSM_Shown__c', 'Outcome__c', 'Cause__c', 'Worked__c', 'Opened_By__c', 'Practice__c'].map(
                    (name) => row[name] ?? null,
                ),
            ]);
            counted.set(line, (counted.get(line) ?? 0) + 1);
        }
        const expected = truthOf(org.history).answers.map(
            ({ cause, csm, openedBy, outcome, practice, runs, subject, version, worked }) =>
                [JSON.stringify([subject, version, csm, outcome, cause, worked, openedBy, practice]), runs] as const,
        );
        assert.deepEqual([...counted].sort(), [...expected].sort());
    });

    it('has a first version of At Risk that is retired and a second one that is shipped', async () => {
        const versions = await org.rows(
            "SELECT Version_Key__c, Version_Status__c, Published_On__c, Change_Note__c FROM Playbook_Version__c WHERE Playbook__r.Key__c = 'at-risk' ORDER BY Version_Number__c",
        );
        const { from, switchedOn } = org.history;
        assert.deepEqual(
            versions.map((row) => [row['Version_Key__c'], row['Version_Status__c'], row['Published_On__c']]),
            [
                ['at-risk:1', 'Retired', from],
                ['at-risk:2', 'Published', switchedOn],
            ],
        );
        assert.match(String(versions[0]?.['Change_Note__c']), /^Generated/);
        const again = await importPlaybooks({ connection: org.connection, directory: 'data/playbooks' });
        assert.ok(again.playbooks.every(({ outcome }) => outcome === 'unchanged'));
    });

    it('has one run in practice that counts nowhere, and a CSM who has left', async () => {
        const practice = await org.rows(
            'SELECT Account__r.Name, Is_Swept__c, Is_Saved__c, Is_Lost__c, Kept__c, ARR_Saved__c FROM Playbook_Run__c WHERE Practice__c = true',
        );
        assert.ok(practice.length > 0);
        for (const row of practice) {
            assert.match(String(at(row['Account__r'], 'Name')), /^Demo \d+ \(generated\)$/);
            assert.deepEqual([row['Is_Swept__c'], row['Is_Saved__c'], row['Is_Lost__c']], [0, 0, 0]);
            assert.deepEqual([row['Kept__c'] ?? null, row['ARR_Saved__c'] ?? null], [null, null]);
        }
        const left = await org.rows(
            "SELECT COUNT(Id) runs FROM Playbook_Run__c WHERE Run_CSM__r.IsActive = false AND Run_Status__c = 'Closed'",
        );
        assert.ok(Number(left[0]?.['runs']) > 0);
    });

    it('has a few comments of a coach on skipped steps, which say that they are generated', async () => {
        const comments = await org.rows(
            'SELECT Comment__c, CreatedBy.Name, Commented_Step__r.Completion_Status__c FROM Coaching_Comment__c',
        );
        assert.ok(comments.length > 0 && comments.length <= 5, `${comments.length}`);
        for (const row of comments) {
            assert.match(String(row['Comment__c']), / \(generated\)$/);
            assert.match(String(at(row['CreatedBy'], 'Name')), /^Lena /);
            assert.equal(at(row['Commented_Step__r'], 'Completion_Status__c'), 'Skipped');
        }
    });

    it('is refused by an org that has a part of one, which says how to be rid of it', async () => {
        const other = await sweepOrg();
        await importHistoryPlaybooks({
            connection: other.connection,
            history: org.history,
            directory: 'data/playbooks',
        });
        await other.connection
            .sobject('Account')
            .create({ Name: 'Half (generated)', External_Id__c: 'generated-0001' });
        await assert.rejects(
            loadHistory({ connection: other.connection, history: org.history }),
            /has a part of a generated history/,
        );
    });

    it('is refused a second time, before anything is written', async () => {
        await assert.rejects(
            loadHistory({ connection: org.connection, history: org.history }),
            /has a generated history already/,
        );
        const [row] = await org.rows('SELECT COUNT(Id) runs FROM Playbook_Run__c');
        assert.equal(row?.['runs'], org.loaded.runs);
    });

    it('is up to date: the next sweep has little to do on it, and all of its work on the sample', async () => {
        const stateDir = await mkdtemp(join(tmpdir(), 'history-sweep-'));
        after(() => rm(stateDir, { recursive: true, force: true }));
        await loadSample({ connection: org.connection, directory: 'data/sample', today: TODAY });
        await runSweep({
            client: await org.client(),
            ...{ shard: WHOLE, dryRun: false, full: false, stateDir },
            startProgress: () => ({ update: () => undefined, stop: () => undefined }),
            say: () => undefined,
        });
        const opened = await org.rows(
            "SELECT Account__r.External_Id__c FROM Playbook_Run__c WHERE Opened_By__c = 'Sweep' AND Surfaced_At__c = TODAY",
        );
        const [generated, sample] = [true, false].map(
            (is) =>
                opened.filter((row) => String(at(row['Account__r'], 'External_Id__c')).startsWith('generated-') === is)
                    .length,
        );
        assert.ok(Number(generated) <= 3, `${generated} opened on generated accounts`);
        assert.ok(Number(sample) >= 15, `${sample} opened on the sample`);
        const maya = await org.connect('maya');
        const seen = await maya.query("SELECT Id FROM Account WHERE External_Id__c LIKE 'generated-%'");
        assert.equal(seen.totalSize, 0);
    });
});

function at(parent: unknown, field: string): unknown {
    return typeof parent === 'object' && parent !== null ? Reflect.get(parent, field) : undefined;
}

/** A key by the account's own key, since the org gives ids of its own. */
function endOfKey(key: unknown, account: unknown): string {
    return String(at(account, 'External_Id__c')) + String(key).slice(18);
}
