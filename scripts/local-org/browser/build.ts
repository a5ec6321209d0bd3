/**
 * Builds the page of the local org: our shell, the product's components as they deploy, the genuine base components and SLDS 2, all of it served from one
 * directory, nothing from elsewhere.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { rolldown, type Plugin } from 'rolldown';
import { COMPONENTS } from '../../build/components.ts';
import { copyDesignSystem, type DesignSystem } from './assets.ts';
import { compileBaseComponents } from './base-components.ts';
import { lwcPlugin } from './lwc-plugin.ts';
import { LABEL_FILES, platformModules, readLabels, readTranslations, TRANSLATION_FILES } from './platform-modules.ts';

export interface BuildOptions {
    readonly projectRoot: string;
    /** Holds the product's `force-app`: the project itself by default, or what an org keeps of its deploys. */
    readonly sourceRoot?: string;
    /** Holds `index.html` and `assets/` afterwards; replaced as a whole. */
    readonly outDir: string;
    readonly log: (line: string) => void;
}

const PAGE_DIR = path.join(import.meta.dirname, 'page');
const MODULES_DIR = path.join(PAGE_DIR, 'lwc');
const STAMP = 'build.json';

/** Builds unless nothing has changed since the last build. Throws with the compiler's message, file and line when a component does not compile. */
export async function buildPage({
    projectRoot,
    sourceRoot = projectRoot,
    outDir,
    log,
}: BuildOptions): Promise<{ built: boolean }> {
    const stamp = sourcesHash(projectRoot, sourceRoot);
    if ((await readStamp(outDir)) === stamp) return { built: false };

    const started = performance.now();
    const cacheDir = path.join(projectRoot, '.cache');
    await mkdir(cacheDir, { recursive: true });
    const baseComponents = await compileBaseComponents({ projectRoot, modulesDir: MODULES_DIR, cacheDir, log });

    const staging = `${outDir}.${process.pid}`;
    try {
        await rm(staging, { recursive: true, force: true });
        await mkdir(path.join(staging, 'assets'), { recursive: true });
        const assetsDir = path.join(staging, 'assets');
        const entry = await bundlePage({ projectRoot, sourceRoot, assetsDir, baseComponents, log });
        const design = await copyDesignSystem(projectRoot, assetsDir);
        await writeFile(path.join(staging, 'index.html'), indexHtml(entry, design));
        await writeFile(path.join(staging, STAMP), JSON.stringify({ stamp }));
        await replaceDirectory(outDir, staging);
    } finally {
        await rm(staging, { recursive: true, force: true });
    }
    log(`Built the page in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    return { built: true };
}

/** Returns the file name of the script that the page starts with. */
async function bundlePage(options: {
    readonly projectRoot: string;
    readonly sourceRoot: string;
    readonly assetsDir: string;
    readonly baseComponents: ReadonlyMap<string, string>;
    readonly log: (line: string) => void;
}): Promise<string> {
    const { projectRoot, sourceRoot, assetsDir, baseComponents, log } = options;
    const bundle = await rolldown({
        input: { main: path.join(PAGE_DIR, 'main.ts') },
        platform: 'browser',
        transform: { define: { 'import.meta.env.SSR': 'false', 'process.env.NODE_ENV': '"production"' } },
        checks: { bundlerTimings: false },
        onLog: (_level, entry) => log(entry.message),
        plugins: [
            productComponents(sourceRoot),
            lwcPlugin({
                projectRoot,
                productDir: path.join(sourceRoot, COMPONENTS),
                modulesDir: MODULES_DIR,
                baseComponents,
                platformModule: platformModules(projectRoot, readLabels(sourceRoot), readTranslations(sourceRoot)),
            }),
        ],
    });
    try {
        const { output } = await bundle.write({
            dir: assetsDir,
            format: 'esm',
            entryFileNames: '[name]-[hash].js',
            chunkFileNames: '[name]-[hash].js',
        });
        const main = output.find((file) => file.type === 'chunk' && file.isEntry);
        if (!main) throw new Error('The page has no entry; this is a defect of the build.');
        return main.fileName;
    } finally {
        await bundle.close();
    }
}

/** Moves `staging` to where `directory` was. Of several builds at once the last one stays; each is complete. */
async function replaceDirectory(directory: string, staging: string): Promise<void> {
    const previous = `${staging}.previous`;
    for (let attempt = 1; ; attempt++) {
        await rename(directory, previous).catch(ignoreMissing);
        try {
            await rename(staging, directory);
            break;
        } catch (error) {
            if (attempt === 5) throw error; // another build came between, time and again
            await rm(previous, { recursive: true, force: true });
        }
    }
    await rm(previous, { recursive: true, force: true });
}

function ignoreMissing(error: unknown): void {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

/** `local/productComponents`: every exposed bundle by name, loaded when a page asks for it. */
function productComponents(sourceRoot: string): Plugin {
    const id = '\0product-components.js';
    return {
        name: 'product-components',
        resolveId: { order: 'pre', handler: (wanted) => (wanted === 'local/productComponents' ? id : undefined) },
        load(wanted) {
            if (wanted !== id) return undefined;
            const entries = exposedBundles(sourceRoot).map(
                (name) => `${JSON.stringify(name)}: () => import('c/${name}').then((module) => module.default),`,
            );
            return `export const productComponents = {\n${entries.join('\n')}\n};`;
        },
    };
}

/** Names of the bundles that an app builder could place on a page, by their metadata. */
export function exposedBundles(sourceRoot: string): string[] {
    const directory = path.join(sourceRoot, COMPONENTS);
    if (!existsSync(directory)) return [];
    const parser = new XMLParser();
    return readdirSync(directory)
        .sort()
        .filter((name) => {
            const file = path.join(directory, name, `${name}.js-meta.xml`);
            if (!existsSync(file)) return false;
            const meta = parser.parse(readFileSync(file)) as { LightningComponentBundle?: { isExposed?: unknown } };
            return String(meta.LightningComponentBundle?.isExposed) === 'true';
        });
}

function indexHtml(entry: string, design: DesignSystem): string {
    return `<!doctype html>
<html lang="en">
    <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Local org</title>
        <link rel="icon" type="image/svg+xml" href="/assets/${design.icon}" />
        <link rel="stylesheet" href="/assets/${design.slds}" />
        <link rel="stylesheet" href="/assets/${design.page}" />
        <script type="module" src="/assets/${entry}"></script>
    </head>
    <body>
        <div id="app"><p class="local-starting" role="status">Loading …</p></div>
        <noscript>This page needs JavaScript.</noscript>
    </body>
</html>
`;
}

async function readStamp(outDir: string): Promise<string | undefined> {
    try {
        return (JSON.parse(await readFile(path.join(outDir, STAMP), 'utf8')) as { stamp?: string }).stamp;
    } catch {
        return undefined; // not built yet, or broken off: build
    }
}

function sourcesHash(projectRoot: string, sourceRoot: string): string {
    const hash = createHash('sha256');
    const add = (root: string, files: readonly string[]): void => {
        for (const file of [...files].sort()) {
            hash.update(`${file}\n`)
                .update(readFileSync(path.join(root, file)))
                .update('\n');
        }
    };
    add(import.meta.dirname, filesOf(import.meta.dirname, ['**/*']));
    const product = filesOf(sourceRoot, [`${COMPONENTS}/**/*`, LABEL_FILES, TRANSLATION_FILES]);
    const scripts = new Set(product.filter((file) => file.endsWith('.ts')));
    // Scripts compiled for a deploy lie beside their source.
    add(
        sourceRoot,
        product.filter((file) => !(file.endsWith('.js') && scripts.has(file.replace(/\.js$/, '.ts')))),
    );
    add(projectRoot, ['package-lock.json']);
    return hash.digest('hex');
}

/** Files without tests, relative to `root`. */
function filesOf(root: string, patterns: string[]): string[] {
    return globSync(patterns, { cwd: root, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('__tests__'))
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
