import { added, addedAll, changed, like, type Addition, type Change } from './variants.ts';

const OBJECTS: readonly Change[] = [
    [
        'a lookup to nothing',
        'Trip__c.Customer__c',
        '>Account<',
        '>Gone__c<',
        [7, /referenceTo value of 'Gone__c' does not resolve/],
        [59, /Could not find field Customer__c\.Industry/, 'type'],
    ],
    [
        'a lookup to a custom metadata type',
        'Trip__c.Customer__c',
        '>Account<',
        '>Tip__mdt<',
        [7, /cannot refer to Tip__mdt/],
        [59, /Could not find field/, 'type'],
    ],
    [
        'a relationship name twice',
        'Trip__c.Customer__c',
        '>Account<',
        '>Crew__c<',
        [8, /already a Child Relationship named Trips on Crew__c/],
        [59, /Could not find field/, 'type'],
    ],
    [
        'a relationship name of the platform’s own',
        'Trip__c.Customer__c',
        '>Trips<',
        '>Trips__r<',
        [8, /<relationshipName> Trips__r: at most 40 letters/],
    ],
    [
        'a master that is controlled by its parent',
        'crew',
        '>ReadWrite<',
        '>ControlledByParent<',
        [13, /ControlledByParent exactly for objects/],
        [5, /<externalSharingModel> Read/],
    ],
    [
        'more for outsiders than for colleagues',
        'crew',
        '>ReadWrite<',
        '>Private<',
        [5, /<externalSharingModel> Read gives more than <sharingModel> Private/],
    ],
    [
        'a compact layout that is not there',
        'crew',
        '>Short<',
        '>Long<',
        [3, /no CompactLayout named Crew__c\.Long found/],
    ],
    [
        'an object’s label that is too long',
        'crew',
        '<label>Crew<',
        `<label>${'C'.repeat(41)}<`,
        [6, /<label> has 41 characters; it takes 40/],
    ],
    ['an auto-number name without its number', 'crew', '{0000}', '0', [8, /"C-0" is no auto-number format/]],
    [
        'a label twice',
        'labels',
        '</labels>',
        '</labels>\n<labels><fullName>hello</fullName><language>en_US</language><protected>false</protected><shortDescription>x</shortDescription><value>x</value></labels>',
        [10, /The label hello is there twice/],
    ],
    [
        'a label that is too long',
        'labels',
        '<value>Hello',
        `<value>${'x'.repeat(1001)}`,
        [8, /<value> has 1001 characters; it takes 1000/],
    ],
];

const NAMES: readonly Addition[] = [
    [
        'two fields that differ by case',
        'objects/Crew__c/fields/since__c.field-meta.xml',
        like('Crew__c.Since__c', ['Since__c', 'since__c']),
        [2, /There is a CustomField Crew__c\.Since__c already/],
    ],
    [
        'a name with two underscores',
        'objects/Crew__c/fields/Be__gin__c.field-meta.xml',
        like('Crew__c.Since__c', ['Since__c', 'Be__gin__c']),
        [2, /The name Be__gin__c can only contain/],
    ],
    [
        'a name that is too long',
        `objects/Crew__c/fields/${'S'.repeat(41)}__c.field-meta.xml`,
        like('Crew__c.Since__c', ['Since__c', `${'S'.repeat(41)}__c`]),
        [2, /has 41 characters; CustomField takes 40/],
    ],
];

const LISTS: readonly Change[] = [
    [
        'a column by the API name of a standard field',
        'view',
        '<columns>NAME<',
        '<columns>Name<',
        [5, /Could not resolve list view column: Name; write NAME\./],
    ],
    [
        'a column that is not there',
        'view',
        '<columns>Code__c<',
        '<columns>Gone__c<',
        [6, /Could not resolve list view column: Gone__c/],
    ],
    ['a column twice', 'view', '<columns>NAME<', '<columns>Code__c<', [6, /The column Code__c is there twice/]],
    [
        'a filter on a field that is not there',
        'view',
        '<field>Budget__c<',
        '<field>Gone__c<',
        [10, /Could not resolve list view column: Gone__c/],
    ],
    [
        'a filter with no value of its field',
        'view',
        '<value>10<',
        '<value>ten<',
        [12, /"ten" is no value of Budget__c; write a number/],
    ],
    [
        'a filter with an operation that shipped list views do not have',
        'view',
        '>greaterThan<',
        '>contains<',
        [11, /the local org supports equals, notEqual/],
        [12, /contains does not go with Budget__c/],
    ],
    [
        'a filter that compares with several values',
        'view',
        '<value>10<',
        '<value>10,20<',
        [12, /greaterThan on Budget__c takes one value/],
    ],
    [
        'filter logic',
        'view',
        '<language>en_US</language>',
        '<booleanFilter>1 OR 2</booleanFilter>',
        [4, /does not support <booleanFilter>/],
    ],
    [
        'a field of a compact layout that is not there',
        'compact',
        '>Code__c<',
        '>Gone__c<',
        [5, /no CustomField named Crew__c\.Gone__c/],
    ],
    [
        'a layout with a field that is not there',
        'layout',
        'Left__c',
        'Gone__c',
        [10, /no CustomField named Crew__c\.Gone__c/],
    ],
    [
        'a layout with a field twice',
        'layout',
        '<behavior>Readonly</behavior><field>Left__c',
        '<behavior>Required</behavior><field>Code__c',
        [10, /Code__c is there twice/],
    ],
    [
        'a layout without a required field',
        'layout',
        '<layoutItems><behavior>Required</behavior><field>Code__c</field></layoutItems>\n',
        '',
        [2, /must contain an item for required layout field: Code__c/],
    ],
    ['a required field that a layout lets go', 'layout', '>Required<', '>Edit<', [9, /Field:Code__c must be Required/]],
    ['a formula that a layout edits', 'layout', '>Readonly<', '>Edit<', [10, /Field:Left__c must be Readonly/]],
    [
        'a related list of no children',
        'layout',
        'Trip__c.Crew__c',
        'Trip__c.Customer__c',
        [17, /Cannot find related list: Trip__c\.Customer__c/],
    ],
    [
        'a column that the children do not have',
        'layout',
        '<fields>Cost__c',
        '<fields>Gone__c',
        [16, /Could not resolve list view column: Gone__c/],
    ],
];

const RECORDS: readonly Change[] = [
    [
        'a record with a field that is not there',
        'tip',
        '>Weight__c<',
        '>Gone__c<',
        [9, /no CustomField named Tip__mdt\.Gone__c/],
    ],
    [
        'a value without a type',
        'tip',
        ' xsi:type="xsd:double"',
        '',
        [10, /The value of Weight__c, a Number, lacks xsi:type; write xsi:type="xsd:double"/],
    ],
    ['a value of another type', 'tip', 'xsd:double', 'xsd:string', [10, /has xsi:type xsd:string/]],
    ['a number that is none', 'tip', '>1.5<', '>one<', [10, /"one" is no value of Weight__c/]],
    [
        'a number with too many digits',
        'tip',
        '>1.5<',
        '>123.5<',
        [10, /123\.5 has more digits than Weight__c takes: 2 before/],
    ],
    [
        'a text that is too long for its field',
        'tip',
        '>Smile<',
        '>Smile and wave<',
        [6, /data value too large: 14 characters \(max length=10\)/],
    ],
    [
        'a value that a picklist does not have',
        'tip',
        '>Bus<',
        '>Boat<',
        [14, /bad value for restricted picklist field: Boat/],
    ],
    [
        'a required value that is missing',
        'tip',
        '<field>Text__c</field>\n<value xsi:type="xsd:string">Smile',
        '<field>Text__c</field>\n<value xsi:type="xsd:string">',
        [2, /Required field missing: Text__c/],
    ],
    [
        'two values of a field',
        'tip',
        '>Weight__c</field>\n<value xsi:type="xsd:double">1.5',
        '>Text__c</field>\n<value xsi:type="xsd:string">x',
        [8, /Text__c has two values/],
    ],
];

const OTHER_RECORDS: readonly Addition[] = [
    [
        'a record of no type',
        'customMetadata/Gone.First.md-meta.xml',
        like('tip'),
        [2, /no custom metadata type Gone__mdt found/],
    ],
];

/** `count` copies of a field, numbered. */
function copies(
    of: string,
    count: number,
    ...replacements: readonly (readonly [string, string])[]
): Record<string, string> {
    const [object = '', field = ''] = of.split('.');
    const names = Array.from({ length: count }, (_, index) => `Copy_${String(index + 10)}__c`);
    return Object.fromEntries(
        names.map((name) => [
            `objects/${object}/fields/${name}.field-meta.xml`,
            like(
                of,
                [`<fullName>${field}`, `<fullName>${name}`],
                ['>Trips<', `>${name.replace('__c', '')}<`],
                ...replacements,
            ),
        ]),
    );
}
const lookups = copies('Trip__c.Customer__c', 16);
const reading = {
    'objects/Trip__c/validationRules/Far.validationRule-meta.xml': like(
        'rule',
        ['<fullName>Budget', '<fullName>Far'],
        ['>Budget__c<', '>Cost__c<'],
        [
            'AND(\n  NOT(ISNEW()),\n  Left__c &lt; 0)',
            `AND(${Object.keys(lookups)
                .map((path) => `ISBLANK(${/Copy_\d+__/.exec(path)?.[0] ?? ''}r.Name)`)
                .join(', ')})`,
        ],
    ),
};

const LIMITS = [
    addedAll(
        'a third master',
        copies('Trip__c.Crew__c', 2),
        'objects/Trip__c/fields/Copy_11__c.field-meta.xml:5',
        /Trip__c has more than 2 master-detail fields/,
    ),
    addedAll(
        'more roll-ups than an object has',
        copies('Crew__c.Spent__c', 25),
        'objects/Crew__c/fields/Copy_34__c.field-meta.xml:5',
        /Crew__c has more than 25 roll-ups/,
    ),
    addedAll(
        'formulas that follow too many relationships',
        { ...lookups, ...reading },
        'objects/Trip__c/validationRules/Far.validationRule-meta.xml:5',
        /The formulas of Trip__c follow more than 15 relationships/,
    ),
    addedAll(
        'a detail that is a standard object',
        { 'objects/Account/fields/Crew__c.field-meta.xml': like('Trip__c.Crew__c', ['>Trips<', '>Accounts<']) },
        'objects/Account/fields/Crew__c.field-meta.xml:5',
        /Account is a standard object and cannot be the detail of another/,
    ),
];

export const OBJECT_VARIANTS = [
    ...[...OBJECTS, ...LISTS, ...RECORDS].map(changed),
    ...[...NAMES, ...OTHER_RECORDS].map(added),
    ...LIMITS,
];
