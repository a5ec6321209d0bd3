import type { Files } from './files.ts';
import { GOOD_PROJECT } from './good-project.ts';

/** A line and what must be said there; in the file that was changed, unless another is named. */
export type Expected = readonly [line: number, words: RegExp, of?: string];

/** The good project with one text of one file changed. `of`: a short name below, or `Object__c.Field__c`. */
export type Change = readonly [name: string, of: string, from: string, to: string, ...expected: readonly Expected[]];

/** The good project with a file more. */
export type Addition = readonly [name: string, path: string, content: string, ...expected: readonly Expected[]];

export interface Variant {
    readonly name: string;
    readonly files: Files;
    /** In order. */
    readonly expected: readonly { readonly place: string; readonly words: RegExp }[];
}

const PATHS: Readonly<Record<string, string>> = {
    crew: 'objects/Crew__c/Crew__c.object-meta.xml',
    trip: 'objects/Trip__c/Trip__c.object-meta.xml',
    rule: 'objects/Crew__c/validationRules/Budget.validationRule-meta.xml',
    view: 'objects/Crew__c/listViews/All.listView-meta.xml',
    compact: 'objects/Crew__c/compactLayouts/Short.compactLayout-meta.xml',
    tip: 'customMetadata/Tip.First.md-meta.xml',
    layout: 'layouts/Crew__c-Crew Layout.layout-meta.xml',
    map: 'lwc/tripMap/tripMap.js-meta.xml',
    page: 'flexipages/Crew_Page.flexipage-meta.xml',
    mapTab: 'tabs/Map.tab-meta.xml',
    crewTab: 'tabs/Crew__c.tab-meta.xml',
    app: 'applications/Crews.app-meta.xml',
    labels: 'labels/CustomLabels.labels-meta.xml',
    set: 'permissionsets/Steward.permissionset-meta.xml',
    type: 'reportTypes/Crews_Trips.reportType-meta.xml',
    report: 'reports/Crews/By_Kind.report-meta.xml',
    dashboard: 'dashboards/Crews/Overview.dashboard-meta.xml',
};

function pathOf(of: string): string {
    return PATHS[of] ?? `objects/${of.replace('.', '/fields/')}.field-meta.xml`;
}

function expectations(path: string, expected: readonly Expected[]): Variant['expected'] {
    return expected.map(([line, words, of]) => ({ place: `${of === undefined ? path : pathOf(of)}:${line}`, words }));
}

export function changed([name, of, from, to, ...expected]: Change): Variant {
    const path = pathOf(of);
    const content = GOOD_PROJECT[path] ?? '';
    if (!content.includes(from)) {
        throw new Error(`${path} does not contain ${from}`);
    }
    const files = { ...GOOD_PROJECT, [path]: content.replace(from, () => to) };
    return { name, files, expected: expectations(path, expected) };
}

export function added([name, path, content, ...expected]: Addition): Variant {
    return { name, files: { ...GOOD_PROJECT, [path]: content }, expected: expectations(path, expected) };
}

/** The good project with several files more. */
export function addedAll(name: string, files: Files, place: string, words: RegExp): Variant {
    return { name, files: { ...GOOD_PROJECT, ...files }, expected: [{ place, words }] };
}

/** A file of the good project with texts replaced everywhere. */
export function like(of: string, ...replacements: readonly (readonly [from: string, to: string])[]): string {
    return replacements.reduce((text, [from, to]) => text.replaceAll(from, to), GOOD_PROJECT[pathOf(of)] ?? '');
}
