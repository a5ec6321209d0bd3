import { followPath } from './paths.ts';
import type { Schema } from './schema.ts';
import type { ProblemList } from './xml.ts';

/** Checks that pages, tabs and list views name what exists. */
export function checkPages(schema: Schema, problems: ProblemList): void {
    for (const { source, tabs, recordPages } of schema.applications.values()) {
        for (const tab of tabs) {
            const standard = /^standard-(\w+)$/.exec(tab)?.[1];
            if (standard ? !schema.objects.has(standard) : !schema.tabs.has(tab)) {
                problems.add(source, `names the tab ${tab}, which does not exist here.`);
            }
        }
        for (const { objectApiName, pageName } of recordPages) {
            if (schema.flexiPages.get(pageName)?.objectApiName !== objectApiName) {
                problems.add(source, `names ${pageName} as record page of ${objectApiName}; there is none.`);
            }
        }
    }
    for (const { source, target } of schema.tabs.values()) {
        if (target.kind === 'page' && !schema.flexiPages.has(target.pageName)) {
            problems.add(source, `shows the page ${target.pageName}, which does not exist.`);
        }
    }
    for (const object of schema.objects.values()) {
        for (const { source, columns, filters } of object.listViews) {
            for (const path of [...columns, ...filters.map((filter) => filter.field)]) {
                if (!followPath(schema.objects, object, path)) {
                    problems.add(source, `names ${path}, a field that ${object.name} does not have.`);
                }
            }
        }
    }
}
