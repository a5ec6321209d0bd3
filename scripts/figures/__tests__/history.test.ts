/** The shipped reports on the generated history: what the records say, and what the history was made from. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { queryAll } from '../../lib/records.ts';
import { historyOrg } from '../../history/__tests__/history-org.ts';
import { SHOWN } from '../../history/input.ts';
import { truthOf } from '../../history/truth.ts';
import type { RunCount } from '../../history/truth.ts';
import { compareAll } from '../command.ts';
import { cellsOfResult } from '../fact-map.ts';
import type { ShownCell } from '../fact-map.ts';
import { gatherFacts } from '../gather.ts';
import { readReportSqls } from '../report-sql.ts';

const made = await historyOrg(SHOWN.accounts, SHOWN.seed, SHOWN.years);
const truth = truthOf(made.history).answers.filter(({ practice }) => !practice);
const lena = await made.connect('lena');

describe('Reports on the generated history', () => {
    it('say what the records say', async () => {
        const { facts } = await gatherFacts(lena);
        const results = await compareAll(lena, facts, readReportSqls());
        facts.close();
        const differences = [...results].flatMap(([name, result]) =>
            result.differences.slice(0, 5).map((difference) => `${name}: ${difference}`),
        );
        assert.deepEqual(differences, []);
    });

    it('tell for each version of At Risk how many were saved and lost in truth', async () => {
        const cells = await cellsOf('Save_Rate_by_Version');
        const versions = await queryAll(
            lena,
            "SELECT Id, Version_Key__c FROM Playbook_Version__c WHERE Playbook__r.Key__c = 'at-risk'",
        );
        assert.equal(versions.length, 2);
        for (const { Id, Version_Key__c: key } of versions) {
            const cell = cells.find(({ down }) => down[0]?.value === Id);
            const lines = truth.filter(({ subject, version }) => `${subject}:${version ?? ''}` === key);
            assert.deepEqual(figuresOf(cell), figuresIn(lines), String(key));
        }
    });

    it('tell for each CSM how many were saved and lost in truth', async () => {
        const cells = (await cellsOf('Save_Rate_by_CSM')).filter(({ down }) => down.length === 1);
        const csms = new Set(truth.filter(isRisk).map(({ csm }) => csm));
        assert.ok(csms.size > 3);
        for (const csm of csms) {
            const cell = cells.find(({ down }) => down[0]?.label === csm);
            assert.deepEqual(figuresOf(cell), figuresIn(truth.filter((line) => line.csm === csm)), csm);
        }
    });

    it('tell the causes of what was saved, lost and let go', async () => {
        const cells = await cellsOf('Outcomes_by_Cause');
        const ended = truth.filter((line) => isRisk(line) && ['Saved', 'Lost', 'Let go'].includes(line.outcome ?? ''));
        for (const outcome of ['Saved', 'Lost', 'Let go']) {
            for (const cause of new Set(ended.map((line) => line.cause))) {
                const cell = cells.find(
                    ({ across, down }) => across[0]?.value === outcome && down.length === 1 && down[0]?.value === cause,
                );
                const lines = ended.filter((line) => line.outcome === outcome && line.cause === cause);
                assert.equal(cell?.figures['RowCount'] ?? 0, sum(lines), `${outcome}, ${cause ?? 'no cause'}`);
            }
        }
    });
});

async function cellsOf(name: string): Promise<ShownCell[]> {
    const [report] = await queryAll(lena, `SELECT Id FROM Report WHERE DeveloperName = '${name}'`);
    return cellsOfResult(await lena.analytics.report(String(report?.['Id'])).execute({ details: false }));
}

/** The risk playbooks of the shipped library. */
function isRisk({ subject }: RunCount): boolean {
    return subject === 'at-risk';
}

function figuresOf(cell: ShownCell | undefined): readonly unknown[] {
    return ['s!Is_Saved__c', 's!Is_Lost__c', 's!Is_Let_Go__c'].map((name) => cell?.figures[name]);
}

function figuresIn(lines: readonly RunCount[]): readonly number[] {
    return ['Saved', 'Lost', 'Let go'].map((outcome) =>
        sum(lines.filter((line) => isRisk(line) && line.worked && line.outcome === outcome)),
    );
}

function sum(lines: readonly RunCount[]): number {
    return lines.reduce((total, { runs }) => total + runs, 0);
}
