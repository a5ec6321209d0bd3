/** An org in a process of its own, to be killed: `org-process.ts PROJECT_ROOT DATA_DIR`. Writes its URL and sam's token as JSON when it answers. */
import { createLocalOrg } from '../../../server.ts';
import { CONFIG } from '../../../__tests__/fixture.ts';

const [projectRoot = '', dataDir = ''] = process.argv.slice(2);
const org = await createLocalOrg({ projectRoot, dataDir, port: 0, config: CONFIG });
console.log(JSON.stringify({ url: org.url, token: org.tokens['sam@test.local'] }));
