import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, startOrg, type TestOrg } from '../../__tests__/fixture.ts';
import { BOAT, connectionOf, deployTo, manifest, metadata, textField, zipOf, type ZipContent } from './packages.ts';

const BOATS: ZipContent = {
    'package.xml': manifest({ CustomObject: ['Boat__c'], PermissionSet: ['Skipper'] }),
    'objects/Boat__c.object': metadata('CustomObject', ...textField('Colour__c'), ...BOAT),
    'permissionsets/Skipper.permissionset': metadata(
        'PermissionSet',
        '<fieldPermissions><editable>true</editable><field>Boat__c.Colour__c</field><readable>true</readable></fieldPermissions>',
        '<label>Skipper</label>',
        '<objectPermissions><allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Boat__c</object><viewAllRecords>false</viewAllRecords></objectPermissions>',
    ),
};

const label = (name: string, value: string): string =>
    `<labels>\n<fullName>${name}</fullName>\n<language>en_US</language>\n<protected>false</protected>\n<shortDescription>${name}</shortDescription>\n<value>${value}</value>\n</labels>`;

async function bareOrg(...deploys: readonly ZipContent[]): Promise<TestOrg> {
    const org = await startOrg({ bare: true });
    for (const content of deploys) {
        const { status, failures } = await deployTo(org, content);
        assert.deepEqual([status, failures], ['Succeeded', []]);
    }
    return org;
}

const paths = (org: TestOrg): readonly string[] => org.org.store.files().map((file) => file.path);

describe('a deploy', () => {
    it('brings an object that is there at once, and says what it did', async () => {
        const org = await startOrg({ bare: true });
        const { status, done } = await deployTo(org, BOATS);
        assert.equal(status, 'Succeeded');
        assert.deepEqual([...done].sort(), [
            'created CustomField Boat__c.Colour__c',
            'created CustomObject Boat__c',
            'created PermissionSet Skipper',
        ]);
        const set = await org.query('sam', "SELECT Id FROM PermissionSet WHERE Name = 'Skipper'");
        const dora = await org.query('sam', "SELECT Id FROM User WHERE Username = 'dora@test.local'");
        await org.create('sam', 'PermissionSetAssignment', {
            PermissionSetId: at(set, 0, 'Id'),
            AssigneeId: at(dora, 0, 'Id'),
        });
        await org.create('dora', 'Boat__c', { Name: 'Gull', Colour__c: 'red' });
        assert.equal(at(await org.query('dora', 'SELECT Colour__c FROM Boat__c'), 0, 'Colour__c'), 'red');
    });

    it('says who asked for it, when, and what came of it', async () => {
        const org = await startOrg({ bare: true });
        const { raw } = await deployTo(org, BOATS);
        const [sam] = await org.query('sam', "SELECT Id, Name FROM User WHERE Username = 'sam@test.local'");
        assert.match(String(at(raw, 'id')), /^0Af\w{15}$/);
        assert.deepEqual(
            ['createdBy', 'createdByName', 'numberComponentsTotal', 'numberComponentsDeployed', 'done', 'success'].map(
                (name) => at(raw, name),
            ),
            [at(sam, 'Id'), at(sam, 'Name'), 3, 3, true, true],
        );
    });

    it('that brings the same again changes nothing; indentation is no change', async () => {
        const org = await bareOrg(BOATS);
        const indented = {
            ...BOATS,
            'objects/Boat__c.object': String(BOATS['objects/Boat__c.object']).replaceAll('\n<', '\n    <'),
        };
        const { done } = await deployTo(org, indented);
        assert.deepEqual(
            done.filter((one) => !one.startsWith('unchanged')),
            [],
        );
    });

    it('of some fields leaves the rest of the object as it was', async () => {
        const org = await bareOrg(BOATS);
        const { status, done } = await deployTo(org, {
            'package.xml': manifest({ CustomField: ['Boat__c.Sail__c'] }),
            'objects/Boat__c.object': metadata('CustomObject', ...textField('Sail__c')),
        });
        assert.deepEqual([status, done], ['Succeeded', ['created CustomField Boat__c.Sail__c']]);
        const boat = org.org.store.schema.objects.get('Boat__c');
        assert.deepEqual([boat?.fields.has('Colour__c'), boat?.fields.has('Sail__c')], [true, true]);
        assert.equal(boat?.label, 'Boat');
    });

    it('of a field that is there twice fails at the second', async () => {
        const { failures } = await deployTo(await bareOrg(BOATS), {
            'package.xml': manifest({ CustomField: ['Boat__c.Sail__c'] }),
            'objects/Boat__c.object': metadata('CustomObject', ...textField('Sail__c'), ...textField('Sail__c', 20)),
        });
        assert.deepEqual([failures.length, failures[0]?.line], [1, 9]);
    });

    it('of labels leaves the others as they were', async () => {
        const labels = (...all: readonly string[]): ZipContent => ({
            'package.xml': manifest({ CustomLabels: ['CustomLabels'] }),
            'labels/CustomLabels.labels': metadata('CustomLabels', ...all),
        });
        const org = await bareOrg(labels(label('One', 'first'), label('Two', 'second')));
        const { done } = await deployTo(org, labels(label('Two', 'zweitens'), label('Three', 'third')));
        assert.ok(done.includes('changed CustomLabel Two') && done.includes('created CustomLabel Three'));
        const values = [...org.org.store.schema.labels.values()].map(({ name, value }) => `${name}: ${value}`).sort();
        assert.deepEqual(values, ['One: first', 'Three: third', 'Two: zweitens']);
    });

    it('takes all or nothing: one mistake and nothing has changed', async () => {
        const org = await startOrg({ bare: true });
        const { status, failures, done } = await deployTo(org, {
            ...BOATS,
            'permissionsets/Skipper.permissionset': String(BOATS['permissionsets/Skipper.permissionset']).replace(
                'Colour',
                'Color',
            ),
        });
        assert.deepEqual([status, done], ['Failed', []]);
        assert.deepEqual(
            failures.map(({ type, name, file, line }) => [type, name, file, line]),
            [['PermissionSet', 'Skipper', 'permissionsets/Skipper.permissionset', 3]],
        );
        assert.deepEqual([paths(org), org.org.store.generation], [[], 1]);
    });

    it("names the line in the zip's own file, of every mistake at once", async () => {
        const org = await startOrg({ bare: true });
        const lines = [...BOAT, ...textField('Colour__c'), ...textField('Sail__c')];
        const content = metadata('CustomObject', ...lines)
            .replace('<length>10</length>', '<length>ten</length>')
            .replace('<label>Sail__c</label>', '<lable>Sail</lable>');
        const { failures } = await deployTo(org, {
            'package.xml': manifest({ CustomObject: ['Boat__c'] }),
            'objects/Boat__c.object': content,
        });
        const lineOf = (text: string): number => content.split('\n').findIndex((line) => line.includes(text)) + 1;
        const found = failures.map(({ name, line }) => `${name} ${line}`);
        assert.ok(found.includes(`Boat__c.Colour__c ${lineOf('ten')}`), found.join());
        assert.ok(found.includes(`Boat__c.Sail__c ${lineOf('lable')}`), found.join());
        assert.ok(failures.every(({ file }) => file === 'objects/Boat__c.object'));
    });

    it('that only checks finds the same and changes nothing', async () => {
        const org = await startOrg({ bare: true });
        const { status, done, raw } = await deployTo(org, BOATS, { checkOnly: true });
        assert.deepEqual([status, done.length, at(raw, 'checkOnly')], ['Succeeded', 3, true]);
        assert.deepEqual([paths(org), org.org.store.generation], [[], 1]);
    });

    it('that the records do not fit fails at the field, and the records stay', async () => {
        const org = await bareOrg(BOATS);
        await org.create('sam', 'Boat__c', { Name: 'Gull' });
        org.org.store.db.exec(`UPDATE "Boat__c" SET "Colour__c" = 'red'`);
        for (const checkOnly of [true, false]) {
            const { failures } = await deployTo(
                org,
                {
                    'package.xml': manifest({ CustomField: ['Boat__c.Colour__c'] }),
                    'objects/Boat__c.object': metadata(
                        'CustomObject',
                        ...textField('Colour__c')
                            .with(3, '<precision>3</precision>')
                            .with(4, '<scale>0</scale><type>Number</type>'),
                    ),
                },
                { checkOnly },
            );
            assert.deepEqual(
                failures.map(({ type, name, file, line }) => [type, name, file, line]),
                [['CustomField', 'Boat__c.Colour__c', 'objects/Boat__c.object', 3]],
            );
        }
        assert.equal(org.org.store.schema.objects.get('Boat__c')?.fields.get('Colour__c')?.kind, 'Text');
    });

    it('waits for the one before it', async () => {
        const org = await startOrg({ bare: true });
        const { metadata: api } = connectionOf(org);
        const zip = await zipOf(BOATS);
        const [first, second] = await Promise.all([
            api.deploy(zip, {}).complete(true),
            api.deploy(zip, {}).complete(true),
        ]);
        const changes = [first, second].map((one) => JSON.stringify(one).includes('"created":true'));
        assert.deepEqual([first.status, second.status, changes.filter(Boolean).length], ['Succeeded', 'Succeeded', 1]);
    });

    it('is for those who may change metadata', async () => {
        const org = await startOrg({ bare: true });
        await assert.rejects(deployTo(org, BOATS, {}, 'dora'), /INSUFFICIENT_ACCESS: use of the Metadata API requires/);
    });

    it('of a wildcard takes all that the zip has of the type', async () => {
        const org = await bareOrg({ ...BOATS, 'package.xml': manifest({ CustomObject: ['*'], PermissionSet: ['*'] }) });
        assert.ok(paths(org).includes('objects/Boat__c/fields/Colour__c.field-meta.xml'));
    });

    it('finds its package.xml in the one folder that was zipped', async () => {
        await bareOrg(Object.fromEntries(Object.entries(BOATS).map(([path, text]) => [`zip/${path}`, text])));
    });

    const REFUSED: readonly (readonly [string, ZipContent, string, RegExp])[] = [
        ['without package.xml', { 'objects/X.object': '' }, 'package.xml', /^No package.xml found$/],
        [
            'that names what is not in the zip',
            { 'package.xml': manifest({ CustomTab: ['Boat__c'] }) },
            'package.xml',
            /^An object 'Boat__c' of type CustomTab was named in package.xml, but was not found in zipped directory\./,
        ],
        [
            'of a file that package.xml does not name',
            { ...BOATS, 'package.xml': manifest({ CustomObject: ['Boat__c'] }) },
            'permissionsets/Skipper.permissionset',
            /^Not in package.xml:/,
        ],
        [
            'of a field that package.xml does not name',
            { ...BOATS, 'package.xml': manifest({ PermissionSet: ['Skipper'] }) },
            'objects/Boat__c.object',
            /^Not in package.xml:/,
        ],
        [
            'of Apex',
            { 'package.xml': manifest({ ApexClass: ['A'] }), 'classes/A.cls': '', 'classes/A.cls-meta.xml': '' },
            'classes/A.cls',
            /cannot hold Apex/,
        ],
        [
            'of an unknown folder',
            { 'package.xml': manifest({}), 'things/A.thing': '' },
            'things/A.thing',
            /does not know the folder things/,
        ],
        ['with a broken manifest', { 'package.xml': '<Package>' }, 'package.xml', /not well-formed/],
        [
            'with a manifest of another root',
            { 'package.xml': metadata('Packet') },
            'package.xml',
            /root has to be <Package/,
        ],
        [
            'with a broken file',
            { ...BOATS, 'objects/Boat__c.object': '<CustomObject>\n<label>\n</CustomObject>' },
            'objects/Boat__c.object',
            /not well-formed/,
        ],
        [
            'with bytes that are no text',
            { ...BOATS, 'objects/Boat__c.object': Buffer.from([0xff, 0xfe, 0x00]) },
            'objects/Boat__c.object',
            /not text in UTF-8/,
        ],
    ];
    for (const [name, content, file, problem] of REFUSED) {
        it(`${name} fails`, async () => {
            const org = await startOrg({ bare: true });
            const { status, failures } = await deployTo(org, content);
            assert.equal(status, 'Failed');
            assert.ok(
                failures.some((one) => one.file === file && problem.test(one.problem)),
                JSON.stringify(failures),
            );
            assert.deepEqual(paths(org), []);
        });
    }
});

describe('a deletion', () => {
    const without = (
        members: Readonly<Record<string, readonly string[]>>,
        when = 'destructiveChanges',
    ): ZipContent => ({
        'package.xml': manifest({}),
        [`${when}.xml`]: manifest(members),
    });

    it('takes the field along with what permission sets say of it', async () => {
        const org = await bareOrg(BOATS);
        const { status, done } = await deployTo(org, without({ CustomField: ['Boat__c.Colour__c'] }));
        assert.deepEqual([status, done], ['Succeeded', ['deleted CustomField Boat__c.Colour__c']]);
        assert.ok(!org.org.store.files().some(({ content }) => content.includes('Colour__c')));
    });

    it('takes an object with all that is its own', async () => {
        const org = await bareOrg(BOATS);
        await deployTo(org, without({ CustomObject: ['Boat__c'] }, 'destructiveChangesPost'));
        assert.deepEqual(paths(org), ['permissionsets/Skipper.permissionset-meta.xml']);
        const { status } = await org.data('sam', 'GET', '/sobjects/Boat__c/describe');
        assert.equal(status, 404);
    });

    it('fails while something refers to it, and names that', async () => {
        const org = await bareOrg(BOATS, {
            'package.xml': manifest({ ValidationRule: ['Boat__c.Red'] }),
            'objects/Boat__c.object': metadata(
                'CustomObject',
                '<validationRules><fullName>Red</fullName><active>true</active><errorConditionFormula>Colour__c = "red"</errorConditionFormula><errorMessage>No.</errorMessage></validationRules>',
            ),
        });
        const { status, failures } = await deployTo(org, without({ CustomField: ['Boat__c.Colour__c'] }));
        assert.equal(status, 'Failed');
        const [first] = failures;
        assert.deepEqual(
            [first?.type, first?.name, first?.file],
            ['CustomField', 'Boat__c.Colour__c', 'destructiveChanges.xml'],
        );
        assert.match(first?.problem ?? '', /referenced elsewhere.*ValidationRule Boat__c.Red/);
    });

    it('takes the related lists of an object off the layouts of its master', async () => {
        const org = await bareOrg(BOATS, {
            'package.xml': manifest({ CustomObject: ['Trip__c'], Layout: ['Boat__c-Boat Layout'] }),
            'objects/Trip__c.object': metadata(
                'CustomObject',
                ...BOAT.filter((line) => !line.includes('sharing')),
                '<sharingModel>ControlledByParent</sharingModel>',
                '<fields>',
                '<fullName>Boat__c</fullName>',
                '<label>Boat</label>',
                '<referenceTo>Boat__c</referenceTo>',
                '<relationshipLabel>Trips</relationshipLabel>',
                '<relationshipName>Trips</relationshipName>',
                '<type>MasterDetail</type>',
                '</fields>',
            ),
            'layouts/Boat__c-Boat Layout.layout': metadata(
                'Layout',
                '<layoutSections><customLabel>false</customLabel><detailHeading>false</detailHeading><editHeading>true</editHeading><label>Information</label>',
                '<layoutColumns><layoutItems><behavior>Required</behavior><field>Name</field></layoutItems></layoutColumns>',
                '<layoutColumns/><style>TwoColumnsTopToBottom</style></layoutSections>',
                '<relatedLists><fields>NAME</fields><relatedList>Trip__c.Boat__c</relatedList></relatedLists>',
            ),
        });
        const { status, failures } = await deployTo(org, without({ CustomObject: ['Trip__c'] }));
        assert.deepEqual([status, failures], ['Succeeded', []]);
        assert.ok(!org.org.store.files().some(({ content }) => content.includes('Trip__c')));
    });

    it('of what is not there is a warning', async () => {
        const org = await bareOrg(BOATS);
        const { status, raw } = await deployTo(org, without({ CustomField: ['Boat__c.Gone__c'] }));
        assert.equal(status, 'Succeeded');
        assert.match(
            JSON.stringify(raw),
            /"problem":"No CustomField named: Boat__c.Gone__c found","problemType":"Warning"/,
        );
    });

    it('of standard objects, of wildcards and of assigned permission sets fails', async () => {
        const org = await bareOrg(BOATS);
        const [set] = await org.query('sam', "SELECT Id FROM PermissionSet WHERE Name = 'Skipper'");
        const [sam] = await org.query('sam', "SELECT Id FROM User WHERE Username = 'sam@test.local'");
        await org.create('sam', 'PermissionSetAssignment', {
            PermissionSetId: at(set, 'Id'),
            AssigneeId: at(sam, 'Id'),
        });
        const members = { CustomObject: ['Account', '*'], PermissionSet: ['Skipper'] };
        const { failures } = await deployTo(org, without(members));
        assert.deepEqual(
            failures.map(({ line }) => line),
            [4, 5, 9],
        );
        assert.match(failures.map(({ problem }) => problem).join(), /standard.*wildcard.*assigned/s);
    });

    it('before and after what the same deploy brings', async () => {
        const org = await bareOrg(BOATS);
        const { status } = await deployTo(org, {
            ...BOATS,
            'objects/Boat__c.object': metadata('CustomObject', ...textField('Sail__c'), ...BOAT),
            'permissionsets/Skipper.permissionset': String(BOATS['permissionsets/Skipper.permissionset']).replace(
                'Colour',
                'Sail',
            ),
            'destructiveChangesPost.xml': manifest({ CustomField: ['Boat__c.Colour__c'] }),
        });
        assert.equal(status, 'Succeeded');
        assert.ok(!paths(org).some((path) => path.includes('Colour__c')));
    });

    it('of a folder of reports, as clients name it', async () => {
        const org = await bareOrg({
            'package.xml': manifest({ Report: ['Boats/'] }),
            'reports/Boats-meta.xml': metadata('ReportFolder', '<name>Boats</name>'),
        });
        assert.deepEqual(paths(org), ['reports/Boats.reportFolder-meta.xml']);
        const { done } = await deployTo(org, without({ Report: ['Boats'] }));
        assert.deepEqual([done, paths(org)], [['deleted Report Boats'], []]);
    });

    it('of a label leaves the others', async () => {
        const org = await bareOrg({
            'package.xml': manifest({ CustomLabel: ['One', 'Two'] }),
            'labels/CustomLabels.labels': metadata('CustomLabels', label('One', '1'), label('Two', '2')),
        });
        await deployTo(org, without({ CustomLabel: ['One'] }));
        assert.deepEqual([...org.org.store.schema.labels.keys()], ['Two']);
    });
});
