import type { FieldType, Scope, ScopeField } from './types';

/** A scope over fixed field types, by canonical path. */
export function scopeOf(types: Readonly<Record<string, FieldType>>): Scope {
    const fields = new Map<string, ScopeField>();
    for (const [path, type] of Object.entries(types)) {
        fields.set(path.toLowerCase(), { path, type });
    }
    return {
        resolve: (path) => fields.get(path.toLowerCase()),
        names: () => Object.keys(types),
    };
}
