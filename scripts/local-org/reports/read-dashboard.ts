import { textOf } from '../metadata/check/definitions.ts';
import type { XmlElement } from '../metadata/xml.ts';
import type { Dashboard, DashboardColumn, DashboardComponent } from './definitions.ts';
import { derivedId } from '../store/ids.ts';
import { figureOf } from './read-report.ts';

/** Reads a dashboard that the deploy's checks have passed. */
export function readDashboard(fullName: string, root: XmlElement): Dashboard {
    const slash = fullName.lastIndexOf('/');
    const [grid] = root.all('dashboardGridLayout');
    const cells = grid?.all('dashboardGridComponents') ?? [];
    return {
        id: derivedId('01Z', fullName),
        fullName,
        developerName: fullName.slice(slash + 1),
        folder: fullName.slice(0, slash),
        name: textOf(root, 'title'),
        description: textOf(root, 'description') || null,
        columns: Number(textOf(grid, 'numberOfColumns') || 12),
        rowHeight: Number(textOf(grid, 'rowHeight') || 36),
        components: cells.flatMap((cell, index) => {
            const [component] = cell.all('dashboardComponent');
            return component ? [componentOf(`${fullName}/${index}`, cell, component)] : [];
        }),
    };
}

const COLUMN_KINDS = ['detail', 'aggregate', 'grouping'] as const;

function componentOf(key: string, cell: XmlElement, component: XmlElement): DashboardComponent {
    const number = (name: string): number => Number(textOf(cell, name));
    const maxRows = textOf(component, 'maxValuesDisplayed');
    return {
        id: derivedId('01a', key),
        type: textOf(component, 'componentType'),
        report: textOf(component, 'report'),
        header: textOf(component, 'header') || null,
        title: textOf(component, 'title') || null,
        footer: textOf(component, 'footer') || null,
        figures: component
            .all('chartSummary')
            .map((summary) => figureOf(textOf(summary, 'column'), textOf(summary, 'aggregate'))),
        groupings: component.all('groupingColumn').map(({ text }) => text),
        columns: columnsOf(component),
        usesReportChart: textOf(component, 'useReportChart') === 'true',
        maxRows: maxRows === '' ? null : Number(maxRows),
        sortBy: textOf(component, 'sortBy') || null,
        metricLabel: textOf(component, 'metricLabel') || null,
        legend: textOf(component, 'legendPosition') || 'None',
        showsValues: textOf(component, 'showValues') === 'true',
        row: number('rowIndex'),
        column: number('columnIndex'),
        rowSpan: number('rowSpan'),
        columnSpan: number('colSpan'),
    };
}

function columnsOf(component: XmlElement): readonly DashboardColumn[] {
    const flexible = component.all('flexComponentProperties').flatMap((one) => one.all('flexTableColumn'));
    return [
        ...flexible.map((column) => ({
            name: textOf(column, 'reportColumn'),
            kind: COLUMN_KINDS.find((one) => one === textOf(column, 'type')) ?? null,
            sortBy: null,
        })),
        ...component.all('dashboardTableColumn').map((column) => ({
            name: figureOf(textOf(column, 'column'), textOf(column, 'aggregateType')),
            kind: null,
            sortBy: textOf(column, 'sortBy') || null,
        })),
    ];
}
