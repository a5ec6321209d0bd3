import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkElements } from '../../metadata/element-check.ts';
import { projectFiles } from '../../metadata/project-files.ts';
import { metadata } from './packages.ts';

const PATHS = {
    CustomField: 'objects/Boat__c/fields/Length__c.field-meta.xml',
    CustomObject: 'objects/Boat__c/Boat__c.object-meta.xml',
    CustomTab: 'tabs/Boat__c.tab-meta.xml',
    CustomLabels: 'labels/CustomLabels.labels-meta.xml',
    CustomPermission: 'customPermissions/Sail.customPermission-meta.xml',
    CustomMetadata: 'customMetadata/Kind.Big.md-meta.xml',
    LightningComponentBundle: 'lwc/boat/boat.js-meta.xml',
    Report: 'reports/Boats/All.report-meta.xml',
    ReportFolder: 'reports/Boats.reportFolder-meta.xml',
} as const;

const check = (type: keyof typeof PATHS, content: string): readonly string[] =>
    checkElements({ path: PATHS[type], shown: 'x', content, firstLine: 1 }).map(
        ({ line, message }) => `${line ?? ''}: ${message}`,
    );

const FIELD = ['<fullName>Length__c</fullName>', '<label>Length</label>', '<length>3</length>', '<type>Text</type>'];

const MISTAKES: readonly (readonly [string, keyof typeof PATHS, string, RegExp])[] = [
    [
        'an unknown element',
        'CustomField',
        metadata('CustomField', ...FIELD, '<colour>red</colour>'),
        /^7: Element \{.*\}colour invalid at this location in type CustomField/,
    ],
    [
        'an unknown element deep inside',
        'CustomObject',
        metadata(
            'CustomObject',
            '<label>B</label>',
            '<nameField>',
            '<label>N</label>',
            '<kind>Text</kind>',
            '</nameField>',
        ),
        /^6: Element .*kind.* in type CustomField/,
    ],
    [
        'an element twice',
        'CustomField',
        metadata('CustomField', ...FIELD, '<label>Again</label>'),
        /^7: Element label is duplicated/,
    ],
    [
        'repeated elements with others between them',
        'CustomMetadata',
        metadata(
            'CustomMetadata',
            '<values><field>Size__c</field><value xsi:nil="true"/></values>',
            '<label>Big</label>',
            '<values><field>Note__c</field><value xsi:nil="true"/></values>',
        ),
        /^5: Element values is duplicated at this location in type CustomMetadata; put all <values> one after the other/,
    ],
    [
        'a missing element',
        'CustomPermission',
        metadata('CustomPermission', '<label>Sail</label>'),
        /^2: Required field is missing: isLicensed/,
    ],
    [
        'a wrong enum value',
        'CustomField',
        metadata('CustomField', ...FIELD).replace('>Text<', '>Txt<'),
        /^6: 'Txt' is not a valid value for the enum 'FieldType'/,
    ],
    [
        'a wrong boolean',
        'CustomField',
        metadata('CustomField', ...FIELD, '<required>yes</required>'),
        /^7: 'yes' is not a valid value for the type xsd:boolean/,
    ],
    [
        'a wrong number',
        'CustomField',
        metadata('CustomField', ...FIELD).replace('>3<', '>three<'),
        /^5: 'three' is not a valid number/,
    ],
    [
        'an empty number',
        'CustomField',
        metadata('CustomField', ...FIELD).replace('>3<', '><'),
        /^5: '' is not a valid number/,
    ],
    [
        'elements in a text',
        'CustomField',
        metadata('CustomField', ...FIELD).replace('>Length<', '><b>Length</b><'),
        /^4: <label> takes text only/,
    ],
    ['stray text', 'CustomField', metadata('CustomField', ...FIELD, 'hello'), /^2: Text "hello" is not allowed/],
    [
        'another root',
        'CustomField',
        metadata('CustomTab', ...FIELD),
        /^2: The root is <CustomTab>; .* has <CustomField>/,
    ],
    ['no namespace', 'CustomTab', '<CustomTab><customObject>true</customObject></CustomTab>', /needs xmlns=/],
    [
        'another namespace',
        'CustomTab',
        '<CustomTab xmlns="http://example.com"><customObject>true</customObject></CustomTab>',
        /needs xmlns=/,
    ],
    [
        'an unknown attribute',
        'CustomTab',
        metadata('CustomTab', '<customObject>true</customObject>').replace('<CustomTab ', '<CustomTab id="1" '),
        /no attribute id="1"/,
    ],
    ['XML that does not end', 'CustomTab', '<CustomTab>', /not well-formed/],
    ['a DOCTYPE', 'CustomTab', '<!DOCTYPE x [<!ENTITY a "b">]><CustomTab/>', /DOCTYPE/],
    ['the type of a report in a folder', 'ReportFolder', metadata('Report'), /has <ReportFolder>/],
];

describe('the elements of a file', () => {
    for (const [name, type, content, message] of MISTAKES) {
        it(`with ${name} are refused with the line`, () => {
            const found = check(type, content);
            assert.ok(
                found.some((one) => message.test(one)),
                found.join('\n'),
            );
        });
    }

    it('of a type that contains itself, of many values and of any value are taken', () => {
        assert.deepEqual(check('CustomField', metadata('CustomField', ...FIELD)), []);
        const values =
            '<label>Big</label>\n<values><field>Size__c</field><value xsi:type="xsd:double">3.0</value></values>\n<values><field>Note__c</field><value xsi:nil="true"/></values>';
        assert.deepEqual(check('CustomMetadata', metadata('CustomMetadata', values)), []);
    });

    it('say one mistake once, and all of a file', () => {
        const found = check(
            'CustomField',
            metadata('CustomField', ...FIELD, '<a/>', '<b/>', '<required>no</required>'),
        );
        assert.equal(found.length, 3);
    });

    it("of the project's own files are all known", () => {
        const { files } = projectFiles(join(import.meta.dirname, '..', '..', '..', '..'));
        assert.ok(files.length > 100);
        assert.deepEqual(files.flatMap(checkElements), []);
    });
});
