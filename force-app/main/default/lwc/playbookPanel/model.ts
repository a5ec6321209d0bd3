/** What the panel knows at a moment, worked out by the engine from what was read. No words and no DOM. */
import {
    buildChecklist,
    checklistProblems,
    matchTriggers,
    prepareRules,
    prompts,
    startByHand,
    suggestOutcome,
    unpublishedPlaybooks,
    type AccountContext,
    type Checklist,
    type OutcomeSuggestion,
    type PlaybookVersion,
    type PreparedRules,
    type Prompt,
    type RuleProblem,
    type Run,
} from 'c/playbookEngine';
import type { AccountData, VersionDetails } from 'c/playbookData';

export interface Model {
    readonly data: AccountData;
    readonly context: AccountContext;
    /** Those that can be put in front. */
    readonly prompts: readonly Prompt[];
    /** Those that something keeps out of the way (see Held), and nobody has taken up all the same. */
    readonly held: readonly Prompt[];
    /** The prompt in front; null when there is nothing to do. */
    readonly current: Prompt | null;
    readonly checklist: Checklist | null;
    readonly suggestion: OutcomeSuggestion | null;
    /** Rules that are off, for the admin. */
    readonly problems: readonly RuleProblem[];
    /** Published playbooks that nothing surfaced: they can be started by hand. */
    readonly others: readonly PlaybookVersion[];
    /** The run that was closed last, for as long as it can be reopened. */
    readonly lastClosed: Run | null;
}

export interface ModelInput {
    readonly data: AccountData;
    readonly details: VersionDetails | null;
    /** Prompt that the user put in front, or null for the most urgent. */
    readonly chosen: string | null;
    /** Ids of held prompts that the user took up all the same. */
    readonly taken: ReadonlySet<string>;
    readonly now: string;
}

/** A finished run can be reopened for a day: long enough for a slip, too short to rewrite history. */
const REOPEN_MS = 86_400_000;

/** Compiling rules takes longer than using them: they are kept until triggers, settings or readable fields change. */
export class RuleCache {
    private key = '';
    private prepared: PreparedRules | undefined;

    get(data: AccountData): PreparedRules {
        const { triggers, settings, fieldTypes } = data;
        const key = JSON.stringify([triggers, settings, Object.keys(fieldTypes)]);
        if (!this.prepared || key !== this.key) {
            this.key = key;
            this.prepared = prepareRules({ triggers, settings, fieldTypes });
        }
        return this.prepared;
    }
}

export function buildModel({ data, details, chosen, taken, now }: ModelInput, rules: RuleCache): Model {
    const prepared = rules.get(data);
    const clock = { now, timeZone: data.user.timeZone };
    const context: AccountContext = {
        account: data.account,
        prepared,
        settings: data.settings,
        clock,
        user: data.user,
    };
    const matched = matchTriggers(prepared, data.account, clock, data.user);
    const versions = withDetails(data.versions, details);
    const surfaced = prompts({ ...context, ...matched, runs: data.runs, versions });
    const others = versions.filter(
        (version) => version.status === 'Published' && !surfaced.some(({ id }) => id === handId(version)),
    );
    const byHand = others.find((version) => handId(version) === chosen);
    const isInFront = ({ held, id }: Prompt): boolean => held === null || taken.has(id);
    const shown = [...surfaced.filter(isInFront), ...(byHand ? [startByHand(byHand, prepared)] : [])];
    const current = shown.find((prompt) => prompt.id === chosen) ?? shown[0] ?? null;
    const ready = current !== null && (current.kind === 'Signal' || current.version !== null);
    const checklist = ready ? buildChecklist(current, context) : null;
    return {
        data,
        context,
        prompts: shown,
        held: surfaced.filter((prompt) => !isInFront(prompt)),
        current,
        checklist,
        suggestion: ready && checklist ? suggestOutcome(current, checklist, context) : null,
        problems: [
            ...prepared.problems,
            ...matched.problems,
            ...unpublishedPlaybooks(prepared, versions),
            ...(ready ? checklistProblems(current, context) : []),
        ],
        others: others.filter((version) => version !== byHand),
        lastClosed: lastClosed(data.runs, now),
    };
}

/** Id that the engine gives the prompt of a playbook: what the menu of those to start by hand chooses. */
export const handId = (version: PlaybookVersion): string => `playbook:${version.playbookKey}`;

/** Published versions, and a retired one that an open run keeps, once it has been read. */
function withDetails(versions: readonly PlaybookVersion[], details: VersionDetails | null): readonly PlaybookVersion[] {
    if (!details || versions.some((version) => version.id === details.version.id)) return versions;
    return [...versions, details.version];
}

function lastClosed(runs: readonly Run[], now: string): Run | null {
    const since = new Date(Date.parse(now) - REOPEN_MS).toISOString();
    const closed = runs.filter((run) => run.closedAt !== null && run.closedAt >= since);
    closed.sort((a, b) => (b.closedAt ?? '').localeCompare(a.closedAt ?? ''));
    return closed[0] ?? null;
}
