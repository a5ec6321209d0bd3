import type {
    AccountSnapshot,
    CurrentUser,
    FieldTypes,
    PlaybookVersion,
    Run,
    Settings,
    Trigger,
} from 'c/playbookEngine';

/** All that the panel knows about an account and the org, read at one moment. Plain and never half filled. */
export interface AccountData {
    readonly account: AccountSnapshot;
    readonly accountName: string;
    /** Account fields by path, for rules and merge fields; only fields this user may see. */
    readonly fieldTypes: FieldTypes;
    readonly triggers: readonly Trigger[];
    readonly settings: Settings;
    readonly versions: readonly PlaybookVersion[];
    readonly summaries: Readonly<Record<string, string | null>>;
    /** Newest first. */
    readonly runs: readonly Run[];
    readonly user: CurrentUser;
    /** Open cases of the account; null when this user may not see cases. */
    readonly openCases: number | null;
    /** Day of the last completed activity on the account; null: none, or not readable. */
    readonly lastTouchOn: string | null;
    readonly canWrite: boolean;
}

export type ResourceType = 'E-mail' | 'Call script' | 'Deck' | 'Calculator' | 'Link' | 'Video';

export interface Resource {
    readonly id: string;
    readonly title: string;
    readonly type: ResourceType;
    /** Step it helps with; null: the playbook as a whole. */
    readonly stepId: string | null;
    readonly subject: string | null;
    readonly body: string | null;
    readonly url: string | null;
}

export interface StepTexts {
    readonly instructions: string | null;
    readonly keyQuestions: readonly string[];
    readonly pitfall: string | null;
}

/** The long texts of one version. */
export interface VersionDetails {
    readonly version: PlaybookVersion;
    readonly whenToUse: string | null;
    readonly successCriteria: readonly string[];
    readonly pitfalls: readonly string[];
    /** By step id. */
    readonly stepTexts: Readonly<Record<string, StepTexts>>;
    readonly resources: readonly Resource[];
}

/** Why something could not be read or written, and so what the user can do about it. */
export type FailureKind =
    /** The user lacks access to the product's objects or custom metadata. */
    | 'no-access'
    /** The record is gone, or this user may not see it. */
    | 'not-found'
    /** No answer came back. */
    | 'offline'
    /** Somebody else was first: a unique key is taken. */
    | 'duplicate'
    /** The org refused the values: a validation rule, a required field, a right that is missing. */
    | 'rejected'
    /** Custom metadata is missing. */
    | 'no-configuration'
    | 'unknown';

export interface Failure {
    readonly kind: FailureKind;
    /** The org's own words, one entry an error; may be empty. */
    readonly messages: readonly string[];
}

export type SaveResult =
    | { readonly ok: true; readonly ids: Readonly<Record<string, string>> }
    | { readonly ok: false; readonly failure: Failure };
