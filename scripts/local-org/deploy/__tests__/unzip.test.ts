import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { ZipFile } from 'yazl';
import { at, startOrg } from '../../__tests__/fixture.ts';
import { unzip, ZipError } from '../unzip.ts';
import { deployTo, zipOf } from './packages.ts';

/** Another name of the same length for an entry, in both places of the zip that hold it. */
async function renamed(from: string, to: string): Promise<Buffer> {
    const zip = await zipOf({ 'package.xml': '<Package/>', [from]: 'x' });
    return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

async function zipWithFlag(bit: number): Promise<Buffer> {
    const zip = await zipOf({ 'package.xml': '<Package/>' });
    const central = zip.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    zip.writeUInt16LE(zip.readUInt16LE(central + 8) | bit, central + 8);
    return zip;
}

async function zipOfMany(count: number): Promise<Buffer> {
    const zip = new ZipFile();
    for (let index = 0; index < count; index += 1) {
        zip.addBuffer(Buffer.alloc(0), `tabs/T${index}.tab`);
    }
    zip.end();
    return buffer(zip.outputStream);
}

/** Says that its entry is small, and unpacks to more. */
async function lyingZip(): Promise<Buffer> {
    const zip = await zipOf({ 'package.xml': 'x'.repeat(500_000) });
    const central = zip.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    zip.writeUInt32LE(10, central + 24);
    return zip;
}

const REFUSED: readonly (readonly [string, () => Promise<Buffer>, RegExp])[] = [
    ['nothing', () => Promise.resolve(Buffer.alloc(0)), /no zip file/],
    ['bytes that are no zip', () => Promise.resolve(randomBytes(5000)), /no zip file/],
    ['a zip cut off', async () => (await zipOf({ 'package.xml': '<Package/>' })).subarray(0, 60), /no zip file/],
    [
        'a zip with broken content',
        async () => {
            const zip = await zipOf({ 'package.xml': 'abcdefghij'.repeat(1000) });
            zip.fill(0xff, 45, 60);
            return zip;
        },
        /broken/,
    ],
    ['a path upwards', () => renamed('abcd/ef.tab', '../../f.tab'), /\.\.\/\.\.\/f\.tab/],
    ['an absolute path', () => renamed('abcd/ef.tab', '/etc/passwd'), /absolute path/],
    ['a drive', () => renamed('abcd/ef.tab', 'C:/d/ef.tab'), /absolute path/],
    ['a backslash', () => renamed('abcd/ef.tab', 'abcd\\ef.tab'), /invalid characters/],
    ['a NUL in a path', () => renamed('abcd/ef.tab', 'abcd/e\0.tab'), /path is unusable/],
    ['an empty part of a path', () => renamed('abcd/ef.tab', 'abcd//f.tab'), /path is unusable/],
    ['a name twice by case', () => zipOf({ 'tabs/A.tab': '', 'tabs/a.tab': '' }), /twice/],
    ['an encrypted entry', () => zipWithFlag(1), /encrypted/],
    ['a bomb', () => zipOf({ 'package.xml': Buffer.alloc(50_000_000) }), /unpacks to 50000000 bytes/],
    ['an entry that lies about its size', lyingZip, /broken|bytes/],
    ['too many files', () => zipOfMany(10_001), /LIMIT_EXCEEDED/],
    ['more than 39 MB', () => Promise.resolve(Buffer.alloc(39_000_001)), /Maximum size of request/],
];

describe('a zip', () => {
    it('gives its files in order, without directories', async () => {
        const zip = new ZipFile();
        zip.addEmptyDirectory('tabs/');
        zip.addBuffer(Buffer.from('b'), 'tabs/B.tab');
        zip.addBuffer(Buffer.from('a'), 'package.xml');
        zip.end();
        const files = await unzip(await buffer(zip.outputStream));
        assert.deepEqual(
            files.map(({ path, content }) => [path, content.toString()]),
            [
                ['tabs/B.tab', 'b'],
                ['package.xml', 'a'],
            ],
        );
    });

    for (const [name, make, message] of REFUSED) {
        it(`that is ${name} is refused`, async () => {
            const zip = await make();
            await assert.rejects(unzip(zip), (error: unknown) => {
                assert.ok(error instanceof ZipError, String(error));
                assert.match(error.message, message);
                return true;
            });
        });
    }

    it('that is refused fails the deploy with the reason and leaves the org at work', async () => {
        const org = await startOrg({ bare: true });
        const { status, failures } = await deployTo(org, await zipOf({ 'package.xml': Buffer.alloc(50_000_000) }));
        assert.equal(status, 'Failed');
        assert.match(failures[0]?.problem ?? '', /that is no metadata/);
        assert.equal((await org.data('sam', 'GET', '/limits')).status, 200);
        assert.equal(at(failures, 0, 'file'), 'package.xml');
    });
});
