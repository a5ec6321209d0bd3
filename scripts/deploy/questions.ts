/** Questions to the person at the terminal; where there is none, a command says which option answers instead. */
import { createInterface } from 'node:readline/promises';
import { CommandError } from '../lib/errors.ts';

/** The answer, trimmed. Throws CommandError with `instead` when nobody can answer. */
export async function ask(question: string, instead: string): Promise<string> {
    if (!process.stdin.isTTY) {
        throw new CommandError(`${question.trim()} There is no terminal to answer at.`, instead);
    }
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
        return (await terminal.question(`${question} `)).trim();
    } finally {
        terminal.close();
    }
}

/** Whether the answer begins with a y. */
export async function confirm(question: string, instead: string): Promise<boolean> {
    return /^y/i.test(await ask(`${question} [y/N]`, instead));
}
