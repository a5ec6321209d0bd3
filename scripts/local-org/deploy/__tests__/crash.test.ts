import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startOrg, temporaryFolder } from '../../__tests__/fixture.ts';
import { BOAT, connectionOf, manifest, metadata, textField, zipOf } from './packages.ts';

const LAST = 8;

describe('after kill -9 during a deploy', () => {
    const statuses = new Set<string>();
    // The clock is looked at when a deploy is taken in, when it begins, where its install writes, when its outcome is kept and when it is done.
    for (let call = 3; call <= LAST; call += 1) {
        it(`at look ${call} either all of it is there and it has succeeded, or nothing is and it says so`, async () => {
            const dataDir = temporaryFolder();
            const zip = join(dataDir, 'deploy.zip');
            writeFileSync(
                zip,
                await zipOf({
                    'package.xml': manifest({ CustomObject: ['Boat__c'], CustomPermission: ['Sail'] }),
                    'objects/Boat__c.object': metadata('CustomObject', ...textField('Colour__c'), ...BOAT),
                    'customPermissions/Sail.customPermission': metadata(
                        'CustomPermission',
                        '<isLicensed>false</isLicensed>',
                        '<label>Sail</label>',
                    ),
                }),
            );
            const script = join(import.meta.dirname, 'crashing-deploy.ts');
            const { signal, stdout, stderr } = spawnSync(
                process.execPath,
                ['--import', 'tsx', script, dataDir, zip, String(call)],
                // It is no test of its own that would report to the runner.
                { encoding: 'utf8', env: { ...process.env, NODE_TEST_CONTEXT: '' } },
            );
            assert.equal(signal, 'SIGKILL', stderr);
            const org = await startOrg({ bare: true, dataDir });
            const result = await connectionOf(org).metadata.checkDeployStatus(stdout, true);
            const { objects, customPermissions } = org.org.store.schema;
            const there = [objects.has('Boat__c'), customPermissions.includes('Sail')];
            assert.equal(result.done, true);
            statuses.add(result.status);
            if (result.status === 'Succeeded') {
                assert.deepEqual(there, [true, true]);
                await org.create('sam', 'Boat__c', { Name: 'Gull' });
            } else {
                assert.deepEqual([result.status, there], ['Failed', [false, false]]);
                assert.match(String(result.errorMessage), /nothing was changed/);
            }
        });
    }

    it('both were seen', () => {
        assert.deepEqual([...statuses].sort(), ['Failed', 'Succeeded']);
    });
});
