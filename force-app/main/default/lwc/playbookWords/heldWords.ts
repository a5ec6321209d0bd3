/** Why a prompt is held back, in words. */
import type { Held } from 'c/playbookEngine';
import { FORMATS, fill } from 'c/playbookFormat';
import critical from '@salesforce/label/c.Playbook_Held_Critical';
import contact from '@salesforce/label/c.Playbook_Held_Contact';
import stale from '@salesforce/label/c.Playbook_Held_Stale';
import snoozed from '@salesforce/label/c.Playbook_Held_Snoozed';

/** `measuredOn`: the day of the account's oldest figures, for `stale`. */
export function heldWords({ why, until, by }: Held, measuredOn: string | null): string {
    const day = (value: string | null): string => (value === null ? '?' : FORMATS.date(value));
    switch (why) {
        case 'critical':
            return fill(critical, by ?? '?');
        case 'contact':
            return fill(contact, by ?? '?', day(until));
        case 'stale':
            return fill(stale, day(measuredOn));
        case 'snoozed':
            return fill(snoozed, day(until));
    }
}
