/** The playbooks as a history has them: both versions of At Risk, the first retired on the day on which the second was published. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'jsforce';
import { importPlaybooks } from '../playbooks/import.ts';
import type { GeneratedHistory } from './generate.ts';
import { historyPlaybooks } from './playbook-versions.ts';

export interface HistoryPlaybookInput {
    readonly connection: Connection;
    readonly history: Pick<GeneratedHistory, 'from' | 'switchedOn'>;
    /** Folder of the shipped playbooks. */
    readonly directory: string;
    readonly log?: (line: string) => void;
}

/** In an org that has no playbooks yet. Afterwards the shipped files are there, unchanged. Throws what the import throws. */
export async function importHistoryPlaybooks(input: HistoryPlaybookInput): Promise<void> {
    const { connection, directory, history, log } = input;
    const { firstFile } = await historyPlaybooks(directory);
    const shared = { connection, ...(log === undefined ? {} : { log }) };
    const folder = await mkdtemp(join(tmpdir(), 'history-playbooks-'));
    try {
        const file = join(folder, 'at-risk-1.yaml');
        await writeFile(file, firstFile);
        await importPlaybooks({ ...shared, files: [file], today: history.from });
    } finally {
        await rm(folder, { recursive: true });
    }
    await importPlaybooks({ ...shared, files: [join(directory, 'at-risk.yaml')], today: history.switchedOn });
    await importPlaybooks({ ...shared, directory, today: history.from });
}
