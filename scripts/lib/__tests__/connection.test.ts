import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chooseUser, connectToOrg } from '../connection.ts';
import { CommandError } from '../errors.ts';

const users = ['maya@example.com', 'mara@example.com', 'integration@example.com'];

test('the integration user acts unless another one is named', () => {
    assert.equal(chooseUser(users, undefined), 'integration@example.com');
    assert.equal(chooseUser(users, 'maya'), 'maya@example.com');
});

test('an unknown or ambiguous user is refused with the choice', () => {
    assert.throws(() => chooseUser(users, 'tom'), CommandError);
    assert.throws(() => chooseUser(users, 'ma'), /fits several users/);
});

test('a local org that is not running is said to be so', async () => {
    const data = await mkdtemp(join(tmpdir(), 'org-'));
    await assert.rejects(connectToOrg({ org: 'local', data }), /not running/);
    await writeFile(join(data, 'server.json'), '{"url":');
    await assert.rejects(connectToOrg({ org: 'local', data }), /not what the local org writes/);
});

test('an address without a token is refused', async () => {
    const before = process.env['SF_ACCESS_TOKEN'];
    delete process.env['SF_ACCESS_TOKEN'];
    try {
        await assert.rejects(connectToOrg({ org: 'https://example.my.salesforce.com' }), /no token/);
    } finally {
        if (before !== undefined) {
            process.env['SF_ACCESS_TOKEN'] = before;
        }
    }
});
