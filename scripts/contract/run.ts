/** `npm run contract`: see USAGE. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { CommandError } from '../lib/errors.ts';
import { connectToOrg, type Connection } from '../lib/connection.ts';
import { readOptions, runCommand, type ExitCode, type Output } from '../lib/command.ts';
import { MARK, PROJECT_ROOT } from './org.ts';
import { RecordMaker, removeMarked } from './records.ts';

const USAGE = `npm run contract -- [--only WORD] [--show] [--target-org ORG [--second-user ALIAS] [--allow-deploy]]

What the local org claims, driven through jsforce and the Salesforce CLI. Without --target-org against local orgs that it starts itself.

  --target-org ORG     a real org: alias of the Salesforce CLI, or https://… (token in SF_ACCESS_TOKEN). The project must be deployed there, and the user
                       needs the permission sets Playbook_Admin and Playbook_Account_Fields_Edit. First come the questions that only a real org
                       can answer. It makes records of its own, all marked contract-…, removes them, and touches nothing else.
  --second-user ALIAS  a user of that org with Playbook_CSM and without setup rights, for the questions about such users
  --allow-deploy       let the deploys there be real ones; otherwise they only validate
  --clean-up MARK      only remove what a run left there that was cut off
  --only WORD          only the files of contracts whose name contains WORD
  --show               print what broken deploys answer, and every answer to a question`;

const OPTIONS = {
    'target-org': { type: 'string' },
    'second-user': { type: 'string' },
    'allow-deploy': { type: 'boolean' },
    'clean-up': { type: 'string' },
    only: { type: 'string' },
    show: { type: 'boolean' },
} as const;

await runCommand(contract);

async function contract(argv: readonly string[], output: Output): Promise<ExitCode> {
    const values = readOptions(argv, OPTIONS, USAGE);
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
    const { 'clean-up': earlier, 'second-user': secondUser } = values;
    if (earlier !== undefined) {
        // Anything shorter could begin names of others.
        if (!/^contract-[a-z0-9]{8,}$/.test(earlier)) {
            throw new CommandError(
                `“${earlier}” is no mark of a run.`,
                'Copy the one that the run printed at its start.',
            );
        }
        return cleanUp(connection, earlier, output);
    }
    await probe(connection);
    output.print(
        `Records of this run begin with ${MARK}; should it be cut off: --target-org ${target} --clean-up ${MARK}`,
    );
    const environment = {
        CONTRACT_TARGET_ORG: target,
        CONTRACT_MARK: MARK,
        CONTRACT_SECOND_USER: secondUser,
        CONTRACT_ALLOW_DEPLOY: values['allow-deploy'] === true ? '1' : undefined,
        CONTRACT_SHOW: '1',
    };
    const codes: ExitCode[] = [];
    try {
        const isQuestion = (file: string): boolean => file.includes('questions');
        for (const some of [files.filter(isQuestion), files.filter((file) => !isQuestion(file))]) {
            codes.push(some.length > 0 ? await runFiles(some, 1, environment) : 0);
        }
    } finally {
        codes.push(await cleanUp(connection, MARK, output));
    }
    return codes.includes(1) ? 1 : 0;
}

/** Whether the project is there and an account can be made: throws CommandError with the org's own words, once, rather than in every contract. */
async function probe(connection: Connection): Promise<void> {
    try {
        await connection.sobject('Playbook__c').describe();
        await connection.sobject('Account').destroy(await new RecordMaker(connection).account());
    } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        throw new CommandError(
            `The contracts cannot be checked in this org: ${words}`,
            'Deploy the project (npm run deploy), assign Playbook_Admin and Playbook_Account_Fields_Edit, and take an org whose own rules let an account with nothing but a name be saved.',
        );
    }
}

async function cleanUp(connection: Connection, mark: string, output: Output): Promise<ExitCode> {
    const left = await removeMarked(connection, mark);
    if (left.length === 0) {
        output.print(`Every record of ${mark} is gone.`);
        return 0;
    }
    left.forEach((line) => output.warn(line));
    output.warn(
        `Not everything of ${mark} could be removed: correct what is said above, then run with --clean-up ${mark}.`,
    );
    return 1;
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
