import { added, addedAll, changed, like, type Addition, type Change } from './variants.ts';

const REPORT_TYPES: readonly Change[] = [
    [
        'a relationship that is not there',
        'type',
        '>Trips__r</relationship>',
        '>Tours__r</relationship>',
        [8, /Invalid relationship: Crew__c has no children called Tours__r/],
    ],
    [
        'a column of no table',
        'type',
        '<table>Crew__c.Trips__r</table>',
        '<table>Trip__c</table>',
        [30, /Could not find table for path: Trip__c; the report type has Crew__c, Crew__c\.Trips__r/],
    ],
    [
        'an owner by the name of the field',
        'type',
        '<field>Owner<',
        '<field>OwnerId<',
        [19, /Could not find field OwnerId on Crew__c.*Owner, not OwnerId/],
    ],
];

const REPORTS: readonly Change[] = [
    ['a report of no report type', 'report', '>Crews_Trips__c<', '>Gone__c<', [66, /invalid report type Gone__c/]],
    ['a report type without its ending', 'report', '>Crews_Trips__c<', '>Crews_Trips<', [66, /named DevName__c/]],
    [
        'a column that the report type does not have',
        'report',
        'Crew__c$Name',
        'Crew__c$Code__c',
        [33, /Invalid field name: Crew__c\$Code__c/],
    ],
    ['a column with a dot', 'report', 'Crew__c$Name', 'Crew__c.Name', [33, /Write Object__c\$Field__c/]],
    ['a column twice', 'report', '<field>Crew__c$Name', '<field>Crew__c.Trips__r$Cost__c', [35, /is there twice/]],
    [
        'the sum of a text',
        'report',
        '<field>Crew__c$Name',
        '<aggregateTypes>Sum</aggregateTypes><field>Crew__c$Name',
        [33, /Name, a AutoNumber, has no Sum/],
    ],
    [
        'a column that is grouped by',
        'report',
        'Crew__c$Name',
        'Crew__c.Trips__r$Kind__c',
        [32, /is grouped by and cannot be a column too/],
    ],
    ['groupings of a plain list', 'report', '>Summary<', '>Tabular<', [55, /A Tabular report has no groupings down/]],
    [
        'a matrix without columns',
        'report',
        '>Summary<',
        '>Matrix<',
        [55, /A Matrix report has 1 to 2 groupings down and 1 to 2 groupings across, not 2 and 0/],
    ],
    ['a joined report', 'report', '>Summary<', '>MultiBlock<', [55, /cannot run a report of format MultiBlock/]],
    [
        'a filter with no value of its column',
        'report',
        '<value>1<',
        '<value>maybe<',
        [47, /"maybe" is no value of Done__c/],
    ],
    [
        'a filter with an operation of other fields',
        'report',
        '>greaterOrEqual<',
        '>contains<',
        [52, /contains does not go with On__c/],
    ],
    ['filter logic of a filter that is not there', 'report', '1 OR 2', '1 OR 2 OR 3', [41, /undefined filter: 3/]],
    ['filter logic that forgets a filter', 'report', '1 OR 2', '1', [41, /not referenced in your filter logic/]],
    ['filter logic without parentheses', 'report', '1 OR 2', '1 AND 2 OR 1', [41, /needs parentheses around/]],
    ['filter logic that cannot be read', 'report', '1 OR 2', '(1 OR 2', [41, /cannot be read/]],
    [
        'a time frame of no date',
        'report',
        '<dateColumn>Crew__c.Trips__r$On__c',
        '<dateColumn>Crew__c.Trips__r$Cost__c',
        [69, /<dateColumn> is Cost__c, a Currency; name a date/],
    ],
    [
        'a bucket of another type',
        'report',
        '<bucketType>number',
        '<bucketType>picklist',
        [14, /Cost__c, a Currency, makes no buckets of type picklist/],
    ],
    [
        'a chart that groups by what the report does not',
        'report',
        '<groupingColumn>Crew__c.Trips__r$Kind__c',
        '<groupingColumn>Crew__c$Name',
        [30, /the report does not; name one of its groupings/],
    ],
    [
        'a chart of a figure that the report does not have',
        'report',
        '<aggregate>Sum',
        '<aggregate>Average',
        [27, /The report does not have the Average of Crew__c\.Trips__r\$Cost__c/],
    ],
    ['a summary formula that cannot be read', 'report', '/ RowCount', '/', [5, /The summary formula does not compile/]],
    [
        'a summary formula with a dollar',
        'report',
        'Crew__c.Trips__r.Cost__c:SUM',
        'Crew__c.Trips__r$Cost__c:SUM',
        [5, /summary formulas write a dot in place of the \$/],
    ],
    [
        'a summary formula of a column without summary',
        'report',
        'Cost__c:SUM',
        'Cost__c',
        [5, /needs a summary, such as Crew__c\.Trips__r\.Cost__c:SUM/],
    ],
    ['a summary formula of dates', 'report', 'Cost__c:SUM', 'On__c:MAX', [5, /a Date has no MAX in summary formulas/]],
    [
        'a summary formula of another',
        'report',
        'Crew__c.Trips__r.Cost__c:SUM',
        'FORMULA1',
        [5, /FORMULA1 is a summary formula, and they cannot use each other/],
    ],
    [
        'a summary formula of a column that is not there',
        'report',
        'Cost__c:SUM',
        'Code__c:SUM',
        [5, /Crew__c\.Trips__r\.Code__c:SUM/],
    ],
    [
        'a summary formula with a name of its own',
        'report',
        '<developerName>FORMULA1',
        '<developerName>PER_TRIP',
        [7, /is called FORMULA1, FORMULA2/],
        [23, /FORMULA1/, 'dashboard'],
    ],
];

/** What a real org takes and the engine of reports does not. */
const LIMITS: readonly Change[] = [
    [
        'an element that the engine does not read',
        'report',
        '<format>Summary',
        '<crossFilters><operation>with</operation><primaryTableColumn>x</primaryTableColumn><relatedTable>y</relatedTable><relatedTableJoinColumn>z</relatedTableJoinColumn></crossFilters>\n<format>Summary',
        [55, /cannot run a report with <crossFilters> in <Report>/],
    ],
    ['reports of one’s own records', 'report', '>organization<', '>user<', [67, /not scope user; take organization/]],
    [
        'a summary formula at one grouping only',
        'report',
        '<datatype>number',
        '<acrossGroupingContext>GRAND_SUMMARY</acrossGroupingContext><datatype>number',
        [6, /<acrossGroupingContext> in <aggregates>/],
    ],
    [
        'a summary formula of other groups',
        'report',
        'Crew__c.Trips__r.Cost__c:SUM / RowCount',
        'PARENTGROUPVAL(RowCount, GRAND_SUMMARY) / RowCount',
        [4, /cannot work out PARENTGROUPVAL/],
    ],
    [
        'fiscal periods',
        'report',
        '<groupingsDown>\n<dateGranularity>Day</dateGranularity>\n<field>Crew__c.Trips__r$Kind__c</field>',
        '<groupingsDown>\n<dateGranularity>FiscalYear</dateGranularity>\n<field>Crew__c.Trips__r$On__c</field>',
        [30, /does not group by Crew__c\.Trips__r\$Kind__c|the report does not; name one of its groupings/],
        [57, /calendar periods, not dateGranularity FiscalYear/],
        [26, /does not group by/, 'dashboard'],
    ],
    [
        'a fiscal interval',
        'report',
        '>INTERVAL_CUSTOM<',
        '>INTERVAL_CURFY<',
        [70, /does not know the interval INTERVAL_CURFY/],
    ],
    [
        'a date that it does not know',
        'report',
        '>LAST_N_DAYS:90<',
        '>THIS_FISCAL_YEAR<',
        [52, /the date "THIS_FISCAL_YEAR"/],
    ],
    [
        'columns compared with columns',
        'report',
        '<columnToColumn>false</columnToColumn>',
        '<columnToColumn>true</columnToColumn>',
        [44, /filters by values, not columnToColumn true/],
    ],
    [
        'buckets with a gap at the end',
        'report',
        '<from>10</from>',
        '<from>10</from><to>20</to>',
        [21, /ranges of a bucket of numbers go up without gaps/],
    ],
    [
        'the sum of a field of another record',
        'report',
        '<field>Crew__c$Name',
        '<aggregateTypes>Unique</aggregateTypes><field>Crew__c.Trips__r$Customer__c.Industry',
        [33, /cannot summarise Customer__c\.Industry/],
    ],
    ['a row limit of groups', 'report', '<scope>', '<rowLimit>10</rowLimit><scope>', [67, /for Tabular reports/]],
    [
        'groups sorted by what is no figure',
        'report',
        '<sortOrder>Asc</sortOrder>\n</groupingsDown>',
        '<sortByName>Crew__c.Trips__r$Done__c</sortByName><sortOrder>Asc</sortOrder><sortType>Aggregate</sortType><aggregateType>Sum</aggregateType>\n</groupingsDown>',
        [59, /which is no figure of the report/],
    ],
    [
        'a dashboard of my team',
        'dashboard',
        '>LoggedInUser<',
        '>MyTeamUser<',
        [36, /as whoever looks at it, not as MyTeamUser/],
    ],
    ['a component that nobody draws', 'dashboard', '>Metric<', '>Gauge<', [11, /draws no component of type Gauge/]],
    [
        'a table with a column that the report does not have',
        'dashboard',
        '<componentType>Metric</componentType>',
        '<componentType>Table</componentType>\n<dashboardTableColumn><column>Crew__c$Since__c</column></dashboardTableColumn>',
        [12, /Crews\/By_Kind has no column Crew__c\$Since__c/],
    ],
];

const DASHBOARDS: readonly Change[] = [
    [
        'a dashboard of a report that is not there',
        'dashboard',
        '<report>Crews/By_Kind',
        '<report>Crews/Gone',
        [12, /no Report named Crews\/Gone found/],
    ],
    [
        'a chart by what the report does not group by',
        'dashboard',
        '<groupingColumn>Crew__c.Trips__r$Kind__c',
        '<groupingColumn>Crew__c$Name',
        [26, /does not group by Crew__c\$Name/],
    ],
    [
        'a figure that the report does not have',
        'dashboard',
        '>FORMULA1<',
        '>FORMULA2<',
        [23, /does not have the summary of FORMULA2/],
    ],
    [
        'the chart of a report over the edge',
        'dashboard',
        '<columnIndex>3',
        '<columnIndex>4',
        [19, /reaches over the grid's 12 columns/],
    ],
    ['components over each other', 'dashboard', '<colSpan>3', '<colSpan>4', [17, /lies over another one/]],
    ['a named user without a name', 'dashboard', '>LoggedInUser<', '>SpecifiedUser<', [36, /needs <runningUser>/]],
];

const OTHERS: readonly Addition[] = [
    [
        'a report in a folder that is not there',
        'reports/Gone/By_Kind.report-meta.xml',
        like('report'),
        [2, /Cannot find folder:Gone/],
    ],
    [
        'a dashboard in a folder that is not there',
        'dashboards/Gone/Overview.dashboard-meta.xml',
        like('dashboard'),
        [2, /Cannot find folder:Gone/],
    ],
];

const TYPE = 'reportTypes/Crews_Trips.reportType-meta.xml';
const OF_SEVERAL = [
    addedAll(
        'a field name that two objects of a report type have',
        {
            'objects/Trip__c/fields/Since__c.field-meta.xml': like('Crew__c.Since__c'),
            [TYPE]: like('type', ['<field>Customer__c</field>', '<field>Since__c</field>']),
        },
        `${TYPE}:52`,
        /Since__c is a field of Crew__c in this report type too, and only one of them would show/,
    ),
    addedAll(
        'an inner join after an outer one',
        {
            [TYPE]: like('type', [
                '<outerJoin>false</outerJoin>',
                '<join>\n<outerJoin>false</outerJoin>\n<relationship>Stops__r</relationship>\n</join>\n<outerJoin>true</outerJoin>',
            ]),
            'objects/Stop__c/Stop__c.object-meta.xml': like('trip', ['Trip', 'Stop']),
            'objects/Stop__c/fields/Trip__c.field-meta.xml': like(
                'Trip__c.Crew__c',
                ['>Crew__c<', '>Trip__c<'],
                ['>Trips<', '>Stops<'],
            ),
        },
        `${TYPE}:8`,
        /An inner join isn't allowed after an outer join/,
    ),
];

export const REPORT_VARIANTS = [
    ...[...REPORT_TYPES, ...REPORTS, ...LIMITS, ...DASHBOARDS].map(changed),
    ...OTHERS.map(added),
    ...OF_SEVERAL,
];
