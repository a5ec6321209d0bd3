import { LightningElement } from 'lwc';
import type PlaybookBookData from 'c/playbookBookData';
import type { BookData, Failure, Progress } from 'c/playbookBookData';
import { FORMATS, fill } from 'c/playbookFormat';
import type { SweepAgeView } from 'c/playbookSweepAge';
import type PlaybookSweepData from 'c/playbookSweepData';
import type { SweepHolder } from 'c/playbookSweepData';
import type { ResultView } from 'c/playbookSweepResult';
import { isLasting, messageFor, type MessageView } from 'c/playbookWords';
import { BookReading } from './bookReading';
import type { Door } from './door';
import TEXTS from './labels';
import { MOST_ACCOUNTS, runSweep, type Ending, type Stage } from './sweeping';
import { endingWords, holderWords, recordMessage, resultView, stagePercent, stageWords, stoppedWords } from './words';

/**
 * Runs the nightly sweep from the page, for teams without a runner: the same lock, the same engine, the same record. The container: it reads
 * through c-playbook-book-data, and locks and writes through c-playbook-sweep-data.
 */
export default class PlaybookSweep extends LightningElement {
    readonly texts = TEXTS;
    readonly what = fill(TEXTS.what, FORMATS.number(MOST_ACCOUNTS));
    /** The whole org's accounts are read only once somebody wants them. */
    everyone = false;
    announcement = '';
    private data: BookData | null = null;
    private failure: Failure | null = null;
    private holders: readonly SweepHolder[] = [];
    private now = Date.now();
    private stage: Stage | null = null;
    private ending: Ending | null = null;
    private isCancelled = false;
    private wantsFocus = false;
    private reading: BookReading | null = null;
    private readonly handleUnload = (event: BeforeUnloadEvent): void => event.preventDefault();

    /** Whoever leaves the page stops the sweep; the platform may keep the page and show it again as it was. */
    override disconnectedCallback(): void {
        this.cancel();
        window.removeEventListener('beforeunload', this.handleUnload);
    }

    /** What was pressed is gone: the keyboard goes on at the heading. */
    override renderedCallback(): void {
        if (!this.wantsFocus) return;
        this.wantsFocus = false;
        this.template?.querySelector<HTMLElement>(this.stage ? '.stage' : '.title')?.focus();
    }

    get isLoading(): boolean {
        return !this.data && !this.failure;
    }
    get readProblem(): MessageView | null {
        return this.failure && !this.stage ? messageFor(this.failure) : null;
    }
    get maySweep(): boolean {
        return this.data?.canSweep === true;
    }
    get mayNot(): boolean {
        return this.data?.canSweep === false;
    }
    get isIdle(): boolean {
        return this.maySweep && !this.stage;
    }
    get sweepAge(): SweepAgeView | null {
        const lastSweep = this.data?.lastSweep;
        return lastSweep ? { ...lastSweep, now: this.instant } : null;
    }
    get hasNeverRun(): boolean {
        return this.data?.seesSweeps === true && this.data.lastSweep === null;
    }
    /** Somebody else's sweep, as long as its lease lasts. */
    get held(): MessageView | null {
        if (this.stage || this.ending) return null;
        const alive = this.holders.find(({ leaseUntil }) => Date.parse(leaseUntil ?? '') > this.now);
        return alive ? holderWords(alive, this.instant) : null;
    }
    get isHeld(): boolean {
        return this.held !== null;
    }
    /** A page does not learn the org's time zone, by which a runner counts. */
    get zoneText(): string {
        return this.data ? fill(TEXTS.zone, this.data.user.timeZone) : '';
    }
    get stageText(): string {
        return this.stage ? stageWords(this.stage) : '';
    }
    get percent(): number {
        return this.stage ? Math.round(stagePercent(this.stage)) : 0;
    }
    get cancelling(): boolean {
        return this.isCancelled;
    }
    get endingView(): MessageView | null {
        return this.ending ? endingWords(this.ending, this.instant) : null;
    }
    get result(): ResultView | null {
        return this.ending?.name === 'done' ? resultView(this.ending) : null;
    }

    handleLoaded(event: CustomEvent<BookData>): void {
        this.data = event.detail;
        this.now = Date.now();
        this.failure = null;
        this.reading?.loaded(event.detail);
    }

    handleProgress(event: CustomEvent<Progress>): void {
        this.reading?.progress(event.detail);
    }

    handleFailed(event: CustomEvent<Failure>): void {
        if (this.reading) {
            this.reading.failed(event.detail);
            return;
        }
        this.failure = event.detail;
        if (isLasting(event.detail)) this.data = null;
    }

    handleHolders(event: CustomEvent<readonly SweepHolder[]>): void {
        this.holders = event.detail;
        this.now = Date.now();
    }

    handleRetryRead(): void {
        this.failure = null;
        void this.book.refresh();
    }

    handleCheckAgain(): void {
        this.ending = null;
        this.announcement = '';
        this.wantsFocus = true;
        this.now = Date.now();
        void this.sweepData.holders();
    }

    handleEndingAction(): void {
        if (this.ending?.name === 'held') this.handleCheckAgain();
        else this.ending = null;
    }

    handleLook(): void {
        void this.run(true);
    }

    handleRun(): void {
        void this.run(false);
    }

    handleCancel(): void {
        this.cancel();
    }

    private get instant(): string {
        return new Date(this.now).toISOString();
    }

    private cancel(): void {
        if (!this.stage) return;
        this.isCancelled = true;
        this.reading?.progress({ read: 0, total: null });
    }

    private async run(dryRun: boolean): Promise<void> {
        if (this.stage) return;
        this.ending = null;
        this.isCancelled = false;
        this.stage = { name: 'locking', done: 0, total: null };
        this.wantsFocus = true;
        window.addEventListener('beforeunload', this.handleUnload);
        const ending = await runSweep({
            door: this.door(),
            dryRun,
            isCancelled: () => this.isCancelled,
            show: (stage) => {
                // Each stage is said once, not each number.
                if (stage.name !== this.stage?.name) this.announcement = stageWords(stage);
                this.stage = stage;
            },
            message: recordMessage,
            stopped: stoppedWords,
        });
        window.removeEventListener('beforeunload', this.handleUnload);
        this.reading = null;
        this.stage = null;
        this.isCancelled = false;
        this.now = Date.now();
        this.ending = ending;
        this.wantsFocus = true;
        const { heading, text } = endingWords(ending, this.instant);
        this.announcement = `${heading}. ${text}`;
        // A book that is too large need not go on being read.
        if (ending.name === 'too-many') this.everyone = false;
        else if (!dryRun && this.isConnected) void this.book.refresh();
    }

    private door(): Door {
        // Kept: a page that was left has to give its lock back all the same.
        const { book, sweepData } = this;
        const pause = (milliseconds: number): Promise<void> =>
            new Promise((resolve) => {
                // eslint-disable-next-line @lwc/lwc/no-async-operation -- the page has to be drawn between two slices
                setTimeout(resolve, milliseconds);
            });
        return {
            readBook: (onProgress) => {
                const reading = new BookReading(() => book.refresh(), pause, onProgress);
                this.reading = reading;
                const known = this.everyone && this.data?.csmId === null ? this.data : null;
                this.everyone = true;
                return reading.read(known);
            },
            holders: () => sweepData.holders(),
            users: (ids) => sweepData.users(ids),
            create: (fields) => sweepData.create(fields),
            update: (id, fields) => sweepData.update(id, fields),
            save: (plan) => sweepData.save(plan),
            now: () => Date.now(),
            pause,
        };
    }

    private get book(): PlaybookBookData {
        const book = this.template?.querySelector<HTMLElement & PlaybookBookData>('c-playbook-book-data');
        if (!book) throw new Error('The sweep page has no book.');
        return book;
    }

    private get sweepData(): PlaybookSweepData {
        const service = this.template?.querySelector<HTMLElement & PlaybookSweepData>('c-playbook-sweep-data');
        if (!service) throw new Error('The sweep page has no data service.');
        return service;
    }
}
