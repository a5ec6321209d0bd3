/** How every command of the project starts, reads its arguments, reports errors and ends. */
import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { CommandError, describeError } from './errors.ts';

/** Exit codes: 0 all well, 1 done in part or found problems, 2 wrong usage or nothing done, 3 somebody else is at it. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Options that choose the org; see `connectToOrg`. */
export const ORG_OPTIONS = {
    org: { type: 'string' },
    user: { type: 'string' },
    data: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export const ORG_HELP = `  --org ORG     local | https://… (token in SF_ACCESS_TOKEN) | alias of the Salesforce CLI
  --user NAME   local org: user to act as (default: the integration user)
  --data DIR    local org: its data directory (default: .local-org/data)`;

/** Arguments as `parseArgs` gives them, with `--help` added; wrong ones are a CommandError that shows the usage. */
export function readArguments<T extends ParseArgsOptionsConfig>(argv: readonly string[], options: T, usage: string) {
    try {
        return parseArgs({
            args: [...argv],
            options: { ...options, help: { type: 'boolean', short: 'h' } } as const,
            allowPositionals: true,
            strict: true,
        });
    } catch (error) {
        throw new CommandError(error instanceof Error ? error.message : String(error), usage);
    }
}

/** As {@link readArguments}, for a command that takes options alone: a stray word is refused, not ignored. */
export function readOptions<T extends ParseArgsOptionsConfig>(argv: readonly string[], options: T, usage: string) {
    const { values, positionals } = readArguments(argv, options, usage);
    if (positionals.length > 0) {
        throw new CommandError(`“${positionals[0] ?? ''}” is no option.`, usage);
    }
    return values;
}

/** Where a command prints: results on standard output, everything else on standard error. */
export interface Output {
    print(line: string): void;
    warn(line: string): void;
}

export type Command = (argv: readonly string[], output: Output) => Promise<ExitCode>;

/** Runs a command; what it throws is printed in words, with code 2. */
export async function execute(command: Command, argv: readonly string[], output: Output): Promise<ExitCode> {
    try {
        return await command(argv, output);
    } catch (error) {
        for (const { message, action } of describeError(error)) {
            output.warn(message);
            if (action !== '') {
                output.warn(`  → ${action.replaceAll('\n', '\n    ')}`);
            }
        }
        if (process.env['DEBUG'] !== undefined && error instanceof Error) {
            output.warn(error.stack ?? '');
        }
        return 2;
    }
}

/** Runs a command as this process and sets its exit code. */
export async function runCommand(command: Command): Promise<void> {
    process.exitCode = await execute(command, process.argv.slice(2), {
        print: (line) => process.stdout.write(`${line}\n`),
        warn: (line) => process.stderr.write(`${line}\n`),
    });
}
