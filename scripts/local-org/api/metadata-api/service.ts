import type { DeployOptions } from '../../deploy/deploy.ts';
import type { DeployRequest, DeployRequests } from '../../deploy/requests.ts';
import { failure } from '../../failure.ts';
import { KINDS, zipPathOf } from '../../metadata/kinds.ts';
import { equals } from '../../store/conditions.ts';
import { canonicalId } from '../../store/ids.ts';
import { selectRecords } from '../../store/read.ts';
import type { Session } from '../../store/session.ts';
import type { OrgStore } from '../../store/store.ts';
import { keyOf } from '../../deploy/decompose.ts';
import { componentsOf, type OrgComponent } from './components.ts';
import { element, type XmlValue } from './soap-xml.ts';

/** Of readMetadata. */
const MOST_READ = 10;
/** Of listMetadata. */
const MOST_QUERIES = 3;

/** What the Metadata API does, whatever the protocol. Every call needs the right to change metadata; throws PlatformFailure without it. */
export class MetadataService {
    readonly #store: OrgStore;
    readonly #requests: DeployRequests;

    constructor(store: OrgStore, requests: DeployRequests) {
        this.#store = store;
        this.#requests = requests;
    }

    deploy(session: Session, zip: Buffer, options: DeployOptions): DeployRequest {
        mayUse(session);
        if (zip.length === 0) {
            throw failure('MISSING_ARGUMENT', 'The zip file is missing.');
        }
        return this.#requests.submit(session, this.#nameOf(session.userId), zip, options);
    }

    /** `id`: 15 or 18 characters. */
    deployRequest(session: Session, id: string): DeployRequest {
        mayUse(session);
        const known = canonicalId(id);
        const request = known === null ? null : this.#requests.find(known);
        if (!request) {
            // The platform's code; its words are a guess.
            throw failure('INVALID_CROSS_REFERENCE_KEY', `There is no deploy with the id ${JSON.stringify(id)}.`);
        }
        return request;
    }

    describe(session: Session): XmlValue {
        mayUse(session);
        return {
            metadataObjects: KINDS.map((kind) => ({
                childXmlNames: kind.children.map((child) => child.type),
                directoryName: kind.folder,
                inFolder: kind.shape === 'folders',
                metaFile: false,
                ...(kind.shape === 'bundle' ? {} : { suffix: kind.suffix }),
                xmlName: kind.type,
            })),
            organizationNamespace: '',
            partialSaveAllowed: false,
            testRequired: false,
        };
    }

    list(session: Session, queries: readonly { readonly type: string; readonly folder: string }[]): XmlValue {
        mayUse(session);
        if (queries.length > MOST_QUERIES) {
            throw failure(
                'EXCEEDED_MAX_TYPES_LIMIT',
                `The maximum number of types in one listMetadata is ${MOST_QUERIES}.`,
            );
        }
        const components = [...componentsOf(this.#store.files()).values()];
        return queries.flatMap((query) => {
            this.#checkType(query.type);
            return components
                .filter((component) => isListed(component, query))
                .map(({ type, fullName, file }) => ({
                    createdById: file.modifiedBy,
                    createdByName: this.#nameOf(file.modifiedBy),
                    createdDate: file.modifiedAt,
                    fileName: zipPathOf(file.path),
                    fullName,
                    id: '',
                    lastModifiedById: file.modifiedBy,
                    lastModifiedByName: this.#nameOf(file.modifiedBy),
                    lastModifiedDate: file.modifiedAt,
                    manageableState: 'unmanaged',
                    type,
                }));
        });
    }

    /** The `records` of readMetadata's result, each with what the component's file says; one that does not exist is nil. */
    read(session: Session, type: string, fullNames: readonly string[]): string {
        mayUse(session);
        this.#checkType(type);
        if (fullNames.length > MOST_READ) {
            throw failure('LIMIT_EXCEEDED', `The maximum number of components in one readMetadata is ${MOST_READ}.`);
        }
        const components = componentsOf(this.#store.files());
        return fullNames
            .map((fullName) => {
                const component = components.get(keyOf({ type, fullName }));
                return component
                    ? `<records xsi:type="${type}">${element('fullName', fullName)}${component.content()}</records>`
                    : '<records xsi:nil="true"/>';
            })
            .join('');
    }

    #checkType(type: string): void {
        if (type === 'Translations' && this.#store.config.organization.translationWorkbench !== true) {
            throw failure('INVALID_TYPE', 'Cannot use: Translations in this organization');
        }
        if (!TYPES.includes(type)) {
            throw failure(
                'INVALID_TYPE',
                `Entity type ${JSON.stringify(type)} is unknown; the local org has ${TYPES.join(', ')}.`,
            );
        }
    }

    #nameOf(userId: string): string {
        const query = { object: 'User', fields: ['Name'], where: equals('Id', userId) };
        const [row] = selectRecords(this.#store, this.#store.system, query).rows;
        return String(row?.values['Name'] ?? '');
    }
}

function mayUse({ access }: Session): void {
    if (!['ModifyAllData', 'ModifyMetadata'].some((permission) => access.may(permission))) {
        throw failure(
            'INSUFFICIENT_ACCESS',
            'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
        );
    }
}

const TYPES = KINDS.flatMap(({ type, shape, children }) => [
    type,
    ...(shape === 'folders' ? [`${type}Folder`] : []),
    ...children.map((child) => child.type),
]);

/** Reports and dashboards are listed by folder. */
function isListed(component: OrgComponent, query: { readonly type: string; readonly folder: string }): boolean {
    const isInFolder = query.folder === '' || component.fullName.startsWith(`${query.folder}/`);
    return component.type === query.type && isInFolder;
}
