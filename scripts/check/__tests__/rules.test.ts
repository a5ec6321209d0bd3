import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { projectFrom } from '../project.ts';
import { bundles } from '../rules/bundles.ts';
import { customMetadata } from '../rules/custom-metadata.ts';
import { descriptions } from '../rules/descriptions.ts';
import { fileLengths, readme } from '../rules/files.ts';
import { labels } from '../rules/labels.ts';
import { translations } from '../rules/translations.ts';
import { DESCRIBED, field, found, MAIN, META, object } from './fixtures.ts';

test('XML that is not well-formed is a finding with its place', () => {
    const project = projectFrom({ [`${MAIN}/tabs/A__c.tab-meta.xml`]: '<CustomTab>\n  <motif></CustomTab>' });
    assert.match(project.malformed[0]?.what ?? '', /line 2/);
});

describe('descriptions', () => {
    test('objects and fields without one are found, roll-ups and formulas too', () => {
        const contents = {
            ...object('Run__c', '<label>Run</label>'),
            ...field('Run__c', 'A__c', DESCRIBED),
            ...field('Run__c', 'B__c', '<type>Summary</type><description>d</description>'),
            ...field(
                'Run__c',
                'C__c',
                '<formula>1</formula><inlineHelpText>h</inlineHelpText><description> </description>',
            ),
        };
        assert.deepEqual(found(descriptions, contents), [
            'Run__c.object-meta.xml: has no description',
            'B__c.field-meta.xml: has no inlineHelpText',
            'C__c.field-meta.xml: has no description',
        ]);
    });

    test('a help text that the platform would refuse is found', () => {
        const long = `<description>d</description><inlineHelpText>${'x'.repeat(511)}</inlineHelpText>`;
        assert.deepEqual(found(descriptions, field('Run__c', 'A__c', long)), [
            'A__c.field-meta.xml: inlineHelpText has 511 characters, the platform takes 510',
        ]);
    });
});

describe('translations', () => {
    const project = (texts: Readonly<Record<string, string>>) => ({
        [`${MAIN}/labels/CustomLabels.labels-meta.xml`]: `<CustomLabels ${META}><labels><fullName>Due</fullName><value>Due {0}</value></labels><labels><fullName>Done</fullName><value>Done</value></labels></CustomLabels>`,
        'force-app/translations/main/default/translations/de.translation-meta.xml': `<Translations ${META}>${Object.entries(
            texts,
        )
            .map(([name, label]) => `<customLabels><label>${label}</label><name>${name}</name></customLabels>`)
            .join('')}</Translations>`,
    });

    test('has every label with its placeholders', () => {
        assert.deepEqual(found(translations, project({ Due: 'Fällig {0}', Done: 'Erledigt' })), []);
    });

    test('names what is missing, gone, or has other placeholders', () => {
        assert.deepEqual(found(translations, project({ Due: 'Fällig {1}', Gone: 'Weg' })), [
            'de.translation-meta.xml: lacks Done',
            'de.translation-meta.xml: Due has {1}',
            'de.translation-meta.xml: has Gone, which is no custom label',
        ]);
    });
});

describe('labels', () => {
    const label = (name: string, description = 'Button of a step.') =>
        `<labels><fullName>${name}</fullName><value>Done</value><shortDescription>${description}</shortDescription></labels>`;
    const file = (inside: string) => ({
        [`${MAIN}/labels/CustomLabels.labels-meta.xml`]: `<CustomLabels ${META}>${inside}</CustomLabels>`,
    });
    const uses = (path: string, ...names: string[]) => ({
        [`${MAIN}/lwc/${path}`]: names.map((name) => `import a from '@salesforce/label/c.${name}';`).join('\n'),
    });

    test('one that is described and imported is fine', () => {
        assert.deepEqual(found(labels, { ...file(label('Done')), ...uses('step/step.ts', 'Done') }), []);
    });

    test('undescribed, unused, doubled, unknown and too long ones are found', () => {
        const contents = {
            ...file(label('Done', '') + label('Skip') + label('Skip') + label('Long', 'x'.repeat(81))),
            ...uses('step/step.ts', 'Done', 'Gone', 'Long'),
            ...uses('step/__tests__/step.test.ts', 'Skip'),
        };
        assert.deepEqual(found(labels, contents), [
            'CustomLabels.labels-meta.xml: Done has no shortDescription',
            'CustomLabels.labels-meta.xml: Skip is imported nowhere',
            'CustomLabels.labels-meta.xml: Skip is there twice',
            'CustomLabels.labels-meta.xml: Skip is imported nowhere',
            'CustomLabels.labels-meta.xml: Long has a shortDescription of 81 characters',
            'step.ts: imports c.Gone, which is no custom label',
        ]);
    });
});

describe('custom metadata records', () => {
    const type = {
        ...object('Rule__mdt'),
        ...field('Rule__mdt', 'Active__c', '<type>Checkbox</type>'),
        ...field('Rule__mdt', 'Days__c', '<type>Number</type>'),
        ...field('Rule__mdt', 'Key__c', '<type>Text</type><length>5</length><required>true</required>'),
        ...field(
            'Rule__mdt',
            'Kind__c',
            '<type>Picklist</type><valueSet><valueSetDefinition><value><fullName>One</fullName></value></valueSetDefinition></valueSet>',
        ),
    };
    const record = (values: Readonly<Record<string, string>>) => ({
        ...type,
        [`${MAIN}/customMetadata/Rule.A.md-meta.xml`]: `<CustomMetadata ${META}>${Object.entries(values)
            .map(([name, value]) => `<values><field>${name}</field>${value}</values>`)
            .join('')}</CustomMetadata>`,
    });
    const good = {
        Active__c: '<value xsi:type="xsd:boolean">true</value>',
        Days__c: '<value xsi:nil="true"/>',
        Key__c: '<value xsi:type="xsd:string">abc</value>',
        Kind__c: '<value xsi:type="xsd:string">One</value>',
    };
    const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
        ['complete', good, []],
        [
            'a stranger',
            { ...good, Other__c: '<value xsi:nil="true"/>' },
            ['fills Other__c, which Rule__mdt does not have'],
        ],
        ['a blank checkbox', { ...good, Active__c: '<value xsi:nil="true"/>' }, ['Active__c is blank']],
        ['a blank required field', { ...good, Key__c: '<value xsi:nil="true"/>' }, ['Key__c is blank, yet required']],
        [
            'a wrong type',
            { ...good, Days__c: '<value xsi:type="xsd:string">3</value>' },
            ['Days__c is written as xsd:string'],
        ],
        ['too long', { ...good, Key__c: '<value xsi:type="xsd:string">abcdef</value>' }, ['Key__c has 6 characters']],
        [
            'no such value',
            { ...good, Kind__c: '<value xsi:type="xsd:string">Two</value>' },
            ['Kind__c is Two, none of its values'],
        ],
        ['no number', { ...good, Days__c: '<value xsi:type="xsd:double">x</value>' }, ['Days__c is x']],
        [
            'a field left out',
            { Active__c: good.Active__c, Key__c: good.Key__c, Kind__c: good.Kind__c },
            ['leaves out Days__c'],
        ],
    ];
    for (const [name, values, expected] of cases) {
        test(name, () => {
            assert.deepEqual(
                found(customMetadata, record(values)),
                expected.map((what) => `Rule.A.md-meta.xml: ${what}`),
            );
        });
    }

    test('a record of a type that is not there', () => {
        const stray = { [`${MAIN}/customMetadata/Gone.A.md-meta.xml`]: `<CustomMetadata ${META}/>` };
        assert.deepEqual(found(customMetadata, stray), [
            'Gone.A.md-meta.xml: is a record of Gone__mdt, which is not there',
        ]);
    });
});

describe('bundles', () => {
    const project = (paths: string, version: string) => ({
        'tsconfig.json': `{"compilerOptions":{"paths":${paths}}}`,
        'sfdx-project.json': `{"sourceApiVersion":"${version}"}`,
    });
    const pure = {
        [`${MAIN}/lwc/days/days.ts`]: '',
        [`${MAIN}/lwc/days/days.js-meta.xml`]:
            '<LightningComponentBundle><apiVersion>67.0</apiVersion></LightningComponentBundle>',
        [`${MAIN}/lwc/days/__tests__/days.test.ts`]: '',
    };

    test('a whole pure module is fine', () => {
        const paths = `{"c/days":["./${MAIN}/lwc/days/days.ts"]}`;
        assert.deepEqual(found(bundles, { ...project(paths, '67.0'), ...pure }), []);
    });

    test('missing parts, a missing path, an older API version and compiled output are found', () => {
        const contents = {
            ...project('{}', '60.0'),
            ...pure,
            [`${MAIN}/lwc/days/days.js`]: '',
            [`${MAIN}/lwc/step/step.html`]: '',
        };
        assert.deepEqual(found(bundles, contents), [
            'tsconfig.json: has no path for c/days',
            'step: has no js-meta.xml',
            'step: has no module of its name',
            'step: has no test',
            'sfdx-project.json: names API version 60.0',
            'days.js: is compiled output beside its source',
        ]);
    });
});

describe('files', () => {
    test('long ones are found', () => {
        assert.deepEqual(found(fileLengths, { 'a.ts': 'x\n'.repeat(400), 'b.ts': 'x\n'.repeat(401) }), [
            'b.ts: has 401 lines',
        ]);
    });

    test('the README has to name every permission set', () => {
        const sets = {
            [`${MAIN}/permissionsets/CSM.permissionset-meta.xml`]: `<PermissionSet ${META}/>`,
            [`${MAIN}/permissionsets/Lead.permissionset-meta.xml`]: `<PermissionSet ${META}/>`,
            [`${MAIN}/permissionsets/Adm.permissionset-meta.xml`]: `<PermissionSet ${META}><label>Playbook Admin</label></PermissionSet>`,
        };
        assert.deepEqual(found(readme, { ...sets, 'README.md': 'CSM works. Playbook Admin sets up.' }), [
            'README.md: does not mention the permission set Lead',
        ]);
        assert.deepEqual(found(readme, sets), ['README.md: is missing']);
    });
});
