/** `{ Subject: 'Hi, you' }` ⇄ `Subject=Hi%2C%20you`, several of them joined by commas. */
export function encodeDefaultFieldValues(values: Readonly<Record<string, unknown>>): string {
    return Object.entries(values)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([field, value]) => `${field}=${encodeURIComponent(asText(value))}`)
        .join(',');
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export function decodeDefaultFieldValues(encoded: string): Record<string, string> {
    return Object.fromEntries(
        encoded
            .split(',')
            .filter(Boolean)
            .map((pair) => {
                const at = pair.indexOf('=');
                return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
            }),
    );
}
