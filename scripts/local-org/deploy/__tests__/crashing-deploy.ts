/**
 * A deploy that its org's clock kills (SIGKILL), as crash.test.ts asks. Arguments: data directory, file with the zip, and the look at the clock, counted
 * from the request on, that kills. Prints the deploy's id.
 */
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG, NOW } from '../../__tests__/fixture.ts';
import { OrgStore } from '../../store/store.ts';
import { DeployRequests } from '../requests.ts';

const [dataDir = '', zip = '', call] = process.argv.slice(2);
let looks = Number.NEGATIVE_INFINITY;
const now = (): string => {
    looks += 1;
    if (looks === Number(call)) {
        process.kill(process.pid, 'SIGKILL');
    }
    return NOW;
};
const store = new OrgStore({
    apiVersion: '67.0',
    source: null,
    config: CONFIG,
    file: join(dataDir, 'org.sqlite'),
    now,
});
const requests = new DeployRequests(store);
const sam = store.session('sam@test.local');
if (sam) {
    looks = 0;
    const options = { checkOnly: false, ignoreWarnings: false };
    const { id } = requests.submit(sam, 'sam Test', readFileSync(zip), options);
    writeSync(1, id);
    await requests.idle();
}
