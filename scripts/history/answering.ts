/** What a CSM answers to a step: how they judge the account, which is not always how it is. */
import type { Answer, Step, StepView } from 'c/playbookEngine';
import { weighted, type Chance } from './chance.ts';
import { CAUSE_WEIGHTS, OFTEN_SKIPPED } from './effects.ts';
import type { Habits } from './csms.ts';
import type { HiddenAccount } from './hidden-account.ts';

export interface Situation {
    readonly hidden: HiddenAccount;
    readonly habits: Habits;
    /** Of this run and step, in this turn. */
    readonly ask: Chance;
    /** Of this run. */
    readonly askRun: Chance;
}

/** What becomes of a step: an answer, or nothing, so that it stays open. */
export function answerTo({ step }: StepView, situation: Situation): Answer | null {
    const { ask, habits, hidden } = situation;
    const chance = ask('way');
    const isOpening = step.key === 'check_data';
    if (step.key === OFTEN_SKIPPED.stepKey && ask('left out') < OFTEN_SKIPPED.share * (1.6 - habits.does)) {
        return skipped(situation);
    }
    // Where it gets better, one stays with it: followed and saved go together for this reason as well.
    const staysWithIt = hidden.isImproving && chance >= habits.does + habits.skips;
    if (isOpening || staysWithIt || chance < habits.does) {
        return {
            kind: 'done',
            note: step.noteRequired || ask('note') < 0.2 ? noteOn(step, situation) : null,
            decision: step.decision === null ? [] : [decisionOn(step, situation)],
        };
    }
    if (chance < habits.does + habits.skips) {
        return skipped(situation);
    }
    return ask('else') < 0.2 ? { kind: 'not-applicable', note: null } : null;
}

function skipped({ ask, habits }: Situation): Answer {
    return { kind: 'skip', reason: weighted(ask('reason'), habits.skipReasons), note: null };
}

function decisionOn(step: Step, situation: Situation): string {
    const options = step.decision?.options ?? [];
    const wanted = (DECISIONS[step.key] ?? first)(situation, options);
    return options.includes(wanted) ? wanted : (options[0] ?? '');
}

type Decide = (situation: Situation, options: readonly string[]) => string;

const first: Decide = ({ ask }, options) => options[Math.floor(ask('option') ** 2 * options.length)] ?? '';

const DECISIONS: Readonly<Record<string, Decide>> = {
    check_data: ({ askRun, habits, hidden }) => {
        const kind = hidden.slide?.kind;
        const isSeen = askRun('judgement') < habits.judgement;
        if (kind === 'data error' && isSeen) {
            return 'False alarm';
        }
        return (kind === 'season' && isSeen) || askRun('misjudged') < 0.03 ? 'Known or seasonal' : 'Real';
    },
    cause: ({ askRun, habits, hidden }) => supposedCause(hidden, habits, askRun),
    book_call: ({ ask, hidden }) => {
        if (hidden.slide?.reachable === false) {
            return ask('reached') < 0.75 ? 'No reply to two messages' : 'They declined';
        }
        return ask('reached') < 0.92 ? 'Call booked' : 'Contact left or changed role';
    },
    second_contact: ({ ask }) => (ask('reached') < 0.6 ? 'Call booked' : 'No reply'),
    sponsor_outreach: ({ ask }) => (ask('reached') < 0.5 ? 'Call booked' : 'No reply'),
    hold_call: ({ ask, hidden }) => {
        if (hidden.depth > 0.95 && ask('leaving') < 0.4) {
            return 'They are leaving';
        }
        return ask('held') < 0.75 ? 'We can fix it together' : 'Needs a decision from us';
    },
    weekly_review: ({ ask, hidden }) => {
        const looksBetter = hidden.isImproving ? 0.85 : 0.12;
        return ask('looks') < looksBetter ? 'Improving' : ask('flat') < 0.7 ? 'Flat' : 'Worse';
    },
    day_30: ({ ask, hidden }) => {
        if (hidden.isImproving) {
            return (hidden.health ?? 0) >= 63 ? 'Saved' : 'Keep going';
        }
        return hidden.depth > 0.9 && ask('let go') < 0.17 ? 'Let go' : 'Keep going';
    },
    value_review: ({ ask, hidden }) => (ask('value') < 0.75 - 0.5 * hidden.depth ? 'Yes, clearly' : 'Partly'),
    renewal_risk: ({ ask, hidden }) => {
        const risk = hidden.depth + (ask('risk') - 0.5) * 0.4;
        return risk > 0.65 ? 'Could be lost' : risk > 0.3 ? 'Could shrink' : 'Safe';
    },
    verbal_yes: ({ ask, hidden }) => {
        if (hidden.noticeOn !== null) {
            return 'No';
        }
        return ask('yes') < 0.8 - 0.4 * hidden.depth ? 'Yes' : 'Not yet';
    },
};

/** The cause as the CSM names it: the true one as often as their judgement is good. */
export function supposedCause({ slide }: HiddenAccount, habits: Habits, askRun: Chance): string {
    const isRight = askRun('cause seen') < 0.5 + habits.judgement / 2;
    return slide?.cause != null && isRight ? slide.cause : weighted(askRun('cause guessed'), CAUSE_WEIGHTS);
}

function noteOn(step: Step, { ask }: Situation): string {
    const words = NOTES[step.key] ?? NOTES['*'] ?? [''];
    return `${words[Math.floor(ask('words') * words.length)] ?? ''} (generated)`;
}

const NOTES: Readonly<Record<string, readonly string[]>> = {
    hold_call: [
        'Half the team has gone back to spreadsheets since the update.',
        'They do not see what they pay for. Nobody has shown them since the start.',
        'Two people left, and nobody took over the set-up.',
    ],
    recovery_plan: [
        'Three actions, each with a name and a day; we look at them every week.',
        'One workflow first, the rest when that runs.',
    ],
    note_season: ['Quiet as in every year; back in about four weeks.', 'Plant holidays, agreed with the customer.'],
    contract_facts: ['Notice until 60 days before the end; price stays as agreed.'],
    '*': ['Spoke to them, fine.', 'As planned.', 'Took longer than thought.', 'Send the summary by Friday.'],
};
