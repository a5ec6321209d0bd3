import { evaluated } from './evaluation';

describe('texts', () => {
    it.each([
        ['"say \\"hi\\""', 'say "hi"'],
        ["'it\\'s'", "it's"],
        ['"a\\\\b\\n\\tc"', 'a\\b\n\tc'],
        ['"a" + "b" & "c"', 'abc'],
        ['LEN("grün")', 4],
        ['LEFT("renewal", 3)', 'ren'],
        ['LEFT("renewal", 99)', 'renewal'],
        ['LEFT("renewal", -1)', null],
        ['RIGHT("renewal", 2)', 'al'],
        ['RIGHT("renewal", 0)', null],
        ['MID("renewal", 3, 2)', 'ne'],
        ['MID("renewal", 0, 2)', 're'],
        ['MID("renewal", 8, 2)', null],
        ['TRIM("  a b ")', 'a b'],
        ['UPPER("große")', 'GROSSE'],
        ['LOWER("ÄB")', 'äb'],
        ['SUBSTITUTE("a-b-c", "-", "$&")', 'a$&b$&c'],
        ['SUBSTITUTE("a-b-c", "-", "")', 'abc'],
        ['FIND("n", "renewal")', 3],
        ['FIND("e", "renewal", 3)', 4],
        ['FIND("z", "renewal")', 0],
        ['FIND("r", "renewal", -5)', 1],
        ['CONTAINS("Golden File", "n F")', true],
        ['CONTAINS("Golden File", "gold")', false],
        ['BEGINS("Golden File", "Gold")', true],
        ['BEGINS("Golden File", "File")', false],
        ['"FOO" < "foo"', true],
        ['"a" <= "a"', true],
        ['VALUE(" 12.50 ")', 12.5],
        ['VALUE("+.1")', 0.1],
        ['VALUE("1.e1")', 10],
        ['VALUE("")', null],
        ['TEXT(5)', '5'],
        ['TEXT(0.1 + 0.2)', '0.3'],
        ['TEXT(1 / 8000000)', '0.000000125'],
        ['TEXT(10 ^ 22)', '10000000000000000000000'],
        ['TEXT(0 - 1.50)', '-1.5'],
        ['TEXT(5 - 5)', '0'],
        ['TEXT(DATE(2024, 2, 9))', '2024-02-09'],
        ['TEXT(DATETIMEVALUE("2024-02-09 01:02:03"))', '2024-02-09 01:02:03Z'],
        ['TEXT("already")', 'already'],
    ])('%s', (source, expected) => {
        expect(evaluated(source)).toBe(expected);
    });

    it('reads picklists by ISPICKVAL, TEXT, CASE and INCLUDES', () => {
        const values = { Segment__c: 'SMB', Products__c: 'Core;Add-on', '$Decision.weekly_review': 'Flat;Worse' };
        expect(evaluated('ISPICKVAL(Segment__c, "SMB")', values)).toBe(true);
        expect(evaluated('ISPICKVAL(Segment__c, "smb")', values)).toBe(false);
        expect(evaluated('TEXT(Segment__c) = "SMB"', values)).toBe(true);
        expect(evaluated('CASE(Segment__c, "Enterprise", 1, "SMB", 2, 3)', values)).toBe(2);
        expect(evaluated('CASE(Segment__c, "Enterprise", 1, "Mid", 2, 3)', values)).toBe(3);
        expect(evaluated('INCLUDES(Products__c, "Add-on")', values)).toBe(true);
        expect(evaluated('INCLUDES(Products__c, "Add")', values)).toBe(false);
        expect(evaluated('INCLUDES($Decision.weekly_review, "Worse")', values)).toBe(true);
    });

    it('never touches what texts hold', () => {
        const values = { Name: '<script>alert(1)</script>' };
        expect(evaluated('Name & "!"', values)).toBe('<script>alert(1)</script>!');
    });
});
