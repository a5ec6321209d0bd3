/** Which object a record id belongs to, by the three characters it begins with. */
import { apiPath, request } from 'local/connection';

let prefixes: Promise<ReadonlyMap<string, string>> | undefined;

export async function objectOf(recordId: string): Promise<string | undefined> {
    prefixes ??= readPrefixes();
    try {
        return (await prefixes).get(recordId.slice(0, 3));
    } catch (error) {
        prefixes = undefined; // try again with the next record
        throw error;
    }
}

async function readPrefixes(): Promise<ReadonlyMap<string, string>> {
    const { sobjects } = await request<{ sobjects: { name: string; keyPrefix: string | null }[] }>(
        'GET',
        apiPath('/sobjects'),
    );
    return new Map(sobjects.flatMap(({ name, keyPrefix }) => (keyPrefix ? [[keyPrefix, name] as const] : [])));
}
