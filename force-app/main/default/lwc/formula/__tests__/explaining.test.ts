import { type Blanks, compileFormula, type Comparison, scopeOf, type Values } from '../formula';
import { CLOCK, TYPES } from './evaluation';

function explained(source: string, values: Values = {}, blanks: Blanks = 'unknown'): readonly Comparison[] {
    return compileFormula(source, scopeOf(TYPES), { blanks }).explain(values, CLOCK).comparisons;
}

/** `source: held`, with a star for those that decided. */
function outline(source: string, values: Values = {}, blanks: Blanks = 'unknown'): string[] {
    return explained(source, values, blanks).map(
        (comparison) => `${comparison.source}: ${comparison.held ?? 'unknown'}${comparison.decisive ? ' *' : ''}`,
    );
}

describe('explaining', () => {
    const values = {
        Health__c: 41,
        Change__c: -42,
        Usage__c: 10,
        Renewal__c: '2026-12-31',
        Segment__c: 'SMB',
        Name: 'Acme',
    };

    it('gives actual values: percents as fractions, dates as days', () => {
        expect(explained('AND(Change__c <= -0.3, Renewal__c < TODAY() + 90)', values)).toEqual([
            {
                source: 'Change__c <= -0.3',
                position: 4,
                operator: '<=',
                left: { path: 'Change__c', label: 'Usage change', type: 'Percent', value: -0.42, source: 'Change__c' },
                right: { type: 'Percent', value: -0.3, source: '-0.3' },
                held: true,
                decisive: true,
            },
            {
                source: 'Renewal__c < TODAY() + 90',
                position: 23,
                operator: '<',
                left: { path: 'Renewal__c', label: 'Renewal', type: 'Date', value: '2026-12-31', source: 'Renewal__c' },
                right: { type: 'Date', value: '2027-02-20', source: 'TODAY() + 90' },
                held: true,
                decisive: true,
            },
        ]);
    });

    it.each([
        ['OR(Health__c < 60, Usage__c < 5)', ['Health__c < 60: true *', 'Usage__c < 5: false']],
        ['OR(Health__c < 40, Usage__c < 5)', ['Health__c < 40: false *', 'Usage__c < 5: false *']],
        ['AND(Health__c < 60, Usage__c < 5)', ['Health__c < 60: true', 'Usage__c < 5: false *']],
        ['AND(Health__c < 60, Usage__c > 5)', ['Health__c < 60: true *', 'Usage__c > 5: true *']],
        ['AND(Health__c < 60, ARR__c > 5)', ['Health__c < 60: true', 'ARR__c > 5: unknown *']],
        ['OR(Health__c < 40, ARR__c > 5)', ['Health__c < 40: false', 'ARR__c > 5: unknown *']],
        ['NOT(Health__c < 40 || Usage__c < 5)', ['Health__c < 40: false *', 'Usage__c < 5: false *']],
        [
            'OR(AND(Health__c < 60, Usage__c < 5), Change__c < 0)',
            ['Health__c < 60: true', 'Usage__c < 5: false', 'Change__c < 0: true *'],
        ],
        ['IF(Health__c < 60, Usage__c > 5, ARR__c > 1)', ['Health__c < 60: true *', 'Usage__c > 5: true *']],
        [
            'IF(Health__c < 40, "Critical", IF(Health__c < 60, "High", "-"))',
            ['Health__c < 40: false *', 'Health__c < 60: true *'],
        ],
        ['IF(ARR__c > 1, "a", "b")', ['ARR__c > 1: unknown *']],
        ['CASE(Name, "Beta", 1, "Acme", 2, "Zeta", 3, 4)', ['"Beta": false', '"Acme": true *']],
        ['CASE(Segment__c, "Mid", 1, 2)', ['"Mid": false *']],
        [
            'IF(Health__c < 60, 1, 2) > Usage__c',
            ['IF(Health__c < 60, 1, 2) > Usage__c: false *', 'Health__c < 60: true *'],
        ],
        ['(Health__c + 1) * 2 > 60', ['(Health__c + 1) * 2 > 60: true *']],
    ])('marks what decided: %s', (source, expected) => {
        expect(outline(source, values)).toEqual(expected);
    });

    it('tells tests that are no comparisons', () => {
        const source = 'AND(ISBLANK(ARR__c), NOT(Churned__c), CONTAINS(Name, "cm"), ISPICKVAL(Segment__c, "SMB"))';
        expect(
            explained(source, values).map(({ operator, left, right, held }) => [
                operator,
                left.value,
                right.value,
                held,
            ]),
        ).toEqual([
            ['other', null, true, true],
            ['other', false, true, false],
            ['other', 'Acme', 'cm', true],
            ['=', 'SMB', 'SMB', true],
        ]);
        expect(outline(source, values)).toEqual([
            'ISBLANK(ARR__c): true *',
            'Churned__c: false *',
            'CONTAINS(Name, "cm"): true *',
            'ISPICKVAL(Segment__c, "SMB"): true *',
        ]);
    });

    it('leaves out a condition that fails behind its guard', () => {
        expect(outline('AND(Usage__c > 0, Health__c / Usage__c > 1)', { Health__c: 1, Usage__c: 0 })).toEqual([
            'Usage__c > 0: false *',
        ]);
    });

    it('follows the reading of blanks', () => {
        expect(outline('Health__c < 60', {}, 'zero')).toEqual(['Health__c < 60: true *']);
        expect(outline('Health__c < 60', {}, 'blank')).toEqual(['Health__c < 60: unknown *']);
        expect(outline('IF(Health__c < 60, Usage__c < 1, ARR__c < 1)', {}, 'blank')).toEqual([
            'Health__c < 60: unknown *',
            'ARR__c < 1: unknown *',
        ]);
    });

    it('explains record after record with one compiled formula', () => {
        const formula = compileFormula('Health__c < 60', scopeOf(TYPES), { blanks: 'unknown' });
        const held = [41, 80, null].map((Health__c) => formula.explain({ Health__c }, CLOCK));
        expect(held.map(({ value }) => value)).toEqual([true, false, null]);
        expect(held.map(({ comparisons }) => comparisons[0]?.left.value)).toEqual([41, 80, null]);
    });

    it('fails as evaluation does', () => {
        const formula = compileFormula('Health__c / Usage__c > 1', scopeOf(TYPES), { blanks: 'unknown' });
        expect(() => formula.explain({ Health__c: 1, Usage__c: 0 }, CLOCK)).toThrow('division by zero');
    });
});
