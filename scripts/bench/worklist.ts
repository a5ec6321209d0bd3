/** The worklist of a large book as a CSM meets it: real components in Chromium against the local org. */
import type { Request } from 'playwright-core';
import { connectToLocalOrg, launch } from '../../e2e/harness/launch.ts';
import type { UserPage } from '../../e2e/harness/user-page.ts';
import { isOfWorklist, loadBook, userIdOf, worklistOf } from '../../e2e/worklist-steps.ts';
import { median } from './interleaved.ts';

export interface WorklistFigures {
    /** Requests that it waits for until the list is ranked, nothing cached. */
    readonly requests: number;
    /** From the press on its tab to the ranked list on the screen, without latency. */
    readonly listMs: number;
    readonly accounts: number;
}

const USER = 'Ines Costa';
const ELSEWHERE = '/lightning/o/Playbook__c/list';

/** Throws when the list does not show a full day. */
export async function measureWorklist(accounts: number, samples: number): Promise<WorklistFigures> {
    const world = await launch({ latencyMs: 0 });
    try {
        const connection = await connectToLocalOrg(world.org, 'sam');
        await loadBook(connection, await userIdOf(connection, USER), accounts);
        const times: number[] = [];
        const counts: number[] = [];
        for (let sample = 0; sample < samples; sample += 1) {
            const user = await world.open({ user: USER, path: ELSEWHERE });
            const asked: Request[] = [];
            user.page.on('request', (request) => {
                if (isOfWorklist(request)) asked.push(request);
            });
            times.push(await timeList(user));
            counts.push(asked.length);
            await user.close();
        }
        return { requests: Math.max(...counts), listMs: median(times), accounts };
    } finally {
        await world.close();
    }
}

/** Clicks the tab in the page itself and waits for the frame after the rows are there. */
async function timeList(user: UserPage): Promise<number> {
    const link = user.page.getByRole('link', { name: 'Worklist', exact: true });
    const start = await link.evaluate((tab: HTMLElement) => {
        const now = performance.now();
        tab.click();
        return now;
    });
    const row = worklistOf(user).getByRole('article').first();
    await row.waitFor({ state: 'attached' });
    const end = await row.evaluate(() => new Promise<number>((resolve) => requestAnimationFrame(resolve)));
    const rows = await worklistOf(user).getByRole('article').count();
    if (rows < 10) throw new Error(`The worklist shows ${rows} accounts instead of ten.`);
    return end - start;
}
