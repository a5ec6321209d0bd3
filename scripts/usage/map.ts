/** A mapping file, checked and compiled: what each source's rows give, and what becomes of them. */
import { readFile } from 'node:fs/promises';
import { checkFormula, compileFormula, scopeOf } from 'c/formula';
import type { CompiledFormula, FieldType, FieldTypeName, Scope } from 'c/formula';
import { CommandError } from '../lib/errors.ts';
import { readProjectFields } from '../lib/project-metadata.ts';
import type { ProjectField } from '../lib/project-metadata.ts';
import { formatProblem, parseYamlFile, suggestion } from '../lib/yaml-file.ts';
import type { EntryPath, FileProblem, YamlSource } from '../lib/yaml-file.ts';
import { isDateFormat } from './cells.ts';
import { mapSchema } from './map-format.ts';
import type { AggregateContent, ColumnType, MapContent, SourceContent } from './map-format.ts';

export const AS_OF = '$AsOf';

export interface SourcePlan {
    readonly name: string;
    readonly content: SourceContent;
    readonly where: CompiledFormula | null;
    readonly aggregates: readonly AggregatePlan[];
}

export type AggregateKind = 'count' | 'sum' | 'min' | 'max' | 'value';

export interface AggregatePlan {
    readonly name: string;
    readonly kind: AggregateKind;
    readonly where: CompiledFormula | null;
    /** Blank for a count. */
    readonly value: CompiledFormula | null;
    readonly largest: CompiledFormula | null;
}

export interface FieldPlan {
    /** API name on Account. */
    readonly field: string;
    readonly formula: CompiledFormula;
    readonly target: ProjectField | null;
}

export interface FigureMap {
    readonly file: string;
    readonly content: MapContent;
    /** In an order in which each source comes after the one it refers to; the accounts come last, so that one pass suffices. */
    readonly sources: readonly SourcePlan[];
    readonly fields: readonly FieldPlan[];
}

/** Throws CommandError with every problem of the file, by line. */
export async function loadMap(file: string): Promise<FigureMap> {
    const text = await readFile(file, 'utf8');
    const { source, problems } = parseYamlFile(file, text, mapSchema, 'the comment at the top of ravenstack.yaml');
    if (source === null) {
        throw mapError(problems);
    }
    return compileMap(source, await readProjectFields('Account'));
}

function mapError(problems: readonly FileProblem[]): CommandError {
    return new CommandError(problems.map((problem) => ({ message: formatProblem(problem), action: '' })));
}

const STANDARD_FIELDS: Readonly<Record<string, FieldTypeName>> = {
    Name: 'Text',
    Industry: 'Text',
    Website: 'Text',
    Phone: 'Text',
};

export function compileMap(
    source: YamlSource<MapContent>,
    accountFields: ReadonlyMap<string, ProjectField>,
): FigureMap {
    const work = new MapCompiler(source, accountFields);
    const map = work.compile();
    if (work.problems.length > 0) {
        throw mapError([...work.problems].sort((a, b) => a.line - b.line));
    }
    return map;
}

class MapCompiler {
    readonly problems: FileProblem[] = [];
    private readonly content: MapContent;

    constructor(
        private readonly source: YamlSource<MapContent>,
        private readonly accountFields: ReadonlyMap<string, ProjectField>,
    ) {
        this.content = source.content;
    }

    compile(): FigureMap {
        if (!isDateFormat(this.content.dates)) {
            this.report(
                ['dates'],
                `“${this.content.dates}” names no whole date.`,
                'Write it with dd, MM and yyyy, such as dd-MM-yyyy.',
            );
        }
        this.checkSources();
        const aggregateTypes: Record<string, FieldType> = {};
        const plans = this.orderedSources().map((name) => this.sourcePlan(name, aggregateTypes));
        return {
            file: this.source.file,
            content: this.content,
            sources: plans,
            fields: this.fieldPlans(aggregateTypes),
        };
    }

    private report(path: EntryPath, message: string, action: string, offset?: number): void {
        this.problems.push({ file: this.source.file, line: this.source.line(path, offset), message, action });
    }

    private checkSources(): void {
        const { sources, accounts } = this.content;
        const names = Object.keys(sources);
        const known = (name: string, path: EntryPath): boolean => {
            if (name in sources) {
                return true;
            }
            this.report(
                path,
                `There is no source “${name}”${suggestion(name, names)}`,
                `Use one of: ${names.join(', ')}.`,
            );
            return false;
        };
        if (known(accounts, ['accounts']) && sources[accounts]?.account === undefined) {
            this.report(
                ['sources', accounts],
                'The accounts need a column with their external id.',
                'Add “account: COLUMN”.',
            );
        }
        for (const [name, { account, through }] of Object.entries(sources)) {
            const path = ['sources', name];
            if ((account === undefined) === (through === undefined)) {
                this.report(
                    path,
                    `The source “${name}” has to say how its account is found.`,
                    'Give it either account or through.',
                );
            }
            if (through !== undefined && known(through.source, [...path, 'through', 'source'])) {
                const target = sources[through.source];
                if (target?.id === undefined || target.through !== undefined) {
                    this.report(
                        [...path, 'through', 'source'],
                        `“${through.source}” cannot be gone through.`,
                        'It needs an id and an account of its own.',
                    );
                }
            }
        }
        for (const [name, { from }] of Object.entries(this.content.aggregates)) {
            known(from, ['aggregates', name, 'from']);
        }
    }

    /** Those that others go through first, the accounts last. */
    private orderedSources(): string[] {
        const { sources, accounts } = this.content;
        const gone = new Set(
            Object.values(sources).flatMap(({ through }) => (through === undefined ? [] : [through.source])),
        );
        const rank = (name: string): number => (name === accounts ? 2 : gone.has(name) ? 0 : 1);
        return Object.keys(sources).sort((a, b) => rank(a) - rank(b));
    }

    private sourcePlan(name: string, types: Record<string, FieldType>): SourcePlan {
        const content = this.content.sources[name] ?? { file: '*', delimiter: ',', columns: {} };
        const scope = namesOf(content);
        const where = this.formula(['sources', name, 'where'], content.where, scope, 'unknown', 'Checkbox');
        const aggregates = Object.entries(this.content.aggregates)
            .filter(([, aggregate]) => aggregate.from === name)
            .flatMap(([key, aggregate]) => this.aggregatePlan(key, aggregate, scope, types) ?? []);
        return { name, content, where, aggregates };
    }

    private aggregatePlan(
        name: string,
        content: AggregateContent,
        scope: Scope,
        types: Record<string, FieldType>,
    ): AggregatePlan | null {
        const path = ['aggregates', name];
        const kinds = (['count', 'sum', 'min', 'max', 'value'] as const).filter((kind) => content[kind] !== undefined);
        const kind = kinds[0];
        if (kind === undefined || kinds.length > 1 || (kind === 'value') !== (content.of_largest !== undefined)) {
            types[name] = { type: 'Number' };
            this.report(
                path,
                `“${name}” has to say one thing.`,
                'Give it one of: count, sum, min, max, or value with of_largest.',
            );
            return null;
        }
        const source = content[kind];
        const value =
            typeof source === 'string'
                ? this.formula([...path, kind], source, scope, 'unknown', kind === 'sum' ? 'Number' : 'any')
                : null;
        types[name] = { type: kind === 'count' || kind === 'sum' ? 'Number' : (value?.type ?? 'Text') };
        return {
            name,
            kind,
            where: this.formula([...path, 'where'], content.where, scope, 'unknown', 'Checkbox'),
            value,
            largest: this.formula([...path, 'of_largest'], content.of_largest, scope, 'unknown', 'Number'),
        };
    }

    private fieldPlans(aggregates: Readonly<Record<string, FieldType>>): FieldPlan[] {
        const scope = namesOf(this.content.sources[this.content.accounts], aggregates);
        const plans = Object.entries(this.content.fields).flatMap(([field, source]) => {
            const target = this.accountFields.get(field) ?? null;
            const path = ['fields', field];
            const standard = STANDARD_FIELDS[field];
            if (target === null && standard === undefined) {
                const known = [...this.accountFields.keys(), ...Object.keys(STANDARD_FIELDS)];
                this.report(path, `Account has no field ${field}${suggestion(field, known)}`, 'Correct its API name.');
                return [];
            }
            if (target?.calculated === true) {
                this.report(path, `${field} is calculated by the org.`, 'Give the fields that it is calculated from.');
                return [];
            }
            const formula = this.formula(path, source, scope, 'blank', 'any');
            const wanted = target?.type ?? standard ?? 'Text';
            if (formula !== null && !fits(wanted, formula.type)) {
                this.report(
                    path,
                    `This gives a ${formula.type}, but ${field} takes a ${wanted}.`,
                    'Change the formula, or declare the type of the column.',
                );
            }
            return formula === null ? [] : [{ field, formula, target }];
        });
        if (this.content.create_accounts && !('Name' in this.content.fields)) {
            this.report(['create_accounts'], 'New accounts need a name.', 'Add Name to the fields.');
        }
        return plans;
    }

    private formula(
        path: EntryPath,
        source: string | undefined,
        scope: Scope,
        blanks: 'unknown' | 'blank',
        expect: FieldTypeName | 'any',
    ): CompiledFormula | null {
        if (source === undefined) {
            return null;
        }
        const { issues } = checkFormula(source, scope, { expect });
        for (const issue of issues) {
            this.report(path, issue.message, '', issue.position);
        }
        return issues.length > 0 ? null : compileFormula(source, scope, { blanks, expect });
    }
}

/** What formulas over a source's rows may name: its declared columns, `$AsOf`, and for accounts the aggregates. */
function namesOf(source: SourceContent | undefined, aggregates: Readonly<Record<string, FieldType>> = {}): Scope {
    return scopeOf({ ...typed(source?.columns ?? {}), ...aggregates, [AS_OF]: { type: 'Date' } });
}

function typed(columns: Readonly<Record<string, ColumnType>>): Record<string, FieldType> {
    return Object.fromEntries(Object.entries(columns).map(([name, type]): [string, FieldType] => [name, { type }]));
}

const NUMBERS = ['Number', 'Currency', 'Percent'];

function fits(field: string, result: FieldTypeName): boolean {
    if (NUMBERS.includes(field)) {
        return NUMBERS.includes(result);
    }
    if (field === 'Date' || field === 'DateTime') {
        return result === 'Date' || result === 'DateTime';
    }
    return field === 'Checkbox' ? result === 'Checkbox' : result === 'Text';
}
