/** What a history is generated from besides its seed: the project's own triggers, settings and playbooks. */
import { formatsFor } from 'c/playbookEngine';
import { accountFieldTypes } from '../lib/project-metadata.ts';
import { readPhrases } from '../lib/phrases.ts';
import { readProjectRules } from '../lib/rules.ts';
import type { HistoryOptions } from './generate.ts';
import { historyPlaybooks } from './playbook-versions.ts';

/** Seed and size of the history that `npm start` shows. */
export const SHOWN = { seed: 7, years: 2, accounts: 220 };
const TIME_ZONE = 'Europe/Berlin';

/** Throws PlaybookProblems when a playbook file cannot be used. */
export async function projectHistoryInput(): Promise<Omit<HistoryOptions, 'seed' | 'years' | 'accounts' | 'today'>> {
    const [rules, fieldTypes, playbooks, phrases] = await Promise.all([
        readProjectRules(),
        accountFieldTypes(),
        historyPlaybooks(),
        readPhrases(),
    ]);
    return {
        ...rules,
        fieldTypes,
        atRisk: playbooks.atRisk,
        otherPlaybooks: playbooks.others,
        phrases,
        formats: formatsFor('en-GB', 'EUR', TIME_ZONE),
        timeZone: TIME_ZONE,
    };
}
