/** Reading what an org answers, which is unknown until looked at. */

/** The value at a path of an answer; undefined when it is not there. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
    let current = value;
    for (const key of path) {
        current = typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined;
    }
    return current;
}

/** The list at a path of an answer; empty when there is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
    const found = at(value, ...path);
    return Array.isArray(found) ? found : [];
}

/** The text at a path of an answer. Throws, with the answer, when there is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
    const found = at(value, ...path);
    if (typeof found !== 'string') {
        throw new Error(`There is no text at ${path.join('.')} of ${JSON.stringify(value)}`);
    }
    return found;
}

/** One column of a list of records. */
export function column(records: readonly unknown[], name: string): readonly unknown[] {
    return records.map((record) => at(record, name));
}

/** A value of an answer in words, for a message or a line of a table. */
export function words(value: unknown): string {
    if (value === undefined || value === null) {
        return '';
    }
    return typeof value === 'string' ? value : JSON.stringify(value);
}
