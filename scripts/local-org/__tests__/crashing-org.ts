/**
 * An org that its own clock kills (SIGKILL) in the middle of its work, as crash.test.ts asks. Arguments: data directory, project, `save` or `install`, and
 * the look at the clock, counted from the work's begin, that kills.
 */
import { OrgStore } from '../store/store.ts';
import { insertRecord } from '../store/save.ts';
import { projectFiles } from '../metadata/project-files.ts';
import { CONFIG, NOW } from './fixture.ts';
import { field, permissionSet, PROJECT } from './small-project.ts';
import { join } from 'node:path';

const [dataDir = '', projectRoot = '', work, call] = process.argv.slice(2);
let looks = Number.NEGATIVE_INFINITY;
const now = (): string => {
    looks += 1;
    if (looks === Number(call)) {
        process.kill(process.pid, 'SIGKILL');
    }
    return NOW;
};
const { apiVersion, files } = projectFiles(projectRoot);
const store = new OrgStore({ apiVersion, source: files, config: CONFIG, file: join(dataDir, 'org.sqlite'), now });
const route = store.transaction(() => insertRecord(store, store.system, 'Route__c', { Name: 'North' }));
looks = 0;
if (work === 'save') {
    const stop = { Name: 'Quay', Route__c: route, Weight__c: 2 };
    store.transaction(() => insertRecord(store, store.system, 'Stop__c', stop));
} else {
    const brought = {
        ...field('Route__c', 'Colour__c', 'Text', { length: 5 }),
        ...permissionSet('Colours', [{ object: 'Route__c' }], { 'Route__c.Colour__c': 'read' }),
        'customMetadata/Hint.Second.md-meta.xml': PROJECT['customMetadata/Hint.First.md-meta.xml'] ?? '',
    };
    const added = Object.entries(brought).map(([path, content]) => ({ path, shown: path, content, firstLine: 1 }));
    store.install([...store.files(), ...added], 'deploy');
}
