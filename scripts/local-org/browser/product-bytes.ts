/** How much code of its own the product brings to the Account page. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { rolldown } from 'rolldown';
import { COMPONENTS } from '../../build/components.ts';
import { lwcPlugin } from './lwc-plugin.ts';

export interface ProductBytes {
    /** Bare names of the components that the page places. */
    readonly components: readonly string[];
    /** Minified bytes (UTF-8, not compressed) of their modules and all `c/*` modules that these import, templates and styles included. */
    readonly bytes: number;
}

/** Measures the `c/*` modules behind the record pages of an object. What the platform itself brings (`lwc`, `lightning/*`, labels) does not count. */
export async function productBytes(projectRoot: string, objectApiName = 'Account'): Promise<ProductBytes> {
    const components = componentsOnPages(projectRoot, objectApiName);
    if (!components.length)
        throw new Error(`No record page of ${objectApiName} in force-app places a component of the project.`);
    const bundle = await rolldown({
        input: Object.fromEntries(components.map((name) => [name, `c/${name}`])),
        platform: 'browser',
        logLevel: 'silent',
        plugins: [
            lwcPlugin({
                projectRoot,
                productDir: path.join(projectRoot, COMPONENTS),
                modulesDir: path.join(import.meta.dirname, 'page/lwc'),
                platformModule: () => 'export default undefined;',
                external: (id) => /^(@?lwc|lightning|@salesforce)(\/|$)/.test(id),
            }),
        ],
    });
    const { output } = await bundle.generate({ format: 'esm', minify: true });
    await bundle.close();
    const chunks = output.flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
    return { components, bytes: chunks.reduce((sum, code) => sum + Buffer.byteLength(code), 0) };
}

function componentsOnPages(projectRoot: string, objectApiName: string): string[] {
    const parser = new XMLParser();
    const names = globSync('force-app/**/flexipages/*.flexipage-meta.xml', { cwd: projectRoot }).flatMap((file) => {
        const xml = readFileSync(path.join(projectRoot, file), 'utf8');
        const { FlexiPage } = parser.parse(xml) as { FlexiPage?: { sobjectType?: string } };
        if (FlexiPage?.sobjectType !== objectApiName) return [];
        return [...xml.matchAll(/<componentName>(?:c:)?(\w+)<\/componentName>/g)].map((match) => match[1] as string);
    });
    return [...new Set(names)].sort();
}
