import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { COMPONENTS, compileComponents } from '../components.ts';

let projectRoot = '';
before(async () => {
    projectRoot = await mkdtemp(path.join(tmpdir(), 'components-'));
});
after(() => rm(projectRoot, { recursive: true }));

async function bundle(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const directory = path.join(projectRoot, COMPONENTS, name);
    await rm(path.join(projectRoot, COMPONENTS), { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    for (const [file, text] of Object.entries(files)) await writeFile(path.join(directory, file), text);
    return directory;
}

test('types go, decorators stay as the platform wants them', async () => {
    const directory = await bundle('greeting', {
        'greeting.html': '<template><p>{name}</p></template>',
        'greeting.ts': `import { api, LightningElement } from 'lwc';
import type { Shape } from './shape';
export default class Greeting extends LightningElement {
    @api name: string = 'x';
    private shape: Shape | undefined;
}`,
        'shape.ts': 'export interface Shape { readonly a: string }',
    });
    const { bundles, scripts, problems } = await compileComponents({ projectRoot, write: true });
    assert.deepEqual({ bundles, scripts, problems }, { bundles: 1, scripts: 2, problems: [] });
    const script = await readFile(path.join(directory, 'greeting.js'), 'utf8');
    assert.match(script, /@api\s+name = 'x';/);
    assert.doesNotMatch(script, /Shape|: string/);
});

test('a template that the compiler refuses is named with its line, and nothing is written', async () => {
    const directory = await bundle('broken', {
        'broken.html': '<template>\n    <p class="{name}"></p>\n</template>',
        'broken.ts': `import { LightningElement } from 'lwc';\nexport default class Broken extends LightningElement {}`,
    });
    const { problems } = await compileComponents({ projectRoot, write: true });
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /lwc\/broken\/broken\.html:2:\d+: LWC1034/);
    assert.equal(existsSync(path.join(directory, 'broken.js')), false);
});

test('a script that does not parse is named with its line', async () => {
    await bundle('unparsed', { 'unparsed.ts': 'export const a: number = ;\n' });
    const { problems } = await compileComponents({ projectRoot, write: false });
    assert.match(problems[0] ?? '', /unparsed\.ts:1:26: Expression expected/);
});

test('a property that the platform reserves is refused', async () => {
    await bundle('reserved', {
        'reserved.html': '<template></template>',
        'reserved.ts': `import { api, LightningElement } from 'lwc';\nexport default class Reserved extends LightningElement {\n    @api onfoo = 1;\n}`,
    });
    const { problems } = await compileComponents({ projectRoot, write: false });
    assert.match(problems[0] ?? '', /reserved\.ts:3:\d+: .*LWC1108/);
});
