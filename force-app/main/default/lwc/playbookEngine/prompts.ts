/** What the panel can put in front of a person: runs they have opened, and what the account's figures ask for now. */
import { surfacingOf } from './cooldown';
import { Evidence } from './evidence';
import { heldBack } from './held';
import { compareUrgency, worseTier } from './matches';
import type { PreparedRules, PromptSource } from './inputs';
import { endingOf } from './outcomes';
import { subjectOf, subjectOfRun } from './subjects';
import { lossOf } from './sweepCloses';
import type { Match, PlaybookVersion, Prompt, RuleProblem, Run, Trigger } from './types';

const IN_FRONT = { held: null, continues: null };

/**
 * Open runs joined with matches, and matches that no cooldown holds back and that are not lost already; worst first, and after them in the same order those that
 * something holds back (see `heldBack`). A playbook that saved the account and comes back within its cooldown continues its run.
 */
export function prompts(source: PromptSource): readonly Prompt[] {
    const { matches, runs, stale } = source;
    const found = new Map<string, Prompt>();
    const openRuns = runs
        .filter(({ status }) => status !== 'Closed')
        .sort((one, other) => other.episodeNumber - one.episodeNumber);
    for (const run of openRuns) {
        const id = subjectOfRun(run);
        if (id !== null && !found.has(id)) {
            found.set(
                id,
                promptOfRun(id, run, matches.find((match) => subjectOf(match.trigger) === id) ?? null, source),
            );
        }
    }
    for (const match of [...matches, ...stale]) {
        const id = subjectOf(match.trigger);
        const prompt = found.has(id) ? null : promptOfMatch(id, match, source);
        if (prompt !== null) {
            found.set(id, prompt);
        }
    }
    const all = [...found.values()];
    return all
        .map((prompt) => ({ ...prompt, held: heldBack(prompt, all, source) }))
        .sort(
            (one, other) =>
                Number(one.held !== null) - Number(other.held !== null) ||
                compareUrgency(one, other, one.trigger, other.trigger),
        );
}

/**
 * A playbook that nothing surfaced, started by a person. A trigger that would surface it, if there is one, gives the anchor.
 * The run is opened by the first answer.
 */
export function startByHand(version: PlaybookVersion, prepared: PreparedRules): Prompt {
    return {
        id: `playbook:${version.playbookKey}`,
        kind: 'Playbook',
        title: version.playbookName,
        tier: 'Moderate',
        match: null,
        run: null,
        version,
        trigger: triggerFor(version.playbookKey, prepared.triggers),
        ...IN_FRONT,
    };
}

/** Working triggers whose playbook has no published version: they surface nothing. */
export function unpublishedPlaybooks(
    prepared: PreparedRules,
    versions: readonly PlaybookVersion[],
): readonly RuleProblem[] {
    return prepared.rules.flatMap(({ trigger }) => {
        const { key, label, kind, playbookKey } = trigger;
        if (kind === 'Signal' || publishedVersion(playbookKey, versions) !== null) {
            return [];
        }
        const message =
            `No published playbook has the key ${playbookKey ?? ''}. ` +
            'Publish one, or correct the Playbook Key of this trigger.';
        return [{ where: 'trigger', key, label, field: 'Playbook Key', message, position: null }];
    });
}

function promptOfRun(id: string, run: Run, match: Match | null, source: PromptSource): Prompt {
    const { prepared } = source;
    const version = versionOf(run, source);
    const opened = prepared.triggers.find((candidate) => candidate.key === run.triggerKey) ?? null;
    const trigger = opened ?? match?.trigger ?? triggerFor(run.playbookKey, prepared.triggers);
    return {
        id,
        kind: run.playbookKey === null ? 'Signal' : 'Playbook',
        title:
            run.playbookKey === null
                ? titleOfSignal(trigger, run.triggerKey)
                : (version?.playbookName ?? run.playbookName ?? run.playbookKey),
        tier: match === null ? run.currentTier : worseTier(run.currentTier, match.tier),
        match,
        run,
        version,
        trigger,
        ...IN_FRONT,
    };
}

/** Null when it is quiet after its last run (see `surfacingOf`), its playbook has no published version, or it is lost already. */
function promptOfMatch(id: string, match: Match, source: PromptSource): Prompt | null {
    const { trigger, tier } = match;
    const surfacing = surfacingOf(match, source.runs, source.clock);
    // What is worse on old figures alone may not be worse at all.
    if (surfacing.as === 'quiet' || (surfacing.as === 'worse' && source.stale.includes(match))) {
        return null;
    }
    const continues = surfacing.as === 'continue' ? surfacing.run : null;
    const surfaced = { id, kind: trigger.kind, tier, match, run: null, trigger, held: null, continues };
    if (trigger.kind === 'Signal') {
        return { ...surfaced, title: titleOfSignal(trigger, trigger.key), version: null };
    }
    const published = publishedVersion(trigger.playbookKey, source.versions);
    if (published === null) {
        return null;
    }
    const version = continues === null ? published : versionOf(continues, source);
    const prompt = { ...surfaced, title: version?.playbookName ?? published.playbookName, version };
    return isLostAlready(prompt, source) ? null : prompt;
}

/**
 * Whether its playbook counts the account as lost already: there is no case left to win, so it surfaces no more (it can be started by hand).
 * A renewal does all the same, so that one that is lost before its time is counted.
 */
function isLostAlready(prompt: Prompt, source: PromptSource): boolean {
    return endingOf(prompt) !== 'renewal' && lossOf(prompt, new Evidence(source, { ...source, problems: [] })) !== null;
}

/** The version that a run keeps; null when it cannot be read. */
function versionOf({ versionId }: Run, { versions }: PromptSource): PlaybookVersion | null {
    return versions.find(({ id }) => id === versionId) ?? null;
}

function publishedVersion(playbookKey: string | null, versions: readonly PlaybookVersion[]): PlaybookVersion | null {
    const published = versions.filter(
        (version) => version.playbookKey === playbookKey && version.status === 'Published',
    );
    return published.sort((one, other) => other.number - one.number)[0] ?? null;
}

function triggerFor(playbookKey: string | null, triggers: readonly Trigger[]): Trigger | null {
    const candidates = triggers.filter((trigger) => trigger.kind === 'Playbook' && trigger.playbookKey === playbookKey);
    return candidates.find(({ active }) => active) ?? candidates[0] ?? null;
}

function titleOfSignal(trigger: Trigger | null, key: string | null): string {
    return trigger?.action?.title ?? trigger?.label ?? key ?? '';
}
