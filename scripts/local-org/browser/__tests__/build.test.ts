import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { exposedBundles } from '../build.ts';
import { platformModules, readLabels } from '../platform-modules.ts';
import { productBytes } from '../product-bytes.ts';

let projectRoot = '';
before(async () => {
    projectRoot = await mkdtemp(path.join(tmpdir(), 'page-build-'));
});
after(() => rm(projectRoot, { recursive: true }));

async function write(file: string, text: string): Promise<void> {
    const target = path.join(projectRoot, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
}

const labels = (...names: string[]): string =>
    `<CustomLabels>${names.map((name) => `<labels><fullName>${name}</fullName><value>${name} &amp; more</value></labels>`).join('')}</CustomLabels>`;

test('labels come from the metadata; a missing one is named with the nearest', async () => {
    await write(
        'force-app/main/default/labels/CustomLabels.labels-meta.xml',
        labels('Playbook_Title', 'Playbook_Done'),
    );
    const moduleFor = platformModules(projectRoot, readLabels(projectRoot));
    assert.equal(moduleFor('@salesforce/label/c.Playbook_Title'), 'export default "Playbook_Title & more";');
    assert.throws(() => moduleFor('@salesforce/label/c.Playbook_Titel'), /did you mean c\.Playbook_Title\?/);
});

test('a label given twice is refused', async () => {
    await write('force-app/other/labels/More.labels-meta.xml', labels('Playbook_Title'));
    assert.throws(() => readLabels(projectRoot), /Playbook_Title is given twice/);
    await rm(path.join(projectRoot, 'force-app/other'), { recursive: true });
});

test('schema modules name object and field; Apex is refused by name', () => {
    const moduleFor = platformModules(projectRoot, new Map());
    assert.equal(
        moduleFor('@salesforce/schema/Account.Name'),
        'export default {"fieldApiName":"Name","objectApiName":"Account"};',
    );
    assert.throws(() => moduleFor('@salesforce/apex/Some.method'), /has no module @salesforce\/apex\/Some\.method/);
});

test('only exposed bundles can be placed on a page', async () => {
    const meta = (exposed: boolean): string =>
        `<LightningComponentBundle><isExposed>${String(exposed)}</isExposed></LightningComponentBundle>`;
    await write('force-app/main/default/lwc/panel/panel.js-meta.xml', meta(true));
    await write('force-app/main/default/lwc/part/part.js-meta.xml', meta(false));
    assert.deepEqual(exposedBundles(projectRoot), ['panel']);
});

test('the bytes of a page count its components, and say when it has none', async () => {
    await assert.rejects(
        productBytes(path.resolve(import.meta.dirname, '../../../..'), 'Contact'),
        /No record page of Contact/,
    );
    const { components, bytes } = await productBytes(path.resolve(import.meta.dirname, '../../../..'));
    assert.deepEqual(components, ['playbookPanel']);
    assert.ok(bytes > 1000);
});
