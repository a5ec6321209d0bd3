import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import type PlaybookCoachingData from 'c/playbookCoachingData';
import type { CoachingData, CoachingScope, Failure } from 'c/playbookCoachingData';
import type PlaybookComments from 'c/playbookComments';
import type { CommentsView, WrittenComment } from 'c/playbookComments';
import { FORMATS, fill } from 'c/playbookFormat';
import type { SavesView } from 'c/playbookSaves';
import type { SkipsView } from 'c/playbookSkips';
import type { SkippedStepCard } from 'c/playbookSkippedStep';
import { isLasting, messageFor, type MessageView } from 'c/playbookWords';
import { Commenting, type CommentAct } from './commenting';
import { commentsView } from './commentsView';
import { PERIODS, keepScope, keptScope } from './keptScope';
import TEXTS from './labels';
import { savesView, skippedStepCard, skipsView } from './views';

interface Option {
    readonly label: string;
    readonly value: string;
}

/** Value of a filter that lets everything through: a combobox takes no null. */
const ALL = '';

/**
 * For a manager before a one-to-one: what was saved, which steps were skipped and why, and comments on them. The container: it reads through
 * c-playbook-coaching-data and hands words to presenters.
 */
export default class PlaybookCoaching extends NavigationMixin(LightningElement) {
    readonly texts = TEXTS;
    scope: CoachingScope = keptScope();
    announcement = '';
    isReadingMore = false;
    moreProblem = '';
    /** Of the last read, for the filters, which stay while something else is read. */
    private choices: CoachingData | null = null;
    private data: CoachingData | null = null;
    private failure: Failure | null = null;
    private drafts: Readonly<Record<string, string>> = {};
    /** Counts what happens to comments, so that the page follows. */
    private changes = 0;
    private reading: Promise<void> | null = null;
    private readonly commenting = new Commenting({
        send: (completionId, act) => this.send(completionId, act),
        show: () => {
            this.changes += 1;
        },
        done: (completionId, act) => this.handleDone(completionId, act),
    });
    private readonly handleFocus = (): void => {
        if (document.visibilityState === 'visible') void this.reload();
    };

    override connectedCallback(): void {
        // There is no push: another person's work shows when this page gets the focus back.
        window.addEventListener('focus', this.handleFocus);
        document.addEventListener('visibilitychange', this.handleFocus);
    }

    override disconnectedCallback(): void {
        window.removeEventListener('focus', this.handleFocus);
        document.removeEventListener('visibilitychange', this.handleFocus);
    }

    get periods(): readonly { days: number; label: string; pressed: string; className: string }[] {
        return PERIODS.map((days) => {
            const isChosen = days === this.scope.days;
            return {
                days,
                label: FORMATS.days(days),
                pressed: String(isChosen),
                className: isChosen ? 'filter chosen' : 'filter',
            };
        });
    }
    get csmOptions(): readonly Option[] {
        const csms = this.choices?.csms ?? [];
        return [
            { label: TEXTS.allCsms, value: ALL },
            ...csms.map(({ id, name, isActive }) => ({ label: isActive ? name : fill(TEXTS.left, name), value: id })),
        ];
    }
    /** Not where the org hides individuals, and not before anybody has had a run. */
    get showsCsms(): boolean {
        return (this.choices?.csms.length ?? 0) > 0;
    }
    get playbookOptions(): readonly Option[] {
        const playbooks = this.choices?.playbooks ?? [];
        return [
            { label: TEXTS.allPlaybooks, value: ALL },
            ...playbooks.map(({ id, name }) => ({ label: name, value: id })),
        ];
    }
    get showsFilters(): boolean {
        return this.choices !== null;
    }
    get chosenCsm(): string {
        return this.scope.csmId ?? ALL;
    }
    get chosenPlaybook(): string {
        return this.scope.playbookId ?? ALL;
    }
    get isLoading(): boolean {
        return !this.failure && !this.shown;
    }
    /** A read that fails later leaves what is on the page and says so above it. */
    get readProblem(): MessageView | null {
        return this.failure ? messageFor(this.failure) : null;
    }
    /** What was read for what is asked now. */
    get shown(): CoachingData | null {
        const { data, scope } = this;
        return data && JSON.stringify(data.scope) === JSON.stringify(scope) ? data : null;
    }
    get isReadOnly(): boolean {
        return this.shown?.canComment === false && this.hasSkipped;
    }
    get isEmpty(): boolean {
        const { shown } = this;
        return shown !== null && shown.saves.length === 0 && shown.skipped.length === 0;
    }
    get emptyText(): string {
        const { days, csmId, playbookId } = this.scope;
        const isNarrow = csmId !== null || playbookId !== null || days < Math.max(...PERIODS);
        return isNarrow ? `${TEXTS.nothingText} ${TEXTS.nothingFiltered}` : TEXTS.nothingText;
    }
    get hasContent(): boolean {
        return this.shown !== null && !this.isEmpty;
    }
    get savesView(): SavesView | null {
        return this.shown && savesView(this.shown, this.now);
    }
    get skipsView(): SkipsView | null {
        return this.shown && skipsView(this.shown);
    }
    get hasSkipped(): boolean {
        return (this.shown?.skipped.length ?? 0) > 0;
    }
    get skipped(): readonly { card: SkippedStepCard; comments: CommentsView }[] {
        const { shown, now, drafts, commenting } = this;
        // Read so that the page follows the comments' work, which is no field of it.
        if (!shown || this.changes < 0) return [];
        return shown.skipped.map((step) => ({
            card: skippedStepCard(step, now),
            comments: commentsView(step, shown, commenting.of(step.id), drafts, now),
        }));
    }
    get hasMore(): boolean {
        return this.shown?.hasMoreSkipped === true;
    }

    handleLoaded(event: CustomEvent<CoachingData>): void {
        this.data = event.detail;
        this.choices = event.detail;
        this.failure = null;
        // Kept from before the org decided to hide individuals.
        if (event.detail.hidesIndividuals && this.scope.csmId !== null) this.narrow({ csmId: null });
    }

    handleFailed(event: CustomEvent<Failure>): void {
        this.failure = event.detail;
        // Nothing of what was read before may stay where the user must not see it any more.
        if (isLasting(event.detail)) this.data = null;
    }

    handleRetryRead(): void {
        this.failure = null;
        this.template?.querySelector<HTMLElement>('.title')?.focus();
        void this.reload();
    }

    handlePeriod(event: Event): void {
        this.narrow({ days: Number((event.currentTarget as HTMLElement).dataset['days']) });
    }

    handleCsm(event: CustomEvent<{ value: string }>): void {
        this.narrow({ csmId: event.detail.value === ALL ? null : event.detail.value });
    }

    handlePlaybook(event: CustomEvent<{ value: string }>): void {
        this.narrow({ playbookId: event.detail.value === ALL ? null : event.detail.value });
    }

    handleOpen(event: CustomEvent<string>): void {
        this[NavigationMixin.Navigate]({
            type: 'standard__recordPage',
            attributes: { recordId: event.detail, objectApiName: 'Account', actionName: 'view' },
        });
    }

    async handleMore(): Promise<void> {
        if (this.isReadingMore) return;
        this.isReadingMore = true;
        this.moreProblem = '';
        const failure = await this.dataService.more();
        this.isReadingMore = false;
        if (failure) this.moreProblem = [TEXTS.moreFailed, ...failure.messages].join(' ');
    }

    handleDraft(event: CustomEvent<WrittenComment>): void {
        const { id, text } = event.detail;
        this.drafts = { ...this.drafts, [id]: text };
    }

    handleWrite(event: CustomEvent<WrittenComment>): void {
        void this.commenting.perform(stepOf(event), { kind: 'write', text: event.detail.text });
    }

    handleRewrite(event: CustomEvent<WrittenComment>): void {
        void this.commenting.perform(stepOf(event), { kind: 'rewrite', ...event.detail });
    }

    handleRemove(event: CustomEvent<string>): void {
        const step = this.shown?.skipped.find(({ id }) => id === stepOf(event));
        const comment = step?.comments.find(({ id }) => id === event.detail);
        if (!step || !comment) return;
        void this.commenting.perform(step.id, { kind: 'remove', id: comment.id, text: comment.text });
    }

    handleRetry(event: Event): void {
        void this.commenting.retry(stepOf(event));
    }

    handleUndo(event: Event): void {
        void this.commenting.undo(stepOf(event));
    }

    handleDismiss(event: Event): void {
        this.commenting.forget(stepOf(event));
    }

    private get now(): string {
        return new Date().toISOString();
    }

    private narrow(change: Partial<CoachingScope>): void {
        this.scope = { ...this.scope, ...change };
        keepScope(this.scope);
        this.failure = null;
        this.moreProblem = '';
    }

    private send(completionId: string, act: CommentAct): ReturnType<PlaybookCoachingData['comment']> {
        const { dataService } = this;
        switch (act.kind) {
            case 'write':
            case 'restore':
                return dataService.comment(completionId, act.text);
            case 'rewrite':
                return dataService.edit(act.id, act.text);
            case 'remove':
                return dataService.remove(act.id);
        }
    }

    private handleDone(completionId: string, act: CommentAct): void {
        const comments = this.template?.querySelector<HTMLElement & PlaybookComments>(
            `c-playbook-comments[data-step="${completionId}"]`,
        );
        this.announcement = act.kind === 'remove' ? TEXTS.commentRemoved : TEXTS.commentSaved;
        if (act.kind === 'remove') {
            comments?.focusReceipt();
            return;
        }
        if (act.kind === 'restore') return;
        const written = act.kind === 'write' ? completionId : act.id;
        this.drafts = Object.fromEntries(Object.entries(this.drafts).filter(([id]) => id !== written));
        comments?.closeForm();
    }

    /** Focus and retry may ask at once: they share one read. */
    private reload(): Promise<void> {
        this.reading ??= this.dataService.refresh().finally(() => {
            this.reading = null;
        });
        return this.reading;
    }

    private get dataService(): PlaybookCoachingData {
        const service = this.template?.querySelector<HTMLElement & PlaybookCoachingData>('c-playbook-coaching-data');
        if (!service) throw new Error('The coaching page has no data service.');
        return service;
    }
}

const stepOf = (event: Event): string => (event.currentTarget as HTMLElement).dataset['step'] ?? '';
