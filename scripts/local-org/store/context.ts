import type { DatabaseSync } from 'node:sqlite';
import type { Schema } from '../metadata/schema.ts';
import type { FormulaLibrary } from './formulas.ts';
import type { Session } from './session.ts';

/** What every part of the store works with. */
export interface StoreContext {
    readonly db: DatabaseSync;
    readonly schema: Schema;
    readonly formulas: FormulaLibrary;
    /** Key prefix by object. */
    readonly prefixes: ReadonlyMap<string, string>;
    /** The instant now, ISO 8601 in UTC. */
    now(): string;
    /** On whose behalf formulas run (`$User`, TODAY); set by `actingAs`. */
    readonly acting: Session;
}
