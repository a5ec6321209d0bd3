/** What was read, put together. */
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { RecordRepresentation } from 'lightning/uiRecordApi';
import USER_ID from '@salesforce/user/Id';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import {
    countOf,
    fieldTypesOf,
    nodesOf,
    parent,
    readRunNode,
    readSettings,
    readTrigger,
    readVersion,
    text,
    valuesOf,
    type AccountData,
    type Connection,
    type GraphNode,
} from 'c/playbookRecords';

export type RecordQuery = Readonly<Record<string, Connection | undefined>>;

export interface WhatWasRead {
    readonly data: RecordQuery;
    readonly infos: readonly ObjectInfo[];
    readonly record: RecordRepresentation;
    readonly fieldPaths: readonly string[];
    /** With a change that is shown before the server has confirmed it. */
    readonly runs: readonly GraphNode[];
}

export function userNameIn(data: RecordQuery | undefined): string {
    const [user] = nodesOf(data?.['User']);
    return (user && text(user, 'Name')) ?? '';
}

export function accountDataOf({ data, infos, record, fieldPaths, runs }: WhatWasRead): AccountData {
    const [setting] = nodesOf(data['Playbook_Setting__mdt']);
    const [user] = nodesOf(data['User']);
    const [account] = nodesOf(data['Account']);
    const steps = nodesOf(data['Playbook_Step__c']);
    const versions = nodesOf(data['Playbook_Version__c']);
    const values = valuesOf(record, fieldPaths);
    return {
        account: { id: record.id, values },
        accountName: String(values['Name'] ?? ''),
        fieldTypes: fieldTypesOf(infos),
        triggers: nodesOf(data['Playbook_Trigger__mdt']).map(readTrigger),
        settings: readSettings(setting ?? {}, nodesOf(data['Playbook_Holiday__mdt'])),
        versions: versions.map((version) => readVersion(version, steps)),
        summaries: Object.fromEntries(
            versions.map((node) => [text(node, 'Id') ?? '', text(parent(node, 'Playbook__r') ?? {}, 'Summary__c')]),
        ),
        runs: runs.map(readRunNode),
        user: {
            id: USER_ID,
            name: userNameIn(data),
            firstName: (user && text(user, 'FirstName')) ?? '',
            email: (user && text(user, 'Email')) ?? '',
            timeZone: TIME_ZONE,
        },
        openCases: account ? countOf(account['Cases']) : null,
        lastTouchOn: values['LastActivityDate'] ? String(values['LastActivityDate']) : null,
        canWrite: infos.some((info) => info.apiName === 'Playbook_Run__c' && info.createable),
    };
}
