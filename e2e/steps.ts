/** What a person does on an Account page that has the panel, by roles and visible words; and what the org holds afterwards. */
import assert from 'node:assert/strict';
import type { Connection } from 'jsforce';
import type { Locator, Page } from 'playwright-core';

/** A browser window or tab of somebody: a UserPage, or another tab beside it. */
export interface Tab {
    readonly page: Page;
}

export const panelOf = ({ page }: Tab): Locator =>
    page.getByRole('article').filter({ has: page.getByRole('heading', { level: 2, name: 'Playbooks', exact: true }) });

/** One step's row, opened or not. */
export const stepOf = (tab: Tab, title: string): Locator =>
    panelOf(tab)
        .getByRole('listitem')
        .filter({ has: tab.page.getByRole('button', { name: title, exact: true }) });

/** From wherever they are to the account's page, as a person goes: by the list. Waits until the panel has something to say. */
export async function openAccount(tab: Tab, name: string): Promise<void> {
    await tab.page.getByRole('navigation').getByRole('link', { name: 'Accounts', exact: true }).click();
    await tab.page.getByRole('searchbox', { name: 'Search Accounts by name' }).fill(name);
    await tab.page.getByRole('link', { name, exact: true }).click();
    await panelOf(tab).getByRole('heading', { level: 3 }).first().waitFor();
}

export async function openStep(tab: Tab, title: string): Promise<Locator> {
    const step = stepOf(tab, title);
    const toggle = step.getByRole('button', { name: title, exact: true });
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click();
    await step.getByText('Loading instructions').waitFor({ state: 'detached' });
    return step;
}

export interface StepInput {
    readonly choose?: readonly string[];
    readonly note?: string;
    readonly press?: 'Done' | 'Not applicable';
}

/** Fills in what a step asks and presses the button, without waiting for what comes of it. */
export async function sendAnswer(tab: Tab, title: string, input: StepInput = {}): Promise<Locator> {
    const step = await openStep(tab, title);
    for (const option of input.choose ?? []) await step.getByText(option, { exact: true }).click();
    if (input.note !== undefined) await step.getByRole('textbox', { name: /^Note/ }).fill(input.note);
    await step.getByRole('button', { name: input.press ?? 'Done', exact: true }).click();
    return step;
}

/** Answers a step and waits until the server has confirmed it. */
export async function answer(tab: Tab, title: string, input: StepInput = {}): Promise<Locator> {
    const step = await sendAnswer(tab, title, input);
    await confirmed(step, title);
    return step;
}

/** The step's circle can be pressed again only once the server has answered. */
export const confirmed = (step: Locator, title: string): Promise<void> =>
    step.getByRole('checkbox', { name: `Undo: ${title}`, exact: true, disabled: false }).waitFor();

/** An answered step is open again. */
export const isOpenAgain = (step: Locator, title: string): Promise<void> =>
    step.getByRole('checkbox', { name: `Mark done: ${title}`, exact: true, checked: false, disabled: false }).waitFor();

export async function skip(tab: Tab, title: string, reason: string, note?: string): Promise<Locator> {
    const step = await openStep(tab, title);
    await step.getByRole('button', { name: 'Skip', exact: true }).click();
    await choose(step, 'Why skip it?', reason);
    if (note !== undefined) await step.getByRole('textbox', { name: 'Note' }).fill(note);
    await step.getByRole('button', { name: 'Skip this step' }).click();
    await confirmed(step, title);
    return step;
}

/** Picks from a drop-down list. */
export async function choose(within: Locator, label: string, option: string): Promise<void> {
    await within.getByRole('combobox', { name: label }).click();
    await within.getByRole('option', { name: option, exact: true }).click();
}

/** The titles of the steps that show, in order. */
export async function stepTitles(tab: Tab): Promise<readonly string[]> {
    const circles = panelOf(tab).getByRole('checkbox', { name: /^(Mark done|Undo): / });
    const names = await circles.evaluateAll((list) => list.map((circle) => circle.getAttribute('aria-label') ?? ''));
    return names.map((name) => name.replace(/^(Mark done|Undo): /, ''));
}

/** The person comes back to this tab from another one; resolves when the panel has read again. */
export async function comeBackTo(tab: Tab): Promise<void> {
    const read = tab.page.waitForResponse((response) => response.url().includes('graphql'));
    await tab.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await read;
}

export interface CompletionRecord {
    readonly Id: string;
    readonly Completion_Key__c: string;
    readonly Completion_Status__c: string;
    readonly Recorded_Title__c: string;
    readonly Decision__c: string | null;
    readonly Skip_Reason__c: string | null;
    readonly Note__c: string | null;
    readonly On_Time__c: string | boolean | null;
    readonly Completed_At__c: string | null;
    readonly Completed_By__r: { readonly Name: string } | null;
}

export interface RunRecord {
    readonly Id: string;
    readonly Name: string;
    readonly Episode_Key__c: string;
    readonly Run_Status__c: string;
    readonly First_Tier__c: string;
    readonly Reason__c: string | null;
    readonly Next_Step__c: string | null;
    readonly Outcome__c: string | null;
    readonly Outcome_Reason__c: string | null;
    readonly Cause__c: string | null;
    readonly Closed_At__c: string | null;
    readonly Opened_By__c: string | null;
    readonly Trigger_Key__c: string | null;
    readonly Done_Count__c: number;
    readonly Skipped_Count__c: number;
    readonly Not_Done_Count__c: number;
    readonly completions: readonly CompletionRecord[];
}

const RUN_FIELDS =
    'Id, Name, Episode_Key__c, Run_Status__c, First_Tier__c, Reason__c, Next_Step__c, Outcome__c, Outcome_Reason__c, Cause__c, Closed_At__c, ' +
    'Opened_By__c, Trigger_Key__c, Done_Count__c, Skipped_Count__c, Not_Done_Count__c';
const COMPLETION_FIELDS =
    'Id, Completion_Key__c, Completion_Status__c, Recorded_Title__c, Decision__c, Skip_Reason__c, Note__c, On_Time__c, Completed_At__c, Completed_By__r.Name';

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

export async function accountIdOf(connection: Connection, name: string): Promise<string> {
    const { records } = await connection.query<{ readonly Id: string }>(
        `SELECT Id FROM Account WHERE Name = ${quoted(name)}`,
    );
    assert.equal(records.length, 1, name);
    return records[0]?.Id ?? '';
}

/** The account's runs with their completions, oldest first, over REST. */
export async function runsOf(connection: Connection, accountName: string): Promise<readonly RunRecord[]> {
    const runs = await connection.query<Omit<RunRecord, 'completions'>>(
        `SELECT ${RUN_FIELDS} FROM Playbook_Run__c WHERE Account__r.Name = ${quoted(accountName)} ORDER BY Name`,
    );
    return Promise.all(
        runs.records.map(async (run) => {
            const { records } = await connection.query<CompletionRecord>(
                `SELECT ${COMPLETION_FIELDS} FROM Step_Completion__c WHERE Playbook_Run__c = '${run.Id}' ORDER BY Name`,
            );
            return { ...run, completions: records };
        }),
    );
}

/** The account's only run; fails if there is another one, or none. */
export async function onlyRunOf(connection: Connection, accountName: string): Promise<RunRecord> {
    const [run, ...others] = await runsOf(connection, accountName);
    assert.ok(run, `${accountName} has no run.`);
    assert.deepEqual(others, []);
    return run;
}

/** One of its completions, by the step's title. */
export function completionOf(run: RunRecord, title: string): CompletionRecord {
    const [completion, ...others] = run.completions.filter(({ Recorded_Title__c }) => Recorded_Title__c === title);
    assert.ok(completion, `${run.Name} has no completion of "${title}".`);
    assert.deepEqual(others, []);
    return completion;
}
