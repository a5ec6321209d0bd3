import { z } from 'zod';
import { valueOf } from '../xml.ts';
import type { Finding, Project } from '../project.ts';

const API_VERSION = '67.0';
const LWC = /^(?<folder>force-app\/.+\/lwc\/(?<name>[^/]+))\//;

/** Every component bundle is whole: module, configuration and tests; one API version everywhere. */
export function bundles(project: Project): Finding[] {
    const folders = new Map<string, string>();
    for (const path of project.paths) {
        const { folder, name } = LWC.exec(path)?.groups ?? {};
        if (folder !== undefined && name !== undefined) folders.set(folder, name);
    }
    const there = new Set(project.paths);
    const findings: Finding[] = [];
    for (const [folder, name] of folders) {
        const say = (what: string, todo: string) => findings.push({ file: folder, what, todo });
        if (!there.has(`${folder}/${name}.js-meta.xml`)) say('has no js-meta.xml', `add ${name}.js-meta.xml`);
        if (!there.has(`${folder}/${name}.ts`)) say('has no module of its name', `add ${name}.ts`);
        if (!project.paths.some((path) => path.startsWith(`${folder}/__tests__/`) && path.endsWith('.test.ts'))) {
            say('has no test', 'add one under __tests__');
        }
        const pure = there.has(`${folder}/${name}.ts`) && !there.has(`${folder}/${name}.html`);
        if (pure) findings.push(...pathsOf(project, name, folder));
    }
    return [...findings, ...apiVersions(project), ...compiledFiles(project)];
}

/** Tools and tests find a pure module through the `paths` of tsconfig.json. */
function pathsOf(project: Project, name: string, folder: string): Finding[] {
    const config = tsconfig.parse(JSON.parse(project.read('tsconfig.json')));
    const target = `./${folder}/${name}.ts`;
    if (config.compilerOptions.paths[`c/${name}`]?.includes(target) === true) return [];
    return [{ file: 'tsconfig.json', what: `has no path for c/${name}`, todo: `add "c/${name}": ["${target}"]` }];
}

const tsconfig = z.object({ compilerOptions: z.object({ paths: z.record(z.string(), z.array(z.string())) }) });
const sfdxProject = z.object({ sourceApiVersion: z.string() });

function apiVersions(project: Project): Finding[] {
    const versions = project.metadata('js').map((file) => [file.path, valueOf(file.root, 'apiVersion')] as const);
    const { sourceApiVersion } = sfdxProject.parse(JSON.parse(project.read('sfdx-project.json')));
    return [...versions, ['sfdx-project.json', sourceApiVersion] as const]
        .filter(([, version]) => version !== API_VERSION)
        .map(([file, version]) => ({
            file,
            what: `names API version ${version ?? 'none'}`,
            todo: `the project is written for ${API_VERSION}: name that`,
        }));
}

/** Compiled output belongs to a deploy, not to the sources. */
function compiledFiles(project: Project): Finding[] {
    const there = new Set(project.paths);
    return project.paths
        .filter((path) => path.endsWith('.js') && there.has(path.replace(/\.js$/, '.ts')))
        .map((file) => ({ file, what: 'is compiled output beside its source', todo: 'remove it from git' }));
}
