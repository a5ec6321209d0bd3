import type { Blanks, Value } from '../formula';
import { evaluated } from './evaluation';

/** What a formula gives when every field is blank, in a rule and in the two kinds of formula field. */
type Row = readonly [source: string, unknown: Value, zero: Value, blank: Value];

describe('blanks', () => {
    const rows: readonly Row[] = [
        ['Health__c', null, 0, null],
        ['Health__c + 1', null, 1, null],
        ['-Health__c', null, 0, null],
        ['Change__c * 2', null, 0, null],
        ['Health__c < 60', null, true, false],
        ['60 > Health__c', null, true, false],
        ['Health__c >= 60', null, false, false],
        ['Health__c = 0', null, true, false],
        ['Health__c <> 0', null, false, false],
        ['Health__c = Usage__c', null, true, false],
        ['Change__c > -0.3', null, true, false],
        ['Renewal__c', null, null, null],
        ['Renewal__c + 1', null, null, null],
        ['Renewal__c < TODAY()', null, false, false],
        ['Renewal__c = Left__c', null, false, false],
        ['YEAR(Renewal__c)', null, null, null],
        ['Name = "Acme"', null, false, false],
        ['"Acme" <> Name', null, true, true],
        ['Name = Owner.Name', null, true, true],
        ['Name < "Acme"', null, false, false],
        ['Name = ""', true, true, true],
        ['Name <> ""', false, false, false],
        ['Name = NULL', true, true, true],
        ['Health__c = NULL', true, false, false],
        ['Health__c <> NULL', false, false, false],
        ['Renewal__c <> NULL', false, false, false],
        ['ISBLANK(Health__c)', true, false, true],
        ['ISBLANK(Name)', true, true, true],
        ['ISBLANK(Renewal__c)', true, true, true],
        ['ISBLANK(Health__c + 1)', true, false, true],
        ['ISBLANK(Segment__c)', true, true, true],
        ['ISBLANK(TRIM("  "))', true, true, true],
        ['ISNULL(Health__c)', true, false, true],
        ['ISNULL(Name)', true, false, false],
        ['BLANKVALUE(Health__c, 7)', 7, 0, 7],
        ['BLANKVALUE(Name, "none")', 'none', 'none', 'none'],
        ['NULLVALUE(Health__c, 7)', 7, 0, 7],
        ['NULLVALUE(Name, "none")', 'none', null, null],
        ['Churned__c', false, false, false],
        ['NOT(Churned__c)', true, true, true],
        ['ISBLANK(Churned__c)', false, false, false],
        ['NOT(Health__c < 60)', null, false, false],
        ['ISPICKVAL(Segment__c, "SMB")', null, false, false],
        ['ISPICKVAL(Segment__c, "")', true, true, true],
        ['TEXT(Segment__c) = "SMB"', null, false, false],
        ['INCLUDES(Products__c, "Core")', null, false, false],
        ['CONTAINS(Name, "x")', null, false, false],
        ['BEGINS(Name, "x")', null, false, false],
        ['CONTAINS("x", Name)', null, true, true],
        ['LEN(Name)', null, 0, 0],
        ['FIND("x", Name)', null, 0, 0],
        ['UPPER(Name)', null, null, null],
        ['LEFT("abc", Health__c)', null, null, null],
        ['TEXT(Health__c)', null, '0', null],
        ['VALUE(Name)', null, null, null],
        ['"a" & Name & "b"', 'ab', 'ab', 'ab'],
        ['Name & Owner.Name', null, null, null],
        ['MAX(Health__c, 5)', null, 5, null],
        ['MIN(Health__c, 5)', null, 0, null],
        ['ROUND(Health__c, 0)', null, 0, null],
        ['IF(Health__c < 60, "low", "high")', null, 'low', 'high'],
        ['IF(Health__c < 60, "same", "same")', 'same', 'same', 'same'],
        ['IF(Health__c < 60, 1, NULL)', null, 1, null],
        ['CASE(Health__c, 0, "none", "some")', null, 'none', 'some'],
        ['CASE(Name, "a", 1, 2)', null, 2, 2],
        ['CASE(Name, "a", 1, "", 2, 3)', 2, 2, 2],
        ['CASE(Renewal__c, Left__c, 1, 2)', null, 2, 2],
        ['CASE("b", Name, 1, "b", 2, 3)', null, 2, 2],
        ['NULL', null, null, null],
        ['IF(TRUE, NULL, 5)', null, null, null],
    ];

    describe.each([
        ['unknown', 1],
        ['zero', 2],
        ['blank', 3],
    ] as const)('read as %s', (blanks: Blanks, column) => {
        it.each(rows.map((row) => [row[0], row[column]] as const))('%s', (source, expected) => {
            expect(evaluated(source, {}, { blanks })).toBe(expected);
            const empty = { Health__c: null, Usage__c: undefined, Name: '', Segment__c: '' };
            expect(evaluated(source, empty, { blanks })).toBe(expected);
        });
    });

    it('follows three-valued logic in rules', () => {
        const truths = ['TRUE', 'FALSE', 'Health__c < 60'];
        const value = (source: string): Value => evaluated(source);
        const table = (operator: string): Value[][] =>
            truths.map((left) => truths.map((right) => value(`${operator}(${left}, ${right})`)));
        expect(table('AND')).toEqual([
            [true, false, null],
            [false, false, false],
            [null, false, null],
        ]);
        expect(table('OR')).toEqual([
            [true, true, true],
            [true, false, null],
            [true, null, null],
        ]);
        expect(truths.map((truth) => value(`NOT(${truth})`))).toEqual([false, true, null]);
    });

    it.each([
        ['AND(TRUE, Health__c < 1, TRUE)', null],
        ['AND(Health__c < 1, TRUE, FALSE)', false],
        ['AND(Health__c < 1, TRUE, TRUE, FALSE)', false],
        ['AND(TRUE, TRUE, TRUE, Health__c < 1)', null],
        ['AND(TRUE, TRUE, TRUE, TRUE)', true],
        ['AND(TRUE)', true],
        ['OR(Health__c < 1, FALSE, TRUE)', true],
        ['OR(Health__c < 1, FALSE, FALSE)', null],
        ['OR(FALSE, FALSE, FALSE)', false],
        ['OR(Health__c < 1)', null],
        ['Health__c < 1 && FALSE || TRUE', true],
    ])('joins conditions of any number: %s', (source, expected) => {
        expect(evaluated(source)).toBe(expected);
    });

    it('does not evaluate what an earlier condition has settled', () => {
        const values = { Usage__c: 0, Health__c: 3 };
        expect(evaluated('AND(Usage__c > 0, Health__c / Usage__c > 1)', values)).toBe(false);
        expect(evaluated('OR(Usage__c = 0, Health__c / Usage__c > 1)', values)).toBe(true);
        expect(evaluated('IF(Usage__c = 0, 0, Health__c / Usage__c)', values)).toBe(0);
    });
});
