import { LightningElement, api } from 'lwc';
import { fill } from 'c/playbookFormat';
import type { ReceiptView } from 'c/playbookReceipt';
import type PlaybookReceipt from 'c/playbookReceipt';
import type { MessageView } from 'c/playbookWords';
import TEXTS from './labels';

export interface CommentCard {
    readonly id: string;
    /** Author and when, in words. */
    readonly about: string;
    readonly text: string;
    /** The user wrote it, and may change or remove it. */
    readonly isOwn: boolean;
}

export interface CommentsView {
    readonly completionId: string;
    readonly step: string;
    readonly accountName: string;
    readonly comments: readonly CommentCard[];
    readonly canComment: boolean;
    /** What was written and not saved: of a new comment by the completion's id, of a changed one by its own. */
    readonly drafts: Readonly<Record<string, string>>;
    readonly saving: boolean;
    readonly problem: MessageView | null;
    /** What was removed, with the way back. */
    readonly removed: ReceiptView | null;
}

/** `id`: of the completion for a new comment, else of the comment. */
export interface WrittenComment {
    readonly id: string;
    readonly text: string;
}

interface CommentRow extends CommentCard {
    readonly isEdited: boolean;
    readonly showsActions: boolean;
}

/**
 * Comments on a step. Fires `write` and `rewrite` with a WrittenComment, `draft` with one whenever something is typed, `remove` with a comment's
 * id, `retry`, `undo`, `dismiss`. The form stays open until `closeForm` says that what it sent was saved.
 */
export default class PlaybookComments extends LightningElement {
    @api view: CommentsView | undefined;

    readonly texts = TEXTS;
    /** Id of what is written: the completion for a new comment, or a comment; '': no form is open. */
    private writing = '';
    private nextFocus: '' | 'button' | 'receipt' = '';

    override renderedCallback(): void {
        const { nextFocus } = this;
        this.nextFocus = '';
        if (nextFocus === 'button') this.template?.querySelector<HTMLElement>('.open')?.focus();
        if (nextFocus === 'receipt') {
            this.template?.querySelector<HTMLElement & PlaybookReceipt>('c-playbook-receipt')?.focusLine();
        }
    }

    /** What was sent was saved. */
    @api
    closeForm(): void {
        this.writing = '';
        this.nextFocus = 'button';
    }

    /** Something was removed: the way back comes next. */
    @api
    focusReceipt(): void {
        this.nextFocus = 'receipt';
    }

    get rows(): readonly CommentRow[] {
        const { view, writing } = this;
        return (view?.comments ?? []).map((comment) => ({
            ...comment,
            isEdited: comment.id === writing,
            showsActions: comment.isOwn && comment.id !== writing,
        }));
    }
    get hasComments(): boolean {
        return this.rows.length > 0;
    }
    get listLabel(): string {
        return fill(this.texts.comments, `${this.view?.step ?? ''} – ${this.view?.accountName ?? ''}`);
    }
    get isWritingNew(): boolean {
        return this.canWrite && this.writing === this.view?.completionId;
    }
    get canOpen(): boolean {
        return this.canWrite && this.writing === '';
    }
    get openLabel(): string {
        return fill(this.texts.commentOn, this.view?.step ?? '', this.view?.accountName ?? '');
    }
    get typed(): string {
        const { view, writing } = this;
        return view?.drafts[writing] ?? view?.comments.find(({ id }) => id === writing)?.text ?? '';
    }

    handleOpen(): void {
        this.writing = this.view?.completionId ?? '';
    }

    handleEdit(event: Event): void {
        if (!this.view?.saving) this.writing = this.idOf(event);
    }

    handleRemove(event: Event): void {
        if (!this.view?.saving) this.dispatchEvent(new CustomEvent('remove', { detail: this.idOf(event) }));
    }

    handleDraft(event: CustomEvent<string>): void {
        const detail: WrittenComment = { id: this.writing, text: event.detail };
        this.dispatchEvent(new CustomEvent('draft', { detail }));
    }

    handleSave(event: CustomEvent<string>): void {
        const detail: WrittenComment = { id: this.writing, text: event.detail };
        const isNew = this.writing === this.view?.completionId;
        this.dispatchEvent(new CustomEvent(isNew ? 'write' : 'rewrite', { detail }));
    }

    handleCancel(): void {
        this.closeForm();
    }

    handleRetry(): void {
        this.dispatchEvent(new CustomEvent('retry'));
    }

    handleUndo(): void {
        this.dispatchEvent(new CustomEvent('undo'));
    }

    handleDismiss(): void {
        this.nextFocus = 'button';
        this.dispatchEvent(new CustomEvent('dismiss'));
    }

    private get canWrite(): boolean {
        return this.view?.canComment === true;
    }

    private idOf(event: Event): string {
        return (event.currentTarget as HTMLElement).dataset['id'] ?? '';
    }
}
