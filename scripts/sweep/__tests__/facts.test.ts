/** What a sweep finds out about runs that closed long ago. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatSummary } from '../report.ts';
import { sampleOrg } from './swept-org.ts';

const org = await sampleOrg();
const NOW = Date.now();
const ago = (days: number): string => new Date(NOW - days * 86_400_000).toISOString();
const dayAgo = (days: number): string => ago(days).slice(0, 10);

const accounts = (
    await org.rows(
        "SELECT Id, ARR__c FROM Account WHERE Churned_On__c = null AND Notice_Given_On__c = null AND ARR__c > 0 AND CSM__r.Username LIKE 'maya@%' ORDER BY External_Id__c LIMIT 8",
    )
).map(({ ARR__c: arr, Id: id }) => ({ id: String(id), arr: Number(arr) }));
const [maya = {}] = await org.rows("SELECT Id FROM User WHERE Username LIKE 'maya@%'");
const [tom = {}] = await org.rows("SELECT Id FROM User WHERE Username LIKE 'tom@%'");

interface Past {
    /** Days ago. */
    readonly surfaced: number;
    readonly closed: number;
    readonly fields?: Readonly<Record<string, string | number | boolean | null>>;
    readonly csm?: unknown;
}

let numbers = 0;

/** A saved run of the account at this place; gives its key. */
function past(
    at: number,
    { closed, csm = maya['Id'], fields, surfaced }: Past,
): Record<string, string | number | boolean | null> {
    numbers += 1;
    const { arr = 0, id = '' } = accounts[at] ?? {};
    return {
        Account__c: id,
        Episode_Key__c: `${id}:long-ago:${numbers}`,
        Episode_Number__c: numbers,
        Run_Status__c: 'Closed',
        Opened_By__c: 'Sweep',
        First_Tier__c: 'High',
        Worst_Tier__c: 'High',
        Current_Tier__c: 'High',
        Run_Kind__c: 'Risk',
        Surfaced_At__c: ago(surfaced),
        Closed_At__c: ago(closed),
        Outcome__c: 'Saved',
        Kept__c: 'Provisional',
        ARR_At_Opening__c: arr,
        Run_CSM__c: String(csm),
        ...fields,
    };
}

const RUNS = {
    early: past(0, { surfaced: 100, closed: 80 }),
    kept: past(0, { surfaced: 400, closed: 100 }),
    smaller: past(1, { surfaced: 120, closed: 100, fields: { ARR_At_Opening__c: 99_999_999 } }),
    renewed: past(1, {
        surfaced: 300,
        closed: 200,
        fields: { Kept__c: 'Kept for 90 days', Kept_On__c: dayAgo(110), Renewal_At_Close_On__c: dayAgo(60) },
    }),
    left: past(2, { surfaced: 60, closed: 40 }),
    practice: past(2, { surfaced: 120, closed: 100, fields: { Practice__c: true, Kept__c: null } }),
    letGo: past(3, { surfaced: 120, closed: 100, fields: { Outcome__c: 'Let go', Kept__c: null } }),
    tampered: past(3, { surfaced: 130, closed: 110, csm: tom['Id'], fields: { Kept__c: null } }),
};
const EXPECTED: Readonly<Record<keyof typeof RUNS, string | null>> = {
    early: null,
    kept: 'Kept for 90 days',
    smaller: 'Kept smaller',
    renewed: 'Kept at renewal',
    left: 'Lost since',
    practice: null,
    letGo: null,
    tampered: 'Kept for 90 days',
};

const created = await org.connection.sobject('Playbook_Run__c').create(Object.values(RUNS));
assert.deepEqual(
    created.flatMap(({ errors }) => errors),
    [],
);
await org.connection.sobject('Account').update({ Id: accounts[2]?.id ?? '', Churned_On__c: dayAgo(5) });

async function runs(): Promise<ReadonlyMap<string, Record<string, unknown>>> {
    const found = await org.rows(
        "SELECT Episode_Key__c, Kept__c, Kept_On__c, ARR_Kept__c, CSM_Months__c, LastModifiedDate FROM Playbook_Run__c WHERE Episode_Key__c LIKE '%:long-ago:%'",
    );
    return new Map(found.map((row) => [String(row['Episode_Key__c']), row]));
}

const DECIDED = { 'Kept for 90 days': 2, 'Kept smaller': 1, 'Kept at renewal': 1, 'Lost since': 1 };

describe('looking back', () => {
    it('a dry run counts what would be decided, and writes nothing', async () => {
        const before = await runs();
        const { formats, summary } = await org.sweep({ dryRun: true });
        assert.deepEqual(summary.afterwards, { kept: DECIDED, csmMonths: Object.keys(RUNS).length });
        assert.deepEqual(await runs(), before);
        assert.match(
            formatSummary(summary, formats).join('\n'),
            /Of what was won before: 2 kept for 90 days, 1 kept at renewal, 1 kept smaller, 1 lost since\./,
        );
    });

    it('a sweep decides what is due, also of runs that it has just opened', async () => {
        const { summary } = await org.sweep();
        assert.deepEqual(summary.afterwards.kept, DECIDED);
        const opened = (summary.changes.open ?? 0) + (summary.changes.openWaiting ?? 0);
        const nobodys = await org.rows('SELECT Id FROM Playbook_Run__c WHERE Run_CSM__c = null');
        assert.equal(summary.afterwards.csmMonths, Object.keys(RUNS).length + opened - nobodys.length);
        assert.equal(summary.notWritten.failed, 0);
    });

    it('by the account, run by run', async () => {
        const found = await runs();
        const first = Date.parse(ago(400));
        for (const [name, { Episode_Key__c: key, Kept__c: before, Surfaced_At__c: surfaced }] of Object.entries(RUNS)) {
            const run = found.get(String(key)) ?? {};
            const kept = EXPECTED[name as keyof typeof RUNS];
            assert.equal(run['Kept__c'], kept ?? before, name);
            assert.equal(run['Kept_On__c'], kept === null ? null : dayAgo(0), name);
            if (name !== 'tampered') {
                const months = (Date.parse(String(surfaced)) - first) / (86_400_000 * 30.44);
                assert.ok(
                    Math.abs(Number(run['CSM_Months__c']) - months) <= 1,
                    `${name}: ${String(run['CSM_Months__c'])}`,
                );
            }
        }
        const arrOf = (name: keyof typeof RUNS): unknown =>
            found.get(String(RUNS[name]['Episode_Key__c']))?.['ARR_Kept__c'];
        assert.equal(arrOf('kept'), accounts[0]?.arr);
        assert.equal(arrOf('left'), 0);
    });

    it('a second one writes nothing', async () => {
        const before = await runs();
        const { summary } = await org.sweep();
        assert.deepEqual(summary.afterwards, { kept: {}, csmMonths: 0 });
        assert.deepEqual(await runs(), before);
    });

    it('what somebody puts back is decided again', async () => {
        const key = RUNS.kept['Episode_Key__c'];
        const [run = {}] = await org.rows(`SELECT Id FROM Playbook_Run__c WHERE Episode_Key__c = '${String(key)}'`);
        await org.connection
            .sobject('Playbook_Run__c')
            .update({ Id: String(run['Id']), Kept__c: null, Kept_On__c: null });
        const { summary } = await org.sweep();
        assert.deepEqual(summary.afterwards.kept, { 'Kept for 90 days': 1 });
    });
});
