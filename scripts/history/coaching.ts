/** A few comments of a coach on steps that were skipped of late: for the coaching page to begin with. */
import type { Connection } from 'jsforce';
import { CommandError } from '../lib/errors.ts';
import { addDays } from '../replay/days.ts';
import type { HistoryCompletion } from './records.ts';

/** Days back in which a skipped step is still worth a word. */
const RECENT_DAYS = 60;
const WORDS: readonly (readonly [reason: string, text: string])[] = [
    ['Other', '“Other” does not tell me what stood in the way. Let us look at it together on Thursday.'],
    ['Already covered', 'Covered where? Add a line about when, so that whoever takes over finds it.'],
    ['No contact available', 'Ask the sponsor on their side who has taken over; I can introduce you.'],
    ['Other', 'Please do this one all the same, even if it is late: the rest builds on it.'],
    ['Does not fit this account', 'I think it does fit here: they have grown. Shall we do it together?'],
];

export interface HistoryComment {
    /** Key of the completion that it is about. */
    readonly completionKey: string;
    readonly text: string;
}

/** On the latest step that was skipped for each of the reasons, one comment each. `today`: `YYYY-MM-DD`. */
export function commentsOn(completions: readonly HistoryCompletion[], today: string): readonly HistoryComment[] {
    const skipped = completions
        .map(({ fields }) => fields)
        .filter(({ Completed_At__c: at, Completion_Status__c: status }) => {
            return status === 'Skipped' && typeof at === 'string' && at >= addDays(today, -RECENT_DAYS);
        })
        .sort((one, other) => (String(one['Completed_At__c']) > String(other['Completed_At__c']) ? -1 : 1));
    const taken = new Set<string>();
    return WORDS.flatMap(([reason, text]) => {
        const step = skipped.find(
            (one) => one['Skip_Reason__c'] === reason && !taken.has(String(one['Completion_Key__c'])),
        );
        if (step === undefined) {
            return [];
        }
        const completionKey = String(step['Completion_Key__c']);
        taken.add(completionKey);
        return [{ completionKey, text: `${text} (generated)` }];
    });
}

/** `idOf` gives the id of a completion by its key. Throws CommandError with what the org says. */
export async function writeComments(
    coach: Connection,
    comments: readonly HistoryComment[],
    idOf: (completionKey: string) => string,
): Promise<void> {
    const rows = comments.map(({ completionKey, text }) => ({
        Commented_Step__c: idOf(completionKey),
        Comment__c: text,
    }));
    for (const result of await coach.sobject('Coaching_Comment__c').create(rows)) {
        if (!result.success) {
            throw new CommandError(
                `A coaching comment of the history was not taken: ${result.errors.map(({ message }) => message).join(' ')}`,
                'Everything else was loaded. Load the comments as a user who has the permission set Playbook Coach.',
            );
        }
    }
}
