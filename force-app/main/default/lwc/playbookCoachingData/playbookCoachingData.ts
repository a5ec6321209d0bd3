import { LightningElement, api, wire } from 'lwc';
import { executeMutation, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { getObjectInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { WireResult } from 'lightning/uiRecordApi';
import USER_ID from '@salesforce/user/Id';
import { failureOf, resultOf, type Failure, type SaveResult } from 'c/playbookRecords';
import {
    CREATE_COMMENT,
    CSMS_QUERY,
    DELETE_COMMENT,
    UPDATE_COMMENT,
    moreQuery,
    overviewQuery,
    type Narrowing,
} from './queries';
import { readCsms, readOverview, readSkipped, type Overview, type QueryData, type SkippedPage } from './reading';
import type { CoachingData, CoachingScope, Comment, Csm, ReadFailure, SkippedStep } from './types';

export type * from './types';
export type { Failure, SaveResult } from 'c/playbookRecords';

const MS_A_DAY = 86_400_000;
/** Who had a run within this time can be chosen as a CSM. */
const LATELY_DAYS = 365;
const COMMENT = 'Coaching_Comment__c';

/** What was read before in this window the platform may give from memory, without what was written since: it is read anew then. */
const readBefore = new Set<string>();

/** From the beginning of a day, so that the same is asked all day. */
const daysAgo = (days: number): string =>
    `${new Date(Date.now() - days * MS_A_DAY).toISOString().slice(0, 10)}T00:00:00.000Z`;

/**
 * The door of the coaching page to Lightning Data Service; it shows nothing. Fires `loaded` with CoachingData whenever anything it tells of
 * changed, `failed` with a Failure when it could not be read. `more`, `refresh`, `comment`, `edit` and `remove` are its verbs; none rejects.
 */
export default class PlaybookCoachingData extends LightningElement {
    @api
    get scope(): CoachingScope | undefined {
        return this.asked;
    }
    set scope(scope: CoachingScope | undefined) {
        if (JSON.stringify(scope) !== JSON.stringify(this.asked)) this.ask(scope);
    }

    readonly commentObject = COMMENT;
    readonly csmsQuery = CSMS_QUERY;
    private asked: CoachingScope | undefined;
    private since: string | undefined;
    private overview: Overview | undefined;
    private csms: readonly Csm[] = [];
    private csmIds: readonly string[] = [];
    private canComment: boolean | null = null;
    private refreshOverview: (() => Promise<void>) | undefined;
    /** Pages after the first. */
    private pages: readonly SkippedPage[] = [];
    private moreAfter: string | undefined;
    private arrived: ((page: SkippedPage | Failure | null) => void) | undefined;

    /** Lightning keeps pages that were left and shows them again as they were. */
    override connectedCallback(): void {
        if (this.overview) void Promise.resolve().then(() => this.refresh());
    }

    get overviewDocument(): GraphQLDocument | undefined {
        return this.narrowing && overviewQuery(this.narrowing);
    }
    get overviewVariables(): Readonly<Record<string, unknown>> {
        return { ...this.filters, lately: daysAgo(LATELY_DAYS) };
    }
    get moreDocument(): GraphQLDocument | undefined {
        return this.moreAfter !== undefined && this.narrowing ? moreQuery(this.narrowing) : undefined;
    }
    get moreVariables(): Readonly<Record<string, unknown>> {
        return { ...this.filters, after: this.moreAfter };
    }
    get csmsDocument(): GraphQLDocument | undefined {
        return this.csmIds.length > 0 ? this.csmsQuery : undefined;
    }
    get csmsVariables(): Readonly<Record<string, unknown>> {
        return { ids: this.csmIds };
    }

    @wire(graphql, { query: '$overviewDocument', variables: '$overviewVariables' })
    wiredOverview(result: GraphQLResult<QueryData>): void {
        if (result.refresh) this.refreshOverview = result.refresh;
        if (result.errors?.length) {
            this.fail(failureOf(result.errors));
            return;
        }
        if (!result.data) return;
        const overview = readOverview(result.data);
        if (!overview.setting) {
            this.fail({ kind: 'no-configuration', messages: [] });
            return;
        }
        const key = JSON.stringify(this.asked);
        const isFromMemory = !this.overview && readBefore.has(key);
        readBefore.add(key);
        this.overview = overview;
        const ids = overview.setting.hidesIndividuals ? [] : [...overview.csmIds].sort();
        if (ids.join() !== this.csmIds.join()) this.csmIds = ids;
        this.publish();
        if (isFromMemory) void this.refresh();
    }

    @wire(graphql, { query: '$moreDocument', variables: '$moreVariables' })
    wiredMore({ data, errors }: GraphQLResult<QueryData>): void {
        const { arrived, overview } = this;
        if (!arrived || !overview || (!data && !errors?.length)) return;
        this.arrived = undefined;
        if (errors?.length) arrived(failureOf(errors));
        else arrived(readSkipped(data?.uiapi, overview.triggerLabels, overview.setting?.hidesIndividuals === true));
    }

    /** Without names there is no filter by CSM, and all else is shown. */
    @wire(graphql, { query: '$csmsDocument', variables: '$csmsVariables' })
    wiredCsms({ data }: GraphQLResult<QueryData>): void {
        if (!data?.uiapi?.query) return;
        this.csms = readCsms(data.uiapi.query);
        this.publish();
    }

    @wire(getObjectInfo, { objectApiName: '$commentObject' })
    wiredCommentInfo({ data, error }: WireResult<ObjectInfo>): void {
        if (!data && error === undefined) return;
        this.canComment = data?.createable === true;
        this.publish();
    }

    /** Reads everything again but the steps that were asked for later: another tab or person may have acted. Failures arrive as `failed`. */
    @api
    async refresh(): Promise<void> {
        const { asked, overview, refreshOverview } = this;
        if (!overview || !refreshOverview) {
            // The platform keeps no failed read to refresh: what went away and came back is asked anew.
            this.ask(undefined);
            await Promise.resolve();
            this.ask(asked);
            return;
        }
        try {
            await refreshOverview();
        } catch (error) {
            this.fail(failureOf(error));
        }
    }

    /** The next page of skipped steps; `loaded` tells them. */
    @api
    async more(): Promise<ReadFailure> {
        const next = this.lastPage?.next;
        if (next == null || this.arrived) return null;
        // After a failure the same is asked again, which the platform does for a query that went away and came back.
        this.moreAfter = undefined;
        await Promise.resolve();
        const page = await new Promise<SkippedPage | Failure | null>((resolve) => {
            this.arrived = resolve;
            this.moreAfter = next;
        });
        if (page === null) return null;
        if (!('steps' in page)) return page;
        this.pages = [...this.pages, page];
        this.publish();
        return null;
    }

    /** Writes a comment on an answered step; its id is that of the alias `comment`. */
    @api
    async comment(completionId: string, text: string): Promise<SaveResult> {
        const fields = { Commented_Step__c: completionId, Comment__c: text };
        const result = await write(CREATE_COMMENT, { comment: { [COMMENT]: fields } });
        if (result.ok) {
            const id = result.ids['comment'] ?? '';
            const written = { id, text, byId: USER_ID, byName: '', writtenAt: new Date().toISOString() };
            this.showComments((comments, step) => (step.id === completionId ? [...comments, written] : comments));
        }
        return result;
    }

    @api
    async edit(commentId: string, text: string): Promise<SaveResult> {
        const result = await write(UPDATE_COMMENT, { comment: { Id: commentId, [COMMENT]: { Comment__c: text } } });
        if (result.ok) {
            this.showComments((comments) => comments.map((one) => (one.id === commentId ? { ...one, text } : one)));
        }
        return result;
    }

    @api
    async remove(commentId: string): Promise<SaveResult> {
        const result = await write(DELETE_COMMENT, { id: commentId });
        if (result.ok) this.showComments((comments) => comments.filter(({ id }) => id !== commentId));
        return result;
    }

    private get narrowing(): Narrowing | undefined {
        return this.asked && { byCsm: this.asked.csmId !== null, byPlaybook: this.asked.playbookId !== null };
    }
    private get filters(): Readonly<Record<string, unknown>> {
        const { csmId = null, playbookId = null } = this.asked ?? {};
        return { since: this.since, ...(csmId !== null && { csmId }), ...(playbookId !== null && { playbookId }) };
    }
    private get lastPage(): SkippedPage | undefined {
        return this.pages.at(-1) ?? this.overview?.skipped;
    }

    private ask(scope: CoachingScope | undefined): void {
        this.asked = scope;
        this.since = scope && daysAgo(scope.days);
        this.refreshOverview = undefined;
        this.overview = undefined;
        this.pages = [];
        this.moreAfter = undefined;
        this.arrived?.(null);
        this.arrived = undefined;
    }

    private showComments(change: (comments: readonly Comment[], step: SkippedStep) => readonly Comment[]): void {
        const changed = (page: SkippedPage): SkippedPage => ({
            ...page,
            steps: page.steps.map((step) => ({ ...step, comments: change(step.comments, step) })),
        });
        if (this.overview) this.overview = { ...this.overview, skipped: changed(this.overview.skipped) };
        this.pages = this.pages.map(changed);
        this.publish();
    }

    private publish(): void {
        const { asked, overview } = this;
        if (!asked || !overview?.setting) return;
        const steps = [overview.skipped, ...this.pages].flatMap((page) => page.steps);
        const seen = new Set<string>();
        const detail: CoachingData = {
            scope: asked,
            ...overview.setting,
            userId: USER_ID,
            canComment: this.canComment,
            csms: overview.setting.hidesIndividuals ? [] : this.csms,
            playbooks: overview.playbooks,
            saveGroups: overview.saveGroups,
            saves: overview.saves,
            answered: overview.answered,
            answeredTruncated: overview.answeredTruncated,
            // What was skipped meanwhile has moved others to the next page.
            skipped: steps.filter(({ id }) => !seen.has(id) && seen.add(id)),
            hasMoreSkipped: this.lastPage?.next != null,
        };
        this.dispatchEvent(new CustomEvent('loaded', { detail }));
    }

    private fail(detail: Failure): void {
        this.dispatchEvent(new CustomEvent('failed', { detail }));
    }
}

const write = (query: GraphQLDocument, variables: Readonly<Record<string, unknown>>): Promise<SaveResult> =>
    resultOf(() => executeMutation({ query, variables }));
