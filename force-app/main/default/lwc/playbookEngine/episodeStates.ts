/**
 * The states of an episode and what each event does in each of them. This table is what runs: the page's actions and the sweep ask
 * `nextState` before they write. A test keeps the two drawings below equal to it.
 *
 * ```mermaid
 * stateDiagram-v2
 *     None --> Waiting: enter
 *     None --> Open: act
 *     None --> Snoozed: snooze
 *     None --> Closed: finish
 *     Waiting --> Waiting: adopt, raise, ease, recover, relapse, refresh
 *     Waiting --> Open: room, act
 *     Waiting --> Snoozed: snooze
 *     Waiting --> Closed: finish, hold, lose, expire
 *     Open --> Open: act, adopt, raise, ease, recover, relapse, refresh
 *     Open --> Snoozed: snooze
 *     Open --> Closed: finish, hold, lose, expire
 *     Snoozed --> Snoozed: snooze, adopt, recover, relapse, refresh
 *     Snoozed --> Open: act, wake, raise
 *     Snoozed --> Closed: finish, hold, lose
 *     Closed --> Open: reopen, continue
 * ```
 *
 * | event    | by     | None    | Waiting | Open    | Snoozed | Closed |
 * | -------- | ------ | ------- | ------- | ------- | ------- | ------ |
 * | enter    | sweep  | Waiting | -       | -       | -       | -      |
 * | room     | sweep  | -       | Open    | -       | -       | -      |
 * | act      | person | Open    | Open    | Open    | Open    | -      |
 * | snooze   | person | Snoozed | Snoozed | Snoozed | Snoozed | -      |
 * | wake     | both   | -       | -       | -       | Open    | -      |
 * | adopt    | sweep  | -       | Waiting | Open    | Snoozed | -      |
 * | raise    | both   | -       | Waiting | Open    | Open    | -      |
 * | ease     | both   | -       | Waiting | Open    | -       | -      |
 * | recover  | sweep  | -       | Waiting | Open    | Snoozed | -      |
 * | relapse  | sweep  | -       | Waiting | Open    | Snoozed | -      |
 * | refresh  | sweep  | -       | Waiting | Open    | Snoozed | -      |
 * | hold     | sweep  | -       | Closed  | Closed  | Closed  | -      |
 * | lose     | sweep  | -       | Closed  | Closed  | Closed  | -      |
 * | expire   | sweep  | -       | Closed  | Closed  | -       | -      |
 * | finish   | person | Closed  | Closed  | Closed  | Closed  | -      |
 * | reopen   | person | -       | -       | -       | -       | Open   |
 * | continue | both   | -       | -       | -       | -       | Open   |
 */
import type { RunStatus } from './types';

/** `None`: nothing is recorded. Recovering is no state but a mark on one that is not closed (`Run.recoveringSince`). */
export type EpisodeState = 'None' | RunStatus;
export const EPISODE_STATES: readonly EpisodeState[] = ['None', 'Waiting', 'Open', 'Snoozed', 'Closed'];

/**
 * enter: the entry rule holds, and nothing stands against it: neither a cooldown (which does not hide a tier worse than any that the closed
 * run had) nor what holds prompts back (see `heldBack`). room: its CSM can take it on; a new run with room enters and goes on at once.
 * act: a step is answered, corrected or undone. snooze: put aside until a day. wake: that day has come, or a person wants it back. adopt:
 * its trigger is gone, or it never had one, and another of its playbook takes it over. raise, ease: the tier got worse, better. recover,
 * relapse: the exit rule begins, stops to hold; these set and clear the mark. refresh: next step, due date or CSM moved. hold: the exit has
 * held for its days and an outcome can be told. lose: the loss criterion holds. expire: nobody touched it in time. finish: a person closes
 * it. reopen: a person takes the closing back. continue: it came back within its cooldown.
 */
export type EpisodeEvent =
    | 'enter'
    | 'room'
    | 'act'
    | 'snooze'
    | 'wake'
    | 'adopt'
    | 'raise'
    | 'ease'
    | 'recover'
    | 'relapse'
    | 'refresh'
    | 'hold'
    | 'lose'
    | 'expire'
    | 'finish'
    | 'reopen'
    | 'continue';

/** The state after an event, or why the event cannot happen in that state. Nothing leads back to `None`: no run is ever deleted. */
export type Transition =
    { readonly to: RunStatus; readonly refused: null } | { readonly to: null; readonly refused: string };

type Row = Readonly<Partial<Record<EpisodeState, RunStatus>>>;

const EVERY_RUN: Row = { Waiting: 'Waiting', Open: 'Open', Snoozed: 'Snoozed' };
const CLOSES: Row = { Waiting: 'Closed', Open: 'Closed', Snoozed: 'Closed' };

const TABLE: Readonly<Record<EpisodeEvent, Row>> = {
    enter: { None: 'Waiting' },
    room: { Waiting: 'Open' },
    act: { None: 'Open', Waiting: 'Open', Open: 'Open', Snoozed: 'Open' },
    snooze: { None: 'Snoozed', Waiting: 'Snoozed', Open: 'Snoozed', Snoozed: 'Snoozed' },
    wake: { Snoozed: 'Open' },
    adopt: EVERY_RUN,
    raise: { Waiting: 'Waiting', Open: 'Open', Snoozed: 'Open' },
    // The tier at which it was put aside is kept: only against it can a worse one be told.
    ease: { Waiting: 'Waiting', Open: 'Open' },
    recover: EVERY_RUN,
    relapse: EVERY_RUN,
    refresh: EVERY_RUN,
    hold: CLOSES,
    lose: CLOSES,
    expire: { Waiting: 'Closed', Open: 'Closed' },
    finish: { None: 'Closed', ...CLOSES },
    reopen: { Closed: 'Open' },
    continue: { Closed: 'Open' },
};
export const EPISODE_EVENTS = Object.keys(TABLE) as readonly EpisodeEvent[];

export function nextState(state: EpisodeState, event: EpisodeEvent): Transition {
    const to = TABLE[event][state];
    return to === undefined ? { to: null, refused: refusal(state, event) } : { to, refused: null };
}

/** The state after an event that the caller knows to be possible. Throws Error when it is not: a fault of the caller. */
export function stateAfter(state: EpisodeState, event: EpisodeEvent): RunStatus {
    const { refused, to } = nextState(state, event);
    if (refused !== null) {
        throw new Error(`An episode that is ${state} cannot take "${event}": ${refused}`);
    }
    return to;
}

function refusal(state: EpisodeState, event: EpisodeEvent): string {
    switch (event) {
        case 'enter':
            return 'It is recorded already.';
        case 'reopen':
        case 'continue':
            return state === 'None' ? NOTHING_RECORDED : 'It is not closed.';
        default:
            break;
    }
    if (state === 'None') {
        return NOTHING_RECORDED;
    }
    if (state === 'Closed') {
        return 'It is closed, and has to be opened again first.';
    }
    switch (event) {
        case 'room':
            return 'It does not wait for a place.';
        case 'wake':
            return 'It is not put aside.';
        case 'ease':
            return 'While it is put aside it keeps the tier at which that was decided.';
        default:
            return 'Somebody has put it aside, so it does not expire.';
    }
}

const NOTHING_RECORDED = 'Nothing is recorded of it yet.';
