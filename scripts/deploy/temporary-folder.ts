/** A folder for one piece of work: gone when it is done, when it fails, and when somebody stops the command. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), 'success-playbooks-'));
    const remove = (): void => rmSync(folder, { recursive: true, force: true });
    const stop = (): void => {
        remove();
        process.exit(130);
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    try {
        return await work(folder);
    } finally {
        process.off('SIGINT', stop).off('SIGTERM', stop);
        remove();
    }
}
