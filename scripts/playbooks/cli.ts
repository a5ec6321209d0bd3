import { connectToOrg } from '../lib/connection.ts';
import { CommandError } from '../lib/errors.ts';
import { ORG_HELP, ORG_OPTIONS, readArguments, runCommand } from '../lib/command.ts';
import type { ExitCode } from '../lib/command.ts';
import { formatProblem } from '../lib/yaml-file.ts';
import { importPlaybooks, PlaybookProblems, readPlaybooks } from './import.ts';
import { orgFieldTypes } from './org-fields.ts';

const USAGE = `Usage: npm run playbooks -- check [FILE|FOLDER …] [--org ORG]
       npm run playbooks -- import [FILE|FOLDER …] --org ORG

  check   says what is wrong in playbook files, by file and line; with --org it knows that org's own Account fields
  import  checks, then loads them as new versions and publishes these; safe to run twice

Without a file: data/playbooks.

${ORG_HELP}
  --json        check: problems as JSON, one a line`;

async function playbooks(argv: readonly string[]): Promise<ExitCode> {
    const { values, positionals } = readArguments(argv, { ...ORG_OPTIONS, json: { type: 'boolean' } }, USAGE);
    if (values.help === true) {
        process.stdout.write(`${USAGE}\n`);
        return 0;
    }
    const [action, ...paths] = positionals;
    const files = paths.length > 0 ? paths : ['data/playbooks'];
    const connection = values.org === undefined ? null : await connectToOrg({ ...values, org: values.org });
    if (action === 'check') {
        return check(files, connection === null ? {} : await orgFieldTypes(connection), values.json === true);
    }
    if (action !== 'import') {
        throw new CommandError(action === undefined ? 'Say what to do.' : `There is no “${action}” here.`, USAGE);
    }
    if (connection === null) {
        throw new CommandError('Into which org?', 'Add --org local, --org https://… or --org ALIAS.');
    }
    const fieldTypes = await orgFieldTypes(connection);
    const log = (line: string): boolean => process.stdout.write(`${line}\n`);
    return reportProblems(async () => {
        await importPlaybooks({ connection, files, fieldTypes, log });
    }, false);
}

function check(files: readonly string[], fieldTypes: Parameters<typeof readPlaybooks>[1], json: boolean) {
    return reportProblems(async () => {
        const sources = await readPlaybooks(files, fieldTypes);
        if (!json) {
            for (const { content } of sources) {
                process.stdout.write(
                    `${content.name} (${content.key}) version ${content.version}: fine, ${content.steps.length} steps\n`,
                );
            }
        }
    }, json);
}

async function reportProblems(work: () => Promise<void>, json: boolean): Promise<ExitCode> {
    try {
        await work();
        return 0;
    } catch (error) {
        if (!(error instanceof PlaybookProblems)) {
            throw error;
        }
        for (const problem of error.problems) {
            process.stdout.write(`${json ? JSON.stringify(problem) : formatProblem(problem)}\n`);
        }
        if (!json) {
            const count = error.problems.length;
            process.stderr.write(`${count === 1 ? 'One problem' : `${count} problems`}. Nothing was written.\n`);
        }
        return 1;
    }
}

await runCommand(playbooks);
