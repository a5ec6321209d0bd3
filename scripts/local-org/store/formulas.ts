import { compileFormula, FormulaError, type Clock, type CompiledFormula, type Value } from 'c/formula';
import type { Source } from '../metadata/files.ts';
import type { DatabaseSync } from 'node:sqlite';
import { formulaScope, formulaType, GLOBALS, metadataPath, RULE_FUNCTIONS } from '../metadata/formula-scope.ts';
import { followPath } from '../metadata/paths.ts';
import type { Field, ObjectType, Schema, ValidationRule } from '../metadata/schema.ts';
import { MetadataError } from '../metadata/problems.ts';
import type { Session } from './session.ts';
import { fromStored, toStored, type Stored } from './values.ts';

/** What the global variables of formulas say; `$Permission.Name` besides. */
const GLOBAL_VALUES: Readonly<Record<(typeof GLOBALS)[number], (session: Session) => Value>> = {
    '$User.Id': (session) => session.userId,
    '$User.Username': (session) => session.username,
};

/** A formula field ready for SQL: a function of the fields it refers to. */
export interface SqlFormula {
    readonly functionName: string;
    /** Field paths from the record, in the order of the function's arguments. */
    readonly arguments: readonly string[];
    /** The value, blank where the formula fails: the platform shows #Error! there and gives APIs no value. */
    readonly evaluate: (given: readonly unknown[]) => Stored;
}

/** A field of a custom metadata record as it is stored now; null: blank, or an admin has deleted the record. */
export type MetadataValue = (type: string, developerName: string, field: string) => unknown;

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
    readonly #metadataValue: MetadataValue;
    readonly #fields = new Map<string, SqlFormula>();
    readonly #byFunction = new Map<string, SqlFormula>();
    readonly #defaults = new Map<Field, CompiledFormula>();
    readonly #rules = new Map<string, readonly PreparedRule[]>();
    #moment: { readonly clock: Clock; readonly globals: Map<string, Value> } | null = null;

    constructor(options: { schema: Schema; session: () => Session; now: () => string; metadataValue: MetadataValue }) {
        this.#schema = options.schema;
        this.#session = options.session;
        this.#now = options.now;
        this.#metadataValue = options.metadataValue;
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

    /** Runs work that only reads, all of it at one moment: the clock is looked at once, and so is every global variable. */
    atOneMoment<T>(work: () => T): T {
        const before = this.#moment;
        this.#moment = { clock: this.clock(), globals: new Map() };
        try {
            return work();
        } finally {
            this.#moment = before;
        }
    }

    clock(): Clock {
        return this.#moment?.clock ?? { now: this.#now(), timeZone: this.#session().timeZone };
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
        const scope = formulaScope(this.#schema, object);
        const compiled = compiledOr(field.source, () =>
            compileFormula(source, scope, { blanks, expect: formulaType(field.kind) }),
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
            const scope = formulaScope(this.#schema, object);
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
        const formula =
            this.#defaults.get(field) ??
            compiledOr(field.source, () =>
                compileFormula(source, formulaScope(this.#schema, object), { blanks: 'blank' }),
            );
        this.#defaults.set(field, formula);
        const values = Object.fromEntries(
            formula.references.filter((path) => path.startsWith('$')).map((path) => [path, this.globalValue(path)]),
        );
        return formula.evaluate(values, this.clock());
    }

    globalValue(path: string): Value {
        const globals = this.#moment?.globals;
        const known = globals?.get(path);
        if (known !== undefined) {
            return known;
        }
        const value = this.#globalValue(path);
        globals?.set(path, value);
        return value;
    }

    #globalValue(path: string): Value {
        const session = this.#session();
        const permission = /^\$Permission\.(.+)$/.exec(path)?.[1];
        if (permission !== undefined) {
            return session.access.customPermissions.includes(permission);
        }
        const setting = metadataPath(this.#schema, path);
        if (setting) {
            const { field, object, record } = setting;
            return fromStored(field.kind, this.#metadataValue(object.name, record, field.name));
        }
        const name = GLOBALS.find((known) => known === path);
        return name === undefined ? null : GLOBAL_VALUES[name](session);
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
