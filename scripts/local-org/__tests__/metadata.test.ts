import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import type { MetadataFile } from '../metadata/files.ts';
import { checkElements } from '../metadata/element-check.ts';
import { identify, sourcePathOf, zipPathOf } from '../metadata/kinds.ts';
import { projectFiles } from '../metadata/project-files.ts';
import { readMetadata } from '../metadata/read-metadata.ts';
import { MetadataError } from '../metadata/problems.ts';
import { parseXml } from '../metadata/xml.ts';
import { readProject } from '../metadata/read-project.ts';
import { OrgStore } from '../store/store.ts';
import { readConfig, type LocalOrgConfig } from '../config.ts';
import { CONFIG, writeProject } from './fixture.ts';
import { elements, field, PROJECT, rule, xml, type Files } from './small-project.ts';

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
        'broken XML',
        { 'tabs/Route__c.tab-meta.xml': '<CustomTab><label>' },
        /Route__c\.tab-meta\.xml(?::\d+)?: is not well-formed/,
    ],
];

/** Metadata as a deploy's zip brings it: its paths are those that the author knows. */
function deployed(files: Files): readonly MetadataFile[] {
    return Object.entries(files).map(([path, content]) => ({ path, shown: zipPathOf(path), content, firstLine: 1 }));
}

describe('reading metadata', () => {
    for (const [name, files, message] of REFUSALS) {
        it(`refuses ${name} by name`, () => {
            const root = writeProject({ ...PROJECT, ...files });
            assert.throws(() => readProject(root), message);
        });
    }

    it('tells every mistake at once: file, what it is called, line', () => {
        const { problems } = readMetadata(
            deployed({
                ...PROJECT,
                ...field('Route__c', 'Where__c', 'Location'),
                'tabs/Route__c.tab-meta.xml': '<CustomTab>\n  <label>\n</CustomTab>',
                'permissionsets/Loud.permissionset-meta.xml': xml(
                    'PermissionSet',
                    `\n${elements({ label: 'Loud' })}\n  <userPermissions>${elements({ enabled: 'yes', name: 'X' })}</userPermissions>`,
                ),
                'classes/Guess.cls': 'public class Guess {}',
                'tabs/Odd.txt': '',
            }),
            '67.0',
        );
        assert.deepEqual(
            problems
                .map(({ file, type, fullName, line }) => [file, type, fullName, line])
                .sort(([a], [b]) => String(a).localeCompare(String(b))),
            [
                ['classes/Guess.cls', 'ApexClass', 'Guess', null],
                ['objects/Route__c.object', 'CustomField', 'Route__c.Where__c', 2],
                ['permissionsets/Loud.permissionset', 'PermissionSet', 'Loud', 4],
                ['tabs/Odd.txt', 'CustomTab', 'Odd', null],
                ['tabs/Route__c.tab', 'CustomTab', 'Route__c', 3],
            ],
        );
    });

    it('counts lines and columns from where a part begins in its file', () => {
        const content = '<CustomField>\r\n <fullName>Odd__c</fullName></CustomField>';
        const path = 'objects/Route__c/fields/Odd__c.field-meta.xml';
        const root = parseXml({ path, shown: 'objects/Route__c.object', content, firstLine: 40 });
        const name = root?.children[0];
        assert.deepEqual([root?.line, root?.column, name?.line, name?.column], [40, 1, 41, 2]);
    });

    it('lists all of a project’s mistakes, a line each', () => {
        const root = writeProject({
            ...PROJECT,
            ...field('Route__c', 'To__c', 'Lookup', { referenceTo: 'Nothing__c' }),
            ...field('Route__c', 'Where__c', 'Location'),
        });
        assert.throws(
            () => readProject(root),
            (error) =>
                error instanceof MetadataError &&
                error.problems.length === 2 &&
                /Where__c\.field-meta\.xml:2: <type>.*\n.*To__c\.field-meta\.xml:2: referenceTo value of 'Nothing__c'/.test(
                    error.message,
                ),
        );
    });

    it('reads no files at all as an org with the built-in objects', () => {
        const { schema, problems } = readMetadata([], '67.0');
        assert.deepEqual(problems, []);
        assert.ok(schema.objects.has('Account'));
        assert.equal(schema.permissionSets.size + schema.tabs.size + schema.components.size, 0);
    });

    it('reads where a component may be placed and what may be set there', () => {
        const { schema, problems } = readMetadata(
            deployed({
                'lwc/map/map.js': 'export default class extends LightningElement { @api zoom; }',
                'lwc/map/map.js-meta.xml': xml(
                    'LightningComponentBundle',
                    `<isExposed>true</isExposed><targets><target>lightning__RecordPage</target><target>lightning__Tab</target></targets>
                    <targetConfigs><targetConfig targets="lightning__RecordPage"><property name="zoom" type="Integer" default="3" required="true"/>
                    <objects><object>Account</object></objects></targetConfig></targetConfigs>`,
                ),
            }),
            '67.0',
        );
        assert.deepEqual(problems, []);
        const component = schema.components.get('map');
        assert.deepEqual(component?.targets, ['lightning__RecordPage', 'lightning__Tab']);
        assert.deepEqual(component.properties, [
            { target: 'lightning__RecordPage', name: 'zoom', type: 'Integer', required: true, default: '3' },
        ]);
        assert.deepEqual(component.objects.get('lightning__RecordPage'), ['Account']);
    });

    describe('the home page of an app', () => {
        const home = (pageType: string, formFactor: string, factorOfBundle = 'Large'): Files => ({
            'lwc/map/map.js': 'export default class extends LightningElement {}',
            'lwc/map/map.js-meta.xml': xml(
                'LightningComponentBundle',
                `<isExposed>true</isExposed><targets><target>lightning__HomePage</target><target>lightning__AppPage</target></targets>
                <targetConfigs><targetConfig targets="lightning__HomePage"><supportedFormFactors><supportedFormFactor type="${factorOfBundle}"/></supportedFormFactors></targetConfig></targetConfigs>`,
            ),
            'flexipages/Start.flexipage-meta.xml': xml(
                'FlexiPage',
                `<flexiPageRegions><itemInstances><componentInstance>${elements({ componentName: 'map', identifier: 'c_map' })}</componentInstance></itemInstances>${elements({ name: 'top', type: 'Region' })}</flexiPageRegions>
                ${elements({ masterLabel: 'Start' })}<template>${elements({ name: 'home:desktopTemplate' })}</template>${elements({ type: pageType })}`,
            ),
            'applications/Town.app-meta.xml': xml(
                'CustomApplication',
                `<actionOverrides>${elements({ actionName: 'Tab', content: 'Start', formFactor, skipRecordTypeSelect: false, type: 'Flexipage', pageOrSobjectType: 'standard-home' })}</actionOverrides>
                ${elements({ formFactors: 'Large', label: 'Town', navType: 'Standard', tabs: 'standard-home', uiType: 'Lightning' })}`,
            ),
        });
        const read = (...choice: Parameters<typeof home>) => readMetadata(deployed(home(...choice)), '67.0');
        const words = (...choice: Parameters<typeof home>) => read(...choice).problems.map(({ message }) => message);

        it('is the page that the app names', () => {
            const { schema, problems } = read('HomePage', 'Large');
            assert.deepEqual(problems, []);
            assert.equal(schema.applications.get('Town')?.homePage, 'Start');
        });

        it('is a HomePage, for Large alone, as are its components', () => {
            assert.deepEqual(words('AppPage', 'Large'), ['Start is no HomePage; name one.']);
            assert.match(words('HomePage', 'Small').join(), /for the form factor Large alone/);
            assert.match(
                words('HomePage', 'Large', 'Small').join(),
                /lightning__HomePage supports the form factor Large/,
            );
        });
    });

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

describe('files of metadata', () => {
    const KINDS_OF_PATHS: readonly (readonly [path: string, zip: string, type: string, fullName: string])[] = [
        ['objects/A__c/A__c.object-meta.xml', 'objects/A__c.object', 'CustomObject', 'A__c'],
        ['objects/A__c/fields/B__c.field-meta.xml', 'objects/A__c.object', 'CustomField', 'A__c.B__c'],
        ['customMetadata/T.N.md-meta.xml', 'customMetadata/T.N.md', 'CustomMetadata', 'T.N'],
        ['layouts/A__c-A %28x%29.layout-meta.xml', 'layouts/A__c-A %28x%29.layout', 'Layout', 'A__c-A %28x%29'],
        ['reports/F.reportFolder-meta.xml', 'reports/F-meta.xml', 'ReportFolder', 'F'],
        ['reports/F/R.report-meta.xml', 'reports/F/R.report', 'Report', 'F/R'],
        ['lwc/a/a.js-meta.xml', 'lwc/a/a.js-meta.xml', 'LightningComponentBundle', 'a'],
        ['translations/pt_BR.translation-meta.xml', 'translations/pt_BR.translation', 'Translations', 'pt_BR'],
    ];
    for (const [path, zip, type, fullName] of KINDS_OF_PATHS) {
        it(`are known by their paths: ${path}`, () => {
            assert.deepEqual(identify(path), { type, fullName, isDefinition: true, problem: null });
            assert.equal(zipPathOf(path), zip);
            assert.equal(sourcePathOf(zip), type === 'CustomField' ? 'objects/A__c/A__c.object-meta.xml' : path);
        });
    }

    for (const [path, problem] of [
        ['triggers/T.trigger', /^the local org cannot hold Apex triggers/],
        ['objects/A__c/recordTypes/R.recordType-meta.xml', /^the local org cannot hold record types/],
        ['objects/A__c/B__c.object-meta.xml', /move it to objects\/B__c/],
        ['objects/A__c/fields/B__c.xml', /A__c\/fields\/Name\.field-meta\.xml/],
        ['tabs/sub/A.tab-meta.xml', /must be called tabs\/Name\.tab-meta\.xml/],
        ['permissionsets/1st.permissionset-meta.xml', /a letter first/],
        ['reports/R.report-meta.xml', /reports\/Folder\/Name\.report-meta\.xml/],
        ['labels/Mine.labels-meta.xml', /labels\/CustomLabels\.labels-meta\.xml/],
        ['lwc/Big/Big.js', /a small letter first/],
        ['lwc/loose.js', /component's folder/],
        ['misc/x.xml', /does not know the folder misc/],
    ] as const) {
        it(`are refused with what to do: ${path}`, () => {
            assert.match(identify(path).problem ?? '', problem);
        });
    }

    it('of this project have no element that the platform does not know', () => {
        const { files } = projectFiles(PROJECT_ROOT);
        assert.ok(files.length > 100, `only ${files.length} files`);
        assert.deepEqual(files.flatMap(checkElements), []);
    });

    it('of a project are those that a deploy would take, without JavaScript that is made from TypeScript', () => {
        const root = writeProject({
            'lwc/a/a.js': '',
            'lwc/a/a.ts': '',
            'lwc/a/__tests__/a.test.js': '',
            'lwc/b/b.js': '',
        });
        const write = (path: string, content: string): void => {
            mkdirSync(dirname(join(root, path)), { recursive: true });
            writeFileSync(join(root, path), content);
        };
        write('.forceignore', '# not for the platform\n*.ts\n**/__tests__/**\n');
        write('force-app/main/default/.hidden', '');
        assert.deepEqual(
            projectFiles(root).files.map(({ path, shown }) => [path, shown]),
            [['lwc/b/b.js', 'force-app/main/default/lwc/b/b.js']],
        );
    });
});
