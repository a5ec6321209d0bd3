/**
 * What the org's metadata is made of: files in source format, wherever they came from. A start reads them from the project's folders, a deploy takes them out of
 * its zip (where several lie in one file), and the database keeps those of earlier deploys.
 */
export interface MetadataFile {
    /**
     * In source format, with `/`, below the package directory's `main/default`: `objects/Playbook__c/fields/Key__c.field-meta.xml`,
     * `lwc/playbookPanel/playbookPanel.js`, `labels/CustomLabels.labels-meta.xml`. Unique in an org.
     */
    readonly path: string;
    /** The file that its author knows it by: `force-app/main/default/objects/…` at a start, `objects/Playbook__c.object` in a deploy. */
    readonly shown: string;
    readonly content: string;
    /** The line of `shown` on which `content` begins, from 1. */
    readonly firstLine: number;
}

/** Where something in the metadata is defined, for messages. */
export interface Source {
    /** `shown` of the file. */
    readonly file: string;
    /** Metadata API name: `CustomField`; empty when the file is of no known type. */
    readonly type: string;
    /** `Playbook__c.Key__c`; empty when unknown. */
    readonly fullName: string;
    /** In `file`, from 1; null when it is about the file as a whole. */
    readonly line: number | null;
    readonly column: number | null;
}

/** A mistake in metadata that a deploy fails for. */
export interface MetadataProblem extends Source {
    /** What is wrong and what to do, without the file's name. */
    readonly message: string;
}
