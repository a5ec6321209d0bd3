/// <reference types="lwc/types" />
/**
 * Types of the platform modules that this project imports, written from Salesforce's public documentation.
 * Only what is used is declared: a module or a member that is missing here is one that has not been thought about yet.
 * Everything the platform may leave out is optional, every error is `unknown`: callers have to look before they use it.
 */

declare module 'lightning/uiRecordApi' {
    import type { WireAdapterConstructor } from 'lwc';

    /** What `import F from '@salesforce/schema/Account.Name'` gives. */
    export interface FieldId {
        readonly fieldApiName: string;
        readonly objectApiName: string;
    }
    /** `'Account.Name'`, `'Account.Owner.Name'` or an imported field. */
    export type FieldRef = FieldId | string;
    export interface FieldValueRepresentation {
        /** Raw value; a parent record for a spanning field. Percent carries 30 for 30 %, DateTime is ISO UTC. */
        readonly value: string | number | boolean | null | RecordRepresentation;
        readonly displayValue: string | null;
    }
    export interface RecordRepresentation {
        readonly id: string;
        readonly apiName: string;
        /** Optional fields that the user may not see, or that do not exist, are simply absent. */
        readonly fields: Readonly<Record<string, FieldValueRepresentation | undefined>>;
        readonly lastModifiedDate?: string | null;
        readonly systemModstamp?: string | null;
    }
    export interface WireResult<T> {
        readonly data?: T;
        readonly error?: unknown;
    }
    /** Shape of a failed call: `body` is an array for reads, an object with `output` for writes. */
    export interface FetchResponse {
        readonly ok: false;
        readonly status: number;
        readonly statusText: string;
        readonly body: readonly ErrorEntry[] | WriteErrorBody;
    }
    export interface ErrorEntry {
        readonly errorCode?: string;
        readonly statusCode?: string;
        readonly message: string;
        readonly field?: string | null;
    }
    export interface WriteErrorBody extends ErrorEntry {
        readonly enhancedErrorType?: string;
        readonly output?: {
            readonly errors?: readonly ErrorEntry[];
            readonly fieldErrors?: Readonly<Record<string, readonly ErrorEntry[]>>;
        };
    }
    type Fields = FieldRef | readonly FieldRef[];

    /** Emits once `recordId` and at least one field are known; emits again when the cached record changes. */
    export const getRecord: WireAdapterConstructor<
        {
            recordId: string | undefined;
            fields?: Fields | undefined;
            optionalFields?: Fields | undefined;
        },
        WireResult<RecordRepresentation>
    >;
    export function getFieldValue(
        record: RecordRepresentation | null | undefined,
        field: FieldRef,
    ): FieldValueRepresentation['value'] | undefined;
    /** `fields` carries `Id`. Rejects with a {@link FetchResponse}. */
    export function updateRecord(input: { fields: Readonly<Record<string, unknown>> }): Promise<RecordRepresentation>;
    /** Reads the cached fields of these records again and emits to every wire that shows them. */
    export function notifyRecordUpdateAvailable(items: readonly { readonly recordId: string }[]): Promise<void>;
}

declare module 'lightning/uiObjectInfoApi' {
    import type { WireAdapterConstructor } from 'lwc';
    import type { WireResult } from 'lightning/uiRecordApi';

    export interface FieldInfo {
        readonly apiName: string;
        /** UI API data type: 'String', 'Double', 'Percent', 'Currency', 'Date', 'DateTime', 'Boolean', 'Picklist', 'Reference', … */
        readonly dataType: string;
        readonly label: string;
        readonly inlineHelpText?: string | null;
        readonly required: boolean;
        readonly createable: boolean;
        readonly updateable: boolean;
        readonly calculated: boolean;
        readonly length: number;
        readonly reference: boolean;
        readonly referenceToInfos: readonly { readonly apiName: string; readonly nameFields: readonly string[] }[];
        readonly relationshipName?: string | null;
    }
    export interface ObjectInfo {
        readonly apiName: string;
        readonly label: string;
        readonly labelPlural: string;
        readonly keyPrefix: string | null;
        readonly nameFields: readonly string[];
        /** Only the fields that the user may see. */
        readonly fields: Readonly<Record<string, FieldInfo | undefined>>;
        readonly childRelationships: readonly {
            readonly childObjectApiName: string;
            readonly fieldName: string;
            readonly relationshipName: string | null;
        }[];
        readonly createable: boolean;
        readonly deletable: boolean;
        readonly queryable: boolean;
        readonly updateable: boolean;
        readonly defaultRecordTypeId: string | null;
    }
    export interface ObjectId {
        readonly objectApiName: string;
    }
    export const getObjectInfo: WireAdapterConstructor<
        { objectApiName: ObjectId | string | undefined },
        WireResult<ObjectInfo>
    >;
    export const getObjectInfos: WireAdapterConstructor<
        { objectApiNames: readonly (ObjectId | string)[] | undefined },
        WireResult<{ readonly results: readonly { readonly statusCode: number; readonly result: ObjectInfo }[] }>
    >;
    export interface PicklistValue {
        readonly label: string;
        readonly value: string;
    }
}

declare module 'lightning/graphql' {
    import type { WireAdapterConstructor } from 'lwc';

    /** A parsed document: only {@link gql} makes one. */
    export interface GraphQLDocument {
        readonly __gql: unique symbol;
    }
    export interface GraphQLError {
        readonly message: string;
        readonly path?: readonly (string | number)[] | null;
        readonly paths?: readonly (string | number)[] | null;
        readonly locations?: readonly { readonly line: number; readonly column: number }[] | null;
        readonly extensions?: Readonly<Record<string, unknown>> | null;
    }
    export interface GraphQLResult<T> {
        readonly data?: T | null | undefined;
        /** Absent when there are none. Partial results carry both. */
        readonly errors?: readonly GraphQLError[] | undefined;
        /** Only on results of the wire: runs the same query again, resolves when the fresh result has been emitted. */
        readonly refresh?: (() => Promise<void>) | undefined;
    }
    export interface GraphQLConfig {
        query: GraphQLDocument | undefined;
        variables?: Readonly<Record<string, unknown>> | undefined;
        operationName?: string | undefined;
    }
    /** Emits `GraphQLResult<T>`; waits while `query` is undefined. The result type is the caller's to declare. */
    export const graphql: WireAdapterConstructor<GraphQLConfig>;
    export function gql(strings: TemplateStringsArray, ...values: readonly unknown[]): GraphQLDocument;
    /** Resolves with `errors` for refused writes; rejects only when no answer came back (network, session). Never cached. */
    export function executeMutation<T>(config: {
        query: GraphQLDocument;
        variables?: Readonly<Record<string, unknown>>;
        operationName?: string;
    }): Promise<GraphQLResult<T>>;
}

declare module 'lightning/platformShowToastEvent' {
    export interface ToastOptions {
        title: string;
        message?: string;
        variant?: 'info' | 'success' | 'warning' | 'error';
        mode?: 'dismissible' | 'pester' | 'sticky';
    }
    export class ShowToastEvent extends CustomEvent<ToastOptions> {
        constructor(options: ToastOptions);
    }
    export const ShowToastEventName: 'lightning__showtoast';
}

declare module 'lightning/refresh' {
    import type { LightningElement } from 'lwc';

    /** Asks the page, through the nearest container, to run every registered handler. */
    export class RefreshEvent extends CustomEvent<void> {
        constructor();
    }
    /** `context` is the component (`this`). Returns an id for {@link unregisterRefreshHandler}. */
    export function registerRefreshHandler(
        context: LightningElement | HTMLElement,
        handler: () => Promise<boolean>,
    ): number;
    export function unregisterRefreshHandler(id: number): void;
}

declare module 'lightning/navigation' {
    import type { LightningElement } from 'lwc';

    export interface PageReference {
        readonly type: string;
        readonly attributes?: Readonly<Record<string, unknown>>;
        readonly state?: Readonly<Record<string, string | undefined>>;
    }
    export interface NavigationMembers {
        [NavigationMixin.Navigate](reference: PageReference, replace?: boolean): void;
    }
    export function NavigationMixin<Base extends LightningElement>(
        base: new () => Base,
    ): new () => Base & NavigationMembers;
    export namespace NavigationMixin {
        const Navigate: unique symbol;
    }
}

declare module 'lightning/pageReferenceUtils' {
    /** Default field values of a `standard__quickAction` or `standard__objectPage` reference, as its `state` wants them. */
    export function encodeDefaultFieldValues(values: Readonly<Record<string, unknown>>): string;
    export function decodeDefaultFieldValues(encoded: string): Record<string, string>;
}

declare module 'lightning/modal' {
    import { LightningElement } from 'lwc';

    export type ModalSize = 'small' | 'medium' | 'large' | 'full';
    /** Properties of the modal component itself travel in the same object. */
    export interface ModalConfig {
        label: string;
        size?: ModalSize;
        description?: string;
        disableClose?: boolean;
        readonly [property: string]: unknown;
    }
    export default class LightningModal extends LightningElement {
        /** Resolves with what {@link close} was given; `undefined` when the person dismissed it. */
        static open(config: ModalConfig): Promise<unknown>;
        label: string;
        size: ModalSize;
        description: string;
        disableClose: boolean;
        close(result?: unknown): void;
    }
}

declare module 'lightning/confirm' {
    export default class LightningConfirm {
        static open(config: {
            message: string;
            label?: string;
            variant?: 'header' | 'headerless';
            theme?:
                'default' | 'shade' | 'inverse' | 'alt-inverse' | 'success' | 'info' | 'warning' | 'error' | 'offline';
        }): Promise<boolean>;
    }
}

declare module '@salesforce/schema/*' {
    /** A field (`Account.Name`); for an object (`Account`) only `objectApiName` is there. */
    const reference: { readonly fieldApiName: string; readonly objectApiName: string };
    export default reference;
}
declare module '@salesforce/label/*' {
    const label: string;
    export default label;
}
declare module '@salesforce/user/Id' {
    /** 18 characters. */
    const id: string;
    export default id;
}
declare module '@salesforce/user/isGuest' {
    const isGuest: boolean;
    export default isGuest;
}
declare module '@salesforce/customPermission/*' {
    /** True when granted, otherwise undefined. */
    const granted: true | undefined;
    export default granted;
}
declare module '@salesforce/userPermission/*' {
    const granted: true | undefined;
    export default granted;
}
declare module '@salesforce/client/formFactor' {
    const formFactor: 'Large' | 'Medium' | 'Small';
    export default formFactor;
}
declare module '@salesforce/i18n/dir' {
    const direction: 'ltr' | 'rtl';
    export default direction;
}
declare module '@salesforce/i18n/firstDayOfWeek' {
    /** 1 = Sunday. */
    const day: number;
    export default day;
}
declare module '@salesforce/i18n/*' {
    /** `locale` and `lang` as BCP 47 (`en-US`), `timeZone` as IANA (`Europe/Berlin`), `currency` as ISO 4217. */
    const value: string;
    export default value;
}
