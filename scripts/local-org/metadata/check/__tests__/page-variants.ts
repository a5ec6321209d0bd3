import { added, changed, like, type Addition, type Change } from './variants.ts';

const COMPONENTS: readonly Change[] = [
    [
        'a configuration of no target',
        'map',
        'targets="lightning__RecordPage"',
        'targets="lightning__HomePage"',
        [11, /<targetConfig> is for lightning__HomePage, which is not among <targets>/],
        [6, /The zoom property doesn't exist on the component tripMap/, 'page'],
    ],
    [
        'a target that does not exist',
        'map',
        '>lightning__RecordAction<',
        '>lightning__Nowhere<',
        [8, /lightning__Nowhere is no target/],
    ],
    [
        'a property of an action',
        'map',
        'targets="lightning__RecordPage"',
        'targets="lightning__RecordPage,lightning__RecordAction"',
        [12, /lightning__RecordAction takes no properties/],
    ],
    [
        'a property that the module does not have',
        'map',
        'name="zoom"',
        'name="depth"',
        [12, /tripMap\.js has no property depth with @api/],
        [6, /The zoom property doesn't exist/, 'page'],
        [10, /Required property depth is missing/, 'page'],
    ],
    [
        'a component for an object that is not there',
        'map',
        '<object>Crew__c<',
        '<object>Gone__c<',
        [14, /The org has no object Gone__c/],
        [10, /tripMap is for pages of Gone__c, not of Crew__c/, 'page'],
    ],
];

const PAGES: readonly Change[] = [
    ['a page with a component that is not there', 'page', '>tripMap<', '>cityMap<', [10, /there is no lwc\/cityMap/]],
    [
        'a component on a page that it does not offer itself for',
        'page',
        '>RecordPage<',
        '>HomePage<',
        [24, /takes no <sobjectType>/],
        [10, /tripMap isn't available for a HomePage/],
    ],
    [
        'a component on the page of another object',
        'page',
        '<sobjectType>Crew__c',
        '<sobjectType>Trip__c',
        [10, /tripMap is for pages of Crew__c, not of Trip__c/],
        [5, /Crew_Page is a page of Trip__c, not of Crew__c/, 'app'],
    ],
    [
        'a page of no object',
        'page',
        '<sobjectType>Crew__c',
        '<sobjectType>Gone__c',
        [24, /The org has no object Gone__c/],
        [10, /tripMap is for pages of Crew__c/],
        [5, /Crew_Page is a page of Gone__c/, 'app'],
    ],
    [
        'a property that the component does not have',
        'page',
        '<name>zoom<',
        '<name>depth<',
        [6, /The depth property doesn't exist on the component tripMap/],
        [10, /Required property zoom is missing/],
    ],
    [
        'a property of the wrong type',
        'page',
        '<value>3<',
        '<value>three<',
        [6, /The value of zoom is "three"; write a value of type Integer/],
    ],
    [
        'a required property without a value',
        'page',
        '<value>3</value>\n',
        '',
        [6, /Required property zoom has no value/],
    ],
    [
        'an identifier twice',
        'page',
        '>force_detailPanel<',
        '>c_tripMap<',
        [17, /The identifier c_tripMap is there twice/],
    ],
];

const NAVIGATION: readonly Change[] = [
    [
        'an app with a tab that is not there',
        'app',
        '<tabs>Crew__c<',
        '<tabs>Trip__c<',
        [14, /no CustomTab named Trip__c found/],
    ],
    [
        'an app with a tab twice',
        'app',
        '<tabs>standard-Account<',
        '<tabs>Crew__c<',
        [14, /The tab Crew__c is there twice/],
    ],
    [
        'an app with a standard tab that is not there',
        'app',
        'standard-Account',
        'standard-Crew__c',
        [13, /no CustomTab named standard-Crew__c/],
    ],
    ['a record page that is not there', 'app', '>Crew_Page<', '>Gone<', [5, /no FlexiPage named Gone found/]],
    ['a tab of a component that is not there', 'mapTab', '>tripMap<', '>cityMap<', [4, /There is no lwc\/cityMap/]],
    [
        'a tab of a component without that target',
        'map',
        '<target>lightning__Tab</target>\n',
        '',
        [4, /tripMap isn't available for a tab/, 'mapTab'],
    ],
];

const OTHERS: readonly Addition[] = [
    [
        'a tab of an object that is not there',
        'tabs/Gone__c.tab-meta.xml',
        like('crewTab'),
        [3, /The org has no custom object Gone__c/],
    ],
    [
        'a tab of a page that is not there',
        'tabs/Gone.tab-meta.xml',
        like('mapTab', ['lwcComponent', 'flexiPage']),
        [4, /no FlexiPage named tripMap found/],
    ],
    [
        'a tab of a record page',
        'tabs/Gone.tab-meta.xml',
        like('mapTab', ['lwcComponent', 'flexiPage'], ['tripMap', 'Crew_Page']),
        [4, /Crew_Page is no AppPage/],
    ],
];

const PERMISSIONS: readonly Change[] = [
    [
        'rights to a required field',
        'set',
        'Crew__c.Left__c',
        'Crew__c.Code__c',
        [17, /You cannot deploy to a required field: Crew__c\.Code__c/],
    ],
    [
        'rights to a master-detail field',
        'set',
        'Crew__c.Left__c',
        'Trip__c.Crew__c',
        [17, /Required and master-detail fields are always visible/],
    ],
    [
        'rights to edit a roll-up',
        'set',
        'Trip__c.Cost__c',
        'Crew__c.Spent__c',
        [21, /Crew__c\.Spent__c cannot be editable/],
    ],
    [
        'rights to edit what is not to be seen',
        'set',
        '<field>Trip__c.Cost__c</field>\n<readable>true',
        '<field>Trip__c.Cost__c</field>\n<readable>false',
        [23, /Trip__c\.Cost__c: <editable> needs <readable>/],
    ],
    [
        'rights to a field that is not there',
        'set',
        'Trip__c.Cost__c',
        'Trip__c.Gone__c',
        [22, /no CustomField named Trip__c\.Gone__c/],
    ],
    [
        'rights to a field twice',
        'set',
        '<editable>true</editable>\n<field>Trip__c.Cost__c',
        '<editable>false</editable>\n<field>Crew__c.Left__c',
        [20, /<fieldPermissions> of Crew__c\.Left__c is there twice/],
    ],
    [
        'rights to a detail without its master',
        'set',
        '<object>Crew__c<',
        '<object>Case<',
        [53, /Permission Read Trip__c depends on permission\(s\): Read Crew__c/],
    ],
    [
        'accounts without contacts',
        'set',
        '<object>Contact<',
        '<object>Case<',
        [26, /Permission Read Account depends on permission\(s\): Read Contact/],
    ],
    [
        'rights to an object that is not there',
        'set',
        '<object>Trip__c<',
        '<object>Gone__c<',
        [59, /no CustomObject named Gone__c found/],
    ],
    [
        'rights to a custom metadata type as if it were an object',
        'set',
        '<object>Trip__c<',
        '<object>Tip__mdt<',
        [59, /give access with <customMetadataTypeAccesses>/],
    ],
    [
        'rights to delete without those to edit',
        'set',
        '<allowDelete>false',
        '<allowDelete>true',
        [28, /<allowDelete> of Account depends on <allowEdit>/],
    ],
    ['a custom permission that is not there', 'set', '>Steer<', '>Gone<', [13, /no CustomPermission named Gone found/]],
    [
        'a custom metadata type that is not there',
        'set',
        '>Tip__mdt<',
        '>Gone__mdt<',
        [9, /no custom metadata type named Gone__mdt found/],
    ],
    ['a tab that is not there', 'set', '<tab>Crew__c<', '<tab>Gone__c<', [63, /no CustomTab named Gone__c found/]],
    [
        'an app that is not there',
        'set',
        '<application>Crews<',
        '<application>Gone<',
        [4, /no CustomApplication named Gone found/],
    ],
];

export const PAGE_VARIANTS = [
    ...[...COMPONENTS, ...PAGES, ...NAVIGATION, ...PERMISSIONS].map(changed),
    ...OTHERS.map(added),
];
