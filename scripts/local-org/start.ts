/** `npm start`: looks at the Node that runs it before anything that an old Node cannot load, then starts the org with the project's sample. */
import { join } from 'node:path';
import { nodeProblem } from '../check/node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem === null) {
    const { run } = await import('./run.ts');
    await run(process.argv.slice(2), async ({ coach, connection, dataRoot, today, log }) => {
        // Loaded when needed: a start over records that are there does without.
        const { loadSample } = await import('../sample/load.ts');
        const { shownHistory } = await import('../history/shown.ts');
        const history = await shownHistory(today);
        await history.importPlaybooks({ connection, directory: join(dataRoot, 'playbooks'), log });
        await loadSample({ connection, directory: join(dataRoot, 'sample'), today, log });
        await history.load({ coach, connection, log });
    });
} else {
    console.error(problem.replace('`npm test`', '`npm start`'));
    process.exitCode = 1;
}
