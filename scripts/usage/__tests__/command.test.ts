import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runHere } from '../../lib/__tests__/run-command.ts';
import { usage } from '../command.ts';

const BOOK = 'scripts/usage/__tests__/book';
const folder = await mkdtemp(join(tmpdir(), 'playbooks-usage-'));
after(() => rm(folder, { recursive: true, force: true }));
const rejects = join(folder, 'rejects.csv');

test('a dry run prints what it would do, writes the rejects, and ends with 1', async () => {
    const { code, stdout, stderr } = await runHere(usage, [
        'import',
        ...['customers-2026.csv', 'contracts.csv', 'events.csv'].map((name) => `${BOOK}/${name}`),
        ...['--map', `${BOOK}/map.yaml`, '--as-of', '2026-11-30', '--dry-run', '--rejects', rejects, '--explain', '1'],
    ]);
    assert.equal(code, 1, stderr);
    assert.match(stdout, /Test book as of 2026-11-30: 21 rows read, 3 left out by the map\./);
    assert.match(stdout, /2 accounts: worked out, nothing written\./);
    assert.match(stdout, /7 rejected: see .*rejects\.csv/);
    assert.match(stdout, /Health is worked out as\n {2}IF\(Contracts = 0/);
    assert.match(stdout, /Flagged on 2026-11-30, of 2 customers/);
    const lines = (await readFile(rejects, 'utf8')).trimEnd().split('\n');
    assert.equal(lines[0], 'file,line,account,reason');
    assert.equal(lines.length, 8);
});

test('when all is well it ends with 0, and the rejects of the run before are gone', async () => {
    assert.ok(existsSync(rejects));
    const { code } = await runHere(usage, [
        'import',
        `${BOOK}/figures.csv`,
        ...['--map', 'data/mappings/simple.yaml', '--dry-run', '--rejects', rejects],
    ]);
    assert.equal(code, 0);
    assert.ok(!existsSync(rejects));
});

delete process.env['SF_ACCESS_TOKEN'];

const wrong: readonly [string, readonly string[], RegExp][] = [
    ['nothing to do', [], /Say what to do\.[\s\S]*Usage:/],
    ['an unknown action', ['export'], /There is no “export” here/],
    ['an unknown option', ['import', '--mapp', 'x'], /Unknown option '--mapp'[\s\S]*Usage:/],
    ['no map', ['import', 'x.csv', '--dry-run'], /By which map\?/],
    ['no file', ['import', '--map', 'data/mappings/simple.yaml', '--dry-run'], /no file to import/],
    ['no org', ['import', 'x.csv', '--map', 'data/mappings/simple.yaml'], /Which org\?/],
    ['a day that does not exist', ['report', '--as-of', '2026-02-30', '--org', 'local'], /“2026-02-30” is no day/],
    [
        'a missing file',
        ['import', 'x.csv', '--map', 'data/mappings/simple.yaml', '--dry-run'],
        /x\.csv[\s\S]*Check the path/,
    ],
    ['no local org', ['report', '--org', 'local', '--data', folder], /local org is not running[\s\S]*npm start/],
    ['no token', ['report', '--org', 'https://example.invalid'], /no token for[\s\S]*SF_ACCESS_TOKEN/],
    [
        'the wrong delimiter',
        ['import', `${BOOK}/customers-2026.csv`, '--map', 'data/mappings/simple.yaml', '--dry-run'],
        /There is no column “external_id”[\s\S]*is the delimiter really “;”\?/,
    ],
];

for (const [name, args, message] of wrong) {
    test(`${name}: says so and ends with 2`, async () => {
        const { code, stderr } = await runHere(usage, args);
        assert.equal(code, 2);
        assert.match(stderr, message);
    });
}
