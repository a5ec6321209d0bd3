import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { z } from 'zod';
import type { MetadataFile } from './files.ts';
import { MetadataError } from './xml.ts';

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
    const ignored = ignoredPatterns(projectRoot);
    const files: MetadataFile[] = [];
    for (const { path } of parsed.data.packageDirectories) {
        for (const folder of [join(path, 'main', 'default'), join(path, 'default')]) {
            for (const found of globSync('**/*', { cwd: join(projectRoot, folder), withFileTypes: true })) {
                const shown = join(found.parentPath, found.name).slice(join(projectRoot, '/').length);
                const file = join(projectRoot, shown);
                const isBuilt = file.endsWith('.js') && existsSync(file.replace(/\.js$/, '.ts'));
                if (found.isFile() && !isBuilt && !ignored.some((pattern) => matchesGlob(shown, pattern))) {
                    const content = readFileSync(file, 'utf8');
                    files.push({ path: shown.slice(join(folder, '/').length), shown, content, firstLine: 1 });
                }
            }
        }
    }
    return { apiVersion: parsed.data.sourceApiVersion, files: files.sort((a, b) => (a.shown < b.shown ? -1 : 1)) };
}

/** Lines of .forceignore, as globs. */
function ignoredPatterns(projectRoot: string): readonly string[] {
    const file = join(projectRoot, '.forceignore');
    return existsSync(file)
        ? readFileSync(file, 'utf8')
              .split(/\r?\n/)
              .map((line) => line.trim())
              .filter((line) => line !== '' && !line.startsWith('#'))
        : [];
}
