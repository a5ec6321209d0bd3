/** Every number of every shipped report, on random records, against plain SQL. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { ReportExecuteResult } from 'jsforce/lib/api/analytics/types.js';
import type { Connection } from '../../lib/connection.ts';
import { queryAll } from '../../lib/records.ts';
import { execute } from '../../lib/command.ts';
import { compareAll, figures } from '../command.ts';
import { compareReport } from '../compare.ts';
import { gatherFacts } from '../gather.ts';
import { calculate, readReportSqls } from '../report-sql.ts';
import { NOW, startRandomOrg } from './random-org.ts';

const SEEDS = [3, 7, 1984];
/** Days begin elsewhere for each of them, and the leader sees the accounts of her teams only. */
const READERS = ['lena', 'sam', 'integration'];

interface Wrong {
    readonly says: RegExp;
    readonly spoil: (result: ReportExecuteResult) => void;
}

/** The first cell of the innermost groups that has rows. */
function innermost({ factMap }: ReportExecuteResult) {
    const found = Object.entries(factMap).find(([, { rows = [] }]) => rows.length > 0);
    assert.ok(found !== undefined);
    return { key: found[0], cell: found[1] };
}

const WRONGS: readonly Wrong[] = [
    {
        says: /^Total: RowCount is \d+ in the report, \d+ by the records\.$/,
        spoil: ({ factMap }) => {
            const last = factMap['T!T']?.aggregates.at(-1);
            if (last !== undefined) last.value += 1;
        },
    },
    {
        says: /: s!Renewal_ARR_After__c is /,
        spoil: (result) => {
            const [, after] = innermost(result).cell.aggregates;
            if (after !== undefined) after.value += 0.01;
        },
    },
    {
        says: /the report lacks this group, the records have \d+ rows of it/,
        spoil: (result) => {
            const { [innermost(result).key]: _lost, ...rest } = result.factMap;
            result.factMap = rest;
        },
    },
    { says: /: \d+ rows in the report, \d+ by the records/, spoil: (result) => innermost(result).cell.rows?.pop() },
    {
        says: /The report lacks the row .*\n.*The report has a row that the records do not give/,
        spoil: (result) => {
            const cell = innermost(result).cell.rows?.[0]?.dataCells[4];
            if (cell !== undefined) cell.value = 'Weather';
        },
    },
    {
        says: /the records have no such group/,
        spoil: ({ groupingsDown }) => {
            const [first] = groupingsDown?.groupings ?? [];
            if (first !== undefined) first.value = '1999-01-01';
        },
    },
    {
        says: /FORMULA1 is not in the report/,
        spoil: ({ reportMetadata }) => {
            reportMetadata.aggregates = reportMetadata.aggregates.map((name) => name.replace('FORMULA1', 'FORMULA9'));
        },
    },
];

async function reportId(connection: Connection, name: string): Promise<string> {
    const [report] = await queryAll(connection, `SELECT Id FROM Report WHERE DeveloperName = '${name}'`);
    return String(report?.['Id']);
}

const random = await startRandomOrg();
after(() => random.close());

describe('A report that is wrong', () => {
    it('is found out, whatever is wrong with it', async () => {
        const connection = random.as('lena');
        await random.fill(5, 60);
        const { facts } = await gatherFacts(connection, { now: NOW });
        const sql = readReportSqls().find(({ name }) => name === 'Renewals_by_Quarter');
        assert.ok(sql !== undefined);
        const id = await reportId(connection, sql.name);
        const calculated = calculate(facts, sql);
        facts.close();
        const right = await connection.analytics.report(id).execute({ details: true });
        assert.deepEqual(compareReport(right, calculated).differences, []);
        for (const { says, spoil } of WRONGS) {
            const wrong = structuredClone(right);
            spoil(wrong);
            assert.match(compareReport(wrong, calculated).differences.join('\n'), says);
        }
    });
});

for (const seed of SEEDS) {
    describe(`Reports on random records, seed ${seed} added`, () => {
        it('can be filled', () => random.fill(seed, 200));
        for (const reader of READERS) {
            it(`say what the records say, as ${reader} sees them`, async () => {
                const connection = random.as(reader);
                const { facts } = await gatherFacts(connection, { now: NOW });
                const results = await compareAll(connection, facts, readReportSqls());
                facts.close();
                const differences = [...results].flatMap(([name, result]) =>
                    result.differences.slice(0, 5).map((difference) => `${name}: ${difference}`),
                );
                assert.deepEqual(differences, []);
                for (const [name, { compared }] of results) assert.ok(compared > 0, `${name} compared nothing`);
            });
        }
    });
}

describe('npm run figures', () => {
    const run = async (...argv: string[]) => {
        const told: string[] = [];
        const output = { print: (line: string) => told.push(line), warn: (line: string) => told.push(line) };
        const code = await execute(figures, ['--data', random.dataDir, ...argv], output);
        return { code, told: told.join('\n') };
    };

    it('tells for each report how many numbers it compared', async () => {
        await random.change({ Hide_Individuals__c: true });
        const { code, told } = await run('--org', 'local', '--user', 'lena');
        assert.match(told, /Save_Rate_by_CSM +\d+ +0\n/);
        assert.match(told, /Days are those of Europe\/Berlin/);
        assert.equal(code, 0);
        await random.change({ Hide_Individuals__c: false });
    });

    it('compares a single report when it is named', async () => {
        const { code, told } = await run('--org', 'local', '--user', 'lena', 'Latest_Saves');
        assert.match(told, /Latest_Saves +\d+ +0$/);
        assert.equal(code, 0);
    });

    it('refuses a user who may not see what reports are made of', async () => {
        const { code, told } = await run('--org', 'local', '--user', 'nora');
        assert.match(told, /may not see Playbook_\w+.*\n.*Playbook Leader/);
        assert.equal(code, 2);
    });

    it('knows the reports that it can compare', async () => {
        const { code, told } = await run('--org', 'local', 'Latest_Losses');
        assert.equal(code, 2);
        assert.match(told, /no calculation for a report “Latest_Losses”\..*\n.*Latest_Saves/);
    });
});
