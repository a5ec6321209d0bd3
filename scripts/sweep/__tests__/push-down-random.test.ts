/**
 * No account is lost: random rules on random accounts, evaluated in full and asked of an org's SOQL.
 * PUSH_DOWN_RULES=10000 PUSH_DOWN_SEED=… asks for more than the usual run.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pushDown } from '../push-down.ts';
import { mayHold, rulesOf } from './full-evaluation.ts';
import { CLOCK, FIELD_TYPES, orgOfEveryField, queryable, SETTINGS } from './push-down-org.ts';
import { RandomRules } from './random-rules.ts';

const RULES = Number(process.env['PUSH_DOWN_RULES'] ?? 150);
const SEED = Number(process.env['PUSH_DOWN_SEED'] ?? 20_261_121);
const ACCOUNTS = 200;
/** Rules that are asked about together, as a sweep does. */
const TOGETHER = 12;

test(`an account on which a rule holds is downloaded: ${RULES} random rules, ${ACCOUNTS} accounts each`, async (context) => {
    const org = await orgOfEveryField(ACCOUNTS, SEED);
    const random = new RandomRules(SEED);
    const prepared = rulesOf(
        Array.from({ length: RULES }, () => random.next()),
        FIELD_TYPES,
        SETTINGS,
    );
    const matchesOf = prepared.rules.map((rule) =>
        org.accounts.filter((account) => mayHold(rule, prepared, account, CLOCK)),
    );
    const lost: string[] = [];
    const sums = { narrowed: 0, matching: 0, travelling: 0 };
    const check = async (start: number, end: number): Promise<void> => {
        const rules = prepared.rules.slice(start, end);
        const { where } = pushDown(rules, { prepared, clock: CLOCK, queryable });
        if (where === null) {
            return;
        }
        const travelling = await org.matching(where);
        const matching = [...new Set(matchesOf.slice(start, end).flat())];
        sums.narrowed += 1;
        sums.matching += matching.length;
        sums.travelling += travelling.size;
        for (const account of matching.filter(({ id }) => !travelling.has(id))) {
            lost.push(
                `${rules.map(({ enter }) => enter.source).join('\n')}\n${where}\n${JSON.stringify(account.values)}`,
            );
        }
    };
    for (const index of prepared.rules.keys()) {
        await check(index, index + 1);
    }
    const narrowedAlone = sums.narrowed;
    for (let start = 0; start < prepared.rules.length; start += TOGETHER) {
        await check(start, start + TOGETHER);
    }
    assert.deepEqual(lost.slice(0, 3), [], `${lost.length} accounts were lost`);
    const total = prepared.rules.length;
    context.diagnostic(
        `${total} of ${RULES} rules compiled, ${narrowedAlone} were narrowed: ${sums.travelling} accounts for ${sums.matching} that match`,
    );
    // A push-down that narrows nothing loses nothing either.
    assert.ok(total > RULES * 0.8, `only ${total} of ${RULES} rules compile`);
    assert.ok(narrowedAlone > total * 0.4, `only ${narrowedAlone} of ${total} rules were narrowed`);
    assert.ok(sums.travelling < sums.narrowed * ACCOUNTS * 0.8);
});
