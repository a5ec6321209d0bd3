/** Figures by name (`engine.vsJsonLogicEngine`), and what is promised of them. */
export type Figures = Readonly<Record<string, number>>;

interface Target {
    readonly says: string;
    readonly atLeast?: number;
    readonly atMost?: number;
}

export const TARGETS: Readonly<Record<string, Target>> = {
    'engine.vsJsonLogicEngine': { says: 'throughput over json-logic-engine, compiled: which rules hold', atLeast: 1 },
    'engine.vsJsonRulesEngine': { says: 'throughput over json-rules-engine', atLeast: 150 },
    'engine.vsHandWritten': { says: 'throughput over rules written by hand' },
    'engine.matchesVsJsonLogicEngine': { says: 'the same of matchTriggers, which also ranks what holds' },
    'engine.reasonsVsJsonLogicEngine': { says: 'the same with the reasons of every match as well' },
    'engine.accountsPerSecond': { says: 'accounts a second, 12 triggers each' },
    'engine.flagged': { says: 'share of the accounts on which some trigger held' },
    'panel.requests': { says: 'requests from record id to checklist, schema cached', atMost: 2 },
    'panel.bytes': { says: 'bytes of our modules that the Account page loads, minified', atMost: 100_000 },
    'panel.confirmMs': { says: 'ms from click to confirmed tick, 300 ms of it latency' },
    'worklist.requests': { says: 'requests to the ranked list, nothing cached', atMost: 3 },
    'worklist.listMs': { says: 'ms from the press on its tab to the ranked list on the screen' },
    'worklist.accounts': { says: 'accounts of the CSM whose list that is' },
    'sweep.vsDownload': { says: 'time of a sweep over the bare download of what it reads', atMost: 1.5 },
    'sweep.fullVsDownload': { says: 'the same when every account is read', atMost: 1.5 },
    'sweep.vsFull': { says: 'time of a sweep of candidates over one that reads every account' },
    'sweep.memory': { says: 'MB of memory at most, writing included', atMost: 300 },
    'sweep.memoryAtTwice': { says: 'the same with twice as many accounts', atMost: 300 },
    'sweep.apiCalls': { says: 'requests of a night, writing included' },
    'sweep.accounts': { says: 'accounts of the org that is swept' },
    'sweep.travelling': { says: 'share of the accounts that travel as candidates' },
    'sweep.changed': { says: 'share of the accounts on which something is written in a night' },
    'sweep.accountsPerSecond': { says: 'accounts of the org a second' },
    'reports.runs': { says: 'runs over which pages and reports are read' },
    'reports.fewRuns': { says: 'runs that growth is told from' },
    'reports.coachingRequests': { says: 'requests to the coaching page, nothing cached', atMost: 3 },
    'reports.coachingMs': { says: 'ms from the press on its tab to the coaching page on the screen' },
    'reports.coachingGrowth': { says: 'that time over the same with few runs' },
    'reports.impactRequests': { says: 'requests of the impact line', atMost: 1 },
    'reports.impactMs': { says: 'ms of them' },
    'reports.impactGrowth': { says: 'that time over the same with few runs' },
    'reports.vsPlainSql': { says: "time of all shipped reports over plain SQL's from the same facts" },
    'reports.reportMs': { says: 'ms of a shipped report, the mean of them' },
    'reports.historyRunsPerSecond': { says: 'runs of a generated history a second' },
    'panel.paintMs': { says: 'ms from navigation to the checklist on the screen' },
};

/** A line for each figure: name, value, target, meaning. */
export function figuresAsTable(figures: Figures): string {
    const rows = Object.entries(figures).map(([name, value]) => {
        const target = TARGETS[name];
        return [name, rounded(value), promise(target), target?.says ?? ''] as const;
    });
    const width = (column: 0 | 1 | 2) => Math.max(...rows.map((row) => row[column].length));
    return rows
        .map(([name, value, target, says]) =>
            [name.padEnd(width(0)), value.padStart(width(1)), target.padEnd(width(2)), says].join('  ').trimEnd(),
        )
        .join('\n')
        .concat('\n');
}

/** Whether every figure that was measured keeps its promise. */
export function meetsTargets(figures: Figures, targets: Readonly<Record<string, Target>>): boolean {
    return Object.entries(figures).every(([name, value]) => {
        const { atLeast = -Infinity, atMost = Infinity } = targets[name] ?? {};
        return value >= atLeast && value <= atMost;
    });
}

function promise(target: Target | undefined): string {
    if (target?.atLeast !== undefined) return `≥ ${target.atLeast}`;
    return target?.atMost === undefined ? '' : `≤ ${target.atMost}`;
}

function rounded(value: number): string {
    return value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(3);
}
