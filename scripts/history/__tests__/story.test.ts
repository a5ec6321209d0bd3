import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import type { Run } from 'c/playbookEngine';
import { generateHistory } from '../generate.ts';
import { projectHistoryInput, SHOWN } from '../input.ts';
import { truthOf, type RunCount } from '../truth.ts';

/** The history that `npm start` shows, on a day of its own. */
const history = generateHistory({ ...(await projectHistoryInput()), ...SHOWN, today: '2026-11-22' });
const truth = truthOf(history);
const runs: readonly Run[] = history.accounts
    .filter(({ hidden }) => !hidden.isDemo)
    .flatMap(({ of }) => history.book.runsOf(of.id));

type Which = (line: RunCount) => boolean;
const count = (which: Which): number =>
    truth.answers.filter((line) => !line.practice && which(line)).reduce((sum, { runs: some }) => sum + some, 0);
const isRisk: Which = ({ subject }) => subject === 'at-risk';
const isWorked: Which = (line) => isRisk(line) && line.worked;

function saveRate(which: Which): { readonly rate: number; readonly of: number } {
    const of = count((line) => isWorked(line) && which(line) && ENDS.has(line.outcome ?? ''));
    return { rate: count((line) => isWorked(line) && which(line) && line.outcome === 'Saved') / of, of };
}
const ENDS = new Set(['Saved', 'Lost', 'Let go']);

describe('The story of the shown history', () => {
    it('has about as many records as a team of six leaves in two years', () => {
        assert.equal(truth.accounts.length, SHOWN.accounts);
        assert.ok(runs.length > 700 && runs.length < 950, `${runs.length} runs`);
    });

    it('the second version of At Risk saves clearly more than the first', () => {
        const [first, second] = [1, 2].map((version) => saveRate((line) => line.version === version));
        assert.ok(first !== undefined && second !== undefined && first.of >= 30 && second.of >= 30);
        assert.ok(second.rate > first.rate + 0.15, `${first.rate} → ${second.rate}`);
    });

    it('what is worked ends well more often than what is not', () => {
        const recovered = count((line) => isRisk(line) && !line.worked && line.outcome === 'Recovered');
        const lost = count((line) => isRisk(line) && !line.worked && line.outcome === 'Lost');
        assert.ok(recovered + lost >= 30);
        assert.ok(saveRate(() => true).rate > recovered / (recovered + lost) + 0.05);
    });

    it('its CSMs differ, and some have too few runs to say so', () => {
        const byCsm = new Map(history.csms.map(({ csm }) => [csm.name, saveRate((line) => line.csm === csm.name)]));
        const amara = byCsm.get('Amara Quist (generated)')?.rate ?? 0;
        const dario = byCsm.get('Dario Fontaine (generated)')?.rate ?? 1;
        assert.ok(amara > dario + 0.15, `${amara} and ${dario}`);
        assert.ok([...byCsm.values()].some(({ of }) => of <= 10));
    });

    it('one cause dominates the losses', () => {
        const lost = Map.groupBy(
            runs.filter(({ cause, outcome }) => outcome === 'Lost' && cause !== null),
            ({ cause }) => cause,
        );
        const [first = 0, second = 0] = [...lost.values()]
            .map(({ length }) => length)
            .sort((one, other) => other - one);
        assert.equal(lost.get('Low adoption')?.length, first);
        assert.ok(first >= 2 * second, `${first} and ${second}`);
    });

    it('most saves of which it is known have held', () => {
        const judged = runs.filter(
            ({ kept, outcome }) => outcome === 'Saved' && kept !== null && kept !== 'Provisional',
        );
        const held = judged.filter(({ kept }) => kept === 'Kept for 90 days' || kept === 'Kept at renewal');
        assert.ok(judged.length >= 20 && held.length > judged.length / 2, `${held.length} of ${judged.length}`);
        assert.ok(held.length < judged.length);
    });

    it('some saves are lost again, and the truth says which and why', () => {
        const judged = runs.filter(
            ({ kept, outcome }) => outcome === 'Saved' && kept !== null && kept !== 'Provisional',
        );
        const lost = judged.filter(({ kept }) => kept === 'Lost since').length;
        assert.ok(lost >= judged.length / 14 && lost <= judged.length / 5, `${lost} of ${judged.length}`);
        const again = truth.accounts.flatMap(({ slides }) => slides.filter((slide) => slide.again !== null));
        assert.ok(again.filter(({ noticeOn }) => noticeOn !== null).length >= lost);
        for (const { again: after } of again) {
            assert.match(after?.why ?? '', /\.$/);
        }
    });

    it('renewals in their season are worked, and few open only to be lost', () => {
        const renewals = runs.filter(({ kind, outcome }) => kind === 'Renewal' && outcome !== null);
        const worked = renewals.filter(({ completions }) => completions.some(({ status }) => status === 'Done'));
        assert.ok(worked.length > 0.85 * renewals.length, `${worked.length} of ${renewals.length}`);
        const lost = renewals.filter(({ outcome }) => outcome === 'Not renewed');
        const days = lost.map(({ closedAt, surfacedAt }) => Date.parse(closedAt ?? '') - Date.parse(surfacedAt));
        const short = days.filter((time) => time <= 2 * 86_400_000);
        // A renewal gives way to a rescue: what that loses in the season is a renewal that is lost as soon as it opens.
        assert.ok(short.length <= lost.length / 3, `${short.length} of ${lost.length}`);
    });

    it('each CSM begins some runs, before the sweep has seen the case or by hand without any trigger', () => {
        const begun = runs.filter(({ openedBy }) => openedBy !== 'Sweep');
        assert.ok(begun.length > 20 && begun.length < runs.length / 10, `${begun.length} of ${runs.length}`);
        assert.equal(new Set(begun.map(({ csmId }) => csmId)).size, history.csms.length);
        for (const openedBy of ['First action', 'By hand']) {
            const some = begun.filter((run) => run.openedBy === openedBy);
            assert.ok(some.length >= 10, `${some.length} ${openedBy}`);
            assert.ok(
                some.every(({ completions, surfacedAt }) => completions.some((one) => one.completedAt === surfacedAt)),
            );
        }
        const byHand = begun.filter(({ openedBy }) => openedBy === 'By hand');
        // Most of them get a trigger later, when the figures show what was felt.
        assert.ok(byHand.some(({ triggerKey }) => triggerKey === null));
    });

    it('the quiet seasons give false alarms', () => {
        const alarms = runs.filter(({ outcome }) => outcome === 'False alarm');
        const inSeason = alarms.filter(({ surfacedAt }) => ['08', '12'].includes(surfacedAt.slice(5, 7)));
        assert.ok(inSeason.length > alarms.length / 3, `${inSeason.length} of ${alarms.length}`);
    });

    it('one CSM skips, with "Other", and one step is skipped by many', () => {
        const answers = runs.flatMap(({ completions, csmId }) => completions.map((one) => ({ ...one, csmId })));
        const dario = history.csms.find(({ csm }) => csm.username.startsWith('dario'))?.user.id;
        const skipped = answers.filter(({ status }) => status === 'Skipped');
        const his = skipped.filter(({ csmId }) => csmId === dario);
        assert.ok(his.filter(({ skipReason }) => skipReason === 'Other').length > his.length * 0.7);
        const share = (stepKey: string): number => {
            const done = answers.filter((one) => one.stepKey === stepKey && one.status === 'Done').length;
            const left = skipped.filter((one) => one.stepKey === stepKey).length;
            return left / (done + left);
        };
        assert.ok(share('recovery_plan') > 1.5 * share('cause'), `${share('recovery_plan')} and ${share('cause')}`);
    });

    it('is the work of the effects that the truth states', () => {
        const slides = truth.accounts.flatMap((account) => account.slides);
        const turned = slides.filter(({ kind, turnedBy }) => kind === 'real' && turnedBy !== null);
        assert.ok(turned.length > 20);
        for (const { turnedBy } of turned) {
            assert.ok((truth.effects.turnsASlide[turnedBy ?? ''] ?? 0) > 0, String(turnedBy));
        }
        assert.ok(slides.every(({ kind, noticeOn }) => noticeOn === null || kind === 'real' || kind === 'by itself'));
    });
});
