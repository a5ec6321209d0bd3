import assert from 'node:assert/strict';
import { test } from 'node:test';
import { references } from '../rules/references.ts';
import { triggerFormulas } from '../rules/trigger-formulas.ts';
import { field, found, MAIN, META, object } from './fixtures.ts';

const OPEN_CLOSED =
    '<type>Picklist</type><valueSet><valueSetDefinition><value><fullName>Open</fullName></value></valueSetDefinition></valueSet>';
const org = {
    ...object('Run__c'),
    ...field('Run__c', 'Status__c', OPEN_CLOSED),
    ...field('Run__c', 'Name__c', '<type>Text</type><required>true</required>'),
    [`${MAIN}/lwc/panel/panel.js-meta.xml`]: `<LightningComponentBundle ${META}><isExposed>true</isExposed><targets><target>lightning__RecordPage</target></targets></LightningComponentBundle>`,
    [`${MAIN}/lwc/hidden/hidden.js-meta.xml`]: `<LightningComponentBundle ${META}><isExposed>false</isExposed></LightningComponentBundle>`,
};

const component = (name: string) =>
    `<flexiPageRegions><itemInstances><componentInstance><componentName>${name}</componentName></componentInstance></itemInstances></flexiPageRegions>`;

const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
    [
        'list view',
        `objects/Run__c/listViews/Open.listView-meta.xml`,
        '<ListView><columns>NAME</columns><columns>Status__c</columns><columns>Gone__c</columns>' +
            '<filters><field>Status__c</field><operation>equals</operation><value>Open,Lost</value></filters></ListView>',
        ['names Run__c.Gone__c, which is not there', 'filters Run__c.Status__c by Lost, which is none of its values'],
    ],
    [
        'layout',
        'layouts/Run__c-Run Layout.layout-meta.xml',
        '<Layout><layoutSections><layoutColumns><layoutItems><field>Gone__c</field></layoutItems></layoutColumns></layoutSections>' +
            '<relatedLists><fields>NAME</fields><relatedList>Run__c.Parent__c</relatedList></relatedLists></Layout>',
        [
            'names Run__c.Gone__c, which is not there',
            'leaves out the required field Name__c',
            'names Run__c.Parent__c, which is not there',
        ],
    ],
    [
        'page',
        'flexipages/Page.flexipage-meta.xml',
        `<FlexiPage>${component('force:detailPanel')}${component('panel')}${component('nothing')}<sobjectType>Account</sobjectType><type>RecordPage</type></FlexiPage>`,
        ['names component nothing, which is not there'],
    ],
    [
        'application',
        'applications/App.app-meta.xml',
        '<CustomApplication><actionOverrides><content>No_Page</content></actionOverrides><tabs>standard-Account</tabs><tabs>Run__c</tabs></CustomApplication>',
        ['names page No_Page, which is not there', 'names tab Run__c, which is not there'],
    ],
    [
        'tab',
        'tabs/Gone__c.tab-meta.xml',
        '<CustomTab><customObject>true</customObject></CustomTab>',
        ['names object Gone__c, which is not there'],
    ],
    [
        'permission set',
        'permissionsets/A.permissionset-meta.xml',
        '<PermissionSet><fieldPermissions><field>Run__c.Gone__c</field></fieldPermissions><fieldPermissions><field>Run__c.Status__c</field></fieldPermissions>' +
            '<objectPermissions><object>Gone__c</object></objectPermissions></PermissionSet>',
        ['names Run__c.Gone__c, which is not there', 'names Gone__c, which is not there'],
    ],
    [
        'roll-up',
        'objects/Account/fields/Runs__c.field-meta.xml',
        '<CustomField><type>Summary</type><summaryForeignKey>Run__c.Account__c</summaryForeignKey>' +
            '<summaryFilterItems><field>Run__c.Status__c</field><value>Open, Shut</value></summaryFilterItems></CustomField>',
        [
            'names Run__c.Account__c, which is not there',
            'filters Run__c.Status__c by Shut, which is none of its values',
        ],
    ],
    [
        'validation rule',
        'objects/Run__c/validationRules/V.validationRule-meta.xml',
        '<ValidationRule><errorDisplayField>Gone__c</errorDisplayField><errorMessage>No.</errorMessage></ValidationRule>',
        ['names Run__c.Gone__c, which is not there', 'has no description'],
    ],
];
for (const [name, path, text, expected] of cases) {
    test(`a ${name} that names what is not there is found`, () => {
        const file = path.split('/').at(-1) ?? '';
        assert.deepEqual(
            found(references, { ...org, [`${MAIN}/${path}`]: text }),
            expected.map((what) => `${file}: ${what}`),
        );
    });
}

test('a component on a page has to be exposed for record pages', () => {
    const page = `<FlexiPage>${component('hidden')}<type>RecordPage</type></FlexiPage>`;
    assert.deepEqual(found(references, { ...org, [`${MAIN}/flexipages/Page.flexipage-meta.xml`]: page }), [
        'hidden.js-meta.xml: is on the page Page, yet not exposed',
        'hidden.js-meta.xml: is on the record page Page',
    ]);
});

const record = (name: string, values: Readonly<Record<string, string>>) => ({
    [`${MAIN}/customMetadata/${name}.md-meta.xml`]: `<CustomMetadata ${META}><label>${name}</label>${Object.entries(
        values,
    )
        .map(([key, value]) => `<values><field>${key}</field><value xsi:type="xsd:string">${value}</value></values>`)
        .join('')}</CustomMetadata>`,
});
const risk = {
    Active__c: 'true',
    Kind__c: 'Playbook',
    Playbook_Key__c: 'at-risk',
    Exit_When__c: '$Figure.Health &gt; 65',
};
const settings = {
    ...record('Playbook_Setting.Default', { Health_Field__c: 'Health__c' }),
    ...field('Account', 'Health__c', '<type>Number</type><label>Health</label>'),
};

test('triggers that compile are fine', () => {
    const trigger = record('Playbook_Trigger.Risk', { ...risk, Enter_When__c: 'Health__c &lt; 60' });
    assert.deepEqual(found(triggerFormulas, { ...settings, ...trigger }), []);
});

test('a trigger over a field that is not there is found with its place', () => {
    const trigger = record('Playbook_Trigger.Risk', { ...risk, Enter_When__c: '1 = 1 &amp;&amp; Helth__c &lt; 60' });
    const findings = found(triggerFormulas, { ...settings, ...trigger });
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', /Playbook_Trigger\.Risk.*Enter When.*Helth__c.*position 9/);
});

test('a merge field in a text of a signal that names nothing is found', () => {
    const signal = { ...risk, Kind__c: 'Signal', Enter_When__c: 'Health__c &lt; 60' };
    const texts = (text: string) => ({
        ...settings,
        ...record('Playbook_Trigger.Call', { ...signal, Signal_Instructions__c: text }),
    });
    assert.deepEqual(found(triggerFormulas, texts('Health is {!$Figure.Health}.')), []);
    const findings = found(triggerFormulas, texts('Health is {!$Figure.Helth}.'));
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', /Playbook_Trigger\.Call.*Signal Instructions.*Helth/);
});

test('a nurture rule that is no condition is found', () => {
    const setting = (formula: string) => ({
        ...settings,
        ...record('Playbook_Setting.Default', { Health_Field__c: 'Health__c', Nurture_When__c: formula }),
    });
    assert.deepEqual(found(triggerFormulas, setting('$Figure.Health &lt; 80')), []);
    const findings = found(triggerFormulas, setting('$Figure.Helth'));
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', /Playbook_Setting\.Default.*Nurture When.*Helth/);
});

test('a setting that maps a figure to a field that is not there is found', () => {
    const findings = found(triggerFormulas, record('Playbook_Setting.Default', { Health_Field__c: 'Gone__c' }));
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', /Playbook_Setting\.Default.*Gone__c/);
});
