/** The comments of a step as the presenter shows them. */
import type { CoachingData, SkippedStep } from 'c/playbookCoachingData';
import type { CommentsView } from 'c/playbookComments';
import { formatAgo } from 'c/playbookFormat';
import { saveMessageFor } from 'c/playbookWords';
import type { CommentWork } from './commenting';
import TEXTS from './labels';

export function commentsView(
    step: SkippedStep,
    { userId, canComment }: CoachingData,
    work: CommentWork | undefined,
    drafts: Readonly<Record<string, string>>,
    now: string,
): CommentsView {
    return {
        completionId: step.id,
        step: step.step,
        accountName: step.accountName,
        comments: step.comments.map(({ id, text, byId, byName, writtenAt }) => ({
            id,
            about: `${byId === userId ? TEXTS.you : byName} · ${formatAgo(writtenAt, now)}`,
            text,
            isOwn: canComment === true && byId === userId,
        })),
        canComment: canComment === true,
        drafts,
        saving: work?.state === 'saving',
        problem: work?.state === 'failed' ? saveMessageFor(work.failure) : null,
        removed:
            work?.state === 'removed'
                ? { tone: 'done', about: '', text: TEXTS.commentRemoved, canUndo: true, saving: work.saving }
                : null,
    };
}
