/** What is said where there is no account in front. */
import { FORMATS, fill, formatShortDay } from 'c/playbookFormat';
import TEXTS from './labels';
import type { Model } from './model';

export interface EmptyWords {
    readonly heading: string;
    readonly text: string;
    readonly icon: string;
}

export function emptyWords(model: Model, isFiltered: boolean, colleagueName: string): EmptyWords {
    if (model.data.book.length === 0) {
        const text = colleagueName ? fill(TEXTS.noAccountsOf, colleagueName) : TEXTS.noAccountsMine;
        return { heading: TEXTS.noAccountsHeading, text, icon: 'utility:info' };
    }
    if (isFiltered) return { heading: TEXTS.filterNone, text: '', icon: 'utility:filterList' };
    return { heading: TEXTS.nothingHeading, text: nextThing(model) ?? TEXTS.nothingText, icon: 'utility:success' };
}

/** The next thing that comes by itself: a step that is due, or a prompt that is held until a day. */
function nextThing({ worklist }: Model): string | null {
    const coming = worklist.rows.flatMap((row) => {
        const { held } = row.prompt;
        if (held) return held.until === null ? [] : [{ row, day: held.until, words: FORMATS.date(held.until) }];
        return row.next?.dueAt ? [{ row, day: row.next.dueAt, words: formatShortDay(row.next.dueAt) }] : [];
    });
    coming.sort((one, other) => one.day.localeCompare(other.day));
    const [first] = coming;
    return first ? fill(TEXTS.nextDue, first.row.account.name, first.words) : null;
}
