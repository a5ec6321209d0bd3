import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EPISODE_EVENTS, EPISODE_STATES, type EpisodeEvent, type EpisodeState, nextState } from '../playbookEngine';
import { stateAfter } from '../episodeStates';

const DOCS = readFileSync(join(__dirname, '../episodeStates.ts'), 'utf8').split('*/')[0] ?? '';
const cells = (line: string): string[] =>
    line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());

/** `event from to` of everything that can happen. */
function executed(): string[] {
    return EPISODE_EVENTS.flatMap((event) =>
        EPISODE_STATES.flatMap((from) => {
            const { to } = nextState(from, event);
            return to === null ? [] : `${event} ${from} ${to}`;
        }),
    ).sort();
}

describe('the states of an episode', () => {
    it('are those of the table in the documentation', () => {
        const [head, , ...rows] = DOCS.split('\n').filter((line) => line.startsWith(' * |'));
        const states = cells(head ?? '').slice(2);
        const drawn = rows.flatMap((row) => {
            const [event = '', , ...targets] = cells(row);
            return targets.flatMap((to, index) => (to === '-' ? [] : `${event} ${states[index] ?? ''} ${to}`));
        });
        expect(states).toEqual([...EPISODE_STATES]);
        expect(rows.map((row) => cells(row)[0])).toEqual(expect.arrayContaining([...EPISODE_EVENTS]));
        expect(drawn.sort()).toEqual(executed());
    });

    it('are those of the diagram in the documentation', () => {
        const drawn = [...DOCS.matchAll(/^ \* {5}(\w+) --> (\w+): (.*)$/gm)].flatMap(([, from, to, events]) =>
            (events ?? '').split(', ').map((event) => `${event} ${from ?? ''} ${to ?? ''}`),
        );
        expect(drawn.sort()).toEqual(executed());
    });

    it('give a reason for whatever cannot happen', () => {
        for (const event of EPISODE_EVENTS) {
            for (const state of EPISODE_STATES) {
                const { refused, to } = nextState(state, event);
                expect([state, event, to === null]).toEqual([state, event, refused !== null]);
                expect(refused ?? 'A sentence.').toMatch(/^[A-Z].*\.$/);
            }
        }
    });

    it.each<[EpisodeState, EpisodeEvent, string]>([
        ['Open', 'enter', 'It is recorded already.'],
        ['None', 'continue', 'Nothing is recorded of it yet.'],
        ['Open', 'reopen', 'It is not closed.'],
        ['Closed', 'act', 'It is closed, and has to be opened again first.'],
        ['Open', 'room', 'It does not wait for a place.'],
        ['Waiting', 'wake', 'It is not put aside.'],
        ['Snoozed', 'ease', 'While it is put aside it keeps the tier at which that was decided.'],
        ['Snoozed', 'expire', 'Somebody has put it aside, so it does not expire.'],
    ])('%s, %s: %s', (state, event, refused) => {
        expect(nextState(state, event)).toEqual({ to: null, refused });
    });

    it('are never forced', () => {
        expect(() => stateAfter('Closed', 'snooze')).toThrow(/Closed cannot take "snooze"/);
        expect(stateAfter('Snoozed', 'raise')).toBe('Open');
    });

    it('lead from nothing to every state, from every state to Closed, and out of Closed to Open alone', () => {
        const after = (state: EpisodeState): EpisodeState[] =>
            EPISODE_EVENTS.flatMap((event) => nextState(state, event).to ?? []);
        const reached = new Set<EpisodeState>(['None']);
        for (const state of reached) {
            after(state).forEach((next) => reached.add(next));
        }
        expect([...reached].sort()).toEqual([...EPISODE_STATES].sort());
        for (const state of ['None', 'Waiting', 'Open', 'Snoozed'] as const) {
            expect(after(state)).toContain('Closed');
        }
        expect([...new Set(after('Closed'))]).toEqual(['Open']);
    });
});
