import { evaluated } from './evaluation';

describe('numbers', () => {
    it.each([
        ['0.1 + 0.2', 0.3],
        ['0.3 - 0.1', 0.2],
        ['1.1 * 1.1', 1.21],
        ['0.3 / 0.1', 3],
        ['0.0000001 + 0.0000002', 0.0000003],
        ['1000 + 0.0000000000001', 1000.0000000000001],
        ['123456789 * 123456789', 15241578750190520],
        ['0.1 + 0.2 = 0.3', true],
        ['1 / 49 * 49 = 1', true],
        ['1 / 3', 1 / 3],
        ['.5 + 1.', 1.5],
        ['-2 - -3', 1],
        ['+4', 4],
        ['7 * -1', -7],
    ])('computes in decimals: %s', (source, expected) => {
        expect(evaluated(source)).toBe(expected);
    });

    it.each([
        ['2 ^ 10', 1024],
        ['1.1 ^ 2', 1.21],
        ['10 ^ -2', 0.01],
        ['0 ^ 0', 1],
        ['20 ^ -40', 0],
        // One level, grouped from the left; weaker than * and /, as in the platform's grammar.
        ['2 ^ 3 ^ 2', 64],
        ['2 * 3 ^ 2', 36],
        ['-2 ^ 2', 4],
    ])('raises to powers: %s', (source, expected) => {
        expect(evaluated(source)).toBe(expected);
    });

    it.each([
        ['2 + 3 * 4', 14],
        ['(2 + 3) * 4', 20],
        ['10 - 4 - 3', 3],
        ['100 / 10 / 5', 2],
        ['1 + 1 = 2', true],
        ['1 < 2 = TRUE', true],
        ['TRUE || FALSE && FALSE', true],
        ['(TRUE || FALSE) && FALSE', false],
        ['!FALSE && TRUE', true],
        ['NOT FALSE', true],
        ['1 == 1 && 1 != 2 && 1 <> 2', true],
        ['"a" & "b" = "ab"', true],
        ['/* a */ 1 /* b **/ + 1', 2],
    ])('groups by precedence: %s', (source, expected) => {
        expect(evaluated(source)).toBe(expected);
    });

    it.each([
        ['ROUND(2.5, 0)', 3],
        ['ROUND(-2.5, 0)', -3],
        ['ROUND(1.005, 2)', 1.01],
        ['ROUND(123456.7895, -2)', 123500],
        ['ROUND(4.47, -1)', 0],
        ['ROUND(0.5, 0)', 1],
        ['ROUND(45.4356, 900)', 45.4356],
        ['ROUND(1.25, 1.9)', 1.3],
        ['ROUND(0.0000001, 3)', 0],
        ['ROUND(5, -500)', 0],
        // Towards zero and away from it, as on the platform.
        ['FLOOR(1.9)', 1],
        ['FLOOR(-1.4)', -1],
        ['FLOOR(-0.4)', 0],
        ['CEILING(1.1)', 2],
        ['CEILING(-1.4)', -2],
        ['CEILING(1000.0000000000001)', 1001],
        ['CEILING(1 / 9 * 9)', 1],
        ['CEILING(7 / 9 * 9)', 7],
        ['CEILING(1 / 49 * 49)', 1],
        ['MOD(7, 3)', 1],
        ['MOD(-1, 2)', -1],
        ['MOD(1.5, 0.4)', 0.3],
        ['MOD(56.925559 * 10000, 2)', 1.59],
        ['ABS(-3.5)', 3.5],
        ['SQRT(16)', 4],
        ['SQRT(2)', Math.SQRT2],
        ['MIN(3, 1, 2)', 1],
        ['MAX(3, 1, 2)', 3],
        ['MAX(7)', 7],
    ])('rounds and picks: %s', (source, expected) => {
        expect(evaluated(source)).toBe(expected);
    });

    it('takes Percent fields as fractions and gives Percent results raw', () => {
        expect(evaluated('Change__c', { Change__c: 30 })).toBe(30);
        expect(evaluated('Change__c * 2', { Change__c: 30 })).toBe(0.6);
        expect(evaluated('Change__c * 2', { Change__c: 30 }, { expect: 'Percent' })).toBe(60);
        expect(evaluated('Change__c', { Change__c: 30.1 }, { expect: 'Number' })).toBe(0.301);
        expect(evaluated('Usage__c / 8', { Usage__c: 1 }, { expect: 'Percent' })).toBe(12.5);
        expect(evaluated('Change__c + Change__c', { Change__c: 30 })).toBe(60);
    });

    it.each([
        ['Change__c <= -0.3', -30, true],
        ['Change__c < -0.3', -30, false],
        ['-0.3 >= Change__c', -42, true],
        ['Change__c = 0.07', 7, true],
        ['Change__c = 0.301', 30.1, true],
        ['Change__c + 0 = 0.301', 30.1, true],
    ])('compares Percent fields with fractions: %s', (source, percent, expected) => {
        expect(evaluated(source, { Change__c: percent })).toBe(expected);
    });

    it.each([
        ['1 / 0', 'division by zero', 4],
        ['1 / (Usage__c - Usage__c)', 'division by zero', 4],
        ['MOD(1, 0)', 'division by zero', 7],
        ['SQRT(-1)', 'SQRT of a negative number (-1)', 5],
        ['4 ^ 0.5', 'cannot raise 4 to 0.5; the exponent must be whole and the result below 1e64', 0],
        ['10 ^ 65', 'cannot raise 10 to 65; the exponent must be whole and the result below 1e64', 0],
        ['0 ^ -1', 'cannot raise 0 to -1; the exponent must be whole and the result below 1e64', 0],
        ['VALUE("1-2")', 'VALUE cannot read "1-2" as a number', 6],
    ])('fails with a place: %s', (source, message, position) => {
        let issues: unknown;
        try {
            evaluated(source, { Usage__c: 3 });
        } catch (error) {
            issues = (error as { issues?: unknown }).issues;
        }
        expect(issues).toEqual([expect.objectContaining({ message, position })]);
    });

    it('refuses a result that outgrows numbers', () => {
        const big = '(10 ^ 60)';
        expect(() => evaluated([big, big, big, big, big, big].join(' * '))).toThrow('too large');
    });
});

it('comes back to whole numbers after every division by a small number', () => {
    for (let divisor = 2; divisor <= 120; divisor++) {
        for (const dividend of [1, 7, divisor - 1, divisor + 1]) {
            expect([dividend, divisor, evaluated(`${dividend} / ${divisor} * ${divisor}`)]).toEqual([
                dividend,
                divisor,
                dividend,
            ]);
        }
    }
});
