/** What SOQL can ask of a single field. */
import type { FieldNode } from 'c/formula';
import { allOf, anyOf, type Condition, everything, NOTHING, present, test } from './condition.ts';
import { checkboxTest, type FilterableField } from './field-tests.ts';

export interface FieldContext {
    /** Paths that may be read as blank although they have a value. */
    readonly maskable: ReadonlySet<string>;
    /** A field that SOQL can filter by; null for one that it cannot. */
    readonly queryable: (path: string) => FilterableField | null;
    /** Most characters of a condition. */
    readonly longest: number;
}

export class FieldConditions {
    constructor(private readonly context: FieldContext) {}

    /** The condition, if the field can stand in one. */
    on({ path }: FieldNode, condition: (field: FilterableField) => Condition): Condition {
        // A figure that no field stands for is always blank.
        if (path.startsWith('$Figure.')) {
            return NOTHING;
        }
        if (path.startsWith('$')) {
            return everything(`${path} is no field of the account`);
        }
        const field = this.context.queryable(path);
        return field === null ? everything(`${path} cannot be queried`) : condition(field);
    }

    /** Each of the fields has a value. */
    present(fields: readonly FieldNode[]): Condition {
        return this.all(fields.map((field) => this.on(field, () => present(field.path))));
    }

    blank(field: FieldNode): Condition {
        const { path } = field;
        if (path.startsWith('$Figure.')) {
            return everything(`${path} is mapped to no field`);
        }
        return this.on(field, () =>
            this.context.maskable.has(path)
                ? everything(`${path} counts as blank once it is stale`)
                : this.any([test(path, 'blank', '= null'), ...this.lookupsBlank(path)]),
        );
    }

    checkbox(field: FieldNode, wanted: boolean): Condition {
        return this.on(field, () => {
            const is = checkboxTest(field.path, wanted);
            // Without a related record a rule reads false.
            return wanted ? is : this.any([is, ...this.lookupsBlank(field.path)]);
        });
    }

    all(parts: readonly Condition[]): Condition {
        return allOf(parts, this.context.longest);
    }

    any(parts: readonly Condition[]): Condition {
        return anyOf(parts, this.context.longest);
    }

    /** The lookups on the way to a field of another record, each blank: orgs differ in whether they look further then. */
    private lookupsBlank(path: string): Condition[] {
        const names = path.split('.').slice(0, -1);
        return names.map((name, index) => {
            const own = name.endsWith('__r') ? `${name.slice(0, -1)}c` : `${name}Id`;
            const lookup = [...names.slice(0, index), own].join('.');
            return this.context.queryable(lookup) === null
                ? everything(`${lookup} cannot be queried`)
                : test(lookup, 'blank', '= null');
        });
    }
}
