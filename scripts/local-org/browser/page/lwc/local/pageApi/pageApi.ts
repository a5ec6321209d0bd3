/** The local org's own endpoints, typed by the contract between page and server. */
import type {
    ListPage,
    RelatedLists,
    SetupHome,
    SetupRecord,
    SetupSave,
    SetupSaveErrors,
    SetupType,
} from '../../../../../page-contract.ts';
import { request } from 'local/connection';

export interface ListQuery {
    readonly objectApiName: string;
    readonly listView: string;
    readonly search: string;
    /** A column's path, `-` before it for descending. */
    readonly sort: string;
    readonly limit: number;
}

export function readList({ objectApiName, listView, search, sort, limit }: ListQuery): Promise<ListPage> {
    const parameters = new URLSearchParams({ limit: String(limit) });
    if (search) parameters.set('search', search);
    if (sort) parameters.set('sort', sort);
    return request('GET', `/local/list/${objectApiName}/${listView}?${parameters.toString()}`);
}

export const readRelatedLists = (recordId: string): Promise<RelatedLists> =>
    request('GET', `/local/related/${recordId}?limit=200`);

export const switchUser = (username: string): Promise<void> => request('POST', '/local/switch-user', { username });

export const readSetupHome = (): Promise<SetupHome> => request('GET', '/local/setup');
export const readSetupType = (type: string): Promise<SetupType> => request('GET', `/local/setup/${type}`);
export const createSetupRecord = (type: string, save: SetupSave): Promise<SetupRecord> =>
    request('POST', `/local/setup/${type}`, save);
export const saveSetupRecord = (type: string, record: string, save: SetupSave): Promise<SetupRecord> =>
    request('PATCH', `/local/setup/${type}/${record}`, save);
export const deleteSetupRecord = (type: string, record: string): Promise<void> =>
    request('DELETE', `/local/setup/${type}/${record}`);

/** The refused fields of a Setup save; undefined when it failed for another reason. */
export function setupSaveErrors(error: unknown): SetupSaveErrors | undefined {
    const { status, body } = error as { status?: number; body?: Partial<SetupSaveErrors> };
    if (status !== 400 || !body?.fieldErrors || !body.errors) return undefined;
    return { errors: body.errors, fieldErrors: body.fieldErrors };
}
