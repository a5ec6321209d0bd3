import type { Access } from './access.ts';

/** On whose behalf the store works, and how that person reads dates and money. */
export interface Session {
    readonly userId: string;
    readonly username: string;
    /** IANA name. */
    readonly timeZone: string;
    /** BCP 47. */
    readonly locale: string;
    /** ISO 4217. */
    readonly currency: string;
    readonly access: Access;
}
