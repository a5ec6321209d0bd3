import { followPath } from './paths.ts';
import type { ListView, ObjectType, Schema } from './schema.ts';
import { MetadataError } from './xml.ts';

/** Checks that pages, tabs and list views name what exists, as a deploy would. Throws MetadataError with the file's name. */
export function checkPages(schema: Schema): void {
    for (const application of schema.applications.values()) {
        for (const tab of application.tabs) {
            const standard = /^standard-(\w+)$/.exec(tab)?.[1];
            if (standard ? !schema.objects.has(standard) : !schema.tabs.has(tab)) {
                throw new MetadataError(application.source, `names the tab ${tab}, which does not exist here.`);
            }
        }
        for (const { objectApiName, pageName } of application.recordPages) {
            const page = schema.flexiPages.get(pageName);
            if (!page || page.objectApiName !== objectApiName) {
                throw new MetadataError(
                    application.source,
                    `names ${pageName} as record page of ${objectApiName}; there is none.`,
                );
            }
        }
    }
    for (const { source, target } of schema.tabs.values()) {
        if (target.kind === 'page' && !schema.flexiPages.has(target.pageName)) {
            throw new MetadataError(source, `shows the page ${target.pageName}, which does not exist.`);
        }
    }
    for (const object of schema.objects.values()) {
        object.listViews.forEach((view) => checkListView(schema, object, view));
    }
}

function checkListView(schema: Schema, object: ObjectType, view: ListView): void {
    const paths = [...view.columns, ...view.filters.map((filter) => filter.field)];
    const missing = paths.find((path) => !followPath(schema.objects, object, path));
    if (missing !== undefined) {
        throw new MetadataError(view.source, `names ${missing}, a field that ${object.name} does not have.`);
    }
}
