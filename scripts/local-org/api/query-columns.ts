import { childRelationships, findRelationship, type Field, type FieldKind } from '../metadata/schema.ts';
import { parseSoql } from '../soql/soql.ts';
import { readableObject, Select } from '../store/select.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { isNumber, isText } from '../store/values.ts';

/** A column as `/query?columns=true` describes it, what the Salesforce CLI asks for its tables. */
interface ColumnMetadata {
    readonly aggregate: boolean;
    readonly apexType: string | null;
    readonly booleanType: boolean;
    readonly columnName: string;
    readonly custom: boolean;
    readonly displayName: string;
    readonly foreignKeyName: string | null;
    readonly insertable: boolean;
    readonly joinColumns: ColumnMetadata[];
    readonly numberType: boolean;
    readonly textType: boolean;
    readonly updatable: boolean;
}

/** Names beyond Id and String are a guess. */
function apexType(kind: FieldKind): string {
    if (kind === 'Checkbox') {
        return 'Boolean';
    }
    if (kind === 'Date' || kind === 'DateTime') {
        return kind === 'Date' ? 'Date' : 'Datetime';
    }
    return isNumber(kind) ? 'Double' : isText(kind) ? 'String' : 'Id';
}

const plain = (name: string): ColumnMetadata => ({
    aggregate: false,
    apexType: null,
    booleanType: false,
    columnName: name,
    custom: /__[cr]$/.test(name),
    displayName: name,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType: false,
    textType: false,
    updatable: false,
});

/** The columns of a query in place of its records. Throws what running it would throw for names that are not there. */
export function queryColumns(store: OrgStore, session: Session, soql: string): Record<string, unknown> {
    const parsed = parseSoql(soql);
    const object = readableObject(store, session, parsed.query.object);
    const fieldColumns = (name: string, paths: readonly string[]): ColumnMetadata[] => {
        const select = new Select(store, session, name);
        const columns: ColumnMetadata[] = [];
        for (const asked of paths) {
            const { path, object: owner, field } = select.column(asked);
            const parts = path.split('.');
            let list = columns;
            let from = select.object;
            for (const part of parts.slice(0, -1)) {
                let join = list.find((one) => one.columnName === part);
                if (!join) {
                    join = { ...plain(part), foreignKeyName: findRelationship(from, part)?.name ?? null };
                    list.push(join);
                }
                const to = findRelationship(from, part)?.reference?.to;
                from = store.schema.objects.get(to ?? '') ?? from;
                list = join.joinColumns;
            }
            list.push({
                ...fieldColumn(field),
                insertable: session.access.writesField(owner, field, 'create'),
                updatable: session.access.writesField(owner, field, 'update'),
            });
        }
        return columns;
    };
    const answer = (columnMetadata: readonly ColumnMetadata[], groupBy: boolean, idSelected: boolean) => ({
        columnMetadata,
        entityName: object.name,
        groupBy,
        idSelected,
        keyPrefix: store.prefixes.get(object.name) ?? null,
    });
    switch (parsed.kind) {
        case 'count':
            return answer([], false, false);
        case 'aggregate': {
            const select = new Select(store, session, object.name);
            const columns = parsed.output.map(({ alias, group }) => {
                if (group !== null) {
                    return { ...fieldColumn(select.column(group).field), columnName: alias, displayName: alias };
                }
                const figure = parsed.query.functions.find((one) => one.alias === alias);
                const displayName = `${figure?.name ?? ''}(${figure?.path ?? ''})`;
                return { ...plain(alias), aggregate: true, displayName, numberType: true };
            });
            return answer(columns, parsed.query.groupBy.length > 0, false);
        }
        case 'records': {
            const own = fieldColumns(object.name, parsed.query.fields);
            const children = parsed.children.map(({ relationshipName, query }) => {
                const found = childRelationships(store.schema, object.name).find(
                    (one) => one.name.toLowerCase() === relationshipName.toLowerCase(),
                );
                return {
                    ...plain(found?.name ?? relationshipName),
                    aggregate: true,
                    joinColumns: found ? fieldColumns(found.child.name, query.fields) : [],
                };
            });
            return answer(
                [...own, ...children],
                false,
                own.some((one) => one.columnName === 'Id'),
            );
        }
    }
}

function fieldColumn(field: Field): ColumnMetadata {
    return {
        ...plain(field.name),
        apexType: apexType(field.kind),
        custom: field.custom,
        booleanType: field.kind === 'Checkbox',
        numberType: isNumber(field.kind),
        textType: isText(field.kind),
    };
}
