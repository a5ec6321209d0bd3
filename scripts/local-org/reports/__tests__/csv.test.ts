import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { spreadsheetText } from '../spreadsheet-text.ts';
import { ShopOrg, visit } from './shops.ts';

describe('Rows of a report as CSV', () => {
    const csvOf = async (org: ShopOrg, name: string, query = ''): Promise<Response> =>
        fetch(`${org.org.org.url}/local/report-csv/${await org.reportId(name)}${query}`, {
            headers: { authorization: `Bearer ${org.org.tokenOf('sam')}` },
        });

    it('nothing in it is a formula to a spreadsheet; numbers stay numbers; groupings come first', async () => {
        const org = await ShopOrg.start();
        const texts: readonly (readonly [text: string, written?: string])[] = [
            ['=1+1', "'=1+1"],
            ['+1', "'+1"],
            ['-1', "'-1"],
            ['@SUM(A1)', "'@SUM(A1)"],
            ['＝1+1', "'＝1+1"],
            ['＋1', "'＋1"],
            ['－1', "'－1"],
            ['＠SUM(A1)', "'＠SUM(A1)"],
            ['A;=1', "A;'=1"],
            ['A; =1', "A;' =1"],
            ['A;"=1', `A;'"=1`],
            ['A|@x', "A|'@x"],
            ['a\n=1', "a\n'=1"],
            ['a, "b"\nc'],
            ['A; B - C = D\nE'],
            ['=HYPERLINK("http://x","y")', `'=HYPERLINK("http://x","y")`],
        ];
        const names = texts.map(([text]) => text);
        for (const [index, name] of names.entries()) {
            const shop = await org.shop({ Name: name });
            await org.visit(shop, {
                ...{ Name: `=V${index}`, Cost__c: -index - 0.5, Kind__c: 'Call', Note__c: name, Paid__c: true },
                On__c: '2024-02-29',
            });
        }
        const response = await csvOf(org, 'By_Kind');
        const bytes = Buffer.from(await response.arrayBuffer());
        assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
        assert.match(response.headers.get('content-type') ?? '', /^text\/csv; charset=utf-8/);
        assert.equal(response.headers.get('content-disposition'), 'attachment; filename="By_Kind-2026-11-21.csv"');
        const [header, ...rows] = parse(bytes, { bom: true, relax_column_count: false });
        assert.deepEqual(header, ['Kind', 'Visit: Name', 'Cost', 'On', 'Paid', 'Note', 'Won']);
        assert.deepEqual(rows[0], ['Calls', "'=V0", '-0.5', '2024-02-29', 'true', "'=1+1", '0']);
        // Text in quotes, so that a spreadsheet that splits at semicolons takes it apart nowhere that is not guarded; numbers without.
        assert.match(
            bytes.toString(),
            /^\ufeff"Kind","Visit: Name","Cost",.*\r\n"Calls","'=V0",-0\.5,"2024-02-29","true","'=1\+1",0\r\n/,
        );
        const cells = rows.flat().filter((cell) => !/^-?\d+(\.\d+)?$/.test(cell));
        assert.deepEqual(
            cells.filter((cell) => cell.split(/[;|\t\r\n]/).some((part) => /^[\s"]*[=+\-@＝＋－＠]/.test(part))),
            [],
        );
        assert.deepEqual(
            rows.map((row) => row[5]),
            texts.map(([text, written]) => written ?? text),
        );
    });

    it('takes the filters of the moment, and has all rows, blanks empty', async () => {
        const org = await ShopOrg.start();
        const shop = await org.shop({ Name: 'Nord' });
        const many = Array.from({ length: 2050 }, () => ({
            attributes: { type: 'Visit__c' },
            Shop__c: shop,
            Name: 'V',
        }));
        for (let start = 0; start < many.length; start += 200) {
            await org.org.data('sam', 'POST', '/composite/sobjects', { records: many.slice(start, start + 200) });
        }
        await org.visit(shop, { Name: 'W', Cost__c: 3 });
        const all = parse(Buffer.from(await (await csvOf(org, 'Plain')).arrayBuffer()), { bom: true });
        assert.equal(all.length, 2052);
        assert.deepEqual(all[1], ['Nord', 'V', '']);
        const metadata = { reportFilters: [{ column: visit('Cost__c'), operator: 'equals', value: '3' }] };
        const some = await csvOf(org, 'Plain', `?metadata=${encodeURIComponent(JSON.stringify(metadata))}`);
        assert.deepEqual(parse(Buffer.from(await some.arrayBuffer()), { bom: true }).slice(1), [['Nord', 'W', '3']]);
        assert.equal((await csvOf(org, 'Plain', '?metadata=%7B')).status, 400);
    });
});

describe('Text for a spreadsheet', () => {
    // The org trims what it stores; labels and formulas come from elsewhere.
    for (const [text, written] of [
        ['\nA', "'\nA"],
        ['\rA', "'\rA"],
        ['\t=1', "'\t'=1"],
        [' =1', "' =1"],
        ['\u3000＝1', "'\u3000＝1"],
        ['a\r\n-b', "a\r\n'-b"],
        ['a; b = c', 'a; b = c'],
        ['', ''],
    ] as const) {
        it(JSON.stringify(text), () => assert.equal(spreadsheetText(text), written));
    }
});
