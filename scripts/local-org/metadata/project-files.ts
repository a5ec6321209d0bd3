import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, matchesGlob, relative } from 'node:path';
import { z } from 'zod';
import type { MetadataFile } from './files.ts';
import { MetadataError } from './problems.ts';

const projectFile = z.object({
    packageDirectories: z.array(z.object({ path: z.string() })),
    sourceApiVersion: z.string(),
});

/**
 * The metadata of every package directory of sfdx-project.json. Leaves out what .forceignore leaves out, and JavaScript that is made from TypeScript
 * beside it. Throws MetadataError for a project file that cannot be read.
 */
export function projectFiles(projectRoot: string): {
    readonly apiVersion: string;
    readonly files: readonly MetadataFile[];
} {
    const parsed = projectFile.safeParse(JSON.parse(readFileSync(join(projectRoot, 'sfdx-project.json'), 'utf8')));
    if (!parsed.success) {
        throw new MetadataError('sfdx-project.json', z.prettifyError(parsed.error));
    }
    const isIgnored = ignoredBy(projectRoot);
    const files: MetadataFile[] = [];
    for (const { path } of parsed.data.packageDirectories) {
        for (const folder of [join(path, 'main', 'default'), join(path, 'default')]) {
            for (const found of globSync('**/*', { cwd: join(projectRoot, folder), withFileTypes: true })) {
                const file = join(found.parentPath, found.name);
                const shown = relative(projectRoot, file);
                const isBuilt = file.endsWith('.js') && existsSync(file.replace(/\.js$/, '.ts'));
                if (found.isFile() && !isBuilt && !isIgnored(shown)) {
                    const content = readFileSync(file, 'utf8');
                    files.push({ path: relative(folder, shown), shown, content, firstLine: 1 });
                }
            }
        }
    }
    return { apiVersion: parsed.data.sourceApiVersion, files };
}

/** Whether a file, by its path in the project, is in .forceignore or one that the Salesforce CLI never takes along. */
function ignoredBy(projectRoot: string): (path: string) => boolean {
    const file = join(projectRoot, '.forceignore');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : [];
    const patterns = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
    const unknown = patterns.find((pattern) => pattern.startsWith('!'));
    if (unknown !== undefined) {
        throw new MetadataError(
            '.forceignore',
            `the local org does not support "${unknown}"; name what is left out only.`,
        );
    }
    const globs = ['.*', ...patterns].flatMap((pattern) => {
        const name = pattern.replace(/^\/|\/$/g, '');
        const glob = pattern.replace(/\/$/, '').includes('/') ? name : `**/${name}`;
        return [glob, `${glob}/**`];
    });
    return (path) => globs.some((glob) => matchesGlob(path, glob));
}
