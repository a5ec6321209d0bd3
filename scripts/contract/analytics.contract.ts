import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Connection } from '../lib/connection.ts';
import { at, column, listAt, textAt } from './answer.ts';
import { openOrg } from './org.ts';
import { RecordMaker } from './records.ts';

const org = await openOrg();
const { admin } = org;
const make = new RecordMaker(admin);

const RUN = 'Account.Playbook_Runs__r$';
type ReportId = Parameters<Connection['analytics']['report']>[0];

async function reportId(developerName: string): Promise<ReportId> {
    const { records } = await admin.query<{ Id: string }>(
        `SELECT Id FROM Report WHERE DeveloperName = '${developerName}'`,
    );
    return textAt(records, 0, 'Id');
}

describe('Reports through jsforce', () => {
    let id: ReportId;
    let playbook: string;
    let account: string;
    before(async () => {
        id = await reportId('Save_Rate_by_Playbook');
        playbook = await make.playbook();
        account = await make.account();
        const closed = { Run_Status__c: 'Closed', Closed_At__c: new Date().toISOString(), Run_Kind__c: 'Risk' };
        for (const Outcome__c of ['Saved', 'Saved', 'Lost', 'Recovered']) {
            const opened = { Run_Playbook__c: playbook, Opened_By__c: 'Sweep' };
            const run = await make.run(account, { ...opened, Run_Kind__c: 'Risk' });
            if (Outcome__c !== 'Recovered') {
                await make.completion(run, { Recorded_Contact__c: true, Completed_At__c: new Date().toISOString() });
            }
            await admin.sobject('Playbook_Run__c').update({ Id: run, ...closed, Outcome__c });
        }
    });

    /** Only what this contract made. */
    const own = (): object => ({
        reportFilters: [{ column: `${RUN}Run_Playbook__c`, operator: 'equals', value: playbook }],
        reportBooleanFilter: null,
    });

    it('are listed with where to run and describe them', async () => {
        const reports = await admin.analytics.reports();
        const found = reports.find((report) => report.id === id);
        // A real org lists what was looked at last.
        assert.ok(found !== undefined || org.local === null);
        assert.match(found?.describeUrl ?? 'describe', /describe$/);
    });

    it('describe their columns, filters and what the report type offers', async () => {
        const described = await admin.analytics.report(id).describe();
        assert.equal(described.reportMetadata.developerName, 'Save_Rate_by_Playbook');
        assert.equal(described.reportMetadata.reportFormat, 'SUMMARY');
        assert.equal(described.reportMetadata.reportType.type, 'Playbook_Runs__c');
        assert.ok(described.reportMetadata.aggregates.includes(`s!${RUN}Is_Saved__c`));
        const columns = described.reportTypeMetadata.categories.flatMap((category) => Object.keys(category.columns));
        assert.ok(columns.includes(`${RUN}Outcome__c`));
    });

    it('run with filters of the moment: groups, figures, formulas, details', async () => {
        const result = await admin.analytics.report(id).execute({
            details: true,
            metadata: { reportMetadata: { ...own() } },
        });
        assert.equal(result.allData, true);
        assert.equal(result.hasDetailRows, true);
        assert.equal(result.groupingsDown?.groupings.length, 1);
        const { aggregates } = result.reportMetadata;
        const figure = (name: string): unknown => result.factMap['T!T']?.aggregates[aggregates.indexOf(name)]?.value;
        assert.equal(figure(`s!${RUN}Is_Saved__c`), 2);
        assert.equal(figure(`s!${RUN}Is_Lost__c`), 1);
        assert.equal(figure('RowCount'), 4);
        assert.equal(Math.round(Number(figure('FORMULA1')) * 10), 667);
        assert.deepEqual(result.factMap['0!T']?.aggregates, result.factMap['T!T']?.aggregates);
        const rows = result.factMap['0!T']?.rows ?? [];
        assert.equal(rows.length, 4);
        assert.equal(rows[0]?.dataCells.length, result.reportMetadata.detailColumns.length);
        const name = result.reportMetadata.detailColumns.indexOf('Account$Name');
        assert.equal(at(rows, 0, 'dataCells', name, 'value'), account);
    });

    it('a filter of a column that is not there is refused', async () => {
        const metadata = {
            reportMetadata: { reportFilters: [{ column: `${RUN}Gone__c`, operator: 'equals' as const, value: '1' }] },
        };
        await assert.rejects(admin.analytics.report(id).execute({ metadata }), { errorCode: 'BAD_REQUEST' });
    });

    it('a report that is not there is not found', async () => {
        await assert.rejects(admin.analytics.report('00O000000000001AAA').execute(), { errorCode: 'NOT_FOUND' });
    });

    it(
        'who may not see a field gets the report without its figures',
        { skip: org.skipUnlessLocal('it needs several users') },
        async () => {
            const hidden = await org.as('nora').analytics.reports();
            assert.deepEqual(hidden, []);
            const seen = await org.as('lena').analytics.report(id).execute();
            assert.equal(seen.reportMetadata.developerName, 'Save_Rate_by_Playbook');
        },
    );
});

describe('Dashboards through jsforce', () => {
    it('describe their components and give each with the result of its report', async () => {
        const { records } = await admin.query("SELECT Id FROM Dashboard WHERE DeveloperName = 'Playbook_Outcomes'");
        const dashboard = admin.analytics.dashboard(textAt(records, 0, 'Id'));
        const described = await dashboard.describe();
        assert.ok(described.layout.gridLayout);
        const { componentData } = await dashboard.components();
        assert.equal(componentData.length, described.components.length);
        const statuses = column(column(componentData, 'status'), 'dataStatus');
        assert.ok(statuses.includes('DATA'), statuses.join());
        assert.ok(!statuses.includes('ERROR'), JSON.stringify(listAt(componentData).map((one) => at(one, 'status'))));
    });
});
