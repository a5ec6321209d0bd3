/** What only a real org can answer about tasks, which log a call together with an answer. */
import { at, listAt, textAt, words } from './answer.ts';
import type { ContractOrg } from './org.ts';
import type { Question } from './questions.ts';
import { doneStep, marked, openRun, RecordMaker } from './records.ts';

const LOG = `mutation Log($run: Playbook_Run__cCreateInput!, $task: TaskCreateInput!, $done: Step_Completion__cCreateInput!) {
    uiapi(input: { allOrNone: true }) {
        run: Playbook_Run__cCreate(input: $run) { Record { Id } }
        task: TaskCreate(input: $task) { Record { Id } }
        done: Step_Completion__cCreate(input: $done) { Record { Id } }
    } }`;
const LATEST = `query Latest($id: ID!) { uiapi { query { Task(first: 10, where: { AccountId: { eq: $id }, IsClosed: { eq: true } }, orderBy: { ActivityDate: { order: DESC } }) {
    edges { node { Id Subject { value } ActivityDate { value } } } } } } }`;

/** Logs a call the way the panel does; the account's last activity is before it. */
async function logCall(org: ContractOrg, accountId: string): Promise<unknown> {
    return org.graphql(LOG, {
        run: { Playbook_Run__c: openRun(accountId) },
        task: {
            Task: {
                Subject: marked('call'),
                Status: 'Completed',
                Priority: 'Normal',
                TaskSubtype: 'Call',
                ActivityDate: '2026-11-20',
                WhatId: accountId,
            },
        },
        done: { Step_Completion__c: { ...doneStep('@{run}'), Task_Id__c: '@{task.Record.Id}' } },
    });
}

async function loggedWithAnswer(org: ContractOrg): Promise<string> {
    const make = new RecordMaker(org.admin);
    const answer = await logCall(org, await make.account());
    const errors = listAt(answer, 'errors');
    if (errors.length > 0) {
        return `refused: ${words(at(errors, 0, 'message'))}`;
    }
    const [task, done] = ['task', 'done'].map((alias) => textAt(answer, 'data', 'uiapi', alias, 'Record', 'Id'));
    const completion = await make.read('Step_Completion__c', done ?? '', 'Task_Id__c');
    return completion?.['Task_Id__c'] === task ? 'logged, and named by its id' : words(completion?.['Task_Id__c']);
}

async function latestOfAccount(org: ContractOrg): Promise<string> {
    const account = await new RecordMaker(org.admin).account();
    await logCall(org, account);
    const answer = await org.graphql(LATEST, { id: account });
    const errors = listAt(answer, 'errors');
    return errors.length > 0
        ? `refused: ${words(at(errors, 0, 'message'))}`
        : `${listAt(answer, 'data', 'uiapi', 'query', 'Task', 'edges').length} listed`;
}

async function lastActivity(org: ContractOrg): Promise<string> {
    const make = new RecordMaker(org.admin);
    const account = await make.account();
    await logCall(org, account);
    return words((await make.read('Account', account, 'LastActivityDate'))?.['LastActivityDate']);
}

async function describedToPages(org: ContractOrg): Promise<string> {
    const { status, body } = await org.call('GET', '/ui-api/object-info/Task');
    return status === 200
        ? `createable: ${words(at(body, 'createable'))}`
        : `${status} ${words(at(body, 0, 'message'))}`;
}

const PANEL = ['force-app/main/default/lwc/playbookData/taskData.ts', 'scripts/local-org/store/tasks.ts'];

/** Where UI API has no tasks the panel says so and answers steps without them; older orgs answered "Object Task is not supported in UI API". */
export const TASK_QUESTIONS: readonly Question[] = [
    {
        question:
            'A completed call as a task, created with an answer that names it in a text field, in one GraphQL request',
        assumed: 'logged, and named by its id',
        ask: loggedWithAnswer,
        files: [
            ...PANEL,
            'force-app/main/default/lwc/playbookEngine/types.ts',
            'scripts/local-org/api/graphql/mutations.ts',
        ],
    },
    {
        question: 'The closed tasks of an account through GraphQL',
        assumed: '1 listed',
        ask: latestOfAccount,
        files: PANEL,
    },
    {
        question: 'The object info of Task',
        assumed: 'createable: true',
        ask: describedToPages,
        files: PANEL,
    },
    {
        question: 'The last activity of an account with a completed task',
        assumed: '2026-11-20',
        ask: lastActivity,
        files: ['scripts/local-org/store/tasks.ts'],
    },
];
