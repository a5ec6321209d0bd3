/**
 * The CSV of bulk results, piece by piece as it comes. csv-parse reads some 80,000 rows of 16 columns a second, which would make a sweep of a
 * million accounts wait for it; looking for the quotes with `indexOf` reads ten times as many. Its tests hold it against csv-parse.
 */

export type CsvRow = Readonly<Record<string, string>>;

const QUOTE = 34;
const COMMA = 44;
const LF = 10;
const CR = 13;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * RFC 4180 with commas, lines ending in LF or CRLF, values quoted or not; the first line names the columns. Values of a row point into the
 * piece of text that they came in: whoever keeps a few values of many rows copies them, or the whole text stays in memory.
 */
export class CsvScanner {
    readonly #decoder = new TextDecoder();
    #rest = '';
    #columns: readonly string[] | null = null;

    /** Names of the columns; null before the first line has come. */
    get columns(): readonly string[] | null {
        return this.#columns;
    }

    /** Rows that `piece` completes. Throws SyntaxError for a row that does not fit the header. */
    add(piece: Uint8Array): CsvRow[] {
        return this.#scan(this.#rest + this.#decoder.decode(piece, { stream: true }), false);
    }

    /** Rows that were not complete before the end. */
    end(): CsvRow[] {
        const rows = this.#scan(this.#rest + this.#decoder.decode(), true);
        if (this.#rest !== '') {
            throw new SyntaxError('The CSV ends within a quoted value.');
        }
        return rows;
    }

    #scan(text: string, last: boolean): CsvRow[] {
        const rows: CsvRow[] = [];
        let start = 0;
        while (start < text.length) {
            const line = readLine(text, start, last, this.#columns);
            if (line === null) {
                break;
            }
            start = line.end;
            if (line.names !== null) {
                this.#columns = line.names;
            } else if (line.row !== null) {
                rows.push(line.row);
            }
        }
        this.#rest = text.slice(start);
        return rows;
    }
}

interface Line {
    /** Of the header. */
    readonly names: readonly string[] | null;
    /** Null for the header and for an empty line. */
    readonly row: CsvRow | null;
    /** Where the next line begins. */
    readonly end: number;
}

/** Null: the line is not complete. */
function readLine(text: string, start: number, last: boolean, columns: readonly string[] | null): Line | null {
    const names: string[] = [];
    const row: Record<string, string> = {};
    let count = 0;
    let at = start;
    for (;;) {
        const after = text.charCodeAt(at) === QUOTE ? endOfQuoted(text, at, last) : endOfPlain(text, at, last);
        if (after < 0) {
            return null;
        }
        const value = valueOf(text, at, after);
        if (columns === null) {
            names.push(count === 0 && value.startsWith(BYTE_ORDER_MARK) ? value.slice(1) : value);
        } else {
            row[columns[count] ?? ''] = value;
        }
        count += 1;
        const separator = text.charCodeAt(after);
        if (separator === COMMA) {
            at = after + 1;
            continue;
        }
        const end = lineEnd(text, after, separator, last);
        if (end < 0) {
            return null;
        }
        if (columns === null) {
            return { names, row: null, end };
        }
        if (count !== columns.length) {
            if (count === 1 && after === start) {
                return { names: null, row: null, end };
            }
            throw new SyntaxError(`A row of the CSV has ${count} values for ${columns.length} columns.`);
        }
        return { names: null, row, end };
    }
}

function valueOf(text: string, at: number, after: number): string {
    if (text.charCodeAt(at) !== QUOTE) {
        return text.slice(at, after);
    }
    const value = text.slice(at + 1, after - 1);
    return value.includes('"') ? value.replaceAll('""', '"') : value;
}

/** Where the next line begins after a value that ends at `after`; -1 when what follows has not come yet. */
function lineEnd(text: string, after: number, separator: number, last: boolean): number {
    if (separator === LF) {
        return after + 1;
    }
    if (separator === CR && text.charCodeAt(after + 1) === LF) {
        return after + 2;
    }
    if (after >= text.length || (separator === CR && after + 1 >= text.length)) {
        return last ? text.length : -1;
    }
    throw new SyntaxError('A quoted value of the CSV is followed by neither a comma nor the end of the line.');
}

/** Just after the closing quote; -1 when it, or what would tell it from a doubled one, has not come yet. */
function endOfQuoted(text: string, at: number, last: boolean): number {
    let quote = text.indexOf('"', at + 1);
    while (quote >= 0 && text.charCodeAt(quote + 1) === QUOTE) {
        quote = text.indexOf('"', quote + 2);
    }
    return quote < 0 || (quote + 1 >= text.length && !last) ? -1 : quote + 1;
}

/** At the comma or line end after a value without quotes; -1 when it has not come yet. */
function endOfPlain(text: string, at: number, last: boolean): number {
    for (let next = at; next < text.length; next += 1) {
        const code = text.charCodeAt(next);
        if (code === COMMA || code === LF || (code === CR && text.charCodeAt(next + 1) === LF)) {
            return next;
        }
        if (code === CR && next + 1 >= text.length && !last) {
            return -1;
        }
    }
    return last ? text.length : -1;
}
