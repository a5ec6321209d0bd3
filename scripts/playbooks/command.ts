import { connectToOrg } from '../lib/connection.ts';
import { CommandError } from '../lib/errors.ts';
import { ORG_HELP, ORG_OPTIONS, readArguments } from '../lib/command.ts';
import type { ExitCode, Output } from '../lib/command.ts';
import { formatProblem } from '../lib/yaml-file.ts';
import { orgFieldTypes } from '../lib/org-fields.ts';
import type { FileProblem } from '../lib/yaml-file.ts';
import { importPlaybooks, PlaybookProblems, readPlaybooks } from './import.ts';

const USAGE = `Usage: npm run playbooks -- check [FILE|FOLDER …] [--org ORG]
       npm run playbooks -- import [FILE|FOLDER …] --org ORG

  check   says what is wrong in playbook files, by file and line; with --org it knows that org's own Account fields
  import  checks, then loads them as new versions and publishes these; safe to run twice

Without a file: data/playbooks.

${ORG_HELP}
  --json        check: problems as JSON, one a line`;

/** `npm run playbooks`: see USAGE. */
export async function playbooks(argv: readonly string[], output: Output): Promise<ExitCode> {
    const { values, positionals } = readArguments(argv, { ...ORG_OPTIONS, json: { type: 'boolean' } }, USAGE);
    if (values.help === true) {
        output.print(USAGE);
        return 0;
    }
    const [action, ...paths] = positionals;
    if (action !== 'check' && action !== 'import') {
        throw new CommandError(action === undefined ? 'Say what to do.' : `There is no “${action}” here.`, USAGE);
    }
    if (action === 'import' && values.org === undefined) {
        throw new CommandError('Into which org?', 'Add --org local, --org https://… or --org ALIAS.');
    }
    const files = paths.length > 0 ? paths : ['data/playbooks'];
    const connection = values.org === undefined ? null : await connectToOrg({ ...values, org: values.org });
    const fieldTypes = connection === null ? {} : await orgFieldTypes(connection);
    const json = values.json === true;
    const report = json ? problemsAsJson : problemsInWords;
    return reportProblems(output, report, async () => {
        if (action === 'import' && connection !== null) {
            await importPlaybooks({ connection, files, fieldTypes, log: (line) => output.print(line) });
            return;
        }
        for (const { content } of await readPlaybooks(files, fieldTypes)) {
            const { key, name, steps, version } = content;
            if (!json) {
                output.print(`${name} (${key}) version ${version}: fine, ${steps.length} steps`);
            }
        }
    });
}

type ProblemReport = (problems: readonly FileProblem[], output: Output) => void;

const problemsAsJson: ProblemReport = (problems, output) => {
    problems.forEach((problem) => output.print(JSON.stringify(problem)));
};

const problemsInWords: ProblemReport = (problems, output) => {
    problems.forEach((problem) => output.print(formatProblem(problem)));
    output.warn(`${problems.length === 1 ? 'One problem' : `${problems.length} problems`}. Nothing was written.`);
};

async function reportProblems(output: Output, report: ProblemReport, work: () => Promise<void>): Promise<ExitCode> {
    try {
        await work();
        return 0;
    } catch (error) {
        if (error instanceof PlaybookProblems) {
            report(error.problems, output);
            return 1;
        }
        throw error;
    }
}
