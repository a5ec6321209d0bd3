/** Calls logged as tasks: what there is to attach to an answer, and with whom a new one can be logged. */
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import { nodesOf, text } from 'c/playbookRecords';
import type { RecordQuery } from './accountData';

export interface LoggedTask {
    readonly id: string;
    readonly subject: string;
    /** Day; null: it has none. */
    readonly on: string | null;
}

export interface TaskData {
    /** Whether this user may log a call. */
    readonly canLog: boolean;
    /** The account's completed tasks, latest first. */
    readonly tasks: readonly LoggedTask[];
    /** The account's contacts, by name. */
    readonly contacts: readonly { readonly id: string; readonly name: string }[];
}

export function taskDataOf(query: RecordQuery, task: ObjectInfo): TaskData {
    return {
        canLog: task.createable,
        tasks: nodesOf(query['Task']).map((node) => ({
            id: text(node, 'Id') ?? '',
            subject: text(node, 'Subject') ?? '',
            on: text(node, 'ActivityDate'),
        })),
        contacts: nodesOf(query['Contact']).map((node) => ({
            id: text(node, 'Id') ?? '',
            name: text(node, 'Name') ?? '',
        })),
    };
}
