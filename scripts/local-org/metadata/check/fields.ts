import type { MetadataProblem } from '../files.ts';
import { FIELD_TYPES } from '../read-fields.ts';
import { objectAndPart, placeOf, repeated, textOf, type Definition, type Project } from './definitions.ts';

const NUMBERS = ['Number', 'Currency', 'Percent'] as const;
const PICKLISTS = ['Picklist', 'MultiselectPicklist'] as const;
const RELATIONSHIPS = ['Lookup', 'MasterDetail'] as const;
const FORMULA_RESULTS = ['Text', ...NUMBERS, 'Date', 'DateTime', 'Checkbox'] as const;
const NO_DEFAULT = [...RELATIONSHIPS, 'AutoNumber', 'Summary'];

/** Attributes and the types that take them; the platform: "Can not specify 'length' for a CustomField of type Url". */
const TAKEN_BY: Readonly<Record<string, readonly string[]>> = {
    length: ['Text', 'LongTextArea', 'MultiselectPicklist'],
    precision: NUMBERS,
    scale: NUMBERS,
    visibleLines: ['LongTextArea', 'MultiselectPicklist'],
    valueSet: PICKLISTS,
    referenceTo: RELATIONSHIPS,
    relationshipName: RELATIONSHIPS,
    relationshipLabel: RELATIONSHIPS,
    deleteConstraint: ['Lookup'],
    reparentableMasterDetail: ['MasterDetail'],
    relationshipOrder: ['MasterDetail'],
    writeRequiresMasterRead: ['MasterDetail'],
    displayFormat: ['AutoNumber'],
    startingNumber: ['AutoNumber'],
    formula: FORMULA_RESULTS,
    formulaTreatBlanksAs: FORMULA_RESULTS,
    summaryForeignKey: ['Summary'],
    summaryOperation: ['Summary'],
    summarizedField: ['Summary'],
    summaryFilterItems: ['Summary'],
};

/** The platform: "Must specify 'visibleLines' for a CustomField of type LongTextArea". What a field cannot be read without is not here. */
const NEEDED_BY: Readonly<Record<string, readonly string[]>> = {
    Text: ['length'],
    LongTextArea: ['length', 'visibleLines'],
    Number: ['precision', 'scale'],
    Currency: ['precision', 'scale'],
    Percent: ['precision', 'scale'],
    Checkbox: ['defaultValue'],
    Picklist: ['valueSet'],
    MultiselectPicklist: ['valueSet', 'visibleLines'],
    AutoNumber: ['displayFormat'],
    MasterDetail: ['relationshipName'],
};

/** Switches, and the types on which they may be true. */
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
    required: [
        ...['Text', 'TextArea', 'Email', 'Phone', 'Url', ...NUMBERS, 'Date', 'DateTime', 'Lookup'],
        ...PICKLISTS,
    ],
    unique: ['Text', 'Number', 'Email'],
    externalId: ['Text', 'Number', 'Email', 'AutoNumber'],
};

/** Whole numbers with the range that a type allows. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
    'Text.length': [1, 255],
    'LongTextArea.length': [256, 131_072],
    ...Object.fromEntries(NUMBERS.map((type) => [`${type}.precision`, [1, 18] as const])),
};

/** Types of fields that a custom metadata type may have. */
const METADATA_TYPES = [
    ...['Checkbox', 'Date', 'DateTime', 'Email', 'Number', 'Percent', 'Phone', 'Picklist'],
    ...['Text', 'TextArea', 'LongTextArea', 'Url'],
];
const AUTO_NUMBER = /^[^{}]*(?:\{(?:Y{2}|Y{4}|M{2}|D{2})\}[^{}]*)*\{0+\}[^{}]*(?:\{(?:Y{2}|Y{4}|M{2}|D{2})\}[^{}]*)*$/i;

/** Attributes of custom fields that are missing, do not go with the type or have a wrong value. */
export function* checkFields(project: Project): Iterable<MetadataProblem> {
    for (const field of project.of('CustomField')) {
        // Reading says of other types (Html, Time, MetadataRelationship …) that the local org does not support them.
        if (field.fullName.endsWith('__c') && FIELD_TYPES.some((type) => type === textOf(field.root, 'type'))) {
            yield* attributes(field);
            yield* values(field);
            yield* onItsObject(field);
        }
    }
    for (const { root } of project.of('CustomObject')) {
        const name = root.all('nameField')[0];
        if (name && textOf(name, 'type') === 'AutoNumber' && !AUTO_NUMBER.test(textOf(name, 'displayFormat'))) {
            yield placeOf(name, 'displayFormat').problem(autoNumberWords(textOf(name, 'displayFormat')));
        }
    }
}

function* attributes({ root }: Definition): Iterable<MetadataProblem> {
    const type = textOf(root, 'type');
    const isFormula = textOf(root, 'formula') !== '';
    for (const [attribute, types] of Object.entries(TAKEN_BY)) {
        const found = root.all(attribute)[0];
        if (found && !types.includes(type)) {
            yield found.problem(`Can not specify '${attribute}' for a CustomField of type ${type}; remove it.`);
        }
    }
    for (const attribute of (!isFormula && NEEDED_BY[type]) || []) {
        if (root.all(attribute).length === 0) {
            yield root.problem(`Must specify '${attribute}' for a CustomField of type ${type}; add it.`);
        }
    }
    for (const [attribute, types] of Object.entries(SWITCHES)) {
        const found = root.all(attribute)[0];
        const kind = isFormula ? 'Formula' : type;
        // A master-detail field takes <required> neither as true nor as false; a retrieve writes <externalId>false</externalId> to every type.
        const counts = found?.text === 'true' || (type === 'MasterDetail' && attribute === 'required');
        if (found && counts && (isFormula || !types.includes(type))) {
            yield found.problem(`Can not specify '${attribute}' for a CustomField of type ${kind}; remove it.`);
        }
    }
    const [length] = root.all('length');
    if (length && isFormula && type === 'Text') {
        yield length.problem('Can not specify a length for CustomFields that have a formula; remove it.');
    }
    const unwanted = root.all('defaultValue')[0];
    if (unwanted && (isFormula || NO_DEFAULT.includes(type))) {
        yield unwanted.problem(`A field of type ${isFormula ? 'Formula' : type} has no default; remove it.`);
    }
    const blanks = root.all('formulaTreatBlanksAs')[0];
    if (blanks && !isFormula && FORMULA_RESULTS.some((one) => one === type)) {
        yield blanks.problem('<formulaTreatBlanksAs> is for formula fields; add <formula> or remove it.');
    }
}

function* values({ root }: Definition): Iterable<MetadataProblem> {
    const type = textOf(root, 'type');
    for (const attribute of ['length', 'precision']) {
        const range = RANGES[`${type}.${attribute}`];
        const text = textOf(root, attribute);
        if (range && text !== '' && (Number(text) < range[0] || Number(text) > range[1])) {
            yield placeOf(root, attribute).problem(
                `<${attribute}> of a ${type} is from ${range[0]} to ${range[1]}, not ${text}.`,
            );
        }
    }
    const [precision, scale] = [textOf(root, 'precision'), textOf(root, 'scale')];
    if (precision !== '' && Number(scale) > Number(precision)) {
        yield placeOf(root, 'scale').problem(
            `<scale> ${scale} is more than <precision> ${precision}, which counts all digits; make it smaller.`,
        );
    }
    const format = textOf(root, 'displayFormat');
    if (type === 'AutoNumber' && format !== '' && !AUTO_NUMBER.test(format)) {
        yield placeOf(root, 'displayFormat').problem(autoNumberWords(format));
    }
    const constraint = textOf(root, 'deleteConstraint') || 'SetNull';
    if (type === 'Lookup' && textOf(root, 'required') === 'true' && constraint === 'SetNull') {
        yield placeOf(root, 'deleteConstraint').problem(
            'field integrity exception: must specify either cascade delete or restrict delete for required lookup foreign key; set <deleteConstraint> to Restrict or Cascade.',
        );
    }
    const choices = root
        .all('valueSet')
        .flatMap((set) => set.all('valueSetDefinition').flatMap((one) => one.all('value')));
    for (const name of ['fullName', 'label']) {
        for (const choice of repeated(choices, (one) => textOf(one, name))) {
            yield choice.problem(`The picklist has the value ${textOf(choice, name)} twice; keep one.`);
        }
    }
    const chosen = choices.filter((choice) => textOf(choice, 'default') === 'true');
    if (type === 'Picklist' && chosen[1]) {
        yield chosen[1].problem('A picklist has one default value at most; keep one.');
    }
}

function* onItsObject({ root, fullName }: Definition): Iterable<MetadataProblem> {
    const [object] = objectAndPart(fullName);
    const type = textOf(root, 'type');
    if (object.endsWith('__mdt') && (!METADATA_TYPES.includes(type) || textOf(root, 'formula') !== '')) {
        yield placeOf(root, 'type').problem(
            `A custom metadata type has no fields of type ${type}; take ${METADATA_TYPES.join(', ')}.`,
        );
    }
    if (!/__(c|mdt)$/.test(object) && type === 'MasterDetail') {
        yield placeOf(root, 'type').problem(
            `${object} is a standard object and cannot be the detail of another; make the field a Lookup.`,
        );
    }
}

function autoNumberWords(format: string): string {
    return `<displayFormat> "${format}" is no auto-number format; write one such as RUN-{00000}, with one {0} and, if wanted, {YYYY}, {MM}, {DD}.`;
}
