import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { at, listAt, words } from './answer.ts';
import { BROKEN_VARIANTS } from './broken-variants.ts';
import { openOrg } from './org.ts';
import { ProjectCopy } from './project-copy.ts';
import { SalesforceCli } from './salesforce-cli.ts';

const SHOW = process.env['CONTRACT_SHOW'] === '1';

const org = await openOrg();
const { cli } = await SalesforceCli.login(org);
const project = await ProjectCopy.built(org.temporaryFolder());

/** What a deploy could have changed: the local org tells all of it, of a real one we only ask to validate. */
const state = (): unknown => org.local?.store.files().map(({ path, content }) => [path, content]);

describe(
    'Strict deploys: the project with one mistake, deployed by the Salesforce CLI, changes nothing',
    { concurrency: 2 },
    () => {
        for (const { mistake, file, says, make } of BROKEN_VARIANTS) {
            it(mistake, async (test) => {
                const copy = project.clone(join(org.temporaryFolder(), 'project'));
                const line = make(copy);
                const before = state();
                const run = await cli.on(
                    [
                        ...['project', 'deploy', 'start', '--source-dir', 'force-app', '--wait', '5', '--json'],
                        ...(org.local === null ? ['--dry-run'] : []),
                    ],
                    { cwd: copy.root },
                );
                const failures = listAt(run.json, 'result', 'files')
                    .filter((one) => at(one, 'state') === 'Failed')
                    .map((one) => ({
                        file: relative(copy.root, words(at(one, 'filePath'))),
                        line: at(one, 'lineNumber'),
                        problem: words(at(one, 'error')),
                    }));
                if (SHOW) {
                    for (const failure of failures.slice(0, 3)) {
                        test.diagnostic(
                            `${failure.file}:${words(failure.line)} ${failure.problem.split('\n')[0] ?? ''}`,
                        );
                    }
                }
                assert.notEqual(run.code, 0, 'the deploy succeeded');
                assert.deepEqual(state(), before);
                const found = failures.find((failure) => says.test(failure.problem));
                assert.ok(found, `${JSON.stringify(failures)}\n${words(at(run.json, 'message'))}`);
                assert.ok(found.file.includes(file), `it names ${found.file}, not ${file}`);
                if (line !== null) {
                    assert.equal(found.line, line);
                }
            });
        }
    },
);
