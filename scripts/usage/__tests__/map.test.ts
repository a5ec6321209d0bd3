import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { CommandError } from '../../lib/errors.ts';
import { loadMap } from '../map.ts';

const FOLDER = 'scripts/usage/__tests__/broken';

for (const file of ['data/mappings/ravenstack.yaml', 'data/mappings/simple.yaml']) {
    test(`the shipped mapping is fine: ${file}`, async () => {
        const map = await loadMap(file);
        assert.ok(map.fields.some(({ field }) => field === 'Health_Score__c'));
    });
}

test('every mistake of a mapping is found, with its line', async () => {
    const expected = await readFile(`${FOLDER}/map.expected`, 'utf8');
    await assert.rejects(loadMap(`${FOLDER}/map.map`), (error) => {
        assert.ok(error instanceof CommandError);
        const found = error.messages.map(({ message }) => `${message.replace(`${FOLDER}/`, '')}\n`).join('');
        assert.equal(found, expected);
        return true;
    });
});
