/** Nodes of the platform as what the panel shows of the past. */
import type { Impact } from 'c/playbookEngine';
import { nodesOf, number, parent, text, type Connection, type GraphNode } from 'c/playbookRecords';
import type { PastFacts, PastRuns, RecordedStep, RecordedSteps, Remark } from './types';

type Query = Readonly<Record<string, Connection | undefined>>;

export interface QueryData {
    readonly uiapi?: { readonly query?: Query; readonly aggregate?: Query };
}

const idOf = (node: GraphNode): string => text(node, 'Id') ?? '';

export function readRuns(query: Query): PastRuns {
    return Object.fromEntries(nodesOf(query['Playbook_Run__c']).map((node) => [idOf(node), factsOf(node)]));
}

function factsOf(node: GraphNode): PastFacts {
    const worked = text(node, 'Worked__c');
    const by = parent(node, 'Outcome_By__r');
    return { worked: worked === null ? null : worked === 'true', decidedBy: by && text(by, 'Name') };
}

export function readSteps(query: Query): RecordedSteps {
    return Object.fromEntries(nodesOf(query['Step_Completion__c']).map((node) => [idOf(node), stepOf(node)]));
}

function stepOf(node: GraphNode): RecordedStep {
    return {
        title: text(node, 'Recorded_Title__c') ?? '',
        remarks: nodesOf(node['Coaching_Comments__r']).flatMap((comment) => remarkOf(comment)),
    };
}

/** Without words it is none: the user may not read them. */
function remarkOf(node: GraphNode): readonly Remark[] {
    const words = text(node, 'Comment__c');
    const author = parent(node, 'CreatedBy');
    return words === null
        ? []
        : [
              {
                  id: idOf(node),
                  text: words,
                  author: author && text(author, 'Name'),
                  writtenAt: text(node, 'CreatedDate') ?? '',
              },
          ];
}

/** Of nothing the platform gives no sum: 0. */
export function readImpact(aggregate: Query): Impact {
    const [group] = nodesOf(aggregate['Playbook_Run__c']);
    const figures = (group && parent(group, 'aggregate')) ?? {};
    const sum = (field: string): number => number(parent(figures, field) ?? {}, 'sum') ?? 0;
    return {
        saved: sum('Is_Saved__c'),
        lost: sum('Is_Lost__c'),
        letGo: sum('Is_Let_Go__c'),
        recoveredUnworked: sum('Is_Recovered_Unworked__c'),
        lostUnworked: sum('Is_Lost_Unworked__c'),
    };
}
