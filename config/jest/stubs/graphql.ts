/**
 * Stands in for `lightning/graphql` in unit tests: the wire emits what a test gives it (see `config/jest/wires`), a document
 * keeps its source so that a test can read the query that was asked, and mutations are a mock.
 */
import { createTestWireAdapter } from '@salesforce/wire-service-jest-util';

export const graphql: unknown = createTestWireAdapter();

/** The document of a query: an object with its `source`, fragments put in where they stand. */
export function gql(strings: TemplateStringsArray, ...values: readonly unknown[]): { readonly source: string } {
    const source = strings.reduce((text, part, index) => text + sourceOf(values[index - 1]) + part);
    return { source };
}

function sourceOf(value: unknown): string {
    if (typeof value === 'object' && value !== null && 'source' in value) return String(value.source);
    return String(value);
}

export const executeMutation = jest.fn(() => Promise.resolve({ data: {} }));
