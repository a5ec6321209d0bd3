/** What the panel can put in front of a person: runs they have opened, and what the account's figures ask for now. */
import { compareUrgency, worseTier } from './matches';
import type { PreparedRules, PromptSource } from './inputs';
import type { Match, PlaybookVersion, Prompt, RuleProblem, Run, Trigger } from './types';

const MILLISECONDS_A_DAY = 86_400_000;
const IN_FRONT = { held: null, continues: null };

/** What the panel can put in front: open runs joined with matches, and matches that no cooldown holds back; worst first. */
export function prompts(source: PromptSource): readonly Prompt[] {
    const { matches, runs } = source;
    const found = new Map<string, Prompt>();
    const openRuns = runs
        .filter(({ status }) => status !== 'Closed')
        .sort((one, other) => other.episodeNumber - one.episodeNumber);
    for (const run of openRuns) {
        const id = idOfRun(run);
        if (id !== null && !found.has(id)) {
            found.set(id, promptOfRun(id, run, matches.find((match) => idOf(match.trigger) === id) ?? null, source));
        }
    }
    for (const match of matches) {
        const id = idOf(match.trigger);
        if (!found.has(id) && !isCoolingDown(match.trigger, id, source)) {
            const prompt = promptOfMatch(id, match, source.versions);
            if (prompt !== null) {
                found.set(id, prompt);
            }
        }
    }
    return [...found.values()].sort((one, other) => compareUrgency(one, other, one.trigger, other.trigger));
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

/** Names what an episode is about: `playbook:<key>` or `signal:<trigger key>`. */
function idOf(trigger: Trigger): string {
    return trigger.kind === 'Playbook' ? `playbook:${trigger.playbookKey ?? ''}` : `signal:${trigger.key}`;
}

/** Null for a run whose playbook and trigger cannot be read: there is nothing to show of it. */
function idOfRun({ playbookKey, triggerKey }: Run): string | null {
    if (playbookKey !== null) {
        return `playbook:${playbookKey}`;
    }
    return triggerKey === null ? null : `signal:${triggerKey}`;
}

function promptOfRun(id: string, run: Run, match: Match | null, { prepared, versions }: PromptSource): Prompt {
    const version = versions.find((candidate) => candidate.id === run.versionId) ?? null;
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

function promptOfMatch(id: string, match: Match, versions: readonly PlaybookVersion[]): Prompt | null {
    const { trigger, tier } = match;
    if (trigger.kind === 'Signal') {
        const title = titleOfSignal(trigger, trigger.key);
        return { id, kind: 'Signal', title, tier, match, run: null, version: null, trigger, ...IN_FRONT };
    }
    const version = publishedVersion(trigger.playbookKey, versions);
    if (version === null) {
        return null;
    }
    const title = version.playbookName;
    return { id, kind: 'Playbook', title, tier, match, run: null, version, trigger, ...IN_FRONT };
}

function isCoolingDown(trigger: Trigger, id: string, { runs, clock }: PromptSource): boolean {
    const now = Date.parse(clock.now);
    return runs.some(
        (run) =>
            run.closedAt !== null &&
            idOfRun(run) === id &&
            now < Date.parse(run.closedAt) + trigger.cooldownDays * MILLISECONDS_A_DAY,
    );
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
