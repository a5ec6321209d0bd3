/** What only a real org can answer. Each question has the answer that the local org gives and the product is built on, and the files that change if it is another. */
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import { at, column, listAt, textAt, words } from './answer.ts';
import { connectReal, MARK, type ContractOrg } from './org.ts';
import { doneStep, marked, openRun, RecordMaker } from './records.ts';
import { TASK_QUESTIONS } from './task-questions.ts';

/** Why an org cannot be asked. */
export interface CannotSay {
    readonly because: string;
}

export interface Question {
    readonly question: string;
    /** What the product and the local org take for true. */
    readonly assumed: string;
    readonly ask: (org: ContractOrg) => Promise<string | CannotSay>;
    /** What has to change when the answer is another. */
    readonly files: readonly string[];
}

/** Questions about what a person sees, which no API answers. */
export interface ByHand {
    readonly question: string;
    readonly assumed: string;
    readonly steps: string;
    readonly files: readonly string[];
}

const ERRORS_OF_WRITES = ['scripts/local-org/failure.ts', 'force-app/main/default/lwc/playbookRecords/failures.ts'];
const DUPLICATE = 'DUPLICATE_VALUE, fields []: duplicate value found: Key__c duplicates value on record with id: <id>';

/** An error in one line, without what differs from run to run. */
function errorLine(error: unknown): string {
    const code = at(error, 'errorCode') ?? at(error, 'statusCode');
    const message = words(at(error, 'message')).replaceAll(/\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b/g, '<id>');
    return `${words(code)}, fields ${JSON.stringify(at(error, 'fields') ?? [])}: ${message.replaceAll(MARK, '<mark>')}`;
}

/** A user who may use the panel and not change the setup; null when none was given. */
async function tokenWithoutSetupRights(org: ContractOrg): Promise<string | null> {
    const second = process.env['CONTRACT_SECOND_USER'];
    if (org.local !== null) {
        return org.tokenOf('maya');
    }
    return second === undefined ? null : (await connectReal(second)).token;
}

async function customMetadataAsUser(org: ContractOrg): Promise<string | CannotSay> {
    const token = await tokenWithoutSetupRights(org);
    if (token === null) {
        return { because: 'it takes a user without setup rights: --second-user ALIAS' };
    }
    const answer = await org.graphql(
        '{ uiapi { query { Playbook_Trigger__mdt(first: 5) { edges { node { DeveloperName { value } Enter_When__c { value } } } } } } }',
        {},
        token,
    );
    const errors = listAt(answer, 'errors');
    if (errors.length > 0) {
        return `refused: ${words(at(errors, 0, 'message'))}`;
    }
    const rows = listAt(answer, 'data', 'uiapi', 'query', 'Playbook_Trigger__mdt', 'edges');
    const filled = rows.filter((row) => typeof at(row, 'node', 'Enter_When__c', 'value') === 'string');
    return rows.length > 0 && filled.length === rows.length
        ? 'rows with their long texts'
        : `${filled.length} of ${rows.length} rows with their long texts`;
}

async function takenKey(org: ContractOrg): Promise<Readonly<Record<string, string>>> {
    const key = marked('taken');
    await new RecordMaker(org.admin).playbook({ Key__c: key });
    return { Name: marked('second'), Key__c: key };
}

async function duplicateInRest(org: ContractOrg): Promise<string> {
    const { status, body } = await org.call('POST', '/sobjects/Playbook__c', await takenKey(org));
    return `${status} ${errorLine(at(body, 0))}`;
}

async function duplicateInCollections(org: ContractOrg): Promise<string> {
    const records = [{ attributes: { type: 'Playbook__c' }, ...(await takenKey(org)) }];
    const { status, body } = await org.call('POST', '/composite/sobjects', { allOrNone: false, records });
    return `${status} ${errorLine(at(body, 0, 'errors', 0))}`;
}

async function duplicateInGraphQL(org: ContractOrg): Promise<string> {
    const answer = await org.graphql(
        'mutation M($input: Playbook__cCreateInput!) { uiapi(input: { allOrNone: true }) { Playbook__cCreate(input: $input) { Record { Id } } } }',
        { input: { Playbook__c: await takenKey(org) } },
    );
    const error = at(answer, 'errors', 0);
    const extensions = JSON.stringify(at(error, 'extensions') ?? null);
    return `${words(at(error, 'message'))} ${extensions}`
        .replaceAll(/\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b/g, (word) => (/\d/.test(word) ? '<id>' : word))
        .replaceAll(MARK, '<mark>');
}

/** One account with two runs: is a sum over the account's amount of the two rows that of one account, or of two? */
async function smartTotals(org: ContractOrg): Promise<string | CannotSay> {
    if (org.local !== null) {
        return { because: 'the local org runs no reports' };
    }
    const name = marked('totals');
    const make = new RecordMaker(org.admin);
    const account = await make.account({ Name: name, ARR__c: 100 });
    await make.run(account);
    await make.run(account);
    const { body: categories } = await org.call('GET', '/analytics/reportTypes');
    const types = listAt(categories).flatMap((category) => column(listAt(category, 'reportTypes'), 'type'));
    const type = types.find((one) => /Account\b.*Playbook_Run__c$/.test(String(one)));
    const { body: report } = await org.call('POST', '/analytics/reports/query', {
        reportMetadata: {
            reportType: { type },
            reportFormat: 'TABULAR',
            detailColumns: ['ACCOUNT.NAME', 'Account.ARR__c'],
            aggregates: ['s!Account.ARR__c', 'RowCount'],
            reportFilters: [{ column: 'ACCOUNT.NAME', operator: 'equals', value: name }],
        },
    });
    const [sum, rows] = listAt(report, 'factMap', 'T!T', 'aggregates').map((one) => Number(at(one, 'value')));
    if (rows !== 2) {
        return { because: `no report of accounts and runs could be run: ${JSON.stringify(report).slice(0, 300)}` };
    }
    return sum === 100 ? 'each parent counts once' : `the sum of two rows of one account with 100 is ${String(sum)}`;
}

const TWIN = 'Contract_Twin__c';

/** Validates a report type with two fields of the same name; nothing stays. */
async function sameNameInReportType(org: ContractOrg): Promise<string> {
    const zip = new yazl.ZipFile();
    const add = (path: string, root: string, content: string): void => {
        const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${root}>\n`;
        zip.addBuffer(Buffer.from(xml), path);
    };
    const members = (name: string, ...list: readonly string[]): string =>
        `<types>${list.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`;
    const field = `<fields><fullName>${TWIN}</fullName><label>Twin</label><length>10</length><type>Text</type></fields>`;
    const objects = ['Playbook_Run__c', 'Step_Completion__c'];
    const tables = ['Playbook_Run__c', 'Playbook_Run__c.Step_Completions__r'];
    const columns = tables.map(
        (table) =>
            `<columns><checkedByDefault>true</checkedByDefault><field>${TWIN}</field><table>${table}</table></columns>`,
    );
    add(
        'package.xml',
        'Package',
        `${members('CustomField', ...objects.map((object) => `${object}.${TWIN}`))}${members('ReportType', 'Contract_Twins')}<version>67.0</version>`,
    );
    objects.forEach((object) => add(`objects/${object}.object`, 'CustomObject', field));
    add(
        'reportTypes/Contract_Twins.reportType',
        'ReportType',
        `<baseObject>Playbook_Run__c</baseObject><category>accounts</category><deployed>true</deployed><description>Trial.</description><join><outerJoin>false</outerJoin><relationship>Step_Completions__r</relationship></join><label>Trial</label><sections>${columns.join('')}<masterLabel>All</masterLabel></sections>`,
    );
    zip.end();
    const result = await org.admin.metadata
        .deploy(await buffer(zip.outputStream), { checkOnly: true, rollbackOnError: true, singlePackage: true })
        .complete(true);
    return result.success ? 'accepted' : 'refused';
}

async function restrictUnderCascade(org: ContractOrg): Promise<string> {
    const make = new RecordMaker(org.admin);
    const playbook = await make.playbook();
    const step = await make.step(await make.version(playbook));
    const completion = await make.completion(await make.run(await make.account()), { Completed_Step__c: step });
    const { status, body } = await org.call('DELETE', `/sobjects/Playbook__c/${playbook}`);
    if (status !== 204) {
        return `refused: ${words(at(body, 0, 'errorCode'))}`;
    }
    const left = await make.read('Step_Completion__c', completion, 'Completed_Step__c');
    return left?.['Completed_Step__c'] === null
        ? 'deleted, the lookup is emptied'
        : 'deleted, the lookup leads nowhere';
}

async function createAndClose(org: ContractOrg): Promise<string> {
    const make = new RecordMaker(org.admin);
    const answer = await org.graphql(
        `mutation Act($run: Playbook_Run__cCreateInput!, $done: Step_Completion__cCreateInput!, $close: Playbook_Run__cUpdateInput!) {
            uiapi(input: { allOrNone: true }) {
                run: Playbook_Run__cCreate(input: $run) { Record { Id } }
                done: Step_Completion__cCreate(input: $done) { Record { Id } }
                close: Playbook_Run__cUpdate(input: $close) { Record { Id } }
            } }`,
        {
            run: { Playbook_Run__c: openRun(await make.account()) },
            done: { Step_Completion__c: doneStep('@{run}') },
            close: {
                Id: '@{run}',
                Playbook_Run__c: {
                    Run_Status__c: 'Closed',
                    Outcome__c: 'Saved',
                    Closed_At__c: '2026-11-20T10:00:00.000Z',
                },
            },
        },
    );
    const errors = listAt(answer, 'errors');
    if (errors.length > 0) {
        return `refused: ${words(at(errors, 0, 'message'))}`;
    }
    const id = textAt(answer, 'data', 'uiapi', 'run', 'Record', 'Id');
    const run = await make.read('Playbook_Run__c', id, 'Run_Status__c, Done_Count__c');
    return `${words(run?.['Run_Status__c'])}, ${words(run?.['Done_Count__c'])} step done`;
}

export const QUESTIONS: readonly Question[] = [
    {
        question: 'Custom metadata through GraphQL, as a user without setup rights',
        assumed: 'rows with their long texts',
        ask: customMetadataAsUser,
        files: ['force-app/main/default/lwc/playbookData/queries.ts', 'scripts/local-org/store/access.ts'],
    },
    {
        question: 'A duplicate key in REST',
        assumed: `400 ${DUPLICATE}`,
        ask: duplicateInRest,
        files: ERRORS_OF_WRITES,
    },
    {
        question: 'A duplicate key in collections',
        assumed: `200 ${DUPLICATE}`,
        ask: duplicateInCollections,
        files: ERRORS_OF_WRITES,
    },
    {
        question: 'A duplicate key in a GraphQL mutation',
        assumed:
            'duplicate value found: Key__c duplicates value on record with id: <id> {"ErrorType":"DataFetchingException","errorCode":"DUPLICATE_VALUE","fields":[]}',
        ask: duplicateInGraphQL,
        files: [...ERRORS_OF_WRITES, 'scripts/local-org/api/graphql/endpoint.ts'],
    },
    {
        question: 'A run created, answered and closed by "@{alias}" in one GraphQL request',
        assumed: 'Closed, 1 step done',
        ask: createAndClose,
        files: [
            'force-app/main/default/lwc/playbookRecords/mutations.ts',
            'scripts/local-org/api/graphql/mutations.ts',
        ],
    },
    {
        question: 'Deleting a playbook whose step (its detail’s detail) a lookup with Restrict names',
        assumed: 'refused: DELETE_FAILED',
        ask: restrictUnderCascade,
        files: ['scripts/local-org/store/remove.ts'],
    },
    {
        question: 'Smart totalling: a sum over the parent’s column of two children',
        assumed: 'each parent counts once',
        ask: smartTotals,
        files: ['scripts/local-org/metadata/check/reports.ts'],
    },
    {
        question: 'Two fields with the same API name in one report type',
        assumed: 'refused',
        ask: sameNameInReportType,
        files: ['scripts/local-org/metadata/check/report-types.ts'],
    },
    ...TASK_QUESTIONS,
];

export const BY_HAND: readonly ByHand[] = [
    {
        question: 'Does a GraphQL mutation refresh records that getRecord has cached?',
        assumed: 'no: the panel calls notifyRecordUpdateAvailable and refresh()',
        steps: 'open an account with the panel and the details; answer a step in the panel; does a roll-up in the details change before a reload?',
        files: ['force-app/main/default/lwc/playbookRecords/runs.ts'],
    },
    {
        question: 'Which of two same-named columns of one report type shows?',
        assumed: 'only one of them',
        steps: 'only when the deploy of such a report type is accepted (question above): make a report on it and add both columns.',
        files: ['scripts/local-org/metadata/check/report-types.ts'],
    },
];
