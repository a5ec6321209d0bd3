import type { FieldType } from '@jetstreamapp/soql-parser-js';
import { failure } from '../failure.ts';

/** The names of one query. */
export class Names {
    readonly #alias: string | undefined;

    /** `alias`: what FROM calls the object (`FROM Account a`). */
    constructor(alias: string | undefined) {
        this.#alias = alias;
    }

    /** A field path without the object's alias: `a.Owner.Name` → `Owner.Name`. */
    path(written: string): string {
        const dot = written.indexOf('.');
        return dot > 0 && sameName(written.slice(0, dot), this.#alias ?? null) ? written.slice(dot + 1) : written;
    }
}

export function sameName(one: string | null, other: string | null): boolean {
    return one?.toLowerCase() === other?.toLowerCase();
}

export function asList<T>(value: T | T[] | undefined): readonly T[] {
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** The path of a field in SELECT. Throws MALFORMED_QUERY for functions and TYPEOF. */
export function pathOf(field: FieldType, names: Names): string {
    switch (field.type) {
        case 'Field':
            return names.path(field.field);
        case 'FieldRelationship':
            return names.path([...field.relationships, field.field].join('.'));
        case 'FieldFunctionExpression':
            throw failure(
                'MALFORMED_QUERY',
                `The local org does not support ${field.rawValue ?? field.functionName}; name the fields.`,
            );
        default:
            throw failure('MALFORMED_QUERY', 'The local org does not support TYPEOF in SELECT.');
    }
}
