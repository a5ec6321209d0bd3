import type { DatabaseSync } from 'node:sqlite';
import type { LocalOrgConfig, UserConfig } from '../config.ts';
import type { Schema } from '../metadata/schema.ts';
import { accessOf, SYSTEM_ACCESS } from './access.ts';
import type { StoreContext } from './context.ts';
import { keyPrefixes, openDatabase, scalar, text, transaction } from './database.ts';
import { FormulaLibrary } from './formulas.ts';
import { installMetadataRecords } from './metadata-records.ts';
import { assignedSets, installPeople } from './people.ts';
import { prepareRollUps } from './rollups.ts';
import type { Session } from './session.ts';

export interface StoreOptions {
    readonly schema: Schema;
    readonly config: LocalOrgConfig;
    /** SQLite file, or `:memory:`. */
    readonly file: string;
    /** The instant now, ISO 8601 in UTC; the machine's clock by default. */
    readonly now?: () => string;
}

/** The records of the org. Everything in it is synchronous, so a request's work is never interleaved with another's. */
export class OrgStore implements StoreContext {
    readonly db: DatabaseSync;
    readonly schema: Schema;
    readonly config: LocalOrgConfig;
    readonly formulas: FormulaLibrary;
    readonly prefixes: ReadonlyMap<string, string>;
    readonly now: () => string;
    /** The org itself, with nobody's restrictions. */
    readonly system: Session;
    #acting: Session;

    constructor(options: StoreOptions) {
        this.schema = options.schema;
        this.config = options.config;
        this.now = options.now ?? (() => new Date().toISOString());
        this.db = openDatabase(options.file, options.schema);
        this.prefixes = keyPrefixes(this.db, options.schema);
        const { currency } = options.config.organization;
        this.#acting = {
            userId: '',
            username: 'system',
            timeZone: 'UTC',
            locale: 'en-US',
            currency,
            access: SYSTEM_ACCESS,
        };
        this.formulas = new FormulaLibrary({
            schema: this.schema,
            db: this.db,
            session: () => this.#acting,
            now: this.now,
        });
        this.formulas.compileAll();
        prepareRollUps(this.schema);
        this.transaction(() => installPeople(this, options.config));
        this.system = { ...this.#acting, userId: this.#systemUserId() };
        this.#acting = this.system;
        this.transaction(() => installMetadataRecords(this, this.system));
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

    /** All or nothing; inside another transaction it is a part that can fail by itself. */
    transaction<T>(work: () => T): T {
        return transaction(this.db, work);
    }

    /** A user's session with the permissions of this moment; null when there is no such user. */
    session(username: string): Session | null {
        const person = this.config.users.find((one) => one.username.toLowerCase() === username.toLowerCase());
        const userId = this.#userId(username);
        return person && userId !== undefined ? this.#sessionOf(person, userId) : null;
    }

    #sessionOf(person: UserConfig, userId: string): Session {
        const profile = this.config.profiles[person.profile];
        const sets = assignedSets(this, this.schema, userId).flatMap(
            (name) => this.schema.permissionSets.get(name) ?? [],
        );
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
