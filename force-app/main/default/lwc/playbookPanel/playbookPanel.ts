import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { RefreshEvent, registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { figureValue, templateFieldPaths, type Finish, type PlaybookVersion } from 'c/playbookEngine';
import type PlaybookData from 'c/playbookData';
import type { AccountData, Failure, VersionDetails } from 'c/playbookData';
import type { PhaseCard } from 'c/playbookChecklist';
import type { FinishView } from 'c/playbookFinish';
import type { PromptTab } from 'c/playbookPrompts';
import type { ResourceCard } from 'c/playbookResource';
import type { StepAnswer } from 'c/playbookStep';
import type PlaybookWhy from 'c/playbookWhy';
import type { WhyView } from 'c/playbookWhy';
import { FORMATS, fill } from 'c/playbookFormat';
import { Actions, IDLE, type Work } from './actions';
import { composerFor } from './composer';
import TEXTS from './labels';
import { figureStrip, type FigureStrip } from './figureView';
import { RuleCache, buildModel, handId, type Model } from './model';
import { isLasting, messageFor, saveMessageFor, type MessageView } from 'c/playbookWords';
import { phaseCards, stepId } from './stepView';
import { closedWords, finishView, promptTabs, whyView } from './whyView';

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
        this.finishing = false;
        this.opened = new Set();
    }

    readonly texts = TEXTS;
    model: Model | null = null;
    versionId: string | null = null;
    mergePaths: readonly string[] = [];
    finishing = false;
    announcement = '';
    private accountId: string | undefined;
    private data: AccountData | null = null;
    private details: VersionDetails | null = null;
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
    private opened: ReadonlySet<string> = new Set();
    private readonly rules = new RuleCache();
    private refreshId: number | undefined;
    private reading: Promise<void> | null = null;
    private nextFocus: 'finish' | 'heading' | null = null;
    private readonly handleFocus = (): void => {
        if (document.visibilityState === 'visible') void this.reload();
    };

    override connectedCallback(): void {
        // There is no push: another person's or tab's work shows when this page gets the focus back.
        window.addEventListener('focus', this.handleFocus);
        document.addEventListener('visibilitychange', this.handleFocus);
        this.joinRefresh();
    }

    override disconnectedCallback(): void {
        window.removeEventListener('focus', this.handleFocus);
        document.removeEventListener('visibilitychange', this.handleFocus);
        if (this.refreshId !== undefined) unregisterRefreshHandler(this.refreshId);
    }

    /** What was pressed is gone: the keyboard goes where the work goes on, never to the top of the page. */
    override renderedCallback(): void {
        const { nextFocus } = this;
        if (!nextFocus) return;
        this.nextFocus = null;
        if (nextFocus === 'finish') this.template?.querySelector<HTMLElement>('.finish')?.focus();
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
        return this.work.state === 'failed' ? saveMessageFor(this.work.failure) : null;
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
    get hasPrompt(): boolean {
        return Boolean(this.model?.current);
    }
    get why(): WhyView | null {
        const { model } = this;
        return model?.current ? whyView(model, model.current, this.details) : null;
    }
    get phases(): readonly PhaseCard[] {
        const { model } = this;
        if (!model?.current || !model.checklist) return [];
        return phaseCards({
            model,
            prompt: model.current,
            checklist: model.checklist,
            details: this.details?.version.id === model.current.version?.id ? this.details : null,
            opened: this.opened,
            saving: this.work.state === 'saving' ? this.work.step : null,
            locked: this.isLocked,
        });
    }
    get isLocked(): boolean {
        return this.work.state === 'saving' || !this.model?.data.canWrite;
    }
    get isReadOnly(): boolean {
        return this.model?.data.canWrite === false;
    }
    get isWaitingForSteps(): boolean {
        return Boolean(this.model?.current) && !this.model?.checklist;
    }
    get canFinish(): boolean {
        const { model } = this;
        return Boolean(model?.checklist && model.current?.kind === 'Playbook' && !this.finishing && !this.isReadOnly);
    }
    /** Started by hand and nothing answered yet: nothing keeps it in front. */
    get canPutAway(): boolean {
        const current = this.model?.current;
        return Boolean(current && !current.match && !current.run) && this.work.state !== 'saving';
    }
    get finishCard(): FinishView | null {
        const { model } = this;
        return this.finishing && model?.current ? finishView(model, model.current, this.work.state === 'saving') : null;
    }
    get nothingText(): string {
        const { model } = this;
        const churnedOn = model && figureValue(model.context.prepared, model.data.account, 'ChurnedOn');
        if (typeof churnedOn === 'string') return fill(TEXTS.nothingChurned, FORMATS.date(churnedOn));
        const measured = this.strip?.figures.filter(({ key }) => key === 'health' || key === 'usage') ?? [];
        return measured.every(({ tone }) => tone === 'missing') ? TEXTS.nothingUnknown : TEXTS.nothingText;
    }
    get others(): readonly { readonly id: string; readonly name: string }[] {
        if (this.isReadOnly) return [];
        return (this.model?.others ?? []).map((version: PlaybookVersion) => ({
            id: handId(version),
            name: version.playbookName,
        }));
    }
    get hasOthers(): boolean {
        return this.others.length > 0;
    }
    get problems(): readonly string[] {
        return (this.model?.problems ?? []).map(({ label, field, message }) =>
            fill(TEXTS.ruleProblem, label, field, message),
        );
    }
    get hasProblems(): boolean {
        return this.problems.length > 0;
    }
    get rulesOff(): string {
        return fill(TEXTS.rulesOff, this.problems.length);
    }
    get closedText(): string {
        const run = this.model?.lastClosed;
        return run && !this.isReadOnly ? closedWords(run) : '';
    }
    get openRunId(): string | null {
        const id = this.model?.current?.run?.id ?? null;
        return id === 'run' ? null : id;
    }

    handleLoaded(event: CustomEvent<AccountData>): void {
        this.data = event.detail;
        this.failure = null;
        this.rebuild();
    }

    handleDetails(event: CustomEvent<VersionDetails>): void {
        this.details = event.detail;
        const { stepTexts, resources } = event.detail;
        const texts = [
            ...Object.values(stepTexts).flatMap((step) => [step.instructions, ...step.keyQuestions]),
            ...resources.flatMap((resource) => [resource.subject, resource.body]),
        ];
        this.mergePaths = [...new Set(texts.flatMap((text) => (text ? templateFieldPaths(text) : [])))].sort();
        this.rebuild();
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
        this.choose(event.detail.value);
        this.nextFocus = 'heading';
    }

    handlePutAway(): void {
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

    handleFinishOpen(): void {
        this.finishing = true;
    }

    handleFinishCancel(): void {
        this.finishing = false;
        this.nextFocus = 'finish';
    }

    handleFinish(event: CustomEvent<Finish>): void {
        void this.actions.finish(event.detail, () => {
            this.finishing = false;
            this.chosen = null;
            this.nextFocus = 'heading';
            this.say(TEXTS.finished, 'success');
        });
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
        const recordId = this.openRunId;
        if (!recordId) return;
        this[NavigationMixin.Navigate]({
            type: 'standard__recordPage',
            attributes: { recordId, objectApiName: 'Playbook_Run__c', actionName: 'view' },
        });
    }

    handleCompose(event: CustomEvent<ResourceCard>): void {
        const composer = composerFor(event.detail, this.recordId);
        // Not every page has a composer (a community, an old app), and it may say so late: copying still works.
        void Promise.resolve()
            .then(() => this[NavigationMixin.Navigate](composer))
            .catch(() => this.dispatchEvent(new ShowToastEvent({ title: TEXTS.emailFailed, variant: 'warning' })));
    }

    private choose(id: string): void {
        this.chosen = id;
        this.finishing = false;
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
            { data: this.data, details: this.details, chosen: this.chosen, now: new Date().toISOString() },
            this.rules,
        );
        const before = this.model?.current?.id;
        this.model = model;
        this.versionId = model.current?.run?.versionId ?? model.current?.version?.id ?? null;
        if (model.current?.id === before) return;
        this.finishing = false;
        // A signal asks for one thing: how to do it is shown at once.
        const only = model.current?.kind === 'Signal' ? model.checklist?.next : null;
        this.opened = new Set(only ? [stepId(only)] : []);
    }

    /** Answers the page's own "refresh" as well. Where the org forbids that, the panel does without: it reads on focus and after each action. */
    private joinRefresh(): void {
        const handler = async (): Promise<boolean> => {
            await this.reload();
            return true;
        };
        // Lightning Locker wants the host element instead of the component.
        for (const context of [this, this.template?.host]) {
            try {
                if (context) this.refreshId = registerRefreshHandler(context, handler);
                return;
            } catch {
                // The next one, or none: nothing that the panel shows depends on it.
            }
        }
    }

    /** Focus, the page's refresh and an action may all ask at once: they share one read. */
    private reload(): Promise<void> {
        if (this.work.state === 'saving') return Promise.resolve();
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
