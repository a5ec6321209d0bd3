/** From the text of a CSV cell to a value. */
import type { Value } from 'c/formula';
import type { ColumnType } from './map-format.ts';

export interface CellFormats {
    /** Tokens yyyy MM dd HH mm ss, anything else as it stands. */
    readonly dates: string;
    readonly decimalComma: boolean;
}

/** A cell that cannot be read; the message is one sentence without the column's name. */
export class CellError extends Error {}

export type CellReader = (text: string) => Value;

export function cellReader(type: ColumnType, formats: CellFormats): CellReader {
    switch (type) {
        case 'Text':
            return (text) => text || null;
        case 'Checkbox':
            return (text) => (text === '' ? null : readCheckbox(text));
        case 'Date': {
            const read = dateReader(formats.dates);
            return (text) => (text === '' ? null : read(text).slice(0, 10));
        }
        case 'DateTime': {
            const read = dateReader(formats.dates);
            return (text) => (text === '' ? null : read(text));
        }
        default:
            return (text) => (text === '' ? null : readNumber(text, formats.decimalComma));
    }
}

function readCheckbox(text: string): boolean {
    if (/^(true|yes|1)$/i.test(text)) {
        return true;
    }
    if (/^(false|no|0)$/i.test(text)) {
        return false;
    }
    throw new CellError(`“${text}” is neither true nor false`);
}

/** Digits may be grouped: 1,234.5 or, with a decimal comma, 1.234,5. */
function readNumber(text: string, decimalComma: boolean): number {
    const [group, point] = decimalComma ? ['.', ','] : [',', '.'];
    const plain = new RegExp(`^[+-]?(\\d{1,3}(\\${group}\\d{3})+|\\d+)?(\\${point}\\d+)?([eE][+-]?\\d+)?$`);
    const value = Number(text.replaceAll(group, '').replace(point, '.'));
    if (!plain.test(text) || !Number.isFinite(value)) {
        throw new CellError(`“${text}” is no number`);
    }
    return value;
}

const TOKENS: Readonly<Record<string, string>> = {
    yyyy: '(?<year>\\d{4})',
    MM: '(?<month>\\d{1,2})',
    dd: '(?<day>\\d{1,2})',
    HH: '(?<hour>\\d{1,2})',
    mm: '(?<minute>\\d{2})',
    ss: '(?<second>\\d{2})',
};

/** Reads a day in the given format as an ISO instant in UTC; a time in the text that the format does not name is refused. Throws CellError. */
export function dateReader(format: string): (text: string) => string {
    const pattern = new RegExp(
        `^${format.replace(/yyyy|MM|dd|HH|mm|ss|[^A-Za-z0-9]/g, (part) => TOKENS[part] ?? `\\${part}`)}$`,
    );
    return (text) => {
        const groups = pattern.exec(text)?.groups;
        if (groups === undefined) {
            throw new CellError(`“${text}” is not a date written as ${format}`);
        }
        const part = (name: string, otherwise: number): number => Number(groups[name] ?? otherwise);
        const [year, month, day] = [part('year', 1970), part('month', 1), part('day', 1)];
        const [hour, minute, second] = [part('hour', 0), part('minute', 0), part('second', 0)];
        const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
        // Date rolls over what does not exist: 31 April would become 1 May.
        if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
            throw new CellError(`“${text}” is a day or time that does not exist`);
        }
        return date.toISOString();
    };
}

/** Whether a date format names year, month and day. */
export function isDateFormat(format: string): boolean {
    return ['yyyy', 'MM', 'dd'].every((token) => format.includes(token));
}
