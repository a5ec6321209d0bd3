/** The stages of `npm run check`, in the order in which a mistake is cheapest to hear of. */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jestCounts } from './jest-counts.ts';
import type { TestCounts } from './test-counts.ts';
import { commandOf, runNode } from './tool.ts';
import type { ToolRun } from './tool.ts';

export interface StageResult {
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    /** What to print when something failed: the tool's own words, in full. */
    readonly report: string;
}

export interface Stage {
    readonly name: string;
    /** For `--help`. */
    readonly says: string;
    run(projectRoot: string): Promise<StageResult> | StageResult;
}

const CACHE = '.cache/check';

export const STAGES: readonly Stage[] = [
    {
        name: 'format',
        says: 'Prettier has nothing to change',
        run: (root) =>
            tools(root, [[commandOf('prettier'), '--check', '--cache', `--cache-location=${CACHE}/prettier`, '.']]),
    },
    {
        name: 'lint',
        says: 'ESLint: LWC, TypeScript, SLDS 2, and which folder may import which',
        // Without ESLint's cache: what typed rules say of a file depends on others, which the cache does not see.
        run: (root) => tools(root, [[commandOf('eslint'), '.', '--max-warnings=0']]),
    },
    {
        name: 'types',
        says: 'TypeScript: components, their tests, tools, the page of the local org',
        run: (root) => tools(root, typeChecks(root)),
    },
    { name: 'rules', says: "the project's own rules: metadata, permissions, labels, texts", run: projectRules },
    {
        name: 'build',
        says: 'every component compiles to what the platform takes',
        run: (root) => tools(root, [['--import', 'tsx', 'scripts/build/compile.ts', '--check']]),
    },
    { name: 'unit', says: 'engines and components, in Jest', run: unitTests },
    {
        name: 'scripts',
        says: "tools and the local org, in Node's test runner",
        run: (root) => nodeTests(root, 'scripts/**/*.test.ts', 2),
    },
    {
        name: 'contract',
        says: 'what the local org claims, through jsforce and the Salesforce CLI',
        run: (root) => nodeTests(root, 'scripts/contract/*.contract.ts', 2),
    },
    {
        name: 'browser',
        says: 'the paths of a user in Chromium',
        // One file at a time: two browsers and two servers on two cores make slow tests, and slow tests fail.
        run: (root) => nodeTests(root, 'e2e/**/*.test.ts', 1),
    },
];

/** Every tsconfig of the project; TypeScript keeps what it learned between runs. */
function typeChecks(root: string): string[][] {
    const configs = globSync(['tsconfig.json', '{config,scripts}/**/tsconfig.json'], {
        cwd: root,
        exclude: (path) => /node_modules|fixtures/.test(path),
    }).sort();
    return configs.map((config) => [
        commandOf('typescript', 'tsc'),
        ...['--noEmit', '--incremental', '-p', config],
        ...['--tsBuildInfoFile', `${CACHE}/types/${config.replaceAll('/', '-')}.tsbuildinfo`],
    ]);
}

/** Tools without counts: each one counts as a test. */
async function tools(root: string, commands: readonly (readonly string[])[]): Promise<StageResult> {
    const reports: string[] = [];
    for (const command of commands) {
        const run = await runNode(command, { cwd: root });
        if (run.code !== 0)
            reports.push(run.output.trim() || `It ended with code ${String(run.code)} and said nothing.`);
    }
    return {
        passed: commands.length - reports.length,
        failed: reports.length,
        skipped: 0,
        report: reports.join('\n\n'),
    };
}

async function projectRules(root: string): Promise<StageResult> {
    // Loaded here, since a mistake in the engine, which one rule runs, must fail this stage alone.
    const { checkProject } = await import('./rules/index.ts');
    return checkProject(root);
}

function unitTests(root: string): Promise<StageResult> {
    return inScratchFolder(async (folder) => {
        const file = join(folder, 'jest.json');
        const run = await runNode([commandOf('jest'), '--ci', '--json', `--outputFile=${file}`], { cwd: root });
        return counted(run, existsSync(file) ? jestCounts(readFileSync(file, 'utf8')) : null);
    });
}

/** Runs the files that match, through tsx, and counts their tests. */
export function nodeTests(root: string, pattern: string, concurrency: number): Promise<StageResult> {
    return inScratchFolder(async (folder) => {
        const file = join(folder, 'counts.json');
        const paths = globSync(pattern, { cwd: root }).sort();
        if (paths.length === 0) return { passed: 0, failed: 1, skipped: 0, report: `No file matches ${pattern}.` };
        const run = await runNode(
            [
                ...['--import', 'tsx', '--test', `--test-concurrency=${concurrency}`],
                ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
                ...['--test-reporter=./scripts/check/test-counts.ts', `--test-reporter-destination=${file}`],
                ...paths,
            ],
            { cwd: root },
        );
        return counted(run, existsSync(file) ? nodeCounts(readFileSync(file, 'utf8')) : null);
    });
}

function nodeCounts(json: string): TestCounts | null {
    return json === '' ? null : (JSON.parse(json) as TestCounts);
}

/** The runner's own counts, unless it crashed, found nothing, or left with an error that its counts do not show. */
export function counted(run: ToolRun, counts: TestCounts | null): StageResult {
    if (counts === null) return { passed: 0, failed: 1, skipped: 0, report: `${run.output}\nThe test runner crashed.` };
    const notes = counts.emptyFiles.map((file) => `${file}: no test in it; write one or remove the file.`);
    let { failed } = counts;
    if (failed === 0 && run.code !== 0) {
        failed = 1;
        notes.push(`The test runner ended with code ${String(run.code)} although no test failed.`);
    }
    if (failed === 0 && counts.passed === 0) {
        failed = 1;
        notes.push('No test ran.');
    }
    return { passed: counts.passed, failed, skipped: counts.skipped, report: [run.output.trim(), ...notes].join('\n') };
}

async function inScratchFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
    const folder = mkdtempSync(join(tmpdir(), 'check-'));
    try {
        return await work(folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
