/** Reads the stored facts of an org as one user sees them. */
import { CommandError } from '../lib/errors.ts';
import { queryAll } from '../lib/records.ts';
import type { Connection } from '../lib/connection.ts';
import { soqlLiteral } from '../lib/soql.ts';
import { Facts } from './facts.ts';
import { STORED_FIELDS } from './stored-fields.ts';

export interface Gathered {
    readonly facts: Facts;
    /** `Playbook_Run__c.ARR_At_Opening__c` for each fact that this user may not see or the org does not have: blank in every row. */
    readonly unseen: readonly string[];
    /** Records read, by object. */
    readonly counts: Readonly<Record<string, number>>;
}

export interface GatherOptions {
    /** ISO instant that counts as now: by default the moment of the call. */
    readonly now?: string | undefined;
}

/** Throws CommandError when an object is not to be seen at all, else what jsforce throws. The facts have to be closed by the caller. */
export async function gatherFacts(connection: Connection, options: GatherOptions = {}): Promise<Gathered> {
    const facts = new Facts({
        timeZone: await timeZoneOf(connection),
        now: options.now ?? new Date().toISOString(),
    });
    const unseen: string[] = [];
    const counts: Record<string, number> = {};
    for (const [object, fields] of Object.entries(STORED_FIELDS)) {
        const seen = await fieldsSeen(connection, object);
        const names = Object.keys(fields).filter((name) => seen.has(name));
        unseen.push(
            ...Object.keys(fields)
                .filter((name) => !seen.has(name))
                .map((name) => `${object}.${name}`),
        );
        if (names.length === 0) {
            throw new CommandError(
                `This user may not see ${object}, or the org does not have it.`,
                'Use a user with the permission set Playbook Leader or Playbook Admin; deploy force-app first.',
            );
        }
        const records = await queryAll(connection, `SELECT ${names.join(', ')} FROM ${object}`);
        facts.add(object, records);
        counts[object] = records.length;
    }
    facts.conclude();
    return { facts, unseen, counts };
}

async function timeZoneOf(connection: Connection): Promise<string> {
    const { user_id: id } = await connection.identity();
    const [user] = await queryAll(connection, `SELECT TimeZoneSidKey FROM User WHERE Id = ${soqlLiteral(id)}`);
    return typeof user?.['TimeZoneSidKey'] === 'string' ? user['TimeZoneSidKey'] : 'UTC';
}

/** Names of the fields of an object that this user may see; none when it is not there for them. */
async function fieldsSeen(connection: Connection, object: string): Promise<ReadonlySet<string>> {
    try {
        const { fields } = await connection.describe(object);
        return new Set(fields.map(({ name }) => name));
    } catch (error) {
        if (error instanceof Error && error.name === 'NOT_FOUND') return new Set();
        throw error;
    }
}
