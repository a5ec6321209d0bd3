/** Rows of a CSV file, streamed: byte-order mark, quotes and broken rows taken care of. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { CommandError } from '../lib/errors.ts';
import { suggestion } from '../lib/yaml-file.ts';

export interface CsvRow {
    /** Line on which the row ends, 1-based. */
    readonly line: number;
    readonly cells: Readonly<Record<string, string>>;
}

export interface CsvOptions {
    readonly delimiter: string;
    /** Columns that have to be there. */
    readonly columns: readonly string[];
    /** Told of rows that are no rows: too few or too many cells, a quote that never ends. */
    readonly onBroken: (line: number, reason: string) => void;
    readonly onBytes?: (bytes: number) => void;
}

interface ParsedRow {
    readonly record: Record<string, string>;
    readonly info: { readonly lines: number };
}

/** Throws CommandError when a column is missing; system errors when the file cannot be read. */
export async function* readCsvRows(file: string, options: CsvOptions): AsyncGenerator<CsvRow> {
    const input = createReadStream(file);
    let header: readonly string[] = [];
    const parser = parse({
        bom: true,
        delimiter: options.delimiter,
        info: true,
        trim: true,
        skip_empty_lines: true,
        columns: (names: string[]) => {
            header = names;
            checkHeader(file, names, options);
            return names;
        },
        skip_records_with_error: true,
        on_skip: (error) => {
            if (error !== undefined) {
                const lines: unknown = Reflect.get(error, 'lines');
                options.onBroken(typeof lines === 'number' ? lines : 0, brokenReason(error.code, header));
            }
        },
    });
    input.on('data', () => options.onBytes?.(input.bytesRead));
    input.on('error', (error) => parser.destroy(error));
    input.pipe(parser);
    try {
        for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
            yield { line: info.lines, cells: record };
        }
    } finally {
        input.destroy();
    }
}

function checkHeader(file: string, names: readonly string[], { columns, delimiter }: CsvOptions): void {
    const missing = columns.filter((column) => !names.includes(column));
    const first = missing[0];
    if (first === undefined) {
        return;
    }
    throw new CommandError(
        `${file}:1: There is no column “${first}”${suggestion(first, names)}`,
        names.length === 1
            ? `The first line is one single column: is the delimiter really “${delimiter}”?`
            : `The file has: ${names.join(', ')}. Correct the map, or take the right file.`,
    );
}

function brokenReason(code: string, header: readonly string[]): string {
    if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS' || code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') {
        return `The row has not the ${header.length} cells that the first line names.`;
    }
    return code.includes('QUOTE') ? 'A quotation mark stands where none can be.' : `The row cannot be read (${code}).`;
}
