/** `npm run history`: two years of a customer-success team, invented from a seed, shown or loaded into an org. */
import { ORG_HELP, ORG_OPTIONS, readOptions } from '../lib/command.ts';
import type { ExitCode, Output } from '../lib/command.ts';
import { connectToOrg, type OrgChoice } from '../lib/connection.ts';
import { CommandError } from '../lib/errors.ts';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
import { join } from 'node:path';
import { generateHistory, type GeneratedHistory } from './generate.ts';
import { importHistoryPlaybooks } from './import-playbooks.ts';
import { projectHistoryInput, SHOWN } from './input.ts';
import { loadHistory } from './load.ts';
import { describeTruth, truthOf } from './truth.ts';

const USAGE = `Usage: npm run history -- [--seed N] [--years N] [--accounts N] [--json]
       npm run history -- --org local [--seed N] [--years N] [--accounts N]

Invents the history of a customer-success team, from a seed, through the engine's own rules: the same seed gives the same history. Without --org
nothing is written: the truth it was made from is shown, with the right answers. Everything invented says that it is generated.

  --seed N      default ${SHOWN.seed}
  --years N     years before today, 1 to 5 (default ${SHOWN.years})
  --accounts N  accounts, 1 to 5000 (default ${SHOWN.accounts})
  --today DAY   the day after the last one of the history (YYYY-MM-DD; default: today)
  --dry-run     with --org: write nothing
  --json        the truth and the right answers as JSON
${ORG_HELP}

Ends with 0: generated, loaded; 2: nothing done, or not all.`;

const OPTIONS = {
    ...ORG_OPTIONS,
    seed: { type: 'string' },
    years: { type: 'string' },
    accounts: { type: 'string' },
    today: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
} as const;

export async function history(argv: readonly string[], output: Output): Promise<ExitCode> {
    const values = readOptions(argv, OPTIONS, USAGE);
    if (values.help === true) {
        output.print(USAGE);
        return 0;
    }
    const generated = generateHistory({
        ...(await projectHistoryInput()),
        seed: wholeNumber(values.seed ?? String(SHOWN.seed), '--seed', 0, 2 ** 31 - 1),
        years: wholeNumber(values.years ?? String(SHOWN.years), '--years', 1, 5),
        accounts: wholeNumber(values.accounts ?? String(SHOWN.accounts), '--accounts', 1, 5000),
        today: checkedDay(values.today ?? new Date().toISOString().slice(0, 10)),
    });
    const truth = truthOf(generated);
    if (values.json) {
        output.print(JSON.stringify(truth, null, 2));
    } else {
        describeTruth(truth).forEach((line) => output.print(line));
    }
    if (values.org === undefined || values['dry-run']) {
        output.warn('Nothing was written to an org.');
        return 0;
    }
    await load(generated, { ...values, org: values.org }, output);
    return 0;
}

async function load(generated: GeneratedHistory, values: OrgChoice, output: Output): Promise<void> {
    const connection = await connectToOrg(values);
    const log = (line: string): void => output.warn(line);
    await importHistoryPlaybooks({
        connection,
        history: generated,
        directory: join(PROJECT_ROOT, 'data/playbooks'),
        log,
    });
    await loadHistory({ connection, history: generated, log });
}

function wholeNumber(text: string, option: string, least: number, most: number): number {
    const number = Number(text);
    if (text.trim() === '' || !Number.isInteger(number) || number < least || number > most) {
        throw new CommandError(
            `${option} ${text} is no whole number from ${least} to ${most}.`,
            `Write such as ${option} ${Math.max(least, Math.min(most, 7))}.`,
        );
    }
    return number;
}

function checkedDay(text: string): string {
    const day = new Date(`${text}T00:00:00Z`);
    if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) {
        throw new CommandError(`“${text}” is no day.`, 'Write --today as 2026-06-30.');
    }
    return text;
}
