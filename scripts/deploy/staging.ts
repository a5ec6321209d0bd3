/** A folder of its own for each deploy: only what shall travel lies in it, and the working tree stays as it was. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { API_VERSION } from '../lib/connection.ts';
import { CommandError } from '../lib/errors.ts';
import type { Component } from './components.ts';
import { manifest } from './removal-plan.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

/** Runs `work` in a new folder with the CLI's project file, and removes the folder. */
export function inStaging<T>(work: (folder: string) => Promise<T>): Promise<T> {
    return inTemporaryFolder(async (folder) => {
        await mkdir(join(folder, 'force-app'));
        const project = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: API_VERSION };
        await writeFile(join(folder, 'sfdx-project.json'), JSON.stringify(project));
        return work(folder);
    });
}

/** Copies the components' files and turns their TypeScript into the JavaScript that the platform takes. */
export async function stageComponents(
    projectRoot: string,
    folder: string,
    components: readonly Component[],
): Promise<void> {
    for (const file of new Set(components.flatMap(({ files }) => files))) {
        await mkdir(dirname(join(folder, file)), { recursive: true });
        await copyFile(join(projectRoot, file), join(folder, file));
    }
    if (existsSync(join(projectRoot, '.forceignore'))) {
        await copyFile(join(projectRoot, '.forceignore'), join(folder, '.forceignore'));
    }
    // The compilers take half a second to load, and an uninstall needs none.
    const { compileComponents } = await import('../build/components.ts');
    const { problems } = await compileComponents({ projectRoot: folder, write: true });
    if (problems.length > 0) {
        throw new CommandError(
            `The components cannot be built:\n${problems.join('\n')}`,
            'Correct them; `npm run build -- --check` shows them too. Nothing was sent.',
        );
    }
    const scripts = await readdir(folder, { recursive: true });
    await Promise.all(scripts.filter((file) => file.endsWith('.ts')).map((file) => rm(join(folder, file))));
}

/** Writes a deploy that deletes components and adds none; returns its folder, relative to the staging folder. */
export async function stageRemoval(
    folder: string,
    components: readonly Pick<Component, 'type' | 'fullName'>[],
): Promise<string> {
    await mkdir(join(folder, 'removal'));
    await writeFile(join(folder, 'removal', 'package.xml'), manifest([], API_VERSION));
    await writeFile(join(folder, 'removal', 'destructiveChanges.xml'), manifest(components, API_VERSION));
    return 'removal';
}
