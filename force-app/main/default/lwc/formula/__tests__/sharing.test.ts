import { compileFormula, type FieldType, scopeOf, sharedReads, type Values } from '../formula';
import { CLOCK, TYPES } from './evaluation';

/** Rules that share what they read of a record. */
function sharing(sources: readonly string[], types = TYPES) {
    const reads = sharedReads();
    const formulas = sources.map((source) => compileFormula(source, scopeOf(types), { blanks: 'unknown', reads }));
    return (values: Values, clock = CLOCK) => formulas.map((formula) => formula.evaluate(values, clock));
}

describe('formulas that share their reads', () => {
    it('give for each record what they give alone', () => {
        const sources = [
            'AND(Health__c < 60, ARR__c >= 1000, Change__c <= -0.3)',
            'OR(Renewal__c <= TODAY() + 90, Created__c > NOW() - 1, Name = "Acme")',
            'AND(Health__c >= 40, NOT(Churned__c))',
            'Change__c * 2',
            'TEXT(Renewal__c) & Name',
            'ISPICKVAL(Segment__c, "SMB")',
            'Renewal__c - TODAY()',
        ];
        const records: Values[] = [
            {},
            {
                Health__c: 41,
                ARR__c: 5000,
                Change__c: -42.5,
                Renewal__c: '2026-12-24',
                Name: 'Acme',
                Segment__c: 'SMB',
            },
            { Health__c: 90, ARR__c: null, Change__c: 0, Renewal__c: '2027-12-24', Name: '', Churned__c: true },
            { Name: 'Beta', Created__c: '2026-11-21T12:00:00.000Z', Health__c: 40, Change__c: -30 },
            { Health__c: null, ARR__c: 1000, Change__c: -30, Renewal__c: null, Name: null, Segment__c: null },
        ];
        const together = sharing(sources);
        for (const values of [...records, ...records.toReversed()]) {
            const alone = sources.map((source) => sharing([source])({ ...values })[0]);
            expect(together(values)).toEqual(alone);
        }
    });

    it('follow the clock while the record stays', () => {
        const evaluate = sharing(['Renewal__c <= TODAY() + 10', 'TODAY()']);
        const values = { Renewal__c: '2026-12-05' };
        expect(evaluate(values)).toEqual([false, '2026-11-22']);
        expect(evaluate(values, { ...CLOCK, now: '2026-11-26T12:00:00.000Z' })).toEqual([true, '2026-11-26']);
        expect(evaluate(values)).toEqual([false, '2026-11-22']);
    });

    it('keep failures apart', () => {
        const reads = sharedReads();
        const compile = (source: string) => compileFormula(source, scopeOf(TYPES), { blanks: 'unknown', reads });
        const [renewal, health, name] = [
            compile('Renewal__c > TODAY()'),
            compile('Health__c < 60'),
            compile('Name = "x"'),
        ];
        const values = { Renewal__c: '2026-02-30', Health__c: 41, Name: 5 };
        expect(() => renewal.evaluate(values, CLOCK)).toThrow('Renewal__c should hold a Date');
        expect(health.evaluate(values, CLOCK)).toBe(true);
        expect(() => name.evaluate(values, CLOCK)).toThrow('Name should hold a Text');
        expect(() => renewal.evaluate(values, CLOCK)).toThrow('Renewal__c should hold a Date');
        expect(() => health.evaluate(values, { now: 'soon', timeZone: 'UTC' })).toThrow('the clock reads "soon"');
        expect(() => health.evaluate(values, { now: 'soon', timeZone: 'UTC' })).toThrow('the clock reads "soon"');
        expect(health.evaluate(values, CLOCK)).toBe(true);
    });

    it('read any number of fields', () => {
        const names = Array.from({ length: 40 }, (_, index) => `Field_${index}__c`);
        const types: Record<string, FieldType> = Object.fromEntries(names.map((name) => [name, { type: 'Number' }]));
        const evaluate = sharing([names.join(' + '), `${names[39] ?? ''} > 38`, `${names[0] ?? ''} = 0`], types);
        const counting = Object.fromEntries(names.map((name, index) => [name, index]));
        expect(evaluate(counting)).toEqual([780, true, true]);
        expect(evaluate({ ...counting, Field_39__c: 0 })).toEqual([741, false, true]);
        expect(evaluate({ ...counting, Field_39__c: null })).toEqual([null, null, true]);
    });

    it('may be joined by further formulas between evaluations', () => {
        const reads = sharedReads();
        const options = { blanks: 'unknown', reads } as const;
        const values = { Health__c: 41, Change__c: -42 };
        const first = compileFormula('Health__c < 60', scopeOf(TYPES), options);
        expect(first.evaluate(values, CLOCK)).toBe(true);
        const second = compileFormula('AND(Change__c <= -0.3, Health__c < 60)', scopeOf(TYPES), options);
        expect(second.evaluate(values, CLOCK)).toBe(true);
        expect(second.explain(values, CLOCK).comparisons.map(({ left }) => left.value)).toEqual([-0.42, 41]);
        expect(first.explain({ Health__c: 80 }, CLOCK).comparisons[0]?.left.value).toBe(80);
    });
});

it('alone, a formula sees a record change', () => {
    const formula = compileFormula('Health__c < 60', scopeOf(TYPES), { blanks: 'unknown' });
    const values = { Health__c: 41 };
    expect(formula.evaluate(values, CLOCK)).toBe(true);
    values.Health__c = 80;
    expect(formula.evaluate(values, CLOCK)).toBe(false);
});
