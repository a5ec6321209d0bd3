/** Answers to steps, and what managers wrote about them, in words. */
import type { Completion } from 'c/playbookEngine';
import type { Remark } from 'c/playbookPastData';
import type { RemarkCard } from 'c/playbookRemarks';
import { fill, formatMoment } from 'c/playbookFormat';
import doneBy from '@salesforce/label/c.Playbook_Done_By';
import skippedBy from '@salesforce/label/c.Playbook_Skipped_By';
import notApplicableBy from '@salesforce/label/c.Playbook_Not_Applicable_By';
import notDone from '@salesforce/label/c.Playbook_Not_Done';
import you from '@salesforce/label/c.Playbook_Someone';

/** "Done by Maya Lindqvist, 12 Nov, 14:05: Booked". */
export function answerWords(completion: Completion): string {
    const who = completion.completedByName ?? you;
    const when = completion.completedAt ? formatMoment(completion.completedAt) : '';
    const choice = completion.decision.join(', ');
    switch (completion.status) {
        case 'Done':
            return [fill(doneBy, who, when), choice].filter(Boolean).join(': ');
        case 'Skipped':
            return [fill(skippedBy, who, when), completion.skipReason].filter(Boolean).join(': ');
        case 'Not applicable':
            return fill(notApplicableBy, who, when);
        case 'Not done':
            return notDone;
        case 'Undone':
            return '';
    }
}

export function remarkCards(remarks: readonly Remark[]): readonly RemarkCard[] {
    return remarks.map(({ author, id, text, writtenAt }) => ({
        id,
        about: [author ?? you, writtenAt && formatMoment(writtenAt)].filter(Boolean).join(' · '),
        text,
    }));
}
