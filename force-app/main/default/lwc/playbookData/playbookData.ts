import { LightningElement, api, wire } from 'lwc';
import { executeMutation, gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { getObjectInfo, getObjectInfos, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import {
    getRecord,
    notifyRecordUpdateAvailable,
    type RecordRepresentation,
    type WireResult,
} from 'lightning/uiRecordApi';
import USER_ID from '@salesforce/user/Id';
import { requiredFieldPaths, type ChangePlan } from 'c/playbookEngine';
import {
    applyPlan,
    createdIds,
    failureOf,
    mutationFor,
    nodesOf,
    objectsAlong,
    parent,
    readDetails,
    readSettings,
    readTrigger,
    text,
    type Failure,
    type GraphNode,
    type SaveResult,
    type VersionDetails,
} from 'c/playbookRecords';
import { accountDataOf, userNameIn, type RecordQuery } from './accountData';
import { ACCOUNT_QUERY, SWEEP_QUERY, TASK_QUERY, VERSION_QUERY } from './queries';
import { taskDataOf, type TaskData } from './taskData';

export type {
    AccountData,
    Failure,
    FailureKind,
    Resource,
    SaveResult,
    StepTexts,
    VersionDetails,
} from 'c/playbookRecords';
export type { LoggedTask, TaskData } from './taskData';

/** The sweep that finished last. */
export interface LastSweep {
    /** Instant. */
    readonly finishedAt: string;
    readonly withFailures: boolean;
}

interface QueryData {
    readonly uiapi?: { readonly query?: RecordQuery };
}

/** Always asked for, so that an account the user may not see is told apart from one without figures. */
const NAME = 'Account.Name';
const ALWAYS = ['Name', 'LastActivityDate'];
const OBJECTS = ['Account', 'Playbook_Run__c'];

/** Accounts that were written after their page had gone: what the platform keeps of them is old when somebody comes back. */
const writtenUnseen = new Set<string>();

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
    one.length === other.length && one.every((item, index) => item === other[index]);

/**
 * The panel's door to Lightning Data Service; it shows nothing.
 *
 * Fires `loaded` with AccountData whenever anything it tells of changed, `details` with VersionDetails, `swept` with the LastSweep, `tasks`
 * with TaskData (null: this org's pages have no tasks, or not for this user), `failed` with a Failure when a read went wrong.
 * `save` and `refresh` are its verbs.
 */
export default class PlaybookData extends LightningElement {
    @api
    get recordId(): string | undefined {
        return this.accountId;
    }
    /** Lightning Experience reuses a page for the next record: nothing of the last account may show on it. */
    set recordId(value: string | undefined) {
        if (value === this.accountId) return;
        this.accountId = value;
        this.data = undefined;
        this.record = undefined;
        this.pending = undefined;
        this.taskQuery = undefined;
        this.runNodes = [];
    }
    /** Version whose long texts are wanted, or null. */
    @api versionId: string | null = null;
    /** Whether calls can be logged or attached now: only then the account's tasks are read. */
    @api wantsTasks = false;
    /** Account field paths that texts merge in, beside those the rules need. */
    @api
    get mergePaths(): readonly string[] {
        return this.textPaths;
    }
    set mergePaths(paths: readonly string[]) {
        this.textPaths = paths;
        this.planReads();
    }

    private accountId: string | undefined;
    private textPaths: readonly string[] = [];
    private readonly nameField = [NAME];
    /** Undefined until the triggers are known: the record is then asked for once, with all it needs. */
    private fieldPaths: readonly string[] | undefined;
    private optionalFields: readonly string[] = [];
    private objectApiNames: readonly string[] = OBJECTS;
    private data: RecordQuery | undefined;
    private runNodes: readonly GraphNode[] = [];
    private infos: readonly ObjectInfo[] | undefined;
    /** How many objects the platform has answered for, with types or with a refusal. */
    private typedObjects = 0;
    private hasPublished = false;
    /** Reads that have to be asked for again by the next refresh. */
    private readonly failedReads = new Set<'types' | 'record' | 'version'>();
    private record: RecordRepresentation | undefined;
    private details: VersionDetails | undefined;
    private rulePaths: readonly string[] | undefined;
    private refreshAccount: (() => Promise<void>) | undefined;
    private refreshVersion: (() => Promise<void>) | undefined;
    private refreshTasks: (() => Promise<void>) | undefined;
    private taskInfo: ObjectInfo | undefined;
    private taskQuery: RecordQuery | undefined;
    /** A change shown before the server has confirmed it. */
    private pending: readonly GraphNode[] | undefined;

    /** Without a query the platform asks nothing. */
    get accountQuery(): GraphQLDocument | undefined {
        return this.recordId ? ACCOUNT_QUERY : undefined;
    }

    get versionQuery(): GraphQLDocument | undefined {
        if (this.versionId) return VERSION_QUERY;
        return this.recordId && this.hasPublished ? SWEEP_QUERY : undefined;
    }

    get tasksQuery(): GraphQLDocument | undefined {
        return this.recordId && this.wantsTasks ? TASK_QUERY : undefined;
    }

    get accountVariables(): Readonly<Record<string, unknown>> | undefined {
        return this.recordId ? { accountId: this.recordId, userId: USER_ID } : undefined;
    }

    get versionVariables(): Readonly<Record<string, unknown>> {
        return this.versionId ? { versionId: this.versionId } : {};
    }

    get taskVariables(): Readonly<Record<string, unknown>> | undefined {
        return this.recordId ? { accountId: this.recordId } : undefined;
    }

    get taskObject(): string | undefined {
        return this.wantsTasks ? 'Task' : undefined;
    }

    get recordToRead(): string | undefined {
        return this.rulePaths ? this.recordId : undefined;
    }

    @wire(graphql, { query: '$accountQuery', variables: '$accountVariables' })
    wiredAccount(result: GraphQLResult<QueryData>): void {
        if (result.refresh) this.refreshAccount = result.refresh;
        if (result.errors?.length) {
            this.fail(failureOf(result.errors));
            return;
        }
        const query = result.data?.uiapi?.query;
        if (!query) return;
        const [setting] = nodesOf(query['Playbook_Setting__mdt']);
        if (!setting || nodesOf(query['Playbook_Trigger__mdt']).length === 0) {
            this.data = undefined;
            this.fail({ kind: 'no-configuration', messages: [] });
            return;
        }
        if (this.recordId && writtenUnseen.delete(this.recordId)) void this.refresh();
        this.data = query;
        this.runNodes = nodesOf(query['Playbook_Run__c']);
        const triggers = nodesOf(query['Playbook_Trigger__mdt']).map(readTrigger);
        this.rulePaths = requiredFieldPaths(
            triggers,
            readSettings(setting, []),
            triggers.flatMap(({ action }) => action?.instructions ?? []),
        );
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
            this.failedReads.add('types');
            this.fail(failureOf(error));
            return;
        }
        if (!data) return;
        this.failedReads.delete('types');
        this.infos = data.results.filter(({ statusCode }) => statusCode === 200).map(({ result }) => result);
        this.typedObjects = data.results.length;
        this.planReads();
        this.publish();
    }

    @wire(getRecord, { recordId: '$recordToRead', fields: '$nameField', optionalFields: '$optionalFields' })
    wiredRecord({ data, error }: WireResult<RecordRepresentation>): void {
        if (error !== undefined) {
            this.failedReads.add('record');
            this.failRecord(error);
            return;
        }
        if (!data) return;
        this.failedReads.delete('record');
        this.record = data;
        this.publish();
    }

    @wire(graphql, { query: '$versionQuery', variables: '$versionVariables' })
    wiredVersion(result: GraphQLResult<QueryData>): void {
        if (result.refresh) this.refreshVersion = result.refresh;
        if (result.errors?.length) {
            // How old the sweep is, is no reason for alarm.
            if (!this.versionId) return;
            this.failedReads.add('version');
            this.fail(failureOf(result.errors));
            return;
        }
        const query = result.data?.uiapi?.query;
        if (!query) return;
        this.failedReads.delete('version');
        this.tellSweep(query);
        this.details = readDetails(query);
        if (this.details) this.dispatchEvent(new CustomEvent('details', { detail: this.details }));
    }

    /** Apart from the other objects: where pages have no tasks, nothing else fails. */
    @wire(getObjectInfo, { objectApiName: '$taskObject' })
    wiredTask({ data, error }: WireResult<ObjectInfo>): void {
        if (data) this.taskInfo = data;
        if (data ?? error) this.tellTasks(error !== undefined);
    }

    @wire(graphql, { query: '$tasksQuery', variables: '$taskVariables' })
    wiredTasks(result: GraphQLResult<QueryData>): void {
        if (result.refresh) this.refreshTasks = result.refresh;
        this.taskQuery = result.data?.uiapi?.query ?? this.taskQuery;
        if (result.data ?? result.errors?.length) this.tellTasks(Boolean(result.errors?.length));
    }

    /** Reads everything again: another tab or person may have acted. Failures arrive as `failed`. */
    @api
    async refresh(): Promise<void> {
        try {
            const { recordId, failedReads } = this;
            // The platform keeps no failed read to refresh: an equal list that is new asks again.
            if (failedReads.has('types')) this.objectApiNames = [...this.objectApiNames];
            if (failedReads.has('record')) this.optionalFields = [...this.optionalFields];
            await Promise.all([
                this.refreshAccount?.(),
                failedReads.has('version') ? this.refreshVersion?.() : undefined,
                recordId ? this.rereadRecord(recordId) : undefined,
            ]);
        } catch (error) {
            this.fail(failureOf(error));
        }
    }

    /**
     * Writes a plan, all or nothing, and shows its result before the server has confirmed it; a refusal takes it back. What takes a prompt away
     * shows when it is confirmed: the form that asked for it would be gone, and with it what was written, if it were refused.
     * Never rejects. The result tells created ids by alias, or why it failed.
     */
    @api
    async save(plan: ChangePlan): Promise<SaveResult> {
        const { recordId } = this;
        const status = (plan.updateRun?.fields ?? plan.createRun)?.['Run_Status__c'];
        if (status !== 'Closed' && status !== 'Snoozed') {
            this.pending = applyPlan(this.runNodes, plan, this.applyContext(plan));
            this.publish();
        }
        const result = await this.write(plan);
        if (recordId !== this.recordId || !this.isConnected) {
            // The page shows something else by now, whose runs have nothing to do with this plan.
            if (recordId) writtenUnseen.add(recordId);
            return result;
        }
        this.pending = undefined;
        if (result.ok) {
            // It is the latest one now, if the next step asks for a call; a failure to read it shows there.
            if (plan.createTask) void this.refreshTasks?.().catch(() => undefined);
            this.runNodes = applyPlan(this.runNodes, plan, { ...this.applyContext(plan), ids: result.ids });
        }
        this.publish();
        return result;
    }

    /** What to ask for, by what is known so far. A list is replaced only when it changes: a new one asks the platform again. */
    private planReads(): void {
        if (!this.rulePaths) return;
        const paths = [...new Set([...ALWAYS, ...this.rulePaths, ...this.mergePaths])];
        if (!sameList(paths, this.fieldPaths ?? [])) {
            this.fieldPaths = paths;
            this.optionalFields = paths.map((path) => `Account.${path}`);
        }
        const account = this.infos?.find((info) => info.apiName === 'Account');
        const objects = [...OBJECTS, ...(account ? objectsAlong(paths, account) : [])];
        if (!sameList(objects, this.objectApiNames)) this.objectApiNames = objects;
    }

    private async write(plan: ChangePlan): Promise<SaveResult> {
        try {
            const { document, variables } = mutationFor(plan);
            const { data, errors } = await executeMutation({
                query: gql`
                    ${document}
                `,
                variables,
            });
            if (errors?.length) return { ok: false, failure: failureOf(errors) };
            const ids = createdIds(data);
            const updates = [...plan.updateCompletions, ...(plan.updateRun && !plan.createRun ? [plan.updateRun] : [])];
            const changed = [...Object.values(ids), ...updates.map(({ id }) => id)];
            // Record pages of what was written are told; a failure to do so leaves only their cache old.
            void notifyRecordUpdateAvailable(changed.map((recordId) => ({ recordId }))).catch(() => undefined);
            return { ok: true, ids };
        } catch (error) {
            return { ok: false, failure: failureOf(error) };
        }
    }

    private applyContext(plan: ChangePlan): { readonly playbook: GraphNode | null; readonly userName: string } {
        const versionId = plan.createRun?.['Run_Version__c'];
        const version = nodesOf(this.data?.['Playbook_Version__c']).find((node) => text(node, 'Id') === versionId);
        return { playbook: version ? parent(version, 'Playbook__r') : null, userName: userNameIn(this.data) };
    }

    private publish(): void {
        if (!this.data || !this.infos || !this.record || !this.fieldPaths) return;
        // Without the types of lookups, rules that name them would seem broken for a moment.
        if (!this.hasPublished && this.typedObjects < this.objectApiNames.length) return;
        this.hasPublished = true;
        const { data, infos, record, fieldPaths } = this;
        const detail = accountDataOf({ data, infos, record, fieldPaths, runs: this.pending ?? this.runNodes });
        this.dispatchEvent(new CustomEvent('loaded', { detail }));
    }

    private tellSweep(query: RecordQuery): void {
        const [sweep] = nodesOf(query['Playbook_Sweep__c']);
        const finishedAt = sweep && text(sweep, 'Finished_At__c');
        if (!finishedAt) return;
        const detail: LastSweep = {
            finishedAt,
            withFailures: text(sweep, 'Sweep_Status__c') === 'Finished with failures',
        };
        this.dispatchEvent(new CustomEvent('swept', { detail }));
    }

    private tellTasks(cannot: boolean): void {
        const { taskInfo, taskQuery } = this;
        if (!cannot && !(taskInfo && taskQuery)) return;
        const detail: TaskData | null = cannot || !taskInfo || !taskQuery ? null : taskDataOf(taskQuery, taskInfo);
        this.dispatchEvent(new CustomEvent('tasks', { detail }));
    }

    private async rereadRecord(recordId: string): Promise<void> {
        try {
            await notifyRecordUpdateAvailable([{ recordId }]);
        } catch (error) {
            this.failRecord(error);
        }
    }

    /** The account itself is hidden or gone: whatever the platform calls that, the advice is the same. */
    private failRecord(error: unknown): void {
        const failure = failureOf(error);
        const hidden = failure.kind === 'no-access' || failure.kind === 'not-found';
        // What was read before must not come back with the next thing that is read.
        if (hidden) this.record = undefined;
        this.fail(hidden ? { ...failure, kind: 'not-found' } : failure);
    }

    private fail(detail: Failure): void {
        this.dispatchEvent(new CustomEvent('failed', { detail }));
    }
}
