import type { DatabaseSync } from 'node:sqlite';
import type { LocalOrgConfig, UserConfig } from '../config.ts';
import type { MetadataFile } from '../metadata/files.ts';
import { readMetadata } from '../metadata/read-metadata.ts';
import type { Schema } from '../metadata/schema.ts';
import { MetadataError } from '../metadata/problems.ts';
import { accessOf, SYSTEM_ACCESS } from './access.ts';
import type { StoreContext } from './context.ts';
import { DataError, openDatabase, quoted, scalar, text, transaction } from './database.ts';
import { addFormulaFunctions, FormulaLibrary } from './formulas.ts';
import { keepFiles, keptFiles, type FileOrigin, type KeptFile } from './metadata-files.ts';
import { installMetadataRecords } from './metadata-records.ts';
import { assignConfigured, assignedSets, installPeople, installPermissionSets } from './people.ts';
import { installReportRecords } from './report-records.ts';
import { prepareRollUps, recomputeRollUps } from './rollups.ts';
import type { Session } from './session.ts';
import { recordPath, withSetupEdits } from './setup-edits.ts';
import { keyPrefixes, migrateTables } from './tables.ts';

export interface StoreOptions {
    /** `67.0`. */
    readonly apiVersion: string;
    /** The project's metadata, joined with what earlier deploys brought; null for a bare org, which has only the latter. */
    readonly source: readonly MetadataFile[] | null;
    readonly config: LocalOrgConfig;
    /** SQLite file, or `:memory:`. */
    readonly file: string;
    /** The instant now, ISO 8601 in UTC; the machine's clock by default. */
    readonly now?: () => string;
}

export interface InstallOptions {
    /** Find what an install would find, and change nothing. */
    readonly checkOnly?: boolean;
    /** Who deploys. */
    readonly by?: Session;
    /** Paths that the deploy brings, though they may be the same as before; by default those that differ. */
    readonly deployed?: ReadonlySet<string>;
}

/** What an install makes of the metadata. */
interface Installed {
    readonly generation: number;
    readonly schema: Schema;
    readonly formulas: FormulaLibrary;
    readonly prefixes: ReadonlyMap<string, string>;
}

class OnlyChecked extends Error {}

/** The records of the org. Everything in it is synchronous, so a request's work is never interleaved with another's. */
export class OrgStore implements StoreContext {
    readonly db: DatabaseSync;
    readonly config: LocalOrgConfig;
    readonly apiVersion: string;
    readonly now: () => string;
    #installed: Installed | null = null;
    /** The org itself, with nobody's restrictions. */
    #system: Session;
    #acting: Session;
    /** Made here, where nothing else is in its scope: SQLite's functions keep it as long as the database is open. */
    readonly #formulasInForce = (): FormulaLibrary => this.formulas;

    /** Throws MetadataError for metadata that cannot be installed, DataError for records that do not fit it. */
    constructor(options: StoreOptions) {
        this.config = options.config;
        this.apiVersion = options.apiVersion;
        this.now = options.now ?? (() => new Date().toISOString());
        this.#system = {
            userId: '',
            username: 'system',
            timeZone: 'UTC',
            locale: 'en-US',
            currency: options.config.organization.currency,
            access: SYSTEM_ACCESS,
        };
        this.#acting = this.#system;
        this.db = openDatabase(options.file);
        try {
            this.#start(options.source);
        } catch (error) {
            this.db.close();
            throw error;
        }
    }

    #start(source: readonly MetadataFile[] | null): void {
        const kept = keptFiles(this.db);
        if (source === null && kept.some((file) => file.origin === 'source')) {
            throw new DataError([
                {
                    field: null,
                    message: 'The records are those of an org that was started from the project, not bare.',
                },
            ]);
        }
        const paths = new Set(source?.map((file) => file.path));
        const deployed = kept.filter((file) => file.origin === 'deploy' && !paths.has(file.path));
        this.#install([...(source ?? []), ...deployed], 'source', {}, () => {
            installPeople(this, this.config);
            this.#system = { ...this.#system, userId: this.#systemUserId() };
            this.#acting = this.#system;
            if (source !== null) {
                assignConfigured(this, this.config);
            }
        });
    }

    get #current(): Installed {
        if (!this.#installed) {
            throw new Error('nothing is installed yet');
        }
        return this.#installed;
    }

    /** Another object after each install: nothing may keep it beyond a request. */
    get schema(): Schema {
        return this.#current.schema;
    }

    get formulas(): FormulaLibrary {
        return this.#current.formulas;
    }

    get prefixes(): ReadonlyMap<string, string> {
        return this.#current.prefixes;
    }

    /** Counts installs; whoever keeps something made from the schema keeps this with it. */
    get generation(): number {
        return this.#current.generation;
    }

    get system(): Session {
        return this.#system;
    }

    /** The metadata in force, what an admin changed in Setup included, in the order of the paths. */
    files(): readonly KeptFile[] {
        return withSetupEdits(this, this.system, keptFiles(this.db));
    }

    /**
     * Makes `files` the whole metadata of the org: checks them, brings tables and records up to them and changes the schema, all or nothing.
     * Throws MetadataError with every mistake in the files, DataError with every field that the records do not fit.
     */
    install(files: readonly MetadataFile[], origin: FileOrigin, options: InstallOptions = {}): void {
        this.#install(files, origin, options, () => undefined);
    }

    #install(
        files: readonly MetadataFile[],
        origin: FileOrigin,
        { checkOnly = false, by, deployed }: InstallOptions,
        people: () => void,
    ): void {
        const { schema, problems } = readMetadata(files, this.apiVersion);
        const [first, ...others] = problems;
        if (first) {
            throw new MetadataError(first, first.message, others);
        }
        const before = this.#installed;
        const filesBefore = new Map((before ? this.files() : keptFiles(this.db)).map((file) => [file.path, file]));
        try {
            this.transaction(() => {
                migrateTables(this.db, schema);
                this.#installed = this.#prepared(schema, (before?.generation ?? 0) + 1);
                addFormulaFunctions(this.db, this.#formulasInForce);
                const changed = keepFiles(this.db, filesBefore, files, {
                    origin,
                    at: this.now(),
                    by: by?.userId ?? '',
                });
                installPermissionSets(this);
                installReportRecords(this, files);
                people();
                if ([...changed].some((path) => path.startsWith('objects/'))) {
                    recomputeRollUps(this);
                }
                installMetadataRecords(this, this.system, ({ type, developerName }) => {
                    const path = recordPath(type, developerName);
                    return origin === 'deploy' && (changed.has(path) || deployed?.has(path) === true);
                });
                if (checkOnly) {
                    throw new OnlyChecked();
                }
            });
        } catch (error) {
            if (!(error instanceof OnlyChecked)) {
                throw error;
            }
        }
    }

    #prepared(schema: Schema, generation: number): Installed {
        const formulas = new FormulaLibrary({
            schema,
            session: () => this.#acting,
            now: this.now,
            metadataValue: (type, developerName, field) =>
                scalar(
                    this.db,
                    `SELECT ${quoted(field)} FROM ${quoted(type)} WHERE "DeveloperName" = ?`,
                    developerName,
                ) ?? null,
        });
        formulas.compileAll();
        prepareRollUps(schema);
        return { generation, schema, formulas, prefixes: keyPrefixes(this.db, schema) };
    }

    get acting(): Session {
        return this.#acting;
    }

    /** Runs `work` for a user: `$User`, TODAY() and date literals are that user's. */
    actingAs<T>(session: Session, work: () => T): T {
        const before = this.#acting;
        this.#acting = session;
        try {
            return work();
        } finally {
            this.#acting = before;
        }
    }

    /** All or nothing, an install in it included; inside another transaction it is a part that can fail by itself. */
    transaction<T>(work: () => T): T {
        const before = this.#installed;
        try {
            return transaction(this.db, work);
        } catch (error) {
            this.#installed = before;
            throw error;
        }
    }

    /** A user's session with the permissions of this moment; null when there is no such user, or none who may sign in. */
    session(username: string): Session | null {
        const person = this.config.users.find((one) => one.username.toLowerCase() === username.toLowerCase());
        const userId = this.#userId(username);
        return person && person.active !== false && userId !== undefined ? this.#sessionOf(person, userId) : null;
    }

    #sessionOf(person: UserConfig, userId: string): Session {
        const profile = this.config.profiles[person.profile];
        const sets = assignedSets(this, userId).flatMap((name) => this.schema.permissionSets.get(name) ?? []);
        return {
            userId,
            username: person.username,
            timeZone: person.timeZone,
            locale: person.locale,
            currency: this.config.organization.currency,
            access: accessOf(
                {
                    name: person.profile,
                    objects: profile?.objects ?? {},
                    modifyAllData: profile?.modifyAllData ?? false,
                    userPermissions: profile?.userPermissions ?? [],
                },
                sets,
            ),
        };
    }

    /** Whether nothing but the organisation's own records is there: the sample has still to be loaded. */
    isEmpty(): boolean {
        return scalar(this.db, 'SELECT 1 FROM "Account" LIMIT 1') === undefined;
    }

    #systemUserId(): string {
        const admin =
            this.config.users.find((one) => this.config.profiles[one.profile]?.modifyAllData) ?? this.config.users[0];
        return this.#userId(admin?.username ?? '') ?? '';
    }

    #userId(username: string): string | undefined {
        return text(this.db, 'SELECT "Id" FROM "User" WHERE "Username" = ?', username);
    }

    close(): void {
        if (this.db.isOpen) {
            this.db.close();
        }
    }
}
