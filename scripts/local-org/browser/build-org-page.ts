/** The page of an org whose components came by deploys: what the org keeps is laid out as a project and built like one. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { COMPONENTS } from '../../build/components.ts';
import type { MetadataFile } from '../metadata/files.ts';
import { buildPage } from './build.ts';

const LAID_OUT = /^(lwc|labels|translations)\//;

/** Whether a change of this file (`MetadataFile.path`) changes the page's scripts. */
export function isPageSource(file: string): boolean {
    return LAID_OUT.test(file);
}

/** Whether any component has come by a deploy; otherwise the project's own page is the org's. */
export function hasDeployedComponents(files: readonly MetadataFile[]): boolean {
    return files.some((file) => isScript(file.path));
}

/**
 * Builds the page into the data directory, unless nothing has changed since, and returns its folder. Components without a script among `files` were read from
 * the project, where they are TypeScript. Throws with the compiler's message.
 */
export async function buildOrgPage(options: {
    readonly projectRoot: string;
    readonly dataDir: string;
    readonly files: readonly MetadataFile[];
    readonly log: (line: string) => void;
}): Promise<string> {
    const { projectRoot, dataDir, files, log } = options;
    const sourceRoot = path.join(path.resolve(dataDir), 'page-source');
    await rm(sourceRoot, { recursive: true, force: true });
    const sources = files.filter((file) => isPageSource(file.path));
    const deployed = new Set(sources.filter((file) => isScript(file.path)).map((file) => bundleOf(file.path)));
    for (const { path: file, content } of sources) {
        const bundle = bundleOf(file);
        if (bundle === null || deployed.has(bundle)) {
            await write(path.join(sourceRoot, 'force-app', 'main', 'default', file), content);
        } else if (file === `lwc/${bundle}/${bundle}.js-meta.xml`) {
            const folder = path.join(COMPONENTS, bundle);
            await cp(path.join(projectRoot, folder), path.join(sourceRoot, folder), { recursive: true });
        }
    }
    const outDir = path.join(path.resolve(dataDir), 'page');
    await buildPage({ projectRoot, sourceRoot, outDir, log });
    return outDir;
}

async function write(file: string, content: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
}

const bundleOf = (file: string): string | null => /^lwc\/([^/]+)\//.exec(file)?.[1] ?? null;

function isScript(file: string): boolean {
    const bundle = bundleOf(file);
    return bundle !== null && file === `lwc/${bundle}/${bundle}.js`;
}
