/**
 * What an install or update sends, decided without an org at hand.
 *
 * Code and schema are ours and always sent: components, labels, objects with their fields, rules and compact layouts, tabs, permission sets (an admin who needs
 * other rights makes a set of their own; ours must fit the fields of the version). What admins and users change in the org is sent only where it is absent, and
 * stays as it is where it is not: records of custom metadata types (triggers, settings, holidays), the Account page, the app with its tabs and the page's
 * activation, layouts, list views, reports and dashboards, and the fields on Account (labels, picklist values, or the org's own fields of the same names).
 */
import { nameFor } from './components.ts';
import type { Component } from './components.ts';
import type { Difference } from './differences.ts';
import { keptNotes } from './kept-notes.ts';
import type { ExistingComponent } from './kept-notes.ts';
import { isThere } from './org-components.ts';
import type { Inventory } from './org-components.ts';

const CHANGED_BY_ADMINS = new Set([
    'CustomMetadata',
    'FlexiPage',
    'CustomApplication',
    'Layout',
    'ListView',
    'Report',
    'Dashboard',
]);
/** Of every language that an org has there is one, whoever's texts are in it; a deploy adds to it. */
const SHARED = 'Translations';
/** Its presence says that the product was installed before; it goes early in an uninstall. */
const MARK = { type: 'PermissionSet', fullName: 'Playbook_Admin' };
/**
 * Whether a difference makes a field another one, so that our permission sets, records and formulas do not fit it. A formula that an admin rewrote stays a formula;
 * `required` can only be the org's: ours never are, and a permission set may not name one that is.
 */
function isAnotherKind({ at, inOrg, inProject }: Difference): boolean {
    return /^(type|referenceTo|required)$/.test(at) || (at === 'formula' && (inOrg === null || inProject === null));
}

export interface InstallPlan {
    /** Nothing of the product is in the org yet. */
    readonly firstInstall: boolean;
    /** Sent; not in the org yet. */
    readonly added: readonly Component[];
    /** Sent; in the org already, perhaps in an older version. */
    readonly updated: readonly Component[];
    /** Sent in place of what the org has, because it was asked for. */
    readonly taken: readonly ExistingComponent[];
    /** Not sent: the org has its own version. */
    readonly kept: readonly ExistingComponent[];
    /** Not sent: the org has the same. */
    readonly same: readonly Component[];
    /** What stands in the way, with what to do about it. Nothing may be sent while there is any. */
    readonly obstacles: readonly { readonly message: string; readonly action: string }[];
    /** What the admin has to know about the outcome. */
    readonly notes: readonly string[];
}

export interface InstallChoices {
    /** Full names, or `Type:Full name`, of existing components to replace; `all` for every one. */
    readonly take: 'all' | readonly string[];
    /** Replace components of the org that have our names although the product is not installed. */
    readonly overwrite: boolean;
}

/** Whether a component stays as the org has it once it is there. */
export function isChangedByAdmins({ type, fullName }: Pick<Component, 'type' | 'fullName'>): boolean {
    return CHANGED_BY_ADMINS.has(type) || (type === 'CustomField' && !/^\w+__(c|mdt)\./.test(fullName));
}

/** Whether the product is in the org, as a whole. */
export function isInstalled(inventory: Inventory): boolean {
    return isThere(inventory, MARK);
}

/** `compared` has the differences of every component that admins change and the org has. */
export function planInstall(
    components: readonly Component[],
    inventory: Inventory,
    compared: ReadonlyMap<Component, readonly Difference[]>,
    choices: InstallChoices,
): InstallPlan {
    const existing = components.filter((component) => isThere(inventory, component));
    const added = components.filter((component) => !isThere(inventory, component));
    const updated = existing.filter((component) => !isChangedByAdmins(component));
    const compare = existing.filter(isChangedByAdmins).map((component) => ({
        component,
        differences: compared.get(component) ?? [],
    }));
    const same = compare.filter(({ differences }) => differences.length === 0).map(({ component }) => component);
    const different = compare.filter(({ differences }) => differences.length > 0);
    const taken = different.filter(({ component }) => isWanted(component, choices.take));
    const kept = different.filter(({ component }) => !isWanted(component, choices.take));
    const firstInstall = !isInstalled(inventory);
    return {
        firstInstall,
        added,
        updated,
        taken,
        kept,
        same,
        obstacles: [
            ...unknownNames(components, choices.take),
            ...fieldsOfAnotherKind(different),
            ...(firstInstall && !choices.overwrite ? foreignComponents(updated) : []),
        ],
        notes: keptNotes(kept, added),
    };
}

function isWanted(component: Component, take: InstallChoices['take']): boolean {
    return take === 'all' || take.includes(nameFor(component)) || take.includes(component.fullName);
}

function unknownNames(components: readonly Component[], take: InstallChoices['take']): InstallPlan['obstacles'] {
    return (take === 'all' ? [] : take)
        .filter((name) => !components.some((component) => isWanted(component, [name])))
        .map((name) => ({
            message: `There is nothing called ${name} in this version.`,
            action: 'Write it as the list of what was kept does.',
        }));
}

function fieldsOfAnotherKind(existing: readonly ExistingComponent[]): InstallPlan['obstacles'] {
    return existing
        .filter(({ component }) => component.type === 'CustomField')
        .flatMap(({ component: { fullName }, differences }) => {
            const kind = differences.filter(isAnotherKind);
            if (kind.length === 0) return [];
            const words = kind.map(
                ({ at, inOrg, inProject }) => `${at} ${inOrg ?? 'none'} there, ${inProject ?? 'none'} here`,
            );
            return [
                {
                    message: `The org has a field ${fullName} of its own, of another kind: ${words.join('; ')}.`,
                    action: 'Deploy --without-account-fields and name your own fields in the setting record (Setup → Custom Metadata Types → Playbook Setting → Default); or rename your field and repeat.',
                },
            ];
        });
}

function foreignComponents(updated: readonly Component[]): InstallPlan['obstacles'] {
    const foreign = updated.filter(({ type }) => type !== SHARED);
    if (foreign.length === 0) return [];
    const names = foreign.slice(0, 10).map(nameFor).join(', ');
    const more = foreign.length > 10 ? ` and ${foreign.length - 10} more` : '';
    return [
        {
            message: `Success Playbooks is not installed, but the org has components of the same names, which a deploy would overwrite: ${names}${more}.`,
            action: 'If an uninstall of Success Playbooks was interrupted, they are ours: add --overwrite. Otherwise rename your own first.',
        },
    ];
}
