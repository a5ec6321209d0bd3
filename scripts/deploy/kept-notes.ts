/** What an admin has to know when something stays as the org has it: what of this version cannot be seen or has no value there. */
import { nameFor } from './components.ts';
import type { Component } from './components.ts';
import type { Difference } from './differences.ts';

/** A component that exists and is sent only when asked for. */
export interface ExistingComponent {
    readonly component: Component;
    readonly differences: readonly Difference[];
}

/** A note each; `added` is what the same deploy brings anew. */
export function keptNotes(kept: readonly ExistingComponent[], added: readonly Component[]): string[] {
    return kept.flatMap((existing) => {
        switch (existing.component.type) {
            case 'CustomApplication':
                return [...activation(existing), ...newTabs(existing, added)];
            case 'CustomMetadata':
                return newFields(existing, added);
            default:
                return [];
        }
    });
}

function activation({ component, differences }: ExistingComponent): string[] {
    const lacks = (action: string) =>
        differences.some(({ at, inOrg }) => at.startsWith(`actionOverrides[${action}`) && inOrg === null);
    const take = `or take the app with --take ${nameFor(component)}.`;
    return [
        ...(lacks('View, Account,')
            ? [
                  `The app ${component.fullName} does not show the Account page of this version. Activate it in Setup → Lightning App Builder → Account Success → Activation, ${take}`,
              ]
            : []),
        ...(lacks('Tab, standard-home,')
            ? [
                  `The app ${component.fullName} does not show the home page of this version. Activate it in Setup → Lightning App Builder → Activation, ${take}`,
              ]
            : []),
    ];
}

function newTabs({ component, differences }: ExistingComponent, added: readonly Component[]): string[] {
    const missing = differences
        .filter(({ at, inOrg }) => at === 'tabs' && inOrg === null)
        .map(({ inProject }) => inProject)
        .filter((tab) => added.some(({ type, fullName }) => type === 'CustomTab' && fullName === tab));
    if (missing.length === 0) return [];
    return [
        `The app ${component.fullName} does not show the new tabs ${missing.join(', ')}. Add them in Setup → App Manager, or take the app with --take ${nameFor(component)}.`,
    ];
}

/** Fields that came with this version are blank in a record that was there before. */
function newFields({ component, differences }: ExistingComponent, added: readonly Component[]): string[] {
    const [type = ''] = component.fullName.split('.');
    const values = differences
        .filter(({ at, inOrg }) => inOrg === null && isAdded(`${type}__mdt.${at}`, added))
        .map(({ at, inProject }) => `${at} (here: ${inProject ?? ''})`);
    if (values.length === 0) return [];
    return [
        `${component.fullName} keeps its values, and is blank where this version has new ones: ${values.join(', ')}. Their help texts say what blank means; fill them in Setup → Custom Metadata Types.`,
    ];
}

function isAdded(field: string, added: readonly Component[]): boolean {
    return added.some(({ type, fullName }) => type === 'CustomField' && fullName === field);
}
