/** What the worklist knows at a moment, worked out by the engine from what was read. No words and no DOM. */
import {
    buildChecklist,
    buildWorklist,
    joinReasons,
    prepareRules,
    type AccountContext,
    type ActionInput,
    type BookAccount,
    type PreparedRules,
    type Prompt,
    type Worklist,
    type WorklistRow,
} from 'c/playbookEngine';
import type { BookData } from 'c/playbookBookData';
import { FORMATS } from 'c/playbookFormat';
import { PHRASES } from 'c/playbookWords';

export interface Model {
    readonly data: BookData;
    readonly prepared: PreparedRules;
    readonly worklist: Worklist;
    readonly rows: ReadonlyMap<string, WorklistRow>;
    readonly accounts: ReadonlyMap<string, BookAccount>;
    readonly now: string;
}

/** Compiling rules takes longer than using them: they are kept until triggers, settings or readable fields change. */
export class PreparedCache {
    private from: Pick<BookData, 'triggers' | 'settings' | 'fieldTypes'> | undefined;
    private prepared: PreparedRules | undefined;

    get({ triggers, settings, fieldTypes }: BookData): PreparedRules {
        const { from } = this;
        const isSame = from?.triggers === triggers && from.settings === settings && from.fieldTypes === fieldTypes;
        if (!this.prepared || !isSame) {
            this.from = { triggers, settings, fieldTypes };
            this.prepared = prepareRules(this.from);
        }
        return this.prepared;
    }
}

export function buildModel(data: BookData, now: string, rules: PreparedCache): Model {
    const prepared = rules.get(data);
    const { book, settings, versions, user } = data;
    const clock = { now, timeZone: user.timeZone };
    const worklist = buildWorklist({ book, prepared, settings, versions, clock, user });
    return {
        data,
        prepared,
        worklist,
        rows: new Map(worklist.rows.map((row) => [row.account.account.id, row])),
        accounts: new Map(book.map((entry) => [entry.account.id, entry])),
        now,
    };
}

export function contextOf({ data, prepared, now }: Model, { account }: BookAccount): AccountContext {
    const { settings, user } = data;
    return { account, prepared, settings, clock: { now, timeZone: user.timeZone }, user };
}

/** The reason in words; null for what was started by hand. */
export function reasonOf({ match, run }: Prompt): string | null {
    return match ? joinReasons(match, PHRASES, FORMATS) : (run?.reason ?? null);
}

/** A prompt of an account, in front or behind; undefined when it has gone. */
export function promptOf(model: Model, accountId: string, promptId: string): Prompt | undefined {
    const row = model.rows.get(accountId);
    return row && [row.prompt, ...row.also].find(({ id }) => id === promptId);
}

/** What an action on a prompt is planned from; null when its steps cannot be known. */
export function inputOf(model: Model, accountId: string, prompt: Prompt): ActionInput | null {
    const entry = model.accounts.get(accountId);
    if (!entry || (prompt.kind === 'Playbook' && prompt.version === null)) return null;
    const context = contextOf(model, entry);
    const reason = prompt.match ? joinReasons(prompt.match, PHRASES, FORMATS) : null;
    return { ...context, prompt, checklist: buildChecklist(prompt, context), runs: entry.runs, reason };
}
