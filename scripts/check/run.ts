/**
 * `npm run check` and `npm test`: the one gate, the same here and in CI.
 *
 * Prints a line for each stage, a failing stage's output in full, and last `N passed, N failed`; ends with code 1 when anything failed.
 */
import { fileURLToPath } from 'node:url';
import { chooseStages } from './arguments.ts';
import { nodeProblem } from './node-version.ts';
import type { Stage, StageResult } from './stages.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

async function main(): Promise<number> {
    const problem = nodeProblem(process.versions.node);
    if (problem !== null) return finish(0, 1, problem);
    // Not before the guard: what the stages import needs a current Node.
    const { STAGES } = await import('./stages.ts');
    const names = STAGES.map((stage) => stage.name);
    const choice = chooseStages(process.argv.slice(2), names);
    if ('help' in choice) {
        console.log('npm run check -- [--only STAGE,…] [--skip STAGE,…]\n');
        for (const stage of STAGES) console.log(`  ${stage.name.padEnd(8)} ${stage.says}`);
        return 0;
    }
    if ('problem' in choice) return finish(0, 1, choice.problem);
    let [passed, failed] = [0, 0];
    for (const stage of STAGES) {
        if (!choice.stages.includes(stage.name)) continue;
        const result = await timed(stage);
        passed += result.passed;
        failed += result.failed;
    }
    return finish(passed, failed);
}

async function timed(stage: Stage): Promise<StageResult> {
    const start = performance.now();
    const result = await runStage(stage);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
    const counts = `${result.passed} passed, ${result.failed} failed${skipped}`;
    console.log(`${result.failed > 0 ? '✗' : '✓'} ${stage.name.padEnd(8)} ${counts} (${seconds} s)`);
    if (result.failed > 0) console.log(`\n${result.report.trim()}\n`);
    return result;
}

async function runStage(stage: Stage): Promise<StageResult> {
    try {
        return await stage.run(projectRoot);
    } catch (error) {
        const report = error instanceof Error ? (error.stack ?? error.message) : String(error);
        return { passed: 0, failed: 1, skipped: 0, report };
    }
}

function finish(passed: number, failed: number, message?: string): number {
    if (message !== undefined) console.error(message);
    console.log(`${passed} passed, ${failed} failed`);
    return failed > 0 ? 1 : 0;
}

process.exitCode = await main();
