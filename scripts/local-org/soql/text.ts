import { failure, PlatformFailure } from '../failure.ts';

/** Characters of the query that an error shows on either side of the place. */
const AROUND = 40;
/** Brackets in brackets; anything deeper is no query. */
const DEEPEST = 50;
const LONGEST = 100_000;

/** The query with its text literals blanked, so that words in them are not taken for the query's own; every other character stays in its place. */
function withoutLiterals(soql: string): string {
    return soql.replace(/'(?:[^'\\]|\\.)*'/gs, (literal) => `'${' '.repeat(literal.length - 2)}'`);
}

/** An error with the place it speaks of, as the platform writes it: the text around, a caret, row and column. */
function errorAt(soql: string, offset: number, errorCode: string, message: string): PlatformFailure {
    const before = soql.slice(0, offset).split('\n');
    const column = before.at(-1)?.length ?? 0;
    const line = soql.split('\n')[before.length - 1] ?? '';
    let start = Math.max(0, column - AROUND);
    while (start > 0 && /\S/.test(line.charAt(start - 1))) {
        start -= 1;
    }
    const excerpt = line.slice(start, column + AROUND);
    const caret = `${' '.repeat(column - start)}^`;
    return failure(errorCode, `\n${excerpt}\n${caret}\nERROR at Row:${before.length}:Column:${column + 1}\n${message}`);
}

/** Runs `work` for a query; a refusal that names a part of it says where that stands. */
export function locating<T>(soql: string, work: () => T): T {
    try {
        return work();
    } catch (error) {
        if (!(error instanceof PlatformFailure)) {
            throw error;
        }
        const [{ errorCode, message } = { errorCode: '', message: '' }] = error.errors;
        const named =
            /unexpected token: '<EOF>'/.test(message) || message.startsWith('\n')
                ? undefined
                : /'([^']+)'|: ([\w.]+)$/.exec(message)?.slice(1).find(Boolean);
        const offset = named === undefined ? -1 : offsetOf(soql, named);
        throw offset < 0 ? error : errorAt(soql, offset, errorCode, message);
    }
}

function offsetOf(soql: string, word: string): number {
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const [before, after] = [/^\w/.test(word) ? '(?<!\\w)' : '', /\w$/.test(word) ? '(?!\\w)' : ''];
    const match = new RegExp(before + escaped + after, 'i').exec(withoutLiterals(soql));
    return match?.index ?? -1;
}

/** Refuses what the parsing library takes and the platform does not: AND mixed with OR without brackets, texts and brackets without end. */
export function checkText(soql: string): void {
    if (soql.length > LONGEST) {
        throw failure('QUERY_TOO_COMPLICATED', `The query is longer than ${LONGEST} characters.`);
    }
    const frames: (string | null)[] = [null];
    for (const match of withoutLiterals(soql).matchAll(/[()]|\b(?:AND|OR|WHERE|HAVING|SELECT)\b/gi)) {
        const token = match[0].toUpperCase();
        const operator = frames.at(-1);
        if (token === '(') {
            frames.push(null);
        } else if (token === ')') {
            frames.pop();
        } else if (token !== 'AND' && token !== 'OR') {
            frames[frames.length - 1] = null;
        } else if (operator !== null && operator !== token) {
            throw errorAt(soql, match.index, 'MALFORMED_QUERY', `unexpected token: '${match[0]}'`);
        } else {
            frames[frames.length - 1] = token;
        }
        if (frames.length > DEEPEST) {
            throw errorAt(soql, match.index, 'QUERY_TOO_COMPLICATED', `More than ${DEEPEST} brackets are open here.`);
        }
    }
}

/** The parsing library's complaint in the platform's words. */
export function unexpected(complaint: string): PlatformFailure {
    const found = /but found(?: -->|:) *'?(.*?)'?(?: <--)?$/s.exec(complaint.trim())?.[1];
    return failure(
        'MALFORMED_QUERY',
        found === undefined ? complaint : `unexpected token: '${found === '' ? '<EOF>' : found}'`,
    );
}
