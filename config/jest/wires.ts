/** Drives the wire adapters of `lightning/*` in tests: give a wire its result, read what it was asked. */

interface TestAdapter {
    emit(value: unknown): void;
    getLastConfig(): Readonly<Record<string, unknown>> | null;
}

/** Gives every component wired to this adapter the whole result, exactly as the platform would: `{ data }`, `{ error }`, `{ data, errors, refresh }`. */
export function emit(adapter: unknown, result: unknown): void {
    // The stubs of LDS adapters wrap what `emit` gets into `{ data }`; only the base adapter's passes it on as it is.
    for (const instance of instancesOf(adapter)) instance.emit(result);
}

/** What the wire was last asked: its reactive parameters; null while nothing is wired. */
export function lastConfig(adapter: unknown): Readonly<Record<string, unknown>> | null {
    return testAdapter(adapter).getLastConfig();
}

function instancesOf(adapter: unknown): Iterable<{ emit(value: unknown): void }> {
    const found: unknown = Reflect.get(testAdapter(adapter), '_wireInstances');
    if (!(found instanceof Set)) throw new Error('This wire adapter keeps no list of the components wired to it.');
    return found as Set<{ emit(value: unknown): void }>;
}

function testAdapter(adapter: unknown): TestAdapter {
    if (typeof adapter !== 'function' || !('emit' in adapter) || !('getLastConfig' in adapter)) {
        throw new Error('Not a test wire adapter: is the module mapped to a stub in jest.config.js?');
    }
    return adapter as unknown as TestAdapter;
}
