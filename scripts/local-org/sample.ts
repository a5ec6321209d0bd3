import { join } from 'node:path';
import { Connection } from 'jsforce';
import { importPlaybooks } from '../playbooks/import.ts';
import { loadSample } from '../sample/load.ts';
import type { LocalOrg } from './server.ts';
import { dayAt } from './store/days.ts';

/** Loads the shipped playbooks and the sample accounts as the integration user, through the public API like any client. */
export async function fillWithSample(projectRoot: string, org: LocalOrg, log: (line: string) => void): Promise<void> {
    const integration = org.store.config.users.find((user) => user.profile === 'Integration User');
    const accessToken = integration && org.tokens[integration.username];
    if (!integration || !accessToken) {
        throw new Error('config/local-org.json has no user with the profile "Integration User" to load the sample.');
    }
    const connection = new Connection({
        instanceUrl: org.url,
        accessToken,
        version: org.store.schema.apiVersion,
    });
    const now = org.store.now();
    await importPlaybooks({ connection, directory: join(projectRoot, 'data', 'playbooks'), log });
    await loadSample({
        connection,
        directory: join(projectRoot, 'data', 'sample'),
        today: dayAt(now, integration.timeZone),
        log,
    });
}
