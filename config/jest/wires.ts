/** Drives the wire adapters of `lightning/*` in tests: give a wire its result, read what it was asked. */

interface TestAdapter {
    emit(value: unknown): void;
    getLastConfig(): WireConfig | null;
}

export type WireConfig = Readonly<Record<string, unknown>>;

interface WireInstance {
    emit(value: unknown): void;
    getConfig(): WireConfig;
}

/**
 * Gives every component wired to this adapter the whole result, exactly as the platform would: `{ data }`, `{ error }`,
 * `{ data, errors, refresh }`. With `asked` only those wires whose parameters it accepts.
 */
export function emit(adapter: unknown, result: unknown, asked: (config: WireConfig) => boolean = () => true): void {
    // The stubs of LDS adapters wrap what `emit` gets into `{ data }`; only the base adapter's passes it on as it is.
    for (const instance of instancesOf(adapter)) if (asked(instance.getConfig())) instance.emit(result);
}

/** The parameters of every wire on this adapter; a wire that got new ones has a new object here. */
export function configs(adapter: unknown): readonly WireConfig[] {
    return [...instancesOf(adapter)].map((instance) => instance.getConfig());
}

/** What the wire was last asked: its reactive parameters; null while nothing is wired. */
export function lastConfig(adapter: unknown): WireConfig | null {
    return testAdapter(adapter).getLastConfig();
}

function instancesOf(adapter: unknown): Iterable<WireInstance> {
    const found: unknown = Reflect.get(testAdapter(adapter), '_wireInstances');
    if (!(found instanceof Set)) throw new Error('This wire adapter keeps no list of the components wired to it.');
    return found as Set<WireInstance>;
}

function testAdapter(adapter: unknown): TestAdapter {
    if (typeof adapter !== 'function' || !('emit' in adapter) || !('getLastConfig' in adapter)) {
        throw new Error('Not a test wire adapter: is the module mapped to a stub in jest.config.js?');
    }
    return adapter as unknown as TestAdapter;
}
