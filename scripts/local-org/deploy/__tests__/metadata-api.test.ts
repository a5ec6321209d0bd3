import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { at, startOrg, type TestOrg } from '../../__tests__/fixture.ts';
import { connectionOf, deployTo, manifest, metadata, zipOf } from './packages.ts';

let org: TestOrg;
before(async () => {
    org = await startOrg();
});

/** Posts an envelope; the answer's text. */
async function soap(
    body: string,
    headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; text: string }> {
    const response = await fetch(`${org.org.url}/services/Soap/m/67.0`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml', ...headers },
        body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata">${body}</e:Envelope>`,
    });
    return { status: response.status, text: await response.text() };
}

describe('the Metadata API over SOAP', () => {
    it('takes the session from the envelope or from the header', async () => {
        const call = '<e:Body><describeMetadata/></e:Body>';
        const inHeader = await soap(call, { authorization: `Bearer ${org.tokenOf('sam')}` });
        const header = `<e:Header><SessionHeader><sessionId>${org.tokenOf('sam')}</sessionId></SessionHeader></e:Header>`;
        const inEnvelope = await soap(header + call);
        assert.deepEqual([inHeader.status, inEnvelope.status], [200, 200]);
        assert.equal(inHeader.text, inEnvelope.text);
    });

    it('refuses what brings no session, or a wrong one, with the fault that clients look for', async () => {
        for (const session of [
            '',
            '<e:Header><SessionHeader><sessionId>00D!x</sessionId></SessionHeader></e:Header>',
        ]) {
            const { status, text } = await soap(`${session}<e:Body><describeMetadata/></e:Body>`);
            assert.equal(status, 500);
            assert.match(text, /<faultcode>sf:INVALID_SESSION_ID<\/faultcode><faultstring>INVALID_SESSION_ID: /);
        }
    });

    it("does not take the page's cookie for a session", async () => {
        const page = await fetch(org.org.url);
        const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
        const { text } = await soap('<e:Body><describeMetadata/></e:Body>', { cookie, origin: org.org.url });
        assert.match(text, /sf:INVALID_SESSION_ID/);
    });

    it('names an operation that it does not have', async () => {
        const { text } = await soap('<e:Body><retrieve/></e:Body>', { authorization: `Bearer ${org.tokenOf('sam')}` });
        assert.match(text, /soapenv:Client.*No operation available for request \{[^}]*\}retrieve/);
    });

    it('has no translations without Translation Workbench, as a new org', async () => {
        const call = '<e:Body><listMetadata><queries><type>Translations</type></queries></listMetadata></e:Body>';
        const { text } = await soap(call, { authorization: `Bearer ${org.tokenOf('sam')}` });
        assert.match(text, /INVALID_TYPE: Cannot use: Translations in this organization/);
    });

    it('is for those who may change metadata', async () => {
        const { text } = await soap('<e:Body><describeMetadata/></e:Body>', {
            authorization: `Bearer ${org.tokenOf('dora')}`,
        });
        assert.match(text, /sf:INSUFFICIENT_ACCESS/);
    });

    it('describes the kinds of metadata', async () => {
        const { metadataObjects } = await connectionOf(org).metadata.describe();
        const objects = metadataObjects.find((kind) => kind.xmlName === 'CustomObject');
        assert.deepEqual(
            [objects?.directoryName, objects?.suffix, objects?.childXmlNames.includes('CustomField')],
            ['objects', 'object', true],
        );
        assert.equal(metadataObjects.find((kind) => kind.xmlName === 'Report')?.inFolder, true);
    });

    it('lists what there is, with who changed it and when', async () => {
        const { metadata: api } = connectionOf(org);
        const sets = await api.list([{ type: 'PermissionSet' }]);
        assert.deepEqual(sets.map((one) => one.fullName).sort(), ['Driver', 'Office', 'Watcher']);
        await deployTo(org, {
            'package.xml': manifest({ CustomPermission: ['Sail'] }),
            'customPermissions/Sail.customPermission': metadata(
                'CustomPermission',
                '<isLicensed>false</isLicensed>',
                '<label>Sail</label>',
            ),
        });
        const [permission] = await api.list([{ type: 'CustomPermission' }]);
        const [sam] = await org.query('sam', "SELECT Id, Name FROM User WHERE Username = 'sam@test.local'");
        assert.deepEqual(
            [permission?.fullName, permission?.fileName, permission?.lastModifiedById, permission?.lastModifiedByName],
            ['Sail', 'customPermissions/Sail.customPermission', at(sam, 'Id'), at(sam, 'Name')],
        );
        const fields = await api.list([{ type: 'CustomField' }, { type: 'CustomObject' }]);
        assert.ok(fields.some((one) => one.type === 'CustomField' && one.fullName === 'Stop__c.Route__c'));
        assert.ok(fields.some((one) => one.type === 'CustomObject' && one.fullName === 'Stop__c'));
    });

    it('reads records: custom metadata, permission sets, an object with its parts; nothing for what is not there', async () => {
        const { metadata: api } = connectionOf(org);
        const hint = await api.read('CustomMetadata', 'Hint.First');
        assert.deepEqual([hint.fullName, hint.label], ['Hint.First', 'First']);
        const sets = await api.read('PermissionSet', ['Driver', 'Watcher']);
        assert.deepEqual(
            sets.map((set) => set.fullName),
            ['Driver', 'Watcher'],
        );
        const stop = await api.read('CustomObject', 'Stop__c');
        assert.ok(stop.fields.some((field) => field.fullName === 'Route__c' && field.type === 'MasterDetail'));
        const gone: unknown = await api.read('PermissionSet', 'Nobody');
        assert.equal(at(gone, 'fullName'), undefined);
    });

    it('refuses a type that it does not know', async () => {
        await assert.rejects(connectionOf(org).metadata.list([{ type: 'ApexClass' }]), /INVALID_TYPE/);
    });
});

describe('the Metadata API over REST', () => {
    it('deploys, and answers for it', async () => {
        const { metadata: api } = connectionOf(org);
        const zip = await zipOf({
            'package.xml': manifest({ CustomPermission: ['Row'] }),
            'customPermissions/Row.customPermission': metadata(
                'CustomPermission',
                '<isLicensed>false</isLicensed>',
                '<label>Row</label>',
            ),
        });
        const { id } = await api.deployRest(zip, { checkOnly: true });
        let result = await api.checkDeployStatus(id, true, true);
        while (!result.done) {
            result = await api.checkDeployStatus(id, true, true);
        }
        assert.deepEqual([result.status, result.checkOnly], ['Succeeded', true]);
        assert.deepEqual(org.org.store.schema.customPermissions.includes('Row'), false);
    });

    it('refuses what is not a deploy', async () => {
        const json = await org.data('sam', 'POST', '/metadata/deployRequest', { deployOptions: {} });
        assert.deepEqual([json.status, at(json.body, 0, 'errorCode')], [400, 'INVALID_MULTIPART_REQUEST']);
        const unknown = await org.data('sam', 'GET', '/metadata/deployRequest/0Af000000000000AAA');
        assert.deepEqual([unknown.status, at(unknown.body, 0, 'errorCode')], [400, 'INVALID_CROSS_REFERENCE_KEY']);
    });
});
