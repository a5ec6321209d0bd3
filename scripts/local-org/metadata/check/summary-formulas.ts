import { checkFormula, type FieldTypeName, type HostFunctions, type Scope } from 'c/formula';
import type { MetadataProblem } from '../files.ts';
import { formulaType } from '../formula-scope.ts';
import type { Field } from '../schema.ts';
import { placeOf, problemInText, repeated, textOf, type Definition } from './definitions.ts';

const MOST = 5;
const GRAND_TOTALS = ['GRAND_SUMMARY', 'ROW_GRAND_SUMMARY', 'COLUMN_GRAND_SUMMARY'];
const NUMERIC = ['SUM', 'AVG', 'MAX', 'MIN', 'MEDIAN'];
const NUMBERS: readonly FieldTypeName[] = ['Number', 'Currency', 'Percent', 'Checkbox'];

/** Summary formulas of a report: `Obj__c.Field__c:SUM`, `RowCount`; no dates, no other summary formulas. */
export function* checkSummaryFormulas(
    report: Definition,
    columns: ReadonlyMap<string, Field>,
): Iterable<MetadataProblem> {
    const all = report.root.all('aggregates');
    const names = all.map((one) => textOf(one, 'developerName'));
    const scope = summaryScope(columns);
    const isMatrix = textOf(report.root, 'format') === 'Matrix';
    for (const one of repeated(all, (entry) => textOf(entry, 'developerName'))) {
        yield one.problem(
            `The summary formula ${textOf(one, 'developerName')} is there twice; number them FORMULA1, FORMULA2.`,
        );
    }
    if (all[MOST]) {
        yield all[MOST].problem(`A report has at most ${MOST} summary formulas; take some out.`);
    }
    for (const one of all) {
        if (!/^FORMULA\d+$/.test(textOf(one, 'developerName'))) {
            yield placeOf(one, 'developerName').problem('A summary formula is called FORMULA1, FORMULA2 and so on.');
        }
        const place = placeOf(one, 'calculatedFormula');
        const { issues } = checkFormula(place.text, scope, { expect: 'Number', functions: groupFunctions(isMatrix) });
        for (const issue of issues) {
            const part = place.text.slice(issue.position, issue.position + issue.length);
            const message = reasonOf(part, names, columns) ?? issue.message;
            yield problemInText(report, place, issue.position, `The summary formula does not compile: ${message}.`);
        }
    }
}

interface Figure {
    readonly path: string;
    readonly type: { readonly type: FieldTypeName };
}

/** What summary formulas over columns (`Table$Field`) may name. */
export function summaryScope(columns: ReadonlyMap<string, Field>): Scope {
    const figures = figuresOf(columns);
    return {
        resolve: (path) => figures.get(path.toLowerCase()),
        names: () => [...figures.values()].map(({ path }) => path),
    };
}

/** What summary formulas may name, by lower-case name: dots in place of the `$` of columns. */
function figuresOf(columns: ReadonlyMap<string, Field>): ReadonlyMap<string, Figure> {
    const figures: Figure[] = [{ path: 'RowCount', type: { type: 'Number' } }];
    for (const [column, field] of columns) {
        const path = column.replace('$', '.');
        const type = formulaType(field.kind);
        const aggregates = NUMBERS.includes(type) ? [...NUMERIC, 'UNIQUE'] : ['UNIQUE'];
        for (const aggregate of aggregates) {
            const isCount = type === 'Checkbox' || aggregate === 'UNIQUE';
            figures.push({ path: `${path}:${aggregate}`, type: { type: isCount ? 'Number' : type } });
        }
        // Levels of PARENTGROUPVAL and PREVGROUPVAL.
        figures.push({ path, type: { type: 'Text' } });
    }
    figures.push(...GRAND_TOTALS.map((path) => ({ path, type: { type: 'Text' as const } })));
    return new Map(figures.map((figure) => [figure.path.toLowerCase(), figure]));
}

/** Values of other groups; the levels are one in a summary report, one down and one across in a matrix. */
function groupFunctions(isMatrix: boolean): HostFunctions {
    const levels = isMatrix ? (['Text', 'Text'] as const) : (['Text'] as const);
    const evaluate = (): null => null;
    return {
        PARENTGROUPVAL: { parameters: ['Number', ...levels], returns: 'first', evaluate },
        PREVGROUPVAL: { parameters: ['Number', 'Text'], returns: 'first', evaluate },
    };
}

/** Why a name cannot stand in a summary formula, where that can be said better than that it is unknown. */
function reasonOf(part: string, formulas: readonly string[], columns: ReadonlyMap<string, Field>): string | null {
    const [path = '', aggregate] = part.split(':');
    const column = [...columns].find(([name]) => name.replace('$', '.').toLowerCase() === path.toLowerCase())?.[1];
    if (formulas.includes(part)) {
        return `${part} is a summary formula, and they cannot use each other; write its formula out`;
    }
    if (part.includes('$')) {
        return `${part}: summary formulas write a dot in place of the $`;
    }
    if (column && aggregate !== undefined) {
        return `${part}: a ${column.kind} has no ${aggregate} in summary formulas; copy a number into a field of the record`;
    }
    return column && aggregate === undefined ? `${part} needs a summary, such as ${part}:SUM` : null;
}
