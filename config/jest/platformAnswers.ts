/** What the platform answers, for tests: GraphQL nodes of a small org with an account at risk, and its records and types. */

import { ACCOUNT_ID, type Scalar } from './recordAnswers';

export * from './recordAnswers';

export type FieldValues = Readonly<Record<string, Scalar>>;
/** A record as GraphQL gives it: `{ Id: '…', Name: { value: '…' }, Playbook__r: { … } }`. */
export type RecordNode = Readonly<Record<string, unknown>>;

/** A Saturday, so that working time has something to step over. */
export const NOW = '2026-11-21T18:00:00.000Z';

/** Wraps values as GraphQL does; `Id` stays bare. `parts` are parents and child lists. */
export function node(values: FieldValues, parts: RecordNode = {}): RecordNode {
    const fields = Object.entries(values).map(([field, value]): readonly [string, unknown] => [
        field,
        field === 'Id' ? value : { value },
    ]);
    return { ...Object.fromEntries(fields), ...parts };
}

/** A list as GraphQL gives it, or its count alone. */
export interface Connection {
    readonly edges?: readonly { readonly node: RecordNode }[];
    readonly totalCount?: number;
    readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
export interface QueryAnswer {
    readonly uiapi: { readonly query: Readonly<Record<string, Connection>> };
}

export const connection = (nodes: readonly RecordNode[]): Connection => ({
    edges: nodes.map((each) => ({ node: each })),
});

export const setting = (values: FieldValues = {}): RecordNode =>
    node({
        Health_Field__c: 'Health_Score__c',
        Health_On_Field__c: 'Health_Score_On__c',
        Usage_Change_Field__c: 'Usage_Change__c',
        Renewal_Field__c: 'Renewal_Date__c',
        ARR_Field__c: 'ARR__c',
        Working_Days__c: 'Mon,Tue,Wed,Thu,Fri',
        Late_Start_Days__c: 3,
        Stale_After_Days__c: 14,
        ...values,
    });

export const trigger = (values: FieldValues = {}): RecordNode =>
    node({
        DeveloperName: 'At_Risk',
        MasterLabel: 'At Risk',
        Active__c: true,
        Kind__c: 'Playbook',
        Playbook_Key__c: 'at-risk',
        Priority__c: 10,
        Tier__c: 'IF($Figure.Health < 40, "Critical", "High")',
        Enter_When__c: 'OR($Figure.Health < 60, $Figure.UsageChange <= -0.3)',
        Exit_When__c: '$Figure.Health >= 65',
        Hold_Days__c: 14,
        Cooldown_Days__c: 30,
        Anchor__c: null,
        Explanation__c: null,
        ...values,
    });

export const renewalTrigger = (values: FieldValues = {}): RecordNode =>
    trigger({
        DeveloperName: 'Renewal',
        MasterLabel: 'Renewal',
        Playbook_Key__c: 'renewal',
        Priority__c: 20,
        Tier__c: null,
        Enter_When__c: 'AND($Figure.Renewal >= TODAY(), $Figure.Renewal <= TODAY() + 90)',
        Exit_When__c: '$Figure.Renewal > TODAY() + 90',
        Anchor__c: 'Renewal',
        ...values,
    });

export const signalTrigger = (values: FieldValues = {}): RecordNode =>
    trigger({
        DeveloperName: 'Cases',
        MasterLabel: 'Many cases',
        Kind__c: 'Signal',
        Playbook_Key__c: null,
        Priority__c: 50,
        Tier__c: null,
        Enter_When__c: '$Figure.ARR < 100000',
        Exit_When__c: '$Figure.ARR >= 100000',
        Signal_Title__c: 'Call support about the cases',
        Signal_Instructions__c: 'Ask for {!Name}.',
        Signal_Contact__c: false,
        Signal_Due_Hours__c: 16,
        ...values,
    });

/** A parent playbook, as `Playbook__r` or `Run_Playbook__r`. */
export const playbook = (values: FieldValues = {}): RecordNode =>
    node({
        Name: 'At-Risk Account',
        Key__c: 'at-risk',
        Category__c: 'Risk',
        Summary__c: 'Find out why, then act.',
        ...values,
    });

export const version = (values: FieldValues = {}, parts: RecordNode = {}): RecordNode =>
    node(
        {
            Id: 'a0V000000000001AAA',
            Version_Number__c: 1,
            Version_Status__c: 'Published',
            Success_When__c: null,
            Lost_When__c: null,
            Playbook__c: 'a0P000000000001AAA',
            ...values,
        },
        { Playbook__r: playbook(), ...parts },
    );

export const renewalVersion = (values: FieldValues = {}): RecordNode =>
    version(
        { Id: 'a0V000000000002AAA', Playbook__c: 'a0P000000000002AAA', ...values },
        { Playbook__r: playbook({ Name: 'Renewal', Key__c: 'renewal', Category__c: 'Renewal', Summary__c: null }) },
    );

export const step = (key: string, values: FieldValues = {}): RecordNode =>
    node({
        Id: `a0S-${key}`,
        Name: `Do ${key}`,
        Playbook_Version__c: 'a0V000000000001AAA',
        Step_Key__c: key,
        Position__c: 1,
        Phase__c: 'Understand',
        Role__c: 'CSM',
        Required__c: true,
        Customer_Contact__c: false,
        Show_When__c: null,
        Depends_On__c: null,
        Due_From__c: 'Start',
        Due_Offset__c: 2,
        Due_Unit__c: 'Business days',
        Decision_Question__c: null,
        Decision_Options__c: null,
        Decision_Max__c: null,
        Note_Required__c: false,
        Repeat_Every_Days__c: null,
        ...values,
    });

export const completion = (
    stepKey: string,
    values: FieldValues = {},
    by: string | null = 'Maya Lindqvist',
): RecordNode =>
    node(
        {
            Id: `a0C-${stepKey}`,
            Completion_Key__c: `${ACCOUNT_ID}:at-risk:1:${stepKey}:1`,
            Recorded_Step_Key__c: stepKey,
            Occurrence__c: 1,
            Completion_Status__c: 'Done',
            Decision__c: null,
            Skip_Reason__c: null,
            Note__c: null,
            Due_At__c: null,
            Completed_At__c: '2026-11-20T15:00:00.000Z',
            ...values,
        },
        { Completed_By__r: by === null ? null : node({ Name: by }) },
    );

export const run = (values: FieldValues = {}, completions: readonly RecordNode[] = []): RecordNode =>
    node(
        {
            Id: 'a0R000000000001AAA',
            Name: 'RUN-0001',
            Episode_Key__c: `${ACCOUNT_ID}:at-risk:1`,
            Episode_Number__c: 1,
            Run_Playbook__c: 'a0P000000000001AAA',
            Run_Version__c: 'a0V000000000001AAA',
            Trigger_Key__c: 'At_Risk',
            Run_Status__c: 'Open',
            Opened_By__c: 'First action',
            First_Tier__c: 'High',
            Worst_Tier__c: 'High',
            Current_Tier__c: 'High',
            Reason__c: 'Health is 48 (limit 60).',
            Anchor_On__c: null,
            Surfaced_At__c: '2026-11-19T15:00:00.000Z',
            Closed_At__c: null,
            Outcome__c: null,
            Cause__c: null,
            Health_At_Opening__c: 48,
            Usage_At_Opening__c: 1200,
            ARR_At_Opening__c: 50000,
            ...values,
        },
        { Run_Playbook__r: playbook(), Step_Completions__r: connection(completions) },
    );

export const user = (values: FieldValues = {}): RecordNode =>
    node({ Id: '005000000000000000', Name: 'Maya Lindqvist', FirstName: 'Maya', Email: 'maya@example.com', ...values });

export const resource = (values: FieldValues = {}): RecordNode =>
    node({
        Id: 'a0E-1',
        Name: 'First e-mail',
        Resource_Step__c: 'a0S-check',
        Resource_Type__c: 'E-mail',
        Subject__c: 'How is it going at {!Name}?',
        Body__c: 'Dear {!Champion__r.FirstName},\nshall we talk?',
        Url__c: null,
        ...values,
    });

/** Answer to the account query: an object of connections by object name. Cases are left out when the user may not see them. */
export interface AccountAnswer {
    readonly triggers?: readonly RecordNode[];
    readonly settings?: readonly RecordNode[];
    readonly holidays?: readonly RecordNode[];
    readonly versions?: readonly RecordNode[];
    readonly steps?: readonly RecordNode[];
    readonly runs?: readonly RecordNode[];
    readonly openCases?: number | null;
}

export function accountAnswer(answer: AccountAnswer = {}): QueryAnswer {
    const { openCases = 2 } = answer;
    return {
        uiapi: {
            query: {
                Playbook_Trigger__mdt: connection(answer.triggers ?? [trigger()]),
                Playbook_Setting__mdt: connection(answer.settings ?? [setting()]),
                Playbook_Holiday__mdt: connection(answer.holidays ?? []),
                Playbook_Version__c: connection(answer.versions ?? [version()]),
                Playbook_Step__c: connection(answer.steps ?? [step('check'), step('call', { Position__c: 2 })]),
                Playbook_Run__c: connection(answer.runs ?? []),
                User: connection([user()]),
                Account: connection([
                    { Id: ACCOUNT_ID, ...(openCases === null ? {} : { Cases: { totalCount: openCases } }) },
                ]),
            },
        },
    };
}

export function versionAnswer(
    steps: readonly RecordNode[],
    resources: readonly RecordNode[] = [],
    versionNode: RecordNode = version({ Success_Criteria__c: 'Health is back', Pitfalls__c: 'Waiting' }),
): QueryAnswer {
    return {
        uiapi: {
            query: {
                Playbook_Version__c: connection([versionNode]),
                Playbook_Step__c: connection(steps),
                Playbook_Resource__c: connection(resources),
            },
        },
    };
}

/** The sweep that finished last; none when it is left out. */
export const sweepList = (values: FieldValues = {}): Connection =>
    connection([
        node({
            Id: 'a0W-1',
            Finished_At__c: '2026-11-21T02:00:00.000Z',
            Sweep_Status__c: 'Finished',
            ...values,
        }),
    ]);

export const sweepAnswer = (values: FieldValues = {}): QueryAnswer => ({
    uiapi: { query: { Playbook_Sweep__c: sweepList(values) } },
});

/** One call that is logged, two contacts. */
export const taskAnswer = (): QueryAnswer => ({
    uiapi: {
        query: {
            Task: connection([node({ Id: '00T000000000001AAA', Subject: 'Kick-off', ActivityDate: '2026-11-12' })]),
            Contact: connection([
                node({ Id: '003000000000001AAA', Name: 'Ada Roe' }),
                node({ Id: '003000000000002AAA', Name: 'Ben Poe' }),
            ]),
        },
    },
});
