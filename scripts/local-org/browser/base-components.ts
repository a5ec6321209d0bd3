/** Compiles the genuine lightning-base-components once; a page build then takes them as they are. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown, type Plugin } from 'rolldown';
import { COMPONENTS } from '../../build/components.ts';
import { BASE_COMPONENTS, lwcPlugin } from './lwc-plugin.ts';

/** Resolved by the page, which knows the user's locale, time zone and screen. */
const isPageModule = (id: string): boolean => /^@salesforce\/(i18n|client|user)\//.test(id) || id.startsWith('force/');

/** Right-to-left icons double the size of the library; no shipped language needs them. */
const withoutRightToLeftIcons: Plugin = {
    name: 'without-rtl-icons',
    resolveId: {
        order: 'pre',
        handler: (id) => (/^lightning\/iconSvgTemplates\w*Rtl$/.test(id) ? '\0no-icons.js' : undefined),
    },
    load: (id) => (id === '\0no-icons.js' ? 'export default {};' : undefined),
};

/**
 * Bundles every base component that the page may use, leaving `lwc` and our stand-ins to the page's own bundle.
 * Returns the file of each by its bare name (`button`). The result is kept under `cacheDir`, named by the versions it was made from.
 */
export async function compileBaseComponents(options: {
    readonly projectRoot: string;
    readonly modulesDir: string;
    readonly cacheDir: string;
    readonly log: (line: string) => void;
}): Promise<ReadonlyMap<string, string>> {
    const { projectRoot, modulesDir, cacheDir, log } = options;
    const standIns = new Set(readdirSync(path.join(modulesDir, 'lightning')).map((name) => `lightning/${name}`));
    const target = path.join(cacheDir, `base-components-${versionsHash(projectRoot, standIns)}`);
    const index = path.join(target, 'index.json');
    if (!existsSync(index)) {
        log('Compiling the Lightning base components (once) …');
        const staging = `${target}.${process.pid}`;
        try {
            await compileInto(staging, projectRoot, modulesDir, standIns);
            await removeOlder(cacheDir);
            await rename(staging, target);
        } catch (error) {
            if (!existsSync(index)) throw error; // else another build was quicker
        } finally {
            await rm(staging, { recursive: true, force: true });
        }
    }
    const names = JSON.parse(readFileSync(index, 'utf8')) as string[];
    return new Map(names.map((name) => [name, path.join(target, `${name}.js`)]));
}

async function compileInto(
    directory: string,
    projectRoot: string,
    modulesDir: string,
    standIns: ReadonlySet<string>,
): Promise<void> {
    const names = exposedNames(projectRoot, standIns);
    const bundle = await rolldown({
        input: Object.fromEntries(names.map((name) => [name, `lightning/${name}`])),
        platform: 'browser',
        logLevel: 'silent',
        external: (id) =>
            /^@?lwc(\/|$)/.test(id) || id === 'lightning/mobileCapabilities' || id === 'lightning/primitiveUtils',
        transform: {
            define: { 'import.meta.env.SSR': 'false', 'process.env.NODE_ENV': '"production"' },
        },
        plugins: [
            withoutRightToLeftIcons,
            lwcPlugin({
                projectRoot,
                productDir: path.join(projectRoot, COMPONENTS),
                modulesDir,
                platformModule: () => 'export default undefined;',
                external: (id) => standIns.has(id) || isPageModule(id),
            }),
        ],
    });
    await bundle.write({
        dir: directory,
        format: 'esm',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
    });
    await bundle.close();
    await writeFile(path.join(directory, 'index.json'), JSON.stringify(names));
}

/** Finished ones only: a directory with a process id in its name is being written. */
async function removeOlder(cacheDir: string): Promise<void> {
    const older = readdirSync(cacheDir).filter((name) => /^base-components-\w+$/.test(name));
    await Promise.all(older.map((name) => rm(path.join(cacheDir, name), { recursive: true, force: true })));
}

function exposedNames(projectRoot: string, standIns: ReadonlySet<string>): string[] {
    const manifest = JSON.parse(readFileSync(path.join(projectRoot, BASE_COMPONENTS, 'package.json'), 'utf8')) as {
        lwc: { expose: string[] };
    };
    return manifest.lwc.expose
        .filter((id) => !standIns.has(id) && !/Rtl$|iconSvgTemplates/.test(id))
        .filter((id) => existsSync(path.join(projectRoot, BASE_COMPONENTS, 'src', id)))
        .map((id) => id.split('/')[1] as string);
}

function versionsHash(projectRoot: string, standIns: ReadonlySet<string>): string {
    const hash = createHash('sha256');
    for (const name of ['lightning-base-components', 'lwc', '@lwc/compiler', 'rolldown']) {
        const { version } = JSON.parse(
            readFileSync(path.join(projectRoot, 'node_modules', name, 'package.json'), 'utf8'),
        ) as { version: string };
        hash.update(`${name}@${version}\n`);
    }
    for (const file of ['base-components.ts', 'lwc-plugin.ts']) {
        hash.update(readFileSync(path.join(import.meta.dirname, file)));
    }
    hash.update([...standIns].sort().join());
    return hash.digest('hex').slice(0, 12);
}
