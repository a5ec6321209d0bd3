/** A YAML file checked against a schema, with the line of every entry, so that each problem can say where it is. */
import { distance } from 'fastest-levenshtein';
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';

/** Something wrong in a file: what, and what to do. */
export interface FileProblem {
    readonly file: string;
    /** 1-based. */
    readonly line: number;
    readonly message: string;
    readonly action: string;
}

export type EntryPath = readonly (string | number)[];

export interface YamlSource<T> {
    readonly file: string;
    readonly content: T;
    /** Line of an entry, or of the nearest entry around it that exists. With `offset`, the line of that character of a text. */
    line(path: EntryPath, offset?: number): number;
}

export type ReadResult<T> =
    | { readonly source: YamlSource<T>; readonly problems: readonly [] }
    | { readonly source: null; readonly problems: readonly FileProblem[] };

export function formatProblem(problem: FileProblem): string {
    return `${problem.file}:${problem.line}: ${problem.message} ${problem.action}`.trimEnd();
}

/** Parses and checks the shape. `help` says where the entries are explained: "the comment at the top of …". */
export function parseYamlFile<T extends z.ZodType>(
    file: string,
    text: string,
    schema: T,
    help: string,
): ReadResult<z.output<T>> {
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
    const parsed = schema.safeParse(document.toJS());
    if (parsed.success) {
        return { source: { file, content: parsed.data, line }, problems: [] };
    }
    const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue, schema, help));
    return {
        source: null,
        problems: problems
            .map(({ path, message, action }) => ({ file, line: line(path), message, action }))
            .sort((a, b) => a.line - b.line),
    };
}

function lineOf(document: Document, lines: LineCounter, path: EntryPath, offset: number): number {
    for (let length = path.length; length > 0; length -= 1) {
        const place = placeOf(document, path.slice(0, length));
        if (place !== null) {
            const start = lines.linePos(place.start).line;
            return length === path.length ? start + linesBefore(place.text, offset) : start;
        }
    }
    return 1;
}

interface Place {
    readonly start: number;
    /** Set for a block of text (`|`): its first line is the one after. */
    readonly text: string | null;
}

function placeOf(document: Document, path: EntryPath): Place | null {
    const value = document.getIn(path, true);
    if (isScalar(value) && value.range) {
        const block = value.type === 'BLOCK_LITERAL' || value.type === 'BLOCK_FOLDED';
        return { start: value.range[0], text: block ? String(value.value) : null };
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

interface Finding {
    readonly path: EntryPath;
    readonly message: string;
    readonly action: string;
}

function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, help: string): Finding[] {
    const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => ({
            path: [...path, key],
            message: `There is no entry “${key}” here${suggestion(key, entryNames(schema, path))}`,
            action: 'Correct its name or take it out.',
        }));
    }
    const name = path.findLast((part) => typeof part === 'string') ?? 'The file';
    // zod tells a missing entry from a wrong one only in its message.
    const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    return [
        {
            path,
            message: missing ? `“${name}” is missing.` : `“${name}” ${requirement(issue)}.`,
            action: missing ? 'Add it.' : `Correct it; ${help} explains each entry.`,
        },
    ];
}

const EXPECTED: Readonly<Record<string, string>> = {
    number: 'a number',
    int: 'a whole number',
    string: 'text',
    array: 'a list',
    object: 'a group of entries',
    record: 'a group of entries',
};

function requirement(issue: z.core.$ZodIssue): string {
    if (issue.code === 'invalid_type') {
        return `has to be ${EXPECTED[issue.expected] ?? issue.expected}`;
    }
    if (issue.code === 'too_small') {
        const least = Number(issue.minimum);
        if (issue.origin === 'string') {
            return 'is empty';
        }
        return issue.origin === 'array'
            ? `needs at least ${least === 1 ? 'one entry' : `${least} entries`}`
            : `has to be at least ${least}`;
    }
    if (issue.code === 'invalid_value') {
        return `has to be one of ${issue.values.map(String).join(', ')}`;
    }
    if (issue.code === 'invalid_union') {
        return 'has to be yes or no';
    }
    return issue.code === 'custom' ? issue.message : `is wrong (${issue.message})`;
}

/** Names that the group of entries at a path may have, as far as the schema tells. */
function entryNames(schema: z.ZodType, path: EntryPath): string[] {
    let at: unknown = schema;
    for (const part of path) {
        at = inner(at);
        if (at instanceof z.ZodObject) {
            at = at.shape[String(part)];
        } else if (at instanceof z.ZodArray) {
            at = at.element;
        } else if (at instanceof z.ZodRecord) {
            at = at.valueType;
        } else {
            return [];
        }
    }
    at = inner(at);
    return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function inner(schema: unknown): unknown {
    return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? inner(schema.unwrap()) : schema;
}

/** The end of a sentence about an unknown entry: the known one that it was probably meant to be. */
export function suggestion(name: string, known: readonly string[]): string {
    const nearest = [...known].sort((a, b) => distance(a, name) - distance(b, name))[0];
    return nearest !== undefined && distance(nearest, name) <= 3 ? `; did you mean “${nearest}”?` : '.';
}
