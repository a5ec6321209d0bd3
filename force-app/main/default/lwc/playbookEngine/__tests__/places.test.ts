import { assignPlaces } from '../playbookEngine';

const wanting = [
    { account: '001B', rank: 0.2 },
    { account: '001C', rank: 0.5 },
    { account: '001A', rank: 0.2 },
    { account: '001D', rank: 0.1 },
];

describe('assignPlaces', () => {
    it.each([
        ['the most urgent first, equals by account', 10, 8, [false, true, true, false]],
        ['everybody where there is room', 10, 0, [true, true, true, true]],
        ['nobody where all places are taken', 10, 10, [false, false, false, false]],
        ['nobody where more are taken than there are', 10, 14, [false, false, false, false]],
        ['nobody without capacity', 0, 0, [false, false, false, false]],
    ])('gives places to %s', (_, capacity, taken, room) => {
        expect(assignPlaces(capacity, taken, wanting)).toEqual(room);
    });

    it('gives what is critical a place on top of those that are taken', () => {
        const critical = { account: '001E', rank: 0.9 };
        expect(assignPlaces(2, 2, [...wanting, critical])).toEqual([false, false, false, false, true]);
    });

    it('decides alike whatever the order', () => {
        const room = assignPlaces(3, 0, [...wanting].reverse());
        expect([...room].reverse()).toEqual(assignPlaces(3, 0, wanting));
    });
});
