/**
 * `npm run bench`: what the product promises about speed, measured in one run. `-- --json` prints one object of figures
 * by name, `-- --only engine` measures one part.
 */
import { readOptions, runCommand } from '../lib/command.ts';
import { measureEngine } from './engine.ts';
import { measurePanel } from './panel.ts';
import { measureReports } from './reports.ts';
import { measureSweep } from './sweep.ts';
import { figuresAsTable, meetsTargets, TARGETS } from './targets.ts';
import type { Figures } from './targets.ts';
import { measureWorklist } from './worklist.ts';

const ACCOUNTS = 100_000;
const PACE = { rounds: 9, turnMs: 250 };
const SAMPLES = 5;
const BOOK_OF_ONE_CSM = 500;
/** Over which leaders and managers read. */
const RUNS = 100_000;
const REPORT_SAMPLES = 3;
/** Of the sweep: what a few minutes allow. What is promised of a million takes --accounts 1000000. */
const SWEPT_ACCOUNTS = 50_000;
const SWEEP_ROUNDS = 3;

interface Choice {
    readonly accounts: number;
    readonly data: string | null;
}
const PARTS: Readonly<Record<string, (choice: Choice) => Promise<Figures>>> = {
    engine: async () => ({ ...(await measureEngine(ACCOUNTS, PACE)) }),
    panel: async () => ({ ...(await measurePanel(SAMPLES)) }),
    worklist: async () => ({ ...(await measureWorklist(BOOK_OF_ONE_CSM, SAMPLES)) }),
    reports: async () => ({ ...(await measureReports({ runs: RUNS, samples: REPORT_SAMPLES, log: tell })) }),
    sweep: async (choice) => ({ ...(await measureSweep({ ...choice, rounds: SWEEP_ROUNDS, log: tell })) }),
};
const USAGE = `npm run bench [-- --json] [--only ${Object.keys(PARTS).join('|')}] [--accounts N] [--data DIR]

Measures the engine against json-logic-engine, json-rules-engine and hand-written code, panel and worklist in Chromium, the nightly sweep against the
bare download of the same accounts, and what leaders read over many runs, reports against plain SQL.
  --json       print one object, figures by name; nothing else on the output
  --only       measure one part
  --accounts   accounts of the sweep (default ${SWEPT_ACCOUNTS}); it reads twice as many, too. A million take half an hour
  --data       keep the orgs that are swept here, for the next run with as many accounts (default: they are made and removed)`;

await runCommand(async (argv) => {
    const values = readOptions(
        argv,
        {
            json: { type: 'boolean' },
            only: { type: 'string' },
            accounts: { type: 'string', default: String(SWEPT_ACCOUNTS) },
            data: { type: 'string' },
        },
        USAGE,
    );
    if (values.help) {
        process.stdout.write(`${USAGE}\n`);
        return 0;
    }
    const parts = Object.entries(PARTS).filter(([name]) => values.only === undefined || values.only === name);
    if (parts.length === 0) {
        process.stderr.write(
            `There is no part ${String(values.only)}. The parts are ${Object.keys(PARTS).join(', ')}.\n`,
        );
        return 2;
    }
    const accounts = Number(values.accounts);
    if (!Number.isInteger(accounts) || accounts < 1) {
        process.stderr.write(`--accounts ${values.accounts} is no number of accounts: give one such as 50000.\n`);
        return 2;
    }
    const choice: Choice = { accounts, data: values.data ?? null };
    const figures: Record<string, number> = {};
    for (const [name, measure] of parts) {
        tell(`Measuring the ${name} …`);
        for (const [figure, value] of Object.entries(await measure(choice))) figures[`${name}.${figure}`] = value;
    }
    process.stdout.write(values.json === true ? `${JSON.stringify(figures)}\n` : figuresAsTable(figures));
    // Targets are shown, not enforced: a slow machine is no defect.
    if (values.json !== true && !meetsTargets(figures, TARGETS)) process.stdout.write('Some targets are missed.\n');
    return 0;
});

function tell(line: string): void {
    process.stderr.write(`${line}\n`);
}
