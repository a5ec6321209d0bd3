/** Turns the TypeScript of the components into the JavaScript that the platform takes, and has the platform's compiler look at every bundle. */
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transformSync } from '@lwc/compiler';
import ts from 'typescript';

export const COMPONENTS = 'force-app/main/default/lwc';
/** As in the bundles' metadata. */
export const API_VERSION = 67;

/** Strips types and nothing else: decorators have to reach the platform's compiler as they were written. */
export const TYPE_STRIPPING: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    useDefineForClassFields: true,
    experimentalDecorators: false,
};

export interface Compilation {
    readonly bundles: number;
    readonly scripts: number;
    /** `path:line:column: message`, relative to the project; empty when the platform would take everything. */
    readonly problems: readonly string[];
}

/** Compiles every bundle. With `write` each script is left as `.js` beside its source, unless there are problems: a deploy is all or nothing. */
export async function compileComponents(options: {
    readonly projectRoot: string;
    readonly write: boolean;
}): Promise<Compilation> {
    const root = path.join(options.projectRoot, COMPONENTS);
    const files = globSync('*/**/*.{ts,html,css}', { cwd: root })
        .filter((file) => !file.split(path.sep).includes('__tests__') && !file.endsWith('.d.ts'))
        .sort();
    const problems: string[] = [];
    const scripts = new Map<string, string>();
    for (const file of files) {
        const shown = path.join(COMPONENTS, file);
        const source = await readFile(path.join(root, file), 'utf8');
        let code = source;
        if (file.endsWith('.ts')) {
            const stripped = stripTypes(source, shown);
            problems.push(...stripped.problems);
            code = stripped.code;
            scripts.set(path.join(root, file.replace(/\.ts$/, '.js')), code);
        }
        problems.push(...compilerProblems(code, file, shown));
    }
    if (options.write && problems.length === 0) {
        await Promise.all([...scripts].map(([file, code]) => writeFile(file, code)));
    }
    const bundles = new Set(files.map((file) => file.split(path.sep)[0]));
    return { bundles: bundles.size, scripts: scripts.size, problems };
}

function stripTypes(source: string, file: string): { code: string; problems: string[] } {
    const { outputText, diagnostics = [] } = ts.transpileModule(source, {
        fileName: file,
        compilerOptions: TYPE_STRIPPING,
        reportDiagnostics: true,
    });
    const problems = diagnostics.map(({ start = 0, messageText }) => {
        const before = source.slice(0, start).split('\n');
        const place = `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
        return `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    return { code: outputText, problems };
}

function compilerProblems(code: string, file: string, shown: string): string[] {
    const name = file.split(path.sep)[0] as string;
    try {
        const { warnings = [] } = transformSync(code, file.replace(/\.ts$/, '.js'), {
            name,
            namespace: 'c',
            apiVersion: API_VERSION,
        });
        return warnings.map(({ message, location }) => place(message, shown, location));
    } catch (error) {
        const { message, location } = error as Error & { location?: { line: number; column: number } };
        return [place(message, shown, location)];
    }
}

/** The compiler's own path, where it gives one, is replaced by the source's. */
function place(message: string, file: string, location: { line: number; column: number } | undefined): string {
    const at = location ? `${file}:${location.line}:${location.column}` : file;
    const start = message.search(/LWC\d+/);
    return `${at}: ${start > 0 ? message.slice(start) : message}`;
}
