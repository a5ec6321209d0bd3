import { elements, xml } from '../../__tests__/small-project.ts';

export interface GroupingParts {
    readonly column: string;
    readonly granularity?: string;
    /** Order, before `sort`. */
    readonly extra?: string;
    /** Kind, name, aggregate. */
    readonly sort?: readonly [type: string, name: string, aggregate: string];
}

export interface ReportParts {
    readonly type?: string;
    readonly format?: 'Matrix';
    /** Name, then its aggregates. */
    readonly columns: readonly (readonly string[])[];
    readonly down?: readonly GroupingParts[];
    readonly across?: readonly GroupingParts[];
    /** Column, operator, value. */
    readonly filter?: readonly (readonly [string, string, string])[];
    readonly logic?: string;
    readonly formulas?: readonly { readonly type: string; readonly formula: string }[];
    readonly buckets?: string;
    readonly chart?: string;
    readonly extra?: string;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const grouping = (name: string, { column, granularity = 'Day', extra, sort }: GroupingParts): string => {
    const [type, by, aggregate] = sort ?? [];
    return `<${name}>${aggregate === undefined ? '' : elements({ aggregateType: aggregate })}${elements({ dateGranularity: granularity, field: column })}${by === undefined ? '' : elements({ sortByName: by })}${extra ?? '<sortOrder>Asc</sortOrder>'}${type === undefined ? '' : elements({ sortType: type })}</${name}>`;
};

export function reportXml(name: string, parts: ReportParts): string {
    const { down = [], across = [], filter = [], formulas = [] } = parts;
    const items = filter.map(
        ([column, operator, value]) =>
            `<criteriaItems>${elements({ column, operator, value: escaped(value) })}</criteriaItems>`,
    );
    return xml(
        'Report',
        [
            ...formulas.map(
                ({ type, formula }, index) =>
                    `<aggregates>${elements({ calculatedFormula: escaped(formula), datatype: type, developerName: `FORMULA${index + 1}`, isActive: true, isCrossBlock: false, masterLabel: `Formula ${index + 1}`, scale: 1 })}</aggregates>`,
            ),
            parts.buckets ?? '',
            parts.chart ?? '',
            ...parts.columns.map(
                ([column = '', ...aggregates]) =>
                    `<columns>${aggregates.map((one) => elements({ aggregateTypes: one })).join('')}${elements({ field: column })}</columns>`,
            ),
            filter.length === 0
                ? ''
                : `<filter>${parts.logic === undefined ? '' : elements({ booleanFilter: parts.logic })}${items.join('')}</filter>`,
            elements({ format: parts.format ?? (down.length === 0 ? 'Tabular' : 'Summary') }),
            ...across.map((one) => grouping('groupingsAcross', one)),
            ...down.map((one) => grouping('groupingsDown', one)),
            elements({
                name: name.replaceAll('_', ' '),
                reportType: `${parts.type ?? 'Shops_Visits'}__c`,
                scope: 'organization',
            }),
            parts.extra ?? '',
        ].join(''),
    );
}

export function typeXml(
    label: string,
    joins: readonly { readonly relationship: string; readonly outer: boolean }[],
    tables: readonly (readonly string[])[],
): string {
    const join = [...joins]
        .reverse()
        .reduce(
            (inner, { relationship, outer }) => `<join>${inner}${elements({ outerJoin: outer, relationship })}</join>`,
            '',
        );
    const columns = tables.flatMap(([table = '', ...fields]) =>
        fields.map((name) => `<columns>${elements({ checkedByDefault: true, field: name, table })}</columns>`),
    );
    return xml(
        'ReportType',
        `${elements({ baseObject: 'Shop__c', category: 'other', deployed: true })}${join}${elements({ label })}<sections>${columns.join('')}${elements({ masterLabel: 'Columns' })}</sections>`,
    );
}
