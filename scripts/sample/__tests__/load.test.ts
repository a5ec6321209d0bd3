import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryOrg } from '../../lib/__tests__/temporary-org.ts';
import { loadSample } from '../load.ts';

const org = await temporaryOrg();
const connection = org.connect();

test('the sample is loaded once, however often', async () => {
    const expected = { accounts: 60, contacts: 155, cases: 15 };
    for (const today of ['2026-11-20', '2026-11-23']) {
        assert.deepEqual(await loadSample({ connection, directory: 'data/sample', today }), expected);
        assert.equal(await org.count('Account'), expected.accounts);
        assert.equal(await org.count('Contact'), expected.contacts);
        assert.equal(await org.count('Case'), expected.cases);
    }
    const [account] = await org.rows(
        "SELECT Owner.Username, CSM__r.Username, Champion__r.Email, Renewal_Date__c, LastActivityDate, Usage_Change__c FROM Account WHERE External_Id__c = 'brightwater-utilities'",
    );
    const text = JSON.stringify(account);
    assert.match(text, /maya@/);
    assert.match(text, /@brightwater-utilities\.example/);
    assert.match(text, /"Renewal_Date__c":"2027-01-14"/);
    // Set when the account was made on the first of the two days, and never again.
    assert.match(text, /"LastActivityDate":"2026-10-17"/);
});

test('the account of another team stays unseen', async () => {
    const rows = await org
        .connect('maya')
        .query("SELECT Id FROM Account WHERE External_Id__c = 'meridian-global-holdings'");
    assert.equal(rows.totalSize, 0);
});

test('markup in a name is kept as text', async () => {
    const [account] = await org.rows("SELECT Name FROM Account WHERE External_Id__c = 'omalley-bakeries'");
    assert.equal(account?.['Name'], "O'Malley & Sons <b>Bakeries</b>");
});

test('a mistake in the files is told with file and line', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'playbooks-sample-'));
    after(() => rm(directory, { recursive: true, force: true }));
    await cp('data/sample', directory, { recursive: true });
    const path = join(directory, 'accounts.csv');
    const text = await readFile(path, 'utf8');
    const load = (): Promise<unknown> => loadSample({ connection, directory, today: '2026-11-23' });

    await writeFile(path, text.replace(',maya,maya,', ',mara,maya,'));
    await assert.rejects(load(), /accounts\.csv:2: No active user's name begins with “mara@”/);
    await writeFile(path, text.replace('today+52', 'soon'));
    await assert.rejects(load(), /accounts\.csv:2: In renewal: “soon” is no day/);
    await writeFile(path, text.replace('184000', 'a lot'));
    await assert.rejects(load(), /accounts\.csv:2: “a lot” in arr is no number/);
    await writeFile(path, text.replace(',Enterprise,', ',Galactic,'));
    await assert.rejects(load(), /accounts\.csv:2: .*Galactic/);
});
