import { LightningElement, api } from 'lwc';
import { impactLine, type Impact } from 'c/playbookEngine';
import { FORMATS, fill } from 'c/playbookFormat';
import type PlaybookPastData from 'c/playbookPastData';
import type { PastAnswer } from 'c/playbookPastData';
import { isLasting } from 'c/playbookWords';
import line from '@salesforce/label/c.Playbook_Impact';
import what from '@salesforce/label/c.Playbook_Impact_What';
import failed from '@salesforce/label/c.Playbook_Impact_Failed';
import retry from '@salesforce/label/c.Playbook_Retry';

/**
 * How often a playbook worked, in one line, from as many runs as can mean something; else it shows nothing. An extra: it is read when the panel
 * can be worked with already. A failure is told where trying again may help; not to somebody who may not see these figures, and cannot change that.
 */
export default class PlaybookImpact extends LightningElement {
    @api
    get playbookKey(): string | null {
        return this.key;
    }
    set playbookKey(key: string | null) {
        if (key === this.key) return;
        this.key = key;
        this.impact = null;
        this.hasFailed = false;
    }
    /** Day since which closed runs count. */
    @api since = '';
    /** See Settings. */
    @api smallCount = 0;

    readonly texts = { failed, retry };
    hasFailed = false;
    private key: string | null = null;
    private impact: Impact | null = null;

    get sinceInstant(): string {
        return `${this.since}T00:00:00.000Z`;
    }
    get text(): string {
        if (!this.impact) return '';
        const { show, unworked, worked } = impactLine(this.impact, this.smallCount);
        return show ? fill(line, worked.hits, worked.of, unworked.hits, unworked.of) : '';
    }
    get help(): string {
        return fill(what, FORMATS.date(this.since));
    }

    handleAnswer({ detail }: CustomEvent<PastAnswer>): void {
        if (detail.of === 'impact') {
            this.impact = detail.impact;
            this.hasFailed = false;
        }
        if (detail.of === 'failure') this.hasFailed = !isLasting(detail.failure);
    }

    handleRetry(): void {
        this.hasFailed = false;
        void this.template?.querySelector<HTMLElement & PlaybookPastData>('c-playbook-past-data')?.refresh();
    }
}
