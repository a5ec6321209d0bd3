/** The org that an install or uninstall works on. */
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Output } from '../lib/command.ts';
import { connectToOrg } from '../lib/connection.ts';
import type { Connection } from '../lib/connection.ts';
import { CommandError } from '../lib/errors.ts';

export const TARGET_OPTIONS = {
    'target-org': { type: 'string' },
    user: { type: 'string' },
    data: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

/** The local org's administrator; in other orgs the login decides. */
const LOCAL_ADMIN = 'sam';

export const TARGET_HELP = `  --target-org ORG   local | alias of the Salesforce CLI | https://… (token in SF_ACCESS_TOKEN)
  --user NAME        local org: user to act as (default: ${LOCAL_ADMIN}, the admin)
  --data DIR         local org: its data directory (default: .local-org/data)`;

export interface Target {
    readonly connection: Connection;
    /** As given: what the CLI knows it by. */
    readonly org: string;
    readonly name: string;
    readonly id: string;
    /** The same choice for the project's other commands: `--org local --data .local-org/trial --user sam`. */
    readonly orgOptions: string;
}

interface TargetChoice {
    readonly 'target-org'?: string | undefined;
    readonly user?: string | undefined;
    readonly data?: string | undefined;
}

export async function openTarget(choice: TargetChoice): Promise<Target> {
    const org = choice['target-org'];
    if (org === undefined) {
        throw new CommandError(
            'Which org?',
            'Add --target-org local, or --target-org with an alias from `sf org list`.',
        );
    }
    const user = choice.user ?? LOCAL_ADMIN;
    const connection = await connectToOrg({ org, user, data: choice.data });
    // The Metadata API over SOAP takes no JWT-based access token; jsforce would fault at the first call.
    if (connection.accessToken?.startsWith('eyJ') === true) {
        throw new CommandError(
            'This login gives JWT-based access tokens, which the Metadata API does not take.',
            'Log in with `npx sf org login web`, or switch JWT-based access tokens off in the External Client App.',
        );
    }
    const { records } = await connection.query<{ Id: string; Name: string }>('SELECT Id, Name FROM Organization');
    const data = choice.data === undefined ? '' : ` --data ${JSON.stringify(choice.data)}`;
    return {
        connection,
        org,
        name: records[0]?.Name ?? org,
        id: records[0]?.Id ?? '',
        orgOptions: org === 'local' ? `--org local${data} --user ${user}` : `--org ${JSON.stringify(org)}`,
    };
}

/** Where a command tells what it does: on standard output, unless that is for the JSON. */
export function speaker(json: boolean, output: Output): (line: string) => void {
    return (line) => (json ? output.warn(line) : output.print(line));
}
