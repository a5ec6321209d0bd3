import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { PlaybookProblems, readPlaybooks } from '../import.ts';
import { formatProblem } from '../../lib/yaml-file.ts';
import { readPlaybook } from '../source.ts';

const FOLDER = 'scripts/playbooks/__tests__/broken';

async function problemsOf(paths: readonly string[]): Promise<string> {
    try {
        await readPlaybooks(paths);
        return '';
    } catch (error) {
        assert.ok(error instanceof PlaybookProblems, String(error));
        return error.problems.map((problem) => `${formatProblem(problem)}\n`).join('');
    }
}

test('the shipped playbooks are fine', async () => {
    const sources = await readPlaybooks(['data/playbooks']);
    assert.deepEqual(
        sources.map((source) => source.content.key),
        ['at-risk', 'champion-change', 'renewal'],
    );
});

for (const file of (await readdir(FOLDER)).filter((name) => name.endsWith('.playbook'))) {
    test(`every mistake is found, with its line: ${file}`, async () => {
        const path = `${FOLDER}/${file}`;
        const expected = await readFile(path.replace('.playbook', '.expected'), 'utf8');
        assert.equal((await problemsOf([path])).replaceAll(`${FOLDER}/`, ''), expected);
    });
}

test('two files with one key are told apart', async () => {
    const problems = await problemsOf([
        'data/playbooks/renewal.yaml',
        'data/playbooks',
        './data/playbooks/renewal.yaml',
    ]);
    assert.match(problems, /renewal\.yaml:3: The key “renewal” is taken by data\/playbooks\/renewal\.yaml/);
});

test('a folder without playbooks, and a file that does not exist, are errors', async () => {
    await assert.rejects(readPlaybooks(['scripts/playbooks/__tests__']), /no playbook file/);
    await assert.rejects(readPlaybooks(['nowhere.yaml']), /ENOENT/);
});

test('a line is that of the character within a block of text', () => {
    const text =
        'key: a\nname: A\nversion: 1\ncategory: Risk\nsummary: S\nwhen_to_use: |\n  one\n  two\n  three\nsteps:\n  - { key: s, title: T, phase: P, instructions: I }\n';
    const { source } = readPlaybook('file', text);
    assert.ok(source !== null);
    assert.equal(source.line(['when_to_use']), 7);
    assert.equal(source.line(['when_to_use'], 'one\ntwo\nth'.length), 9);
    assert.equal(source.line(['steps', 0, 'title']), 11);
    assert.equal(source.line(['steps', 0, 'show_when']), 11);
    assert.equal(source.line(['nothing']), 1);
});
