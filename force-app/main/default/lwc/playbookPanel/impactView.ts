/** Of which playbook the impact is wanted, and since when. */
import { dayAfter, dayOf } from 'c/playbookFormat';
import type { Model } from './model';

export interface ImpactWanted {
    readonly playbookKey: string;
    /** Day. */
    readonly since: string;
    readonly smallCount: number;
}

/** Two years: as far back as the team and the product are much the same. */
const DAYS = 730;

/** Null: what is in front is no risk, or cannot be worked with yet. */
export function impactWanted({ checklist, context, current, data }: Model): ImpactWanted | null {
    const version = checklist && current?.kind === 'Playbook' ? current.version : null;
    if (version?.category !== 'Risk') return null;
    return {
        playbookKey: version.playbookKey,
        since: dayAfter(dayOf(context.clock.now), -DAYS),
        smallCount: data.settings.smallCount,
    };
}
