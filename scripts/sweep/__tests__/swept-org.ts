/** A local org with the shipped playbooks and the sample accounts, and sweeps of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { temporaryOrg } from '../../lib/__tests__/temporary-org.ts';
import type { TemporaryOrg } from '../../lib/__tests__/temporary-org.ts';
import { importPlaybooks } from '../../playbooks/import.ts';
import { loadSample } from '../../sample/load.ts';
import { OrgClient } from '../org-client.ts';
import { WHOLE } from '../shards.ts';
import { runSweep } from '../sweep.ts';
import type { SweepRequest, Swept } from '../sweep.ts';

export interface SweptOrg extends TemporaryOrg {
    readonly stateDir: string;
    client(): OrgClient;
    sweep(options?: Partial<SweepRequest>): Promise<Swept>;
}

export async function sampleOrg(): Promise<SweptOrg> {
    const org = await temporaryOrg();
    const stateDir = await mkdtemp(join(tmpdir(), 'playbooks-sweep-'));
    after(() => rm(stateDir, { recursive: true, force: true }));
    const connection = org.connect();
    await importPlaybooks({ connection, directory: 'data/playbooks' });
    const today = new Date().toISOString().slice(0, 10);
    await loadSample({ connection, directory: 'data/sample', today });
    const client = (): OrgClient => {
        const own = org.connect();
        return new OrgClient(own, async () => own.accessToken ?? '');
    };
    return {
        ...org,
        stateDir,
        client,
        sweep: (options = {}) =>
            runSweep({
                client: client(),
                shard: WHOLE,
                dryRun: false,
                full: false,
                stateDir,
                startProgress: () => ({ update: () => undefined, stop: () => undefined }),
                say: () => undefined,
                ...options,
            }),
    };
}
