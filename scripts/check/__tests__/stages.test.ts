import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { chooseStages } from '../arguments.ts';
import { jestCounts } from '../jest-counts.ts';
import { nodeProblem } from '../node-version.ts';
import { counted, nodeTests } from '../stages.ts';
import { runNode } from '../tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-test-'));
after(() => rmSync(folder, { recursive: true }));

/** Runs files of tests through the very runner and reporter of the check. */
async function runFiles(name: string, files: Readonly<Record<string, string>>) {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, `${name}-${file}.test.ts`), text);
    return nodeTests(process.cwd(), join(folder, `${name}-*.test.ts`), 2);
}
const head = "import { describe, test } from 'node:test';\n";

test('passed, failed and skipped tests are counted; suites are not', async () => {
    const result = await runFiles('mixed', {
        a: `${head}describe('suite', () => { test('one', () => {}); test('two', () => {}); test.skip('three', () => {}); });`,
        b: `${head}test('four', () => { throw new Error('four is broken'); }); test.todo('five');`,
    });
    assert.deepEqual([result.passed, result.failed, result.skipped], [2, 1, 2]);
    assert.match(result.report, /four is broken/);
});

test('a file without a test is a failure', async () => {
    const result = await runFiles('empty', { a: `${head}test('one', () => {});`, b: 'export const nothing = 1;' });
    assert.deepEqual([result.passed, result.failed], [1, 1]);
    assert.match(result.report, /empty-b\.test\.ts: no test in it/);
});

test('a file that cannot be loaded is a failure', async () => {
    const result = await runFiles('crash', { a: "throw new Error('does not load');" });
    assert.deepEqual([result.passed, result.failed], [0, 1]);
    assert.match(result.report, /does not load/);
});

test('no file at all is a failure', async () => {
    const result = await runFiles('none', {});
    assert.deepEqual([result.passed, result.failed], [0, 1]);
    assert.match(result.report, /No file matches/);
});

test('a runner that crashed, ran nothing or left with an error is a failure', () => {
    const counts = { passed: 3, failed: 0, skipped: 0, emptyFiles: [] };
    assert.equal(counted({ code: 1, output: 'Segmentation fault' }, null).failed, 1);
    assert.equal(counted({ code: 1, output: '' }, counts).failed, 1);
    assert.equal(counted({ code: 0, output: '' }, { ...counts, passed: 0, skipped: 4 }).failed, 1);
    assert.equal(counted({ code: 0, output: '' }, counts).failed, 0);
    assert.equal(counted({ code: 1, output: '' }, { ...counts, failed: 2 }).failed, 2);
});

test("Jest's counts include files that did not load", () => {
    const json = {
        numPassedTests: 5,
        numFailedTests: 1,
        numPendingTests: 2,
        numTodoTests: 1,
        numRuntimeErrorTestSuites: 2,
    };
    assert.deepEqual(jestCounts(JSON.stringify(json)), { passed: 5, failed: 3, skipped: 3, emptyFiles: [] });
    assert.throws(() => jestCounts('{}'));
});

test('a tool that hangs is ended and says so; one that cannot be loaded has a code', async () => {
    const hanging = await runNode(['-e', 'setInterval(() => {}, 1000)'], { cwd: folder, limitMinutes: 0.005 });
    assert.equal(hanging.code, null);
    assert.match(hanging.output, /it hangs/);
    const missing = await runNode([join(folder, 'nothing.js')], { cwd: folder });
    assert.equal(missing.code, 1);
    const loud = await runNode(['-e', "console.log('out'); console.error('err'); process.exit(3)"], { cwd: folder });
    assert.equal(loud.code, 3);
    assert.match(loud.output, /out/);
    assert.match(loud.output, /err/);
});

test('the command line chooses stages, in their own order', () => {
    const names = ['format', 'lint', 'unit'];
    assert.deepEqual(chooseStages([], names), { stages: names });
    assert.deepEqual(chooseStages(['--only', 'unit,format'], names), { stages: ['format', 'unit'] });
    assert.deepEqual(chooseStages(['--skip', 'unit', '--skip', 'lint'], names), { stages: ['format'] });
    assert.deepEqual(chooseStages(['--help'], names), { help: true });
    assert.deepEqual(chooseStages(['--only', 'units'], names), {
        problem: 'There is no stage units. The stages are format, lint, unit.',
    });
    assert.ok('problem' in chooseStages(['--only', 'lint', '--skip', 'lint'], names));
    assert.ok('problem' in chooseStages(['--quick'], names));
});

test('an old Node is told what to do', () => {
    assert.match(nodeProblem('20.20.2') ?? '', /npm ci/);
    assert.match(nodeProblem('22.15.1') ?? '', /need Node 24 or later, or 22 from 22\.16 on/);
    assert.match(nodeProblem('23.11.1') ?? '', /need Node 24 or later, or 22 from 22\.16 on/);
    assert.equal(nodeProblem('22.16.0'), null);
    assert.equal(nodeProblem('24.0.0'), null);
    assert.equal(nodeProblem('26.1.0'), null);
});
