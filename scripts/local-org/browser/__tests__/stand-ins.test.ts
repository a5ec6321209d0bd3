import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { answerWith, BOOT, loadPageModules, settled, type PageModules } from './page-modules.ts';

const ID = '001000000000001AAA';
let page: PageModules;
beforeEach(async () => {
    page = await loadPageModules(BOOT);
});

const account = (fields: Readonly<Record<string, unknown>>): [number, unknown] => [
    200,
    {
        id: ID,
        apiName: 'Account',
        fields: Object.fromEntries(
            Object.entries(fields).map(([name, value]) => [name, { value, displayValue: null }]),
        ),
    },
];

function wire(kind: 'getRecord' | 'graphql', config: Readonly<Record<string, unknown>>) {
    const emissions: Readonly<Record<string, unknown>>[] = [];
    const adapter = new page[kind]((emission) => emissions.push(emission));
    adapter.update(config);
    adapter.connect();
    return { adapter, emissions, last: () => emissions.at(-1) ?? {} };
}

describe('lightning/uiRecordApi', () => {
    test('waits until the record id is known, then emits the fields that came', async () => {
        const requests = answerWith(() => account({ Name: 'Acme' }));
        const { adapter, emissions, last } = wire('getRecord', {
            recordId: undefined,
            optionalFields: ['Account.Name'],
        });
        await settled();
        assert.equal(requests.length, 0);
        adapter.update({ recordId: ID, optionalFields: ['Account.Name', 'Account.Hidden__c'] });
        await settled();
        assert.equal(emissions.length, 2);
        assert.equal(page.getFieldValue(last()['data'], 'Account.Name'), 'Acme');
        assert.equal(page.getFieldValue(last()['data'], 'Account.Hidden__c'), undefined);
    });

    test('a second wire is served from the cache, absent optional fields included', async () => {
        const requests = answerWith(() => account({ Name: 'Acme' }));
        const config = { recordId: ID, optionalFields: ['Account.Name', 'Account.Hidden__c'] };
        wire('getRecord', config);
        await settled();
        const second = wire('getRecord', config);
        await settled();
        assert.equal(requests.length, 1);
        assert.equal(page.getFieldValue(second.last()['data'], 'Account.Name'), 'Acme');
    });

    test('fields of a parent are read through the lookup, a blank lookup gives null', async () => {
        const champion = {
            id: '003000000000001AAA',
            apiName: 'Contact',
            fields: { Email: { value: 'x@y.z', displayValue: null } },
        };
        answerWith(() => account({ Champion__r: champion }));
        const { last } = wire('getRecord', { recordId: ID, fields: ['Account.Champion__r.Email'] });
        await settled();
        assert.equal(page.getFieldValue(last()['data'], 'Account.Champion__r.Email'), 'x@y.z');

        page = await loadPageModules(BOOT);
        answerWith(() => account({ Champion__r: null }));
        const blank = wire('getRecord', { recordId: ID, fields: ['Account.Champion__r.Email'] });
        await settled();
        assert.notEqual(blank.last()['data'], undefined);
        assert.equal(page.getFieldValue(blank.last()['data'], 'Account.Champion__r.Email'), undefined);
    });

    test('a write reaches every wire that shows the record', async () => {
        let name = 'Acme';
        answerWith(({ method, body }) => {
            if (method === 'PATCH') ({ Name: name } = (body as { fields: { Name: string } }).fields);
            return account({ Name: name });
        });
        const { last } = wire('getRecord', { recordId: ID, fields: ['Account.Name'] });
        await settled();
        await page.updateRecord({ fields: { Id: ID, Name: 'Globex' } });
        assert.equal(page.getFieldValue(last()['data'], 'Account.Name'), 'Globex');
    });

    test('a mutation alone leaves the cached record as it was; telling the platform brings the news', async () => {
        let name = 'Acme';
        answerWith(({ url }) => {
            if (!url.includes('graphql')) return account({ Name: name });
            name = 'Globex';
            return [200, { data: {} }];
        });
        const { last } = wire('getRecord', { recordId: ID, fields: ['Account.Name'] });
        await settled();
        await page.executeMutation({ query: page.gql`mutation { uiapi { x } }` });
        assert.equal(page.getFieldValue(last()['data'], 'Account.Name'), 'Acme');
        await page.notifyRecordUpdateAvailable([{ recordId: ID }]);
        assert.equal(page.getFieldValue(last()['data'], 'Account.Name'), 'Globex');
    });

    test('a refused read is an error with an array, and the data is frozen', async () => {
        answerWith(() => [404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]]);
        const refused = wire('getRecord', { recordId: ID, fields: ['Account.Name'] });
        await settled();
        assert.deepEqual(refused.last(), {
            error: {
                ok: false,
                status: 404,
                statusText: '',
                body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
            },
        });
        answerWith(() => account({ Name: 'Acme' }));
        const given = wire('getRecord', { recordId: ID, fields: ['Account.Name'] });
        await settled();
        assert.equal(Object.isFrozen((given.last()['data'] as { fields: unknown }).fields), true);
    });
});

describe('lightning/graphql', () => {
    const query = (): unknown => page.gql`query q($id: ID) { uiapi { query { Account { edges { node { Id } } } } } }`;

    test('waits for variables, emits data with a refresh that brings what changed', async () => {
        let answer = { data: { n: 1 } };
        const requests = answerWith(() => [200, answer]);
        const { adapter, emissions, last } = wire('graphql', { query: query(), variables: undefined });
        await settled();
        assert.equal(requests.length, 0);
        adapter.update({ query: query(), variables: { id: ID } });
        await settled();
        assert.deepEqual(last()['data'], { n: 1 });
        const refresh = last()['refresh'] as () => Promise<void>;
        await refresh();
        assert.equal(emissions.length, 2, 'the same answer is not emitted again');
        answer = { data: { n: 2 } };
        await refresh();
        assert.deepEqual(last()['data'], { n: 2 });
    });

    test('the same question of a second component is answered from the cache', async () => {
        const requests = answerWith(() => [200, { data: { n: 1 } }]);
        wire('graphql', { query: query(), variables: { id: ID } });
        await settled();
        const second = wire('graphql', { query: query(), variables: { id: ID } });
        assert.deepEqual(second.last()['data'], { n: 1 });
        assert.equal(requests.length, 1);
    });

    test('errors and data of a partial answer both arrive; a failure is not cached', async () => {
        answerWith(() => new TypeError('fetch failed'));
        const { last, emissions } = wire('graphql', { query: query(), variables: { id: ID } });
        await settled();
        assert.deepEqual(last()['errors'], [{ message: 'Disconnected or Canceled' }]);
        answerWith(() => [200, { data: { n: 1 }, errors: [{ message: 'partly' }] }]);
        const again = wire('graphql', { query: query(), variables: { id: ID } });
        await settled();
        assert.deepEqual(again.last()['data'], { n: 1 });
        assert.deepEqual(again.last()['errors'], [{ message: 'partly' }]);
        assert.deepEqual(emissions.at(-1)?.['data'], { n: 1 }, 'the first component hears of it too');
    });

    test('a refused mutation resolves with its errors; one without an answer rejects', async () => {
        answerWith(() => [200, { data: null, errors: [{ message: 'DUPLICATE_VALUE' }] }]);
        const { errors } = await page.executeMutation({ query: query() });
        assert.equal(errors?.[0]?.message, 'DUPLICATE_VALUE');
        answerWith(() => new TypeError('fetch failed'));
        await assert.rejects(page.executeMutation({ query: query() }), { status: 0 });
    });
});

describe('pages and locale', () => {
    test('addresses become routes and back', () => {
        const cases: readonly [string, Readonly<Record<string, string | undefined>>][] = [
            [
                '/lightning/o/Account/list?filterName=Nurture',
                { page: 'list', objectApiName: 'Account', listView: 'Nurture' },
            ],
            [`/lightning/r/Account/${ID}/view`, { page: 'record', objectApiName: 'Account', recordId: ID }],
            [
                '/setup/Playbook_Trigger__mdt/At_Risk',
                { page: 'setup', type: 'Playbook_Trigger__mdt', record: 'At_Risk' },
            ],
        ];
        for (const [href, route] of cases) {
            const url = new URL(href, 'http://x');
            assert.deepEqual(page.parseRoute(url.pathname, url.searchParams), route);
            assert.equal(page.hrefOf(route), href);
        }
        assert.equal(page.parseRoute('/lightning/nowhere', new URLSearchParams())['page'], 'unknown');
        assert.equal(page.parseRoute('/', new URLSearchParams())['objectApiName'], 'Account');
    });

    test('an app with a home page starts there', () => {
        const home = { kind: 'page', tab: 'standard-home', label: 'Home', pageName: 'Start' } as const;
        page.startSession({ ...BOOT, app: { ...BOOT.app, navigation: [...BOOT.app.navigation, home] } });
        const route = { page: 'tab', tab: 'standard-home' };
        for (const address of ['/', '/lightning/page/home']) {
            assert.deepEqual(page.parseRoute(address, new URLSearchParams()), route);
        }
        assert.equal(page.hrefOf(route), '/lightning/page/home');
        page.startSession(BOOT);
    });

    test('a page reference that the local org cannot follow is refused by name', () => {
        assert.throws(() => page.routeOf({ type: 'standard__knowledgeArticlePage' }), /standard__knowledgeArticlePage/);
    });

    test('formats follow the locale of the user', () => {
        const facts = page.localeFacts();
        assert.equal(facts['timeZone'], 'Europe/Berlin');
        assert.equal(facts['firstDayOfWeek'], 2);
        assert.equal(facts['dateTime.mediumDateFormat'], 'dd.MM.yyyy');
        assert.equal(facts['dateTime.shortTimeFormat'], 'HH:mm');
        assert.equal(facts['number.decimalSeparator'], ',');
        page.startSession({ ...BOOT, user: { ...BOOT.user, locale: 'en-US' } });
        assert.equal(page.localeFacts()['dateTime.mediumDateFormat'], 'MMM d, yyyy');
        assert.equal(page.localeFacts()['dateTime.shortTimeFormat'], 'h:mm a');
    });

    test('default field values survive commas, equals signs and line breaks', () => {
        const values = { Subject: 'Hi, you = me', HtmlBody: 'a\nb <b>&</b>', ToIds: '["003"]' };
        assert.deepEqual(page.decodeDefaultFieldValues(page.encodeDefaultFieldValues(values)), values);
    });
});
