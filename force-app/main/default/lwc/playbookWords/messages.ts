/** Failed reads and writes as something a person can act on. */
import type { Failure, FailureKind } from 'c/playbookRecords';
import TEXTS from './labels';

export interface MessageView {
    readonly heading: string;
    readonly text: string;
    readonly details: readonly string[];
    readonly icon: string;
    readonly tone: 'calm' | 'problem';
    /** Label of the way on; blank: none. */
    readonly action: string;
}

const WORDS: Readonly<Partial<Record<FailureKind, readonly [heading: string, text: string, icon: string]>>> = {
    'no-access': [TEXTS.noAccessHeading, TEXTS.noAccessText, 'utility:lock'],
    'no-configuration': [TEXTS.noConfigurationHeading, TEXTS.noConfigurationText, 'utility:settings'],
    'not-found': [TEXTS.notFoundHeading, TEXTS.notFoundText, 'utility:ban'],
};

/** Whether trying again would change nothing: the user has no access, the account is hidden or gone, the org is not set up. */
export const isLasting = ({ kind }: Failure): boolean => kind in WORDS;

/** Lasting states carry no retry: trying again would not change them. */
export function messageFor(failure: Failure): MessageView {
    const [heading, text, icon] = WORDS[failure.kind] ?? [
        TEXTS.readFailedHeading,
        TEXTS.readFailedText,
        'utility:error',
    ];
    const lasting = isLasting(failure);
    return {
        heading,
        text,
        details: lasting ? [] : failure.messages,
        icon,
        tone: 'problem',
        action: lasting ? '' : TEXTS.retry,
    };
}

/** A failed write: nothing was changed, and what was typed is still there. */
export function saveMessageFor({ kind, messages }: Failure): MessageView {
    return {
        heading: TEXTS.saveFailedHeading,
        text: kind === 'offline' ? TEXTS.saveOffline : TEXTS.saveFailedText,
        details: messages,
        icon: 'utility:error',
        tone: 'problem',
        action: TEXTS.retry,
    };
}
