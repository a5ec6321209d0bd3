/** Accounts and CSMs of a history, with stand-ins for the ids that only an org can give. */
import { longId } from 'c/playbookEngine';
import type { CurrentUser } from 'c/playbookEngine';
import { accountName, demoName } from './account-names.ts';
import type { Chance } from './chance.ts';
import { GENERATED_CSMS, isThere, type GeneratedCsm } from './csms.ts';
import { HiddenAccount } from './hidden-account.ts';

/** A CSM as a user. */
export interface HistoryCsm {
    readonly csm: GeneratedCsm;
    readonly user: CurrentUser;
}

export interface Member {
    readonly id: string;
    readonly hidden: HiddenAccount;
    /** Its CSMs, in the order in which they take it over. */
    readonly csms: readonly HistoryCsm[];
}

/** Every so many accounts, one is for demonstrations: its runs are practice. */
const DEMO_EVERY = 60;
export const DEMO_RULE = 'BEGINS(Name, "Demo ")';
/** Those who are there all the time take over from those who are not. */
const STAYING = 3;

export function historyCsms(): readonly HistoryCsm[] {
    return GENERATED_CSMS.map((csm, index) => ({
        csm,
        user: {
            id: longId(`005${String(index + 1).padStart(12, '0')}`),
            name: csm.name,
            firstName: csm.name.split(' ')[0] ?? csm.name,
            email: `${csm.username}@playbooks.local`,
            timeZone: 'Europe/Berlin',
        },
    }));
}

export function memberOf(
    number: number,
    chance: Chance,
    { csms, from, to }: { readonly csms: readonly HistoryCsm[]; readonly from: string; readonly to: string },
): Member {
    const isDemo = number % DEMO_EVERY === DEMO_EVERY / 2;
    const name = isDemo ? demoName(number) : accountName(chance, number);
    return {
        id: longId(`001${String(number).padStart(12, '0')}`),
        hidden: new HiddenAccount({ chance, number, name, from, to, isDemo }),
        csms: [csms[number % csms.length], csms[Math.floor(number / csms.length) % STAYING]].filter(
            (csm) => csm !== undefined,
        ),
    };
}

/** Who looks after an account after so many months of the history. */
export function csmAt({ csms }: Member, months: number): HistoryCsm {
    const csm = csms.find(({ csm: one }) => isThere(one, months)) ?? csms.at(-1);
    if (csm === undefined) {
        throw new Error('An account of a history has no CSM.');
    }
    return csm;
}
