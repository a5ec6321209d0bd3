import { z } from 'zod';
import { failure } from '../failure.ts';
import type { Field, Layout, LayoutBehavior, LayoutSection, ObjectType } from '../metadata/schema.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { nameField } from './object-info.ts';
import { MASTER_RECORD_TYPE } from './ui-api-types.ts';

/** Which fields of a record its page shows, and where: `/ui-api/layout/{object}`. */

const MOST_USUAL_FIELDS = 6;
const SYSTEM_FIELDS: LayoutSection['columns'] = [
    ['CreatedById', 'CreatedDate'],
    ['LastModifiedById', 'LastModifiedDate'],
].map((column) => column.map(readOnly));
const NEVER_SHOWN = ['SystemModstamp', ...SYSTEM_FIELDS.flat().map((item) => item.field)];

const layoutQuery = z.object({
    layoutType: z.enum(['Compact', 'Full']).default('Full'),
    mode: z.enum(['View']).default('View'),
});

/** The object's compact layout; for one without, its name and its first short fields. */
export function compactFields(object: ObjectType): readonly string[] {
    if (object.compactLayout) {
        return object.compactLayout.fields;
    }
    const custom = [...object.fields.values()].filter((field) => field.custom && !isLong(field));
    return [nameField(object), ...custom.map((field) => field.name)].slice(0, MOST_USUAL_FIELDS);
}

/** A Record Layout as the UI API gives it, with the fields that the user may see. Throws for what else the platform's query parameters allow. */
export function recordLayout(
    store: OrgStore,
    session: Session,
    object: ObjectType,
    query: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
    const parsed = layoutQuery.safeParse(query);
    if (!parsed.success) {
        throw failure(
            'ILLEGAL_QUERY_PARAMETER_VALUE',
            'The local org gives layouts for layoutType=Compact or Full and mode=View.',
        );
    }
    const { layoutType, mode } = parsed.data;
    return {
        id: null,
        layoutType,
        mode,
        objectApiName: object.name,
        recordTypeId: MASTER_RECORD_TYPE,
        saveOptions: [],
        sections:
            layoutType === 'Compact'
                ? [compactSection(session, object)]
                : fullSections(session, object, store.schema.layouts.get(object.name)),
    };
}

function compactSection(session: Session, object: ObjectType): Record<string, unknown> {
    const rows = readableFields(session, object, compactFields(object)).map((field) => ({
        layoutItems: [layoutItem(session, object, field, null)],
    }));
    return {
        id: null,
        heading: null,
        useHeading: false,
        collapsible: false,
        columns: 1,
        rows: rows.length,
        layoutRows: rows,
    };
}

function fullSections(
    session: Session,
    object: ObjectType,
    layout: Layout | undefined,
): readonly Record<string, unknown>[] {
    const sections = layout ? layout.sections : usualSections(session, object);
    return sections.flatMap((section) => {
        const columns = section.columns.map((column) =>
            // What the user may not see leaves no gap: what is below it moves up.
            column.flatMap(({ field: name, behavior }) => {
                if (name === null) {
                    return [EMPTY_SPACE];
                }
                return readableFields(session, object, [name]).map((field) =>
                    layoutItem(session, object, field, behavior),
                );
            }),
        );
        if (columns.flat().every((item) => item === EMPTY_SPACE)) {
            return [];
        }
        const length = Math.max(...columns.map((column) => column.length));
        const rows = Array.from({ length }, (_row, index) => ({
            layoutItems: Array.from({ length: section.width }, (_item, at) => columns[at]?.[index] ?? EMPTY_SPACE),
        }));
        return [
            {
                id: null,
                heading: section.label,
                useHeading: section.heading,
                collapsible: false,
                columns: section.width,
                rows: length,
                layoutRows: rows,
            },
        ];
    });
}

/** As the platform lays out an object by itself: short fields from left to right, long ones beneath, then who wrote it. */
function usualSections(session: Session, object: ObjectType): readonly LayoutSection[] {
    const fields = [...object.fields.values()].filter(
        (field) => field.kind !== 'Id' && !NEVER_SHOWN.includes(field.name) && session.access.readsField(object, field),
    );
    const short = fields.filter((field) => !isLong(field)).sort((a, b) => nameRank(object, a) - nameRank(object, b));
    const side = (which: number): LayoutSection['columns'][number] =>
        short.filter((_field, index) => index % 2 === which).map((field) => ({ field: field.name, behavior: 'Edit' }));
    return [
        { label: 'Information', heading: true, width: 2, columns: [side(0), side(1)] },
        {
            label: 'Description',
            heading: false,
            width: 1,
            columns: [fields.filter(isLong).map((field) => ({ field: field.name, behavior: 'Edit' }))],
        },
        { label: 'System Information', heading: true, width: 2, columns: SYSTEM_FIELDS },
    ];
}

const EMPTY_SPACE = {
    editableForNew: false,
    editableForUpdate: false,
    label: '',
    layoutComponents: [{ apiName: null, componentType: 'EmptySpace' }],
    lookupIdApiName: null,
    required: false,
    sortable: false,
    uiBehavior: null,
};

function layoutItem(
    session: Session,
    object: ObjectType,
    field: Field,
    behavior: LayoutBehavior | null,
): Record<string, unknown> {
    const rights = session.access.rights(object);
    const editable = behavior !== null && behavior !== 'Readonly';
    return {
        editableForNew: editable && rights.create && session.access.writesField(object, field, 'create'),
        editableForUpdate: editable && rights.edit && session.access.writesField(object, field, 'update'),
        // A page names a lookup after the record, not after its id.
        label: field.reference ? field.label.replace(/ ID$/, '') : field.label,
        layoutComponents: [{ apiName: field.name, componentType: 'Field', label: field.label }],
        lookupIdApiName: field.reference ? field.name : field.name === nameField(object) ? 'Id' : null,
        required: editable && (behavior === 'Required' || field.required),
        sortable: false,
        uiBehavior: behavior,
    };
}

function readableFields(session: Session, object: ObjectType, names: readonly string[]): readonly Field[] {
    return names.flatMap((name) => {
        const field = object.fields.get(name);
        return field && session.access.readsField(object, field) ? [field] : [];
    });
}

function readOnly(field: string): { field: string; behavior: LayoutBehavior } {
    return { field, behavior: 'Readonly' };
}

function nameRank(object: ObjectType, field: Field): number {
    return field.name === nameField(object) ? 0 : 1;
}

function isLong(field: Field): boolean {
    return field.kind === 'LongTextArea' || field.kind === 'TextArea';
}
