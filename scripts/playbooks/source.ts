/** Playbook files found and read. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../lib/errors.ts';
import { parseYamlFile } from '../lib/yaml-file.ts';
import type { ReadResult, YamlSource } from '../lib/yaml-file.ts';
import { playbookSchema } from './format.ts';
import type { PlaybookContent } from './format.ts';

export type PlaybookSource = YamlSource<PlaybookContent>;

/** The playbook files that arguments name: files as they are, folders with all their .yaml and .yml. */
export async function findPlaybookFiles(paths: readonly string[]): Promise<string[]> {
    const files: string[] = [];
    for (const path of paths) {
        if ((await stat(path)).isDirectory()) {
            const names = (await readdir(path)).filter((name) => /\.ya?ml$/.test(name)).sort();
            files.push(...names.map((name) => join(path, name)));
        } else {
            files.push(path);
        }
    }
    if (files.length === 0) {
        throw new CommandError(
            `There is no playbook file in ${paths.join(', ')}.`,
            'Name files that end in .yaml, or a folder with such files.',
        );
    }
    return [...new Set(files)];
}

export async function readPlaybookFile(file: string): Promise<ReadResult<PlaybookContent>> {
    return readPlaybook(file, await readFile(file, 'utf8'));
}

/** Parses and checks the shape; what the entries mean together is checked in checks.ts. */
export function readPlaybook(file: string, text: string): ReadResult<PlaybookContent> {
    return parseYamlFile(file, text, playbookSchema, 'the comment at the top of at-risk.yaml');
}
