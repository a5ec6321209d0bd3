import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'contract-table-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What the table says of a file of contracts. */
function tableOf(content: string): string {
    const file = join(folder, 'sample.mjs');
    writeFileSync(file, `import { before, describe, it } from 'node:test';\n${content}`);
    const reporter = resolve(import.meta.dirname, '..', 'table.ts');
    const { stdout } = spawnSync(
        process.execPath,
        ['--import', 'tsx', '--test', `--test-reporter=${reporter}`, '--test-reporter-destination=stdout', file],
        { encoding: 'utf8', env: { ...process.env, NODE_TEST_CONTEXT: undefined } },
    );
    return stdout.replaceAll(/\d+ ms/g, 'N ms');
}

describe('the table of contracts', () => {
    it('shows areas, results, why something is skipped, and what a contract has to say', () => {
        const table = tableOf(`describe('Area', () => {
            it('holds', (test) => test.diagnostic('by the way'));
            it('waits', { skip: 'needs a real org' }, () => undefined);
        });`);
        assert.equal(
            table,
            '\nArea\n  ✓ holds  (N ms)\n      by the way\n  – waits  (needs a real org)\n\n1 passed, 0 failed, 1 skipped\n',
        );
    });

    it('tells what broke, once', () => {
        const table = tableOf(
            `describe('Area', () => { it('breaks', () => { throw new Error('no such thing'); }); });`,
        );
        assert.match(table, / {2}✗ breaks/);
        assert.match(table, /Broken contracts:\n\n✗ breaks\nno such thing\n/);
        assert.match(table, /\n0 passed, 1 failed, 0 skipped\n$/);
    });

    it('counts a file that cannot even begin as broken', () => {
        assert.match(tableOf(`throw new Error('no org');`), /\n0 passed, 1 failed, 0 skipped\n$/);
    });

    it('counts an area whose preparation fails as broken', () => {
        const table = tableOf(
            `describe('Area', () => { before(() => { throw new Error('no data'); }); it('one', () => undefined); });`,
        );
        assert.match(table, /\n0 passed, [1-9]\d* failed, 0 skipped\n$/);
        assert.match(table, /no data/);
    });
});
