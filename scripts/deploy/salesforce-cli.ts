/** The Salesforce CLI that `npm ci` brought, run as a person would run it, with its own words passed on. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Connection } from 'jsforce';
import { CommandError } from '../lib/errors.ts';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
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
    const plain = {
        ...process.env,
        SF_SKIP_NEW_VERSION_CHECK: 'true',
        SF_AUTOUPDATE_DISABLE: 'true',
        // Stages as lines in place of an animation: the lines are passed on.
        CI: 'true',
        FORCE_COLOR: '0',
    };
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

/** Variables that keep the CLI's state in `home`, without the key store of the user's session. */
function ownHome(home: string): NodeJS.ProcessEnv {
    return {
        HOME: home,
        USERPROFILE: home,
        SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
        SF_DISABLE_TELEMETRY: 'true',
        SFDX_DISABLE_DNS_CHECK: 'true',
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

function cliScript(): string {
    const script = join(PROJECT_ROOT, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');
    if (!existsSync(script)) {
        throw new CommandError('The Salesforce CLI is not installed.', 'Run `npm ci` in this folder first.');
    }
    return script;
}
