import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { unregisterRefreshHandler } from 'lightning/refresh';
import type PlaybookBookData from 'c/playbookBookData';
import type { BookData, Colleague, Failure, Progress } from 'c/playbookBookData';
import { FORMATS, fill } from 'c/playbookFormat';
import type PlaybookReceipt from 'c/playbookReceipt';
import type { SweepAgeView } from 'c/playbookSweepAge';
import { isLasting, messageFor, type MessageView } from 'c/playbookWords';
import type PlaybookWorklistRow from 'c/playbookWorklistRow';
import type { RowAction, RowCard } from 'c/playbookWorklistRow';
import { Actions } from './actions';
import { emptyWords, type EmptyWords } from './emptyWords';
import { filterButtons, nurtureAccounts, type FilterButton, type NurtureAccount } from './filterView';
import type { FilterId } from './filters';
import TEXTS from './labels';
import { PreparedCache, buildModel, type Model } from './model';
import { openForms } from './openForms';
import { overtakenWords } from './overtakenWords';
import { joinPageRefresh } from './pageRefresh';
import { actionWords, rowCard } from './rowView';
import { sectionsOf, type Section } from './sections';
import { keepShown, shownColleague } from './shownList';
import type { Pin } from './slots';
import { standingOf } from './standing';

/**
 * The accounts of a CSM that deserve attention today, the most urgent first, with the actions on them. The container: it reads through
 * c-playbook-book-data, lets the engine decide and hands cards to presenters.
 */
export default class PlaybookWorklist extends NavigationMixin(LightningElement) {
    readonly texts = TEXTS;
    csmId: string | undefined;
    colleagueName = '';
    colleagueSearch = '';
    colleagues: readonly Colleague[] | null = null;
    announcement = '';
    private data: BookData | null = null;
    private model: Model | null = null;
    private failure: Failure | null = null;
    private progress: Progress | null = null;
    private filter: FilterId = 'all';
    private search = '';
    private opened: ReadonlySet<string> = new Set();
    private pins: ReadonlyMap<string, Pin> = new Map();
    private heldCards: ReadonlyMap<string, RowCard> = new Map();
    /** Counts what the actions tell, so that the page follows. */
    private changes = 0;
    private readonly prepared = new PreparedCache();
    private readonly actions = new Actions({
        model: () => this.model,
        save: (plan) => this.dataService.save(plan),
        reload: async () => {
            // A read that was under way may have begun too early to know what happened meanwhile.
            await this.reading;
            await this.reload();
        },
        show: (accountId) => {
            this.changes += 1;
            this.announceOvertaken(accountId);
        },
        say: actionWords,
        done: (accountId) => this.handleDone(accountId),
        undone: (accountId) => this.handleUndone(accountId),
    });
    private refreshId: number | undefined;
    private reading: Promise<void> | null = null;
    private nextFocus: { readonly accountId: string; readonly on: 'receipt' | 'row' } | null = null;
    private readonly handleFocus = (): void => {
        if (document.visibilityState === 'visible') void this.reload();
    };

    override connectedCallback(): void {
        const kept = shownColleague();
        this.csmId = kept?.id;
        this.colleagueName = kept?.name ?? '';
        // There is no push: another person's or tab's work shows when this page gets the focus back.
        window.addEventListener('focus', this.handleFocus);
        document.addEventListener('visibilitychange', this.handleFocus);
        this.refreshId = joinPageRefresh([this, this.template?.host], () => this.reload());
    }

    override disconnectedCallback(): void {
        window.removeEventListener('focus', this.handleFocus);
        document.removeEventListener('visibilitychange', this.handleFocus);
        if (this.refreshId !== undefined) unregisterRefreshHandler(this.refreshId);
    }

    /** What was pressed is gone: the keyboard stays with the account it was on. */
    override renderedCallback(): void {
        const { nextFocus } = this;
        if (!nextFocus) return;
        this.nextFocus = null;
        const { accountId, on } = nextFocus;
        const slot = this.template?.querySelector(`li[data-account="${accountId}"]`);
        const receipt = slot?.querySelector<HTMLElement & PlaybookReceipt>('c-playbook-receipt');
        const row = slot?.querySelector<HTMLElement & PlaybookWorklistRow>('c-playbook-worklist-row');
        if (on === 'receipt' && receipt) receipt.focusLine();
        else if (row) row.focusRow();
        else this.template?.querySelector<HTMLElement>('.title')?.focus();
    }

    /** Whose list it is stands at its head. */
    get heading(): string {
        return this.colleagueName ? fill(TEXTS.titleOf, this.colleagueName) : TEXTS.title;
    }
    get isLoading(): boolean {
        return !this.model && !this.failure;
    }
    get progressText(): string {
        const { progress } = this;
        if (!progress) return '';
        const read = FORMATS.number(progress.read);
        return progress.total === null
            ? fill(TEXTS.readingSome, read)
            : fill(TEXTS.reading, read, FORMATS.number(progress.total));
    }
    /** A read that fails later leaves what is on the page and says so above it. */
    get readProblem(): MessageView | null {
        return this.failure ? messageFor(this.failure) : null;
    }
    get count(): string {
        const today = this.model?.worklist.rows.filter(({ place }) => place === 'today').length ?? 0;
        if (!this.model || today === 0) return '';
        return today === 1 ? TEXTS.countOne : fill(TEXTS.count, FORMATS.number(today));
    }
    get isReadOnly(): boolean {
        return this.model?.data.canWrite === false && this.model.worklist.rows.length > 0;
    }
    get filters(): readonly FilterButton[] {
        return this.model ? filterButtons(this.model, this.filter) : [];
    }
    get showsTools(): boolean {
        return (this.model?.worklist.rows.length ?? 0) > 0 || (this.model?.worklist.nurture.length ?? 0) > 0;
    }
    get sections(): readonly Section[] {
        const { model, filter, search, actions, pins, heldCards, opened } = this;
        // Read so that the page follows the actions, which are no field of it.
        if (!model || this.changes < 0 || filter === 'nurture') return [];
        return sectionsOf({ model, filter, search, actions, pins, heldCards, opened });
    }
    get isNurture(): boolean {
        return this.filter === 'nurture';
    }
    get nurture(): readonly NurtureAccount[] {
        return this.model && this.isNurture ? nurtureAccounts(this.model, this.search) : [];
    }
    /** Said where there is no row in front. */
    get empty(): EmptyWords | null {
        const { model } = this;
        if (!model) return null;
        const shown = this.isNurture ? this.nurture.length : (this.sections[0]?.slots.length ?? 0);
        if (shown > 0) return null;
        return emptyWords(model, this.filter !== 'all' || this.search !== '', this.colleagueName);
    }
    get sweepAge(): SweepAgeView | null {
        const { model } = this;
        if (!model?.data.seesSweeps) return null;
        const { lastSweep } = model.data;
        return {
            finishedAt: lastSweep?.finishedAt ?? null,
            withFailures: lastSweep?.withFailures ?? false,
            now: model.now,
        };
    }
    get truncatedText(): string {
        const { model } = this;
        return model?.data.truncated ? fill(TEXTS.truncated, FORMATS.number(model.data.book.length)) : '';
    }
    get problems(): readonly string[] {
        return (this.model?.worklist.problems ?? []).map(({ label, field, message }) =>
            fill(TEXTS.ruleProblem, label, field, message),
        );
    }
    get hasProblems(): boolean {
        return this.problems.length > 0;
    }
    get rulesOff(): string {
        return fill(TEXTS.rulesOff, this.problems.length);
    }

    handleLoaded(event: CustomEvent<BookData>): void {
        this.data = event.detail;
        this.failure = null;
        this.progress = null;
        this.rebuild();
    }

    handleProgress(event: CustomEvent<Progress>): void {
        this.progress = event.detail;
    }

    handleFailed(event: CustomEvent<Failure>): void {
        this.failure = event.detail;
        if (!isLasting(event.detail)) return;
        // Nothing of what was read before may stay: the user must not see it, or must not act on it, any more.
        this.data = null;
        this.model = null;
    }

    handleRetryRead(): void {
        this.failure = null;
        this.template?.querySelector<HTMLElement>('.title')?.focus();
        void this.reload();
    }

    handleColleagueSearch(event: CustomEvent<string>): void {
        if (event.detail !== this.colleagueSearch) this.colleagues = null;
        this.colleagueSearch = event.detail;
    }

    handleColleagues(event: CustomEvent<readonly Colleague[]>): void {
        this.colleagues = event.detail;
    }

    handleColleague(event: CustomEvent<Colleague | null>): void {
        const colleague = event.detail;
        const csmId = colleague && colleague.id !== this.data?.user.id ? colleague.id : undefined;
        this.colleagueName = csmId === undefined ? '' : (colleague?.name ?? '');
        keepShown(csmId === undefined ? null : { id: csmId, name: this.colleagueName });
        if (csmId === this.csmId) return;
        this.csmId = csmId;
        this.data = null;
        this.model = null;
        this.failure = null;
        this.filter = 'all';
        this.search = '';
        this.forgetActions();
    }

    handleFilter(event: Event): void {
        this.filter = (event.currentTarget as HTMLElement).dataset['id'] as FilterId;
        this.forgetActions();
    }

    handleSearch(event: CustomEvent<{ value: string }>): void {
        this.search = event.detail.value.trim();
        this.forgetActions();
    }

    handleFold(event: Event): void {
        const id = (event.currentTarget as HTMLElement).dataset['id'] ?? '';
        const opened = new Set(this.opened);
        if (!opened.delete(id)) opened.add(id);
        this.opened = opened;
    }

    handleOpen(event: CustomEvent<string>): void {
        this.openAccount(event.detail);
    }

    handleOpenNurture(event: MouseEvent): void {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        this.openAccount((event.currentTarget as HTMLElement).dataset['id'] ?? '');
    }

    handleAct(event: CustomEvent<RowAction>): void {
        const action = event.detail;
        const { accountId } = action;
        if (!this.model?.rows.has(accountId)) return;
        this.pin(accountId);
        if (action.fromForm) this.hold(accountId);
        void this.actions.perform(action).finally(() => this.release(accountId));
    }

    handleUndo(event: Event): void {
        void this.actions.undo(this.accountOf(event));
    }

    handleDismiss(event: Event): void {
        const accountId = this.accountOf(event);
        this.actions.forget(accountId);
        this.unpin(accountId);
        this.nextFocus = { accountId, on: 'row' };
    }

    handleRetrySave(event: Event): void {
        const accountId = this.accountOf(event);
        const work = this.actions.of(accountId);
        if (work?.state !== 'failed') return;
        this.nextFocus = { accountId, on: 'row' };
        // What was typed stays until it is confirmed.
        this.hold(accountId);
        void work.again().finally(() => this.release(accountId));
    }

    private accountOf(event: Event): string {
        return (event.currentTarget as HTMLElement).dataset['account'] ?? '';
    }

    private openAccount(recordId: string): void {
        this[NavigationMixin.Navigate]({
            type: 'standard__recordPage',
            attributes: { recordId, objectApiName: 'Account', actionName: 'view' },
        });
    }

    private handleDone(accountId: string): void {
        const work = this.actions.of(accountId);
        this.rowOf(accountId)?.closeForm();
        this.release(accountId);
        if (work?.state === 'done') this.announcement = `${this.nameOf(accountId)}: ${work.said}`;
        this.nextFocus = { accountId, on: 'receipt' };
    }

    private handleUndone(accountId: string): void {
        this.announcement = `${this.nameOf(accountId)}: ${TEXTS.undone}`;
        this.unpin(accountId);
        this.nextFocus = { accountId, on: 'row' };
    }

    /** What was pressed has gone, and what comes next is to be read first. */
    private announceOvertaken(accountId: string): void {
        const work = this.actions.of(accountId);
        if (!this.model || work?.state !== 'overtaken') return;
        const said = overtakenWords(this.model, accountId, work.stood, work.typed);
        this.announcement = `${this.nameOf(accountId)}: ${said}`;
        this.nextFocus = { accountId, on: 'receipt' };
    }

    private nameOf(accountId: string): string {
        return this.model?.accounts.get(accountId)?.name ?? '';
    }

    private rowOf(accountId: string): (HTMLElement & PlaybookWorklistRow) | null | undefined {
        return this.template
            ?.querySelector(`li[data-account="${accountId}"]`)
            ?.querySelector<HTMLElement & PlaybookWorklistRow>('c-playbook-worklist-row');
    }

    /** Where the row is now, it stays. */
    private pin(accountId: string): void {
        for (const { id, slots } of this.sections) {
            const index = slots.findIndex((slot) => slot.accountId === accountId);
            if (index >= 0) this.pins = new Map(this.pins).set(accountId, { section: id, index });
        }
    }

    private unpin(accountId: string): void {
        const pins = new Map(this.pins);
        pins.delete(accountId);
        this.pins = pins;
    }

    /** A row with an open form stays as it is. */
    private hold(accountId: string): void {
        const row = this.model?.rows.get(accountId);
        if (!this.model || !row || typeof this.rowOf(accountId)?.typed !== 'string') return;
        this.heldCards = new Map(this.heldCards).set(accountId, rowCard(this.model, row, true));
    }

    private release(accountId: string): void {
        if (!this.heldCards.has(accountId)) return;
        const heldCards = new Map(this.heldCards);
        heldCards.delete(accountId);
        this.heldCards = heldCards;
    }

    private forgetActions(): void {
        this.actions.forgetAll();
        this.pins = new Map();
        this.heldCards = new Map();
        this.changes += 1;
    }

    private rebuild(): void {
        if (!this.data) return;
        const forms = openForms(this.model, this.sections, (accountId) =>
            this.heldCards.has(accountId) ? null : this.rowOf(accountId)?.typed,
        );
        this.model = buildModel(this.data, new Date().toISOString(), this.prepared);
        for (const { accountId, pin, stood, typed } of forms) {
            if (standingOf(this.model, accountId)?.mark === stood.mark) continue;
            // The form was about something that somebody else has dealt with: it must not become a form for anything else.
            this.pins = new Map(this.pins).set(accountId, pin);
            this.actions.overtake(accountId, stood, typed);
        }
    }

    /** Focus, the page's refresh and an action may all ask at once: they share one read. */
    private reload(): Promise<void> {
        this.reading ??= this.dataService.refresh().finally(() => {
            this.reading = null;
        });
        return this.reading;
    }

    private get dataService(): PlaybookBookData {
        const service = this.template?.querySelector<HTMLElement & PlaybookBookData>('c-playbook-book-data');
        if (!service) throw new Error('The worklist has no data service.');
        return service;
    }
}
