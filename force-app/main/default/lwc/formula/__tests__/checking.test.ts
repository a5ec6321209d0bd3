import { checkFormula, compileFormula, type FieldTypeName, FormulaError, scopeOf } from '../formula';
import { TYPES } from './evaluation';

const scope = scopeOf(TYPES);

/** Issues as `position+length message`, the shape a reader of this table can check by counting. */
function issuesOf(source: string, expected: FieldTypeName | 'any' = 'any'): string[] {
    return checkFormula(source, scope, { expect: expected }).issues.map(
        ({ position, length, message }) => `${position}+${length} ${message}`,
    );
}

describe('checking', () => {
    it.each([
        ['', '0+1 the formula is empty'],
        ['  /* nothing */ ', '0+1 the formula is empty'],
        ['1 +', '3+1 the formula ends too early; something is missing here'],
        ['1 + * 2', '4+1 unexpected *'],
        ['(1 + 2', '0+1 this ( is never closed; add a )'],
        ['LEN("a"', '3+1 this ( is never closed; add a )'],
        ['1)', '1+1 unexpected ); there is no ( for this )'],
        ['1 2', '2+1 unexpected 2'],
        ['LEN("a" "b")', '8+3 unexpected text "b"; expected a comma, an operator or )'],
        ['"abc', '0+4 this text has no closing "'],
        ['"a\\q"', '2+2 unknown escape in text; write \\\\ for a backslash'],
        ['1 /* x', '2+4 this comment has no end; close it with */'],
        ['30% > 1', '2+1 unexpected character %; write a percentage as a fraction: 0.3 for 30 %'],
        ['“a”', '0+1 unexpected character “; write straight quotes: "text"'],
        ['TRUE | FALSE', '5+1 unexpected character |; write || for "or"'],
        ['1 # 2', '2+1 unexpected character #'],
        ['1 😀', '2+2 unexpected character 😀'],
        ['Owner..Name', '5+1 unexpected character .'],
    ])('says where reading stops: %s', (source, issue) => {
        expect(issuesOf(source)).toEqual([issue]);
    });

    it.each([
        ['Helth__c < 60', '0+8 no field Helth__c; did you mean Health__c?'],
        ['Onwer.Name = "x"', '0+10 no field Onwer.Name; did you mean Owner.Name?'],
        [
            '$Decision.weekly_rewiew = "x"',
            '0+23 no field $Decision.weekly_rewiew; did you mean $Decision.weekly_review?',
        ],
        ['Entirely_Other__c < 60', '0+17 no field Entirely_Other__c'],
        ['ISBLNK(Name)', '0+6 no function ISBLNK; did you mean ISBLANK?'],
        ['Contians(Name, "x")', '0+8 no function CONTIANS; did you mean CONTAINS?'],
        ['VLOOKUP(Name)', '0+7 no function VLOOKUP'],
        ['TODAY + 1', '0+5 TODAY is a function; write TODAY(…)'],
    ])('names what does not exist, and what was meant: %s', (source, issue) => {
        expect(issuesOf(source)).toEqual([issue]);
    });

    it.each([
        ['Name > 5', '0+4 Name is a Text and cannot be compared with a Number; write VALUE(Name)'],
        ['Health__c = "60"', '12+4 Health__c is a Number and cannot be compared with a Text; write 60'],
        ['Health__c < "sixty"', '12+7 Health__c is a Number and cannot be compared with a Text'],
        [
            'Renewal__c < Created__c',
            '13+10 Renewal__c is a Date and cannot be compared with a DateTime; write DATEVALUE(Created__c)',
        ],
        ['Churned__c > FALSE', '0+10 > does not order Checkbox values'],
        [
            'Segment__c = "SMB"',
            '0+18 Segment__c is a Picklist and cannot be compared with =; ' +
                'write ISPICKVAL(Segment__c, "SMB") or TEXT(Segment__c) = "SMB"',
        ],
        [
            '"SMB" <> Segment__c',
            '0+19 Segment__c is a Picklist and cannot be compared with <>; ' +
                'write NOT(ISPICKVAL(Segment__c, "SMB")) or TEXT(Segment__c) <> "SMB"',
        ],
        [
            'Products__c = "Core"',
            '0+20 Products__c is a MultiPicklist and cannot be compared with =; write INCLUDES(Products__c, "Core")',
        ],
        ['Name & 5', '7+1 & joins texts, but 5 is a Number; write TEXT(5)'],
        ['Name + Health__c', '7+9 + joins texts, but Health__c is a Number; write TEXT(Health__c)'],
        ['Name * 2', '0+4 * needs a Number, but Name is a Text; write VALUE(Name)'],
        ['-Name', '1+4 - needs a Number, but Name is a Text; write VALUE(Name)'],
        ['Renewal__c + Left__c', '13+7 a Date + a Date has no meaning'],
        ['Renewal__c - Created__c', '13+10 a Date - a DateTime has no meaning; write DATEVALUE(Created__c)'],
        ['2 * Renewal__c', '4+10 * needs a Number, but Renewal__c is a Date'],
        ['YEAR(Created__c)', '5+10 YEAR needs a Date here, but Created__c is a DateTime; write DATEVALUE(Created__c)'],
        ['LEN(Segment__c)', '4+10 LEN needs a Text here, but Segment__c is a Picklist; write TEXT(Segment__c)'],
        ['TEXT(Churned__c)', expect.stringContaining('but Churned__c is a Checkbox')],
        ['ISPICKVAL(Name, "x")', '10+4 ISPICKVAL needs a Picklist here, but Name is a Text'],
        ['AND(Health__c, TRUE)', '4+9 AND needs a Checkbox (true or false) here, but Health__c is a Number'],
        [
            'IF(Segment__c, 1, 2)',
            '3+10 IF needs a Checkbox (true or false) here, but Segment__c is a Picklist; write ISPICKVAL(Segment__c, "…")',
        ],
        [
            'IF(TRUE, 1, Name)',
            '12+4 IF needs results of one type: a Number before, but Name is a Text; write VALUE(Name)',
        ],
        ['IF(TRUE, Segment__c, "x")', '9+10 IF cannot give a Picklist; write TEXT(Segment__c)'],
        [
            'BLANKVALUE(Health__c, "-")',
            expect.stringContaining('BLANKVALUE needs results of one type: a Number before'),
        ],
        ['CASE(Segment__c, 1, 2, 3)', '17+1 CASE compares with a Picklist, but 1 is a Number; write TEXT(1)'],
        ['CASE(Churned__c, TRUE, 2, 3)', '5+10 CASE does not take a Checkbox; use IF'],
        ['CASE(Name, "a", 1)', expect.stringMatching(/^0\+18 CASE needs an expression, pairs/)],
        ['LEN()', '0+5 LEN needs 1 argument, but has 0'],
        ['TODAY(1)', '0+8 TODAY needs no arguments, but has 1'],
        ['FIND("a")', '0+9 FIND needs 2 to 3 arguments, but has 1'],
        ['MAX()', '0+5 MAX needs at least 1 argument, but has 0'],
        ['IF(TRUE, 1)', '0+11 IF needs 3 arguments, but has 2'],
    ])('checks types: %s', (source, issue) => {
        expect(issuesOf(source)).toEqual([issue]);
    });

    it.each([
        ['Health__c', 'Checkbox', '0+9 the formula gives a Number, but a Checkbox (true or false) is needed'],
        ['Health__c', 'Text', '0+9 the formula gives a Number, but a Text is needed; write TEXT(Health__c)'],
        ['NOW()', 'Date', '0+5 the formula gives a DateTime, but a Date is needed; write DATEVALUE(NOW())'],
        ['Segment__c', 'Text', '0+10 the formula gives a Picklist, but a Text is needed; write TEXT(Segment__c)'],
    ] as const)('checks what the whole formula gives: %s as %s', (source, expected, issue) => {
        expect(issuesOf(source, expected)).toEqual([issue]);
    });

    it('finds every mistake at once, in the order of the source', () => {
        expect(issuesOf('ISBLNK(Nam) || Helth__c < "x"')).toEqual([
            '0+6 no function ISBLNK; did you mean ISBLANK?',
            '7+3 no field Nam; did you mean Name?',
            '15+8 no field Helth__c; did you mean Health__c?',
        ]);
    });

    it('gives the type and the fields named, each once and in canonical spelling', () => {
        const source = 'OR(health__C < 60, $figure.health < 40, OWNER.NAME = "x", Health__c > ARR__c)';
        expect(checkFormula(source, scope)).toEqual({
            issues: [],
            type: 'Checkbox',
            references: ['Health__c', '$Figure.Health', 'Owner.Name', 'ARR__c'],
        });
    });

    it.each([
        ['Change__c', 'any', 'Percent'],
        ['Change__c', 'Number', 'Number'],
        ['Health__c / 2', 'Percent', 'Percent'],
        ['IF(Churned__c, ARR__c, ARR__c)', 'any', 'Currency'],
        ['IF(Churned__c, ARR__c, Health__c)', 'any', 'Number'],
        ['OwnerId', 'any', 'Id'],
        ['NULL', 'Date', 'Date'],
        ['IF(Churned__c, NULL, TODAY())', 'any', 'Date'],
        ['Created__c - Touched__c', 'any', 'Number'],
        ['$Decision.weekly_review.Streak', 'any', 'Number'],
    ] as const)('types %s as %s: %s', (source, expected, type) => {
        expect(checkFormula(source, scope, { expect: expected })).toMatchObject({ issues: [], type });
    });

    it('refuses what is nested too deeply instead of running out of stack', () => {
        const nested = `${'('.repeat(5000)}1${')'.repeat(5000)}`;
        const chained = Array.from({ length: 5000 }, () => '1').join(' + ');
        const negated = `${'-'.repeat(5000)}1`;
        for (const source of [nested, chained, negated]) {
            expect(issuesOf(source)).toEqual([expect.stringContaining('levels deep; split it into several')]);
        }
    });

    it('takes long flat conditions', () => {
        const source = Array.from({ length: 2000 }, (_, index) => `Health__c = ${index}`).join(' || ');
        expect(issuesOf(source)).toEqual([]);
    });

    it('throws every issue when compiling', () => {
        let thrown: unknown;
        try {
            compileFormula('Helth__c + Nam', scope, { blanks: 'unknown' });
        } catch (error) {
            thrown = error;
        }
        expect(thrown).toBeInstanceOf(FormulaError);
        expect((thrown as FormulaError).issues).toHaveLength(2);
        expect((thrown as FormulaError).message).toBe(
            'no field Helth__c; did you mean Health__c?\nno field Nam; did you mean Name?',
        );
    });
});
