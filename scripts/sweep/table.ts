/** A table in plain text: the first column to the left, numbers to the right. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
    const widths = head.map((title, at) =>
        Math.max(...[head, ...rows].map((row) => width(row[at] ?? '')), width(title)),
    );
    const line = (cells: readonly string[]): string =>
        cells
            .map((cell, at) => pad(cell, widths[at] ?? 0, at === 0))
            .join('  ')
            .trimEnd();
    return [line(head), widths.map((count) => '─'.repeat(count)).join('  '), ...rows.map(line)];
}

function pad(text: string, to: number, left: boolean): string {
    const space = ' '.repeat(Math.max(0, to - width(text)));
    return left ? text + space : space + text;
}

const graphemes = new Intl.Segmenter();
/** Letters as they are seen, not as they are coded. */
function width(text: string): number {
    return [...graphemes.segment(text)].length;
}
