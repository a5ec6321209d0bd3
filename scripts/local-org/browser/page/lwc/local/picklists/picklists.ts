/** Choices of an object's picklists, by field. */
import type { ObjectInfo, PicklistValue } from 'lightning/uiObjectInfoApi';
import { apiPath, request } from 'local/connection';

export type Picklists = Readonly<Record<string, readonly PicklistValue[]>>;

/** Without an answer the fields are edited as text, and the server still refuses what is not a choice. */
export async function readPicklists({ apiName, defaultRecordTypeId }: ObjectInfo): Promise<Picklists> {
    try {
        const { picklistFieldValues } = await request<{
            picklistFieldValues: Readonly<Record<string, { readonly values: readonly PicklistValue[] }>>;
        }>(
            'GET',
            apiPath(`/ui-api/object-info/${apiName}/picklist-values/${defaultRecordTypeId ?? '012000000000000AAA'}`),
        );
        return Object.fromEntries(Object.entries(picklistFieldValues).map(([field, { values }]) => [field, values]));
    } catch {
        return {};
    }
}
