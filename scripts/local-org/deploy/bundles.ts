import { setImmediate } from 'node:timers/promises';
import type { MetadataFile } from '../metadata/files.ts';
import type { Schema } from '../metadata/schema.ts';
import { importProblem, importsOf } from './bundle-imports.ts';
import type { DeployedComponent } from './decompose.ts';
import { failed, type DeployMessage } from './message.ts';

/** What a bundle is made of on the platform. */
const COMPILED = ['js', 'html', 'css'];
const KEPT = ['svg', 'js-meta.xml'];

/** For a bundle whose description could not be read. */
const LATEST = 67;

interface Place {
    readonly line: number;
    readonly column: number;
}

/**
 * Compiles the Lightning web components of a deploy with the platform's compiler and looks for what their code refers to. `schema`: of the org as it would be;
 * null when it could not be read, then references are not looked at.
 */
export async function checkBundles(
    components: readonly DeployedComponent[],
    schema: Schema | null,
): Promise<readonly DeployMessage[]> {
    const failures: DeployMessage[] = [];
    for (const bundle of components.filter((one) => one.type === 'LightningComponentBundle')) {
        failures.push(...checkFiles(bundle));
        for (const file of bundle.files.filter((one) => COMPILED.includes(extensionOf(one)))) {
            await setImmediate(); // Others ask the org something meanwhile.
            failures.push(...(await checkSource(file, bundle, schema)));
        }
    }
    return failures;
}

/** `js-meta.xml`, `html`; of a path in the bundle's folder. */
function extensionOf({ path }: MetadataFile): string {
    return path.endsWith('.js-meta.xml') ? 'js-meta.xml' : path.slice(path.lastIndexOf('.') + 1);
}

function checkFiles({ fullName, files }: DeployedComponent): readonly DeployMessage[] {
    const failures = files.flatMap((file) => {
        const extension = extensionOf(file);
        if (extension === 'ts') {
            return [
                failure(
                    file,
                    fullName,
                    'TypeScript is not deployed: build the JavaScript, and leave **/*.ts out with .forceignore.',
                ),
            ];
        }
        return [...COMPILED, ...KEPT].includes(extension)
            ? []
            : [
                  failure(
                      file,
                      fullName,
                      `A bundle holds files of the kinds ${[...COMPILED, ...KEPT].join(', ')}; take this one out.`,
                  ),
              ];
    });
    const main = `lwc/${fullName}/${fullName}`;
    const [first] = files;
    for (const [extension, hint] of [
        ['js', 'Build the JavaScript before the deploy.'],
        ['js-meta.xml', 'Every bundle has one.'],
    ]) {
        if (first && !files.some((file) => file.path === `${main}.${extension ?? ''}`)) {
            failures.push(
                failure(
                    first,
                    fullName,
                    `Cannot find Lightning Component Bundle file ${fullName}.${extension ?? ''}. ${hint ?? ''}`,
                ),
            );
        }
    }
    return failures;
}

async function checkSource(
    file: MetadataFile,
    bundle: DeployedComponent,
    schema: Schema | null,
): Promise<readonly DeployMessage[]> {
    const component = schema?.components.get(bundle.fullName);
    // Loaded when a bundle is deployed: a start does without the compiler.
    const { transformSync } = await import('@lwc/compiler');
    let code: string;
    try {
        const result = transformSync(file.content, file.path.replace(/^lwc\//, ''), {
            name: bundle.fullName,
            namespace: 'c',
            apiVersion: Math.floor(Number(component?.apiVersion ?? LATEST)),
        });
        const errors = (result.warnings ?? []).filter(({ level }) => ERROR_LEVELS.includes(level));
        if (errors.length > 0) {
            return errors.map(({ message, location }) => compileFailure(file, bundle, message, location));
        }
        code = result.code;
    } catch (error) {
        return [compileFailure(file, bundle, messageOf(error), locationOf(error))];
    }
    if (!schema || !component) {
        return [];
    }
    const isScript = file.path.endsWith('.js');
    return importsOf(isScript ? file.content : code).flatMap(({ name, line, column }) => {
        // What a template or style sheet imports from its own bundle is the compiler's.
        if (!isScript && name.startsWith('.')) {
            return [];
        }
        const problem = importProblem(name, { file, bundle, schema });
        const place = isScript ? { line, column } : placeOfTag(file.content, name);
        return problem === null ? [] : [failure(file, bundle.fullName, problem, place)];
    });
}

/** Of LWC's DiagnosticLevel: fatal and error; the rest are warnings. */
const ERROR_LEVELS: readonly number[] = [0, 1];

/** `c/otherThing` is `<c-other-thing` in a template. */
function placeOfTag(template: string, name: string): Place | null {
    const tag = `<${name.replace('/', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const at = template.indexOf(tag);
    const before = template.slice(0, at).split('\n');
    return at < 0 ? null : { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function compileFailure(
    file: MetadataFile,
    bundle: DeployedComponent,
    message: string,
    at: Place | null | undefined,
): DeployMessage {
    // Without the machine's path, the code frame and what stands before the compiler's code. Columns of scripts count from 0.
    const [text = ''] = message.replaceAll(`${process.cwd()}/`, '').split('\n');
    const start = text.search(/LWC\d+/);
    const place = at ? { line: at.line, column: at.column + (file.path.endsWith('.js') ? 1 : 0) } : null;
    return failure(file, bundle.fullName, start > 0 ? text.slice(start) : text, place);
}

function failure(file: MetadataFile, bundle: string, message: string, place: Place | null = null): DeployMessage {
    const component = { componentType: 'LightningComponentBundle', fullName: bundle, fileName: file.shown };
    // Clients read the place out of the message, as the platform writes it there.
    const problem = place ? `[Line: ${place.line}, Col: ${place.column}] ${message}` : message;
    return failed(component, problem, place ?? undefined);
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}

function locationOf(error: unknown): Place | null {
    const location: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'location') : null;
    if (typeof location !== 'object' || location === null) {
        return null;
    }
    const [line, column] = [Number(Reflect.get(location, 'line')), Number(Reflect.get(location, 'column'))];
    return line > 0 ? { line, column } : null;
}
