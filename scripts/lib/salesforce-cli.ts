/** The Salesforce CLI that `npm ci` brought, as programs run it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from './errors.ts';
import { PROJECT_ROOT } from './project-metadata.ts';

/** The script to run with Node. Throws CommandError when it is not installed. */
export function cliScript(): string {
    const script = join(PROJECT_ROOT, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');
    if (!existsSync(script)) {
        throw new CommandError('The Salesforce CLI is not installed.', 'Run `npm ci` in this folder first.');
    }
    return script;
}

/** This process's variables, with the CLI neither looking for another version of itself nor colouring what it prints. */
export function cliEnvironment(): NodeJS.ProcessEnv {
    return { ...process.env, SF_SKIP_NEW_VERSION_CHECK: 'true', SF_AUTOUPDATE_DISABLE: 'true', FORCE_COLOR: '0' };
}

/** Variables that keep the CLI's logins and settings in `home`, without the key store of the user's session and without telemetry. */
export function ownHome(home: string): NodeJS.ProcessEnv {
    return {
        HOME: home,
        USERPROFILE: home,
        XDG_DATA_HOME: undefined,
        XDG_CACHE_HOME: undefined,
        XDG_CONFIG_HOME: undefined,
        SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
        SF_DISABLE_TELEMETRY: 'true',
        SFDX_DISABLE_DNS_CHECK: 'true',
    };
}
