import { ACCOUNT_INFO, CONTACT_INFO, objectInfo, record } from 'test/platformAnswers';
import { fieldTypesOf, objectsAlong, valuesOf } from '../fields';

describe('objectsAlong', () => {
    it('names the objects that lookups lead to, each once', () => {
        const paths = ['Name', 'Champion__r.Email', 'Champion__r.FirstName', 'Nobody__r.Name'];
        expect(objectsAlong(paths, ACCOUNT_INFO)).toEqual(['Contact']);
    });

    it('names none for fields of the account itself', () => {
        expect(objectsAlong(['Name', 'Champion__c'], ACCOUNT_INFO)).toEqual([]);
    });
});

describe('fieldTypesOf', () => {
    it.each<[dataType: string, type: string]>([
        ['String', 'Text'],
        ['TextArea', 'Text'],
        ['Email', 'Text'],
        ['Phone', 'Text'],
        ['Url', 'Text'],
        ['Reference', 'Id'],
        ['Double', 'Number'],
        ['Int', 'Number'],
        ['Percent', 'Percent'],
        ['Currency', 'Currency'],
        ['Date', 'Date'],
        ['DateTime', 'DateTime'],
        ['Time', 'Time'],
        ['Boolean', 'Checkbox'],
        ['Picklist', 'Picklist'],
        ['MultiPicklist', 'MultiPicklist'],
    ])('takes a field of type %s for %s', (dataType, type) => {
        const types = fieldTypesOf([objectInfo('Account', { Some__c: [dataType, 'Some'] })]);
        expect(types).toEqual({ Some__c: { type, label: 'Some' } });
    });

    it('leaves out fields of a type that rules do not know', () => {
        expect(fieldTypesOf([ACCOUNT_INFO])).not.toHaveProperty('Logo__c');
    });

    it('types the fields of parents under their relationship', () => {
        const types = fieldTypesOf([CONTACT_INFO, ACCOUNT_INFO]);
        expect(types['Champion__r.Email']).toEqual({ type: 'Text', label: 'Email' });
        expect(types['Champion__c']).toEqual({ type: 'Id', label: 'Champion' });
        expect(types).not.toHaveProperty('Email');
    });

    it('knows nothing without the account', () => {
        expect(fieldTypesOf([CONTACT_INFO])).toEqual({});
    });
});

describe('valuesOf', () => {
    const account = record({
        Name: 'Nordlicht',
        Health_Score__c: 0,
        Is_Pilot__c: false,
        Segment__c: '',
        Renewal_Date__c: null,
        Champion__r: record({ Email: 'a@example.com', FirstName: null }, '003', 'Contact'),
        Parent: null,
    });

    it.each<[what: string, path: string, value: string | number | boolean | null]>([
        ['a text', 'Name', 'Nordlicht'],
        ['zero', 'Health_Score__c', 0],
        ['false', 'Is_Pilot__c', false],
        ['an empty text as blank', 'Segment__c', null],
        ['a blank', 'Renewal_Date__c', null],
        ['a field of a parent', 'Champion__r.Email', 'a@example.com'],
        ['a blank field of a parent', 'Champion__r.FirstName', null],
        ['a field of a parent that is not there', 'Parent.Name', null],
    ])('reads %s', (_what, path, value) => {
        expect(valuesOf(account, [path])).toEqual({ [path]: value });
    });

    it.each([['NPS__c'], ['Champion__r.Phone'], ['Nobody__r.Name'], ['Name.Length'], ['Champion__r']])(
        'leaves out %s, which was not read',
        (path) => {
            expect(valuesOf(account, [path])).toEqual({});
        },
    );
});
