/** The accounts of a book that deserve attention, in the order in which to turn to them. */
import { buildChecklist } from './checklist';
import { dayOf, endOfDay } from './days';
import { isBegun } from './episode';
import type { AccountContext } from './inputs';
import { matchTriggers } from './matches';
import { nurtureList } from './nurture';
import { suggestOutcome } from './outcomes';
import { prompts, unpublishedPlaybooks } from './prompts';
import { rankOf } from './ranking';
import { csmOf } from './records';
import { awaitsDecision } from './sweepCloses';
import type { Checklist, Prompt, RuleProblem, StepView } from './types';
import { versionRules } from './versionRules';
import { addBusinessDays, workingCalendar } from './workingTime';
import type { BookAccount, Place, Worklist, WorklistInput, WorklistRow } from './worklistTypes';

const PLACES: readonly Place[] = ['today', 'waiting', 'later', 'held'];

/** A row before it is known how many stand before it. */
type Candidate = Omit<WorklistRow, 'place'> & { readonly place: Exclude<Place, 'waiting'> };

/**
 * One row for each account with a prompt. In front of an account's others stands the most urgent one that asks for something today, else the
 * most urgent one for later, else the first that is held back. The setting's capacity counts for each CSM, where the book is that of several.
 */
export function buildWorklist(input: WorklistInput): Worklist {
    const { book, prepared, versions } = input;
    const work = new WorklistWork(input);
    const rows: Candidate[] = [];
    const quiet: BookAccount[] = [];
    const problems: RuleProblem[] = [...prepared.problems, ...unpublishedPlaybooks(prepared, versions)];
    for (const entry of book) {
        const context = work.contextOf(entry);
        const found = matchTriggers(prepared, entry.account, context.clock, context.user);
        problems.push(...found.problems);
        const surfaced = prompts({ ...input, ...found, runs: entry.runs, account: entry.account });
        const row = work.rowOf(entry, surfaced, context);
        if (row === null) {
            quiet.push(entry);
        } else {
            rows.push(row);
            problems.push(...(row.prompt.version ? versionRules(row.prompt.version, prepared).problems : []));
        }
    }
    const nurture = nurtureList(quiet, input);
    return {
        rows: placed(rows, input),
        nurture: nurture.accounts,
        problems: once([...problems, ...nurture.problems]),
    };
}

class WorklistWork {
    /** Instant until which a step that is begun asks for attention: the end of the next working day. */
    private readonly soon: number;

    constructor(private readonly input: WorklistInput) {
        const { clock, settings } = input;
        const calendar = workingCalendar(settings, clock.timeZone);
        const nextDay = addBusinessDays(dayOf(clock.now, clock.timeZone), 1, 1, calendar);
        this.soon = endOfDay(nextDay, clock.timeZone);
    }

    contextOf({ account }: BookAccount): AccountContext {
        const { clock, prepared, settings, user } = this.input;
        return { account, clock, prepared, settings, user };
    }

    /** Null for an account without a prompt. */
    rowOf(account: BookAccount, surfaced: readonly Prompt[], context: AccountContext): Candidate | null {
        const views = surfaced.map((prompt) => this.viewOf(prompt, context));
        const front =
            views.find(({ place }) => place === 'today') ?? views.find(({ place }) => place === 'later') ?? views[0];
        if (front === undefined) {
            return null;
        }
        const { checklist, place, prompt } = front;
        return {
            account,
            prompt,
            checklist,
            next: checklist?.next ?? null,
            place,
            rank: rankOf(prompt, context),
            also: surfaced.filter((other) => other !== prompt),
        };
    }

    private viewOf(
        prompt: Prompt,
        context: AccountContext,
    ): { readonly prompt: Prompt; readonly checklist: Checklist | null; readonly place: Candidate['place'] } {
        const readable = prompt.kind === 'Signal' || prompt.version !== null;
        const checklist = readable ? buildChecklist(prompt, context) : null;
        return { prompt, checklist, place: this.placeOf(prompt, checklist, context) };
    }

    private placeOf(prompt: Prompt, checklist: Checklist | null, context: AccountContext): Candidate['place'] {
        if (prompt.held !== null) {
            return 'held';
        }
        if (prompt.run !== null && prompt.run.recoveringSince !== null) {
            return awaitsDecision(prompt, context) ? 'today' : 'later';
        }
        if (!isBegun(prompt) || checklist === null) {
            return 'today';
        }
        const { next } = checklist;
        if (next === null) {
            // Nothing is left to do but to close it, as soon as something speaks for an outcome.
            return suggestOutcome(prompt, checklist, context) === null ? 'later' : 'today';
        }
        return this.isSoon(next) ? 'today' : 'later';
    }

    private isSoon({ dueAt }: StepView): boolean {
        return dueAt === null || Date.parse(dueAt) <= this.soon;
    }
}

/** Rows by place, the most urgent first; beyond a CSM's capacity they wait. */
function placed(rows: readonly Candidate[], { prepared, settings }: WorklistInput): readonly WorklistRow[] {
    const inFront = new Map<string | null, number>();
    return [...rows]
        .sort((one, other) => Number(waits(one)) - Number(waits(other)) || compareRank(one, other))
        .map((row): WorklistRow => {
            if (row.place !== 'today') {
                return row;
            }
            const csm = csmOf({ account: row.account.account, prepared });
            const before = inFront.get(csm) ?? 0;
            inFront.set(csm, before + 1);
            return before < settings.capacity ? row : { ...row, place: 'waiting' };
        })
        .sort((one, other) => PLACES.indexOf(one.place) - PLACES.indexOf(other.place));
}

/** Recorded as waiting, it comes in front only where there is room: the page and the sweep's count of unmet demand speak of the same. */
function waits({ prompt }: Candidate): boolean {
    return prompt.run?.status === 'Waiting' && prompt.tier !== 'Critical';
}

function compareRank(one: Candidate, other: Candidate): number {
    return (
        other.rank.score - one.rank.score ||
        (one.prompt.trigger?.priority ?? Number.MAX_VALUE) - (other.prompt.trigger?.priority ?? Number.MAX_VALUE) ||
        one.account.name.localeCompare(other.account.name, 'en') ||
        (one.account.account.id < other.account.account.id ? -1 : 1)
    );
}

function once(problems: readonly RuleProblem[]): readonly RuleProblem[] {
    const byPlace = new Map(
        problems.map((problem) => [[problem.where, problem.key, problem.field, problem.message].join('\n'), problem]),
    );
    return [...byPlace.values()];
}
