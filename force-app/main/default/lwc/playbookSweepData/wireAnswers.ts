/** The answers of a wire as promises: the platform has no query that is asked once. */
import type { GraphQLResult } from 'lightning/graphql';
import { failureOf, nodesOf, type Connection, type GraphNode } from 'c/playbookRecords';
import type { ReadRows } from './types';

export interface QueryData {
    readonly uiapi?: { readonly query?: Readonly<Record<string, Connection | undefined>> };
}

export class WireAnswers {
    private latest: ReadRows<GraphNode> | undefined;
    private again: (() => Promise<void>) | undefined;
    private waiting: ((read: ReadRows<GraphNode>) => void)[] = [];

    /** `object`: whose records the query brings. */
    constructor(private readonly object: string) {}

    /** To be called with all that the wire emits. Gives what came; undefined: nothing yet. */
    take({ data, errors, refresh }: GraphQLResult<QueryData>): ReadRows<GraphNode> | undefined {
        if (refresh) this.again = refresh;
        const query = data?.uiapi?.query;
        if (!query && !errors?.length) return undefined;
        this.latest = errors?.length
            ? { ok: false, failure: failureOf(errors) }
            : { ok: true, rows: nodesOf(query?.[this.object]) };
        const { latest, waiting } = this;
        this.waiting = [];
        for (const tell of waiting) tell(latest);
        return latest;
    }

    /** What the wire brings next, since it is asked something else now. */
    next(): Promise<ReadRows<GraphNode>> {
        this.latest = undefined;
        return new Promise((resolve) => {
            this.waiting.push(resolve);
        });
    }

    /** The same again, from the server. Never rejects. */
    async fresh(): Promise<ReadRows<GraphNode>> {
        if (!this.latest || !this.again) return this.next();
        try {
            await this.again();
            return this.latest;
        } catch (error) {
            return { ok: false, failure: failureOf(error) };
        }
    }
}
