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

/** What a message tells one to do. */
const REMEDY =
    /\b(add|remove|name|write|keep|leave|take|build|correct|copy|give|declare|close|expected|unexpected|did you mean)\b/i;

interface Failure {
    /** In the project that was deployed. */
    readonly file: string;
    readonly line: unknown;
    readonly problem: string;
}

/** Deploys a project and returns the table of failures that the CLI shows. A real org is only asked to validate. */
async function deploy(copy: ProjectCopy): Promise<{ readonly code: number; readonly failures: readonly Failure[] }> {
    const { code, json } = await cli.on(
        [
            ...['project', 'deploy', 'start', '--wait', '30', '--json'],
            ...copy.packages.flatMap((one) => ['--source-dir', one]),
            ...(org.local === null ? ['--dry-run'] : []),
        ],
        { cwd: copy.root },
    );
    const failures = listAt(json, 'result', 'files')
        .filter((one) => at(one, 'state') === 'Failed')
        .map((one) => ({
            file: relative(copy.root, words(at(one, 'filePath'))),
            line: at(one, 'lineNumber'),
            problem: words(at(one, 'error')),
        }));
    return { code, failures };
}

/** All that a deploy could have changed, of an org that tells. */
const state = (): unknown => org.local?.store.files().map(({ path, content }) => [path, content]);

const title = 'Strict deploys: the project with one mistake, deployed by the Salesforce CLI, fails and changes nothing';

describe(title, { concurrency: 2 }, () => {
    for (const { mistake, file, says, make, takenByRealOrgs } of BROKEN_VARIANTS) {
        const skip = takenByRealOrgs === undefined ? false : org.skipUnlessLocal(takenByRealOrgs);
        it(mistake, { skip }, async (test) => {
            const copy = project.clone(join(org.temporaryFolder(), 'project'));
            const line = make(copy);
            const before = state();
            const { code, failures } = await deploy(copy);
            if (SHOW) {
                const shown = failures.find(({ problem }) => says.test(problem)) ?? failures[0];
                test.diagnostic(
                    `${shown?.file ?? ''}:${words(shown?.line)} ${shown?.problem.split('\n')[0] ?? ''}` +
                        (failures.length > 1 ? ` [and ${failures.length - 1} more]` : ''),
                );
            }
            assert.notEqual(code, 0, 'the deploy succeeded');
            assert.deepEqual(state(), before);
            if (org.local === null) {
                // A real org has words of its own, and lines for some kinds of files only.
                assert.ok(
                    failures.some((one) => one.file.includes(file)),
                    JSON.stringify(failures),
                );
                return;
            }
            const found = failures.find(({ problem }) => says.test(problem));
            assert.ok(found, JSON.stringify(failures));
            assert.ok(found.file.includes(file), `it names ${found.file}, not ${file}`);
            assert.match(found.problem, REMEDY, 'it says what to do');
            if (line !== null) {
                assert.equal(found.line, line);
            }
        });
    }
});
