import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { at, startOrg, temporaryFolder, writeProject } from './fixture.ts';
import { field, PROJECT } from './small-project.ts';

/**
 * Runs an org in a process of its own until it is killed (SIGKILL) by its own clock: the `call`-th look at it from the moment that `work` begins.
 * Saves and installs look at the clock between their writes.
 */
async function crash(dataDir: string, projectRoot: string, work: 'save' | 'install', call: number): Promise<void> {
    const script = join(import.meta.dirname, 'crashing-org.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, projectRoot, work, String(call)], {
        stdio: ['ignore', 'ignore', 'inherit'],
        // It is no test of its own that would report to the runner.
        env: { ...process.env, NODE_TEST_CONTEXT: '' },
    });
    const exit: readonly unknown[] = await once(child, 'exit');
    assert.equal(exit[1], 'SIGKILL', `the ${work} must be killed on its way, not end`);
}

describe('after kill -9', () => {
    // A stop is saved: its own row, then the roll-ups of its route.
    for (const call of [1, 2]) {
        it(`in the middle of a save (${call}) nothing of it is there, and the next one works`, async () => {
            const [dataDir, projectRoot] = [temporaryFolder(), writeProject(PROJECT)];
            await crash(dataDir, projectRoot, 'save', call);
            const org = await startOrg({ dataDir, projectRoot });
            assert.deepEqual(await org.query('sam', 'SELECT Id FROM Stop__c'), []);
            const [route] = await org.query('dora', 'SELECT Id, Stops__c, Load__c FROM Route__c');
            assert.deepEqual([at(route, 'Stops__c'), at(route, 'Load__c')], [0, 0]);
            await org.create('dora', 'Stop__c', { Name: 'Quay', Route__c: at(route, 'Id'), Weight__c: 1 });
        });
    }

    // An install looks when it keeps the files, when it makes the new permission set, and when it writes the new custom metadata record: tables come first.
    for (const call of [1, 2, 3]) {
        it(`in the middle of an install (${call}) the org is as before, and the same install works`, async () => {
            const [dataDir, projectRoot] = [temporaryFolder(), writeProject(PROJECT)];
            await crash(dataDir, projectRoot, 'install', call);
            const org = await startOrg({ dataDir, projectRoot });
            const { store } = org.org;
            assert.equal(
                store.files().some(({ origin }) => origin === 'deploy'),
                false,
            );
            assert.equal(
                store.files().some(({ path }) => path.includes('Colour__c')),
                false,
            );
            assert.equal((await org.query('sam', 'SELECT Id FROM Route__c')).length, 1);
            assert.equal((await org.query('sam', "SELECT Id FROM PermissionSet WHERE Name = 'Colours'")).length, 0);
            assert.equal((await org.query('dora', 'SELECT Id FROM Hint__mdt')).length, 1);
            const [path, content] = Object.entries(field('Route__c', 'Colour__c', 'Text', { length: 5 }))[0] ?? [
                '',
                '',
            ];
            store.install([...store.files(), { path, shown: path, content, firstLine: 1 }], 'deploy');
        });
    }
});
