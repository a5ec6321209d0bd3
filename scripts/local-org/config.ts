import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MetadataError } from './metadata/problems.ts';
import { PROFILE_ACCESS } from './store/access.ts';

const FILE = 'config/local-org.json';

const user = z.strictObject({
    username: z.email(),
    firstName: z.string(),
    lastName: z.string(),
    title: z.string(),
    /** Who this is, for the user switch and the table of tokens. */
    persona: z.string(),
    timeZone: z.string(),
    locale: z.string(),
    /** Of the labels; the locale above is that of numbers and dates. */
    language: z.string().optional(),
    profile: z.string(),
    permissionSets: z.array(z.string()),
    /** Accounts are shared among the members of a team. */
    teams: z.array(z.string()),
    /** False: has left. Records still name the user, who cannot sign in. */
    active: z.boolean().optional(),
});

const config = z.strictObject({
    organization: z.strictObject({
        name: z.string(),
        currency: z.string().length(3),
        /** IANA name; the days of nightly work are counted in it. */
        timeZone: z.string().default('UTC'),
        locale: z.string().default('en-US'),
        /** Without it, as in a new org, the metadata type Translations cannot be used. */
        translationWorkbench: z.boolean().optional(),
    }),
    app: z.string(),
    profiles: z.record(
        z.string(),
        z.strictObject({
            objects: z.record(z.string(), z.enum(PROFILE_ACCESS)),
            modifyAllData: z.boolean().default(false),
            userPermissions: z.array(z.string()),
        }),
    ),
    users: z.array(user).min(1),
});

export type LocalOrgConfig = z.infer<typeof config>;
export type UserConfig = z.infer<typeof user>;

/** Reads config/local-org.json. Throws MetadataError that says which entry is wrong. */
export function readConfig(projectRoot: string): LocalOrgConfig {
    const parsed = config.safeParse(JSON.parse(readFileSync(join(projectRoot, FILE), 'utf8')));
    if (!parsed.success) {
        throw new MetadataError(FILE, z.prettifyError(parsed.error));
    }
    for (const one of parsed.data.users) {
        if (!parsed.data.profiles[one.profile]) {
            throw new MetadataError(
                FILE,
                `${one.username} has the profile "${one.profile}", which the file does not define.`,
            );
        }
    }
    return parsed.data;
}
