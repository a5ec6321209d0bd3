/** A run of a shipped playbook, walked step by step through the engine as a CSM would answer it. */
import { buildChecklist, checklistProblems, prepareRules, suggestOutcome } from 'c/playbookEngine';
import type {
    AccountContext,
    Checklist,
    Completion,
    PlaybookVersion,
    Prompt,
    Run,
    StepView,
    Tier,
} from 'c/playbookEngine';
import type { Value } from 'c/formula';
import { accountFieldTypes } from '../../lib/project-metadata.ts';
import { readProjectRules } from '../../lib/rules.ts';
import { engineStep } from '../checks.ts';
import { readPlaybookFile } from '../source.ts';

const DAY_MS = 86_400_000;
const USER = { id: '005', name: 'Maya Lindqvist', firstName: 'Maya', email: 'maya@example.com', timeZone: 'UTC' };
/** A Monday. */
export const START = '2026-11-23T09:00:00.000Z';

const rules = await readProjectRules();
const prepared = prepareRules({ ...rules, fieldTypes: await accountFieldTypes() });

export async function loadVersion(key: string): Promise<PlaybookVersion> {
    const { source } = await readPlaybookFile(`data/playbooks/${key}.yaml`);
    if (source === null) {
        throw new Error(`${key} cannot be read.`);
    }
    const { content } = source;
    const category = (['Risk', 'Renewal', 'Stakeholders', 'Onboarding', 'Growth'] as const).find(
        (name) => name === content.category,
    );
    return {
        id: 'version',
        playbookId: 'playbook',
        playbookKey: content.key,
        playbookName: content.name,
        category: category ?? null,
        status: 'Published',
        number: content.version,
        successWhen: content.success_when ?? null,
        lostWhen: content.lost_when ?? null,
        steps: content.steps.map(engineStep),
    };
}

export interface WalkStart {
    readonly tier?: Tier;
    readonly values?: Readonly<Record<string, Value>>;
    readonly anchorOn?: string | null;
    readonly opening?: Partial<Pick<Run, 'healthAtOpening' | 'usageAtOpening' | 'arrAtOpening'>>;
}

export class Walk {
    private readonly completions: Completion[] = [];
    private now = Date.parse(START);

    constructor(
        private readonly version: PlaybookVersion,
        private readonly start: WalkStart = {},
    ) {}

    get context(): AccountContext {
        return {
            account: { id: '001000000000001AAA', values: { Name: 'Acme', ...this.start.values } },
            prepared,
            settings: rules.settings,
            clock: { now: new Date(this.now).toISOString(), timeZone: 'UTC' },
            user: USER,
        };
    }

    get prompt(): Prompt {
        const tier = this.start.tier ?? 'High';
        const { playbookKey, playbookName, id } = this.version;
        const run: Run = {
            id: 'run',
            episodeKey: 'episode',
            episodeNumber: 1,
            playbookKey,
            playbookName,
            versionId: id,
            triggerKey: null,
            status: 'Open',
            openedBy: 'First action',
            firstTier: tier,
            worstTier: tier,
            currentTier: tier,
            reason: null,
            anchorOn: this.start.anchorOn ?? null,
            surfacedAt: START,
            closedAt: null,
            snoozedUntil: null,
            snoozeReason: null,
            recoveringSince: null,
            actedAt: null,
            reopenedCount: 0,
            returnedAt: null,
            csmId: null,
            nextStep: null,
            nextDueAt: null,
            outcome: null,
            cause: null,
            healthAtOpening: null,
            usageAtOpening: null,
            arrAtOpening: null,
            kind: null,
            practice: false,
            arrSaved: null,
            arrLost: null,
            kept: null,
            keptOn: null,
            renewalAtCloseOn: null,
            csmMonths: null,
            ...this.start.opening,
            completions: this.completions,
        };
        return {
            id: `playbook:${playbookKey}`,
            kind: 'Playbook',
            title: playbookName,
            tier,
            match: null,
            run,
            version: this.version,
            trigger: null,
            held: null,
            continues: null,
        };
    }

    checklist(): Checklist {
        return buildChecklist(this.prompt, this.context);
    }

    open(): StepView[] {
        return this.checklist()
            .phases.flatMap((phase) => phase.steps)
            .filter((view) => view.state === 'open');
    }

    /** Keys of the open steps, in their order. */
    openKeys(): string[] {
        return this.open().map((view) => view.step.key);
    }

    /** Done with these answers, or skipped (null). Fails when the step does not show. */
    answer(key: string, decision: readonly string[] | null = []): this {
        const view = this.open().find((entry) => entry.step.key === key);
        if (view === undefined) {
            throw new Error(`${key} is not open; open are ${this.openKeys().join(', ')}.`);
        }
        this.completions.push({
            id: `completion${this.completions.length}`,
            key: `${key}:${view.occurrence}`,
            stepKey: key,
            occurrence: view.occurrence,
            status: decision === null ? 'Skipped' : 'Done',
            decision: decision ?? [],
            skipReason: decision === null ? 'Other' : null,
            note: null,
            taskId: null,
            customerContact: view.step.customerContact,
            dueAt: view.dueAt,
            completedAt: new Date(this.now).toISOString(),
            completedByName: USER.name,
        });
        return this;
    }

    days(count: number): this {
        this.now += count * DAY_MS;
        return this;
    }

    /** The outcome that the page would suggest now. */
    suggested(): string | undefined {
        return suggestOutcome(this.prompt, this.checklist(), this.context)?.outcome;
    }

    problems(): readonly string[] {
        return checklistProblems(this.prompt, this.context).map((problem) => problem.message);
    }
}
