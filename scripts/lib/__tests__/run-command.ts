/** Commands run in this process, with what they print kept. */
import { execute } from '../command.ts';
import type { Command } from '../command.ts';

export interface Finished {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

export async function runHere(command: Command, argv: readonly string[]): Promise<Finished> {
    let stdout = '';
    let stderr = '';
    const code = await execute(command, argv, {
        print: (line) => {
            stdout += `${line}\n`;
        },
        warn: (line) => {
            stderr += `${line}\n`;
        },
    });
    return { code, stdout, stderr };
}
