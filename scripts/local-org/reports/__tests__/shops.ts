import { CONFIG, startOrg, at, writeProject, type TestOrg } from '../../__tests__/fixture.ts';
import { elements, field, object, permissionSet, xml, type Files } from '../../__tests__/small-project.ts';
import type { LocalOrgConfig } from '../../config.ts';
import { reportXml, typeXml, type ReportParts } from './report-xml.ts';

/** A small project with reports: shops, visits to them, items bought. Nobody's metadata but its own. */

const picklist = (...values: readonly string[]): string =>
    `<valueSetDefinition><sorted>false</sorted>${values
        .map((value) => `<value><fullName>${value}</fullName><default>false</default><label>${value}s</label></value>`)
        .join('')}</valueSetDefinition>`;

const VISIT_FIELDS = ['Kind__c', 'At__c', 'On__c', 'Cost__c', 'Won__c', 'Paid__c', 'Note__c', 'Guide__c'];
const visible = (...more: readonly string[]): Readonly<Record<string, 'edit' | 'read'>> => ({
    'Shop__c.Budget__c': 'edit',
    ...Object.fromEntries(
        [...VISIT_FIELDS, ...more].map((name) => [`Visit__c.${name}`, name === 'Won__c' ? 'read' : 'edit'] as const),
    ),
    'Item__c.Size__c': 'edit',
});
const OBJECTS = ['Shop__c', 'Visit__c', 'Item__c'].map((name) => ({
    object: name,
    create: true,
    edit: true,
    delete: true,
}));

const V = 'Shop__c.Visits__r$';
/** A column of visits as reports call it. */
export const visit = (name: string): string => V + name;
export const cost = 'Shop__c.Visits__r.Cost__c';

const PARTS = {
    Plain: { columns: [['Shop__c$Name'], [visit('Name')], [visit('Cost__c'), 'Sum']] },
    By_Kind: {
        down: [{ column: visit('Kind__c') }],
        columns: [
            [visit('Name')],
            [visit('Cost__c'), 'Sum', 'Average', 'Maximum', 'Minimum', 'Median', 'Unique'],
            [visit('On__c'), 'Maximum', 'Minimum'],
            [visit('Paid__c'), 'Sum'],
            [visit('Note__c'), 'Unique'],
            [visit('Won__c'), 'Sum'],
        ],
        formulas: [
            { type: 'percent', formula: `Shop__c.Visits__r.Won__c:SUM / RowCount` },
            { type: 'number', formula: `${cost}:SUM / Shop__c.Visits__r.Won__c:SUM` },
            { type: 'number', formula: `IF(Shop__c.Visits__r.Won__c:SUM = 0, 0, ${cost}:AVG)` },
        ],
        extra: '<sortColumn>Shop__c.Visits__r$Cost__c</sortColumn><sortOrder>Desc</sortOrder>',
    },
    By_Quarter: { down: [{ column: visit('At__c'), granularity: 'Quarter' }], columns: [[visit('Name')]] },
    By_Month: { down: [{ column: visit('On__c'), granularity: 'Month' }], columns: [[visit('Name')]] },
    By_Day: { down: [{ column: visit('At__c'), granularity: 'Day' }], columns: [[visit('Name')]] },
    Matrix: {
        format: 'Matrix',
        down: [{ column: 'Shop__c$Name' }, { column: visit('Kind__c') }],
        across: [{ column: visit('On__c'), granularity: 'Year' }, { column: visit('Paid__c') }],
        columns: [[visit('Name')], [visit('Cost__c'), 'Sum']],
    },
    By_Shop_Cost: {
        down: [
            {
                column: 'Shop__c$Name',
                extra: '<sortOrder>Desc</sortOrder>',
                sort: ['Aggregate', visit('Cost__c'), 'Sum'],
            },
        ],
        columns: [[visit('Cost__c'), 'Sum']],
    },
    Budgets: {
        down: [{ column: visit('Kind__c') }],
        columns: [[visit('Name')], ['Shop__c$Budget__c', 'Sum', 'Average', 'Median']],
        formulas: [{ type: 'currency', formula: 'Shop__c.Budget__c:SUM' }],
    },
    Sizes: {
        type: 'Shops_Items',
        down: [{ column: 'Shop__c$Name' }],
        columns: [
            ['Shop__c.Visits__r.Items__r$Name'],
            ['Shop__c$Budget__c', 'Sum'],
            [visit('Cost__c'), 'Sum'],
            [visit('Won__c'), 'Sum'],
            ['Shop__c.Visits__r.Items__r$Size__c', 'Sum'],
        ],
    },
    Buckets: {
        down: [{ column: 'BucketField_1' }, { column: 'BucketField_2' }],
        columns: [[visit('Name')], [visit('Cost__c'), 'Sum']],
        buckets: `<buckets><bucketType>number</bucketType><developerName>BucketField_1</developerName><masterLabel>Size</masterLabel><nullTreatment>n</nullTreatment><sourceColumnName>${visit('Cost__c')}</sourceColumnName><useOther>false</useOther><values><sourceValues><to>10</to></sourceValues><value>Small</value></values><values><sourceValues><from>10</from><to>20</to></sourceValues><value>Middle</value></values><values><sourceValues><from>20</from></sourceValues><value>Big</value></values></buckets><buckets><bucketType>picklist</bucketType><developerName>BucketField_2</developerName><masterLabel>Way</masterLabel><nullTreatment>n</nullTreatment><otherBucketLabel>Else</otherBucketLabel><sourceColumnName>${visit('Kind__c')}</sourceColumnName><useOther>true</useOther><values><sourceValues><sourceValue>Call</sourceValue></sourceValues><sourceValues><sourceValue>Mail</sourceValue></sourceValues><value>Afar</value></values></buckets>`,
    },
    Secrets: {
        down: [{ column: visit('Kind__c'), sort: ['Aggregate', visit('Secret__c'), 'Sum'] }],
        columns: [[visit('Name')], [visit('Secret__c'), 'Sum'], [visit('Cost__c'), 'Sum']],
        formulas: [
            { type: 'number', formula: 'Shop__c.Visits__r.Secret__c:SUM / RowCount' },
            { type: 'number', formula: `${cost}:SUM / RowCount` },
        ],
        extra: `<sortColumn>${visit('Secret__c')}</sortColumn><sortOrder>Desc</sortOrder>`,
        chart: `<chart><chartSummaries><aggregate>Sum</aggregate><axisBinding>y</axisBinding><column>${visit('Secret__c')}</column></chartSummaries><chartType>HorizontalBar</chartType><groupingColumn>${visit('Kind__c')}</groupingColumn></chart>`,
    },
    By_Secret: { down: [{ column: visit('Secret__c') }], columns: [[visit('Name')]] },
    Secret_Filter: {
        columns: [[visit('Name')]],
        filter: [[visit('Secret__c'), 'greaterThan', '1']],
    },
    Latest: {
        columns: [[visit('Name')], [visit('Cost__c'), 'Sum']],
        extra: `<rowLimit>2</rowLimit><sortColumn>${visit('Cost__c')}</sortColumn><sortOrder>Desc</sortOrder>`,
    },
    By_Guide: { down: [{ column: visit('Guide__c') }], columns: [[visit('Name')], [visit('Guide__c')]].slice(0, 1) },
    By_Note: { down: [{ column: visit('Note__c') }], columns: [[visit('Cost__c'), 'Sum']] },
} as const satisfies Readonly<Record<string, ReportParts>>;

const report = (name: string): string => `Shops/${name}`;
const cell = (column: number, inner: string): string =>
    `<dashboardGridComponents>${elements({ colSpan: 3, columnIndex: column })}<dashboardComponent>${inner}</dashboardComponent>${elements({ rowIndex: 0, rowSpan: 4 })}</dashboardGridComponents>`;
const DASHBOARD = xml(
    'Dashboard',
    `<dashboardGridLayout>${[
        cell(
            0,
            `<chartSummary><column>FORMULA1</column></chartSummary><componentType>Metric</componentType><header>Won</header><report>${report('By_Kind')}</report>`,
        ),
        cell(
            3,
            `<chartSummary><aggregate>Sum</aggregate><axisBinding>y</axisBinding><column>${visit('Cost__c')}</column></chartSummary><componentType>BarStacked</componentType><groupingColumn>${visit('Kind__c')}</groupingColumn><report>${report('By_Kind')}</report><sortBy>RowValueDescending</sortBy><useReportChart>false</useReportChart>`,
        ),
        cell(
            6,
            `<componentType>FlexTable</componentType><flexComponentProperties><flexTableColumn>${elements({ reportColumn: 'Shop__c.Visits__r.Name', showSubTotal: false, showTotal: false, type: 'detail' })}</flexTableColumn><flexTableSortInfo><sortOrder>1</sortOrder></flexTableSortInfo><hideChatterPhotos>true</hideChatterPhotos></flexComponentProperties><report>${report('Latest')}</report>`,
        ),
        cell(
            9,
            `<chartSummary><column>RowCount</column></chartSummary><componentType>Metric</componentType><report>${report('Secret_Filter')}</report>`,
        ).replace(report('Secret_Filter'), report('By_Secret')),
    ].join(
        '',
    )}${elements({ numberOfColumns: 12, rowHeight: 36 })}</dashboardGridLayout><dashboardType>LoggedInUser</dashboardType><title>Shop visits</title>`,
);
const folder = (root: string): string => xml(root, elements({ name: 'Shop reports' }));

export const SHOPS: Files = {
    ...object('Shop__c', 'Shop', 'ReadWrite'),
    ...field('Shop__c', 'Budget__c', 'Currency', { precision: 18, scale: 2 }),
    ...object('Visit__c', 'Visit', 'ControlledByParent'),
    ...field('Visit__c', 'Shop__c', 'MasterDetail', {
        referenceTo: 'Shop__c',
        relationshipName: 'Visits',
        relationshipLabel: 'Visits',
        reparentableMasterDetail: true,
    }),
    ...field('Visit__c', 'Kind__c', 'Picklist', { valueSet: picklist('Meet', 'Call', 'Mail') }),
    ...field('Visit__c', 'At__c', 'DateTime'),
    ...field('Visit__c', 'On__c', 'Date'),
    ...field('Visit__c', 'Cost__c', 'Currency', { precision: 18, scale: 2 }),
    ...field('Visit__c', 'Secret__c', 'Number', { precision: 18, scale: 0 }),
    ...field('Visit__c', 'Paid__c', 'Checkbox', { defaultValue: false }),
    ...field('Visit__c', 'Note__c', 'Text', { length: 80 }),
    ...field('Visit__c', 'Guide__c', 'Lookup', { referenceTo: 'User', relationshipName: 'Guided' }),
    ...field('Visit__c', 'Won__c', 'Number', {
        formula: 'IF(ISPICKVAL(Kind__c, "Meet"), 1, 0)',
        formulaTreatBlanksAs: 'BlankAsZero',
        precision: 18,
        scale: 0,
    }),
    ...object('Item__c', 'Item', 'ControlledByParent'),
    ...field('Item__c', 'Visit__c', 'MasterDetail', {
        referenceTo: 'Visit__c',
        relationshipName: 'Items',
        relationshipLabel: 'Items',
    }),
    ...field('Item__c', 'Size__c', 'Number', { precision: 18, scale: 1 }),
    ...permissionSet('All', OBJECTS, visible('Secret__c')),
    ...permissionSet('Some', OBJECTS, visible()),
    'reportTypes/Shops_Visits.reportType-meta.xml': typeXml(
        'Shops with Visits',
        [{ relationship: 'Visits__r', outer: false }],
        [
            ['Shop__c', 'Name', 'Owner', 'Budget__c'],
            ['Shop__c.Visits__r', 'Name', ...VISIT_FIELDS, 'Secret__c'],
        ],
    ),
    'reportTypes/Shops_Items.reportType-meta.xml': typeXml(
        'Shops with or without Visits and Items',
        [
            { relationship: 'Visits__r', outer: true },
            { relationship: 'Items__r', outer: true },
        ],
        [
            ['Shop__c', 'Name', 'Budget__c'],
            ['Shop__c.Visits__r', 'Cost__c', 'Won__c'],
            ['Shop__c.Visits__r.Items__r', 'Name', 'Size__c'],
        ],
    ),
    'reports/Shops.reportFolder-meta.xml': folder('ReportFolder'),
    ...Object.fromEntries(
        Object.entries(PARTS).map(([name, parts]) => [`reports/Shops/${name}.report-meta.xml`, reportXml(name, parts)]),
    ),
    'dashboards/Shops.dashboardFolder-meta.xml': folder('DashboardFolder'),
    'dashboards/Shops/Visits.dashboard-meta.xml': DASHBOARD,
};

const person = (name: string, timeZone: string, sets: string[]): LocalOrgConfig['users'][number] => ({
    username: `${name}@test.local`,
    firstName: name,
    lastName: 'Test',
    title: 'Tester',
    persona: name,
    timeZone,
    locale: 'en-GB',
    profile: name === 'sam' ? 'Admin' : 'Standard',
    permissionSets: sets,
    teams: [],
});

/** ben and nyla see everything, from Berlin and New York; leo may not see Visit__c.Secret__c; nora sees nothing. */
const USERS: LocalOrgConfig = {
    ...CONFIG,
    users: [
        person('ben', 'Europe/Berlin', ['All']),
        person('nyla', 'America/New_York', ['All']),
        person('leo', 'Europe/Berlin', ['Some']),
        person('nora', 'Europe/Berlin', []),
        person('sam', 'UTC', ['All']),
    ],
};

export interface Fact {
    readonly aggregates: readonly { readonly label: string; readonly value: unknown }[];
    readonly rows?: readonly { readonly dataCells: readonly { readonly label: string; readonly value: unknown }[] }[];
}

/** A run's answer, with ways to look into it. */
export class Result {
    readonly body: unknown;

    constructor(body: unknown) {
        this.body = body;
    }

    get factMap(): Readonly<Record<string, Fact>> {
        return at(this.body, 'factMap') as Readonly<Record<string, Fact>>;
    }

    /** Figures of a cell by name. */
    values(key: string): Readonly<Record<string, unknown>> {
        return this.#figures(key, 'value');
    }

    labels(key: string): Readonly<Record<string, unknown>> {
        return this.#figures(key, 'label');
    }

    #figures(key: string, part: 'value' | 'label'): Readonly<Record<string, unknown>> {
        const names = at(this.body, 'reportMetadata', 'aggregates') as readonly string[];
        return Object.fromEntries(
            names.map((name, index) => [
                name.replace('Shop__c.Visits__r$', '').replace('Shop__c.Visits__r.Items__r$', ''),
                this.factMap[key]?.aggregates[index]?.[part],
            ]),
        );
    }

    /** Labels of the groups, inner ones in brackets. */
    groups(side: 'groupingsDown' | 'groupingsAcross' = 'groupingsDown'): readonly string[] {
        return listOf(at(this.body, side, 'groupings'));
    }

    rows(key = 'T!T'): readonly (readonly string[])[] {
        return (this.factMap[key]?.rows ?? []).map(({ dataCells }) => dataCells.map(({ label }) => label));
    }
}

function listOf(groupings: unknown): readonly string[] {
    return (groupings as readonly { readonly label: string; readonly groupings: readonly unknown[] }[]).map(
        ({ label, groupings: inner }) => (inner.length === 0 ? label : `${label} [${listOf(inner).join(', ')}]`),
    );
}

export class ShopOrg {
    readonly org: TestOrg;
    readonly #ids = new Map<string, string>();

    constructor(org: TestOrg) {
        this.org = org;
    }

    /** `now`: the org's clock. */
    static async start(now = '2026-11-21T18:00:00.000Z', files: Files = {}): Promise<ShopOrg> {
        const projectRoot = writeProject({ ...SHOPS, ...files });
        return new ShopOrg(await startOrg({ projectRoot, config: USERS, now: () => now }));
    }

    shop(fields: Readonly<Record<string, unknown>>): Promise<string> {
        return this.org.create('sam', 'Shop__c', fields);
    }

    visit(shop: string, fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
        return this.org.create('sam', 'Visit__c', { Shop__c: shop, Name: 'Visit', ...fields });
    }

    item(of: string, fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
        return this.org.create('sam', 'Item__c', { Visit__c: of, Name: 'Item', ...fields });
    }

    async reportId(name: string): Promise<string> {
        const known = this.#ids.get(name);
        if (known !== undefined) {
            return known;
        }
        const [found] = await this.org.query('sam', `SELECT Id FROM Report WHERE DeveloperName = '${name}'`);
        const id = String(at(found, 'Id'));
        this.#ids.set(name, id);
        return id;
    }

    async run(
        name: keyof typeof PARTS,
        options: { readonly user?: string; readonly metadata?: unknown; readonly details?: boolean } = {},
    ): Promise<Result> {
        const { status, body } = await this.answer(name, options);
        if (status !== 200) {
            throw new Error(`${name}: ${JSON.stringify(body)}`);
        }
        return new Result(body);
    }

    async answer(
        name: keyof typeof PARTS,
        options: { readonly user?: string; readonly metadata?: unknown; readonly details?: boolean } = {},
    ): Promise<{ status: number; body: unknown }> {
        const path = `/analytics/reports/${await this.reportId(name)}?includeDetails=${options.details ?? true}`;
        return options.metadata === undefined
            ? this.org.data(options.user ?? 'sam', 'GET', path)
            : this.org.data(options.user ?? 'sam', 'POST', path, { reportMetadata: options.metadata });
    }
}
