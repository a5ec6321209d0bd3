/** `npm start`: looks at the Node that runs it before anything that an old Node cannot load, then hands over. */
import { nodeProblem } from '../check/node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem === null) {
    const { run } = await import('./run.ts');
    await run(process.argv.slice(2));
} else {
    console.error(problem.replace('`npm test`', '`npm start`'));
    process.exitCode = 1;
}
