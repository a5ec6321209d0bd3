/** `npm run contract`: see USAGE. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { CommandError } from '../lib/errors.ts';
import { connectToOrg } from '../lib/connection.ts';
import { readArguments, runCommand, type ExitCode, type Output } from '../lib/command.ts';
import { MARK, PROJECT_ROOT } from './org.ts';
import { removeMarked } from './records.ts';

const USAGE = `npm run contract -- [--only WORD] [--show] [--target-org ORG [--second-user ALIAS] [--allow-deploy]]

What the local org claims, driven through jsforce and the Salesforce CLI. Without --target-org against local orgs that it starts itself.

  --target-org ORG     a real org: alias of the Salesforce CLI, or https://… (token in SF_ACCESS_TOKEN). The project must be deployed there, and the user
                       needs the permission sets Playbook_Admin and Playbook_Account_Fields_Edit. First come the questions that only a real org
                       can answer. It makes records of its own, all marked contract-…, removes them, and touches nothing else.
  --second-user ALIAS  a user of that org with Playbook_CSM and without setup rights, for the questions about such users
  --allow-deploy       let the deploys there be real ones; otherwise they only validate
  --only WORD          only the files of contracts whose name contains WORD
  --show               print what broken deploys answer, and every answer to a question`;

const OPTIONS = {
    'target-org': { type: 'string' },
    'second-user': { type: 'string' },
    'allow-deploy': { type: 'boolean' },
    only: { type: 'string' },
    show: { type: 'boolean' },
} as const;

await runCommand(contract);

async function contract(argv: readonly string[], output: Output): Promise<ExitCode> {
    const { values } = readArguments(argv, OPTIONS, USAGE);
    if (values.help === true) {
        output.print(USAGE);
        return 0;
    }
    const files = contractFiles(values.only ?? '');
    if (files.length === 0) {
        throw new CommandError(`No file of contracts has “${values.only ?? ''}” in its name.`, USAGE);
    }
    const target = values['target-org'];
    if (target === undefined) {
        return runFiles(files, 2, { CONTRACT_SHOW: values.show === true ? '1' : undefined });
    }
    const connection = await connectToOrg({ org: target });
    await connection.sobject('Playbook__c').describe();
    const environment = {
        CONTRACT_TARGET_ORG: target,
        CONTRACT_MARK: MARK,
        CONTRACT_SECOND_USER: values['second-user'],
        CONTRACT_ALLOW_DEPLOY: values['allow-deploy'] === true ? '1' : undefined,
        CONTRACT_SHOW: '1',
    };
    const questions = files.filter((file) => file.includes('questions'));
    const others = files.filter((file) => !file.includes('questions'));
    try {
        const codes: ExitCode[] = [];
        for (const some of [questions, others].filter((list) => list.length > 0)) {
            codes.push(await runFiles(some, 1, environment));
        }
        return codes.includes(1) ? 1 : 0;
    } finally {
        const left = await removeMarked(connection, MARK);
        output.print(
            left === 0
                ? 'Every record that the contracts made is gone.'
                : `${left} records could not be removed: look for ${MARK} in names and keys.`,
        );
    }
}

function contractFiles(word: string): readonly string[] {
    return globSync('scripts/contract/*.contract.ts', { cwd: PROJECT_ROOT }).filter((file) => file.includes(word));
}

/** Runs files of contracts, each in a process of its own. While it runs, an interrupt ends them and not this process, which has to clean up. */
function runFiles(
    files: readonly string[],
    concurrency: number,
    environment: Readonly<Record<string, string | undefined>>,
): Promise<ExitCode> {
    return new Promise((resolve) => {
        const child = spawn(
            process.execPath,
            [
                ...['--import', 'tsx', '--test', `--test-concurrency=${concurrency}`],
                ...['--test-reporter=./scripts/contract/table.ts', '--test-reporter-destination=stdout'],
                ...files,
            ],
            { cwd: PROJECT_ROOT, env: { ...process.env, ...environment }, stdio: ['ignore', 'inherit', 'inherit'] },
        );
        const stop = (): void => {
            child.kill('SIGINT');
        };
        process.on('SIGINT', stop).on('SIGTERM', stop);
        child.once('close', (code) => {
            process.off('SIGINT', stop).off('SIGTERM', stop);
            resolve(code === 0 ? 0 : 1);
        });
    });
}
