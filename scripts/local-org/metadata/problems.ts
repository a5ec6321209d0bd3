import type { MetadataProblem, Source } from './files.ts';

/**
 * Metadata that the local org cannot take: a broken file, or something it does not support. `message` has a line for each problem, `file:line: what is wrong
 * and what to do`.
 */
export class MetadataError extends Error {
    readonly problems: readonly MetadataProblem[];

    /** `source` may be a file's name alone, when no more is known. */
    constructor(source: Source | string, message: string, others: readonly MetadataProblem[] = []) {
        const problem =
            typeof source === 'string'
                ? { file: source, type: '', fullName: '', line: null, column: null, message }
                : problemAt(source, message);
        const problems = [problem, ...others];
        super(problems.map(describe).join('\n'));
        this.name = 'MetadataError';
        this.problems = problems;
    }
}

export function problemAt({ file, type, fullName, line, column }: Source, message: string): MetadataProblem {
    return { file, type, fullName, line, column, message };
}

/** Collects mistakes, so that one of them does not hide the next. */
export class ProblemList {
    readonly problems: MetadataProblem[] = [];

    /** What `work` returns; null when it throws a MetadataError, whose problems are kept. */
    attempt<T>(work: () => T): T | null {
        try {
            return work();
        } catch (error) {
            if (error instanceof MetadataError) {
                this.problems.push(...error.problems);
                return null;
            }
            throw error;
        }
    }

    add(source: Source, message: string): void {
        this.problems.push(problemAt(source, message));
    }
}

function describe({ file, line, message }: MetadataProblem): string {
    return `${file}${line === null ? '' : `:${line}`}: ${message}`;
}
