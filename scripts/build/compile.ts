/** `npm run build`: components as JavaScript beside their TypeScript, ready for a deploy. `--check` only looks. */
import { readOptions, runCommand } from '../lib/command.ts';
import { COMPONENTS, compileComponents } from './components.ts';

const USAGE = `npm run build [-- --check]

Compiles ${COMPONENTS} to JavaScript beside its TypeScript, for "sf project deploy start".
  --check   compile and report, but write nothing`;

await runCommand(async (argv) => {
    const values = readOptions(argv, { check: { type: 'boolean' } }, USAGE);
    if (values.help) {
        process.stdout.write(`${USAGE}\n`);
        return 0;
    }
    const write = values.check !== true;
    const { bundles, scripts, problems } = await compileComponents({ projectRoot: process.cwd(), write });
    if (problems.length) {
        process.stderr.write(
            `${problems.join('\n')}\n${problems.length} problems; nothing was written. Correct them first.\n`,
        );
        return 1;
    }
    process.stdout.write(
        `${bundles} bundles pass the LWC compiler; ${scripts} scripts ${write ? 'written' : 'checked, nothing written'}.\n`,
    );
    return 0;
});
