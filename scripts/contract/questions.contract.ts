import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openOrg } from './org.ts';
import { BY_HAND, QUESTIONS } from './questions.ts';

const org = await openOrg();
const here = org.local === null ? 'this org' : 'the local org';

describe('Questions that only a real org can answer', () => {
    for (const { question, assumed, ask, files } of QUESTIONS) {
        it(question, async (test) => {
            const answer = await ask(org);
            if (typeof answer !== 'string') {
                test.skip(`not settled, ${answer.because}. Assumed: ${assumed}. If not: ${files.join(', ')}`);
                return;
            }
            const verdict = answer === assumed ? 'same' : `different: look at ${files.join(', ')}`;
            test.diagnostic(`assumed:  ${assumed}\n${here}: ${answer}\n${verdict}`);
            assert.equal(answer, assumed);
        });
    }

    for (const { question, assumed, steps, files } of BY_HAND) {
        it(question, { skip: `by hand: ${steps} Assumed: ${assumed}. If not: ${files.join(', ')}` }, () => undefined);
    }
});
