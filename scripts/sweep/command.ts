import { ORG_HELP, ORG_OPTIONS, readOptions } from '../lib/command.ts';
import type { ExitCode, Output } from '../lib/command.ts';
import { CommandError, describeError } from '../lib/errors.ts';
import { startProgress } from '../lib/progress.ts';
import type { Progress } from '../lib/progress.ts';
import { LockHeld, LockLost } from './lock.ts';
import { openOrgClient } from './org-client.ts';
import { formatSummary } from './report.ts';
import { parseShard } from './shards.ts';
import { runSweep } from './sweep.ts';
import { ROWS_PER_JOB } from './write.ts';

const USAGE = `Usage: npm run sweep -- --org ORG [--dry-run] [--json] [--shard I/N] [--full] [--state DIR]

  Looks at every account with the rules of the org, opens, raises, refreshes, expires and closes runs, and decides outcomes by the data.
  Made for a scheduler, once a night. Killed, it goes on where it stopped when it is started again.

  --dry-run    write nothing: how many accounts each trigger flags, and what every CSM would have in front
  --json       the summary as JSON on standard output (its shape: SweepSummary in scripts/sweep/summary.ts)
  --shard I/N  the I-th of N parts of the accounts, for very large orgs: N runners, each with another I, may run at the same time
  --full       read every account, also those on which no rule can hold (slower; the history then has them all)
  --job-rows N rows of each job that writes (default 10000; fewer when the org's own automation is slow)
  --state DIR  where the sweep keeps its work file and the history of what it saw (default: .sweep)

${ORG_HELP}

Ends with 0: all written; 1: some records could not be written, or a rule does not work; 2: nothing done; 3: another sweep is at work.`;

const OPTIONS = {
    ...ORG_OPTIONS,
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    'job-rows': { type: 'string', default: '10000' },
    shard: { type: 'string', default: '1/1' },
    state: { type: 'string', default: '.sweep' },
} as const;

/** `npm run sweep`: see USAGE. */
export async function sweep(argv: readonly string[], output: Output): Promise<ExitCode> {
    const values = readOptions(argv, OPTIONS, USAGE);
    if (values.help === true) {
        output.print(USAGE);
        return 0;
    }
    const { org } = values;
    if (org === undefined) {
        throw new CommandError('Which org?', 'Add --org local, --org https://… or --org ALIAS.');
    }
    const shard = parseShard(values.shard);
    const jobRows = Number(values['job-rows']);
    if (!Number.isInteger(jobRows) || jobRows < 1 || jobRows > ROWS_PER_JOB) {
        throw new CommandError(`“${values['job-rows']}” is no number of rows.`, 'Write --job-rows 2000.');
    }
    const client = await openOrgClient({ ...values, org }, { onWait: (message) => output.warn(message) });
    try {
        const { formats, summary } = await runSweep({
            client,
            shard,
            dryRun: values['dry-run'],
            full: values.full,
            stateDir: values.state,
            jobRows,
            startProgress: progressUnless(values.json),
            say: (line) => output.warn(line),
        });
        if (values.json) {
            output.print(JSON.stringify(summary, null, 4));
        } else {
            formatSummary(summary, formats).forEach((line) => output.print(line));
        }
        const { brokenRules, failedRules, notWritten } = summary;
        const isWhole = notWritten.failed === 0 && brokenRules.length === 0 && failedRules.length === 0;
        return isWhole ? 0 : 1;
    } catch (error) {
        if (error instanceof LockHeld || error instanceof LockLost) {
            describeError(error).forEach(({ action, message }) => output.warn(`${message}\n  → ${action}`));
            return 3;
        }
        throw error;
    }
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** What reads JSON is no person who waits. */
function progressUnless(json: boolean): (label: string, total: number) => Progress {
    return (label, total) => (json ? SILENT : startProgress(label, total));
}
