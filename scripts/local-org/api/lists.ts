import { failure } from '../failure.ts';
import { childRelationships, findObject, type Field, type ListView, type ObjectType } from '../metadata/schema.ts';
import type { ListColumn, ListPage, ListRow, ListViewChoice, RelatedList, RelatedLists } from '../page-contract.ts';
import { and, equals, likeText, type Condition, type OrderBy } from '../store/conditions.ts';
import { filterCondition } from '../store/filter-items.ts';
import { followPath } from '../metadata/paths.ts';
import { canonicalId } from '../store/ids.ts';
import { countRecords, selectRecords, type Row } from '../store/read.ts';
import type { Session } from '../store/session.ts';
import { sharedWith } from '../store/sharing.ts';
import type { OrgStore } from '../store/store.ts';
import { displayValue } from './display.ts';
import { compactFields } from './layouts.ts';
import { nameField } from './object-info.ts';
import { DATA_TYPES } from './ui-api-types.ts';

/** List views and related lists as the page shows them. */

/** List views of an object; one with all records when the project ships none. */
export function listViewsOf(object: ObjectType): readonly ListView[] {
    return object.listViews.length > 0
        ? object.listViews
        : [
              {
                  developerName: 'All',
                  label: `All ${object.pluralLabel}`,
                  columns: compactFields(object),
                  scope: 'Everything',
                  filters: [],
                  source: object.source,
              },
          ];
}

export function choicesOf(object: ObjectType): readonly ListViewChoice[] {
    return listViewsOf(object).map(({ developerName, label }) => ({ developerName, label }));
}

export interface ListRequest {
    readonly objectName: string;
    readonly viewName: string;
    readonly search: string;
    /** Column path, `-` before it for descending; '' for the name. */
    readonly sort: string;
    readonly limit: number;
}

export function listPage(store: OrgStore, session: Session, request: ListRequest): ListPage {
    const object = seenObject(store, session, request.objectName);
    const view = listViewsOf(object).find((one) => one.developerName === request.viewName);
    if (!view) {
        throw failure('NOT_FOUND', `${object.pluralLabel} have no list view ${request.viewName}.`);
    }
    const name = nameField(object);
    const columns = columnsOf(store, session, object, view.columns);
    const where = and(
        viewCondition(store, session, object, view),
        request.search.trim() === ''
            ? null
            : { kind: 'like', path: name, pattern: `%${likeText(request.search.trim())}%` },
    );
    const sort = request.sort || name;
    const order: OrderBy = { path: sort.replace(/^-/, ''), descending: sort.startsWith('-'), nullsLast: true };
    return {
        objectPluralLabel: object.pluralLabel,
        listView: { developerName: view.developerName, label: view.label },
        columns: columns.map(({ column }) => column),
        rows: rowsOf(store, session, object, columns, where, [order], request.limit),
        total: countRecords(store, session, { object: object.name, where }),
    };
}

function seenObject(store: OrgStore, session: Session, name: string): ObjectType {
    const object = findObject(store.schema, name);
    if (!object || object.kind === 'metadata') {
        throw failure('NOT_FOUND', `There is no object ${name}.`);
    }
    if (!session.access.rights(object).read) {
        throw failure(
            'INSUFFICIENT_ACCESS',
            `You do not have access to ${object.pluralLabel}. Ask your administrator for a permission set.`,
        );
    }
    return object;
}

function viewCondition(store: OrgStore, session: Session, object: ObjectType, view: ListView): Condition {
    return and(
        view.scope === 'Mine' ? equals('OwnerId', session.userId) : null,
        ...view.filters.map((filter) =>
            filterCondition(filter, followPath(store.schema.objects, object, filter.field)?.field),
        ),
    );
}

interface ShownColumn {
    readonly column: ListColumn;
    readonly field: Field;
    /** Path of the id that the cell links to, and of the name it shows; null for plain values. */
    readonly reference: { readonly idPath: string; readonly namePath: string } | null;
}

/** Columns that the user may see; a lookup shows the parent's name. */
function columnsOf(
    store: OrgStore,
    session: Session,
    object: ObjectType,
    paths: readonly string[],
): readonly ShownColumn[] {
    return paths.flatMap((path): readonly ShownColumn[] => {
        const found = followPath(store.schema.objects, object, path);
        if (
            !found ||
            !session.access.rights(found.object).read ||
            !session.access.readsField(found.object, found.field)
        ) {
            return [];
        }
        const { field } = found;
        const { reference: to } = field;
        const target = to && store.schema.objects.get(to.to);
        const through = found.path.includes('.') ? found.path.slice(0, found.path.lastIndexOf('.')) : null;
        const reference =
            to?.relationshipName && target
                ? {
                      idPath: found.path,
                      namePath: `${through ? `${through}.` : ''}${to.relationshipName}.${nameField(target)}`,
                  }
                : through && field.name === nameField(found.object)
                  ? { idPath: `${through}.Id`, namePath: found.path }
                  : null;
        const link = found.path === nameField(object) ? 'row' : reference ? 'reference' : null;
        const label = through ? `${found.object.label} ${field.label}` : field.label.replace(/ ID$/, '');
        return [{ column: { field: found.path, label, dataType: DATA_TYPES[field.kind], link }, field, reference }];
    });
}

function rowsOf(
    store: OrgStore,
    session: Session,
    object: ObjectType,
    columns: readonly ShownColumn[],
    where: Condition,
    orderBy: readonly OrderBy[],
    limit: number,
): readonly ListRow[] {
    const fields = new Set(
        columns.flatMap(({ column, reference }) =>
            reference ? [reference.idPath, reference.namePath] : [column.field],
        ),
    );
    const { rows } = selectRecords(store, session, {
        object: object.name,
        fields: ['Id', ...fields],
        where,
        orderBy,
        limit,
    });
    return rows.map((row) => ({
        id: String(row.values['Id']),
        cells: Object.fromEntries(columns.map((shown) => [shown.column.field, cellOf(session, shown, row)])),
    }));
}

function cellOf(session: Session, { column, field, reference }: ShownColumn, row: Row): ListRow['cells'][string] {
    if (reference) {
        const id = row.values[reference.idPath] ?? null;
        const name = row.values[reference.namePath] ?? null;
        const displayed = name === null ? null : String(name);
        return {
            value: column.field === reference.idPath ? id : name,
            displayValue: displayed,
            recordId: id === null ? null : String(id),
        };
    }
    const value = row.values[column.field] ?? null;
    return { value, displayValue: displayValue(session, field, value) };
}

/** Children of a record: the lists that its page layout names; without a layout all of them, with the fields that tell such a child, newest first. */
export function relatedLists(store: OrgStore, session: Session, recordId: string, limit: number): RelatedLists {
    const id = canonicalId(recordId);
    const name = id && [...store.prefixes].find(([, prefix]) => prefix === id.slice(0, 3))?.[0];
    const parent = name ? store.schema.objects.get(name) : undefined;
    if (!id || !parent || !session.access.rights(parent).read || !sharedWith(store, session, parent, id, 'read')) {
        throw failure('NOT_FOUND', 'The requested resource does not exist');
    }
    const named = store.schema.layouts.get(parent.name)?.relatedLists;
    const visible = childRelationships(store.schema, parent.name).filter(
        ({ child, field }) => session.access.rights(child).read && session.access.readsField(child, field),
    );
    const shown = named
        ? named.flatMap((layout) =>
              visible
                  .filter(({ child, field }) => layout.child === child.name && layout.lookup === field.name)
                  .map((relationship) => ({ relationship, layout })),
          )
        : visible.map((relationship) => ({ relationship, layout: undefined }));
    const lists = shown.map(({ relationship, layout }): RelatedList => {
        const { name: relationshipName, label, child, field } = relationship;
        const where = equals(field.name, id);
        const paths = layout?.columns ?? compactFields(child).filter((path) => path !== field.name);
        const { field: sort, order: direction } = layout?.sort ?? { field: 'CreatedDate', order: 'Desc' };
        const order: OrderBy = { path: sort, descending: direction === 'Desc', nullsLast: true };
        const columns = leadingToRecord(columnsOf(store, session, child, paths));
        return {
            relationshipName,
            label,
            objectApiName: child.name,
            columns: columns.map(({ column }) => column),
            rows: rowsOf(store, session, child, columns, where, [order], limit),
            total: countRecords(store, session, { object: child.name, where }),
        };
    });
    return { lists };
}

/** The platform opens a child through the row's menu when no column is its name; here the first column does. */
function leadingToRecord(columns: readonly ShownColumn[]): readonly ShownColumn[] {
    const [first, ...others] = columns;
    return first && !columns.some(({ column }) => column.link === 'row')
        ? [{ ...first, column: { ...first.column, link: 'row' } }, ...others]
        : columns;
}
