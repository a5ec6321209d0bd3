import { pinned, type Pin } from '../slots';

const pins = (...entries: readonly (readonly [string, string, number])[]): ReadonlyMap<string, Pin> =>
    new Map(entries.map(([account, section, index]) => [account, { section, index }]));

test.each([
    ['nothing is pinned', ['a', 'b'], pins(), ['a', 'b']],
    [
        'what was acted on stays where it was, though it ranks lower now',
        ['b', 'c', 'a'],
        pins(['a', 'today', 0]),
        ['a', 'b', 'c'],
    ],
    ['what has gone keeps its place', ['b', 'c'], pins(['a', 'today', 1]), ['b', 'a', 'c']],
    ['what is pinned elsewhere does not show here as well', ['a', 'b'], pins(['a', 'later', 0]), ['b']],
    ['two in one section', ['x', 'y'], pins(['b', 'today', 1], ['a', 'today', 0]), ['a', 'b', 'x', 'y']],
    ['a place beyond the end is the end', ['x'], pins(['a', 'today', 9]), ['x', 'a']],
])('%s', (_title, own, map, expected) => {
    expect(pinned('today', own, map)).toEqual(expected);
});
