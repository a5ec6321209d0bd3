/** The Salesforce CLI that `npm ci` brought, run as a person would run it, with its own words passed on. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Connection } from 'jsforce';
import { CommandError } from '../lib/errors.ts';
import { cliEnvironment, cliScript, ownHome } from '../lib/salesforce-cli.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

/** Minutes that a deploy may take; large orgs queue them. */
const WAIT_MINUTES = 60;
const ALIAS = 'success-playbooks-target';

export interface DeployOutcome {
    readonly ok: boolean;
    /** What the CLI printed. */
    readonly lines: readonly string[];
}

export interface SalesforceCli {
    /**
     * `sf project deploy start` in a folder with the CLI's project file; `what` says what of it: `--source-dir` or `--metadata-dir`. Each line that the CLI prints goes
     * to `onLine` at once.
     */
    deploy(folder: string, what: readonly string[], onLine: (line: string) => void): Promise<DeployOutcome>;
}

/**
 * Gives `work` a CLI that is logged in to the org of the connection. For an alias that is the user's own login. For the local org and for an address with a token
 * the CLI gets a home of its own, which is gone afterwards: nothing is left in the user's.
 */
export function withCli<T>(org: string, connection: Connection, work: (cli: SalesforceCli) => Promise<T>): Promise<T> {
    // Stages as lines in place of an animation: the lines are passed on.
    const plain = { ...cliEnvironment(), CI: 'true' };
    if (org !== 'local' && !/^https?:\/\//i.test(org)) {
        return work(loggedIn(org, plain));
    }
    return inTemporaryFolder(async (home) => {
        const environment = { ...plain, ...ownHome(home) };
        const token = { SF_ACCESS_TOKEN: connection.accessToken ?? '' };
        const login = ['org', 'login', 'access-token', '--no-prompt', '--alias', ALIAS];
        const { ok, lines } = await run(
            [...login, '--instance-url', connection.instanceUrl],
            { ...environment, ...token },
            home,
            () => undefined,
        );
        if (!ok) {
            throw new CommandError(
                `The Salesforce CLI could not log in to ${connection.instanceUrl}:\n${lines.join('\n')}`,
                'Check the address and the token, and repeat.',
            );
        }
        return work(loggedIn(ALIAS, environment));
    });
}

function loggedIn(alias: string, environment: NodeJS.ProcessEnv): SalesforceCli {
    const target = ['--target-org', alias, '--wait', String(WAIT_MINUTES)];
    return {
        deploy: (folder, what, onLine) =>
            run(['project', 'deploy', 'start', ...what, ...target], environment, folder, onLine),
    };
}

function run(
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    cwd: string,
    onLine: (line: string) => void,
): Promise<DeployOutcome> {
    const cli = spawn(process.execPath, [cliScript(), ...args], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    for (const stream of [cli.stdout, cli.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
            lines.push(line);
            onLine(line);
        });
    }
    return new Promise((resolve, reject) => {
        cli.on('error', reject);
        cli.on('close', (code) => resolve({ ok: code === 0, lines }));
    });
}
