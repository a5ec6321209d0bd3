import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { runHere } from '../../lib/__tests__/run-command.ts';
import { playbooks } from '../command.ts';

const BROKEN = 'scripts/playbooks/__tests__/broken/shape.playbook';

test('check needs no org and ends with 0 when all is well', async () => {
    const { code, stdout } = await runHere(playbooks, ['check']);
    assert.equal(code, 0);
    assert.match(stdout, /At-Risk \(at-risk\) version 2: fine, 26 steps/);
});

test('problems are printed by file and line, and it ends with 1', async () => {
    const { code, stdout, stderr } = await runHere(playbooks, ['check', BROKEN]);
    assert.equal(code, 1);
    assert.match(
        stdout,
        /^scripts\/playbooks\/__tests__\/broken\/shape\.playbook:1: “summary” is missing\. Add it\.$/m,
    );
    assert.match(stderr, /7 problems/);
});

test('as JSON, one problem a line', async () => {
    const { stdout } = await runHere(playbooks, ['check', BROKEN, '--json']);
    const problem = z.object({ file: z.string(), line: z.number(), message: z.string(), action: z.string() });
    const problems = stdout
        .trimEnd()
        .split('\n')
        .map((line) => problem.parse(JSON.parse(line)));
    assert.equal(problems.length, 7);
});

const wrong: readonly [string, readonly string[], RegExp][] = [
    ['nothing to do', [], /Say what to do\.[\s\S]*Usage:/],
    ['an import without an org', ['import'], /Into which org\?[\s\S]*--org local/],
    ['a file that is not there', ['check', 'nowhere.yaml'], /nowhere\.yaml[\s\S]*Check the path/],
];

for (const [name, args, message] of wrong) {
    test(`${name}: says so and ends with 2`, async () => {
        const { code, stderr } = await runHere(playbooks, args);
        assert.equal(code, 2);
        assert.match(stderr, message);
    });
}
