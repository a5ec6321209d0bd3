import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startOrg, type TestOrg } from '../../__tests__/fixture.ts';
import { deployTo, manifest, metadata, type ZipContent } from './packages.ts';

const META = metadata(
    'LightningComponentBundle',
    '<apiVersion>67.0</apiVersion>',
    '<isExposed>true</isExposed>',
    '<targets>',
    '<target>lightning__RecordPage</target>',
    '</targets>',
);
const script = (body: string, imports = ''): string =>
    `import { LightningElement, api } from 'lwc';\n${imports}\nexport default class Greeting extends LightningElement {\n${body}\n}\n`;

function bundle(name: string, files: ZipContent): ZipContent {
    return {
        'package.xml': manifest({ LightningComponentBundle: [name] }),
        [`lwc/${name}/${name}.js-meta.xml`]: META,
        ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`lwc/${name}/${file}`, text])),
    };
}

/** The org of the small project: Account.Score__c, Route__c, Stop__c with a lookup to Route__c. */
let org: TestOrg | null = null;
const theOrg = async (): Promise<TestOrg> => (org ??= await startOrg());

const imports = (name: string): ZipContent =>
    bundle('greeting', { 'greeting.js': script('', `import x from '${name}';`) });

const REFUSED: readonly (readonly [
    name: string,
    content: ZipContent,
    file: string,
    line: number | null,
    problem: RegExp,
])[] = [
    [
        'JavaScript that does not parse',
        bundle('greeting', { 'greeting.js': 'export default class {\n  a b\n}' }),
        'greeting.js',
        2,
        /^\[Line: 2, Col: \d+\] LWC\d+/,
    ],
    [
        'a decorator that LWC refuses',
        bundle('greeting', { 'greeting.js': script('@api @track both;') }),
        'greeting.js',
        null,
        /LWC\d+/,
    ],
    [
        'a template with an unknown directive',
        bundle('greeting', {
            'greeting.js': script(''),
            'greeting.html': '<template>\n<p lwc:nothing></p>\n</template>',
        }),
        'greeting.html',
        2,
        /LWC\d+/,
    ],
    [
        'a template of two roots',
        bundle('greeting', { 'greeting.js': script(''), 'greeting.html': '<template></template>\n<p></p>' }),
        'greeting.html',
        null,
        /LWC\d+/,
    ],
    [
        'TypeScript',
        bundle('greeting', { 'greeting.js': script(''), 'greeting.ts': 'const a: number = 1;' }),
        'greeting.ts',
        null,
        /TypeScript is not deployed/,
    ],
    [
        'no JavaScript',
        bundle('greeting', { 'greeting.html': '<template></template>' }),
        'greeting.js-meta.xml',
        null,
        /Cannot find .* greeting\.js\. Build/,
    ],
    [
        'files of another kind',
        bundle('greeting', { 'greeting.js': script(''), 'notes.md': '' }),
        'notes.md',
        null,
        /holds files of the kinds/,
    ],
    [
        'an unknown label',
        imports('@salesforce/label/c.Nothing'),
        'greeting.js',
        2,
        /Invalid reference c\.Nothing of type label in file greeting\.js/,
    ],
    ['an unknown component', imports('c/nothing'), 'greeting.js', 2, /No MODULE named markup:\/\/c:nothing found/],
    [
        'an unknown component in a template',
        bundle('greeting', {
            'greeting.js': script(''),
            'greeting.html': '<template>\n<c-not-there></c-not-there>\n</template>',
        }),
        'greeting.html',
        2,
        /No MODULE named markup:\/\/c:notThere found/,
    ],
    [
        'an unknown object',
        imports('@salesforce/schema/Plane__c'),
        'greeting.js',
        2,
        /Invalid reference Plane__c of type sobject/,
    ],
    [
        'an unknown field',
        imports('@salesforce/schema/Account.Plane__c'),
        'greeting.js',
        2,
        /Invalid reference Account\.Plane__c of type sobjectField/,
    ],
    [
        'an unknown field of a parent',
        imports('@salesforce/schema/Stop__c.Route__r.Plane__c'),
        'greeting.js',
        2,
        /sobjectField/,
    ],
    [
        'Apex',
        imports('@salesforce/apex/Planes.list'),
        'greeting.js',
        2,
        /Apex action class referenced as 'Planes\.list'/,
    ],
    ['an unknown custom permission', imports('@salesforce/customPermission/Fly'), 'greeting.js', 2, /customPermission/],
    ['a package of npm', imports('lodash'), 'greeting.js', 2, /Invalid import 'lodash'/],
    ['a file of its own that is not there', imports('./other'), 'greeting.js', 2, /Unable to resolve "\.\/other"/],
    [
        'a property that its class has not',
        {
            ...bundle('greeting', { 'greeting.js': script('@api label;\nsecret;') }),
            'lwc/greeting/greeting.js-meta.xml': META.replace(
                '</targets>',
                '</targets><targetConfigs><targetConfig targets="lightning__RecordPage"><property name="label" type="String"/><property name="secret" type="String"/></targetConfig></targetConfigs>',
            ),
        },
        'greeting.js-meta.xml',
        null,
        /no property secret with @api/,
    ],
];

describe('a bundle', () => {
    it('of sound files is taken, whatever it rightly refers to', async () => {
        const found = [
            '@salesforce/schema/Stop__c.Route__r.Name',
            '@salesforce/schema/Account.Score__c',
            '@salesforce/schema/Route__c',
            '@salesforce/user/Id',
            '@salesforce/i18n/locale',
            'lightning/uiRecordApi',
            './words',
            'c/other',
        ].map((name, index) => `import * as i${index} from '${name}';`);
        const { status, failures } = await deployTo(await theOrg(), {
            ...bundle('other', { 'other.js': 'export const a = 1;' }),
            ...bundle('greeting', {
                'greeting.js': script('@api label;', found.join('\n')),
                'greeting.html':
                    '<template><p>{label}</p><lightning-icon icon-name="utility:check"></lightning-icon></template>',
                'greeting.css': 'p { color: red; }',
                'words.js': 'export const hello = "hello";',
                'greeting.svg': '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
            }),
            'package.xml': manifest({ LightningComponentBundle: ['greeting', 'other'] }),
        });
        assert.deepEqual([status, failures], ['Succeeded', []]);
    });

    it('that is deployed again loses the files that are gone', async () => {
        const { org: local } = await theOrg();
        assert.ok(local.store.files().some(({ path }) => path === 'lwc/greeting/words.js'));
        await deployTo(await theOrg(), bundle('greeting', { 'greeting.js': script('') }));
        assert.ok(!local.store.files().some(({ path }) => path === 'lwc/greeting/words.js'));
    });

    for (const [name, content, file, line, problem] of REFUSED) {
        it(`with ${name} fails`, async () => {
            const { status, failures } = await deployTo(await theOrg(), content);
            assert.equal(status, 'Failed');
            const found = failures.find((one) => problem.test(one.problem));
            assert.ok(found, JSON.stringify(failures));
            assert.deepEqual([found.type, found.name], ['LightningComponentBundle', 'greeting']);
            assert.ok(found.file.endsWith(file), found.file);
            if (line !== null) {
                assert.equal(found.line, line);
            }
        });
    }
});
