/** Runs the tools of the check as child processes and keeps what they print. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface ToolRun {
    /** Exit code; null when the tool was ended by a signal or by its time limit, or could not be started. */
    readonly code: number | null;
    /** Everything it printed, both streams in order of arrival, and why it ended when that was not by itself. */
    readonly output: string;
}

export interface ToolOptions {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    /** A tool that takes longer is ended: it hangs. */
    readonly limitMinutes?: number;
}

/** Runs a script with this very Node, without a terminal and without input. Never rejects: a tool that cannot start has code null. */
export function runNode(args: readonly string[], options: ToolOptions): Promise<ToolRun> {
    const limit = options.limitMinutes ?? 10;
    return new Promise((resolve) => {
        const child = spawn(process.execPath, args, {
            cwd: options.cwd,
            // A test runner that believes itself inside another one runs nothing.
            env: {
                ...process.env,
                ...options.env,
                NO_COLOR: '1',
                FORCE_COLOR: undefined,
                NODE_TEST_CONTEXT: undefined,
            },
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        const chunks: Buffer[] = [];
        const keep = (chunk: Buffer) => chunks.push(chunk);
        child.stdout.on('data', keep);
        child.stderr.on('data', keep);
        const forward = (signal: NodeJS.Signals) => child.kill(signal);
        process.once('SIGTERM', forward);
        process.once('SIGINT', forward);
        let ending = '';
        const timer = setTimeout(() => {
            ending = `\nEnded after ${limit} minutes: it hangs, or something it started was not closed.`;
            child.kill('SIGKILL');
        }, limit * 60_000);
        child.once('error', (error) => {
            ending += `\nIt could not be started: ${error.message}`;
        });
        child.once('close', (code, signal) => {
            clearTimeout(timer);
            process.off('SIGTERM', forward);
            process.off('SIGINT', forward);
            if (signal !== null && ending === '') ending = `\nEnded by ${signal}.`;
            resolve({ code, output: Buffer.concat(chunks).toString('utf8') + ending });
        });
    });
}

/** The script behind a package's command, so that it runs under this Node and not under whichever is first on the path. */
export function commandOf(packageName: string, command: string = packageName): string {
    const require = createRequire(import.meta.url);
    const manifest = packageManifest(require, packageName);
    const { bin } = require(manifest) as { bin: string | Readonly<Record<string, string>> };
    const script = typeof bin === 'string' ? bin : bin[command];
    if (script === undefined)
        throw new Error(`The package ${packageName} has no command ${command}: run \`npm ci\` again.`);
    return join(dirname(manifest), script);
}

function packageManifest(require: NodeJS.Require, packageName: string): string {
    // `require.resolve` alone is refused by packages whose exports leave package.json out.
    for (const folder of require.resolve.paths(packageName) ?? []) {
        const file = join(folder, packageName, 'package.json');
        try {
            require(file);
            return file;
        } catch {
            continue;
        }
    }
    throw new Error(`The package ${packageName} is not installed: run \`npm ci\`.`);
}
