import { LightningElement, api, wire } from 'lwc';
import { executeMutation, gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { getObjectInfos, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import { notifyRecordUpdateAvailable, type WireResult } from 'lightning/uiRecordApi';
import USER_ID from '@salesforce/user/Id';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import type { ChangePlan } from 'c/playbookEngine';
import {
    applyPlan,
    countOf,
    failureOf,
    fieldTypesOf,
    nodesOf,
    objectsAlong,
    parent,
    sendPlan,
    text,
    type Failure,
    type GraphNode,
    type SaveResult,
} from 'c/playbookRecords';
import { START, bookOf, nextCursors, nodesOfPages, type BookNodes, type BookPage, type Cursors } from './book';
import { BookPlan, keptVersionIds, orgOf, sinceWhen, type Org, type RecordQuery } from './org';
import { COLLEAGUES_QUERY, KEPT_QUERY, RULES_QUERY } from './queries';
import type { Colleague } from './types';

export type { BookData, Colleague, LastSweep, Progress } from './types';
export type { Failure, SaveResult } from 'c/playbookRecords';

interface QueryData {
    readonly uiapi?: { readonly query?: RecordQuery };
}

/** The usual lookups of an account are typed at once, so that a book needs no further request for them. */
const OBJECTS = ['Account', 'Playbook_Run__c', 'Playbook_Sweep__c', 'Contact', 'User'];
/** Letters from which on a name is searched for. */
const SHORTEST_SEARCH = 2;

/** Whose books this window has read: what the platform keeps of them may be old when somebody comes back. */
const readBefore = new Set<string>();
/** Whose books were changed since they were read: what the platform keeps of them is old. */
const written = new Set<string>();

/**
 * The door of worklist and sweep page to Lightning Data Service; it shows nothing.
 *
 * Fires `loaded` with BookData whenever anything it tells of changed, `progress` with Progress while a large book is read,
 * `colleagues` with Colleague[] in answer to `search`, `failed` with a Failure when a read went wrong. `save` and `refresh` are its verbs.
 */
export default class PlaybookBookData extends LightningElement {
    /** Whose accounts; undefined: the signed-in user's. */
    @api
    get csmId(): string | undefined {
        return this.chosenCsm;
    }
    set csmId(csmId: string | undefined) {
        if (csmId === this.chosenCsm) return;
        this.chosenCsm = csmId;
        this.startAnew();
    }
    /** All accounts that the user may see, instead of one CSM's. */
    @api
    get everyone(): boolean {
        return this.isEveryone;
    }
    set everyone(everyone: boolean) {
        if (everyone === this.isEveryone) return;
        this.isEveryone = everyone;
        this.planReads();
    }
    /** Part of a colleague's name; blank: nobody is looked for. */
    @api search = '';

    readonly rulesQuery = RULES_QUERY;
    readonly rulesVariables = { userId: USER_ID };
    objectApiNames: readonly string[] = OBJECTS;
    bookQuery: GraphQLDocument | undefined;
    private cursors: Cursors = START;
    private versionIds: readonly string[] = [];
    private chosenCsm: string | undefined;
    private isEveryone = false;

    private rules: RecordQuery | undefined;
    private kept: RecordQuery | undefined;
    private infos: readonly ObjectInfo[] | undefined;
    private typedObjects = 0;
    private typesFailed = false;
    private plan: BookPlan | undefined;
    private org: Org | undefined;
    private nodes: BookNodes | undefined;
    private runNodes: readonly GraphNode[] = [];
    /** Changes shown before the server has confirmed them. */
    private pending: readonly ChangePlan[] = [];

    private refreshRules: (() => Promise<void>) | undefined;
    private refreshPage: (() => Promise<void>) | undefined;
    private refreshKept: (() => Promise<void>) | undefined;
    /** The page that came last, as long as it belongs to what is asked now. */
    private latest: BookPage | undefined;
    private arrived: ((page: BookPage | undefined) => void) | undefined;
    private isReading = false;
    private turn = 0;

    /** Lightning keeps pages that were left and shows them again as they were. */
    override connectedCallback(): void {
        if (this.nodes) void Promise.resolve().then(() => this.refresh());
    }

    get bookVariables(): Readonly<Record<string, unknown>> | undefined {
        const { plan } = this;
        return plan && { ...(this.isEveryone ? {} : { csmId: this.ownerId }), since: plan.since, ...this.cursors };
    }
    get keptQuery(): GraphQLDocument | undefined {
        return this.versionIds.length > 0 ? KEPT_QUERY : undefined;
    }
    get keptVariables(): Readonly<Record<string, unknown>> {
        return { versionIds: this.versionIds };
    }
    get colleaguesQuery(): GraphQLDocument | undefined {
        return this.search.trim().length >= SHORTEST_SEARCH ? COLLEAGUES_QUERY : undefined;
    }
    get colleaguesVariables(): Readonly<Record<string, unknown>> {
        return { name: `%${this.search.trim()}%` };
    }

    @wire(graphql, { query: '$rulesQuery', variables: '$rulesVariables' })
    wiredRules(result: GraphQLResult<QueryData>): void {
        if (result.refresh) this.refreshRules = result.refresh;
        const query = this.queryOf(result);
        if (!query) return;
        if (!nodesOf(query['Playbook_Setting__mdt'])[0] || nodesOf(query['Playbook_Trigger__mdt']).length === 0) {
            this.rules = undefined;
            this.fail({ kind: 'no-configuration', messages: [] });
            return;
        }
        this.rules = query;
        this.org = undefined;
        this.planReads();
        this.publish();
    }

    @wire(getObjectInfos, { objectApiNames: '$objectApiNames' })
    wiredTypes({
        data,
        error,
    }: WireResult<{
        readonly results: readonly { readonly statusCode: number; readonly result: ObjectInfo }[];
    }>): void {
        if (error !== undefined) {
            this.typesFailed = true;
            this.fail(failureOf(error));
            return;
        }
        if (!data) return;
        this.typesFailed = false;
        this.infos = data.results.filter(({ statusCode }) => statusCode === 200).map(({ result }) => result);
        this.typedObjects = data.results.length;
        if (!this.infos.some(({ apiName }) => apiName === 'Account')) this.fail({ kind: 'no-access', messages: [] });
        this.org = undefined;
        this.planReads();
        this.publish();
    }

    @wire(graphql, { query: '$bookQuery', variables: '$bookVariables' })
    wiredBook(result: GraphQLResult<QueryData>): void {
        if (result.refresh) this.refreshPage = result.refresh;
        const query = this.queryOf(result);
        const failed = Boolean(result.errors?.length);
        if (!query && !failed) return;
        this.latest = query;
        const { arrived } = this;
        this.arrived = undefined;
        arrived?.(this.latest);
        if (!failed && !this.isReading) void this.firstRead();
    }

    @wire(graphql, { query: '$keptQuery', variables: '$keptVariables' })
    wiredKept(result: GraphQLResult<QueryData>): void {
        if (result.refresh) this.refreshKept = result.refresh;
        const query = this.queryOf(result);
        if (!query) return;
        this.kept = query;
        this.org = undefined;
        // Their steps and outcomes may rest on fields that nothing else reads.
        this.planReads();
        this.publish();
    }

    @wire(graphql, { query: '$colleaguesQuery', variables: '$colleaguesVariables' })
    wiredColleagues(result: GraphQLResult<QueryData>): void {
        const query = this.queryOf(result);
        if (!query) return;
        const detail: readonly Colleague[] = nodesOf(query['User']).map((user) => ({
            id: text(user, 'Id') ?? '',
            name: text(user, 'Name') ?? '',
            title: text(user, 'Title') ?? '',
        }));
        this.dispatchEvent(new CustomEvent('colleagues', { detail }));
    }

    /** Reads everything again: another tab or person may have acted. Failures arrive as `failed`. */
    @api
    async refresh(): Promise<void> {
        try {
            // The platform keeps no failed read to refresh: an equal list that is new asks again.
            if (this.typesFailed) this.objectApiNames = [...this.objectApiNames];
            await Promise.all([this.refreshRules?.(), this.plan && this.read(true), this.kept || this.refreshKept?.()]);
        } catch (error) {
            this.fail(failureOf(error));
        }
    }

    /**
     * Writes a plan for one of the accounts, all or nothing, and shows its result before the server has confirmed it; a refusal takes it back.
     * Only an end is shown when it is confirmed. Several may be on their way at once, for different accounts.
     * Never rejects. The result tells created ids by alias, or why it failed.
     */
    @api
    async save(plan: ChangePlan): Promise<SaveResult> {
        const { turn } = this;
        const book = this.bookKey;
        if (plan.updateRun?.fields['Run_Status__c'] !== 'Closed') {
            this.pending = [...this.pending, plan];
            this.publish();
        }
        const { result, changed } = await sendPlan(plan, ({ document, variables }) =>
            executeMutation({
                query: gql`
                    ${document}
                `,
                variables,
            }),
        );
        this.pending = this.pending.filter((other) => other !== plan);
        if (result.ok) {
            written.add(book);
            // Record pages of what was written are told; a failure to do so leaves only their cache old.
            void notifyRecordUpdateAvailable(changed.map((recordId) => ({ recordId }))).catch(() => undefined);
            if (book === this.bookKey) this.runNodes = this.applied(this.runNodes, plan, result.ids);
            // A read that was under way may not know of this yet.
            if (turn !== this.turn || this.isReading) void this.read(true);
        }
        this.publish();
        return result;
    }

    private get ownerId(): string {
        return this.chosenCsm ?? USER_ID;
    }
    private get bookKey(): string {
        return this.isEveryone ? '' : this.ownerId;
    }

    /** What to ask for, by what is known so far. What is asked already is not asked for again. */
    private planReads(): void {
        const account = this.infos?.find(({ apiName }) => apiName === 'Account');
        if (!this.rules || !account || !this.infos) return;
        const next = new BookPlan(this.rules, this.kept, account, this.infos, this.isEveryone, sinceWhen(this.rules));
        const objects = [...new Set([...OBJECTS, ...objectsAlong(next.paths, account)])];
        if (objects.length !== this.objectApiNames.length) this.objectApiNames = objects;
        if (next.key === this.plan?.key) return;
        this.plan = next;
        this.bookQuery = next.query;
        this.startAnew();
    }

    private startAnew(): void {
        this.turn += 1;
        this.cursors = START;
        this.latest = undefined;
        this.refreshPage = undefined;
        this.nodes = undefined;
        this.runNodes = [];
        this.pending = [];
        this.isReading = false;
        this.arrived?.(undefined);
        this.arrived = undefined;
    }

    /** What the platform has kept is shown while it is read anew, unless it is known to be old. */
    private async firstRead(): Promise<void> {
        const isAgain = !this.nodes && readBefore.has(this.bookKey);
        if (!isAgain || !written.has(this.bookKey)) await this.read(false);
        if (isAgain) await this.read(true);
    }

    /** All pages of the book; `fresh` from the server, not from what the platform has kept. */
    private async read(fresh: boolean): Promise<void> {
        this.turn += 1;
        const { turn, bookKey } = this;
        this.isReading = true;
        const pages: BookPage[] = [];
        let at: Cursors | null = START;
        while (at) {
            // eslint-disable-next-line no-await-in-loop -- each page begins where the one before it ended
            const page: BookPage | undefined = await this.page(at, fresh);
            if (turn !== this.turn) return;
            if (!page) {
                this.isReading = false;
                return;
            }
            pages.push(page);
            at = nextCursors(page, at);
            if (at) this.tellProgress(pages);
        }
        this.isReading = false;
        readBefore.add(bookKey);
        if (fresh) written.delete(bookKey);
        this.nodes = nodesOfPages(pages);
        this.runNodes = this.nodes.runs;
        this.publish();
    }

    private async page(at: Cursors, fresh: boolean): Promise<BookPage | undefined> {
        const isThere = JSON.stringify(at) === JSON.stringify(this.cursors);
        if (isThere && this.latest && !fresh) return this.latest;
        if (!isThere || !this.refreshPage) {
            this.latest = undefined;
            this.refreshPage = undefined;
            this.cursors = at;
            const page = await new Promise<BookPage | undefined>((resolve) => {
                this.arrived = resolve;
            });
            if (!page || !fresh) return page;
        }
        await this.refreshPage?.();
        return this.latest;
    }

    private tellProgress(pages: readonly BookPage[]): void {
        const read = pages.reduce((sum, page) => sum + nodesOf(page.Account).length, 0);
        this.dispatchEvent(new CustomEvent('progress', { detail: { read, total: countOf(pages[0]?.Account) } }));
    }

    private applied(
        runs: readonly GraphNode[],
        plan: ChangePlan,
        ids: Readonly<Record<string, string>> = {},
    ): readonly GraphNode[] {
        const versionId = plan.createRun?.['Run_Version__c'];
        const version = [this.rules, this.kept]
            .flatMap((query) => nodesOf(query?.['Playbook_Version__c']))
            .find((node) => text(node, 'Id') === versionId);
        const [user] = nodesOf(this.rules?.['User']);
        const userName = (user && text(user, 'Name')) ?? '';
        return applyPlan(runs, plan, { playbook: version ? parent(version, 'Playbook__r') : null, userName, ids });
    }

    private publish(): void {
        const { rules, infos, nodes, plan } = this;
        if (!rules || !infos || !nodes || !plan) return;
        // Without the types of lookups, rules that name them would seem broken for a moment.
        if (!this.org && this.typedObjects < this.objectApiNames.length) return;
        const runs = this.pending.reduce((shown, change) => this.applied(shown, change), this.runNodes);
        const versionIds = keptVersionIds(rules, runs, plan.since);
        if (versionIds.join() !== this.versionIds.join()) this.versionIds = versionIds;
        this.org ??= orgOf(rules, this.kept, infos, fieldTypesOf(infos), { id: USER_ID, timeZone: TIME_ZONE });
        const detail = {
            ...this.org,
            csmId: this.isEveryone ? null : this.ownerId,
            book: bookOf({ accounts: nodes.accounts, paths: plan.paths, csmNamePath: plan.csmNamePath }, runs),
            truncated: nodes.truncated,
        };
        this.dispatchEvent(new CustomEvent('loaded', { detail }));
    }

    /** What a query brought; says so when it failed. Undefined while there is nothing yet. */
    private queryOf(result: GraphQLResult<QueryData>): RecordQuery | undefined {
        if (!result.errors?.length) return result.data?.uiapi?.query;
        this.fail(failureOf(result.errors));
        return undefined;
    }

    private fail(detail: Failure): void {
        this.dispatchEvent(new CustomEvent('failed', { detail }));
    }
}
