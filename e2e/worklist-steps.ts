/** What a person does on the worklist, by roles and visible words; and a large book to do it with. */
import assert from 'node:assert/strict';
import type { Connection } from 'jsforce';
import type { Locator, Request } from 'playwright-core';
import { randomFrom } from '../scripts/lib/random.ts';
import { createRecords, requireIds, type RecordFields } from '../scripts/lib/records.ts';
import type { UserPage } from './harness/user-page.ts';
import type { Tab } from './steps.ts';

export const WORKLIST = '/lightning/n/Playbook_Worklist';
const MS_A_DAY = 86_400_000;

export const worklistOf = ({ page }: Tab): Locator => page.locator('c-playbook-worklist');

/** The place of an account in the list: its row, or the line that says what was done. */
export const placeOf = (tab: Tab, account: string): Locator =>
    worklistOf(tab).getByRole('listitem').filter({ hasText: account });

export const rowOf = (tab: Tab, account: string): Locator =>
    worklistOf(tab)
        .getByRole('article')
        .filter({ has: tab.page.getByRole('link', { name: account, exact: true }) });

/** Names of the accounts that have a row, top to bottom. */
export const rowNames = (tab: Tab): Promise<string[]> =>
    worklistOf(tab).getByRole('article').getByRole('heading').allInnerTexts();

export async function openWorklist(tab: UserPage): Promise<void> {
    await tab.visit(WORKLIST);
    await worklistOf(tab).getByRole('article').first().waitFor();
}

/** Opens a row's menu and takes one of its actions. */
export async function chooseAction(tab: Tab, account: string, action: string): Promise<Locator> {
    const row = rowOf(tab, account);
    await row.getByRole('button', { name: `More actions for ${account}` }).click();
    await row.getByRole('menuitem', { name: action, exact: true }).click();
    return row;
}

/** The button of a row's form: the row itself has a button that may be called the same. */
export const confirmIn = (row: Locator, name: string): Promise<void> =>
    row.locator('section').getByRole('button', { name, exact: true }).click();

/** Waits until the keyboard is on what has this text or name; tells where it is instead when that never happens. */
export async function keyboardIsOn(tab: Tab, expected: RegExp): Promise<void> {
    let on = '';
    for (let attempt = 0; attempt < 40; attempt += 1) {
        on = await tab.page.evaluate(() => {
            let at: Element | null = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return (at?.getAttribute('aria-label') ?? at?.textContent ?? '').replace(/\s+/g, ' ').trim();
        });
        if (expected.test(on)) return;
        await tab.page.waitForTimeout(50);
    }
    assert.match(on, expected);
}

/** Requests of the worklist itself; the page around it asks for things too. */
export function isOfWorklist(request: Request): boolean {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('/graphql')) return /query Playbook(Book|Colleagues)/.test(request.postData() ?? '');
    return pathname.includes('/ui-api/object-info');
}

/** Accounts of one CSM, the same every time: about an eighth are at risk, some renew soon. */
export async function loadBook(connection: Connection, csmId: string, count: number): Promise<void> {
    const random = randomFrom(20_261_122);
    const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
    const inDays = (days: number): string => new Date(Date.now() + days * MS_A_DAY).toISOString().slice(0, 10);
    const accounts = Array.from({ length: count }, (_, index): RecordFields => {
        const before = between(1000, 5000);
        const isAtRisk = random() < 0.125;
        return {
            Name: `Book ${String(index).padStart(4, '0')}`,
            OwnerId: csmId,
            CSM__c: csmId,
            Segment__c: 'Small business',
            Health_Score__c: isAtRisk ? between(20, 59) : between(65, 100),
            Health_Score_On__c: inDays(-1),
            Usage_Current__c: Math.round(before * (isAtRisk ? 0.6 : 1)),
            Usage_Previous__c: before,
            Usage_On__c: inDays(-1),
            ARR__c: between(2, 200) * 1000,
            Renewal_Date__c: inDays(between(100, 700)),
            Customer_Since__c: inDays(-between(200, 2000)),
        };
    });
    requireIds(await createRecords(connection, 'Account', accounts, { allOrNone: true }), (failure) => {
        return new Error(`The book could not be loaded: ${JSON.stringify(failure)}`);
    });
}

export async function userIdOf(connection: Connection, name: string): Promise<string> {
    const { records } = await connection.query<{ readonly Id: string }>(`SELECT Id FROM User WHERE Name = '${name}'`);
    assert.equal(records.length, 1, name);
    return records[0]?.Id ?? '';
}
