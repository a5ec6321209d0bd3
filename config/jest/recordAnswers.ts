/** What the UI API answers, for tests: object infos, and an account at risk. */
import type { FieldInfo, ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { RecordRepresentation } from 'lightning/uiRecordApi';

export type Scalar = string | number | boolean | null;
export const ACCOUNT_ID = '001000000000001AAA';

/** `[data type, label]` by field API name; a lookup as `[data type, label, relationship, object]`. */
type FieldSketch = readonly [type: string, label: string, relationship?: string, object?: string];

export function objectInfo(
    apiName: string,
    fields: Readonly<Record<string, FieldSketch>>,
    createable = true,
): ObjectInfo {
    const infos = Object.entries(fields).map(([field, [dataType, label, relationshipName = null, object]]) => {
        const info: FieldInfo = {
            apiName: field,
            dataType,
            label,
            required: false,
            createable: true,
            updateable: true,
            calculated: false,
            length: 0,
            reference: dataType === 'Reference',
            referenceToInfos: object ? [{ apiName: object, nameFields: ['Name'] }] : [],
            relationshipName,
        };
        return [field, info] as const;
    });
    return {
        apiName,
        label: apiName,
        labelPlural: apiName,
        keyPrefix: null,
        nameFields: ['Name'],
        fields: Object.fromEntries(infos),
        childRelationships: [],
        createable,
        deletable: false,
        queryable: true,
        updateable: createable,
        defaultRecordTypeId: null,
    };
}

export const ACCOUNT_INFO = objectInfo('Account', {
    Name: ['String', 'Account Name'],
    LastActivityDate: ['Date', 'Last Activity'],
    Health_Score__c: ['Double', 'Health Score'],
    Health_Score_On__c: ['Date', 'Health Score On'],
    Usage_Change__c: ['Percent', 'Usage Change'],
    Renewal_Date__c: ['Date', 'Renewal Date'],
    ARR__c: ['Currency', 'ARR'],
    Champion__c: ['Reference', 'Champion', 'Champion__r', 'Contact'],
    Logo__c: ['Base64', 'Logo'],
});
export const CONTACT_INFO = objectInfo('Contact', {
    FirstName: ['String', 'First Name'],
    Email: ['Email', 'Email'],
});
export const taskInfo = (createable = true): ObjectInfo => objectInfo('Task', {}, createable);
export const runInfo = (createable = true): ObjectInfo => objectInfo('Playbook_Run__c', {}, createable);

export const found = (...infos: readonly ObjectInfo[]): { results: { statusCode: number; result: ObjectInfo }[] } => ({
    results: infos.map((result) => ({ statusCode: 200, result })),
});

/** An account as getRecord gives it; a parent record nests: `{ Champion__r: record('Contact', …) }`. */
export function record(
    values: Readonly<Record<string, Scalar | RecordRepresentation>> = {},
    id = ACCOUNT_ID,
    apiName = 'Account',
): RecordRepresentation {
    return {
        id,
        apiName,
        fields: Object.fromEntries(
            Object.entries(values).map(([field, value]) => [field, { value, displayValue: null }]),
        ),
    };
}

/** Health 48 is below 60: "At Risk", high. */
export const AT_RISK_VALUES = {
    Name: 'Nordlicht Logistik',
    LastActivityDate: '2026-11-12',
    Health_Score__c: 48,
    Health_Score_On__c: '2026-11-20',
    Usage_Change__c: -12,
    Renewal_Date__c: '2027-06-30',
    ARR__c: 120000,
} as const;
