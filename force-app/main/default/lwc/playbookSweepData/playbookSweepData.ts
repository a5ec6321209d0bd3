import { LightningElement, api, wire } from 'lwc';
import { executeMutation, gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import type { ChangePlan, CurrentUser, FieldChanges } from 'c/playbookEngine';
import { parent, resultOf, sendPlan, text, type GraphNode, type SaveResult } from 'c/playbookRecords';
import { CREATE_SWEEP, HOLDERS_QUERY, MOST_USERS, UPDATE_SWEEP, USERS_QUERY } from './queries';
import type { ReadHolders, ReadUsers, SweepHolder } from './types';
import { WireAnswers, type QueryData } from './wireAnswers';

export type { ReadHolders, ReadUsers, SweepHolder } from './types';
export type { Failure, SaveResult } from 'c/playbookRecords';

const OBJECT = 'Playbook_Sweep__c';

/**
 * The door of the sweep page to Lightning Data Service for all that is not the book itself; it shows nothing. Fires `holders` with
 * SweepHolder[] when it has learned who sweeps. None of its verbs rejects.
 */
export default class PlaybookSweepData extends LightningElement {
    readonly holdersQuery = HOLDERS_QUERY;
    readonly usersQuery = USERS_QUERY;
    /** Undefined: nobody is asked for. */
    usersVariables: { readonly ids: readonly string[] } | undefined;
    private readonly holderAnswers = new WireAnswers(OBJECT);
    private readonly userAnswers = new WireAnswers('User');

    get askedUsers(): GraphQLDocument | undefined {
        return this.usersVariables && this.usersQuery;
    }

    @wire(graphql, { query: '$holdersQuery' })
    wiredHolders(result: GraphQLResult<QueryData>): void {
        const read = this.holderAnswers.take(result);
        if (read?.ok) this.dispatchEvent(new CustomEvent('holders', { detail: read.rows.map(holderOf) }));
    }

    @wire(graphql, { query: '$askedUsers', variables: '$usersVariables' })
    wiredUsers(result: GraphQLResult<QueryData>): void {
        this.userAnswers.take(result);
    }

    /** Who holds a lock, alive or not, as the server knows it now. */
    @api
    async holders(): Promise<ReadHolders> {
        const read = await this.holderAnswers.fresh();
        return read.ok ? { ok: true, rows: read.rows.map(holderOf) } : read;
    }

    /** The active ones among these users. */
    @api
    async users(ids: readonly string[]): Promise<ReadUsers> {
        const found: CurrentUser[] = [];
        for (let at = 0; at < ids.length; at += MOST_USERS) {
            const some = ids.slice(at, at + MOST_USERS);
            const isAsked = this.usersVariables?.ids.join() === some.join();
            const answer = isAsked ? this.userAnswers.fresh() : this.userAnswers.next();
            if (!isAsked) this.usersVariables = { ids: some };
            // eslint-disable-next-line no-await-in-loop -- one wire answers one question at a time
            const read = await answer;
            if (!read.ok) return read;
            found.push(...read.rows.map(userOf));
        }
        return { ok: true, rows: found };
    }

    /** The record of a sweep; its id is that of the alias `sweep`. */
    @api
    create(fields: FieldChanges): Promise<SaveResult> {
        return write(CREATE_SWEEP, { [OBJECT]: fields });
    }

    @api
    update(id: string, fields: FieldChanges): Promise<SaveResult> {
        return write(UPDATE_SWEEP, { Id: id, [OBJECT]: fields });
    }

    /** What a sweep does to a run, all or nothing. The book is not told: it would be worked out anew for each of hundreds of writes. */
    @api
    async save(plan: ChangePlan): Promise<SaveResult> {
        const { result, changed } = await sendPlan(plan, ({ document, variables }) =>
            executeMutation({
                query: gql`
                    ${document}
                `,
                variables,
            }),
        );
        // Record pages of what was written are told; a failure to do so leaves only their cache old.
        if (result.ok) {
            void notifyRecordUpdateAvailable(changed.map((recordId) => ({ recordId }))).catch(() => undefined);
        }
        return result;
    }
}

const write = (query: GraphQLDocument, sweep: Readonly<Record<string, unknown>>): Promise<SaveResult> =>
    resultOf(() => executeMutation({ query, variables: { sweep } }));

function holderOf(node: GraphNode): SweepHolder {
    const by = parent(node, 'CreatedBy');
    return {
        id: text(node, 'Id') ?? '',
        key: text(node, 'Lock_Key__c') ?? '',
        leaseUntil: text(node, 'Lease_Until__c'),
        name: text(node, 'Name') ?? '',
        startedAt: text(node, 'Started_At__c'),
        fromPage: text(node, 'Ran_From__c') === 'Page',
        by: by && text(by, 'Name'),
        createdAt: text(node, 'CreatedDate'),
    };
}

const userOf = (node: GraphNode): CurrentUser => ({
    id: text(node, 'Id') ?? '',
    name: text(node, 'Name') ?? '',
    firstName: text(node, 'FirstName') ?? '',
    email: text(node, 'Email') ?? '',
    timeZone: text(node, 'TimeZoneSidKey') ?? TIME_ZONE,
});
