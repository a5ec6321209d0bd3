import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startOrg, temporaryFolder } from '../../__tests__/fixture.ts';
import { DeployRequests } from '../requests.ts';
import { idOf } from '../../store/ids.ts';
import { connectionOf, deployTo, manifest, metadata, zipOf } from './packages.ts';

const TAB = {
    'package.xml': manifest({ CustomPermission: ['Sail'] }),
    'customPermissions/Sail.customPermission': metadata(
        'CustomPermission',
        '<isLicensed>false</isLicensed>',
        '<label>Sail</label>',
    ),
};

describe('deploys that an org was stopped in', () => {
    /** A row as a process that was killed leaves it. */
    const unfinished = (id: string, more: object): readonly [string, string, string] => [
        id,
        'InProgress',
        JSON.stringify({
            id,
            state: 'InProgress',
            options: { checkOnly: false, ignoreWarnings: false },
            createdBy: '005000000000001AAA',
            createdByName: 'Sam',
            createdDate: '2026-11-21T18:00:00.000Z',
            startDate: '2026-11-21T18:00:00.000Z',
            completedDate: null,
            lastModifiedDate: '2026-11-21T18:00:00.000Z',
            outcome: null,
            errorMessage: null,
            ...more,
        }),
    ];

    it('have failed before their install, have succeeded with it', async () => {
        const dataDir = temporaryFolder();
        const first = await startOrg({ bare: true, dataDir });
        const keep = first.org.store.db.prepare('INSERT INTO local_deploy (id, state, request) VALUES (?, ?, ?)');
        const [before, after] = [idOf('0Af', 1000), idOf('0Af', 1001)];
        keep.run(...unfinished(before, {}));
        keep.run(...unfinished(after, { outcome: { successes: [], failures: [], total: 0 } }));
        await first.close();
        const again = await startOrg({ bare: true, dataDir });
        const { metadata: api } = connectionOf(again);
        const [failed, succeeded] = await Promise.all([
            api.checkDeployStatus(before, true),
            api.checkDeployStatus(after, true),
        ]);
        assert.deepEqual([failed.status, failed.done, failed.success], ['Failed', true, false]);
        assert.match(String(failed.errorMessage), /stopped during this deploy; nothing was changed/);
        assert.deepEqual([succeeded.status, succeeded.done, succeeded.success], ['Succeeded', true, true]);
    });

    it('and is closed in are either done or have failed', async () => {
        const dataDir = temporaryFolder();
        const first = await startOrg({ bare: true, dataDir });
        const zip = await zipOf(TAB);
        const { metadata: api } = connectionOf(first);
        const asked = await Promise.all([1, 2, 3].map(() => api.deploy(zip, {})));
        await first.close();
        const again = await startOrg({ bare: true, dataDir });
        const results = await Promise.all(
            asked.map(({ id }) => connectionOf(again).metadata.checkDeployStatus(id, true)),
        );
        assert.ok(results.every(({ done }) => done));
        assert.ok(results.some(({ status }) => status === 'Failed' || status === 'Succeeded'));
    });

    it('are there after a restart, as is what they brought', async () => {
        const dataDir = temporaryFolder();
        const first = await startOrg({ bare: true, dataDir });
        const { raw } = await deployTo(first, TAB);
        await first.close();
        const again = await startOrg({ bare: true, dataDir });
        const result = await connectionOf(again).metadata.checkDeployStatus((raw as { id: string }).id, true);
        assert.equal(result.status, 'Succeeded');
        assert.deepEqual(again.org.store.schema.customPermissions, ['Sail']);
    });
});

describe('what follows a deploy', () => {
    it('is told what has changed, and its failure is a warning', async () => {
        const org = await startOrg({ bare: true });
        const { store } = org.org;
        const told: (readonly string[])[] = [];
        const requests = new DeployRequests(store, {
            afterInstall: (paths) => {
                told.push(paths);
                return Promise.reject(new Error('no page today'));
            },
        });
        const sam = store.session('sam@test.local');
        assert.ok(sam);
        const zip = await zipOf(TAB);
        const options = { checkOnly: false, ignoreWarnings: false };
        const checked = requests.submit(sam, 'Sam', zip, { ...options, checkOnly: true });
        const { id } = requests.submit(sam, 'Sam', zip, options);
        await requests.idle();
        assert.deepEqual(told, [['customPermissions/Sail.customPermission-meta.xml']]);
        const result = requests.find(id);
        assert.equal(result?.state, 'Succeeded');
        assert.match(JSON.stringify(result.outcome?.successes), /no page today/);
        assert.equal(requests.find(checked.id)?.state, 'Succeeded');
    });
});
