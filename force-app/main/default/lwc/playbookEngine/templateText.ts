/** Where the formulas stand in a text with merge fields: `Hello {!Champion__r.FirstName}`. */

export type TemplatePart =
    | { readonly kind: 'text'; readonly text: string }
    /** `start`: offset of the formula itself in the text. `closed` is false when its } is missing. */
    | { readonly kind: 'formula'; readonly source: string; readonly start: number; readonly closed: boolean };

/** Up to the } that closes a merge field: text in quotes may hold one itself. */
const FORMULA = /(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^}"'])*/y;

export function templateParts(template: string): readonly TemplatePart[] {
    const parts: TemplatePart[] = [];
    let at = 0;
    while (at < template.length) {
        const open = template.indexOf('{!', at);
        if (open < 0) {
            parts.push({ kind: 'text', text: template.slice(at) });
            break;
        }
        if (open > at) {
            parts.push({ kind: 'text', text: template.slice(at, open) });
        }
        const start = open + 2;
        FORMULA.lastIndex = start;
        const source = FORMULA.exec(template)?.[0] ?? '';
        const end = start + source.length;
        if (template.charAt(end) === '}') {
            parts.push({ kind: 'formula', source, start, closed: true });
            at = end + 1;
        } else {
            // A quote or the } is missing. The text goes on after the next } on the line, so that one mistake stays one mistake.
            const rest = /^[^}\n]*/.exec(template.slice(start))?.[0] ?? '';
            const close = start + rest.length;
            parts.push({ kind: 'formula', source: rest, start, closed: template.charAt(close) === '}' });
            at = template.charAt(close) === '}' ? close + 1 : close;
        }
    }
    return parts;
}

export function templateFormulas(template: string): readonly string[] {
    return templateParts(template).flatMap((part) => (part.kind === 'formula' ? [part.source] : []));
}
