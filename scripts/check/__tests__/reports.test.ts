import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reportNames } from '../rules/report-names.ts';
import { reports } from '../rules/reports.ts';
import { field, found, MAIN, META } from './fixtures.ts';

const lookup = (to: string, children: string) =>
    `<type>Lookup</type><referenceTo>${to}</referenceTo><relationshipName>${children}</relationshipName>`;

const reportType = (inside: string) => ({
    [`${MAIN}/reportTypes/Runs.reportType-meta.xml`]: `<ReportType ${META}><baseObject>Account</baseObject>${inside}</ReportType>`,
});
const join = (relationship: string, inside = '', outer = false) =>
    `<join>${inside}<outerJoin>${outer}</outerJoin><relationship>${relationship}</relationship></join>`;
const column = (table: string, name: string) =>
    `<sections><columns><field>${name}</field><table>${table}</table></columns><masterLabel>Run</masterLabel></sections>`;

const OBJECTS = {
    ...field('Run__c', 'Account__c', lookup('Account', 'Runs')),
    ...field('Run__c', 'Run_Book__c', lookup('Book__c', 'Book_Runs')),
    ...field('Step__c', 'Run__c', lookup('Run__c', 'Steps')),
    ...field('Book__c', 'Key__c', '<type>Text</type>'),
};

describe('report names', () => {
    const chain = reportType(join('Runs__r', join('Steps__r')));

    test('objects that a report type joins share no field name', () => {
        const shared = {
            ...OBJECTS,
            ...chain,
            ...field('Account', 'Status__c', ''),
            ...field('Step__c', 'Status__c', ''),
        };
        assert.deepEqual(found(reportNames, shared), [
            'Status__c.field-meta.xml: Account has a field Status__c too, and the two meet in Runs',
        ]);
    });

    test('an object that a column reaches by lookup meets the others', () => {
        const reached = reportType(join('Runs__r') + column('Account.Runs__r', 'Run_Book__c.Name'));
        const shared = { ...OBJECTS, ...field('Run__c', 'Key__c', '') };
        assert.deepEqual(found(reportNames, { ...shared, ...reached }), [
            'Key__c.field-meta.xml: Run__c has a field Key__c too, and the two meet in Runs',
        ]);
        assert.deepEqual(found(reportNames, { ...shared, ...chain }), []);
    });

    test('objects that no report type joins may', () => {
        const apart = { ...OBJECTS, ...chain, ...field('Other__c', 'Run_Book__c', '') };
        assert.deepEqual(found(reportNames, apart), []);
    });
});

describe('reports', () => {
    const PRACTICE = column('Account.Runs__r', 'Practice__c');
    const FILTER =
        '<filter><criteriaItems><column>Account.Runs__r$Practice__c</column><operator>equals</operator><value>0</value></criteriaItems></filter>';
    const report = (inside: string, name = 'Saves') => ({
        [`${MAIN}/reports/Folder/Saves.report-meta.xml`]: `<Report ${META}><name>${name}</name><reportType>Runs__c</reportType>${inside}</Report>`,
    });
    const formula = (text: string) =>
        `<aggregates><calculatedFormula>${text}</calculatedFormula><masterLabel>Rate</masterLabel></aggregates>`;
    const type = reportType(join('Runs__r') + PRACTICE);

    test('a report that says what it counts, leaves practice out and guards its rates is fine', () => {
        const good = report(`<description>d</description>${FILTER}${formula('IF(RowCount = 0, 0, A:SUM / RowCount)')}`);
        assert.deepEqual(found(reports, { ...type, ...good }), []);
    });

    test('texts that are missing or longer than the platform takes are found', () => {
        const long = report(`<description>${'x'.repeat(256)}</description>${FILTER}`, 'n'.repeat(41));
        assert.deepEqual(found(reports, { ...type, ...long }), [
            'Saves.report-meta.xml: its name has 41 characters, the platform takes 40',
            'Saves.report-meta.xml: its description has 256 characters, the platform takes 255',
        ]);
        assert.deepEqual(found(reports, { ...type, ...report(FILTER) }), ['Saves.report-meta.xml: has no description']);
    });

    test('a rate that may divide by nothing is found', () => {
        const bare = report(`<description>d</description>${FILTER}${formula('A:SUM / RowCount')}`);
        assert.deepEqual(found(reports, { ...type, ...bare }), [
            'Saves.report-meta.xml: Rate divides without asking for zero',
        ]);
    });

    test('a report of runs that counts practice is found, but not over an outer join', () => {
        const counting = report('<description>d</description>');
        assert.deepEqual(found(reports, { ...type, ...counting }), ['Saves.report-meta.xml: counts practice runs']);
        const outer = reportType(join('Runs__r', '', true) + PRACTICE);
        assert.deepEqual(found(reports, { ...outer, ...counting }), []);
    });

    test('a report type that names people past the setting is found', () => {
        const naming = reportType(
            join('Runs__r') + column('Account', 'Owner.Name') + column('Account.Runs__r', 'Run_CSM__c'),
        );
        const objects = { ...OBJECTS, ...field('Run__c', 'Run_CSM__c', lookup('User', 'Runs_as_CSM')) };
        assert.deepEqual(found(reports, { ...objects, ...naming }), [
            'Runs.reportType-meta.xml: the column Owner names people',
            'Runs.reportType-meta.xml: the column Run_CSM__c names people',
        ]);
    });
});
