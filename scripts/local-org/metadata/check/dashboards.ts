import type { MetadataProblem } from '../files.ts';
import type { XmlElement } from '../xml.ts';
import { placeOf, textOf, type Project } from './definitions.ts';
import { chartSummary, figureProblem, outlineOf, type ReportOutline } from './reports.ts';

/** Dashboards: in folders, their components inside the grid, of reports and their groupings and figures. */
export function* checkDashboards(project: Project): Iterable<MetadataProblem> {
    for (const { root, fullName } of project.of('Dashboard')) {
        const folder = fullName.slice(0, fullName.lastIndexOf('/'));
        if (!project.find('DashboardFolder', folder)) {
            yield root.problem(`Cannot find folder:${folder}; add dashboards/${folder}.dashboardFolder-meta.xml.`);
        }
        if (textOf(root, 'dashboardType') === 'SpecifiedUser' && textOf(root, 'runningUser') === '') {
            yield placeOf(root, 'dashboardType').problem(
                'A dashboard of type SpecifiedUser needs <runningUser>; add it, or take LoggedInUser.',
            );
        } else if (textOf(root, 'dashboardType') !== 'LoggedInUser') {
            yield placeOf(root, 'dashboardType').problem(
                `The local org shows a dashboard as whoever looks at it, not as ${textOf(root, 'dashboardType') || 'a fixed user'}; set <dashboardType> to LoggedInUser.`,
            );
        }
        for (const filter of root.all('dashboardFilters')) {
            yield filter.problem('The local org has no filters of dashboards, which a real org has; take them out.');
        }
        const [grid] = root.all('dashboardGridLayout');
        if (grid) {
            yield* places(grid);
            for (const one of grid.all('dashboardGridComponents').flatMap((cell) => cell.all('dashboardComponent'))) {
                yield* component(project, one);
            }
        } else {
            yield root.problem(
                'The local org holds dashboards with <dashboardGridLayout>; lay this one out in a grid.',
            );
        }
    }
}

function* places(grid: XmlElement): Iterable<MetadataProblem> {
    const width = Number(textOf(grid, 'numberOfColumns'));
    const taken = new Set<string>();
    for (const cell of grid.all('dashboardGridComponents')) {
        const [left, columns, top, rows] = ['columnIndex', 'colSpan', 'rowIndex', 'rowSpan'].map((name) =>
            Number(textOf(cell, name)),
        );
        const squares = Array.from({ length: (columns ?? 0) * (rows ?? 0) }, (_, index) => {
            const row = (top ?? 0) + Math.floor(index / (columns ?? 1));
            return `${row}:${(left ?? 0) + (index % (columns ?? 1))}`;
        });
        if ((left ?? 0) + (columns ?? 0) > width) {
            yield placeOf(cell, 'columnIndex').problem(
                `The component reaches over the grid's ${width} columns; move it left or make it narrower.`,
            );
        } else if (squares.some((square) => taken.has(square))) {
            yield cell.problem('The component lies over another one; move one of them.');
        }
        squares.forEach((square) => taken.add(square));
    }
}

const KINDS = ['Metric', 'Bar', 'BarStacked', 'BarGrouped', 'Column', 'ColumnStacked', 'ColumnGrouped', 'Line'].concat(
    ...['LineGrouped', 'Donut', 'Pie', 'Table', 'FlexTable'],
);

/** Columns of a table are groupings, figures or columns of its report. */
function* tableColumns(outline: ReportOutline, element: XmlElement, name: string): Iterable<MetadataProblem> {
    const own = outline.root.all('columns').map((one) => textOf(one, 'field'));
    for (const column of element.all('dashboardTableColumn')) {
        const text = textOf(column, 'column');
        if (textOf(column, 'aggregateType') !== '') {
            const summary = { column: text, aggregate: textOf(column, 'aggregateType') };
            yield* figureProblem(outline, summary, placeOf(column, 'column'));
        } else if (![...own, ...outline.groupings, ...outline.formulas, 'RowCount'].includes(text)) {
            yield placeOf(column, 'column').problem(
                `${name} has no column ${text}; name one of its columns, groupings or summary formulas.`,
            );
        }
    }
}

function* component(project: Project, element: XmlElement): Iterable<MetadataProblem> {
    const name = textOf(element, 'report');
    const kind = textOf(element, 'componentType');
    if (!KINDS.includes(kind)) {
        yield placeOf(element, 'componentType').problem(
            `The local org draws no component of type ${kind || 'none'}; take ${KINDS.join(', ')}.`,
        );
    }
    const report = project.find('Report', name);
    if (!report) {
        yield placeOf(element, 'report').problem(
            `no Report named ${name} found; write Folder/Name of a report that is there.`,
        );
        return;
    }
    const outline = outlineOf(report.root);
    for (const summary of element.all('chartSummary')) {
        yield* chartSummary(outline, summary);
    }
    for (const grouping of element.all('groupingColumn')) {
        if (!outline.groupings.includes(grouping.text)) {
            yield grouping.problem(`${name} does not group by ${grouping.text}; name one of its groupings.`);
        }
    }
    if (textOf(element, 'useReportChart') === 'true' && report.root.all('chart').length === 0) {
        yield placeOf(element, 'useReportChart').problem(`${name} has no chart; add one to it, or set false.`);
    }
    yield* tableColumns(outline, element, name);
    // Flexible tables write a report's columns with a dot, and what a lookup shows as its Name.
    const columns = report.root.all('columns').map((one) => textOf(one, 'field').replace('$', '.'));
    const tables = element.all('flexComponentProperties').flatMap((one) => one.all('flexTableColumn'));
    for (const column of tables.filter((one) => textOf(one, 'type') === 'detail')) {
        const path = textOf(column, 'reportColumn');
        if (!columns.includes(path) && !columns.includes(path.replace(/\.Name$/, ''))) {
            yield placeOf(column, 'reportColumn').problem(`${name} has no column ${path}; name one of its columns.`);
        }
    }
}
