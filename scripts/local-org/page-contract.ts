/**
 * What the local org's page and its server say to each other beside Salesforce's own wire formats: `/local/*`.
 *
 * Types only. Records, object descriptions and product data travel through the UI API and GraphQL as on the platform; what is here is what
 * Lightning Experience would know by itself: who is signed in, the app, the record pages, list views, related lists and Setup.
 *
 * Every endpoint takes the page's session cookie, which any HTML page of the server sets (HttpOnly, SameSite=Strict). Without it: 401 with `PlatformError[]`
 * (`INVALID_SESSION_ID`): reload the page. A request that is not a GET needs a same-origin `Origin` header, which browsers send by themselves.
 */

/** An error as Salesforce's REST API words it; every refusal of `/local/*` except a refused Setup save is an array of these. */
export interface PlatformError {
    readonly errorCode: string;
    readonly message: string;
    readonly fields?: readonly string[];
}

/** `GET /local/boot`: all the page needs before a component is evaluated. */
export interface Boot {
    readonly organization: { readonly name: string };
    /** What everybody has to know about this org's records, shown above every page: that some are invented. */
    readonly notice: string | null;
    readonly user: PageUser;
    /**
     * Users the local switch offers, in the order of config/local-org.json. `POST /local/switch-user` with `{ username }`: 204, and the session is that user's
     * from then on; 404 for an unknown user. Reload the page after it.
     */
    readonly users: readonly UserChoice[];
    readonly app: PageApp;
    /** Active record pages by object API name (the app's action overrides); an object without one gets a plain record page. */
    readonly recordPages: Readonly<Record<string, RecordPage>>;
    /** Pages that tabs show, by developer name of the FlexiPage (`AppPage`, `HomePage`). */
    readonly appPages: Readonly<Record<string, RecordPage>>;
    /** List views by object API name, in the order of their labels; every object of a tab has at least `All`. */
    readonly listViews: Readonly<Record<string, readonly ListViewChoice[]>>;
    /** API version of the project's metadata, for paths such as `/services/data/v67.0/graphql`. */
    readonly apiVersion: string;
}

export interface PageUser {
    readonly id: string;
    readonly username: string;
    readonly name: string;
    /** IANA name, `Europe/Berlin`. */
    readonly timeZone: string;
    /** BCP 47, `en-US`. */
    readonly locale: string;
    /** Of labels, as far as there is a translation: `en`, `de`. */
    readonly language: string;
    /** ISO 4217, `EUR`. */
    readonly currency: string;
    /** May open Setup (Customize Application). */
    readonly setup: boolean;
    /** Developer names of the user's custom permissions. */
    readonly customPermissions: readonly string[];
}

export interface UserChoice {
    readonly username: string;
    readonly name: string;
    /** Who this is, in a few words: "CSM", "Leader", "No permission sets". */
    readonly persona: string;
    readonly current: boolean;
}

export interface PageApp {
    readonly label: string;
    readonly navigation: readonly NavigationItem[];
}

/** A tab of the app that the user may see. */
export type NavigationItem =
    | { readonly kind: 'object'; readonly tab: string; readonly label: string; readonly objectApiName: string }
    | { readonly kind: 'component'; readonly tab: string; readonly label: string; readonly componentName: string }
    | { readonly kind: 'page'; readonly tab: string; readonly label: string; readonly pageName: string }
    | { readonly kind: 'analytics'; readonly tab: string; readonly label: string; readonly of: AnalyticsKind };

export type AnalyticsKind = 'Report' | 'Dashboard';

/**
 * `GET /local/analytics`: reports and dashboards in folders that the user may see, by name. What the Analytics REST API says of them has neither description
 * nor folder; everything else on their pages comes from that API.
 */
export interface AnalyticsCatalog {
    readonly reports: readonly ReportEntry[];
    readonly dashboards: readonly AnalyticsEntry[];
}

export interface AnalyticsEntry {
    readonly id: string;
    readonly name: string;
    readonly description: string | null;
    /** Label of the folder. */
    readonly folder: string;
}

export interface ReportEntry extends AnalyticsEntry {
    readonly format: 'TABULAR' | 'SUMMARY' | 'MATRIX';
}

/** What a FlexiPage shows, region by region; every page is laid out as the template with a header and two columns. */
export interface RecordPage {
    readonly regions: readonly PageRegion[];
}

export interface PageRegion {
    /** `header`, `main`, `sidebar`; a facet has the name that a component's property refers to. */
    readonly name: string;
    readonly type: 'Region' | 'Facet';
    readonly components: readonly PageComponent[];
}

export interface PageComponent {
    /** Bare for a Lightning web component of the project (`playbookPanel`), with namespace for the platform's (`force:highlightsPanel`). */
    readonly componentName: string;
    readonly identifier: string;
    /** As in the metadata, all values text; a list property (`valueList`) is an array. */
    readonly properties: Readonly<Record<string, string | readonly string[]>>;
}

export interface ListViewChoice {
    readonly developerName: string;
    readonly label: string;
}

/**
 * `GET /local/list/{objectApiName}/{listView}?search=&sort=&limit=`: rows of a list view that the user may see.
 *
 * `search` matches the name, any case; `sort` is a column's field path, with `-` before it for descending (default: the name); `limit` defaults to 100, at
 * most 2000. 403 `INSUFFICIENT_ACCESS`, 404 `NOT_FOUND` for an object or list view that does not exist or may not be seen.
 */
export interface ListPage {
    readonly objectPluralLabel: string;
    readonly listView: ListViewChoice;
    readonly columns: readonly ListColumn[];
    readonly rows: readonly ListRow[];
    /** Rows that match, whatever the limit. */
    readonly total: number;
}

export interface ListColumn {
    /** Field path, `Name`, `Owner.Name`. */
    readonly field: string;
    readonly label: string;
    /** UI API data type: String, TextArea, Double, Int, Currency, Percent, Date, DateTime, Boolean, Picklist, MultiPicklist, Reference, Url, Email, Phone, Address. */
    readonly dataType: string;
    /** Record that the cell links to: the row itself, or the value of a lookup's id field by this path; null: no link. */
    readonly link: 'row' | 'reference' | null;
}

export interface ListRow {
    readonly id: string;
    /** By column field. `recordId` is set for references. */
    readonly cells: Readonly<Record<string, Cell>>;
}

/** Raw value as the API gives it, and how the platform words it for this user (null: same as the value). */
export interface Cell {
    readonly value: string | number | boolean | null;
    readonly displayValue: string | null;
    readonly recordId?: string | null;
}

/**
 * `GET /local/related/{recordId}?limit=`: child records that the user may see, in the lists, columns and order of the object's page layout; without a layout one
 * list for each relationship, with the child's compact layout as columns. `limit` rows of each (default 50, at most 2000). 404 `NOT_FOUND`.
 */
export interface RelatedLists {
    readonly lists: readonly RelatedList[];
}

export interface RelatedList {
    /** `Contacts`, `Playbook_Runs__r`. */
    readonly relationshipName: string;
    readonly label: string;
    readonly objectApiName: string;
    readonly columns: readonly ListColumn[];
    readonly rows: readonly ListRow[];
    readonly total: number;
}

/** `GET /local/setup`: custom metadata types of the project. 403 `INSUFFICIENT_ACCESS` without Customize Application, as for every path below. */
export interface SetupHome {
    readonly types: readonly SetupTypeSummary[];
}

export interface SetupTypeSummary {
    /** `Playbook_Trigger__mdt`. */
    readonly name: string;
    readonly label: string;
    readonly pluralLabel: string;
    readonly description: string | null;
    readonly records: number;
}

/** `GET /local/setup/{type}`: its fields, in the order of the form, and all of its records. */
export interface SetupType extends SetupTypeSummary {
    readonly fields: readonly SetupField[];
    readonly rows: readonly SetupRecord[];
}

export type SetupFieldKind =
    | 'Text'
    | 'LongTextArea'
    | 'TextArea'
    | 'Number'
    | 'Percent'
    | 'Checkbox'
    | 'Date'
    | 'DateTime'
    | 'Picklist'
    | 'Url'
    | 'Email'
    | 'Phone';

export interface SetupField {
    /** `MasterLabel` and `DeveloperName` come first; both are required. */
    readonly name: string;
    readonly label: string;
    readonly kind: SetupFieldKind;
    readonly required: boolean;
    readonly help: string | null;
    readonly description: string | null;
    /** Characters, for text; null otherwise. */
    readonly maxLength: number | null;
    /** Digits after the point, for numbers. */
    readonly scale: number | null;
    /** For picklists, and developer names for metadata relationships. */
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly defaultValue: string | number | boolean | null;
    /** Visible lines of a long text; null otherwise. */
    readonly visibleLines: number | null;
}

/** One record of `SetupType`; also the answer (200, 201) of a save. */
export interface SetupRecord {
    readonly id: string;
    readonly developerName: string;
    readonly label: string;
    /** By field name, `MasterLabel` and `DeveloperName` included; raw values, blank is null. */
    readonly values: Readonly<Record<string, string | number | boolean | null>>;
    /** Whether it is as its file in the project says, was changed here, or exists only here. */
    readonly origin: 'file' | 'changed' | 'added';
}

/**
 * `PATCH /local/setup/{type}/{developerName}` (only the fields that change) and `POST /local/setup/{type}` (a new record; `MasterLabel`, `DeveloperName` required).
 * `DELETE /local/setup/{type}/{developerName}`: 204.
 */
export interface SetupSave {
    readonly values: Readonly<Record<string, string | number | boolean | null>>;
}

/** 400: a refused save. Nothing was written. */
export interface SetupSaveErrors {
    /** Messages that belong to no single field. */
    readonly errors: readonly PlatformError[];
    /** Messages by field name. */
    readonly fieldErrors: Readonly<Record<string, readonly PlatformError[]>>;
}
