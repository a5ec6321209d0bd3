/** What was read of a book, as the worklist and the sweep take it. */
import type { BookAccount, Run } from 'c/playbookEngine';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import {
    isFieldPath,
    nodeValues,
    nodesOf,
    parent,
    readRunNode,
    text,
    type Connection,
    type GraphNode,
} from 'c/playbookRecords';
import { MOST } from './queries';

/** One page of the book query. */
export interface BookPage {
    readonly Account?: PagedConnection;
    readonly Playbook_Run__c?: PagedConnection;
    readonly Older?: PagedConnection;
}
interface PagedConnection extends Connection {
    readonly pageInfo?: { readonly hasNextPage?: boolean | null; readonly endCursor?: string | null } | null;
}

/** Where each list of a page begins; undefined: at its start. A list that has ended stays at its end and brings nothing more. */
export interface Cursors {
    readonly accountsAfter: string | null;
    readonly runsAfter: string | null;
    readonly olderAfter: string | null;
}
export const START: Cursors = { accountsAfter: null, runsAfter: null, olderAfter: null };

/** Null when this was the last page. */
export function nextCursors(page: BookPage, at: Cursors): Cursors | null {
    const lists = [page.Account, page.Playbook_Run__c, page.Older];
    if (!lists.some((one) => one?.pageInfo?.hasNextPage)) return null;
    return {
        accountsAfter: page.Account?.pageInfo?.endCursor ?? at.accountsAfter,
        runsAfter: page.Playbook_Run__c?.pageInfo?.endCursor ?? at.runsAfter,
        olderAfter: page.Older?.pageInfo?.endCursor ?? at.olderAfter,
    };
}

/** Records of all pages. */
export interface BookNodes {
    readonly accounts: readonly GraphNode[];
    readonly runs: readonly GraphNode[];
    readonly truncated: boolean;
}

export function nodesOfPages(pages: readonly BookPage[]): BookNodes {
    const accounts = pages.flatMap((page) => nodesOf(page.Account));
    const recent = pages.flatMap((page) => nodesOf(page.Playbook_Run__c));
    const older = pages.flatMap((page) => nodesOf(page.Older));
    return {
        accounts,
        runs: [...recent, ...older],
        truncated: [accounts, recent, older].some(({ length }) => length >= MOST),
    };
}

/** Where the CSM of an account is named: the mapped field, or the account's owner where none is mapped or this user may not read it. */
export function csmField(
    mapped: string | undefined,
    account: ObjectInfo,
): { readonly path: string; readonly isText: boolean; readonly namePath: string | null } {
    const field = mapped && isFieldPath(mapped) ? fieldAt(mapped, account) : undefined;
    if (!mapped || !field) return { path: 'OwnerId', isText: false, namePath: 'Owner.Name' };
    const before = mapped.includes('.') ? mapped.slice(0, mapped.lastIndexOf('.') + 1) : '';
    const { relationshipName, reference } = field;
    return {
        path: mapped,
        isText: !reference,
        namePath: reference && relationshipName ? `${before}${relationshipName}.Name` : null,
    };
}

/** A field of the account or, along a path, of its parent accounts. */
function fieldAt(path: string, account: ObjectInfo): ObjectInfo['fields'][string] {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    const all = Object.values(account.fields);
    const ownParents = parts.every((part) =>
        all.some(
            (field) =>
                field?.relationshipName === part && field.referenceToInfos.some(({ apiName }) => apiName === 'Account'),
        ),
    );
    return ownParents ? account.fields[last] : undefined;
}

/** Paths that can be asked for: fields of the account that rules can use, and whatever lies behind its lookups. */
export function readablePaths(
    paths: readonly string[],
    types: Readonly<Record<string, unknown>>,
    account: ObjectInfo,
): readonly string[] {
    const lookups = new Set(Object.values(account.fields).map((field) => field?.relationshipName));
    return paths.filter((path) =>
        path.includes('.') ? lookups.has(path.slice(0, path.indexOf('.'))) : path in types && path !== 'Name',
    );
}

const readRuns = new WeakMap<GraphNode, Run>();

/** A run is worked out once for each time it was read or changed, not each time that the book is shown. */
function runOf(node: GraphNode): Run {
    const known = readRuns.get(node);
    if (known) return known;
    const run = readRunNode(node);
    readRuns.set(node, run);
    return run;
}

export function bookOf(
    {
        accounts,
        paths,
        csmNamePath,
    }: { accounts: readonly GraphNode[]; paths: readonly string[]; csmNamePath: string | null },
    runs: readonly GraphNode[],
): readonly BookAccount[] {
    const byAccount = new Map<string, Run[]>();
    for (const node of runs) {
        const accountId = text(node, 'Account__c') ?? '';
        const own = byAccount.get(accountId);
        if (own) own.push(runOf(node));
        else byAccount.set(accountId, [runOf(node)]);
    }
    return accounts.map((node) => {
        const id = text(node, 'Id') ?? '';
        const name = text(node, 'Name') ?? '';
        return {
            account: { id, values: { ...nodeValues(node, paths), Name: name } },
            name,
            csmName: csmNamePath === null ? null : nameAt(node, csmNamePath),
            runs: byAccount.get(id)?.sort((one, other) => other.surfacedAt.localeCompare(one.surfacedAt)) ?? [],
        };
    });
}

function nameAt(node: GraphNode, path: string): string | null {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    let at: GraphNode | null = node;
    for (const part of parts) at = at && parent(at, part);
    return at && text(at, last);
}
