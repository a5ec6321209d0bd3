/** Freezes a value all the way down, as Lightning Data Service does with what it emits. */
export function frozen<T>(value: T): T {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        for (const inner of Object.values(value)) frozen(inner);
    }
    return value;
}
