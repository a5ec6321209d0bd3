/** The formula fields of runs and steps, each on random records, against what SQL works out of the stored facts. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { queryAll } from '../../lib/records.ts';
import { plainValue } from '../fact-map.ts';
import { gatherFacts } from '../gather.ts';
import type { SqlValue } from '../report-sql.ts';
import { NOW, startRandomOrg } from './random-org.ts';

const RUN: Readonly<Record<string, string>> = {
    First_Action_At__c: 'first_action_at',
    First_Contact_At__c: 'first_contact_at',
    Done_Count__c: 'steps_done',
    Skipped_Count__c: 'steps_skipped',
    Required_Done_Count__c: 'required_done',
    Required_Skipped_Count__c: 'required_skipped',
    Required_Missed_Count__c: 'required_missed',
    Worked__c: 'worked',
    Is_Saved__c: 'saved',
    Is_Lost__c: 'lost',
    Is_Let_Go__c: 'let_go',
    Is_Recovered_Unworked__c: 'recovered_unworked',
    Is_Lost_Unworked__c: 'lost_unworked',
    Is_False_Alarm__c: 'false_alarm',
    Is_Alarm_Closed__c: 'alarm_closed',
    Is_Renewed__c: 'renewed',
    Is_Renewed_Smaller__c: 'renewed_smaller',
    Is_Not_Renewed__c: 'not_renewed',
    Renewal_ARR_Before__c: 'renewal_arr_before',
    Renewal_ARR_After__c: 'renewal_arr_after',
    Is_Kept_Judged__c: 'kept_judged',
    Is_Kept__c: 'kept',
    Is_Swept__c: 'swept',
    Is_Acted__c: 'acted',
    Hours_To_First_Action__c: 'hours_to_first_action',
    Adherence__c: 'adherence',
    CSM_Shown__c: 'csm_shown',
};
const STEP: Readonly<Record<string, string>> = {
    Is_Done__c: 'done',
    Is_Skipped__c: 'skipped',
    Is_Missed__c: 'missed',
    Is_Timed__c: 'timed',
    Is_On_Time__c: 'on_time',
    Run_Saved__c: 'run_saved',
    Run_Lost__c: 'run_lost',
    Run_Let_Go__c: 'run_let_go',
};

const random = await startRandomOrg();
after(() => random.close());
await random.fill(11, 300);
const gathered = await gatherFacts(random.as('sam'), { now: NOW });

describe('Formula fields on random records', () => {
    it('no fact is hidden from the administrator', () => {
        assert.deepEqual(gathered.unseen, []);
    });

    it('calls a playbook adapted, not followed, whose required steps were all answered as not applicable', async () => {
        const { records } = await random.as('sam').query<{ readonly Adherence__c: string | null }>(
            `SELECT Adherence__c FROM Playbook_Run__c
             WHERE Run_Status__c = 'Closed' AND Practice__c = false AND Run_Kind__c != 'Signal' AND Outcome__c != 'False alarm'
                AND Id IN (SELECT Playbook_Run__c FROM Step_Completion__c
                    WHERE Completion_Status__c = 'Not applicable' AND Recorded_Required__c = true)
                AND Id NOT IN (SELECT Playbook_Run__c FROM Step_Completion__c
                    WHERE Completion_Status__c IN ('Done', 'Skipped', 'Not done') AND Recorded_Required__c = true)`,
        );
        assert.deepEqual([...new Set(records.map(({ Adherence__c }) => Adherence__c))], ['Adapted']);
    });

    for (const [object, table, fields] of [
        ['Playbook_Run__c', 'run_facts', RUN],
        ['Step_Completion__c', 'step_facts', STEP],
    ] as const) {
        it(`of ${object} say what the records say`, async () => {
            const { database } = gathered.facts;
            const names = Object.keys(fields);
            const shown = await queryAll(random.as('sam'), `SELECT Id, ${names.join(', ')} FROM ${object} ORDER BY Id`);
            const wanted = database
                .prepare(`SELECT Id, ${Object.values(fields).join(', ')} FROM ${table} ORDER BY Id`)
                .all();
            assert.equal(shown.length, wanted.length);
            assert.ok(shown.length > 200);
            for (const name of names) {
                const column = fields[name] ?? '';
                assert.deepEqual(
                    shown.map((row) => [row['Id'], rounded(row[name])]),
                    wanted.map((row) => [row['Id'], rounded(row[column])]),
                    name,
                );
                // A column that says the same of every record checks nothing.
                assert.ok(new Set(wanted.map((row) => row[column])).size > 1, `${name} has one value only`);
            }
        });
    }
});

/** A formula counts hours in days, so their last digits differ. */
function rounded(value: unknown): SqlValue {
    const plain = plainValue(value);
    return typeof plain === 'number' ? Number(plain.toPrecision(9)) : plain;
}
