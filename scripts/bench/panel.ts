/** The panel as a user meets it: real components in Chromium against the local org. */
import type { Page, Request } from 'playwright-core';
import { connectToLocalOrg, launch, PROJECT_ROOT } from '../../e2e/harness/launch.ts';
import type { World } from '../../e2e/harness/launch.ts';
import { productBytes } from '../local-org/browser/product-bytes.ts';
import { median } from './interleaved.ts';

export interface PanelFigures {
    /** Requests that the panel waits for from a record's id to its checklist, the schema being cached. */
    readonly requests: number;
    /** Minified bytes of the product's own modules behind the Account page. */
    readonly bytes: number;
    /** From the click on a step to its confirmed tick, with LATENCY_MS on every answer. */
    readonly confirmMs: number;
    /** From opening the address in a warm browser to the checklist on the screen, without latency. */
    readonly paintMs: number;
}

const LATENCY_MS = 300;
const USER = 'Maya Lindqvist';
const STEP = 'c-playbook-step';

/** Throws when something cannot be measured, and when a double click was taken for two. */
export async function measurePanel(samples: number): Promise<PanelFigures> {
    const slow = await launch({ latencyMs: LATENCY_MS });
    let requests: number;
    let confirmMs: number;
    try {
        const accounts = await flaggedAccounts(slow);
        requests = await countRequests(slow, accounts);
        confirmMs = await timeConfirmation(slow, accounts.slice(0, samples));
    } finally {
        await slow.close();
    }
    const fast = await launch({ latencyMs: 0 });
    try {
        const [account] = await flaggedAccounts(fast);
        const paintMs = await timePaint(fast, account, samples);
        return { requests, bytes: (await productBytes(PROJECT_ROOT)).bytes, confirmMs, paintMs };
    } finally {
        await fast.close();
    }
}

interface FlaggedAccount {
    readonly Id: string;
    readonly Name: string;
}

/** Accounts of the sample on which a playbook surfaces, at least two. */
async function flaggedAccounts({
    org,
}: World): Promise<readonly [FlaggedAccount, FlaggedAccount, ...FlaggedAccount[]]> {
    const connection = await connectToLocalOrg(org, 'maya');
    const { records } = await connection.query<FlaggedAccount>(
        'SELECT Id, Name FROM Account WHERE Health_Score__c < 60 AND Health_Score_On__c = LAST_N_DAYS:7 AND Churned_On__c = null ORDER BY Name LIMIT 20',
    );
    const [one, other, ...more] = records;
    if (one === undefined || other === undefined) throw new Error('The sample has fewer than two accounts at risk.');
    return [one, other, ...more];
}

/** Opens one account, which caches the schema, and counts what the panel asks for on the next. */
async function countRequests(world: World, [first, second]: readonly [FlaggedAccount, FlaggedAccount, ...unknown[]]) {
    const user = await world.open({ user: USER, path: recordPath(first) });
    const { page } = user;
    await page.locator(STEP).first().waitFor();
    await user.visit('/lightning/o/Account/list');
    await page.getByRole('link', { name: first.Name, exact: true }).click();
    await page.locator(STEP).first().waitFor();
    await page.goBack();
    const link = page.getByRole('link', { name: second.Name, exact: true });
    await link.waitFor();
    // Only what starts now: long texts of the first account may still be on their way.
    const begun = new Set<Request>();
    const answered: Request[] = [];
    page.on('request', (request) => begun.add(request));
    page.on('requestfinished', (request) => answered.push(request));
    await link.click();
    await page.locator(STEP).first().waitFor();
    const ofPanel = answered.filter((request) => begun.has(request) && isOfPanel(request));
    await user.close();
    const kinds = new Set(ofPanel.map((request) => request.method()));
    if (kinds.size !== 2) throw new Error("The panel's own requests are no longer told apart: see isOfPanel.");
    return ofPanel.length;
}

/**
 * The page around the panel asks for things too. Its queries have names of their own, it reads object infos with the
 * first record, and all the fields that it reads are optional ones, whereas the panel demands the account's name.
 */
function isOfPanel(request: Request): boolean {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith('/graphql')) return /query Playbook/.test(request.postData() ?? '');
    return (
        pathname.includes('/ui-api/object-info') ||
        (pathname.includes('/ui-api/records/') && searchParams.has('fields'))
    );
}

/** Ticks a step on each account. */
async function timeConfirmation(world: World, accounts: readonly FlaggedAccount[]): Promise<number> {
    const times: number[] = [];
    for (const account of accounts) {
        const user = await world.open({ user: USER, path: recordPath(account) });
        await user.page.locator(STEP).first().waitFor();
        const mutations: Request[] = [];
        user.page.on('request', (request) => {
            if (/\bmutation\b/.test(request.postData() ?? '')) mutations.push(request);
        });
        const time = await clickTwice(user.page);
        if (time !== null) {
            times.push(time);
            if (mutations.length !== 1) throw new Error(`A double click on a step sent ${mutations.length} mutations.`);
        }
        await user.close();
    }
    if (times.length === 0) throw new Error('No step of the sample can be ticked with one click.');
    return median(times);
}

/**
 * Clicks the first step that takes a bare tick, twice at once as an impatient person does; milliseconds until the page
 * shows it as saved, null when every step asks something first. (No named function inside: what runs TypeScript here
 * would wrap it in a call that the page does not have.)
 */
async function clickTwice(page: Page): Promise<number | null> {
    return page.locator(STEP).evaluateAll(async (steps) => {
        for (const step of steps) {
            const inside = step.shadowRoot;
            const tick = inside?.querySelector<HTMLButtonElement>('button.tick') ?? null;
            if (inside === null || tick === null || tick.disabled || tick.ariaChecked === 'true') continue;
            const start = performance.now();
            tick.click();
            tick.click();
            await new Promise((resolve) => requestAnimationFrame(resolve));
            await new Promise((resolve) => requestAnimationFrame(resolve));
            // A step that asks something opens instead of being saved.
            if (inside.querySelector('.saving') === null && tick.ariaChecked !== 'true') continue;
            while (inside.querySelector('.saving') !== null || tick.ariaChecked !== 'true') {
                if (performance.now() - start > 10_000) throw new Error('A ticked step was not confirmed within 10 s.');
                await new Promise((resolve) => requestAnimationFrame(resolve));
            }
            return performance.now() - start;
        }
        return null;
    });
}

async function timePaint(world: World, account: FlaggedAccount, samples: number): Promise<number> {
    const user = await world.open({ user: USER, path: recordPath(account) });
    await user.page.locator(STEP).first().waitFor();
    const times: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
        await user.page.goto(recordPath(account), { waitUntil: 'commit' });
        const checklist = user.page.locator(STEP).first();
        times.push(await checklist.evaluate(() => new Promise<number>((resolve) => requestAnimationFrame(resolve))));
    }
    await user.close();
    return median(times);
}

function recordPath({ Id }: FlaggedAccount): string {
    return `/lightning/r/Account/${Id}/view`;
}
