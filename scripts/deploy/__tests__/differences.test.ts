import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDifferences, differences, parseMetadata } from '../differences.ts';

const compare = (inOrg: unknown, xml: string) => differences(inOrg, parseMetadata(xml));

test('a custom metadata record is compared field by field; blanks and number formats do not count', () => {
    const file = `<?xml version="1.0"?><CustomMetadata xmlns:xsi="x"><label>Renewal</label><protected>false</protected>
        <values><field>Enter_When__c</field><value xsi:type="xsd:string">A &lt; 5</value></values>
        <values><field>Priority__c</field><value xsi:type="xsd:double">10</value></values>
        <values><field>Active__c</field><value xsi:type="xsd:boolean">true</value></values>
        <values><field>Exit_When__c</field><value xsi:nil="true"/></values></CustomMetadata>`;
    const value = (field: string, text: string) => ({ field, value: { _: text, $: { 'xsi:type': 'xsd:string' } } });
    const inOrg = {
        fullName: 'Playbook_Trigger.Renewal',
        label: 'Renewal',
        values: [
            value('Priority__c', '10.0'),
            value('Active__c', 'false'),
            value('Enter_When__c', 'A < 7'),
            value('Own__c', 'x'),
            { field: 'Signal_Title__c', value: { $: { 'xsi:nil': 'true' } } },
        ],
    };
    assert.deepEqual(compare(inOrg, file), [
        { at: 'Active__c', inOrg: 'false', inProject: 'true' },
        { at: 'Enter_When__c', inOrg: 'A < 7', inProject: 'A < 5' },
        { at: 'Own__c', inOrg: 'x', inProject: null },
    ]);
});

test('order does not count; what was added and removed is named by what tells it apart', () => {
    const file = `<FlexiPage><flexiPageRegions><itemInstances><componentInstance><componentName>playbookPanel</componentName>
        <identifier>c_playbookPanel</identifier></componentInstance></itemInstances><name>main</name></flexiPageRegions>
        <flexiPageRegions><name>header</name></flexiPageRegions><masterLabel>Account Success</masterLabel></FlexiPage>`;
    const item = (componentName: string, identifier: string) => ({ componentInstance: { componentName, identifier } });
    const inOrg = {
        fullName: 'Account_Success',
        flexiPageRegions: [
            { name: 'header', itemInstances: [] },
            { name: 'main', itemInstances: [item('force:detailPanel', 'd'), item('playbookPanel', 'c_playbookPanel')] },
        ],
        masterLabel: 'Our Account',
    };
    const lines = describeDifferences(compare(inOrg, file));
    assert.equal(lines.length, 3);
    assert.ok(lines.includes('~ masterLabel: Our Account  (org)  →  Account Success  (this version)'));
    assert.ok(
        lines.some((line) => /^- flexiPageRegions\[main\].*\[d\]\.componentName: force:detailPanel/.test(line)),
        lines.join('\n'),
    );
});

test('an element that appears twice on one side only is a difference; a false that is left out is none', () => {
    const file = '<CustomApplication><tabs>A</tabs><tabs>B</tabs></CustomApplication>';
    assert.deepEqual(compare({ tabs: ['B', 'A'], isNavAutoTempTabsDisabled: false }, file), []);
    assert.deepEqual(compare({ tabs: ['B', 'A', 'B'], setupExperience: 'x' }, file), [
        { at: 'setupExperience', inOrg: 'x', inProject: null },
        { at: 'tabs', inOrg: 'B', inProject: null },
    ]);
});

test('what every org adds to layouts and apps is no difference', () => {
    const summaryLayout = { masterLabel: '00h000000000001', sizeX: '4', sizeY: '0', summaryLayoutStyle: 'Default' };
    assert.deepEqual(compare({ excludeButtons: 'Submit', summaryLayout }, '<Layout/>'), [
        { at: 'excludeButtons', inOrg: 'Submit', inProject: null },
    ]);
    assert.deepEqual(compare({ setupExperience: 'all' }, '<CustomApplication/>'), []);
});
