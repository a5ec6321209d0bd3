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

/** In an org that has none of them yet. Throws what the import throws. */
export async function importHistoryPlaybooks(input: HistoryPlaybookInput): Promise<void> {
    const { connection, directory, history, log } = input;
    const { atRiskFiles } = await historyPlaybooks(directory);
    const folder = await mkdtemp(join(tmpdir(), 'history-playbooks-'));
    try {
        for (const [index, text] of atRiskFiles.entries()) {
            const file = join(folder, `at-risk-${index + 1}.yaml`);
            await writeFile(file, text);
            const today = index === 0 ? history.from : history.switchedOn;
            await importPlaybooks({ connection, files: [file], today, ...(log === undefined ? {} : { log }) });
        }
    } finally {
        await rm(folder, { recursive: true });
    }
    const files = ['renewal', 'champion-change'].map((key) => join(directory, `${key}.yaml`));
    await importPlaybooks({ connection, files, today: history.from, ...(log === undefined ? {} : { log }) });
}
