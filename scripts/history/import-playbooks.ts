/** The playbooks as a history has them: both versions of At Risk, the first retired on the day on which the second was published. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'jsforce';
import { CommandError } from '../lib/errors.ts';
import { queryAll } from '../lib/records.ts';
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

/**
 * Brings both versions of At Risk and the other playbooks; afterwards the shipped files are in the org, unchanged. Where both are there already, nothing
 * happens. Throws CommandError when the second is there without the first, which nobody can publish after it; and what the import throws.
 */
export async function importHistoryPlaybooks(input: HistoryPlaybookInput): Promise<void> {
    const { connection, directory, history, log } = input;
    if (await hasBoth(connection)) {
        return;
    }
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

async function hasBoth(connection: Connection): Promise<boolean> {
    const rows = await queryAll(
        connection,
        "SELECT Version_Number__c FROM Playbook_Version__c WHERE Playbook__r.Key__c = 'at-risk' ORDER BY Version_Number__c",
    );
    const [first, second] = rows.map((row) => row['Version_Number__c']);
    if (first !== undefined && (first !== 1 || second !== 2)) {
        throw new CommandError(
            'This org has At Risk already, but not the two versions that the history tells of.',
            'Load the history into an org without playbooks: `npm start -- --empty --data DIR` gives one.',
        );
    }
    return first !== undefined;
}
