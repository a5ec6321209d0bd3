/** The history that `npm start` shows: always the same seed, up to the day of the start. */
import { generateHistory } from './generate.ts';
import { importHistoryPlaybooks, type HistoryPlaybookInput } from './import-playbooks.ts';
import { projectHistoryInput, SHOWN } from './input.ts';
import { loadHistory, type LoadedHistory, type LoadInput } from './load.ts';

export interface ShownHistory {
    /** First: an org without playbooks gets them, with the version that came before. */
    importPlaybooks(input: Omit<HistoryPlaybookInput, 'history'>): Promise<void>;
    /** Then, whatever else is in the org. */
    load(input: Omit<LoadInput, 'history'>): Promise<LoadedHistory>;
}

/** `today`: `YYYY-MM-DD`, the day after the last one of the history. */
export async function shownHistory(today: string): Promise<ShownHistory> {
    const history = generateHistory({ ...(await projectHistoryInput()), ...SHOWN, today });
    return {
        importPlaybooks: (input) => importHistoryPlaybooks({ ...input, history }),
        load: (input) => loadHistory({ ...input, history }),
    };
}
