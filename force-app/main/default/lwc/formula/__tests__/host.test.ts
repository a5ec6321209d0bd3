import { checkFormula, compileFormula, type HostFunctions, scopeOf, type Value, type Values } from '../formula';
import { CLOCK, evaluated, TYPES } from './evaluation';

const scope = scopeOf(TYPES);

/** A validation rule's functions, the record as it was under names of the host's own. */
const functions: HostFunctions = {
    ISCHANGED: {
        parameters: ['field'],
        returns: 'Checkbox',
        evaluate: ([operand], values) => operand?.value !== (values[`old:${operand?.path ?? ''}`] ?? null),
    },
    PRIORVALUE: {
        parameters: ['field'],
        returns: 'first',
        evaluate: ([operand], values) => values[`old:${operand?.path ?? ''}`] ?? null,
    },
    ISNEW: { parameters: [], returns: 'Checkbox', evaluate: (_, values) => values['old:Id'] === undefined },
    REGEX: {
        parameters: ['Text', 'Text'],
        returns: 'Checkbox',
        evaluate: ([text, pattern]) =>
            new RegExp(`^(?:${String(pattern?.value)})$`, 'u').test(String(text?.value ?? '')),
    },
    LIAR: { parameters: [], returns: 'Number', evaluate: () => 'five' },
};

function hosted(source: string, values: Values): Value {
    return compileFormula(source, scope, { blanks: 'blank', functions }).evaluate(values, CLOCK);
}

describe('functions of the host', () => {
    it.each([
        ['ISCHANGED(Health__c)', { Health__c: 5, 'old:Health__c': 4 }, true],
        ['ISCHANGED(Health__c)', { Health__c: 5, 'old:Health__c': 5 }, false],
        ['PRIORVALUE(Change__c) + 0.1', { 'old:Change__c': 30 }, 0.4],
        ['PRIORVALUE(Renewal__c) < Renewal__c', { Renewal__c: '2026-02-01', 'old:Renewal__c': '2026-01-31' }, true],
        ['ISPICKVAL(PRIORVALUE(Segment__c), "SMB")', { 'old:Segment__c': 'SMB' }, true],
        ['ISNEW() && NOT(ISBLANK(Name))', { Name: 'Acme' }, true],
        ['REGEX(Name, "[A-Z][a-z]+")', { Name: 'Acme' }, true],
        ['REGEX(LEFT(Name, 2), "[A-Z]")', { Name: 'Acme' }, false],
    ])('%s', (source, values, expected) => {
        expect(hosted(source, values)).toBe(expected);
    });

    it('are checked like the language’s own', () => {
        const messages = (source: string): string[] =>
            checkFormula(source, scope, { functions }).issues.map(({ message }) => message);
        expect(messages('ISCHANGED(Health__c + 1)')).toEqual(['ISCHANGED needs a field here, not an expression']);
        expect(messages('REGEX(Health__c, "x")')).toEqual([
            'REGEX needs a Text here, but Health__c is a Number; write TEXT(Health__c)',
        ]);
        expect(messages('ISNEW(1)')).toEqual(['ISNEW needs no arguments, but has 1']);
        expect(messages('ISCHANGD(Name)')).toEqual(['no function ISCHANGD; did you mean ISCHANGED?']);
    });

    it('are not there unless given', () => {
        expect(checkFormula('ISNEW()', scope).issues[0]?.message).toMatch(/^no function ISNEW/);
    });

    it('may not break their word', () => {
        expect(() => hosted('LIAR() + 1', {})).toThrow('LIAR() should hold a Number, but holds "five"');
    });

    it('are explained like any test', () => {
        const formula = compileFormula('ISCHANGED(Health__c)', scope, { blanks: 'blank', functions });
        const [comparison] = formula.explain({ Health__c: 5, 'old:Health__c': 4 }, CLOCK).comparisons;
        expect(comparison).toMatchObject({ operator: 'other', left: { path: 'Health__c', value: 5 }, held: true });
    });
});

describe('values of the wrong type', () => {
    it.each([
        ['Health__c < 60', { Health__c: '41' }, 'Health__c should hold a Number, but holds "41"'],
        ['Health__c + 1', { Health__c: true }, 'Health__c should hold a Number, but holds true'],
        ['Change__c > 0', { Change__c: '30 %' }, 'Change__c should hold a Percent, but holds "30 %"'],
        ['Name = "x"', { Name: 5 }, 'Name should hold a Text, but holds 5'],
        ['UPPER(Name)', { Name: 5 }, 'Name should hold a Text, but holds 5'],
        ['Churned__c', { Churned__c: 'yes' }, 'Churned__c should hold a Checkbox, but holds "yes"'],
        [
            'Renewal__c + 1',
            { Renewal__c: '2026-02-30' },
            'Renewal__c should hold a Date (YYYY-MM-DD, a day that exists)',
        ],
        ['Renewal__c + 1', { Renewal__c: 20260230 }, 'Renewal__c should hold a Date'],
        ['Created__c > NOW()', { Created__c: '2026-02-28' }, 'Created__c should hold a DateTime'],
        ['ISPICKVAL(Segment__c, "SMB")', { Segment__c: 3 }, 'Segment__c should hold a Picklist, but holds 3'],
    ])('%s', (source, values, message) => {
        expect(() => evaluated(source, values)).toThrow(message);
    });
});
