import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import yazl from 'yazl';
import { buffer } from 'node:stream/consumers';
import { at, column, listAt } from './answer.ts';
import { MAY_DEPLOY, openOrg } from './org.ts';
import { ProjectCopy } from './project-copy.ts';
import { SalesforceCli } from './salesforce-cli.ts';

const org = await openOrg();
const { cli } = await SalesforceCli.login(org);
const onlyIfAllowed = org.local === null && !MAY_DEPLOY ? 'it changes metadata: --allow-deploy' : false;

const field = (name: string): Readonly<Record<string, string>> => ({
    [`objects/Playbook__c/fields/${name}.field-meta.xml`]: `<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>${name}</fullName>
    <label>Contract Trial</label>
    <length>20</length>
    <required>false</required>
    <type>Text</type>
</CustomField>
`,
});

const deploy = (verb: string, copy: ProjectCopy, more: readonly string[] = [], env = {}): Promise<unknown> =>
    cli.result(
        ['project', 'deploy', verb, '--wait', '30', ...copy.packages.flatMap((one) => ['--source-dir', one]), ...more],
        { cwd: copy.root, env },
    );

async function fieldNames(): Promise<readonly unknown[]> {
    const { body } = await org.call('GET', '/sobjects/Playbook__c/describe');
    return column(listAt(body, 'fields'), 'name');
}

/** Names of fields that the org has, whether or not a user may see them: a new field is seen by nobody until a permission set says so. */
async function deployedFields(): Promise<readonly unknown[]> {
    if (org.local === null) {
        const listed = await org.admin.metadata.list({ type: 'CustomField' });
        return column(listed, 'fullName').map((name) => String(name).replace(/^Playbook__c\./, ''));
    }
    return org.local.store.files().map(({ path }) => /Playbook__c\/fields\/(\w+)\./.exec(path)?.[1]);
}

describe('Deploy with the Salesforce CLI', () => {
    it('the whole project, --dry-run: succeeds, and nothing is changed', async () => {
        const copy = await ProjectCopy.built(org.temporaryFolder());
        const generation = org.local?.store.generation;
        const result = await deploy('start', copy, ['--dry-run']);
        assert.deepEqual([at(result, 'status'), at(result, 'checkOnly')], ['Succeeded', true]);
        assert.ok(Number(at(result, 'numberComponentsDeployed')) > 200);
        assert.equal(org.local?.store.generation, generation);
    });

    // With the tests that it needs to run, which may be those of the whole org.
    it('validate', { skip: onlyIfAllowed }, async () => {
        const copy = ProjectCopy.of(org.temporaryFolder(), field('Contract_Validated__c'));
        const result = await deploy('validate', copy, ['--test-level', 'RunLocalTests']);
        assert.equal(at(result, 'status'), 'Succeeded');
        assert.ok(!(await deployedFields()).includes('Contract_Validated__c'));
    });

    for (const [way, name, env] of [
        ['SOAP', 'Contract_By_Soap__c', { SF_ORG_METADATA_REST_DEPLOY: 'false' }],
        ['REST', 'Contract_By_Rest__c', { SF_ORG_METADATA_REST_DEPLOY: 'true' }],
    ] as const) {
        it(`start over ${way}, then destructive changes`, { skip: onlyIfAllowed }, async () => {
            const copy = ProjectCopy.of(org.temporaryFolder(), field(name));
            const result = await deploy('start', copy, [], env);
            assert.equal(at(result, 'status'), 'Succeeded');
            assert.deepEqual(column(listAt(result, 'files'), 'fullName'), [`Playbook__c.${name}`]);
            assert.deepEqual(column(listAt(result, 'files'), 'state'), ['Created']);
            assert.ok((await deployedFields()).includes(name));
            assert.ok(
                !(await fieldNames()).includes(name),
                'a new field is seen by nobody until a permission set says so',
            );
            const again = await deploy('start', copy, [], env);
            assert.deepEqual(column(listAt(again, 'files'), 'state'), ['Unchanged']);
            copy.write('package.xml', manifest(''));
            copy.write(
                'destructive.xml',
                manifest(`<types><members>Playbook__c.${name}</members><name>CustomField</name></types>`),
            );
            await cli.result(
                [
                    ...['project', 'deploy', 'start', '--manifest', 'package.xml', '--wait', '30'],
                    ...['--post-destructive-changes', 'destructive.xml'],
                ],
                { cwd: copy.root, env },
            );
            assert.ok(!(await deployedFields()).includes(name));
        });
    }
});

describe('Deploy with jsforce', () => {
    const zip = (type: string): Promise<Buffer> => {
        const file = new yazl.ZipFile();
        file.addBuffer(
            Buffer.from(
                manifest('<types><members>Playbook__c.Contract_Jsforce__c</members><name>CustomField</name></types>'),
            ),
            'package.xml',
        );
        file.addBuffer(
            Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
    <fields>
        <fullName>Contract_Jsforce__c</fullName>
        <label>Trial</label>
        <length>20</length>
        <type>${type}</type>
    </fields>
</CustomObject>
`),
            'objects/Playbook__c.object',
        );
        file.end();
        return buffer(file.outputStream);
    };

    it('checkOnly succeeds and leaves nothing', async () => {
        const result = await org.admin.metadata
            .deploy(await zip('Text'), { checkOnly: true, rollbackOnError: true, singlePackage: true })
            .complete(true);
        assert.deepEqual([result.status, result.success, result.checkOnly], ['Succeeded', true, true]);
        assert.ok(!(await deployedFields()).includes('Contract_Jsforce__c'));
    });

    it('describe, list and read tell what is there', async () => {
        const { metadataObjects } = await org.admin.metadata.describe();
        assert.ok(column(metadataObjects, 'xmlName').includes('CustomObject'));
        const listed: unknown = await org.admin.metadata.list({ type: 'FlexiPage' });
        assert.ok(column(listAt(listed), 'fullName').includes('Account_Success'));
        const read: unknown = await org.admin.metadata.read('CustomMetadata', ['Playbook_Setting.Default']);
        const record = Array.isArray(read) ? listAt(read)[0] : read;
        assert.equal(at(record, 'fullName'), 'Playbook_Setting.Default');
        assert.ok(column(listAt(record, 'values'), 'field').includes('Health_Field__c'));
    });

    it('a mistake comes back with file, line and words', async () => {
        const result: unknown = await org.admin.metadata
            .deploy(await zip('Txt'), { checkOnly: true, rollbackOnError: true, singlePackage: true })
            .complete(true);
        assert.deepEqual([at(result, 'status'), at(result, 'success')], ['Failed', false]);
        const failures = at(result, 'details', 'componentFailures');
        const failure = Array.isArray(failures) ? listAt(failures)[0] : failures;
        assert.deepEqual(
            [at(failure, 'fileName'), at(failure, 'problemType')],
            ['objects/Playbook__c.object', 'Error'],
        );
        assert.equal(Number(at(failure, 'lineNumber')), 7);
        assert.match(String(at(failure, 'problem')), /Txt/);
    });
});

function manifest(types: string): string {
    return `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">${types}<version>67.0</version></Package>
`;
}
