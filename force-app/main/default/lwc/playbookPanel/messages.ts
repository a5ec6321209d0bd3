/** A failed read as something a person can act on. */
import type { Failure, FailureKind } from 'c/playbookData';
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

/** Lasting states carry no retry: trying again would not change them. */
export function messageFor(failure: Failure): MessageView {
    const [heading, text, icon] = WORDS[failure.kind] ?? [
        TEXTS.readFailedHeading,
        TEXTS.readFailedText,
        'utility:error',
    ];
    const lasting = failure.kind in WORDS;
    return {
        heading,
        text,
        details: lasting ? [] : failure.messages,
        icon,
        tone: 'problem',
        action: lasting ? '' : TEXTS.retry,
    };
}
