/** The strip of figures: values, how they moved and how old they are. A missing figure says so. */
import { figureValue, type FigureName } from 'c/playbookEngine';
import { FORMATS, daysBetween, dayOf, fill, formatCompactCurrency } from 'c/playbookFormat';
import type { FigureView } from 'c/playbookFigures';
import type { Model } from './model';
import health from '@salesforce/label/c.Playbook_Figure_Health';
import ofHundred from '@salesforce/label/c.Playbook_Figure_Of_Hundred';
import usage from '@salesforce/label/c.Playbook_Figure_Usage';
import against from '@salesforce/label/c.Playbook_Figure_Against';
import renewal from '@salesforce/label/c.Playbook_Figure_Renewal';
import arr from '@salesforce/label/c.Playbook_Figure_ARR';
import lastTouch from '@salesforce/label/c.Playbook_Figure_Last_Touch';
import never from '@salesforce/label/c.Playbook_Figure_Never';
import cases from '@salesforce/label/c.Playbook_Figure_Cases';
import unknown from '@salesforce/label/c.Playbook_Figure_Unknown';
import today from '@salesforce/label/c.Playbook_Today';
import daysAgo from '@salesforce/label/c.Playbook_Days_Ago';
import inDays from '@salesforce/label/c.Playbook_In_Days';
import measured from '@salesforce/label/c.Playbook_Measured';
import stale from '@salesforce/label/c.Playbook_Stale';
import ageUnknown from '@salesforce/label/c.Playbook_Age_Unknown';
import nothingText from '@salesforce/label/c.Playbook_Nothing_Text';
import nothingHeld from '@salesforce/label/c.Playbook_Nothing_Held';
import nothingUnknown from '@salesforce/label/c.Playbook_Nothing_Unknown';
import nothingChurned from '@salesforce/label/c.Playbook_Nothing_Churned';
import noFigures from '@salesforce/label/c.Playbook_No_Figures';

/** Health below this reads as bad, from 80 as good: the shipped bands (60 to 80 is for nurture campaigns). */
const BAD_HEALTH = 60;
const GOOD_HEALTH = 80;

export interface FigureStrip {
    readonly figures: readonly FigureView[];
    readonly age: string;
    readonly stale: boolean;
}

/** "today", "in 12 days", "12 days ago". */
export function distance(from: string, day: string): string {
    const days = daysBetween(from, day);
    if (days === 0) return today;
    return days > 0 ? fill(inDays, FORMATS.days(days)) : fill(daysAgo, FORMATS.days(-days));
}

/** Why there is nothing to do. */
export function nothingWords(model: Model): string {
    const { context, data, held } = model;
    const churnedOn = figureValue(context.prepared, data.account, 'ChurnedOn');
    if (typeof churnedOn === 'string') return fill(nothingChurned, FORMATS.date(churnedOn));
    if (held.length > 0) return nothingHeld;
    const measured = figureStrip(model).figures.filter(({ key }) => key === 'health' || key === 'usage');
    return measured.every(({ tone }) => tone === 'missing') ? nothingUnknown : nothingText;
}

export function figureStrip({ data, context }: Model): FigureStrip {
    const { prepared, clock } = context;
    const now = dayOf(clock.now);
    const value = (name: FigureName): string | number | boolean | null => figureValue(prepared, data.account, name);
    const numberOf = (name: FigureName): number | null => {
        const held = value(name);
        return typeof held === 'number' ? held : null;
    };
    const dayOfFigure = (name: FigureName): string | null => {
        const held = value(name);
        return typeof held === 'string' ? held.slice(0, 10) : null;
    };
    const missing = (key: string, label: string): FigureView => ({
        key,
        label,
        value: unknown,
        note: '',
        tone: 'missing',
    });

    const score = numberOf('Health');
    const change = numberOf('UsageChange');
    const renewalOn = dayOfFigure('Renewal');
    const revenue = numberOf('ARR');
    const figures: FigureView[] = [
        score === null
            ? missing('health', health)
            : {
                  key: 'health',
                  label: health,
                  value: FORMATS.number(score),
                  note: ofHundred,
                  tone: score < BAD_HEALTH ? 'bad' : score >= GOOD_HEALTH ? 'good' : 'plain',
              },
        change === null
            ? missing('usage', usage)
            : {
                  key: 'usage',
                  label: usage,
                  value: `${change > 0 ? '+' : ''}${FORMATS.percent(change / 100)}`,
                  note: against,
                  tone: change <= -30 ? 'bad' : 'plain',
              },
        renewalOn === null
            ? missing('renewal', renewal)
            : {
                  key: 'renewal',
                  label: renewal,
                  value: FORMATS.date(renewalOn),
                  note: distance(now, renewalOn),
                  tone: 'plain',
              },
        revenue === null
            ? missing('arr', arr)
            : { key: 'arr', label: arr, value: formatCompactCurrency(revenue), note: '', tone: 'plain' },
    ];
    if ('LastActivityDate' in data.account.values) {
        figures.push({
            key: 'touch',
            label: lastTouch,
            value: data.lastTouchOn ? distance(now, data.lastTouchOn) : never,
            note: '',
            tone: data.lastTouchOn ? 'plain' : 'missing',
        });
    }
    if (data.openCases !== null) {
        figures.push({ key: 'cases', label: cases, value: FORMATS.number(data.openCases), note: '', tone: 'plain' });
    }
    const days = [
        ...(score === null ? [] : [dayOfFigure('HealthOn')]),
        ...(change === null ? [] : [dayOfFigure('UsageOn')]),
    ];
    return { figures, ...age(days, now, data.settings.staleAfterDays) };
}

/** The strip is as old as the oldest figure on it: a fresh health date must not hide an old usage reading. */
function age(
    measuredOn: readonly (string | null)[],
    now: string,
    staleAfter: number,
): { readonly age: string; readonly stale: boolean } {
    if (measuredOn.length === 0) return { age: noFigures, stale: true };
    const [oldest] = measuredOn.filter((day) => day !== null).sort();
    if (oldest === undefined) return { age: ageUnknown, stale: true };
    const old = daysBetween(oldest, now) > staleAfter;
    return { age: fill(old ? stale : measured, FORMATS.date(oldest), distance(now, oldest)), stale: old };
}
