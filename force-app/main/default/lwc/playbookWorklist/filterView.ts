/** The filters as buttons, and the accounts of the nurture filter. */
import { FORMATS } from 'c/playbookFormat';
import { FILTER_IDS, filterCounts, filteredNurture, type FilterId } from './filters';
import { FILTER_LABELS } from './labels';
import type { Model } from './model';
import { figuresOf, type AccountFigures } from './rowView';

export interface FilterButton {
    readonly id: FilterId;
    readonly label: string;
    readonly count: string;
    readonly pressed: string;
    readonly className: string;
}

/** Filters that would show something, and the one that is chosen. */
export function filterButtons({ worklist }: Model, chosen: FilterId): readonly FilterButton[] {
    const counts = filterCounts(worklist);
    return FILTER_IDS.filter((id) => id === 'all' || id === chosen || counts[id] > 0).map((id) => ({
        id,
        label: FILTER_LABELS[id],
        count: FORMATS.number(counts[id]),
        pressed: String(id === chosen),
        className: id === chosen ? 'filter chosen' : 'filter',
    }));
}

export interface NurtureAccount extends AccountFigures {
    readonly id: string;
    readonly name: string;
    readonly href: string;
}

export function nurtureAccounts(model: Model, search: string): readonly NurtureAccount[] {
    return filteredNurture(model.worklist, search).map((entry) => ({
        id: entry.account.id,
        name: entry.name,
        href: `/lightning/r/Account/${entry.account.id}/view`,
        ...figuresOf(model, entry),
    }));
}
