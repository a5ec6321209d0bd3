/** One user's browser window: signed in, watched for errors, photographed, checked for accessibility. */
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { Boot } from '../../scripts/local-org/page-contract.ts';

export const SIZES = {
    desktop: { width: 1440, height: 900 },
    phone: { width: 390, height: 844 },
} as const;
export type Size = keyof typeof SIZES;

const SCREENSHOTS = path.resolve(import.meta.dirname, '../../.local-org/screenshots');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** What the product promises; best practices beyond it are advice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What the platform's base components break by themselves, by rule and place: nobody who uses them can mend it. */
const PLATFORMS_OWN: Readonly<Record<string, RegExp>> = { 'target-size': /lightning-(datepicker|timepicker)/ };

export interface OpenOptions {
    /** Name or user name, as the user switch shows it. */
    readonly user: string;
    /** Default: the start page. */
    readonly path?: string;
    readonly size?: Size;
}

export interface UserPage {
    readonly page: Page;
    /** Goes to an address and waits until the page is quiet. */
    visit(path: string): Promise<void>;
    /** Console errors, exceptions and refused or failed requests so far. */
    problems(): readonly string[];
    /** Takes out the problems that match and returns them: what a test provoked itself. */
    expectProblems(pattern: RegExp): readonly string[];
    expectNoProblems(): void;
    /** Fails with the rules broken and where. `within` is a CSS selector; synthetic shadow is no obstacle. */
    expectAccessible(within?: string): Promise<void>;
    /** Nothing is wider than the window. */
    expectNoSidewaysScrolling(): Promise<void>;
    /** PNG of the whole page under .local-org/screenshots; returns its path. */
    screenshot(name: string, options?: { readonly fullPage?: boolean }): Promise<string>;
    close(): Promise<void>;
}

export async function openAs(browser: Browser, url: string, options: OpenOptions): Promise<UserPage> {
    const size = options.size ?? 'desktop';
    const context = await browser.newContext({ viewport: SIZES[size], reducedMotion: 'reduce', baseURL: url });
    context.setDefaultTimeout(15_000);
    await signIn(url, options.user);
    const page = await context.newPage();
    let problems: string[] = [];
    page.on('console', (message) => {
        // The browser's own line about a refused request says less than the response below.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
            problems.push(`console: ${message.text()}`);
        }
    });
    page.on('pageerror', (error) => problems.push(`exception: ${error.stack ?? error.message}`));
    page.on('requestfailed', (request) => {
        const reason = request.failure()?.errorText ?? 'failed';
        if (reason !== 'net::ERR_ABORTED') problems.push(`request: ${request.method()} ${request.url()} ${reason}`);
    });
    page.on('response', (response) => {
        if (response.status() >= 400) {
            problems.push(`response: ${response.status()} ${response.request().method()} ${response.url()}`);
        }
    });
    page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== new URL(url).origin)
            problems.push(`foreign host: ${request.url()}`);
    });

    const userPage: UserPage = {
        page,
        async visit(address) {
            await page.goto(address);
            await page.locator('local-app').waitFor();
            await page.waitForLoadState('networkidle');
        },
        problems: () => problems,
        expectProblems(pattern) {
            const expected = problems.filter((problem) => pattern.test(problem));
            assert.notEqual(expected.length, 0, `No problem like ${String(pattern)} among:\n${problems.join('\n')}`);
            problems = problems.filter((problem) => !pattern.test(problem));
            return expected;
        },
        expectNoProblems() {
            assert.deepEqual(problems, []);
        },
        expectAccessible: (within) => expectAccessible(page, within),
        async expectNoSidewaysScrolling() {
            const { scrolled, visible } = await page.evaluate(() => ({
                scrolled: document.documentElement.scrollWidth,
                visible: document.documentElement.clientWidth,
            }));
            assert.ok(scrolled <= visible, `The page is ${scrolled} px wide in a window of ${visible} px.`);
        },
        async screenshot(name, { fullPage = true } = {}) {
            await mkdir(SCREENSHOTS, { recursive: true });
            const file = path.join(SCREENSHOTS, `${name}-${size}.png`);
            if (fullPage) {
                // A taller window rather than a picture of several: what sticks to the window's edge stays at the edge.
                const height = await page.evaluate(() => document.documentElement.scrollHeight);
                await page.setViewportSize({ width: SIZES[size].width, height: Math.max(height, SIZES[size].height) });
            }
            await page.screenshot({ path: file });
            await page.setViewportSize(SIZES[size]);
            return file;
        },
        close: () => context.close(),
    };
    await userPage.visit(options.path ?? '/');
    return userPage;

    async function signIn(origin: string, user: string): Promise<void> {
        await context.request.get('/'); // any page sets the session's cookie
        const boot = (await (await context.request.get('/local/boot')).json()) as Boot;
        const choice = boot.users.find(({ name, username }) => name === user || username === user);
        assert.ok(choice, `No user ${user}. There are: ${boot.users.map(({ name }) => name).join(', ')}.`);
        const switched = await context.request.post('/local/switch-user', {
            headers: { origin: new URL(origin).origin },
            data: { username: choice.username },
        });
        assert.equal(switched.status(), 204, await switched.text());
    }
}

async function expectAccessible(page: Page, within?: string): Promise<void> {
    // Evaluated rather than added as a script: the page's own policy forbids inline scripts.
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${await readFile(AXE, 'utf8')};undefined`);
    // An element rather than its selector: the page's own querySelector does not look into components.
    const element = within === undefined ? null : await page.locator(within).elementHandle();
    const violations = await page.evaluate(
        async ({ place, rules }) => {
            const { axe: checker } = window as unknown as { axe: typeof axe };
            const { violations: found } = await checker.run(place ?? document, {
                runOnly: rules,
                resultTypes: ['violations'],
            });
            return found.map(({ id, help, nodes }) => ({
                id,
                help,
                where: nodes.map(({ target, failureSummary }) => ({
                    place: target.flat().join(' '),
                    summary: failureSummary ?? '',
                })),
            }));
        },
        { place: element, rules: RULES },
    );
    const report = violations.flatMap(({ id, help, where }) => {
        const ours = where.filter(({ place }) => !PLATFORMS_OWN[id]?.test(place));
        return ours.length
            ? [`${id}: ${help}`, ...ours.map(({ place, summary }) => `    ${place}\n      ${summary}`)]
            : [];
    });
    assert.equal(report.length, 0, report.join('\n'));
}
