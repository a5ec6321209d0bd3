import { LightningElement, api } from 'lwc';
import type { Run, Trigger } from 'c/playbookEngine';
import { fill } from 'c/playbookFormat';
import type PlaybookPastData from 'c/playbookPastData';
import type { Failure, PastAnswer, PastRuns, RecordedSteps } from 'c/playbookPastData';
import type { PastRunCard } from 'c/playbookPastRun';
import { closedRuns, pastCard } from './pastView';
import heading from '@salesforce/label/c.Playbook_Past';
import more from '@salesforce/label/c.Playbook_Past_More';
import rest from '@salesforce/label/c.Playbook_Past_Rest';
import failed from '@salesforce/label/c.Playbook_Past_Failed';
import retry from '@salesforce/label/c.Playbook_Retry';

/** How many are shown before somebody asks for the rest. */
const SHOWN_FIRST = 5;
/** How many runs of an account the panel reads. */
const READ = 100;

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join();

/**
 * What is over on the account, folded: closed runs, the latest first, each with how it ended and what was done. Fires `record` with the id of a
 * run whose record is wanted, `steps` with RecordedSteps when it has learned what was recorded and what managers wrote about it.
 * The container of the past: nothing of it is read before somebody opens it.
 */
export default class PlaybookPast extends LightningElement {
    @api
    get accountId(): string | null {
        return this.account;
    }
    set accountId(value: string | null) {
        if (value === this.account) return;
        this.account = value;
        this.isOpen = false;
        this.showsAll = false;
        this.opened = new Set();
        this.facts = null;
        this.steps = {};
        this.read = [];
        this.failure = null;
    }
    /** The account's runs, closed or not. */
    @api
    get runs(): readonly Run[] {
        return this.all;
    }
    set runs(runs: readonly Run[]) {
        this.all = runs;
        this.closed = closedRuns(runs);
    }
    @api triggers: readonly Trigger[] = [];
    /** Open run of which somebody wants to know what managers wrote; null: nobody does. */
    @api
    get remarksOf(): string | null {
        return this.current;
    }
    set remarksOf(runId: string | null) {
        this.current = runId;
        this.planSteps();
    }

    readonly texts = { failed, retry, rest };
    isOpen = false;
    /** A new list asks the platform again: it is replaced only when it changes. */
    runIds: readonly string[] = [];
    private account: string | null = null;
    private all: readonly Run[] = [];
    private closed: readonly Run[] = [];
    private current: string | null = null;
    private showsAll = false;
    private opened: ReadonlySet<string> = new Set();
    private facts: PastRuns | null = null;
    private steps: RecordedSteps = {};
    private read: readonly string[] = [];
    private failure: Failure | null = null;
    private focusAt: number | null = null;

    override renderedCallback(): void {
        const { focusAt } = this;
        if (focusAt === null) return;
        this.focusAt = null;
        Array.from(this.template?.querySelectorAll<HTMLElement>('li') ?? [])[focusAt]?.focus();
    }

    get hasRuns(): boolean {
        return this.closed.length > 0;
    }
    get heading(): string {
        return fill(heading, this.closed.length);
    }
    get ariaExpanded(): string {
        return String(this.isOpen);
    }
    get chevron(): string {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }
    get cards(): readonly PastRunCard[] {
        const { closed, facts, failure, opened, read, showsAll, steps, triggers } = this;
        const shown = showsAll ? closed : closed.slice(0, SHOWN_FIRST);
        const input = { triggers, facts, steps, read, opened, failed: failure !== null };
        return shown.map((run) => pastCard(run, input));
    }
    get more(): string {
        const count = this.closed.length - SHOWN_FIRST;
        return count > 0 && !this.showsAll ? fill(more, count) : '';
    }
    get hasUnread(): boolean {
        return this.all.length >= READ && !this.more;
    }
    get factsOf(): string | null {
        return this.isOpen ? this.account : null;
    }
    get failureDetails(): string {
        return this.failure?.messages.join(' ') ?? '';
    }

    /** Reads again what was read: somebody may have written meanwhile. Never rejects. */
    @api
    async refresh(): Promise<void> {
        await this.dataService?.refresh();
    }

    handleToggle(): void {
        this.isOpen = !this.isOpen;
    }

    handleMore(): void {
        this.showsAll = true;
        // The button is gone: the keyboard goes on where the new ones begin.
        this.focusAt = SHOWN_FIRST;
    }

    handleOpen({ detail: id }: CustomEvent<string>): void {
        const opened = new Set(this.opened);
        if (!opened.delete(id)) opened.add(id);
        this.opened = opened;
        this.planSteps();
    }

    handleRecord(event: CustomEvent<string>): void {
        this.dispatchEvent(new CustomEvent('record', { detail: event.detail }));
    }

    handleAnswer({ detail }: CustomEvent<PastAnswer>): void {
        switch (detail.of) {
            case 'runs':
                this.facts = detail.runs;
                break;
            case 'steps':
                this.steps = { ...this.steps, ...detail.steps };
                this.read = detail.runIds;
                this.dispatchEvent(new CustomEvent('steps', { detail: this.steps }));
                break;
            case 'failure':
                this.failure = detail.failure;
                return;
            case 'impact':
                return;
        }
        this.failure = null;
    }

    handleRetry(): void {
        this.failure = null;
        void this.refresh();
    }

    /** What was opened once stays read. */
    private planSteps(): void {
        const wanted = [...new Set([...this.runIds, ...this.opened, ...(this.current ? [this.current] : [])])];
        if (!isSame(wanted, this.runIds)) this.runIds = wanted;
    }

    private get dataService(): (HTMLElement & PlaybookPastData) | null {
        return this.template?.querySelector<HTMLElement & PlaybookPastData>('c-playbook-past-data') ?? null;
    }
}
