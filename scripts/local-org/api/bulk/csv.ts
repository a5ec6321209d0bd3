import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';

/** How a job writes its rows; names and meanings are the platform's. */
const DELIMITERS = { BACKQUOTE: '`', CARET: '^', COMMA: ',', PIPE: '|', SEMICOLON: ';', TAB: '\t' } as const;
const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;

export const csvFormat = {
    columnDelimiter: z.enum(['BACKQUOTE', 'CARET', 'COMMA', 'PIPE', 'SEMICOLON', 'TAB']).default('COMMA'),
    lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
};
export interface CsvFormat {
    readonly columnDelimiter: keyof typeof DELIMITERS;
    readonly lineEnding: keyof typeof LINE_ENDINGS;
}

/** Why a whole job fails, in the platform's form `Code : words`. */
export class JobFailure extends Error {}

/** One line of CSV with its ending; every value is quoted, as the platform's results are. */
export function csvLine(values: readonly string[], { columnDelimiter, lineEnding }: CsvFormat): string {
    return (
        values.map((value) => `"${value.replaceAll('"', '""')}"`).join(DELIMITERS[columnDelimiter]) +
        LINE_ENDINGS[lineEnding]
    );
}

/** Some data rows of an upload, in its order. */
export interface RowChunk {
    readonly header: readonly string[];
    /** Number of the first of `rows` among the data rows, from 0. */
    readonly first: number;
    readonly rows: readonly (readonly string[])[];
}

/**
 * Reads an uploaded file in chunks, from data row `from` on, without holding more than a chunk. A file without data rows gives one chunk
 * without rows. Throws JobFailure for what is no CSV.
 */
export async function* readRows(
    file: string,
    format: CsvFormat,
    from: number,
    size: number,
): AsyncGenerator<RowChunk, void> {
    const input = createReadStream(file);
    const parser = parse({
        bom: true,
        delimiter: DELIMITERS[format.columnDelimiter],
        record_delimiter: LINE_ENDINGS[format.lineEnding],
        relax_column_count: true,
        skip_empty_lines: true,
    });
    input.on('error', (error) => parser.destroy(error)).pipe(parser);
    let header: readonly string[] | null = null;
    let next = 0;
    let rows: (readonly string[])[] = [];
    try {
        for await (const record of parser as AsyncIterable<readonly string[]>) {
            if (header === null) {
                header = record;
                continue;
            }
            next += 1;
            if (next > from) {
                rows.push(record);
            }
            if (rows.length === size) {
                yield { header, first: next - size, rows };
                rows = [];
            }
        }
        if (rows.length > 0 || next === 0) {
            yield { header: header ?? [], first: next - rows.length, rows };
        }
    } catch (error) {
        throw error instanceof CsvError ? new JobFailure(csvProblem(error)) : error;
    } finally {
        input.destroy();
    }
}

function csvProblem(error: CsvError): string {
    const line = typeof error['lines'] === 'number' ? ` (line ${error['lines']})` : '';
    switch (error.code) {
        case 'CSV_QUOTE_NOT_CLOSED':
            return `InvalidBatch : Failed to parse CSV. EOF reached before closing an opened quote${line}`;
        case 'INVALID_OPENING_QUOTE':
        case 'CSV_INVALID_CLOSING_QUOTE':
            return `InvalidBatch : Failed to parse CSV. Found unescaped quote. A value with quote should be within a quote${line}`;
        default:
            return `InvalidBatch : Failed to parse CSV. ${error.message}`;
    }
}
