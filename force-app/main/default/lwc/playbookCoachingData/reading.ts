/** What the org answered, as plain values. */
import {
    flag,
    nodesOf,
    number,
    parent,
    readKept,
    readSettings,
    text,
    type Connection,
    type GraphNode,
} from 'c/playbookRecords';
import type { AnsweredGroup, Comment, Csm, PlaybookChoice, RunFacts, Save, SaveGroup, SkippedStep } from './types';

type Lists = Readonly<Record<string, (Connection & { readonly pageInfo?: PageInfo }) | undefined>>;
interface PageInfo {
    readonly hasNextPage?: boolean;
    readonly endCursor?: string | null;
}
export interface QueryData {
    readonly uiapi?: { readonly query?: Lists; readonly aggregate?: Lists };
}

/** Without the setting's record the org is not set up. */
export interface Overview {
    readonly setting: { readonly hidesIndividuals: boolean; readonly smallCount: number } | null;
    readonly playbooks: readonly PlaybookChoice[];
    /** Labels of triggers by key: a signal is known by its trigger. */
    readonly triggerLabels: ReadonlyMap<string, string>;
    readonly csmIds: readonly string[];
    readonly saves: readonly Save[];
    readonly saveGroups: readonly SaveGroup[];
    readonly answered: readonly AnsweredGroup[];
    readonly answeredTruncated: boolean;
    readonly skipped: SkippedPage;
}

export interface SkippedPage {
    readonly steps: readonly SkippedStep[];
    /** Where the next page begins; null: there is none. */
    readonly next: string | null;
}

export function readOverview({ uiapi }: QueryData): Overview {
    const { query = {}, aggregate = {} } = uiapi ?? {};
    const [setting] = nodesOf(query['Playbook_Setting__mdt']);
    const { hideIndividuals: hidesIndividuals, smallCount } = readSettings(setting ?? {}, []);
    const triggerLabels = new Map(
        nodesOf(query['Playbook_Trigger__mdt']).map((node) => [
            text(node, 'DeveloperName') ?? '',
            text(node, 'MasterLabel') ?? '',
        ]),
    );
    return {
        setting: setting ? { hidesIndividuals, smallCount } : null,
        playbooks: nodesOf(query['Playbook__c']).map((node) => ({
            id: text(node, 'Id') ?? '',
            name: text(node, 'Name') ?? '',
        })),
        triggerLabels,
        csmIds: groupsOf(aggregate['Csms']).flatMap((group) => text(group, 'Run_CSM__c') ?? []),
        saves: nodesOf(query['Playbook_Run__c']).map((node) => ({
            ...runFacts(node, triggerLabels, hidesIndividuals),
            runId: text(node, 'Id') ?? '',
            closedAt: text(node, 'Closed_At__c') ?? '',
            arrSaved: number(node, 'ARR_Saved__c'),
            cause: text(node, 'Cause__c'),
            reason: text(node, 'Outcome_Reason__c'),
            kept: readKept(node),
        })),
        saveGroups: groupsOf(aggregate['Saved']).map((group) => ({
            kept: readKept(group),
            count: measured(group, 'Id', 'count') ?? 0,
            arrSaved: measured(group, 'ARR_Saved__c', 'sum'),
        })),
        answered: groupsOf(aggregate['Answered']).map((group) => ({
            step: text(group, 'Recorded_Title__c') ?? '',
            isRequired: flag(group, 'Recorded_Required__c'),
            skipReason:
                text(group, 'Completion_Status__c') === 'Skipped' ? (text(group, 'Skip_Reason__c') ?? '') : null,
            count: measured(group, 'Id', 'count') ?? 0,
        })),
        answeredTruncated: aggregate['Answered']?.pageInfo?.hasNextPage === true,
        skipped: readSkipped(uiapi, triggerLabels, hidesIndividuals),
    };
}

export function readSkipped(
    uiapi: QueryData['uiapi'],
    triggerLabels: ReadonlyMap<string, string>,
    hidesIndividuals: boolean,
): SkippedPage {
    const page = uiapi?.query?.['Step_Completion__c'];
    return {
        steps: nodesOf(page).map((node) => skippedStep(node, triggerLabels, hidesIndividuals)),
        next: page?.pageInfo?.hasNextPage ? (page.pageInfo.endCursor ?? null) : null,
    };
}

export const readCsms = (query: Lists): readonly Csm[] =>
    nodesOf(query['User']).map((node) => ({
        id: text(node, 'Id') ?? '',
        name: text(node, 'Name') ?? '',
        // A user whose state may not be seen is taken for one who is there.
        isActive: text(node, 'IsActive') !== 'false',
    }));

function skippedStep(
    node: GraphNode,
    triggerLabels: ReadonlyMap<string, string>,
    hidesIndividuals: boolean,
): SkippedStep {
    const run = parent(node, 'Playbook_Run__r') ?? {};
    return {
        ...runFacts(run, triggerLabels, hidesIndividuals),
        id: text(node, 'Id') ?? '',
        step: text(node, 'Recorded_Title__c') ?? '',
        isRequired: flag(node, 'Recorded_Required__c'),
        skipReason: text(node, 'Skip_Reason__c') ?? '',
        note: text(node, 'Note__c'),
        skippedAt: text(node, 'Completed_At__c') ?? '',
        outcome: text(run, 'Outcome__c'),
        comments: nodesOf(node['Coaching_Comments__r']).map(readComment),
    };
}

function readComment(node: GraphNode): Comment {
    const by = parent(node, 'CreatedBy');
    return {
        id: text(node, 'Id') ?? '',
        text: text(node, 'Comment__c') ?? '',
        byId: text(node, 'CreatedById') ?? '',
        byName: (by && text(by, 'Name')) ?? '',
        writtenAt: text(node, 'CreatedDate') ?? '',
    };
}

function runFacts(run: GraphNode, triggerLabels: ReadonlyMap<string, string>, hidesIndividuals: boolean): RunFacts {
    const account = parent(run, 'Account__r');
    const playbook = parent(run, 'Run_Playbook__r');
    const csm = parent(run, 'Run_CSM__r');
    const shown = text(run, 'CSM_Shown__c');
    return {
        accountId: text(run, 'Account__c') ?? '',
        accountName: (account && text(account, 'Name')) ?? '',
        playbook: (playbook && text(playbook, 'Name')) ?? triggerLabels.get(text(run, 'Trigger_Key__c') ?? '') ?? null,
        csm: hidesIndividuals || !csm ? null : shown,
        csmLeft: csm !== null && text(csm, 'IsActive') === 'false',
    };
}

/** What a group has in common and what it comes to; the platform wraps both. */
const groupsOf = (connection: unknown): readonly GraphNode[] =>
    nodesOf(connection).map((node) => parent(node, 'aggregate') ?? {});

function measured(group: GraphNode, field: string, measure: 'count' | 'sum'): number | null {
    const held = parent(group, field);
    return held && number(held, measure);
}
