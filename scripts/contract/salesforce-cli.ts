/** The Salesforce CLI as a person runs it, with a home directory of its own: logins and settings of the machine's user are neither used nor touched. */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cliEnvironment, cliScript, ownHome } from '../lib/salesforce-cli.ts';
import { at } from './answer.ts';
import type { ContractOrg } from './org.ts';

export interface CliRun {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
    /** What `--json` printed; undefined when that is not JSON. */
    readonly json: unknown;
}

export interface CliOptions {
    /** The project that the command is about; an empty folder by default. */
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
}

const ALIAS = 'contract';
const LIMIT_MS = 120_000;

export class SalesforceCli {
    readonly #env: NodeJS.ProcessEnv;
    readonly #cwd: string;
    /** What goes behind `--target-org`. */
    readonly target: string;

    private constructor(target: string, env: NodeJS.ProcessEnv, cwd: string) {
        this.target = target;
        this.#env = env;
        this.#cwd = cwd;
    }

    /** Logs in to the org. An org that was named by an alias is used as the machine's user is logged in to it. */
    static async login(org: ContractOrg): Promise<{ cli: SalesforceCli; login: CliRun | null }> {
        const cwd = org.temporaryFolder();
        if (org.alias !== null) {
            return { cli: new SalesforceCli(org.alias, cliEnvironment(), cwd), login: null };
        }
        const home = join(org.temporaryFolder(), 'home');
        mkdirSync(home);
        const env = { ...cliEnvironment(), ...ownHome(home), SF_ACCESS_TOKEN: org.token };
        const cli = new SalesforceCli(ALIAS, env, cwd);
        const login = await cli.run(
            ['org', 'login', 'access-token', '--instance-url', org.url, '--no-prompt', '--alias', ALIAS, '--json'],
            {},
        );
        return { cli, login };
    }

    /** Runs `sf` with these arguments and `--target-org`; never rejects for what the command answers. */
    on(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
        return this.run([...args, '--target-org', this.target], options);
    }

    /** Runs `sf` with just these arguments. */
    run(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
        return new Promise((resolve) => {
            execFile(
                process.execPath,
                [cliScript(), ...args],
                {
                    cwd: options.cwd ?? this.#cwd,
                    env: { ...this.#env, ...options.env },
                    maxBuffer: 1 << 26,
                    timeout: LIMIT_MS,
                },
                (error, stdout, stderr) => {
                    const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
                    resolve({ code, stdout, stderr, json: args.includes('--json') ? parsed(stdout) : undefined });
                },
            );
        });
    }

    /** Runs with `--json` and gives the `result`. Throws with the command's own message when it failed. */
    async result(args: readonly string[], options: CliOptions = {}): Promise<unknown> {
        const run = await this.on([...args, '--json'], options);
        if (run.code !== 0 || run.json === undefined) {
            const message = at(run.json, 'message');
            const said = typeof message === 'string' ? message : `${run.stdout}\n${run.stderr}`;
            throw new Error(`sf ${args.join(' ')} ended with code ${run.code}: ${said}`);
        }
        return at(run.json, 'result');
    }
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
