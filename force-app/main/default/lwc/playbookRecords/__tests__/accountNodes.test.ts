import { filterAlong, isFieldPath, nodeValues, selectionOf } from 'c/playbookRecords';

describe('a selection of fields', () => {
    it('nests lookups, asks for each field once and leaves out what may not be seen', () => {
        expect(selectionOf(['ARR__c', 'Champion__r.Email', 'Champion__r.Account.Name', 'ARR__c', 'Champion__c'])).toBe(
            'ARR__c @optional { value } Champion__r @optional { Id Email @optional { value } ' +
                'Account @optional { Id Name @optional { value } } } Champion__c @optional { value }',
        );
    });

    it('asks for an id without a value', () => {
        expect(selectionOf(['Champion__r.Id'])).toBe('Champion__r @optional { Id Id }');
    });

    it.each(['', 'A B', 'A { value } B', 'A.', '.A', '1A', 'A..B', 'A.B.C.D.E.F', 'Ä__c', 'A__c\n'])(
        'takes nothing that is no path: %j',
        (path) => {
            expect(isFieldPath(path)).toBe(false);
            expect(selectionOf([path])).toBe('');
            expect(() => filterAlong(path, '{ eq: $id }')).toThrow('names no field');
        },
    );
});

test('a condition stands at the end of its path', () => {
    expect(filterAlong('Parent.CSM__c', '{ eq: $id }')).toBe('{ Parent: { CSM__c: { eq: $id } } }');
});

describe('values of a node', () => {
    const node = {
        Id: '001',
        ARR__c: { value: 5 },
        Segment__c: { value: '' },
        Active__c: { value: false },
        Champion__r: { Id: '003', Email: { value: 'ada@example.com' } },
        Parent: null,
    };

    it('are told by path: blank as null, hidden ones not at all', () => {
        const paths = [
            'Id',
            'ARR__c',
            'Segment__c',
            'Active__c',
            'Champion__r.Email',
            'Champion__r.Phone',
            'Parent.Name',
            'Gone__c',
            'Gone__r.Name',
        ];
        expect(nodeValues(node, paths)).toEqual({
            Id: '001',
            ARR__c: 5,
            Segment__c: null,
            Active__c: false,
            'Champion__r.Email': 'ada@example.com',
            'Parent.Name': null,
        });
    });
});
