/** A playbook file read, with the line of every entry, so that each problem can say where it is. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document, Scalar } from 'yaml';
import type { z } from 'zod';
import { CommandError } from '../lib/errors.ts';
import { playbookSchema } from './format.ts';
import type { PlaybookContent } from './format.ts';

/** Something wrong in a file: what, and what to do. */
export interface FileProblem {
    readonly file: string;
    /** 1-based. */
    readonly line: number;
    readonly message: string;
    readonly action: string;
}

export type EntryPath = readonly (string | number)[];

export interface PlaybookSource {
    readonly file: string;
    readonly content: PlaybookContent;
    /** Line of an entry, or of the nearest entry around it that exists. With `offset`, the line of that character of a text. */
    line(path: EntryPath, offset?: number): number;
}

export type ReadResult =
    | { readonly source: PlaybookSource; readonly problems: readonly [] }
    | { readonly source: null; readonly problems: readonly FileProblem[] };

export function formatProblem(problem: FileProblem): string {
    return `${problem.file}:${problem.line}: ${problem.message} ${problem.action}`.trimEnd();
}

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

export async function readPlaybookFile(file: string): Promise<ReadResult> {
    return readPlaybook(file, await readFile(file, 'utf8'));
}

/** Parses and checks the shape; what the entries mean together is checked in checks.ts. */
export function readPlaybook(file: string, text: string): ReadResult {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    if (document.errors.length > 0) {
        return {
            source: null,
            problems: document.errors.map((error) => ({
                file,
                line: lines.linePos(error.pos[0]).line,
                message: `This is not readable as YAML: ${error.message}.`,
                action: 'Look at the indentation and the quotes; put texts with a colon or a # into "double quotes".',
            })),
        };
    }
    const line = (path: EntryPath, offset = 0): number => lineOf(document, lines, path, offset);
    const parsed = playbookSchema.safeParse(document.toJS());
    if (!parsed.success) {
        return {
            source: null,
            problems: parsed.error.issues
                .flatMap((issue) => describeIssue(file, issue, line))
                .sort((a, b) => a.line - b.line),
        };
    }
    return { source: { file, content: parsed.data, line }, problems: [] };
}

function lineOf(document: Document, lines: LineCounter, path: EntryPath, offset: number): number {
    for (let length = path.length; length > 0; length -= 1) {
        const node = keyOrValue(document, path.slice(0, length));
        if (node !== null) {
            const start = lines.linePos(node.start).line;
            return length === path.length ? start + linesBefore(node.text, offset) : start;
        }
    }
    return 1;
}

interface Place {
    readonly start: number;
    /** Set for a block of text (`|`): its first line is the one after. */
    readonly text: string | null;
}

function keyOrValue(document: Document, path: EntryPath): Place | null {
    const value = document.getIn(path, true);
    if (isScalar(value) && value.range) {
        const block = value.type === 'BLOCK_LITERAL' || value.type === 'BLOCK_FOLDED';
        return { start: value.range[0], text: block ? String((value as Scalar).value) : null };
    }
    const parent = document.getIn(path.slice(0, -1), true);
    if (isMap(parent)) {
        const pair = parent.items.find(
            (item) => isPair(item) && isScalar(item.key) && item.key.value === path[path.length - 1],
        );
        if (pair !== undefined && isScalar(pair.key) && pair.key.range) {
            return { start: pair.key.range[0], text: null };
        }
    }
    return isNode(value) && value.range ? { start: value.range[0], text: null } : null;
}

function linesBefore(text: string | null, offset: number): number {
    return text === null ? 0 : 1 + (text.slice(0, offset).match(/\n/g)?.length ?? 0);
}

function describeIssue(file: string, issue: z.core.$ZodIssue, line: PlaybookSource['line']): FileProblem[] {
    const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => ({
            file,
            line: line([...path, key]),
            message: `There is no entry “${key}” here${suggestion(key, path)}`,
            action: 'Correct its name or take it out.',
        }));
    }
    const name = path.findLast((part) => typeof part === 'string') ?? 'The file';
    // zod tells a missing entry from a wrong one only in its message.
    const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    return [
        {
            file,
            line: line(path),
            message: missing ? `“${name}” is missing.` : `“${name}” ${requirement(issue)}.`,
            action: missing ? 'Add it.' : 'Correct it; the comment at the top of at-risk.yaml explains each entry.',
        },
    ];
}

const EXPECTED: Readonly<Record<string, string>> = {
    number: 'a number',
    int: 'a whole number',
    string: 'text',
    array: 'a list',
    object: 'a group of entries',
};

function requirement(issue: z.core.$ZodIssue): string {
    if (issue.code === 'invalid_type') {
        return `has to be ${EXPECTED[issue.expected] ?? issue.expected}`;
    }
    if (issue.code === 'too_small') {
        const least = Number(issue.minimum);
        return issue.origin === 'string'
            ? 'is empty'
            : issue.origin === 'array'
              ? `needs at least ${least === 1 ? 'one entry' : `${least} entries`}`
              : `has to be at least ${least}`;
    }
    return issue.code === 'invalid_union' ? 'has to be yes or no' : `is wrong (${issue.message})`;
}

const ENTRY_NAMES = {
    playbook: Object.keys(playbookSchema.shape),
    step: Object.keys(playbookSchema.shape.steps.element.shape),
};

/** The end of a sentence about an unknown entry: the known one that it was probably meant to be. */
function suggestion(key: string, path: EntryPath): string {
    const names = path.length === 0 ? ENTRY_NAMES.playbook : path[0] === 'steps' ? ENTRY_NAMES.step : [];
    const nearest = [...names].sort((a, b) => distance(a, key) - distance(b, key))[0];
    return nearest !== undefined && distance(nearest, key) <= 3 ? `; did you mean “${nearest}”?` : '.';
}
