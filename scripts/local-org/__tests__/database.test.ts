import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { after, beforeEach, suite, test } from 'node:test';
import { nextNumber, rows, scalar, text, texts, transaction } from '../store/database.ts';

suite('the database', () => {
    const db = new DatabaseSync(':memory:');
    db.exec(`
        CREATE TABLE stop (name TEXT UNIQUE, after TEXT);
        CREATE TABLE local_sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
    `);
    after(() => db.close());

    const add = (name: string, previous: string | null = null): void => {
        db.prepare('INSERT INTO stop (name, after) VALUES (?, ?)').run(name, previous);
    };
    const stops = (): readonly string[] => texts(db, 'SELECT name FROM stop ORDER BY name');
    const fail = (): never => {
        throw new RangeError('refused');
    };

    beforeEach(() => db.exec('DELETE FROM stop'));

    test('a transaction keeps everything, or nothing and passes the error on', () => {
        assert.equal(
            transaction(db, () => {
                add('A');
                return 'done';
            }),
            'done',
        );
        assert.throws(
            () =>
                transaction(db, () => {
                    add('B');
                    fail();
                }),
            { name: 'RangeError', message: 'refused' },
        );
        assert.deepEqual(stops(), ['A']);
        assert.equal(db.isTransaction, false);
    });

    test('a part that fails leaves its neighbours and the parts around it', () => {
        transaction(db, () => {
            add('A');
            transaction(db, () => {
                add('B');
                assert.throws(() =>
                    transaction(db, () => {
                        add('C');
                        fail();
                    }),
                );
                transaction(db, () => add('D'));
            });
            assert.throws(() =>
                transaction(db, () => {
                    transaction(db, () => add('E'));
                    fail();
                }),
            );
        });
        assert.deepEqual(stops(), ['A', 'B', 'D']);
    });

    test('the whole takes back the parts that succeeded', () => {
        assert.throws(() =>
            transaction(db, () => {
                transaction(db, () => add('A'));
                fail();
            }),
        );
        assert.deepEqual(stops(), []);
    });

    test('a failure after which SQLite has ended the transaction keeps its own message', () => {
        assert.throws(
            () =>
                transaction(db, () => {
                    add('A');
                    db.prepare('INSERT OR ROLLBACK INTO stop (name) VALUES (?)').run('A');
                }),
            /UNIQUE constraint failed: stop\.name$/,
        );
        assert.deepEqual(stops(), []);
        transaction(db, () => add('B'));
        assert.deepEqual(stops(), ['B']);
    });

    test('columns of the same name stay apart', () => {
        add('A');
        add('B', 'A');
        const [row] = rows(
            db,
            'SELECT one.name, two.name FROM stop one JOIN stop two ON two.after = one.name WHERE one.name = ?',
            'A',
        );
        assert.deepEqual(row, ['A', 'B']);
    });

    test('no row and a blank are told apart by scalar, and are both no text', () => {
        add('A');
        assert.equal(scalar(db, 'SELECT after FROM stop WHERE name = ?', 'A'), null);
        assert.equal(scalar(db, 'SELECT after FROM stop WHERE name = ?', 'B'), undefined);
        assert.equal(text(db, 'SELECT after FROM stop WHERE name = ?', 'A'), undefined);
        assert.equal(text(db, 'SELECT name FROM stop WHERE after IS ?', null), 'A');
    });

    test('sequences count from 1, each by itself', () => {
        assert.deepEqual(
            ['Stop', 'Route', 'Stop'].map((name) => nextNumber(db, name)),
            [1, 1, 2],
        );
    });
});
