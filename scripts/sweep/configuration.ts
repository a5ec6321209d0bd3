/** What is the same for every account of a sweep, read from the org before the accounts. */
import { formatsFor, prepareRules, requiredFieldPaths, versionFormulas } from 'c/playbookEngine';
import type { CurrentUser, FieldTypes, Formats, PlaybookVersion, SweepRules } from 'c/playbookEngine';
import type { FieldTypeName } from 'c/formula';
import { PLAYBOOK, readVersion, STEP, VERSION } from 'c/playbookRecords';
import type { Connection } from '../lib/connection.ts';
import { orgFieldTypes } from '../lib/org-fields.ts';
import { queryAll } from '../lib/records.ts';
import { readOrgRules } from '../lib/rules.ts';
import { readPhrases } from '../lib/phrases.ts';

/** A field of the account that rules, steps or figures read. */
export interface AccountField {
    readonly path: string;
    readonly type: FieldTypeName;
}

export interface SweepConfiguration {
    readonly orgId: string;
    readonly orgName: string;
    readonly rules: SweepRules;
    readonly fieldTypes: FieldTypes;
    readonly fields: readonly AccountField[];
    /** Where an account names its CSM; the owner in an org that has mapped none. */
    readonly csmPath: string;
    /** Active users by the first 15 characters of their id. */
    readonly users: ReadonlyMap<string, CurrentUser>;
    /** Days back to which closed runs still matter: the longest cooldown, or the contact guard. */
    readonly closedRunDays: number;
    /** Instant at which the oldest of the runs that are not closed surfaced; null: there is none. */
    readonly openSince: string | null;
    /** How amounts and dates are written for people. */
    readonly formats: Formats;
}

type Row = Readonly<Record<string, unknown>>;

/** `now`: the instant that the sweep counts as today's. Throws what the org answers. */
export async function readConfiguration(connection: Connection, now: Date): Promise<SweepConfiguration> {
    const { triggers, settings } = await readOrgRules(connection);
    const fieldTypes = await orgFieldTypes(connection);
    const versions = await readVersions(connection);
    const prepared = prepareRules({ triggers, settings, fieldTypes });
    const named = requiredFieldPaths([], { ...settings, figures: {} }, [], versions.flatMap(versionFormulas));
    const csmPath = prepared.figures.CSM.path ?? 'OwnerId';
    const paths = new Set([...prepared.fields, csmPath]);
    for (const path of named) {
        const field = prepared.scope.resolve(path);
        if (field !== undefined && !field.path.startsWith('$')) {
            paths.add(field.path);
        }
    }
    const organization = await readOrganization(connection);
    const formats = await readFormats(connection, organization);
    return {
        orgId: organization.id,
        orgName: organization.name,
        rules: {
            prepared,
            settings,
            versions,
            clock: { now: now.toISOString(), timeZone: organization.timeZone },
            phrases: await readPhrases(),
            formats,
        },
        fieldTypes,
        fields: [...paths].sort().flatMap((path) => {
            const type = fieldTypes[path]?.type;
            return type === undefined ? [] : [{ path, type }];
        }),
        csmPath,
        users: await readUsers(connection),
        closedRunDays: Math.max(settings.contactGuardDays, ...triggers.map(({ cooldownDays }) => cooldownDays)),
        openSince: await oldestOpening(connection),
        formats,
    };
}

async function oldestOpening(connection: Connection): Promise<string | null> {
    const [row] = await queryAll(
        connection,
        "SELECT MIN(Surfaced_At__c) oldest FROM Playbook_Run__c WHERE Run_Status__c != 'Closed'",
    );
    return text(row, 'oldest') || null;
}

/** Published versions, and retired ones: runs keep theirs. */
async function readVersions(connection: Connection): Promise<readonly PlaybookVersion[]> {
    const parents = columns(PLAYBOOK).map((field) => `Playbook__r.${field}`);
    const versions = await queryAll(
        connection,
        `SELECT Id, ${[...columns(VERSION), ...parents].join(', ')} FROM Playbook_Version__c WHERE Version_Status__c != 'Draft'`,
    );
    const steps = await queryAll(
        connection,
        `SELECT Id, ${columns(STEP).join(', ')} FROM Playbook_Step__c WHERE Playbook_Version__r.Version_Status__c != 'Draft' ORDER BY Position__c`,
    );
    const byVersion = Map.groupBy(steps, (step) => step['Playbook_Version__c']);
    return versions.map((version) => readVersion(version, byVersion.get(version['Id']) ?? []));
}

/** The names of a field list; a mark for optional ones is the page's business. */
export function columns(names: string): string[] {
    return names.split(' ').map((name) => name.replace(/\?$/, ''));
}

/** People who work in the org: those of a customer community may be more than the accounts. */
async function readUsers(connection: Connection): Promise<ReadonlyMap<string, CurrentUser>> {
    const rows = await queryAll(
        connection,
        "SELECT Id, Name, FirstName, Email, TimeZoneSidKey FROM User WHERE IsActive = true AND UserType = 'Standard'",
    );
    return new Map(
        rows.map((row) => [
            text(row, 'Id').slice(0, 15),
            {
                id: text(row, 'Id'),
                name: text(row, 'Name'),
                firstName: text(row, 'FirstName'),
                email: text(row, 'Email'),
                timeZone: text(row, 'TimeZoneSidKey') || 'UTC',
            },
        ]),
    );
}

interface Organization {
    readonly id: string;
    readonly name: string;
    readonly timeZone: string;
    readonly locale: string;
}

async function readOrganization(connection: Connection): Promise<Organization> {
    const [row] = await queryAll(connection, 'SELECT Id, Name, TimeZoneSidKey, DefaultLocaleSidKey FROM Organization');
    return {
        id: text(row, 'Id'),
        name: text(row, 'Name'),
        timeZone: text(row, 'TimeZoneSidKey') || 'UTC',
        locale: supportedLocale(text(row, 'DefaultLocaleSidKey')),
    };
}

/** `en_GB` as `en-GB`; English for what this machine does not know. */
function supportedLocale(key: string): string {
    try {
        return new Intl.Locale(key.replaceAll('_', '-')).toString();
    } catch {
        return 'en';
    }
}

/** Numbers and dates as the org writes them, words in English, as the phrases are. */
async function readFormats(connection: Connection, { locale, timeZone }: Organization): Promise<Formats> {
    const currency = await orgCurrency(connection);
    const formats = formatsFor(locale, currency ?? 'XXX', timeZone);
    const words = formatsFor('en', 'XXX', timeZone);
    return {
        ...formats,
        days: (count) => words.days(count),
        currency: (value) => (currency === null ? formats.number(Math.round(value)) : formats.currency(value)),
    };
}

/** The org's only currency; null where it has several or does not tell: amounts then stand without a sign. */
async function orgCurrency(connection: Connection): Promise<string | null> {
    try {
        const settings: unknown = await connection.request(
            `/services/data/v${connection.version}/connect/organization`,
        );
        const features = property(settings, 'features');
        const code = property(features, 'defaultCurrencyIsoCode');
        return property(features, 'multiCurrency') !== true && typeof code === 'string' && code !== '' ? code : null;
    } catch {
        // Only how amounts in a reason are written hangs on it.
        return null;
    }
}

function property(thing: unknown, name: string): unknown {
    return typeof thing === 'object' && thing !== null ? Reflect.get(thing, name) : undefined;
}

function text(row: Row | undefined, field: string): string {
    const value = row?.[field];
    return typeof value === 'string' ? value : '';
}
