/** Whether the user of the sweep sees what it decides by: what is hidden from it would read as blank, and a sweep would write what follows from that. */
import { unreadableFigures } from 'c/playbookEngine';
import type { Connection } from '../lib/connection.ts';
import type { UserMessage } from '../lib/errors.ts';
import { queryAll } from '../lib/records.ts';
import { soqlLiteral } from '../lib/soql.ts';
import type { BookSize } from './book-size.ts';
import type { SweepConfiguration } from './configuration.ts';

/** Mapped figures that this user may not read; empty: the sweep may write. */
export function hiddenFigures({ rules }: SweepConfiguration): readonly UserMessage[] {
    return unreadableFigures(rules.prepared, rules.settings).map(({ field, figure }) => ({
        message: `$Figure.${figure} is mapped to the account's field ${field}, which is not there or which this user may not read. Taken as blank, it would open and close runs wrongly.`,
        action: `Assign the permission set Playbook Account Fields to the user of the sweep, or for a field of your own one that lets it read ${field}; or correct the mapping in the custom metadata record Playbook Setting.`,
    }));
}

/** Enough to tell whether any of them can be seen. */
const ASKED_FOR = 200;
const USER_ID = /^005\w{12}(\w{3})?$/;

/** Accounts name CSMs, and this user sees none of them, neither active nor gone; empty: it sees some, or whom accounts name is not known. */
export async function hiddenCsms(
    connection: Connection,
    { csmPath, users }: Pick<SweepConfiguration, 'csmPath' | 'users'>,
    { byCsm }: BookSize,
): Promise<readonly UserMessage[]> {
    const named = Object.keys(byCsm ?? {});
    if (named.length === 0 || named.some((id) => users.has(id.slice(0, 15)))) {
        return [];
    }
    // A text field may name them in another way.
    const ids = named.filter((id) => USER_ID.test(id)).slice(0, ASKED_FOR);
    if (ids.length === 0) {
        return [];
    }
    const seen = await queryAll(
        connection,
        `SELECT Id FROM User WHERE Id IN (${ids.map(soqlLiteral).join(', ')}) LIMIT 1`,
    );
    if (seen.length > 0) {
        return [];
    }
    return [
        {
            message: `The accounts name ${named.length === 1 ? 'one user' : `${named.length} users`} in ${csmPath}, and the user of the sweep sees none of them: every run would wait for a CSM.`,
            action: 'Give the user of the sweep the permission View All Users.',
        },
    ];
}
