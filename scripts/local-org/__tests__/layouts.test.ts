import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { readProject } from '../metadata/read-project.ts';
import { at, codes, startOrg, writeProject, type TestOrg } from './fixture.ts';
import { elements, field, PROJECT, xml, type Files } from './small-project.ts';

const item = (name: string, behavior = 'Edit'): string =>
    `<layoutItems>${elements({ behavior, field: name })}</layoutItems>`;
const section = (label: string, style: string, ...columns: readonly string[]): string =>
    `<layoutSections>${elements({ customLabel: true, detailHeading: true, editHeading: true, label })}${columns
        .map((column) => `<layoutColumns>${column}</layoutColumns>`)
        .join('')}${elements({ style })}</layoutSections>`;
const layout = (object: string, content: string): Files => ({
    [`layouts/${object}-${object} Layout.layout-meta.xml`]: xml('Layout', content),
});
const compact = (object: string, ...fields: readonly string[]): Files => ({
    [`objects/${object}/compactLayouts/Short.compactLayout-meta.xml`]: xml(
        'CompactLayout',
        `<fullName>Short</fullName>${fields.map((name) => `<fields>${name}</fields>`).join('')}<label>Short</label>`,
    ),
});
const assigned = (object: string, to: string): Files => {
    const path = `objects/${object}/${object}.object-meta.xml`;
    const file = PROJECT[path] ?? '';
    return { [path]: file.replace('<label>', `<compactLayoutAssignment>${to}</compactLayoutAssignment><label>`) };
};
const list = (name: string, fields: readonly string[], more = ''): string =>
    `<relatedLists>${fields.map((one) => `<fields>${one}</fields>`).join('')}<relatedList>${name}</relatedList>${more}</relatedLists>`;

const STOP_SECTIONS = [
    section(
        'Stop',
        'TwoColumnsTopToBottom',
        item('Name', 'Required') + item('Secret__c') + item('Weight__c') + item('Route__c', 'Required'),
        item('Status__c', 'Readonly') + item('Customer__c'),
    ),
    section('Office only', 'OneColumn', item('OwnNote__c')),
    section('Note', 'OneColumn', item('Note__c')),
].join('');
const LAYOUTS: Files = {
    ...PROJECT,
    ...field('Stop__c', 'OwnNote__c', 'Text', { length: 10 }),
    ...assigned('Stop__c', 'Short'),
    ...compact('Stop__c', 'Name', 'Status__c', 'Secret__c', 'Customer__c', 'Route__c'),
    ...layout('Stop__c', STOP_SECTIONS),
    ...layout(
        'Route__c',
        section('Route', 'OneColumn', item('Name', 'Required') + item('Load__c', 'Readonly')) +
            list(
                'Stop__c.Route__c',
                ['Weight__c', 'NAME', 'CREATED_DATE', 'Secret__c'],
                elements({ sortField: 'Weight__c', sortOrder: 'Desc' }),
            ),
    ),
};

/** The layout as a table of API names; `·` is an empty space. */
function table(body: unknown): unknown {
    return entries(at(body, 'sections')).map((one) => [
        at(one, 'heading'),
        ...entries(at(one, 'layoutRows')).map((row) =>
            entries(at(row, 'layoutItems'))
                .map((cell) => at(cell, 'layoutComponents', 0, 'apiName'))
                .map((name) => (typeof name === 'string' ? name : '·'))
                .join(' '),
        ),
    ]);
}
function entries(value: unknown): readonly unknown[] {
    assert.ok(Array.isArray(value), JSON.stringify(value));
    return value;
}
const itemOf = (body: unknown, name: string): unknown =>
    entries(at(body, 'sections'))
        .flatMap((one) => entries(at(one, 'layoutRows')))
        .flatMap((row) => entries(at(row, 'layoutItems')))
        .find((one) => at(one, 'layoutComponents', 0, 'apiName') === name);

describe('layouts of the UI API', () => {
    let org: TestOrg;
    before(async () => {
        org = await startOrg({ projectRoot: writeProject(LAYOUTS) });
    });
    const read = async (user: string, path: string): Promise<unknown> => {
        const { status, body } = await org.data(user, 'GET', `/ui-api/layout/${path}`);
        assert.equal(status, 200, JSON.stringify(body));
        return body;
    };

    it('give the sections with what the user may see; a hidden field leaves no gap, an empty section goes', async () => {
        assert.deepEqual(table(await read('dora', 'Stop__c?layoutType=Full&mode=View')), [
            ['Stop', 'Name Status__c', 'Weight__c Customer__c', 'Route__c ·'],
            ['Note', 'Note__c'],
        ]);
        assert.deepEqual(table(await read('wim', 'Stop__c')), [['Stop', 'Name Status__c', 'Route__c ·']]);
    });

    it('say what may be edited: the layout and field security have to agree', async () => {
        const body = await read('dora', 'Stop__c');
        const facts = (name: string): unknown[] =>
            ['editableForUpdate', 'required', 'uiBehavior', 'lookupIdApiName', 'label'].map((key) =>
                at(itemOf(body, name), key),
            );
        assert.deepEqual(facts('Name'), [true, true, 'Required', 'Id', 'Name']);
        assert.deepEqual(facts('Weight__c'), [true, false, 'Edit', null, 'Weight']);
        assert.deepEqual(facts('Status__c'), [false, false, 'Readonly', null, 'Status'], 'the layout says no');
        assert.deepEqual(facts('Note__c'), [false, false, 'Edit', null, 'Note'], 'field security says no');
        assert.deepEqual(
            facts('Route__c'),
            [false, true, 'Required', 'Route__c', 'Route'],
            'a detail keeps its master',
        );
        assert.equal(at(itemOf(await read('wim', 'Stop__c'), 'Name'), 'editableForUpdate'), false);
    });

    it('give the compact layout that the object assigns, and the platform’s own for standard objects', async () => {
        assert.deepEqual(table(await read('dora', 'Stop__c?layoutType=Compact')), [
            [null, 'Name', 'Status__c', 'Customer__c', 'Route__c'],
        ]);
        assert.deepEqual(table(await read('dora', 'account?layoutType=Compact')), [
            [null, 'Name', 'Industry', 'Phone', 'Website', 'OwnerId'],
        ]);
    });

    it('lay out an object without a layout by itself', async () => {
        const [information, description, system, ...others] = entries(table(await read('sam', 'Account')));
        assert.deepEqual(entries(information).slice(0, 2), ['Information', 'Name OwnerId']);
        assert.ok(entries(information).includes('Score_Left__c Score__c'), JSON.stringify(information));
        assert.deepEqual(description, ['Description', 'Description']);
        assert.deepEqual(system, [
            'System Information',
            'CreatedById LastModifiedById',
            'CreatedDate LastModifiedDate',
        ]);
        assert.deepEqual(others, []);
    });

    it('refuse other modes and objects that the user may not see', async () => {
        const refused = await org.data('dora', 'GET', '/ui-api/layout/Stop__c?mode=Create');
        assert.deepEqual([refused.status, codes(refused.body)], [400, ['ILLEGAL_QUERY_PARAMETER_VALUE']]);
        assert.equal((await org.data('nora', 'GET', '/ui-api/layout/Stop__c')).status, 404);
        assert.equal((await org.data('dora', 'GET', '/ui-api/layout/Nothing__c')).status, 404);
    });
});

describe('related lists', () => {
    it('have the columns and order of the parent’s layout, else those of the child’s compact layout', async () => {
        const org = await startOrg({ projectRoot: writeProject(LAYOUTS) });
        const account = await org.create('dora', 'Account', { Name: 'Acme' });
        const route = await org.create('dora', 'Route__c', { Name: 'North' });
        for (const weight of [2, 9, 4]) {
            await org.create('dora', 'Stop__c', {
                Name: `Stop ${weight}`,
                Route__c: route,
                Customer__c: account,
                Weight__c: weight,
            });
        }
        const stopsOf = async (id: string): Promise<unknown> => {
            const { body } = await org.call('dora', 'GET', `/local/related/${id}?limit=2`);
            return entries(at(body, 'lists')).find((one) => at(one, 'objectApiName') === 'Stop__c');
        };
        const columns = (stops: unknown): unknown =>
            entries(at(stops, 'columns')).map((column) => [at(column, 'field'), at(column, 'link')]);

        const ofRoute = await stopsOf(route);
        assert.deepEqual(columns(ofRoute), [
            ['Weight__c', null],
            ['Name', 'row'],
            ['CreatedDate', null],
        ]);
        assert.deepEqual(
            entries(at(ofRoute, 'rows')).map((row) => at(row, 'cells', 'Weight__c', 'value')),
            [9, 4],
        );
        assert.equal(at(ofRoute, 'total'), 3);
        assert.deepEqual(columns(await stopsOf(account)), [
            ['Name', 'row'],
            ['Status__c', null],
            ['Route__c', 'reference'],
        ]);
    });

    it('lead to the child by their first column when none is its name', async () => {
        const org = await startOrg({
            projectRoot: writeProject({
                ...PROJECT,
                ...layout(
                    'Route__c',
                    section('Route', 'OneColumn', item('Name', 'Required')) + list('Stop__c.Route__c', ['Status__c']),
                ),
            }),
        });
        const route = await org.create('dora', 'Route__c', { Name: 'North' });
        const { body } = await org.call('dora', 'GET', `/local/related/${route}`);
        assert.equal(at(body, 'lists', 0, 'columns', 0, 'link'), 'row');
        assert.equal((await org.call('dora', 'GET', `/local/related/${route}?limit=x`)).status, 400);
    });
});

const NAME = item('Name', 'Required');
const REFUSALS: readonly (readonly [string, Files, RegExp])[] = [
    [
        'a field that is not there',
        layout('Route__c', section('A', 'OneColumn', NAME + item('Gone__c'))),
        /Route__c-Route__c Layout\.layout-meta\.xml:\d+: .*no CustomField named Route__c\.Gone__c/,
    ],
    [
        'a field twice',
        layout('Route__c', section('A', 'OneColumn', NAME + NAME)),
        /Layout\.layout-meta\.xml:\d+: Name is there twice/,
    ],
    [
        'a layout without a required field',
        layout('Stop__c', section('A', 'OneColumn', NAME)),
        /Stop__c Layout\.layout-meta\.xml:\d+: Layout must contain .*Route__c/,
    ],
    [
        'two columns in a section of one',
        layout('Route__c', section('A', 'OneColumn', NAME, item('Code__c'))),
        /style OneColumn has 1 columns, not 2/,
    ],
    [
        'a behavior that does not exist',
        layout('Route__c', section('A', 'OneColumn', item('Name', 'Hidden'))),
        /<behavior> is "Hidden"/,
    ],
    [
        'a related list of no lookup to the object',
        layout('Account', list('Stop__c.Route__c', ['NAME'])),
        /Cannot find related list: Stop__c\.Route__c; .* to Account/,
    ],
    [
        'a column that the child does not have',
        layout('Route__c', list('Stop__c.Route__c', ['Gone__c'])),
        /Could not resolve list view column: Gone__c/,
    ],
    [
        'a layout of no object',
        layout('Nothing__c', ''),
        /Nothing__c Layout\.layout-meta\.xml:\d+: .*no object Nothing__c/,
    ],
    [
        'a second layout of an object',
        { ...layout('Route__c', ''), 'layouts/Route__c-Other.layout-meta.xml': xml('Layout', '') },
        /Route__c-.*: is another layout of Route__c beside .*; keep one/,
    ],
    [
        'a compact layout with a field that is not there',
        compact('Stop__c', 'Name', 'Gone__c'),
        /Short\.compactLayout-meta\.xml:\d+: .*Stop__c\.Gone__c/,
    ],
    [
        'a compact layout with a long text',
        compact('Stop__c', 'Name', 'Note__c'),
        /Short\.compactLayout-meta\.xml:\d+: A compact layout takes no LongTextArea such as Note__c/,
    ],
    [
        'an assignment of a compact layout that is not there',
        assigned('Stop__c', 'Gone'),
        /Stop__c\.object-meta\.xml:\d+: no CompactLayout named Stop__c\.Gone/,
    ],
];

describe('reading layouts', () => {
    for (const [name, files, message] of REFUSALS) {
        it(`refuses ${name} by name`, () => {
            const root = writeProject({ ...PROJECT, ...files });
            assert.throws(() => readProject(root), message);
        });
    }
});
