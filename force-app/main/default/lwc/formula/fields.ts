import type { FieldNode } from './nodes';
import type { Compiler, Run } from './runs';

/** Reads a number, date, instant or time field. */
export function readNumber({ frame, blanks }: Compiler, field: FieldNode): Run<number> {
    const cell = frame.cell(field, blanks);
    const { values, index } = cell;
    return () => {
        const value = values[index];
        if (typeof value === 'number') {
            return value;
        }
        const settled = cell.settle();
        return typeof settled === 'number' ? settled : null;
    };
}

export function readText({ frame, blanks }: Compiler, field: FieldNode): Run<string> {
    const cell = frame.cell(field, blanks);
    const { values, index } = cell;
    return () => {
        const value = values[index];
        if (typeof value === 'string' && value !== '') {
            return value;
        }
        const settled = cell.settle();
        return typeof settled === 'string' ? settled : null;
    };
}

export function readCheckbox({ frame, blanks }: Compiler, field: FieldNode): Run<boolean> {
    const cell = frame.cell(field, blanks);
    return () => cell.settle() === true;
}
