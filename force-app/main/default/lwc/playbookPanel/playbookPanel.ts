import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { RefreshEvent } from 'lightning/refresh';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import type { Finish, Snooze } from 'c/playbookEngine';
import type PlaybookData from 'c/playbookData';
import type { AccountData, Failure, LastSweep, TaskData, VersionDetails } from 'c/playbookData';
import type PlaybookPast from 'c/playbookPast';
import type { RecordedSteps } from 'c/playbookPastData';
import type { PhaseCard } from 'c/playbookChecklist';
import type { FinishView } from 'c/playbookFinish';
import type { HeldLine } from 'c/playbookHeld';
import type { PromptTab } from 'c/playbookPrompts';
import type { ResourceCard } from 'c/playbookResource';
import type { SnoozeView } from 'c/playbookSnooze';
import type { StepAnswer } from 'c/playbookStep';
import type { SweepAgeView } from 'c/playbookSweepAge';
import type PlaybookWhy from 'c/playbookWhy';
import type { WhyView } from 'c/playbookWhy';
import { Actions, IDLE, type Work } from './actions';
import TEXTS from './labels';
import { figureStrip, nothingWords, type FigureStrip } from './figureView';
import { footView, snoozeView, type Foot, type Form } from './footView';
import { heldLines } from './heldView';
import { impactWanted, type ImpactWanted } from './impactView';
import { RuleCache, buildModel, type Model } from './model';
import { isLasting, messageFor, saveMessageFor, type MessageView } from 'c/playbookWords';
import { watchPage } from './pageRefresh';
import { composerFor, recordPage } from './pages';
import { problemsView, type ProblemsView } from './problemsView';
import { mergePathsIn, opensContact, opensSkipped, phaseCards, stepId } from './stepView';
import { closedMessage, finishView, promptTabs, whyView } from './whyView';

/**
 * The panel on the Account page: the playbook or signal that the account deserves now, why, and its checklist.
 * Looking writes nothing. The container: it reads through c-playbook-data, lets the engine decide and hands cards to presenters.
 */
export default class PlaybookPanel extends NavigationMixin(LightningElement) {
    @api
    get recordId(): string | undefined {
        return this.accountId;
    }
    /** Lightning Experience reuses a page for the next record: nothing of the last account may show on it. */
    set recordId(value: string | undefined) {
        if (value === this.accountId) return;
        this.accountId = value;
        this.model = null;
        this.data = null;
        this.failure = null;
        this.actions.reset();
        this.chosen = null;
        this.form = null;
        this.taken = new Set();
        this.opened = new Set();
        this.tasks = undefined;
        this.recorded = {};
    }

    readonly texts = TEXTS;
    model: Model | null = null;
    versionId: string | null = null;
    mergePaths: readonly string[] = [];
    form: Form | null = null;
    announcement = '';
    private accountId: string | undefined;
    private data: AccountData | null = null;
    private details: VersionDetails | null = null;
    private lastSweep: LastSweep | null = null;
    /** Null: pages have no tasks here; undefined: nobody has asked. */
    private tasks: TaskData | null | undefined;
    /** Steps as they were recorded, with what managers wrote, as far as somebody wanted to know. */
    private recorded: RecordedSteps = {};
    private failure: Failure | null = null;
    private work: Work = IDLE;
    private readonly actions = new Actions({
        model: () => this.model,
        save: (plan) => this.dataService.save(plan),
        // A read that was under way may have begun too early to know what happened meanwhile.
        reload: async () => {
            await this.reading;
            await this.reload();
        },
        bringBack: (promptId) => this.bringBack(promptId),
        show: (work) => {
            this.work = work;
        },
        refused: (message) => this.say(message, 'warning'),
        someoneFirst: () => this.say(TEXTS.someoneFirst, 'info'),
        overtaken: () => this.say(TEXTS.overtaken, 'info'),
        saved: () => this.handleSaved(),
    });
    private chosen: string | null = null;
    private taken: ReadonlySet<string> = new Set();
    private opened: ReadonlySet<string> = new Set();
    private readonly rules = new RuleCache();
    private stopWatching: (() => void) | undefined;
    private reading: Promise<void> | null = null;
    /** The heading of what is in front, or what a selector finds. */
    private nextFocus: 'heading' | `.${Form}` | null = null;
    override connectedCallback(): void {
        this.stopWatching = watchPage([this, this.template?.host], () => this.reload());
    }

    override disconnectedCallback(): void {
        this.stopWatching?.();
    }

    /** What was pressed is gone: the keyboard goes where the work goes on, never to the top of the page. */
    override renderedCallback(): void {
        const { nextFocus } = this;
        if (!nextFocus) return;
        this.nextFocus = null;
        if (nextFocus !== 'heading') this.template?.querySelector<HTMLElement>(nextFocus)?.focus();
        else if (this.why) this.template?.querySelector<HTMLElement & PlaybookWhy>('c-playbook-why')?.focusHeading();
        else this.template?.querySelector<HTMLElement>('.title')?.focus();
    }

    get isLoading(): boolean {
        return !this.model && !this.failure;
    }
    /** A read that fails later leaves what is on the page and says so above it. */
    get readProblem(): MessageView | null {
        return this.failure ? messageFor(this.failure) : null;
    }
    get saveProblem(): MessageView | null {
        const { work } = this;
        if (work.state === 'closed') return closedMessage(work.run, this.model?.data.triggers ?? [], work.typed);
        return work.state === 'failed' ? saveMessageFor(work.failure) : null;
    }
    get strip(): FigureStrip | null {
        return this.model && figureStrip(this.model);
    }
    get tabs(): readonly PromptTab[] {
        return this.model ? promptTabs(this.model) : [];
    }
    get hasTabs(): boolean {
        return this.tabs.length > 1;
    }
    get why(): WhyView | null {
        const { model } = this;
        return model?.current ? whyView(model, model.current, this.details) : null;
    }
    get phases(): readonly PhaseCard[] {
        const { details, isLocked: locked, model, opened, recorded, tasks, work } = this;
        const saving = work.state === 'saving' ? work.step : null;
        return phaseCards({ model, details, tasks, recorded, opened, saving, locked });
    }
    get isLocked(): boolean {
        return this.isBusy || !this.model?.data.canWrite;
    }
    private get isBusy(): boolean {
        return this.work.state === 'saving' || this.work.state === 'looking';
    }
    get isReadOnly(): boolean {
        return this.model?.data.canWrite === false;
    }
    get isWaitingForSteps(): boolean {
        return Boolean(this.model?.current) && !this.model?.checklist;
    }
    get foot(): Foot | null {
        return this.model && footView(this.model, this.form, this.work);
    }
    get finishCard(): FinishView | null {
        const { form, model } = this;
        return model?.current && (form === 'finish' || form === 'dismiss')
            ? finishView(model, model.current, form, this.isBusy)
            : null;
    }
    get snoozeCard(): SnoozeView | null {
        return this.model && this.form === 'snooze' ? snoozeView(this.model, this.isBusy) : null;
    }
    get heldLines(): readonly HeldLine[] {
        return this.model ? heldLines(this.model) : [];
    }
    get sweepAge(): SweepAgeView | null {
        const { lastSweep, model } = this;
        return lastSweep && model ? { ...lastSweep, now: model.context.clock.now } : null;
    }
    get wantsTasks(): boolean {
        return Boolean(this.model && !this.isReadOnly && opensContact(this.model, this.opened));
    }
    get impact(): ImpactWanted | null {
        return this.model && impactWanted(this.model);
    }
    /** The run in front, when somebody looks at a step of it that was skipped. */
    get remarksOf(): string | null {
        return this.model && opensSkipped(this.model, this.opened) ? (this.foot?.runId ?? null) : null;
    }
    get nothingText(): string {
        return this.model ? nothingWords(this.model) : '';
    }
    get problems(): ProblemsView | null {
        return this.model && problemsView(this.model);
    }

    handleLoaded(event: CustomEvent<AccountData>): void {
        this.data = event.detail;
        this.failure = null;
        this.rebuild();
    }

    handleDetails(event: CustomEvent<VersionDetails>): void {
        this.details = event.detail;
        this.mergePaths = mergePathsIn(event.detail);
        this.rebuild();
    }

    handleSwept(event: CustomEvent<LastSweep>): void {
        this.lastSweep = event.detail;
    }

    handleTasks(event: CustomEvent<TaskData | null>): void {
        this.tasks = event.detail;
    }

    handleRecorded(event: CustomEvent<RecordedSteps>): void {
        this.recorded = event.detail;
    }

    handleFailed(event: CustomEvent<Failure>): void {
        this.failure = event.detail;
        if (!isLasting(event.detail)) return;
        // Nothing of what was read before may stay: the user must not see it, or must not act on it, any more.
        this.data = null;
        this.model = null;
    }

    handleChoose(event: CustomEvent<string>): void {
        this.choose(event.detail);
    }

    handleStartOther(event: CustomEvent<{ value: string }>): void {
        this.bringInFront(event.detail.value);
    }

    handlePutAway(): void {
        const id = this.model?.current?.id;
        this.taken = new Set([...this.taken].filter((one) => one !== id));
        this.chosen = null;
        this.nextFocus = 'heading';
        if (this.work.state === 'failed') this.actions.reset();
        this.rebuild();
    }

    handleOpenStep(event: CustomEvent<string>): void {
        this.opened = new Set([...this.opened, event.detail]);
    }

    handleAnswer(event: CustomEvent<StepAnswer>): void {
        void this.actions.answer(event.detail);
    }

    handleForm(event: Event): void {
        this.form = (event.currentTarget as HTMLElement).dataset['form'] as Form;
    }

    handleFormCancel(): void {
        this.nextFocus = this.form && `.${this.form}`;
        this.form = null;
    }

    handleFinish(event: CustomEvent<Finish>): void {
        void this.actions.finish(event.detail, () => this.moveOn(TEXTS.finished));
    }

    handleSnooze(event: CustomEvent<Snooze>): void {
        void this.actions.snooze(event.detail, () => this.moveOn(TEXTS.snoozed));
    }

    /** Takes up what was put aside, or puts in front what something else holds back. */
    handleTake({ detail: id }: CustomEvent<string>): void {
        const isSnoozed = this.heldLines.some((line) => line.id === id && line.snoozed);
        if (isSnoozed) void this.actions.wake(id, () => this.bringInFront(id));
        else {
            this.taken = new Set([...this.taken, id]);
            this.bringInFront(id);
        }
    }

    handleReopen(): void {
        const run = this.model?.lastClosed;
        this.nextFocus = 'heading';
        if (run) void this.actions.reopen(run);
    }

    handleRetryRead(): void {
        this.nextFocus = 'heading';
        this.failure = null;
        void this.reload();
    }

    handleRetrySave(): void {
        this.nextFocus = 'heading';
        void this.actions.retry();
    }

    handleOpenRun(): void {
        this.openRecord('Playbook_Run__c', this.foot?.runId);
    }

    handleOpenPast(event: CustomEvent<string>): void {
        this.openRecord('Playbook_Run__c', event.detail);
    }

    handleOpenTask(event: CustomEvent<string>): void {
        this.openRecord('Task', event.detail);
    }

    handleCompose(event: CustomEvent<ResourceCard>): void {
        const composer = composerFor(event.detail, this.recordId);
        // Not every page has a composer (a community, an old app), and it may say so late: copying still works.
        void Promise.resolve()
            .then(() => this[NavigationMixin.Navigate](composer))
            .catch(() => this.dispatchEvent(new ShowToastEvent({ title: TEXTS.emailFailed, variant: 'warning' })));
    }

    private openRecord(objectApiName: string, recordId: string | null | undefined): void {
        if (recordId) this[NavigationMixin.Navigate](recordPage(objectApiName, recordId));
    }

    /** What was in front is done with for now. */
    private moveOn(message: string): void {
        this.form = null;
        this.chosen = null;
        this.nextFocus = 'heading';
        this.rebuild();
        this.say(message, 'success');
    }

    private bringInFront(id: string): void {
        this.choose(id);
        this.nextFocus = 'heading';
    }

    private choose(id: string): void {
        this.chosen = id;
        this.form = null;
        if (this.work.state === 'failed') this.actions.reset();
        this.rebuild();
    }

    private bringBack(promptId: string): boolean {
        if (this.model?.current?.id === promptId) return true;
        this.chosen = promptId;
        this.rebuild();
        return this.model?.current?.id === promptId;
    }

    private handleSaved(): void {
        this.announcement = TEXTS.saved;
        this.rebuild();
        this.dispatchEvent(new RefreshEvent());
        void this.reload();
    }

    private rebuild(): void {
        if (!this.data) return;
        const model = buildModel(
            {
                data: this.data,
                details: this.details,
                chosen: this.chosen,
                taken: this.taken,
                now: new Date().toISOString(),
            },
            this.rules,
        );
        const before = this.model?.current?.id;
        this.model = model;
        const { continues = null, run = null, version = null } = model.current ?? {};
        this.versionId = (run ?? continues)?.versionId ?? version?.id ?? null;
        if (model.current?.id === before) return;
        this.form = null;
        // A signal asks for one thing: how to do it is shown at once.
        const only = model.current?.kind === 'Signal' ? model.checklist?.next : null;
        this.opened = new Set(only ? [stepId(only)] : []);
    }

    /** Focus, the page's refresh and an action may all ask at once: they share one read. */
    private reload(): Promise<void> {
        if (this.work.state === 'saving') return Promise.resolve();
        void this.template?.querySelector<HTMLElement & PlaybookPast>('c-playbook-past')?.refresh();
        this.reading ??= this.dataService.refresh().finally(() => {
            this.reading = null;
        });
        return this.reading;
    }

    private get dataService(): PlaybookData {
        const service = this.template?.querySelector<HTMLElement & PlaybookData>('c-playbook-data');
        if (!service) throw new Error('The panel has no data service.');
        return service;
    }

    private say(message: string, variant: 'info' | 'success' | 'warning'): void {
        this.announcement = message;
        this.dispatchEvent(new ShowToastEvent({ title: message, variant }));
    }
}
