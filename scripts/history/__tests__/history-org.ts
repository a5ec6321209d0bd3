/** A local org with a small generated history in it. */
import { importHistoryPlaybooks } from '../import-playbooks.ts';
import { generateHistory, type GeneratedHistory } from '../generate.ts';
import { projectHistoryInput } from '../input.ts';
import { loadHistory, type LoadedHistory } from '../load.ts';
import { sweepOrg, type SweepOrg } from '../../sweep/__tests__/sweep-org.ts';

export interface HistoryOrg extends SweepOrg {
    readonly history: GeneratedHistory;
    readonly loaded: LoadedHistory;
}

export const TODAY = new Date().toISOString().slice(0, 10);

export async function generated(accounts: number, seed = 7, years = 2): Promise<GeneratedHistory> {
    return generateHistory({ ...(await projectHistoryInput()), seed, years, accounts, today: TODAY });
}

export async function historyOrg(accounts: number, seed = 7, years = 2): Promise<HistoryOrg> {
    const org = await sweepOrg();
    const history = await generated(accounts, seed, years);
    const { connection } = org;
    await importHistoryPlaybooks({ connection, history, directory: 'data/playbooks' });
    return { ...org, history, loaded: await loadHistory({ connection, history, coach: await org.connect('lena') }) };
}
