import { LightningElement, api, wire } from 'lwc';
import { graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { failureOf } from 'c/playbookRecords';
import { IMPACT_QUERY, RUNS_QUERY, STEPS_QUERY } from './queries';
import { readImpact, readRuns, readSteps, type QueryData } from './reading';
import type { PastAnswer } from './types';

export type * from './types';
export type { Failure } from 'c/playbookRecords';

type Asked = 'runs' | 'steps' | 'impact';

/**
 * The panel's door to what is over; it shows nothing, and asks nothing that nobody wants. Fires `answer` with a PastAnswer whenever it learned
 * something, or failed to. `refresh` is its verb.
 */
export default class PlaybookPastData extends LightningElement {
    /** Account whose closed runs are wanted; null: none are. */
    @api accountId: string | null = null;
    /** Runs whose steps are wanted. */
    @api runIds: readonly string[] = [];
    /** Key of the playbook whose impact is wanted; null: none is. */
    @api playbookKey: string | null = null;
    /** Instant since which runs count for the impact. */
    @api since = '';

    private readonly again: Partial<Record<Asked, () => Promise<void>>> = {};

    get runsQuery(): GraphQLDocument | undefined {
        return this.accountId ? RUNS_QUERY : undefined;
    }
    get runsVariables(): Readonly<Record<string, unknown>> {
        return { accountId: this.accountId };
    }
    get stepsQuery(): GraphQLDocument | undefined {
        return this.runIds.length > 0 ? STEPS_QUERY : undefined;
    }
    get stepsVariables(): Readonly<Record<string, unknown>> {
        return { runIds: this.runIds };
    }
    get impactQuery(): GraphQLDocument | undefined {
        return this.playbookKey ? IMPACT_QUERY : undefined;
    }
    get impactVariables(): Readonly<Record<string, unknown>> {
        return { playbookKey: this.playbookKey, since: this.since };
    }

    @wire(graphql, { query: '$runsQuery', variables: '$runsVariables' })
    wiredRuns(result: GraphQLResult<QueryData>): void {
        this.take('runs', result, ({ query }) => query && { of: 'runs', runs: readRuns(query) });
    }

    @wire(graphql, { query: '$stepsQuery', variables: '$stepsVariables' })
    wiredSteps(result: GraphQLResult<QueryData>): void {
        const { runIds } = this;
        this.take('steps', result, ({ query }) => query && { of: 'steps', steps: readSteps(query), runIds });
    }

    @wire(graphql, { query: '$impactQuery', variables: '$impactVariables' })
    wiredImpact(result: GraphQLResult<QueryData>): void {
        this.take('impact', result, ({ aggregate }) => aggregate && { of: 'impact', impact: readImpact(aggregate) });
    }

    /** Asks again for all that is wanted. Never rejects: what fails arrives as an answer. */
    @api
    async refresh(): Promise<void> {
        const { accountId, again, playbookKey, runIds } = this;
        try {
            await Promise.all([
                accountId ? again.runs?.() : undefined,
                runIds.length > 0 ? again.steps?.() : undefined,
                playbookKey ? again.impact?.() : undefined,
            ]);
        } catch (error) {
            this.tell({ of: 'failure', failure: failureOf(error) });
        }
    }

    private take(
        what: Asked,
        { data, errors, refresh }: GraphQLResult<QueryData>,
        read: (uiapi: NonNullable<QueryData['uiapi']>) => PastAnswer | undefined,
    ): void {
        if (refresh) this.again[what] = refresh;
        if (errors?.length) {
            this.tell({ of: 'failure', failure: failureOf(errors) });
            return;
        }
        const answer = data?.uiapi && read(data.uiapi);
        if (answer) this.tell(answer);
    }

    private tell(detail: PastAnswer): void {
        this.dispatchEvent(new CustomEvent('answer', { detail }));
    }
}
