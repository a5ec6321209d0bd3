/** Reports as a leader reads them: found, filtered for the moment, gone into, taken along as a file; and what they say when something is in the way. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { Connection } from 'jsforce';
import { ZipFile } from 'yazl';
import { connectToLocalOrg, launch, PROJECT_ROOT, type World } from './harness/launch.ts';
import { SIZES, type Size, type UserPage } from './harness/user-page.ts';
import {
    asNumber,
    chips,
    counted,
    openDashboard,
    openReport,
    recordsOf,
    reportId,
    tileOf,
    totalsOf,
} from './report-steps.ts';

const LENA = 'Lena Fischer';
/** Within the history, with a part of it on each side. */
const FROM = new Date(Date.now() - 300 * 86_400_000).toISOString().slice(0, 10);
let world: World;
let lenas: Connection;
before(async () => {
    world = await launch({ history: 130 });
    lenas = await connectToLocalOrg(world.org, 'lena');
});
after(() => world.close());

const close = async (tab: UserPage): Promise<void> => {
    tab.expectNoProblems();
    await tab.close();
};
const recordCount = async (tab: UserPage): Promise<number> => asNumber((await totalsOf(tab))['Record Count']);

describe('every report', () => {
    test('is in the list, with what it answers, and opens from there', async () => {
        const lena = await world.open({ user: LENA, path: '/lightning/o/Report/home' });
        const { page } = lena;
        const entries = page.locator('local-analytics-list li');
        await entries.first().waitFor();
        const { length } = await lenas.request<unknown[]>('/analytics/reports');
        assert.equal(await entries.count(), length);
        for (const text of await entries.allInnerTexts()) {
            assert.match(text, /.+\s+.{60,}\s+(Summary|Matrix|Tabular)$/, text);
        }
        await lena.expectAccessible();
        await lena.screenshot('reports');
        await page.getByRole('link', { name: 'Skip Reasons', exact: true }).click();
        await page.getByRole('heading', { level: 1, name: 'Skip Reasons' }).waitFor();
        await close(lena);
    });

    test('shows its figures without a fault, with the table behind its chart', async () => {
        const lena = await world.open({ user: LENA });
        for (const { id, name } of await lenas.request<{ id: string; name: string }[]>('/analytics/reports')) {
            await lena.visit(`/lightning/r/Report/${id}/view`);
            await lena.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
            assert.ok((await recordCount(lena)) > 0, name);
            const text = await lena.page.locator('local-report-page').innerText();
            assert.doesNotMatch(text, /undefined|NaN|__c|#Error/, name);
            if (await lena.page.locator('local-report-chart').count()) {
                assert.ok((await lena.page.locator('local-report-table tbody tr').count()) > 1, name);
            }
            lena.expectNoProblems();
        }
        await close(lena);
    });

    for (const size of Object.keys(SIZES) as Size[]) {
        for (const name of ['Save Rate by CSM', 'Renewals by Quarter', 'Latest Saves']) {
            test(`${name} is accessible with its filters open (${size})`, async () => {
                const lena = await world.open({ user: LENA, size });
                await openReport(lena, lenas, name, '?details=1');
                await recordsOf(lena).first().waitFor();
                await lena.page.getByRole('button', { name: /^Filters/ }).click();
                await lena.page.getByRole('button', { name: 'Apply' }).waitFor();
                await lena.expectNoSidewaysScrolling();
                await lena.expectAccessible();
                await lena.screenshot(`report-${name.toLowerCase().replaceAll(' ', '-')}`);
                await close(lena);
            });
        }
    }
});

describe('a filter of the moment', () => {
    test('counts other records, can be gone back from, and is not saved', async () => {
        const lena = await world.open({ user: LENA });
        const { page } = lena;
        await openReport(lena, lenas, 'Skip Reasons');
        const all = await recordCount(lena);
        await page.getByRole('button', { name: /^Filters/ }).click();
        await page.getByRole('combobox').first().click();
        await page.getByRole('option', { name: 'Days of your choice' }).click();
        await page.getByLabel('From').fill(FROM.split('-').reverse().join('.'));
        await page.getByLabel('From').blur();
        await page.getByRole('button', { name: 'Apply' }).click();
        await chips(lena).getByText(`from ${FROM}`).waitFor();
        await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
        const some = await recordCount(lena);
        assert.ok(some > 0 && some < all, `${some} of ${all}`);

        await page.goBack();
        await chips(lena).waitFor({ state: 'detached' });
        await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
        assert.equal(await recordCount(lena), all);
        const another = await world.open({ user: LENA });
        await openReport(another, lenas, 'Skip Reasons');
        assert.equal(await recordCount(another), all);
        await close(another);
        await close(lena);
    });

    test('the own filters of a report are changed by ticking values, and reset', async () => {
        const lena = await world.open({ user: LENA });
        const { page } = lena;
        await openReport(lena, lenas, 'Save Rate by CSM');
        const all = await recordCount(lena);
        await page.getByRole('button', { name: /^Filters/ }).click();
        const kinds = page.getByRole('group', { name: 'Run Kind equals' });
        assert.equal(await kinds.getByRole('checkbox', { name: 'Risk' }).isChecked(), true);
        await kinds.getByText('Renewal', { exact: true }).click();
        await page.getByRole('button', { name: 'Apply' }).click();
        await chips(lena).getByText('Run Kind equals Risk,Renewal').waitFor();
        await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
        assert.ok((await recordCount(lena)) > all);
        await page.getByRole('button', { name: /^Filters/ }).click();
        await page.getByRole('button', { name: 'Reset' }).click();
        await chips(lena).waitFor({ state: 'detached' });
        await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
        assert.equal(await recordCount(lena), all);
        await close(lena);
    });

    test('days the wrong way round are said before they are applied', async () => {
        const lena = await world.open({ user: LENA });
        const { page } = lena;
        await openReport(lena, lenas, 'Skip Reasons', `?date=CUSTOM,${FROM},`);
        const count = await recordCount(lena);
        await page.getByRole('button', { name: /^Filters/ }).click();
        const to = page.getByLabel('To', { exact: true });
        await to.fill('01.01.2001');
        await to.press('Tab');
        const problem = page.getByRole('alert').filter({ hasText: 'From is after To' });
        await problem.waitFor();
        const address = page.url();
        await page.getByRole('button', { name: 'Apply' }).click();
        assert.equal(page.url(), address);
        assert.equal(await recordCount(lena), count);
        await to.fill('');
        await to.press('Tab');
        await problem.waitFor({ state: 'detached' });
        await close(lena);
    });

    test('nothing that matches says so, and leads back', async () => {
        const lena = await world.open({ user: LENA });
        await openReport(lena, lenas, 'Skip Reasons', '?date=CUSTOM,2001-01-01,2001-01-02');
        await lena.page.getByRole('heading', { name: 'Nothing matches these filters' }).waitFor();
        await lena.page.getByRole('link', { name: 'Show the whole report' }).last().click();
        assert.ok((await recordCount(lena)) > 0);
        await close(lena);
    });

    test('on a column that is gone says what to do, and the report stays at hand', async () => {
        const drill = [{ label: 'Old: x', filters: [{ column: 'Account$Gone__c', operator: 'equals', value: 'x' }] }];
        const lena = await world.open({ user: LENA });
        await openReport(lena, lenas, 'Skip Reasons', `?drill=${encodeURIComponent(JSON.stringify(drill))}`);
        await lena.page.getByRole('alert').filter({ hasText: 'Gone__c' }).waitFor();
        lena.expectProblems(/400 POST .*analytics\/reports/);
        await lena.page.getByRole('button', { name: 'Show the whole report' }).click();
        assert.ok((await recordCount(lena)) > 0);
        await close(lena);
    });

    test('an address that cannot be read is not passed off as the report', async () => {
        const lena = await world.open({ user: LENA });
        await openReport(lena, lenas, 'Skip Reasons', '?drill=[');
        await lena.page.getByText('A part of this address could not be read').waitFor();
        await close(lena);
    });
});

describe('records behind the figures', () => {
    test('are shown and hidden, and link to themselves', async () => {
        const lena = await world.open({ user: LENA });
        const { page } = lena;
        await openReport(lena, lenas, 'Save Rate by Playbook');
        assert.equal(await recordsOf(lena).count(), 0);
        await page.getByRole('link', { name: 'Show records' }).click();
        await recordsOf(lena).first().waitFor();
        await page.getByRole('link', { name: 'Hide records' }).click();
        await recordsOf(lena).first().waitFor({ state: 'detached' });
        await close(lena);
    });

    test('a group has as many as it counts', async () => {
        const lena = await world.open({ user: LENA });
        await openReport(lena, lenas, 'Save Rate by Playbook');
        const row = lena.page.locator('local-report-table tbody tr').first();
        const counts = await row.locator('td').allInnerTexts();
        await row.getByRole('link').click();
        await recordsOf(lena).first().waitFor();
        assert.equal(await recordCount(lena), asNumber(counts.at(-1)));
        await close(lena);
    });

    test('more than 2,000 are counted, and the first 2,000 shown', async () => {
        const lena = await world.open({ user: LENA });
        await openReport(lena, lenas, 'Step Drop-off', '?details=1');
        const count = await recordCount(lena);
        assert.ok(count > 2000, String(count));
        await lena.page.getByText(/Showing the first 2\.000 of \d\.\d{3}\. Narrow it by a filter/).waitFor();
        await lena.page.getByRole('button', { name: /Show 50 more of 1950/ }).click();
        await lena.page.getByRole('button', { name: /of 1900/ }).waitFor();
        assert.equal(await recordsOf(lena).count(), 100);
        await close(lena);
    });

    test('leave as a file, with the filters of the moment', async () => {
        const lena = await world.open({ user: LENA });
        await openReport(lena, lenas, 'Skip Reasons', `?date=CUSTOM,${FROM},`);
        const count = await recordCount(lena);
        const coming = lena.page.waitForEvent('download');
        await lena.page.getByRole('link', { name: 'Export CSV' }).click();
        const download = await coming;
        assert.match(download.suggestedFilename(), /Skip.Reasons.*\.csv$/i);
        const rows: Record<string, string>[] = parse(await readFile(await download.path(), 'utf8'), {
            columns: true,
            bom: true,
        });
        assert.equal(rows.length, count);
        assert.ok(rows.every((row) => row['Skip Reason']));
        await close(lena);
    });
});

describe('who may see what', () => {
    test('a report that is not there, or not shared, says so', async () => {
        const lena = await world.open({ user: LENA });
        await lena.visit('/lightning/r/Report/00O000000000000AAA/view');
        await lena.page.getByRole('heading', { name: 'This report cannot be shown' }).waitFor();
        lena.expectProblems(/404 GET .*describe/);
        await lena.page.getByRole('link', { name: 'Go to the reports' }).click();
        await lena.page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
        await close(lena);
    });

    test('nobody without the app has its reports', async () => {
        const nora = await world.open({ user: 'Nora Blum', path: '/lightning/o/Report/home' });
        await nora.page.getByText(/^No reports yet\./).waitFor();
        assert.equal(await nora.page.getByRole('link', { name: 'Reports' }).count(), 0);
        await close(nora);
    });

    test('CSMs see the runs of their accounts', async () => {
        const mine = await connectToLocalOrg(world.org, 'tom');
        const tom = await world.open({ user: 'Tom Okafor' });
        await openReport(tom, mine, 'Save Rate by Playbook');
        const query = "SELECT Id FROM Playbook_Run__c WHERE Run_Status__c = 'Closed' AND Practice__c = false";
        const own = await counted(mine, query);
        assert.ok(own < (await counted(lenas, query)));
        await close(tom);
    });

    // The last one: it takes a permission away.
    test('a leader who may not see ARR is told which figure is missing, and sees the others', async () => {
        const sam = await connectToLocalOrg(world.org, 'sam');
        await deployLeaderWithoutArr(sam);
        const lena = await world.open({ user: LENA });
        await openDashboard(lena, lenas, 'Playbook Outcomes');
        for (const header of ['ARR Saved', 'ARR Lost']) {
            const text = await tileOf(lena, header).innerText();
            assert.match(text, /may not|not allowed|cannot|access/i, text);
            assert.doesNotMatch(text, /\d€|€/, text);
        }
        assert.match(await tileOf(lena, 'Risks Counted').innerText(), /\d/);
        await lena.expectAccessible();
        await lena.screenshot('dashboard-without-arr');
        const labels = Object.keys(await openTotals(lena));
        assert.ok(labels.includes('Save Rate') && !labels.some((label) => label.includes('ARR')), labels.join());
        await close(lena);
    });
});

async function openTotals(lena: UserPage): Promise<Readonly<Record<string, string>>> {
    await lena.visit(`/lightning/r/Report/${await reportId(lenas, 'Save Rate by CSM')}/view`);
    return totalsOf(lena);
}

async function deployLeaderWithoutArr(sam: Connection): Promise<void> {
    const file = 'permissionsets/Playbook_Leader.permissionset-meta.xml';
    const source = await readFile(path.join(PROJECT_ROOT, 'force-app/main/default', file), 'utf8');
    const without = source.replaceAll(
        /(<field>Playbook_Run__c\.[^<]*ARR[^<]*<\/field>\s*<readable>)true/g,
        (_all, start: string) => `${start}false`,
    );
    assert.notEqual(without, source);
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(without), 'permissionsets/Playbook_Leader.permissionset');
    zip.addBuffer(
        Buffer.from(
            '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Playbook_Leader</members><name>PermissionSet</name></types><version>67.0</version></Package>',
        ),
        'package.xml',
    );
    zip.end();
    const parts: Buffer[] = [];
    for await (const part of zip.outputStream) parts.push(part as Buffer);
    const result = await sam.metadata.deploy(Buffer.concat(parts), { singlePackage: true }).complete(true);
    assert.ok(result.success, JSON.stringify(result.details));
}
