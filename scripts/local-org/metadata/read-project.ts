import { projectFiles } from './project-files.ts';
import { readMetadata } from './read-metadata.ts';
import type { Schema } from './schema.ts';
import { MetadataError } from './problems.ts';

/** The schema of a project's package directories. Throws MetadataError with all of its problems, for what it does not support or a deploy would refuse. */
export function readProject(projectRoot: string): Schema {
    const { apiVersion, files } = projectFiles(projectRoot);
    const { schema, problems } = readMetadata(files, apiVersion);
    const [first, ...others] = problems;
    if (first) {
        throw new MetadataError(first, first.message, others);
    }
    return schema;
}
