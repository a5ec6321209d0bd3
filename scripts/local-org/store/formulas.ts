import {
    compileFormula,
    FormulaError,
    type Clock,
    type CompiledFormula,
    type FieldTypeName,
    type HostFunctions,
    type Scope,
    type Value,
} from 'c/formula';
import type { Source } from '../metadata/files.ts';
import type { DatabaseSync } from 'node:sqlite';
import { followPath } from '../metadata/paths.ts';
import type { Field, ObjectType, Schema, ValidationRule } from '../metadata/schema.ts';
import { MetadataError } from '../metadata/problems.ts';
import type { Session } from './session.ts';
import { formulaType, fromStored, toStored, type Stored } from './values.ts';

/** Global variables that formulas of the project may use; `$Permission.Name` besides. */
const USER_VALUES: Readonly<Record<string, (session: Session) => Value>> = {
    '$User.Id': (session) => session.userId,
    '$User.Username': (session) => session.username,
};

/** Where validation rules find what a record was before; a name no field can have. */
export const PRIOR = '#prior:';
export const IS_NEW = '#new';

/** Functions of validation rules alone. The record as it was travels in the values, under `#prior:Field`. */
const RULE_FUNCTIONS: HostFunctions = {
    ISNEW: { parameters: [], returns: 'Checkbox', evaluate: (_operands, values) => values[IS_NEW] === true },
    ISCHANGED: {
        parameters: ['field'],
        returns: 'Checkbox',
        evaluate: ([field], values) =>
            values[IS_NEW] !== true && (field?.value ?? null) !== (values[`${PRIOR}${field?.path ?? ''}`] ?? null),
    },
    PRIORVALUE: {
        parameters: ['field'],
        returns: 'first',
        evaluate: ([field], values) =>
            values[IS_NEW] === true ? (field?.value ?? null) : (values[`${PRIOR}${field?.path ?? ''}`] ?? null),
    },
    REGEX: {
        parameters: ['Text', 'Text'],
        returns: 'Checkbox',
        // The platform's patterns match the whole text.
        evaluate: ([text, pattern]) =>
            new RegExp(`^(?:${String(pattern?.value ?? '')})$`, 'u').test(String(text?.value ?? '')),
    },
};

/** A formula field ready for SQL: a function of the fields it refers to. */
export interface SqlFormula {
    readonly functionName: string;
    /** Field paths from the record, in the order of the function's arguments. */
    readonly arguments: readonly string[];
    /** The value, blank where the formula fails: the platform shows #Error! there and gives APIs no value. */
    readonly evaluate: (given: readonly unknown[]) => Stored;
}

/** A validation rule or default ready to run. */
export interface PreparedRule {
    readonly rule: ValidationRule;
    readonly formula: CompiledFormula;
}

/** Compiles the formulas of one schema with `c/formula`, each once. */
export class FormulaLibrary {
    readonly #schema: Schema;
    readonly #session: () => Session;
    readonly #now: () => string;
    readonly #fields = new Map<string, SqlFormula>();
    readonly #byFunction = new Map<string, SqlFormula>();
    readonly #rules = new Map<string, readonly PreparedRule[]>();

    constructor(options: { schema: Schema; session: () => Session; now: () => string }) {
        this.#schema = options.schema;
        this.#session = options.session;
        this.#now = options.now;
    }

    /** Compiles everything now, so that a broken formula stops the install and not a request. Throws MetadataError with the file's name. */
    compileAll(): void {
        for (const object of this.#schema.objects.values()) {
            this.rules(object);
            for (const field of object.fields.values()) {
                if (field.formula) {
                    this.field(object, field);
                }
            }
        }
    }

    get functionNames(): Iterable<string> {
        return this.#byFunction.keys();
    }

    /** The value of a formula field for its function's arguments; blank for a field that is gone. */
    evaluate(functionName: string, given: readonly unknown[]): Stored {
        return this.#byFunction.get(functionName)?.evaluate(given) ?? null;
    }

    clock(): Clock {
        return { now: this.#now(), timeZone: this.#session().timeZone };
    }

    field(object: ObjectType, field: Field): SqlFormula {
        const key = `${object.name}.${field.name}`;
        const known = this.#fields.get(key);
        if (known) {
            return known;
        }
        if (!field.formula) {
            throw new Error(`${key} is no formula field`);
        }
        const { source, blanks } = field.formula;
        const scope = this.scope(object);
        const compiled = compiledOr(field.source, () =>
            compileFormula(source, scope, { blanks, expect: expectedType(field) }),
        );
        const globals = compiled.references.filter((path) => path.startsWith('$'));
        const paths = compiled.references.filter((path) => !path.startsWith('$'));
        const kinds = paths.map((path) => this.pathField(object, path).kind);
        const prepared: SqlFormula = {
            functionName: `formula_${key.replace('.', '__')}`,
            arguments: paths,
            evaluate: (given) => {
                const values: Record<string, Value> = {};
                paths.forEach((path, index) => {
                    values[path] = fromStored(kinds[index] ?? 'Text', given[index]);
                });
                for (const path of globals) {
                    values[path] = this.globalValue(path);
                }
                try {
                    return toStored(compiled.evaluate(values, this.clock()));
                } catch (error) {
                    if (error instanceof FormulaError) {
                        return null;
                    }
                    throw error;
                }
            },
        };
        this.#fields.set(key, prepared);
        this.#byFunction.set(prepared.functionName, prepared);
        return prepared;
    }

    rules(object: ObjectType): readonly PreparedRule[] {
        let prepared = this.#rules.get(object.name);
        if (!prepared) {
            const scope = this.scope(object);
            prepared = object.validationRules.map((rule) => ({
                rule,
                formula: compiledOr(rule.source, () =>
                    compileFormula(rule.condition, scope, {
                        blanks: 'blank',
                        expect: 'Checkbox',
                        functions: RULE_FUNCTIONS,
                    }),
                ),
            }));
            this.#rules.set(object.name, prepared);
        }
        return prepared;
    }

    /** The value of a field's default formula; blank (false for a checkbox) without one. */
    defaultOf(object: ObjectType, field: Field): Value {
        if (field.defaultValue === null) {
            return field.kind === 'Checkbox' ? false : null;
        }
        const source = field.defaultValue;
        const formula = compiledOr(field.source, () => compileFormula(source, this.scope(object), { blanks: 'blank' }));
        const values = Object.fromEntries(
            formula.references.filter((path) => path.startsWith('$')).map((path) => [path, this.globalValue(path)]),
        );
        return formula.evaluate(values, this.clock());
    }

    globalValue(path: string): Value {
        const session = this.#session();
        const permission = /^\$Permission\.(.+)$/.exec(path)?.[1];
        if (permission !== undefined) {
            return session.access.customPermissions.includes(permission);
        }
        return USER_VALUES[path]?.(session) ?? null;
    }

    scope(object: ObjectType): Scope {
        return {
            resolve: (path) => this.#resolve(object, path),
            names: () => [...object.fields.keys(), ...Object.keys(USER_VALUES)],
        };
    }

    #resolve(
        object: ObjectType,
        path: string,
    ): { path: string; type: { type: FieldTypeName; label: string } } | undefined {
        if (path.startsWith('$')) {
            const lower = path.toLowerCase();
            const known = [
                ...Object.keys(USER_VALUES).map((name) => ({ name, type: 'Text' as const })),
                ...this.#schema.customPermissions.map((name) => ({
                    name: `$Permission.${name}`,
                    type: 'Checkbox' as const,
                })),
            ].find(({ name }) => name.toLowerCase() === lower);
            return known && { path: known.name, type: { type: known.type, label: known.name } };
        }
        const found = followPath(this.#schema.objects, object, path);
        return found && { path: found.path, type: { type: formulaType(found.field.kind), label: found.field.label } };
    }

    pathField(object: ObjectType, path: string): Field {
        const found = followPath(this.#schema.objects, object, path);
        if (!found) {
            throw new Error(`${object.name} has no path ${path}`);
        }
        return found.field;
    }
}

/** Makes formula fields functions of SQLite. They ask for the formulas in force, so that none keeps a schema that is gone. */
export function addFormulaFunctions(db: DatabaseSync, formulas: () => FormulaLibrary): void {
    for (const functionName of formulas().functionNames) {
        db.function(functionName, { varargs: true }, (...given) => formulas().evaluate(functionName, given));
    }
}

function expectedType(field: Field): FieldTypeName {
    return formulaType(field.kind);
}

function compiledOr(source: Source, compile: () => CompiledFormula): CompiledFormula {
    try {
        return compile();
    } catch (error) {
        if (error instanceof FormulaError) {
            throw new MetadataError(source, `has a formula that does not compile: ${error.message}`);
        }
        throw error;
    }
}
