/** What leaders and managers read, over many runs: the product's own pages in Chromium, and the shipped reports against plain SQL. */
import type { Page } from 'playwright-core';
import { connectToLocalOrg, launch } from '../../e2e/harness/launch.ts';
import type { World } from '../../e2e/harness/launch.ts';
import { gatherFacts } from '../figures/gather.ts';
import { calculate, readReportSqls } from '../figures/report-sql.ts';
import { generateHistory } from '../history/generate.ts';
import { projectHistoryInput, SHOWN } from '../history/input.ts';
import { queryAll } from '../lib/records.ts';
import type { Connection } from '../lib/connection.ts';
import { median } from './interleaved.ts';
import { countRuns, multiplyRuns } from './reports-book.ts';

export interface ReportFigures {
    readonly runs: number;
    /** Over how many of them growth is told. */
    readonly fewRuns: number;
    /** Requests from the press on its tab to the coaching page, nothing cached. */
    readonly coachingRequests: number;
    /** From that press to the page. */
    readonly coachingMs: number;
    /** The same over the same with few runs. */
    readonly coachingGrowth: number;
    /** Requests of the impact line. */
    readonly impactRequests: number;
    readonly impactMs: number;
    readonly impactGrowth: number;
    /** Time of all shipped reports over that of plain SQL from the same stored facts, both in memory. */
    readonly vsPlainSql: number;
    /** Mean time of a report. */
    readonly reportMs: number;
    readonly historyRunsPerSecond: number;
}

/** Accounts of the history that is multiplied: about a thousand runs. */
const ACCOUNTS = 270;
/** A slow machine is to be measured, not to be given up. */
const LONGEST_MS = 600_000;
const LEADER = 'Lena Fischer';
const ELSEWHERE = '/lightning/o/Playbook__c/list';

export interface ReportsChoice {
    readonly runs: number;
    readonly samples: number;
    readonly log: (line: string) => void;
}

export async function measureReports({ runs, samples, log }: ReportsChoice): Promise<ReportFigures> {
    const historyRunsPerSecond = await timeHistory();
    const world = await launch({ latencyMs: 0, history: ACCOUNTS });
    try {
        const few = await measurePages(world, samples);
        const fewRuns = countRuns(world.org.store);
        log(`Making ${runs} runs …`);
        multiplyRuns(world.org.store, runs);
        log('Reading them …');
        const many = await measurePages(world, samples);
        const reports = await timeReports(world);
        return {
            runs: countRuns(world.org.store),
            fewRuns,
            coachingRequests: many.coaching.requests,
            coachingMs: many.coaching.ms,
            coachingGrowth: many.coaching.ms / few.coaching.ms,
            impactRequests: many.impact.requests,
            impactMs: many.impact.ms,
            impactGrowth: many.impact.ms / few.impact.ms,
            ...reports,
            historyRunsPerSecond,
        };
    } finally {
        await world.close();
    }
}

interface Read {
    readonly requests: number;
    readonly ms: number;
}

async function measurePages(world: World, samples: number): Promise<Record<'coaching' | 'impact', Read>> {
    const coaching: Read[] = [];
    const impact: Read[] = [];
    const account = await accountAtRisk(await connectToLocalOrg(world.org, 'lena'));
    for (let sample = 0; sample < samples; sample += 1) {
        coaching.push(await readCoaching(world));
        impact.push(await readImpact(world, account));
    }
    const typical = (reads: readonly Read[]): Read => ({
        requests: Math.max(...reads.map(({ requests }) => requests)),
        ms: median(reads.map(({ ms }) => ms)),
    });
    return { coaching: typical(coaching), impact: typical(impact) };
}

/** Clicks the tab in the page itself and waits for the frame after the saves are there. */
async function readCoaching(world: World): Promise<Read> {
    const user = await world.open({ user: LEADER, path: ELSEWHERE });
    let requests = 0;
    user.page.on('request', (request) => {
        if (/query PlaybookCoaching|Coaching_Comment__c/.test(request.url() + (request.postData() ?? '')))
            requests += 1;
    });
    const link = user.page.getByRole('link', { name: 'Coaching', exact: true });
    const start = await link.evaluate((tab: HTMLElement) => {
        const now = performance.now();
        tab.click();
        return now;
    });
    const saves = user.page.locator('c-playbook-saves').getByRole('listitem').first();
    await saves.waitFor({ state: 'attached', timeout: LONGEST_MS });
    const ms = (await nextFrame(saves)) - start;
    await user.close();
    return { requests, ms };
}

/** The impact line has one request of its own, which the panel does not wait for. */
async function readImpact(world: World, account: string): Promise<Read> {
    const user = await world.open({ user: LEADER, path: ELSEWHERE });
    const asked = impactRequests(user.page);
    await user.page.goto(`/lightning/r/Account/${account}/view`, { timeout: LONGEST_MS });
    await user.page.locator('c-playbook-impact').first().waitFor({ state: 'attached', timeout: LONGEST_MS });
    const times = await asked.settled();
    await user.close();
    return { requests: times.length, ms: median(times) };
}

/** Milliseconds of each request for the impact line, from its start to the end of its answer. */
function impactRequests(page: Page): { settled(): Promise<number[]> } {
    const times: number[] = [];
    let first: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (first = resolve));
    page.on('requestfinished', (request) => {
        if (!/query PlaybookImpact\b/.test(request.postData() ?? '')) return;
        times.push(request.timing().responseEnd);
        first();
    });
    return {
        async settled() {
            await arrived;
            await page.waitForLoadState('networkidle', { timeout: LONGEST_MS });
            return times;
        },
    };
}

async function nextFrame(place: ReturnType<Page['locator']>): Promise<number> {
    return place.evaluate(() => new Promise<number>((resolve) => requestAnimationFrame(resolve)));
}

/** An account of the sample, which no history has worked on. */
async function accountAtRisk(connection: Connection): Promise<string> {
    const [account] = await queryAll(
        connection,
        "SELECT Id FROM Account WHERE Health_Score__c < 60 AND Health_Score_On__c = LAST_N_DAYS:7 AND Churned_On__c = null AND (NOT Name LIKE '%(generated)') ORDER BY Name LIMIT 1",
    );
    if (account === undefined) throw new Error('The sample has no account at risk.');
    return String(account['Id']);
}

/** All shipped reports as the leader runs them, and the same numbers by plain SQL. */
async function timeReports({ org }: World): Promise<Pick<ReportFigures, 'vsPlainSql' | 'reportMs'>> {
    const connection = await connectToLocalOrg(org, 'lena');
    const reports = await queryAll(connection, 'SELECT Id, DeveloperName FROM Report');
    const sqls = readReportSqls();
    const { facts } = await gatherFacts(connection);
    let engine = 0;
    let plain = 0;
    for (const sql of sqls) {
        const id = String(reports.find(({ DeveloperName }) => DeveloperName === sql.name)?.['Id']);
        engine += await timeOf(() => connection.analytics.report(id).execute({ details: false }));
        plain += await timeOf(() => Promise.resolve(calculate(facts, sql)));
    }
    plain += facts.concludedMs;
    facts.close();
    return { vsPlainSql: engine / plain, reportMs: engine / sqls.length };
}

async function timeHistory(): Promise<number> {
    const input = await projectHistoryInput();
    const today = new Date().toISOString().slice(0, 10);
    let runs = 0;
    const ms = await timeOf(() => {
        const { accounts, book } = generateHistory({ ...input, ...SHOWN, today });
        runs = accounts.reduce((sum, { of }) => sum + book.runsOf(of.id).length, 0);
        return Promise.resolve();
    });
    return runs / (ms / 1000);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
    const start = performance.now();
    await work();
    return performance.now() - start;
}
