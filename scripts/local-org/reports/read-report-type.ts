import { textOf } from '../metadata/check/definitions.ts';
import { childRelationships, type Schema } from '../metadata/schema.ts';
import type { XmlElement } from '../metadata/xml.ts';
import type { ReportTable, ReportType } from './definitions.ts';

/** Reads a report type that the deploy's checks have passed. */
export function readReportType(schema: Schema, name: string, root: XmlElement): ReportType {
    return {
        name,
        label: textOf(root, 'label'),
        tables: tablesOf(schema, root),
        sections: root.all('sections').map((section) => ({
            label: textOf(section, 'masterLabel'),
            columns: section.all('columns').map((column) => ({
                table: textOf(column, 'table'),
                field: textOf(column, 'field'),
                label: textOf(column, 'displayNameOverride') || null,
            })),
        })),
    };
}

function tablesOf(schema: Schema, root: XmlElement): readonly ReportTable[] {
    const base = textOf(root, 'baseObject');
    const tables: ReportTable[] = [{ path: base, object: base, through: null, outer: false }];
    let [join] = root.all('join');
    while (join) {
        const before = tables.at(-1);
        const name = textOf(join, 'relationship');
        const relation = childRelationships(schema, before?.object ?? '').find((one) => one.name === name);
        if (!before || !relation) {
            break;
        }
        tables.push({
            path: `${before.path}.${name}`,
            object: relation.child.name,
            through: relation.field.name,
            outer: textOf(join, 'outerJoin') === 'true',
        });
        [join] = join.all('join');
    }
    return tables;
}
