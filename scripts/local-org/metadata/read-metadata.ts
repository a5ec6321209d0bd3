import type { MetadataFile, MetadataProblem } from './files.ts';
import type { Schema } from './schema.ts';

/**
 * Reads a complete set of files into one schema. Never throws for bad metadata: every file's mistakes are collected, checkMetadata()'s among them.
 * The schema is usable only when there are no problems.
 */
export function readMetadata(
    files: readonly MetadataFile[],
    apiVersion: string,
): { readonly schema: Schema; readonly problems: readonly MetadataProblem[] } {
    throw new Error(`not there yet: ${files.length} ${apiVersion}`);
}
