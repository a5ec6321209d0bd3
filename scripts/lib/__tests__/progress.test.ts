import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressLines } from '../progress.ts';

test('without a terminal progress is a line a quarter, and one end', () => {
    const lines: string[] = [];
    const progress = progressLines('Reading', 200, (line) => lines.push(line));
    for (let done = 10; done <= 200; done += 10) {
        progress.update(done);
    }
    progress.stop();
    progress.stop();
    assert.deepEqual(lines, [
        'Reading …\n',
        'Reading … 25 %\n',
        'Reading … 50 %\n',
        'Reading … 75 %\n',
        'Reading … done\n',
    ]);
});
