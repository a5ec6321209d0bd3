import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { failure, PlatformFailure } from '../failure.ts';
import type { Field, ObjectType } from '../metadata/schema.ts';
import type {
    PlatformError,
    SetupField,
    SetupFieldKind,
    SetupHome,
    SetupRecord,
    SetupSaveErrors,
    SetupType,
    SetupTypeSummary,
} from '../page-contract.ts';
import {
    addMetadataRecord,
    changeMetadataRecord,
    metadataRecords,
    removeMetadataRecord,
} from '../store/metadata-records.ts';
import type { OrgStore } from '../store/store.ts';
import { sessionOf } from './guard.ts';

const save = z.object({ values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])) });
const pathShape = z.object({ type: z.string().default(''), name: z.string().default('') });

/** Setup for custom metadata, made from the metadata: only for users who may customise the application. */
export function addSetupApi(app: FastifyInstance, store: OrgStore): void {
    const base = '/local/setup';
    app.get(base, (request): SetupHome => {
        checkAdmin(request);
        return { types: metadataTypes(store).map((object) => summary(store, object)) };
    });
    app.get(`${base}/:type`, (request): SetupType => {
        checkAdmin(request);
        const object = typeOf(store, request);
        return {
            ...summary(store, object),
            fields: setupFields(store, object),
            rows: metadataRecords(store, store.system, object),
        };
    });
    app.post(`${base}/:type`, (request, reply) =>
        saving(request, reply, 201, () => {
            const object = typeOf(store, request);
            const name = store.transaction(() => addMetadataRecord(store, store.system, object, valuesOf(request)));
            return recordNamed(store, object, name);
        }),
    );
    app.patch(`${base}/:type/:name`, (request, reply) =>
        saving(request, reply, 200, () => {
            const object = typeOf(store, request);
            const name = store.transaction(() =>
                changeMetadataRecord(store, store.system, object, nameOf(request), valuesOf(request)),
            );
            return recordNamed(store, object, name);
        }),
    );
    app.delete(`${base}/:type/:name`, (request, reply) => {
        checkAdmin(request);
        store.transaction(() => removeMetadataRecord(store, store.system, typeOf(store, request), nameOf(request)));
        return reply.code(204).send();
    });
}

function checkAdmin(request: FastifyRequest): void {
    if (!sessionOf(request).access.may('CustomizeApplication')) {
        throw failure(
            'INSUFFICIENT_ACCESS',
            'You need the permission Customize Application to open Setup. Ask your administrator.',
        );
    }
}

function metadataTypes(store: OrgStore): readonly ObjectType[] {
    return [...store.schema.objects.values()]
        .filter((object) => object.kind === 'metadata')
        .sort((a, b) => a.label.localeCompare(b.label));
}

function typeOf(store: OrgStore, request: FastifyRequest): ObjectType {
    const { type } = pathShape.parse(request.params);
    const object = metadataTypes(store).find((one) => one.name === type);
    if (!object) {
        throw failure('NOT_FOUND', `There is no custom metadata type ${type}.`);
    }
    return object;
}

function nameOf(request: FastifyRequest): string {
    return pathShape.parse(request.params).name;
}

function valuesOf(request: FastifyRequest): z.infer<typeof save>['values'] {
    const parsed = save.safeParse(request.body);
    if (!parsed.success) {
        throw failure('JSON_PARSER_ERROR', 'The request body must be { "values": { … } }.');
    }
    return parsed.data.values;
}

function summary(store: OrgStore, object: ObjectType): SetupTypeSummary {
    return {
        name: object.name,
        label: object.label,
        pluralLabel: object.pluralLabel,
        description: object.description,
        records: metadataRecords(store, store.system, object).length,
    };
}

function recordNamed(store: OrgStore, object: ObjectType, name: string): SetupRecord {
    const [record] = metadataRecords(store, store.system, object, name);
    if (!record) {
        throw failure('NOT_FOUND', `${object.label} has no record ${name}.`);
    }
    return record;
}

/** In the order of the type's layout, column by column; what that leaves out comes last, since an admin must be able to reach it. */
function setupFields(store: OrgStore, object: ObjectType): readonly SetupField[] {
    const placed = (store.schema.layouts.get(object.name)?.sections ?? []).flatMap(({ columns }) =>
        columns.flatMap((column) => column.flatMap(({ field }) => field ?? [])),
    );
    const custom = [...object.fields.values()].filter((field) => field.custom).map((field) => field.name);
    const names = new Set(['MasterLabel', 'DeveloperName', ...placed, ...custom]);
    return [...names]
        .flatMap((name) => object.fields.get(name) ?? [])
        .filter((field) => !field.readOnly)
        .map(setupField);
}

const HELP: Readonly<Record<string, string>> = {
    MasterLabel: 'What people call this record.',
    DeveloperName:
        'The name by which formulas, deploys and the API know this record: letters, digits and single underscores.',
};

function setupField(field: Field): SetupField {
    return {
        name: field.name,
        label: field.label,
        kind: setupKind(field),
        required: field.required,
        help: field.help ?? HELP[field.name] ?? null,
        description: field.description,
        maxLength: field.length,
        scale: field.scale,
        options: field.picklist.filter((option) => option.active).map(({ value, label }) => ({ value, label })),
        defaultValue: defaultOf(field),
        visibleLines: field.visibleLines,
    };
}

function setupKind({ kind, name }: Field): SetupFieldKind {
    switch (kind) {
        case 'Text':
        case 'TextArea':
        case 'LongTextArea':
        case 'Number':
        case 'Percent':
        case 'Checkbox':
        case 'Date':
        case 'DateTime':
        case 'Picklist':
        case 'Url':
        case 'Email':
        case 'Phone':
            return kind;
        default:
            throw new Error(`Setup has no input for ${name} (${kind})`);
    }
}

/** Defaults that are plain literals; others are computed by the save. */
function defaultOf(field: Field): string | number | boolean | null {
    if (field.kind === 'Checkbox') {
        return field.defaultValue?.toLowerCase() === 'true';
    }
    const text = field.defaultValue;
    if (text === null) {
        return null;
    }
    const number = Number(text);
    return Number.isFinite(number) ? number : text.replace(/^(['"])(.*)\1$/s, '$2');
}

function saving(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    work: () => SetupRecord,
): SetupRecord | SetupSaveErrors {
    checkAdmin(request);
    try {
        const record = work();
        reply.code(status);
        return record;
    } catch (error) {
        if (!(error instanceof PlatformFailure) || error.status !== 400) {
            throw error;
        }
        reply.code(400);
        return saveErrors(error.errors);
    }
}

function saveErrors(errors: readonly PlatformError[]): SetupSaveErrors {
    const fieldErrors: Record<string, PlatformError[]> = {};
    for (const error of errors) {
        for (const field of error.fields ?? []) {
            (fieldErrors[field] ??= []).push(error);
        }
    }
    return { errors: errors.filter((error) => (error.fields?.length ?? 0) === 0), fieldErrors };
}
