/** Both dashboards as leaders and managers open them: read, looked behind, gone into; and what they say with nothing in them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import { SIZES, type Size } from './harness/user-page.ts';
import { asNumber, chips, openDashboard, recordsOf, tileOf, tilesOf, totalsOf } from './report-steps.ts';
import { keyboardIsOn } from './worklist-steps.ts';

const DASHBOARDS = ['Playbook Outcomes', 'Coaching'] as const;
const LENA = 'Lena Fischer';

describe('dashboards over a history', () => {
    let world: World;
    let lenas: Connection;
    before(async () => {
        world = await launch({ history: 60 });
        lenas = await connectToLocalOrg(world.org, 'lena');
    });
    after(() => world.close());

    for (const name of DASHBOARDS) {
        for (const size of Object.keys(SIZES) as Size[]) {
            test(`${name}: every tile has something to say, accessibly (${size})`, async () => {
                const lena = await world.open({ user: LENA, size });
                await openDashboard(lena, lenas, name);
                await lena.page.getByText(/^As of .+ · Viewing as Lena Fischer$/).waitFor();
                const charts = lena.page.locator('local-report-chart canvas');
                assert.ok((await charts.count()) > 3);
                for (const chart of await charts.all()) {
                    assert.match((await chart.getAttribute('aria-label')) ?? '', /\. .+: .+\.$/);
                }
                for (const tile of await tilesOf(lena).all()) {
                    const [header = '', ...rest] = (await tile.innerText()).split('\n').filter(Boolean);
                    assert.ok(rest.length > 1, `${header} says nothing`);
                    assert.doesNotMatch(rest.join(' '), /undefined|NaN|\$|#Error/, header);
                }
                await lena.expectNoSidewaysScrolling();
                await lena.expectAccessible();
                await lena.screenshot(`dashboard-${name.toLowerCase().replace(' ', '-')}`);
                lena.expectNoProblems();
                await lena.close();
            });
        }
    }

    test('on a phone the tiles are below one another, in the order of the desktop', async () => {
        const lena = await world.open({ user: LENA, size: 'phone' });
        await openDashboard(lena, lenas, 'Playbook Outcomes');
        const boxes = await Promise.all((await tilesOf(lena).all()).map((tile) => tile.boundingBox()));
        assert.equal(new Set(boxes.map((box) => box?.x)).size, 1);
        const tops = boxes.map((box) => box?.y ?? 0);
        assert.deepEqual(
            tops,
            [...tops].sort((a, b) => a - b),
        );
        const latest = tileOf(lena, 'Latest Saves');
        const cards = latest.locator('tbody tr');
        assert.ok((await cards.count()) > 5);
        assert.equal(
            (await Promise.all((await cards.all()).map((card) => card.isVisible()))).filter(Boolean).length,
            5,
        );
        await latest.getByText('The first 5; the report has the others.').waitFor();
        await lena.close();
    });

    test('the keyboard stops once at a figure, at the way to its report', async () => {
        const lena = await world.open({ user: LENA });
        await openDashboard(lena, lenas, 'Playbook Outcomes');
        const stops = tileOf(lena, 'Risks Counted').locator('a:not([tabindex="-1"]), button');
        assert.deepEqual(await stops.allInnerTexts(), ['View report']);
        await stops.press('Enter');
        await lena.page.getByRole('heading', { level: 1, name: 'Save Rate by Quarter', exact: true }).waitFor();
        await lena.close();
    });

    test('a figure is that of the records', async () => {
        const lena = await world.open({ user: LENA });
        await openDashboard(lena, lenas, 'Playbook Outcomes');
        const { totalSize } = await lenas.query(
            `SELECT Id FROM Playbook_Run__c WHERE Practice__c = false AND Run_Status__c = 'Closed' AND Worked__c = true
             AND Outcome__c IN ('Saved', 'Lost', 'Let go')`,
        );
        assert.ok(totalSize > 0);
        const shown = await tileOf(lena, 'Risks Counted').locator('.metric-value').innerText();
        assert.equal(asNumber(shown), totalSize);
        await lena.close();
    });

    test('the table behind a chart has its values', async () => {
        const lena = await world.open({ user: LENA });
        await openDashboard(lena, lenas, 'Playbook Outcomes');
        const tile = tileOf(lena, 'Save Rate by Version');
        const said = (await tile.getByRole('img').getAttribute('aria-label')) ?? '';
        await tile.getByRole('button', { name: 'Table' }).click();
        const rows = await tile.locator('tbody tr').allInnerTexts();
        assert.ok(rows.length > 0);
        const rates = rows.map((row) => /[\d.,]+%/.exec(row)?.[0] ?? '');
        assert.ok(
            rates.some((rate) => said.includes(rate)),
            `${said} / ${rates.join()}`,
        );
        await tile.getByRole('button', { name: 'Chart' }).click();
        await tile.getByRole('img').waitFor();
        await lena.close();
    });

    test('from a tile to the report to a record and back, by the keyboard alone', async () => {
        const lena = await world.open({ user: LENA });
        const { page } = lena;
        await openDashboard(lena, lenas, 'Coaching');
        const tile = tileOf(lena, 'Skip Reasons');
        await tile.getByRole('button', { name: 'Table' }).focus();
        await page.keyboard.press('Enter');
        const first = tile.locator('tbody tr').first();
        const [reason = '', count = ''] = await first.locator('th, td').allInnerTexts();
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await keyboardIsOn(lena, new RegExp(`^${reason}$`));
        await page.keyboard.press('Enter');

        await page.getByRole('heading', { level: 1, name: 'Skip Reasons' }).waitFor();
        await chips(lena).getByText(`: ${reason}`).waitFor();
        const totals = await totalsOf(lena);
        assert.equal(totals['Record Count'], count);
        await recordsOf(lena).first().waitFor();
        assert.equal(await recordsOf(lena).count(), Math.min(50, asNumber(count)));
        const link = recordsOf(lena).first().getByRole('link').last();
        const named = await link.innerText();
        await link.focus();
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { level: 1 }).filter({ hasText: named }).waitFor();
        assert.match(page.url(), /\/lightning\/r\/a\w{17}\/view|\/lightning\/r\/001\w{15}\/view/);

        await page.goBack();
        await page.getByRole('link', { name: 'Back to the dashboard' }).click();
        await page.getByRole('heading', { level: 1, name: 'Coaching' }).waitFor();
        lena.expectNoProblems();
        await lena.close();
    });

    test('a click on a bar goes into its group', async () => {
        const lena = await world.open({ user: LENA });
        await openDashboard(lena, lenas, 'Playbook Outcomes');
        const chart = tileOf(lena, 'Save Rate by Version').getByRole('img');
        await chart.scrollIntoViewIfNeeded();
        const box = await chart.boundingBox();
        assert.ok(box);
        // Somewhere down the middle of the short end lies the last bar.
        const arrived = (): Promise<boolean> =>
            lena.page.waitForURL(/\/Report\//, { timeout: 500 }).then(
                () => true,
                () => false,
            );
        for (let y = box.height - 40; y > 0; y -= 12) {
            await chart.click({ position: { x: box.width * 0.3, y } });
            if (await arrived()) break;
        }
        await lena.page.getByRole('heading', { level: 1, name: 'Save Rate by Version' }).waitFor();
        await chips(lena)
            .getByText(/^.*Version: /)
            .waitFor();
        await recordsOf(lena).first().waitFor();
        lena.expectNoProblems();
        await lena.close();
    });

    test('when the org does not answer, what is there stays and says so', async () => {
        const lena = await world.open({ user: LENA });
        await openDashboard(lena, lenas, 'Playbook Outcomes');
        const before = await tilesOf(lena).count();
        await lena.page.route('**/analytics/dashboards/**', (route) => route.abort());
        await lena.page.getByRole('button', { name: 'Refresh' }).click();
        await lena.page.getByRole('alert').filter({ hasText: 'What is shown is older' }).waitFor();
        assert.equal(await tilesOf(lena).count(), before);
        await lena.page.unroute('**/analytics/dashboards/**');
        await lena.page.getByRole('button', { name: 'Refresh' }).click();
        await lena.page.getByRole('alert').filter({ hasText: 'What is shown is older' }).waitFor({ state: 'detached' });
        lena.expectProblems(/analytics\/dashboards/);
        lena.expectNoProblems();
        await lena.close();
    });
});

describe('dashboards before the first run', () => {
    let world: World;
    let lenas: Connection;
    before(async () => {
        world = await launch();
        lenas = await connectToLocalOrg(world.org, 'lena');
    });
    after(() => world.close());

    for (const name of DASHBOARDS) {
        for (const size of Object.keys(SIZES) as Size[]) {
            test(`${name}: each tile says what will appear (${size})`, async () => {
                const lena = await world.open({ user: LENA, size });
                await openDashboard(lena, lenas, name);
                const tiles = await tilesOf(lena).all();
                for (const tile of tiles) {
                    const text = await tile.innerText();
                    assert.match(text, /Nothing to show yet\s+\w.{30,} It fills with the first record/, text);
                }
                await lena.expectNoSidewaysScrolling();
                await lena.expectAccessible();
                await lena.screenshot(`dashboard-empty-${name.toLowerCase().replace(' ', '-')}`);
                lena.expectNoProblems();
                await lena.close();
            });
        }
    }
});
