import { api, LightningElement } from 'lwc';
import type { SetupHome, SetupType } from '../../../../../page-contract.ts';
import { explain } from 'local/connection';
import { readSetupHome, readSetupType } from 'local/pageApi';
import { addHandler, removeHandler } from 'local/refreshHandlers';
import { hrefOf, NEW_RECORD } from 'local/router';
import { session } from 'local/session';

interface Entry {
    readonly href: string;
    readonly label: string;
    readonly note: string;
    readonly side: string;
}

/** Setup for custom metadata: its types, the records of one, and, with `record`, the form of one of those. */
export default class SetupPage extends LightningElement {
    home: SetupHome | undefined;
    metadataType: SetupType | undefined;
    failure: string | undefined;
    private typeName: string | undefined;
    private recordName: string | undefined;
    private handler: number | undefined;

    @api get type(): string | undefined {
        return this.typeName;
    }
    set type(name: string | undefined) {
        if (name === this.typeName) return;
        this.typeName = name;
        if (this.isConnected) void this.load();
    }
    @api get record(): string | undefined {
        return this.recordName;
    }
    set record(name: string | undefined) {
        this.recordName = name;
    }

    override connectedCallback(): void {
        this.handler = addHandler(() => (this.failure ? this.load() : Promise.resolve()));
        void this.load();
    }
    override disconnectedCallback(): void {
        if (this.handler !== undefined) removeHandler(this.handler);
    }

    get denied(): boolean {
        return !session().user.setup;
    }
    get editsRecord(): boolean {
        return this.metadataType !== undefined && this.recordName !== undefined;
    }
    get heading(): string {
        return this.metadataType?.pluralLabel ?? 'Custom metadata types';
    }
    get description(): string {
        return (
            this.metadataType?.description ??
            (this.metadataType ? '' : 'Settings of the app that an administrator changes without a deployment.')
        );
    }
    get newHref(): string {
        return hrefOf({ page: 'setup', type: this.typeName, record: NEW_RECORD });
    }
    get empty(): boolean {
        return this.metadataType?.rows.length === 0;
    }
    get entries(): Entry[] {
        if (this.metadataType) {
            const { name, rows } = this.metadataType;
            return rows.map(({ developerName, label, origin, values }) => ({
                href: hrefOf({ page: 'setup', type: name, record: developerName }),
                label,
                note: developerName,
                side: [
                    values['Active__c'] === false ? 'Inactive' : '',
                    origin === 'changed' ? 'Changed here' : origin === 'added' ? 'Added here' : '',
                ]
                    .filter(Boolean)
                    .join(' · '),
            }));
        }
        return (this.home?.types ?? []).map(({ name, pluralLabel, description, records }) => ({
            href: hrefOf({ page: 'setup', type: name }),
            label: pluralLabel,
            note: description ?? name,
            side: `${records} ${records === 1 ? 'record' : 'records'}`,
        }));
    }

    async load(): Promise<void> {
        if (this.denied) return;
        const type = this.typeName;
        try {
            if (type) {
                const found = await readSetupType(type);
                if (type === this.typeName) this.metadataType = found;
            } else {
                this.metadataType = undefined;
                this.home = await readSetupHome();
            }
            this.failure = undefined;
        } catch (error) {
            this.failure = explain(error);
        }
    }
}
