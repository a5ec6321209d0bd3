/** `npm run replay`: what the triggers would have done to a team and foreseen of its losses, over a long time. */
import { prepareRules } from 'c/playbookEngine';
import type { PreparedRules, Settings } from 'c/playbookEngine';
import { readArguments } from '../lib/command.ts';
import type { ExitCode, Output } from '../lib/command.ts';
import { CommandError } from '../lib/errors.ts';
import { PROJECT_ROOT, accountFieldTypes } from '../lib/project-metadata.ts';
import { startProgress } from '../lib/progress.ts';
import { readProjectRules } from '../lib/rules.ts';
import { projectVersions } from '../playbooks/versions.ts';
import { loadMap } from '../usage/map.ts';
import { RejectFile } from '../usage/rejects.ts';
import { REPLAY_FORMATS, REPLAY_PHRASES } from './words.ts';
import { addDays, stepsFrom } from './days.ts';
import { Losses, foresightOf } from './foresight.ts';
import { LiftOf } from './lift.ts';
import { observe } from './observed.ts';
import type { Loss, Observation } from './observed.ts';
import { PlantedBook } from './planted.ts';
import { ReplayedBook } from './replayed-book.ts';
import { formatReplay, plantedTruth } from './report.ts';
import type { ReplayResult } from './report.ts';

const USAGE = `Usage: npm run replay -- FILE … --map MAP --loss NAME --from DAY --to DAY [--every DAYS]
       npm run replay -- --planted SEED [--from DAY --to DAY --every DAYS] [--accounts N]

Replays the shipped triggers over the past of a book, sweep by sweep, as if nobody had worked on it.

  --map MAP          mapping file, as for \`npm run usage\`
  --loss NAME        column or aggregate of the map with the day of an account's last loss
  --from, --to DAY   first and last sweep (YYYY-MM-DD)
  --every DAYS       days between sweeps (default 7)
  --horizon DAYS     an alarm is right when a loss follows within so many days (default 90)
  --accounts-each N  accounts that a CSM looks after (default 50)
  --compare FORMULA  how much likelier a loss is where this holds; can be repeated
  --planted SEED     a generated book whose truth is known, instead of files
  --accounts N       generated accounts (default 500)
  --rejects FILE     where rows go that could not be used (default: replay-rejects.csv)
  --json             the figures as JSON

Ends with 0: replayed; 1: rows were rejected; 2: nothing done.`;

const OPTIONS = {
    map: { type: 'string' },
    loss: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    every: { type: 'string', default: '7' },
    horizon: { type: 'string', default: '90' },
    'accounts-each': { type: 'string', default: '50' },
    accounts: { type: 'string', default: '500' },
    compare: { type: 'string', multiple: true },
    planted: { type: 'string' },
    rejects: { type: 'string', default: 'replay-rejects.csv' },
    json: { type: 'boolean', default: false },
} as const;

/** Asked of every replay, so that no rule has to be taken at its word. */
const ALWAYS_COMPARED = [
    '$Figure.Health < 60',
    '$Figure.UsageChange <= -0.3',
    'AND($Figure.UsageBefore >= 100, $Figure.UsageChange <= -0.3)',
];

type Source = AsyncIterable<Observation> | Iterable<Observation>;

export async function replay(argv: readonly string[], output: Output): Promise<ExitCode> {
    const { values, positionals: files } = readArguments(argv, OPTIONS, USAGE);
    if (values.help === true) {
        output.print(USAGE);
        return 0;
    }
    const days = stepsFrom(
        checkedDay(values.from ?? '2023-01-02', '--from'),
        checkedDay(values.to ?? '2024-12-30', '--to'),
        wholeNumber(values.every, '--every'),
    );
    if (days.length < 2) {
        throw new CommandError('There is no time to replay.', 'Let --to lie after --from.');
    }
    const options = {
        days,
        every: Number(values.every),
        horizon: wholeNumber(values.horizon, '--horizon'),
        accountsEach: wholeNumber(values['accounts-each'], '--accounts-each'),
        compare: [...ALWAYS_COMPARED, ...(values.compare ?? [])],
    };
    if (values.planted !== undefined) {
        const seed = wholeNumber(values.planted, '--planted');
        const book = new PlantedBook({ seed, accounts: wholeNumber(values.accounts, '--accounts'), days });
        const result = await run(book.observations(), options);
        print(result, values.json, output, [
            `GENERATED DATA with planted truth (seed ${seed}): it shows how the triggers behave where there is something to foresee, and nothing about any real book.`,
            ...plantedTruth(book.truth),
        ]);
        return 0;
    }
    if (values.map === undefined || values.loss === undefined || files.length === 0) {
        throw new CommandError('A replay needs files, a map and the name of the loss; or --planted.', USAGE);
    }
    const map = await loadMap(values.map);
    const known = [
        ...Object.keys(map.content.aggregates),
        ...Object.values(map.content.sources).flatMap(({ columns }) => Object.keys(columns)),
    ];
    if (!known.includes(values.loss)) {
        throw new CommandError(`The map has no “${values.loss}”.`, `Name one of: ${known.join(', ')}.`);
    }
    const rejects = await RejectFile.open(values.rejects);
    try {
        const result = await run(observe({ map, files, days, loss: values.loss, rejects }), options);
        print(result, values.json, output, [`${map.content.name}, as mapped by ${map.file}.`]);
    } finally {
        await rejects.close();
    }
    if (rejects.count > 0) {
        output.warn(`Rows that could not be used are in ${rejects.path}; each sweep counts them again.`);
    }
    return rejects.count > 0 ? 1 : 0;
}

interface RunOptions {
    readonly days: readonly string[];
    readonly every: number;
    readonly horizon: number;
    readonly accountsEach: number;
    readonly compare: readonly string[];
}

async function run(observations: Source, options: RunOptions): Promise<ReplayResult> {
    const { accountsEach, compare, days, every, horizon } = options;
    const { prepared, settings } = await shippedRules();
    const versions = await projectVersions(PROJECT_ROOT);
    const book = new ReplayedBook(
        { prepared, settings, versions, phrases: REPLAY_PHRASES, formats: REPLAY_FORMATS },
        accountsEach,
    );
    const lifts = compare.map((condition) => new LiftOf(condition, prepared));
    const losses: Loss[] = [];
    const progress = startProgress('Replaying', days.length);
    let done = 0;
    let customers = 0;
    const churned = prepared.figures.ChurnedOn.path ?? '';
    for await (const observation of observations) {
        book.step(observation);
        // What was lost before the first sweep could not be foreseen.
        losses.push(...(done === 0 ? [] : observation.losses));
        customers = 0;
        for (const [account, values] of observation.accounts) {
            if ((values[churned] ?? null) === null) {
                customers += 1;
                lifts.forEach((lift) => lift.see(account, values, observation.day));
            }
        }
        progress.update((done += 1));
    }
    progress.stop();
    const lastDay = addDays(days.at(-1) ?? '', 0);
    const all = new Losses(losses);
    const episodes = book.episodes();
    return {
        days,
        every,
        horizon,
        customers,
        losses: all.count,
        loads: book.loads,
        foresight: prepared.rules.map(({ trigger }) => foresightOf(trigger.key, episodes, all, { horizon, lastDay })),
        lifts: lifts.map((lift) => lift.result(all, horizon, lastDay)),
    };
}

async function shippedRules(): Promise<{ readonly prepared: PreparedRules; readonly settings: Settings }> {
    const rules = await readProjectRules();
    const prepared = prepareRules({ ...rules, fieldTypes: await accountFieldTypes() });
    const [problem] = prepared.problems;
    if (problem !== undefined) {
        throw new CommandError(
            `${problem.label}, ${problem.field}: ${problem.message}`,
            'Correct the rule and repeat.',
        );
    }
    return { prepared, settings: rules.settings };
}

function print(result: ReplayResult, json: boolean, output: Output, heading: readonly string[]): void {
    if (json) {
        output.print(JSON.stringify({ heading, ...result }, null, 2));
        return;
    }
    [...heading, '', ...formatReplay(result)].forEach((line) => output.print(line));
}

function checkedDay(text: string, option: string): string {
    if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) {
        throw new CommandError(`“${text}” is no day.`, `Write ${option} as 2024-06-30.`);
    }
    return text;
}

function wholeNumber(text: string, option: string): number {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1) {
        throw new CommandError(`“${text}” is no whole number above 0.`, `Write such as ${option} 7.`);
    }
    return number;
}
