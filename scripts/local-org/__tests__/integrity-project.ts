import { field, object, permissionSet, PROJECT } from './small-project.ts';

/** Routes, their stops, the legs of a stop: three levels; stops and legs may change their master. */
const MOVABLE = { reparentableMasterDetail: true };
export const FILES = {
    ...PROJECT,
    ...field('Stop__c', 'Route__c', 'MasterDetail', { referenceTo: 'Route__c', relationshipName: 'Stops', ...MOVABLE }),
    ...field('Stop__c', 'Legs__c', 'Summary', { summaryForeignKey: 'Leg__c.Stop__c', summaryOperation: 'count' }),
    ...field('Route__c', 'All_Legs__c', 'Summary', {
        summaryForeignKey: 'Stop__c.Route__c',
        summaryOperation: 'sum',
        summarizedField: 'Stop__c.Legs__c',
    }),
    ...object('Leg__c', 'Leg', 'ControlledByParent'),
    ...field('Leg__c', 'Stop__c', 'MasterDetail', { referenceTo: 'Stop__c', relationshipName: 'Legs', ...MOVABLE }),
    ...field('Leg__c', 'From__c', 'Lookup', {
        referenceTo: 'Stop__c',
        relationshipName: 'Onward',
        deleteConstraint: 'Restrict',
    }),
    ...field('Leg__c', 'Guide__c', 'Lookup', {
        referenceTo: 'Contact',
        relationshipName: 'Guided',
        required: true,
        deleteConstraint: 'Restrict',
    }),
    ...permissionSet(
        'Legs',
        [
            { object: 'Account' },
            { object: 'Contact' },
            { object: 'Route__c' },
            { object: 'Stop__c' },
            { object: 'Leg__c', create: true, edit: true },
        ],
        { 'Leg__c.From__c': 'edit', 'Stop__c.Legs__c': 'read', 'Route__c.All_Legs__c': 'read' },
    ),
};
