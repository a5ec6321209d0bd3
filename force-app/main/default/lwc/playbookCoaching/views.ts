/** What was read, as words for the presenters. */
import type { AnsweredGroup, CoachingData, RunFacts, SkippedStep } from 'c/playbookCoachingData';
import type { Kept } from 'c/playbookEngine';
import { FORMATS, fill, formatAgo, formatCompactCurrency } from 'c/playbookFormat';
import type { SaveCard, SavesView } from 'c/playbookSaves';
import type { SkipCard, SkipsView } from 'c/playbookSkips';
import type { SkippedStepCard } from 'c/playbookSkippedStep';
import { CAUSES, KEPT_STATES, OUTCOME_WORDS, SKIP_REASONS } from 'c/playbookWords';
import TEXTS from './labels';

type Words = readonly { readonly value: string; readonly label: string }[];

/** A value that is newer than these words is shown as it is. */
const wordFor = (words: Words, value: string | null): string =>
    words.find((word) => word.value === value)?.label ?? value ?? '';

const OUTCOMES: Words = Object.entries(OUTCOME_WORDS).map(([value, { label }]) => ({ value, label }));

const SEPARATOR = ' · ';

const KEPT_ICONS: Readonly<Record<SaveCard['keptTone'], string>> = {
    plain: 'utility:clock',
    good: 'utility:check',
    lost: 'utility:warning',
};

export function savesView({ saves, saveGroups }: CoachingData, now: string): SavesView {
    const count = saveGroups.reduce((sum, group) => sum + group.count, 0);
    const amounts = saveGroups.flatMap(({ arrSaved }) => arrSaved ?? []);
    const arr = amounts.reduce((sum, amount) => sum + amount, 0);
    const counted = count === 1 ? TEXTS.savesOne : fill(TEXTS.savesCount, FORMATS.number(count));
    return {
        sum:
            count === 0
                ? ''
                : [counted, ...(arr > 0 ? [fill(TEXTS.savesArr, formatCompactCurrency(arr))] : [])].join(SEPARATOR),
        keptCounts: KEPT_STATES.flatMap(({ value, label }) => {
            const group = saveGroups.find(({ kept }) => kept === value);
            return group ? [fill(TEXTS.counted, label, FORMATS.number(group.count))] : [];
        }),
        hint: count > saves.length ? fill(TEXTS.savesLatest, FORMATS.number(saves.length)) : '',
        saves: saves.map((save) => {
            const tone = keptTone(save.kept);
            return {
                id: save.runId,
                accountId: save.accountId,
                accountName: save.accountName,
                // An account that another run has counted already saves nothing again.
                arr: save.arrSaved ? FORMATS.currency(save.arrSaved) : '',
                facts: facts(save, save.closedAt, now).join(SEPARATOR),
                cause: wordFor(CAUSES, save.cause),
                reason: save.reason ?? '',
                kept: wordFor(KEPT_STATES, save.kept),
                keptIcon: KEPT_ICONS[tone],
                keptTone: tone,
            };
        }),
    };
}

function keptTone(kept: Kept | null): SaveCard['keptTone'] {
    if (kept === 'Lost since') return 'lost';
    return kept === null || kept === 'Provisional' ? 'plain' : 'good';
}

/** Steps that were skipped, the most often skipped first. */
export function skipsView({ answered, answeredTruncated, smallCount }: CoachingData): SkipsView {
    const byStep = new Map<string, AnsweredGroup[]>();
    for (const group of answered) byStep.set(group.step, [...(byStep.get(group.step) ?? []), group]);
    const steps = [...byStep]
        .map(([step, groups]) => ({ card: skipCard(step, groups, smallCount), skipped: skippedIn(groups) }))
        .filter(({ skipped }) => skipped > 0)
        .sort((one, other) => other.skipped - one.skipped || one.card.step.localeCompare(other.card.step));
    return { steps: steps.map(({ card }) => card), smallCount, truncated: answeredTruncated };
}

const total = (groups: readonly AnsweredGroup[]): number => groups.reduce((sum, { count }) => sum + count, 0);
const skippedIn = (groups: readonly AnsweredGroup[]): number =>
    total(groups.filter(({ skipReason }) => skipReason !== null));

function skipCard(step: string, groups: readonly AnsweredGroup[], smallCount: number): SkipCard {
    const answered = total(groups);
    const skipped = skippedIn(groups);
    const percent = Math.round((100 * skipped) / answered);
    const byReason = new Map<string, number>();
    for (const { skipReason, count } of groups) {
        if (skipReason !== null) byReason.set(skipReason, (byReason.get(skipReason) ?? 0) + count);
    }
    const reasons = [...byReason].sort(([, one], [, other]) => other - one);
    return {
        step,
        isRequired: groups.some(({ isRequired, skipReason }) => isRequired && skipReason !== null),
        share: fill(TEXTS.share, FORMATS.number(skipped), FORMATS.number(answered), FORMATS.percent(percent / 100)),
        percent,
        isFew: answered < smallCount,
        reasons: reasons.map(([reason, count]) =>
            fill(TEXTS.counted, wordFor(SKIP_REASONS, reason), FORMATS.number(count)),
        ),
    };
}

export function skippedStepCard(step: SkippedStep, now: string): SkippedStepCard {
    const outcome = step.outcome === null ? TEXTS.stillOpen : wordFor(OUTCOMES, step.outcome);
    return {
        id: step.id,
        accountId: step.accountId,
        accountName: step.accountName,
        step: step.step,
        isRequired: step.isRequired,
        reason: wordFor(SKIP_REASONS, step.skipReason),
        note: step.note ?? '',
        facts: [...facts(step, step.skippedAt, now), outcome].join(SEPARATOR),
    };
}

/** CSM, when and playbook, in words. */
function facts({ csm, csmLeft, playbook }: RunFacts, at: string, now: string): readonly string[] {
    const who = csm === null ? [] : [csmLeft ? fill(TEXTS.left, csm) : csm];
    return [...who, formatAgo(at, now), playbook ?? TEXTS.gone];
}
