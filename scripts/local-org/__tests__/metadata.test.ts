import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { projectFiles } from '../metadata/project-files.ts';
import { readProject } from '../metadata/read-project.ts';
import { OrgStore } from '../store/store.ts';
import { readConfig, type LocalOrgConfig } from '../config.ts';
import { CONFIG, writeProject } from './fixture.ts';
import { field, object, permissionSet, PROJECT, rule, xml, type Files } from './small-project.ts';

const PROJECT_ROOT = resolve(import.meta.dirname, '..', '..', '..');

function openStore(projectRoot: string, config: LocalOrgConfig = CONFIG): OrgStore {
    const { apiVersion, files } = projectFiles(projectRoot);
    return new OrgStore({ apiVersion, source: files, config, file: ':memory:' });
}

/** What the local org refuses, and what its message must say: the file, and the thing it does not take. */
const REFUSALS: readonly (readonly [string, Files, RegExp])[] = [
    [
        'an unknown field type',
        field('Route__c', 'Where__c', 'Location'),
        /Where__c\.field-meta\.xml(?::\d+)?: <type> is "Location"/,
    ],
    [
        'an unknown element of a field',
        field('Route__c', 'Odd__c', 'Checkbox', { defaultValue: false, maskChar: 'x' }),
        /Odd__c\.field-meta\.xml(?::\d+)?: .*<maskChar>/,
    ],
    [
        'an unknown kind of metadata',
        { 'flows/A.flow-meta.xml': '<Flow/>' },
        /flows\/A\.flow-meta\.xml: the local org cannot hold flows/,
    ],
    ['an unknown file under an object', { 'objects/Route__c/recordTypes/A.xml': '<x/>' }, /Route__c\/recordTypes/],
    [
        'a lookup to an object that is not there',
        field('Route__c', 'To__c', 'Lookup', { referenceTo: 'Nothing__c' }),
        /To__c.*Nothing__c/,
    ],
    [
        'broken XML',
        { 'tabs/Route__c.tab-meta.xml': '<CustomTab><label>' },
        /Route__c\.tab-meta\.xml(?::\d+)?: is not well-formed/,
    ],
    [
        'a roll-up over what is no master-detail',
        field('Account', 'Sum__c', 'Summary', { summaryForeignKey: 'Stop__c.Customer__c', summaryOperation: 'count' }),
        /Sum__c.*Stop__c\.Customer__c is no master-detail/,
    ],
    [
        'a permission on a required field',
        permissionSet('Wrong', [{ object: 'Route__c' }, { object: 'Stop__c' }], { 'Stop__c.Route__c': 'read' }),
        /Wrong\.permissionset-meta\.xml(?::\d+)?: .*Stop__c\.Route__c.*leave it out/,
    ],
    [
        'an editable formula',
        permissionSet('Wrong', [{ object: 'Route__c' }], { 'Route__c.Done_Share__c': 'edit' }),
        /Route__c\.Done_Share__c cannot be editable/,
    ],
    [
        'a detail without its master',
        permissionSet('Wrong', [{ object: 'Stop__c' }], {}),
        /read on Stop__c needs read on its master Route__c/,
    ],
    [
        'a permission on a field that is not there',
        permissionSet('Wrong', [], { 'Route__c.Gone__c': 'read' }),
        /Route__c\.Gone__c, a field/,
    ],
    [
        'a custom metadata value without a type',
        {
            'customMetadata/Hint.Second.md-meta.xml': xml(
                'CustomMetadata',
                '<label>S</label><values><field>Text__c</field><value>x</value></values>',
            ),
        },
        /Hint\.Second\.md-meta\.xml(?::\d+)?: .*Text__c lacks xsi:type/,
    ],
    [
        'ControlledByParent without a parent',
        object('Loose__c', 'Loose', 'ControlledByParent'),
        /Loose__c\.object-meta\.xml(?::\d+)?: <sharingModel>/,
    ],
];

describe('reading metadata', () => {
    for (const [name, files, message] of REFUSALS) {
        it(`refuses ${name} by name`, () => {
            const root = writeProject({ ...PROJECT, ...files });
            assert.throws(() => readProject(root), message);
        });
    }

    it('gives a roll-up the type of what it sums', () => {
        const route = readProject(writeProject(PROJECT)).objects.get('Route__c');
        assert.ok(route);
        assert.equal(route.fields.get('First_At__c')?.kind, 'DateTime');
        assert.equal(route.fields.get('Stops__c')?.kind, 'Number');
        assert.equal(route.fields.get('Load__c')?.scale, 2);
    });

    it('refuses a formula that does not compile, naming its file', () => {
        const root = writeProject({ ...PROJECT, ...rule('Route__c', 'Typo', 'ISBLANK(Cod__c)', 'No') });
        assert.throws(() => openStore(root), /Typo\.validationRule-meta\.xml.*Cod__c/);
    });

    it('refuses a custom metadata record that breaks its own fields', () => {
        const root = writeProject({
            ...PROJECT,
            'customMetadata/Hint.Second.md-meta.xml': xml('CustomMetadata', '<label>Second</label>'),
        });
        assert.throws(() => openStore(root), /Hint\.Second\.md-meta\.xml(?::\d+)?: .*Rank__c/);
    });

    it('reads the whole project, and its users name permission sets that exist', () => {
        const store = openStore(PROJECT_ROOT, readConfig(PROJECT_ROOT));
        assert.ok(store.schema.metadataRecords.length > 0);
        assert.ok(store.session('maya@playbooks.local'));
        store.close();
    });
});
