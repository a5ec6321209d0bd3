import { checkFormula, type FieldTypeName, type HostFunctions } from 'c/formula';
import type { MetadataProblem } from '../files.ts';
import { formulaScope, formulaType, RULE_FUNCTIONS } from '../formula-scope.ts';
import { followPath } from '../paths.ts';
import { findField, type Field, type ObjectType, type Schema } from '../schema.ts';
import { objectAndPart, placeOf, problemInText, textOf, type Definition, type Project } from './definitions.ts';

const LONGEST = 3900;
const MOST_RELATIONSHIPS = 15;
/** Functions whose result changes without a save. */
const OF_THE_MOMENT = /\b(TODAY|NOW|TIMENOW)\s*\(|\$User\b/i;

/** What a real org has in formulas and the rule language has not. */
const OF_THE_PLATFORM = new RegExp(
    `^(?:${[
        ...['ACOS', 'ASCII', 'ASIN', 'ATAN', 'ATAN2', 'BR', 'CASESAFEID', 'CHR', 'COS', 'CURRENCYRATE', 'DAYOFYEAR'],
        ...['DISTANCE', 'EXP', 'FORMATDURATION', 'FROMUNIXTIME', 'GEOLOCATION', 'GETSESSIONID', 'HOUR', 'HYPERLINK'],
        ...['IMAGE', 'IMAGEPROXYURL', 'INITCAP', 'ISCLONE', 'ISNUMBER', 'ISOWEEK', 'ISOYEAR', 'LN', 'LOG', 'LPAD'],
        ...['MCEILING', 'MFLOOR', 'MILLISECOND', 'MINUTE', 'PI', 'PICKLISTCOUNT', 'REVERSE', 'RPAD', 'SECOND', 'SIN'],
        ...['TAN', 'TIMENOW', 'TIMEVALUE', 'TRUNC', 'UNIXTIMESTAMP', 'VLOOKUP'],
    ].join(
        '|',
    )}|RecordType\\.\\w+|\\$(?:Api|CustomMetadata|Label|ObjectType|Organization|Profile|RecordType|Setup|System|User|UserRole)\\..+)$`,
    'i',
);

interface Formula {
    readonly definition: Definition;
    readonly element: string;
    readonly object: ObjectType;
    readonly expect: FieldTypeName;
    readonly functions: HostFunctions;
    readonly isField: boolean;
}

/** Formulas of fields, validation rules and defaults: they compile, are not too long or circular, and reach no further than the platform lets them. */
export function* checkFormulas(project: Project): Iterable<MetadataProblem> {
    const relationships = new Map<string, Set<string>>();
    for (const formula of formulasOf(project)) {
        const { definition, element, object, isField } = formula;
        const place = placeOf(definition.root, element);
        const source = place.text;
        if (source.length > LONGEST) {
            yield place.problem(
                `Formula is too long (${source.length} characters). Maximum length is ${LONGEST}. Shorten it.`,
            );
        }
        const scope = formulaScope(project.schema, element === 'defaultValue' ? null : object);
        const { issues, references } = checkFormula(source, scope, formula);
        for (const issue of issues) {
            const part = source.slice(issue.position, issue.position + issue.length);
            const message = OF_THE_PLATFORM.test(part)
                ? `The local org does not support ${part} in formulas, which a real org does; write the formula without it.`
                : `The formula does not compile: ${issue.message}. Correct it there.`;
            yield problemInText(definition, place, issue.position, message);
        }
        for (const path of references) {
            const field = followPath(project.schema.objects, object, path)?.field;
            if (isField && field?.kind === 'LongTextArea') {
                yield place.problem(`A formula field cannot read ${path}, a long text; validation rules can.`);
            }
        }
        const reached = relationships.get(object.name) ?? new Set();
        const before = reached.size;
        references.flatMap(prefixes).forEach((path) => reached.add(path));
        relationships.set(object.name, reached);
        if (before <= MOST_RELATIONSHIPS && reached.size > MOST_RELATIONSHIPS) {
            yield place.problem(
                `The formulas of ${object.name} follow more than ${MOST_RELATIONSHIPS} relationships; copy some values into fields of ${object.name}.`,
            );
        }
    }
    yield* circles(project);
    yield* ruleFields(project);
}

function* formulasOf({ schema, of }: Project): Iterable<Formula> {
    for (const definition of of('CustomField')) {
        const [objectName, fieldName] = objectAndPart(definition.fullName);
        const object = schema.objects.get(objectName);
        const field = object?.fields.get(fieldName);
        if (!object || !field?.custom) {
            continue;
        }
        const type = formulaType(field.kind);
        if (field.formula) {
            yield { definition, element: 'formula', object, expect: type, functions: {}, isField: true };
        }
        if (textOf(definition.root, 'defaultValue') !== '' && !field.formula) {
            const expect = type === 'Picklist' || type === 'MultiPicklist' ? 'Text' : type;
            yield { definition, element: 'defaultValue', object, expect, functions: {}, isField: false };
        }
    }
    for (const definition of of('ValidationRule')) {
        const object = schema.objects.get(objectAndPart(definition.fullName)[0]);
        if (object) {
            const rest = { expect: 'Checkbox', functions: RULE_FUNCTIONS, isField: false } as const;
            yield { definition, element: 'errorConditionFormula', object, ...rest };
        }
    }
}

/** `Account__r.Owner.Name` → Account__r, Account__r.Owner. */
function prefixes(path: string): readonly string[] {
    const parts = path.startsWith('$') ? [] : path.toLowerCase().split('.').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

function* ruleFields({ schema, of }: Project): Iterable<MetadataProblem> {
    for (const { root, fullName } of of('ValidationRule')) {
        const object = schema.objects.get(objectAndPart(fullName)[0]);
        const name = textOf(root, 'errorDisplayField');
        if (object && name !== '' && !findField(object, name)) {
            yield placeOf(root, 'errorDisplayField').problem(
                `In field: errorDisplayField - no CustomField named ${object.name}.${name} found; name a field of ${object.name}.`,
            );
        }
    }
}

/** Fields that a field's value is made of: a formula's references, what a roll-up sums and filters. Empty for one that is entered. */
function sourcesOf(schema: Schema, object: ObjectType, field: Field): readonly { object: ObjectType; field: Field }[] {
    if (field.formula) {
        const { references } = checkFormula(field.formula.source, formulaScope(schema, object));
        return references.flatMap((path) => followPath(schema.objects, object, path) ?? []);
    }
    const child = field.summary && schema.objects.get(field.summary.childObject);
    if (!field.summary || !child) {
        return [];
    }
    const names = [field.summary.field ?? '', ...field.summary.filters.map((item) => item.field)];
    return names.flatMap((name) => {
        const source = child.fields.get(name);
        return source ? [{ object: child, field: source }] : [];
    });
}

function* circles({ schema, find }: Project): Iterable<MetadataProblem> {
    const done = new Set<string>();
    function* visit(object: ObjectType, field: Field, path: readonly string[]): Iterable<MetadataProblem> {
        const key = `${object.name}.${field.name}`;
        if (path.includes(key)) {
            const definition = find('CustomField', key);
            const circle = [...path.slice(path.indexOf(key)), key].join(' → ');
            if (definition) {
                const place = placeOf(definition.root, field.formula ? 'formula' : 'summaryForeignKey');
                yield place.problem(`Formula Expression has a circular reference: ${circle}. Take one of them out.`);
            }
            return;
        }
        if (!done.has(key)) {
            for (const source of sourcesOf(schema, object, field)) {
                yield* visit(source.object, source.field, [...path, key]);
            }
            done.add(key);
        }
    }
    for (const object of schema.objects.values()) {
        for (const field of object.fields.values()) {
            yield* visit(object, field, []);
        }
    }
}

/** Whether a formula's value can change without a save of its record: then roll-ups cannot take it. False for what is no formula. */
export function readsOtherObjectsOrToday(
    schema: Schema,
    object: ObjectType,
    field: Field,
    above: readonly Field[] = [],
): boolean {
    if (!field.formula || above.includes(field)) {
        return false;
    }
    const { references } = checkFormula(field.formula.source, formulaScope(schema, object));
    return (
        OF_THE_MOMENT.test(field.formula.source) ||
        references.some((path) => {
            const read = object.fields.get(path);
            return read ? readsOtherObjectsOrToday(schema, object, read, [...above, field]) : path.includes('.');
        })
    );
}
