/** What a sweep must not be blind to. A page for one person may show a figure as blank; a sweep would write what follows from the blank. */
import type { PreparedRules } from './inputs';
import { FIGURE_NAMES } from './scope';
import type { FigureName, Settings } from './types';

export interface UnreadableFigure {
    readonly figure: FigureName;
    /** The account's field that the setting names. */
    readonly field: string;
}

/** Figures that are mapped to a field which this user may not read, or which is not there. With one of them nothing must be written. */
export function unreadableFigures(
    { figures }: Pick<PreparedRules, 'figures'>,
    settings: Pick<Settings, 'figures'>,
): readonly UnreadableFigure[] {
    return FIGURE_NAMES.flatMap((figure) => {
        const field = settings.figures[figure];
        return field === undefined || field === '' || figures[figure].path !== null ? [] : [{ figure, field }];
    });
}
