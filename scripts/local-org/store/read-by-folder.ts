/** Stands in for metadata/read-metadata.ts until that reads files: through a temporary project folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { MetadataFile, MetadataProblem } from '../metadata/files.ts';
import { readProject } from '../metadata/read-project.ts';
import type { Schema } from '../metadata/schema.ts';

export function readMetadata(
    files: readonly MetadataFile[],
    apiVersion: string,
): { readonly schema: Schema; readonly problems: readonly MetadataProblem[] } {
    const folder = mkdtempSync(join(tmpdir(), 'local-org-read-'));
    try {
        const project = { packageDirectories: [{ path: 'force-app' }], sourceApiVersion: apiVersion };
        writeFileSync(join(folder, 'sfdx-project.json'), JSON.stringify(project));
        for (const { path, content } of files) {
            const target = join(folder, 'force-app', 'main', 'default', path);
            mkdirSync(dirname(target), { recursive: true });
            writeFileSync(target, content);
        }
        return { schema: readProject(folder), problems: [] };
    } finally {
        rmSync(folder, { recursive: true });
    }
}
