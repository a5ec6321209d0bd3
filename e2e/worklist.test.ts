/** A customer-success manager begins her day with the worklist; a colleague covers for her; a book of five hundred accounts. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'jsforce';
import type { Request } from 'playwright-core';
import { connectToLocalOrg, launch, type World } from './harness/launch.ts';
import type { UserPage } from './harness/user-page.ts';
import { completionOf, onlyRunOf, panelOf, runsOf } from './steps.ts';
import {
    chooseAction,
    confirmIn,
    isOfWorklist,
    loadBook,
    openWorklist,
    placeOf,
    rowNames,
    rowOf,
    userIdOf,
    WORKLIST,
    worklistOf,
} from './worklist-steps.ts';

const CRITICAL = 'Brightwater Utilities';
const CHAMPION = 'Castellane Hospitality';
const AT_RISK = 'Kestrel & Vane Insurance';
const SIGNAL = 'Studio Morcote';
const CHECK = 'Check that the figures are right';

let world: World;
let sam: Connection;
let maya: UserPage;
before(async () => {
    world = await launch();
    sam = await connectToLocalOrg(world.org, 'sam');
    maya = await world.open({ user: 'Maya Lindqvist' });
});
after(() => world.close());

describe("Maya's morning", () => {
    test('ten accounts, the most urgent first, each with its reason, next step and due date', async () => {
        await openWorklist(maya);
        const names = await rowNames(maya);
        assert.equal(names.length, 10);
        assert.deepEqual(names.slice(0, 3), [CRITICAL, CHAMPION, AT_RISK]);
        await worklistOf(maya).getByText('10 accounts today').waitFor();
        const row = rowOf(maya, CRITICAL);
        await row.getByText('Critical', { exact: true }).waitFor();
        await row.getByText(/^Health is 34 \(limit 60\)\. Usage fell 42/).waitFor();
        await row.getByText(CHECK, { exact: true }).waitFor();
        await row.getByText(/^Due /).waitFor();
        await row.getByText('Also: Renewal').waitFor();
        await row.getByText('Renewal in 52 days').waitFor();
        assert.deepEqual(await runsOf(sam, CRITICAL), [], 'Looking writes nothing.');
    });

    test('a step that asks something is answered in place, and the row goes on', async () => {
        const row = rowOf(maya, CRITICAL);
        await row.getByRole('button', { name: `Done: ${CHECK} – ${CRITICAL}` }).click();
        await confirmIn(row, 'Done');
        await row.getByRole('alert').getByText('Choose an answer first.').waitFor();
        await row.getByText('Real', { exact: true }).click();
        await row.getByRole('textbox', { name: 'Note' }).fill('Two teams stopped');
        await confirmIn(row, 'Done');
        await placeOf(maya, CRITICAL).getByText(`Done: ${CHECK}`).waitFor();
        await placeOf(maya, CRITICAL).getByRole('button', { name: 'Undo' }).waitFor();
        assert.equal((await rowNames(maya))[0], CRITICAL, 'The row keeps its place.');
        const run = await onlyRunOf(sam, CRITICAL);
        assert.equal(run.Opened_By__c, 'First action');
        const completion = completionOf(run, CHECK);
        assert.equal(completion.Decision__c, 'Real');
        assert.equal(completion.Note__c, 'Two teams stopped');
        assert.equal(completion.Completed_By__r?.Name, 'Maya Lindqvist');
    });

    test('another one is put aside with a day and a reason, and found again under its filter', async () => {
        const row = rowOf(maya, CHAMPION);
        await row.getByRole('button', { name: 'Put aside', exact: true }).click();
        await row.getByRole('textbox', { name: 'Why not now?' }).fill('They move offices this week');
        await confirmIn(row, 'Put aside');
        await placeOf(maya, CHAMPION)
            .getByText(/^Put aside until/)
            .waitFor();
        const { records } = await sam.query<Record<string, string>>(
            `SELECT Run_Status__c, Snoozed_Until__c, Snooze_Reason__c FROM Playbook_Run__c WHERE Account__r.Name = '${CHAMPION}'`,
        );
        const [run] = records;
        assert.ok(run);
        assert.equal(run['Run_Status__c'], 'Snoozed');
        assert.equal(run['Snooze_Reason__c'], 'They move offices this week');
        await worklistOf(maya)
            .getByRole('button', { name: /^Put aside 1$/ })
            .click();
        assert.deepEqual(await rowNames(maya), [CHAMPION]);
        await rowOf(maya, CHAMPION).getByRole('button', { name: 'Take up again' }).click();
        await placeOf(maya, CHAMPION).getByText('Taken up again').waitFor();
        await worklistOf(maya)
            .getByRole('button', { name: /^All \d+$/ })
            .click();
        assert.ok((await rowNames(maya)).includes(CHAMPION));
    });

    test('a false alarm is closed with its reason; undo opens the same run again', async () => {
        const row = await chooseAction(maya, AT_RISK, 'False alarm');
        await row.getByRole('textbox').fill('Their season');
        await confirmIn(row, 'It is a false alarm');
        const place = placeOf(maya, AT_RISK);
        await place.getByText('Closed as a false alarm').waitFor();
        const closed = await onlyRunOf(sam, AT_RISK);
        assert.equal(closed.Outcome__c, 'False alarm');
        assert.equal(closed.Outcome_Reason__c, 'Their season');
        await place.getByRole('button', { name: 'Undo' }).click();
        await rowOf(maya, AT_RISK).waitFor();
        const open = await onlyRunOf(sam, AT_RISK);
        assert.equal(open.Id, closed.Id);
        assert.equal(open.Run_Status__c, 'Open');
        assert.equal(open.Outcome__c, null);
    });

    test('a signal is done with one press, and undone', async () => {
        await rowOf(maya, SIGNAL)
            .getByRole('button', { name: /^Done: Confirm the renewal/ })
            .click();
        const place = placeOf(maya, SIGNAL);
        await place.getByRole('button', { name: 'Undo' }).waitFor();
        assert.equal((await onlyRunOf(sam, SIGNAL)).Outcome__c, 'Completed');
        await place.getByRole('button', { name: 'Undo' }).click();
        await rowOf(maya, SIGNAL).waitFor();
        assert.equal((await onlyRunOf(sam, SIGNAL)).Run_Status__c, 'Open');
    });

    test('the name leads to the account, where the panel knows what was done; back again the list does too', async () => {
        await rowOf(maya, CRITICAL).getByRole('link', { name: CRITICAL }).click();
        await panelOf(maya)
            .getByText(/^Done by Maya Lindqvist, .*: Real$/)
            .waitFor();
        await maya.page.goBack();
        await rowOf(maya, CRITICAL).waitFor();
        assert.equal(await rowOf(maya, CRITICAL).getByText(CHECK, { exact: true }).count(), 0);
        maya.expectNoProblems();
    });

    test('an account is found by part of its name, also one that is held back, with the reason', async () => {
        await worklistOf(maya).getByRole('searchbox', { name: 'Find an account' }).fill('umber');
        await rowOf(maya, 'Umber Construction')
            .getByText(/the figures of .* are too old$/)
            .waitFor();
        assert.deepEqual(await rowNames(maya), ['Umber Construction']);
        await worklistOf(maya).getByRole('searchbox', { name: 'Find an account' }).fill('');
        maya.expectNoProblems();
    });
});

describe('cover', () => {
    test('Tom finds Maya, sees her list and works on it; she sees what he did when she comes back', async () => {
        const tom = await world.open({ user: 'Tom Okafor', path: WORKLIST });
        await tom.page.getByRole('button', { name: "See a colleague's list" }).click();
        await tom.page.getByRole('searchbox', { name: 'Whose list?' }).fill('maya');
        await tom.page.getByRole('button', { name: /^Maya Lindqvist/ }).click();
        await worklistOf(tom).getByText('Accounts of Maya Lindqvist').waitFor();
        const FREIGHT = 'Harbourline Freight';
        const row = rowOf(tom, FREIGHT);
        await row.getByRole('link', { name: FREIGHT }).click();
        await panelOf(tom).waitFor();
        await tom.page.goBack();
        await worklistOf(tom).getByRole('heading', { name: 'Worklist of Maya Lindqvist' }).waitFor();
        await row.getByRole('button', { name: /^Done/ }).click();
        await row.getByRole('textbox', { name: /^Note/ }).fill('Ends on the first, three months of notice');
        await confirmIn(row, 'Done');
        await placeOf(tom, FREIGHT).getByRole('button', { name: 'Undo' }).waitFor();
        const run = await onlyRunOf(sam, FREIGHT);
        assert.deepEqual(
            run.completions.map(({ Completed_By__r }) => Completed_By__r?.Name),
            ['Tom Okafor'],
        );
        const { records } = await sam.query<{ readonly Run_CSM__r: { readonly Name: string } }>(
            `SELECT Run_CSM__r.Name FROM Playbook_Run__c WHERE Id = '${run.Id}'`,
        );
        assert.equal(records[0]?.Run_CSM__r.Name, 'Maya Lindqvist', 'The run stays hers.');

        const read = maya.page.waitForResponse((response) =>
            /query PlaybookBook\(/.test(response.request().postData() ?? ''),
        );
        await maya.page.evaluate(() => window.dispatchEvent(new Event('focus')));
        await read;
        await rowOf(maya, FREIGHT).getByText('Read the contract and check the dates').waitFor({ state: 'detached' });
        await tom.page.getByRole('button', { name: 'Back to mine' }).click();
        await worklistOf(tom).getByText('My accounts').waitFor();
        tom.expectNoProblems();
        await tom.close();
    });

    test('who may not see playbooks is told so; a leader looks without buttons', async () => {
        const nora = await world.open({ user: 'Nora Blum' });
        await nora.page.getByRole('link', { name: 'Accounts' }).waitFor();
        assert.equal(await nora.page.getByRole('link', { name: 'Worklist' }).count(), 0);
        await nora.close();
        const lena = await world.open({ user: 'Lena Fischer', path: WORKLIST });
        await lena.page.getByRole('button', { name: /colleague|Andere Liste/ }).click();
        await lena.page.getByRole('searchbox').first().fill('maya');
        await lena.page.getByRole('button', { name: /^Maya Lindqvist/ }).click();
        await rowOf(lena, CRITICAL).waitFor();
        assert.equal(await rowOf(lena, CRITICAL).getByRole('button').count(), 0);
        lena.expectNoProblems();
        await lena.close();
    });
});

describe('a book of five hundred', () => {
    test('is ranked after three requests, ten in front and the rest folded', async () => {
        await loadBook(sam, await userIdOf(sam, 'Ines Costa'), 500);
        const ines = await world.open({ user: 'Ines Costa', path: '/lightning/o/Playbook__c/list' });
        const asked: Request[] = [];
        ines.page.on('request', (request) => {
            if (isOfWorklist(request)) asked.push(request);
        });
        await ines.page.getByRole('link', { name: 'Worklist', exact: true }).click();
        await worklistOf(ines).getByRole('article').first().waitFor();
        await ines.page.waitForLoadState('networkidle');
        assert.ok(asked.length <= 3, asked.map((request) => `${request.url()} ${request.postData() ?? ''}`).join('\n'));
        assert.equal((await rowNames(ines)).length, 10);
        await worklistOf(ines)
            .getByRole('button', { name: /^\d+ more wait$/ })
            .click();
        assert.ok((await rowNames(ines)).length > 40);
        ines.expectNoProblems();
        await ines.close();
    });
});
