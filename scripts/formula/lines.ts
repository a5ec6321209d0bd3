import { once } from 'node:events';
import type { Writable } from 'node:stream';

/**
 * Lines of a text stream, without their ends; blank ones are left out. Splits at \n and \r\n only: a JSON text may
 * contain the other characters that Node's readline takes for line ends.
 */
export async function* linesOf(input: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of input) {
        rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
        const lines = rest.split('\n');
        rest = lines.pop() ?? '';
        yield* lines.map(withoutReturn).filter((line) => line.trim() !== '');
    }
    rest += decoder.decode();
    if (rest.trim() !== '') {
        yield withoutReturn(rest);
    }
}

function withoutReturn(line: string): string {
    return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Writes a line and waits while the reader is behind. */
export async function writeLine(output: Writable, line: string): Promise<void> {
    if (!output.write(`${line}\n`)) {
        await once(output, 'drain');
    }
}
