/**
 * `npm run bench`: what the product promises about speed, measured in one run. `-- --json` prints one object of figures
 * by name, `-- --only engine` measures one part.
 */
import { readOptions, runCommand } from '../lib/command.ts';
import { measureEngine } from './engine.ts';
import { measurePanel } from './panel.ts';
import { figuresAsTable, meetsTargets, TARGETS } from './targets.ts';
import type { Figures } from './targets.ts';

const ACCOUNTS = 100_000;
const PACE = { rounds: 9, turnMs: 250 };
const SAMPLES = 5;
const PARTS: Readonly<Record<string, () => Promise<Figures>>> = {
    engine: async () => ({ ...(await measureEngine(ACCOUNTS, PACE)) }),
    panel: async () => ({ ...(await measurePanel(SAMPLES)) }),
};
const USAGE = `npm run bench [-- --json] [--only ${Object.keys(PARTS).join('|')}]

Measures the engine against json-logic-engine, json-rules-engine and hand-written code, and the panel in Chromium.
  --json   print one object, figures by name; nothing else on the output
  --only   measure one part`;

await runCommand(async (argv) => {
    const values = readOptions(argv, { json: { type: 'boolean' }, only: { type: 'string' } }, USAGE);
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
    const figures: Record<string, number> = {};
    for (const [name, measure] of parts) {
        process.stderr.write(`Measuring the ${name} …\n`);
        for (const [figure, value] of Object.entries(await measure())) figures[`${name}.${figure}`] = value;
    }
    process.stdout.write(values.json === true ? `${JSON.stringify(figures)}\n` : figuresAsTable(figures));
    // Targets are shown, not enforced: a slow machine is no defect.
    if (values.json !== true && !meetsTargets(figures, TARGETS)) process.stdout.write('Some targets are missed.\n');
    return 0;
});
