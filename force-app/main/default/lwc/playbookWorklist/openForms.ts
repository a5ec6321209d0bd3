/** Forms in which a person writes and has not sent anything yet. */
import type { Model } from './model';
import type { Section } from './sections';
import type { Pin } from './slots';
import { standingOf, type Standing } from './standing';

export interface OpenForm {
    readonly accountId: string;
    readonly pin: Pin;
    /** What it is about. */
    readonly stood: Standing;
    /** What is written in it so far, or ''. */
    readonly typed: string;
}

/** `typedIn`: what is written in an account's form; null or undefined: it has none, or that is being saved. */
export function openForms(
    model: Model | null,
    sections: readonly Section[],
    typedIn: (accountId: string) => string | null | undefined,
): readonly OpenForm[] {
    return sections.flatMap(({ id, slots }) =>
        slots.flatMap(({ accountId }, index): readonly OpenForm[] => {
            const stood = standingOf(model, accountId);
            const typed = typedIn(accountId);
            return stood && typeof typed === 'string' ? [{ accountId, pin: { section: id, index }, stood, typed }] : [];
        }),
    );
}
