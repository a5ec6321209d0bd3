/** The org behind a book: rules, versions and user, and what they make it necessary to read of the accounts. */
import {
    requiredFieldPaths,
    versionFormulas,
    type CurrentUser,
    type FieldTypes,
    type PlaybookVersion,
} from 'c/playbookEngine';
import type { GraphQLDocument } from 'lightning/graphql';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import {
    fieldTypesOf,
    nodesOf,
    readSettings,
    readTrigger,
    readVersion,
    text,
    type Connection,
    type GraphNode,
} from 'c/playbookRecords';
import { csmField, readablePaths } from './book';
import { bookQuery } from './queries';
import type { BookData, LastSweep } from './types';

export type RecordQuery = Readonly<Record<string, Connection | undefined>>;
export type Org = Omit<BookData, 'csmId' | 'book' | 'truncated'>;

const MS_A_DAY = 86_400_000;

const settingsIn = (rules: RecordQuery): BookData['settings'] =>
    readSettings(nodesOf(rules['Playbook_Setting__mdt'])[0] ?? {}, nodesOf(rules['Playbook_Holiday__mdt']));

const triggersIn = (rules: RecordQuery): BookData['triggers'] =>
    nodesOf(rules['Playbook_Trigger__mdt']).map(readTrigger);

function versionsIn(rules: RecordQuery, kept: RecordQuery | undefined): readonly PlaybookVersion[] {
    return [rules, kept].flatMap((query) => {
        const steps = nodesOf(query?.['Playbook_Step__c']);
        return nodesOf(query?.['Playbook_Version__c']).map((version) => readVersion(version, steps));
    });
}

/** Which fields of which accounts are asked for. Two plans of the same key ask the same. */
export class BookPlan {
    readonly key: string;
    readonly paths: readonly string[];
    readonly csmNamePath: string | null;
    private readonly shape: Parameters<typeof bookQuery>[0];

    constructor(
        rules: RecordQuery,
        kept: RecordQuery | undefined,
        account: ObjectInfo,
        infos: readonly ObjectInfo[],
        everyone: boolean,
        readonly since: string,
    ) {
        const settings = settingsIn(rules);
        const nurture = settings.nurtureWhen === null ? [] : [settings.nurtureWhen];
        const csm = csmField(settings.figures.CSM, account);
        const steps = versionsIn(rules, kept).flatMap(versionFormulas);
        const named = requiredFieldPaths(triggersIn(rules), settings, [], [...nurture, ...steps]);
        this.csmNamePath = csm.namePath;
        this.paths = readablePaths([...new Set([...named, csm.path])], fieldTypesOf(infos), account);
        this.shape = { paths: [...this.paths, ...(csm.namePath === null ? [] : [csm.namePath])], csm, everyone };
        this.key = JSON.stringify([this.shape, since]);
    }

    get query(): GraphQLDocument {
        return bookQuery(this.shape);
    }
}

/**
 * Instant since which closed runs matter: as far back as the longest cooldown or the contact guard reaches, from the beginning of a day so
 * that the same is asked all day.
 */
export function sinceWhen(rules: RecordQuery, now = Date.now()): string {
    const days = Math.max(
        settingsIn(rules).contactGuardDays,
        ...triggersIn(rules).map(({ cooldownDays }) => cooldownDays),
    );
    return `${new Date(now - (days + 1) * MS_A_DAY).toISOString().slice(0, 10)}T00:00:00.000Z`;
}

/** Versions that runs still go by and that are not among the published ones, sorted. */
export function keptVersionIds(rules: RecordQuery, runs: readonly GraphNode[], since: string): readonly string[] {
    const published = new Set(nodesOf(rules['Playbook_Version__c']).map((node) => text(node, 'Id')));
    const kept = runs.flatMap((run) => {
        const id = text(run, 'Run_Version__c');
        const closedAt = text(run, 'Closed_At__c');
        return id === null || published.has(id) || (closedAt !== null && closedAt < since) ? [] : [id];
    });
    return [...new Set(kept)].sort();
}

export function orgOf(
    rules: RecordQuery,
    kept: RecordQuery | undefined,
    infos: readonly ObjectInfo[],
    fieldTypes: FieldTypes,
    { id, timeZone }: Pick<CurrentUser, 'id' | 'timeZone'>,
): Org {
    const [user] = nodesOf(rules['User']);
    const info = (name: string): ObjectInfo | undefined => infos.find(({ apiName }) => apiName === name);
    return {
        fieldTypes,
        triggers: triggersIn(rules),
        settings: settingsIn(rules),
        versions: versionsIn(rules, kept),
        user: {
            id,
            name: (user && text(user, 'Name')) ?? '',
            firstName: (user && text(user, 'FirstName')) ?? '',
            email: (user && text(user, 'Email')) ?? '',
            timeZone,
        },
        lastSweep: lastSweepIn(rules),
        seesSweeps: info('Playbook_Sweep__c') !== undefined,
        canWrite: info('Playbook_Run__c')?.createable ?? false,
        canSweep: info('Playbook_Sweep__c')?.createable ?? false,
    };
}

function lastSweepIn(rules: RecordQuery): LastSweep | null {
    const [sweep] = nodesOf(rules['Playbook_Sweep__c']);
    const finishedAt = sweep ? text(sweep, 'Finished_At__c') : null;
    if (!sweep || finishedAt === null) return null;
    return { finishedAt, withFailures: text(sweep, 'Sweep_Status__c') === 'Finished with failures' };
}
