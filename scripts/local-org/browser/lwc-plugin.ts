/**
 * A Rolldown plugin that does what the platform does with a Lightning web component: finds `c/…`, `lightning/…` and `@salesforce/…`, strips the types and
 * compiles scripts, templates and styles with the platform's own compiler.
 */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@lwc/compiler';
import { resolveModule } from '@lwc/module-resolver';
import type { Plugin } from 'rolldown';
import ts from 'typescript';
import { API_VERSION, TYPE_STRIPPING } from '../../build/components.ts';

export interface LwcPluginOptions {
    readonly projectRoot: string;
    /** `…/force-app/main/default/lwc`, absolute, in the project or elsewhere: the bundles of namespace `c`. */
    readonly productDir: string;
    /** Our modules of the namespaces `local` and `lightning` (stand-ins for platform modules): `<dir>/<namespace>/<name>/`. */
    readonly modulesDir: string;
    /** Compiled base components: name to file. Without it they are compiled from their source. */
    readonly baseComponents?: ReadonlyMap<string, string>;
    /** Source of a `@salesforce/…` module; throws for one that does not exist. */
    readonly platformModule: (id: string) => string;
    /** Module ids to leave to the bundle that uses this one. */
    readonly external?: (id: string) => boolean;
}

const COMPILED = '.lwc.js';
const EMPTY = '\0lwc-empty.js';
const PLATFORM = '\0platform:';
export const BASE_COMPONENTS = 'node_modules/lightning-base-components';

export function lwcPlugin(options: LwcPluginOptions): Plugin {
    const { projectRoot, productDir, modulesDir, baseComponents, platformModule, external = () => false } = options;
    const library = realpathSync(path.join(projectRoot, BASE_COMPONENTS));
    const roots = [productDir, modulesDir, path.join(library, 'src')].map((root) => root + path.sep);
    const isComponentFile = (file: string): boolean => roots.some((root) => file.startsWith(root));

    function resolveComponent(id: string, importer: string | undefined): string | undefined {
        const [namespace, name] = id.split('/') as [string, string];
        if (namespace === 'c') return entryOf(path.join(productDir, name), name);
        const own = entryOf(path.join(modulesDir, namespace, name), name);
        if (own) return own;
        if (namespace !== 'lightning') return undefined;
        const compiled = baseComponents?.get(name);
        if (compiled) return compiled;
        try {
            const from = importer ? sourceOf(importer) : path.join(projectRoot, 'package.json');
            const { entry } = resolveModule(id, from, {
                rootDir: projectRoot,
                modules: [{ npm: 'lightning-base-components' }],
            });
            return asCompiled(realpathSync(entry));
        } catch (error) {
            if (isNotFound(error)) return undefined;
            throw error;
        }
    }

    function resolvePlatformModule(id: string, importer: string | undefined): string {
        // The library's own labels and switches come with it.
        if (importer && sourceOf(importer).startsWith(library) && !/^@salesforce\/(i18n|client|user)\//.test(id)) {
            const shipped = path.join(library, 'scopedImports', `${id.replaceAll('/', '-')}.js`);
            if (existsSync(shipped)) return shipped;
            try {
                return realpathSync(resolveModule(id, sourceOf(importer), { rootDir: projectRoot }).entry);
            } catch (error) {
                if (!isNotFound(error)) throw error;
            }
        }
        return `${PLATFORM}${id}.js`;
    }

    return {
        name: 'lwc',
        resolveId: {
            order: 'pre',
            handler(id, importer) {
                if (id === EMPTY || id.startsWith(PLATFORM)) return id;
                if (external(id)) return { id, external: true };
                if (id.startsWith('@salesforce/')) return resolvePlatformModule(id, importer);
                if (/^(c|lightning|local|force)\/\w+$/.test(id)) {
                    const found = resolveComponent(id, importer);
                    if (!found)
                        throw new Error(`${id}, imported by ${nameOf(importer)}, does not exist. ${advice(id)}`);
                    return found;
                }
                if (!importer || !isComponentFile(sourceOf(importer))) return undefined;
                if (id.startsWith('.')) return resolveBeside(id, path.dirname(sourceOf(importer)));
                // What the compiler imports is the project's, wherever the component lies.
                return this.resolve(id, path.join(projectRoot, 'package.json'), { skipSelf: true });
            },
        },
        load(id) {
            if (id === EMPTY) return { code: 'export default undefined;', moduleType: 'js' };
            if (id.startsWith(PLATFORM)) {
                return { code: platformModule(id.slice(PLATFORM.length, -'.js'.length)), moduleType: 'js' };
            }
            if (!withoutQuery(id).endsWith(COMPILED)) return undefined;
            const file = sourceOf(id);
            this.addWatchFile(file);
            return {
                code: compile(readFileSync(file, 'utf8'), file, id.endsWith('?scoped'), (w) => this.warn(w)),
                moduleType: 'js',
            };
        },
        transform(code, id) {
            const file = withoutQuery(id);
            if (id.startsWith('\0') || !/\.(ts|js)$/.test(file) || file.endsWith(COMPILED)) return undefined;
            if (!isComponentFile(file)) return undefined;
            const script = file.endsWith('.ts')
                ? ts.transpileModule(code, { fileName: file, compilerOptions: TYPE_STRIPPING }).outputText
                : code;
            return {
                code: compile(script, file.replace(/\.ts$/, '.js'), false, (w) => this.warn(w)),
                map: null,
                moduleType: 'js',
            };
        },
    };

    function compile(source: string, file: string, scopedStyles: boolean, warn: (message: string) => void): string {
        const [namespace, name] = file.startsWith(productDir + path.sep)
            ? ['c', path.relative(productDir, file).split(path.sep)[0] as string]
            : (path.dirname(file).split(path.sep).slice(-2) as [string, string]);
        let result: ReturnType<typeof transformSync>;
        try {
            result = transformSync(source, file, {
                namespace,
                name,
                scopedStyles,
                enableDynamicComponents: true,
                enableLwcOn: true,
                enableSyntheticElementInternals: namespace === 'lightning',
                enableStaticContentOptimization: true,
                ...(namespace === 'c' ? { apiVersion: API_VERSION } : {}),
            });
        } catch (error) {
            throw new Error(withPlace(error, path.relative(projectRoot, file)));
        }
        const { code, warnings } = result;
        if (namespace !== 'lightning') {
            for (const warning of warnings ?? []) warn(`${path.relative(projectRoot, file)}: ${warning.message}`);
        }
        return code;
    }
}

/** The compiler's message with file and line before it. */
function withPlace(error: unknown, file: string): string {
    if (!(error instanceof Error)) return `${file}: ${String(error)}`;
    const { location } = error as Error & { location?: { line: number; column: number } };
    const place = location ? `${file}:${location.line}:${location.column}` : file;
    return `${place}: ${error.message.replaceAll(/^.*?: (?=LWC)/g, '')}`;
}

function entryOf(directory: string, name: string): string | undefined {
    for (const extension of ['ts', 'js', 'html', 'css']) {
        const file = path.join(directory, `${name}.${extension}`);
        if (existsSync(file)) return asCompiled(file);
    }
    return undefined;
}

/** `./x.html` and `./x.css` that the compiler asks for need not exist; a script may leave out its extension. */
function resolveBeside(id: string, directory: string): string | undefined {
    const file = path.resolve(directory, withoutQuery(id));
    if (/\.(html|css)$/.test(file)) {
        return existsSync(file) ? file + COMPILED + (id.includes('scoped=true') ? '?scoped' : '') : EMPTY;
    }
    return [file, `${file}.ts`, `${file}.js`].find(
        (candidate) => existsSync(candidate) && statSync(candidate).isFile(),
    );
}

function advice(id: string): string {
    if (id.startsWith('c/')) return 'Add the bundle under force-app/main/default/lwc, or correct the import.';
    return 'The local org has no such platform module: add a stand-in under scripts/local-org/browser/page/lwc, or do without it.';
}

const asCompiled = (file: string): string => (/\.(html|css)$/.test(file) ? file + COMPILED : file);
const withoutQuery = (id: string): string => id.replace(/\?.*$/, '');
const sourceOf = (id: string): string => {
    const file = withoutQuery(id);
    return file.endsWith(COMPILED) ? file.slice(0, -COMPILED.length) : file;
};
const nameOf = (importer: string | undefined): string =>
    importer ? path.relative('.', sourceOf(importer)) : 'the page';
const isNotFound = (error: unknown): boolean =>
    error instanceof Error && 'code' in error && error.code === 'NO_LWC_MODULE_FOUND';
