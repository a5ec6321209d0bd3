import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { z } from 'zod';
import { runHere } from '../../lib/__tests__/run-command.ts';
import { sweep } from '../command.ts';
import { faultyLine } from './faulty-line.ts';
import { makeUnhappy, sampleOrg } from './swept-org.ts';

const org = await sampleOrg();
const line = await faultyLine(org);
const direct = await org.announce(org.url, org.token);
const proxied = await org.announce(line.url, org.token);

const run = (args: readonly string[], data = direct): ReturnType<typeof runHere> =>
    runHere(sweep, ['--org', 'local', '--data', data, '--state', org.stateDir, ...args]);

delete process.env['SF_ACCESS_TOKEN'];

const wrong: readonly [string, readonly string[], RegExp][] = [
    ['no org', [], /Which org\?/],
    ['an unknown option', ['--org', 'local', '--dryrun'], /Unknown option '--dryrun'[\s\S]*Usage:/],
    ['a stray word', ['now', '--org', 'local'], /“now” is no option[\s\S]*Usage:/],
    ['a part that does not exist', ['--org', 'local', '--shard', '5/4'], /“5\/4” is no part of a sweep/],
    ['jobs without rows', ['--org', 'local', '--job-rows', '0'], /“0” is no number of rows/],
    ['no token', ['--org', 'https://example.invalid'], /no token for[\s\S]*SF_ACCESS_TOKEN/],
    ['no local org', ['--org', 'local', '--data', org.stateDir], /local org is not running[\s\S]*npm start/],
];

for (const [name, args, message] of wrong) {
    test(`${name}: says so and ends with 2`, async () => {
        const { code, stderr } = await runHere(sweep, args);
        assert.equal(code, 2);
        assert.match(stderr, message);
    });
}

describe('what it prints', () => {
    it('a table of triggers and one of CSMs, and ends with 0', async () => {
        const { code, stderr, stdout } = await run(['--dry-run']);
        assert.equal(code, 0, stderr);
        assert.match(stdout, /^Dry run: nothing was written · Success Playbooks Local Org · /);
        assert.match(stdout, /^At Risk +8 +14% +\D?1,462,500 +7 +– +2$/m);
        assert.match(stdout, /^Maya Lindqvist +49 +10 +10 +– +–$/m);
        assert.match(stdout, /^Would be written: 19 opened\.$/m);
        assert.match(stdout, /^Not opened: \d+ accounts? on which a rule holds (is|are) lost already, or past/m);
    });

    it('with --json one object and nothing else', async () => {
        const { code, stdout } = await run(['--dry-run', '--json', '--full']);
        assert.equal(code, 0);
        const shape = z.object({
            format: z.literal(1),
            sweep: z.null(),
            dryRun: z.literal(true),
            changes: z.object({ open: z.number() }),
            triggers: z.array(z.object({ key: z.string(), accounts: z.number(), arr: z.number() })),
        });
        assert.equal(shape.parse(JSON.parse(stdout)).triggers[0]?.key, 'At_Risk');
    });
});

describe('a user who cannot read mapped fields', () => {
    const SETS = "PermissionSet.Name IN ('Playbook_Account_Fields', 'Playbook_Account_Fields_Edit')";
    let taken: Record<string, unknown>[] = [];

    before(async () => {
        const admin = await org.connect('sam');
        taken = await org.rows(
            `SELECT Id, AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username LIKE 'integration@%' AND ${SETS}`,
        );
        await admin.sobject('PermissionSetAssignment').destroy(taken.map(({ Id }) => String(Id)));
    });
    after(async () => {
        const admin = await org.connect('sam');
        const again = taken.map(({ AssigneeId, PermissionSetId }) => ({
            AssigneeId: String(AssigneeId),
            PermissionSetId: String(PermissionSetId),
        }));
        await admin.sobject('PermissionSetAssignment').create(again);
    });
    const NAMED =
        /\$Figure\.ChurnedOn is mapped to the account's field Churned_On__c,[\s\S]* → Assign the permission set Playbook Account Fields/;

    it('writes nothing, names field and permission set, and ends with 2', async () => {
        const { code, stderr } = await run([]);
        assert.equal(code, 2);
        assert.match(stderr, NAMED);
        assert.equal(await org.count('Playbook_Sweep__c'), 0);
        assert.equal(await org.count('Playbook_Run__c'), 0);
    });

    it('a dry run says so first and goes on', async () => {
        const { stderr, stdout } = await run(['--dry-run']);
        assert.match(stderr, NAMED);
        assert.match(stdout, /^Dry run: nothing was written/);
    });
});

describe('what goes wrong', () => {
    it('a state folder that cannot be made: says which, does nothing, ends with 2', async () => {
        await mkdir(org.stateDir, { recursive: true });
        const file = join(org.stateDir, 'file');
        await writeFile(file, '');
        const { code, stderr } = await run(['--state', file]);
        assert.equal(code, 2);
        assert.match(stderr, /cannot keep its state in .*file[\s\S]*--state/);
        assert.equal(await org.count('Playbook_Sweep__c'), 0);
        await rm(file);
    });

    it('a user who may not write runs is refused in words, and the lock does not stay', async () => {
        const { code, stderr } = await run(['--user', 'maya']);
        assert.equal(code, 2);
        assert.match(stderr, /→/);
        assert.deepEqual(await org.rows('SELECT Id FROM Playbook_Sweep__c WHERE Lock_Key__c != null'), []);
    });

    it('an account that is deleted while the sweep decides: the others are written, the file names it, ends with 0', async () => {
        const [account] = await org.rows("SELECT Id FROM Account WHERE Name = 'Kestrel & Vane Insurance'");
        const id = String(account?.['Id']);
        let deleted = false;
        line.onRequest = async ({ method, path }) => {
            if (method === 'POST' && path === '/jobs/ingest' && !deleted) {
                deleted = true;
                const admin = await org.connect('sam');
                await admin.sobject('Account').destroy(id);
            }
        };
        const { code, stdout } = await run([], proxied);
        line.onRequest = () => undefined;
        assert.equal(code, 0, stdout);
        assert.match(stdout, /^Written: 18 opened\.$/m);
        const [, path = ''] = /1 record was deleted meanwhile, each with its reason in (\S+\.csv)\./.exec(stdout) ?? [];
        const lines = (await readFile(path, 'utf8')).replace('\uFEFF', '').trimEnd().split('\n');
        assert.equal(lines[0], 'state,object,record,key,account,link,reason');
        assert.match(lines[1] ?? '', new RegExp(`^gone,Playbook_Run__c,,${id}:at-risk:1,${id},`));
        assert.equal(lines.length, 2);
    });

    it('a run that somebody opens meanwhile is left to them, ends with 0', async () => {
        const [id = ''] = await makeUnhappy(org, 1);
        let opened = false;
        line.onRequest = async ({ method, path }) => {
            if (method === 'POST' && path === '/jobs/ingest' && !opened) {
                opened = true;
                await org.connection.sobject('Playbook_Run__c').create({
                    Account__c: id,
                    Episode_Key__c: `${id}:at-risk:1`,
                    Episode_Number__c: 1,
                    Run_Status__c: 'Open',
                    Surfaced_At__c: new Date().toISOString(),
                });
            }
        };
        const { code, stdout } = await run([], proxied);
        line.onRequest = () => undefined;
        assert.equal(code, 0, stdout);
        assert.match(stdout, /^1 run was changed by a person meanwhile and left alone/m);
    });
});
