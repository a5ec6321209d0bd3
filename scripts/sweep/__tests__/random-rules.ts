/** Entry rules at random, over fields of every type: what people write, and what nobody would. */
import { randomFrom } from '../../lib/random.ts';
import { POOLS } from './push-down-org.ts';

export class RandomRules {
    private readonly random: () => number;

    constructor(seed: number) {
        this.random = randomFrom(seed);
    }

    next(): string {
        return this.condition(1 + Math.floor(this.random() * 4));
    }

    private condition(depth: number): string {
        if (depth <= 0) {
            return this.test();
        }
        const inner = (): string => this.condition(depth - 1 - Math.floor(this.random() * 2));
        return this.one(
            () => this.test(),
            () => `AND(${this.several(inner)})`,
            () => `OR(${this.several(inner)})`,
            () => `(${inner()} && ${inner()})`,
            () => `(${inner()} || ${inner()})`,
            () => `NOT(${inner()})`,
            () => `NOT(AND(${this.several(inner)}))`,
            () => `IF(${inner()}, ${inner()}, ${inner()})`,
            () => `IF(${inner()}, ${this.of(['TRUE', 'FALSE', 'NULL'])}, ${inner()})`,
            () => `CASE(${this.caseOf()}, ${inner()}, ${inner()})`,
            () => `BLANKVALUE(${inner()}, ${inner()})`,
            () => `(${inner()} ${this.of(['=', '<>'])} ${this.of(['TRUE', 'FALSE', inner()])})`,
        );
    }

    private test(): string {
        return this.one(
            () => `${this.number()} ${this.operator()} ${this.number()}`,
            () => `${this.numberField()} ${this.operator()} ${this.numberLiteral()}`,
            () => `${this.percentField()} ${this.operator()} ${this.fraction()}`,
            () => `${this.fraction()} ${this.operator()} ${this.percentField()}`,
            () => `${this.day()} ${this.operator()} ${this.day()}`,
            () => `${this.dayField()} ${this.operator()} ${this.fixedDay()}`,
            () => `${this.fixedDay()} ${this.operator()} ${this.dayField()}`,
            () =>
                `${this.day()} - ${this.day()} ${this.operator()} ${this.of(['0', '14', '-90', '0.5', '-0.5', '1/3'])}`,
            () =>
                `${this.dayField()} - ${this.fixedDay()} ${this.operator()} ${this.of(['0', '30', '-90', '0.5', '-0.5', '1/3'])}`,
            () => `${this.instant()} ${this.operator()} ${this.instant()}`,
            () => `${this.text()} ${this.operator()} ${this.text()}`,
            () => `${this.textField()} ${this.of(['=', '<>'])} ${this.textLiteral()}`,
            () => `ISBLANK(${this.anything()})`,
            () => `NOT(ISBLANK(${this.anything()}))`,
            () => `ISNULL(${this.anything()})`,
            () => `${this.anything('comparable')} ${this.of(['=', '<>'])} ${this.of(['NULL', '""'])}`,
            () => `ISPICKVAL(${this.pick('Kind__c')}, ${this.of(['"Gold"', '"gold"', '""', '"silver"', 'Word__c'])})`,
            () => `${this.of(['BEGINS', 'CONTAINS'])}(${this.textField()}, ${this.textLiteral()})`,
            () => `INCLUDES(${this.pick('Tags__c')}, ${this.of(['"A"', '"B"', '"C"'])})`,
            () => this.pick('Flag__c'),
            () =>
                `BLANKVALUE(${this.numberField()}, ${this.numberLiteral()}) ${this.operator()} ${this.numberLiteral()}`,
            () => `BLANKVALUE(${this.dayField()}, ${this.fixedDay()}) ${this.operator()} ${this.fixedDay()}`,
            () => `NULLVALUE(${this.textField()}, ${this.textLiteral()}) = ${this.textLiteral()}`,
            () =>
                this.of([
                    'TRUE',
                    'FALSE',
                    '1 = 1',
                    'NULL = 1',
                    '1 / 0 > 1',
                    '$Figure.Renewal < TODAY()',
                    'ISBLANK($Figure.Renewal)',
                ]),
            () => `$User.Name = ${this.textLiteral()}`,
        );
    }

    private number(): string {
        return this.one(
            () => this.numberField(),
            () => this.numberLiteral(),
            () => this.percentField(),
            () =>
                `${this.numberField()} ${this.of(['+', '-', '*', '/'])} ${this.of([this.numberLiteral(), this.numberField()])}`,
            () => `-${this.numberField()}`,
            () => `ABS(${this.numberField()})`,
            () => `LEN(${this.textField()})`,
            () => `MAX(${this.numberField()}, ${this.numberLiteral()})`,
            () => `IF(${this.pick('Flag__c')}, ${this.numberField()}, ${this.numberLiteral()})`,
            () => `YEAR(${this.dayField()})`,
        );
    }

    private day(): string {
        return this.one(
            () => this.dayField(),
            () => this.fixedDay(),
            () => `DATEVALUE(${this.pick('At__c')})`,
            () => `${this.dayField()} ${this.of(['+', '-'])} ${this.of(['30', '0.5', '-1.5', this.numberField()])}`,
            () => `(DATEVALUE(${this.pick('At__c')}) ${this.of(['+', '-'])} ${this.of(['1', '0.5'])})`,
        );
    }

    private fixedDay(): string {
        return this.of([
            ...['TODAY()', 'TODAY() - 90', 'TODAY() + 90', 'TODAY() - 14', 'TODAY() + 0.5', 'DATE(2026, 11, 21)'],
            ...[
                'TODAY() - 200000',
                'TODAY() + 900000',
                'TODAY() + 99999999',
                'ADDMONTHS(TODAY(), -3)',
                'DATE(2026, 2, 30)',
            ],
            ...[
                'DATE(1700, 1, 1)',
                'DATE(4000, 12, 31)',
                'DATEVALUE("2026-11-22")',
                'DATEVALUE(NOW())',
                'TODAY() - NULL',
            ],
        ]);
    }

    private instant(): string {
        return this.of([
            ...[this.pick('At__c'), this.pick('At__c'), 'NOW()', 'NOW() - 1', 'NOW() + 0.000001', 'NOW() - 900000'],
            ...[
                'DATETIMEVALUE("2026-11-21 23:00:00")',
                `${this.pick('At__c')} + 0.5`,
                `DATETIMEVALUE(${this.dayField()})`,
            ],
        ]);
    }

    private text(): string {
        return this.one(
            () => this.textField(),
            () => this.textLiteral(),
            () => `TEXT(${this.pick('Kind__c')})`,
            () => `UPPER(${this.textField()})`,
            () => `LEFT(${this.textField()}, 4)`,
            () => `${this.textField()} & ${this.textLiteral()}`,
            () => `TEXT(${this.numberField()})`,
            () => `TEXT(${this.dayField()})`,
        );
    }

    private caseOf(): string {
        return this.one(
            () => `${this.pick('Kind__c')}, ${this.of(['"Gold"', '"gold"', '""', 'NULL', 'Word__c'])}`,
            () => `${this.textField()}, ${this.textLiteral()}`,
            () => `${this.numberField()}, ${this.of([this.numberLiteral(), 'NULL', this.numberField()])}`,
            () => `${this.percentField()}, ${this.fraction()}`,
            () => `${this.dayField()}, ${this.fixedDay()}`,
        );
    }

    private anything(kind: 'comparable' | 'any' = 'any'): string {
        const comparable = [
            this.number(),
            this.percentField(),
            this.day(),
            this.pick('At__c'),
            this.text(),
            this.pick('Note__c'),
        ];
        const others = [this.pick('Kind__c'), this.pick('Tags__c'), this.pick('Flag__c')];
        return this.of(kind === 'any' ? [...comparable, ...others] : comparable);
    }

    private numberField(): string {
        return this.of([
            ...[this.pick('Score__c'), this.pick('Worth__c'), this.pick('NumberOfEmployees')],
            ...['$Figure.Health', '$Figure.Usage', '$Figure.ARR'],
        ]);
    }

    private percentField(): string {
        return this.of([this.pick('Rate__c'), '$Figure.UsageChange']);
    }

    private dayField(): string {
        return this.of([this.pick('Day__c'), this.pick('Other_Day__c'), '$Figure.UsageOn']);
    }

    private textField(): string {
        return this.of([this.pick('Word__c'), this.pick('Word__c'), this.pick('Note__c')]);
    }

    private numberLiteral(): string {
        const value = this.of([...POOLS.Score__c, ...POOLS.Worth__c, ...POOLS.NumberOfEmployees]) ?? 60;
        const written = value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 9 });
        return this.of([written, written, written, '0.1 + 0.2', '1 / 3', '10 ^ 20', '-10 ^ 17', '99.5', '2147483647']);
    }

    private fraction(): string {
        return this.of(['-0.3', '0.3', '0', '0.0007', '0.07', '1/3', '0.333', '0.1 + 0.2', '-0.2999', '1', '0.145']);
    }

    private textLiteral(): string {
        const value = this.of([...POOLS.Word__c, 'nothing', '%', '_', ' ']) ?? 'Acme';
        return `"${value.replace(/["\\]/g, '\\$&')}"`;
    }

    /** A field, now and then of the parent. */
    private pick(name: string): string {
        return this.random() < 0.15 ? `Parent.${name}` : name;
    }

    private operator(): string {
        return this.of(['=', '<>', '<', '<=', '>', '>=']);
    }

    private several(part: () => string): string {
        return Array.from({ length: 1 + Math.floor(this.random() * 3) }, part).join(', ');
    }

    private of<T>(values: readonly T[]): T {
        return values[Math.floor(this.random() * values.length)] as T;
    }

    private one(...makers: readonly (() => string)[]): string {
        return this.of(makers)();
    }
}
