import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PROJECT_ROOT } from '../../lib/project-metadata.ts';
import { componentsOf, DIRECTORIES, readComponents, nameFor } from '../components.ts';
import type { Component } from '../components.ts';
import type { Difference } from '../differences.ts';
import { planInstall } from '../install-plan.ts';
import type { Inventory } from '../org-components.ts';
import { refusalAdvice } from '../install-words.ts';
import { manifest, planRemoval } from '../removal-plan.ts';

const project = readComponents(PROJECT_ROOT, DIRECTORIES);
const sourceOf = (component: Component) =>
    component.files.map((file) => readFileSync(join(PROJECT_ROOT, file), 'utf8')).join('\n');

function inventoryOf(components: readonly Pick<Component, 'type' | 'fullName'>[]): Inventory {
    const byType = Map.groupBy(components, ({ type }) => type);
    return new Map([...byType].map(([type, list]) => [type, new Set(list.map(({ fullName }) => fullName))]));
}

const component = (name: string): Component => {
    const found = project.find((one) => nameFor(one) === name);
    assert.ok(found, `the project has no ${name}`);
    return found;
};
const changed = (at: string): Difference[] => [{ at, inOrg: 'theirs', inProject: 'ours' }];
const plan = (
    inventory: Inventory,
    compared: ReadonlyMap<Component, readonly Difference[]> = new Map(),
    choices: Partial<Parameters<typeof planInstall>[3]> = {},
) => planInstall(project, inventory, compared, { take: [], overwrite: false, ...choices });

test('components are named as the Metadata API names them', () => {
    const paths = {
        'force-app/main/default/objects/A__c/fields/F__c.field-meta.xml': ['CustomField:A__c.F__c'],
        'force-app/main/default/objects/A__c/A__c.object-meta.xml': ['CustomObject:A__c'],
        'force-app/main/default/layouts/A__c-A %28x%29 Layout.layout-meta.xml': ['Layout:A__c-A (x) Layout'],
        'force-app/main/default/customMetadata/T.R.md-meta.xml': ['CustomMetadata:T.R'],
        'force-app/main/default/lwc/one/parts/two.ts': ['LightningComponentBundle:one'],
        'force-app/main/default/reports/Runs.reportFolder-meta.xml': ['ReportFolder:Runs'],
        'force-app/main/default/reports/Runs/All.report-meta.xml': ['Report:Runs/All'],
        'force-app/translations/main/default/translations/de.translation-meta.xml': ['Translations:de'],
    };
    for (const [path, names] of Object.entries(paths)) {
        assert.deepEqual(componentsOf([path], () => '').map(nameFor), names);
    }
    const labels = '<CustomLabels><labels><fullName>One</fullName></labels></CustomLabels>';
    const file = 'force-app/main/default/labels/CustomLabels.labels-meta.xml';
    assert.deepEqual(componentsOf([file], () => labels).map(nameFor), ['CustomLabel:One']);
    assert.throws(() => componentsOf(['force-app/main/default/classes/A.cls'], () => ''), /A\.cls/);
});

test('nothing that stays in the repository is part of a component', () => {
    const files = project.flatMap((one) => one.files);
    assert.deepEqual(
        files.filter((file) => /__tests__|tsconfig|eslintrc|\.js$/.test(file)),
        [],
    );
});

test('a first install sends everything', () => {
    const { firstInstall, added, updated, kept, obstacles } = plan(new Map());
    assert.equal(firstInstall, true);
    assert.equal(added.length, project.length);
    assert.deepEqual([updated, kept, obstacles], [[], [], []]);
});

test('an update sends code and schema, and keeps what admins changed', () => {
    const trigger = component('CustomMetadata:Playbook_Trigger.Renewal');
    const page = component('FlexiPage:Account_Success');
    const label = component('CustomField:Account.ARR__c');
    const added = component('CustomField:Playbook_Run__c.Cause__c');
    const inventory = inventoryOf(project.filter((one) => one !== added));
    const compared = new Map([
        [trigger, changed('Active__c')],
        [page, changed('masterLabel')],
        [label, changed('label')],
    ]);
    const update = plan(inventory, compared);
    assert.equal(update.firstInstall, false);
    assert.deepEqual(update.added, [added]);
    assert.deepEqual(new Set(update.kept.map((one) => one.component)), new Set([trigger, page, label]));
    assert.ok(update.updated.includes(component('PermissionSet:Playbook_CSM')));
    assert.ok(update.updated.includes(component('CustomField:Playbook_Run__c.Reason__c')));
    assert.ok(update.same.includes(component('CustomApplication:Success_Playbooks')));
    assert.deepEqual(update.obstacles, []);

    const one = plan(inventory, compared, { take: ['FlexiPage:Account_Success'] });
    assert.deepEqual(
        one.taken.map((entry) => entry.component),
        [page],
    );
    assert.equal(one.kept.length, 2);
    assert.equal(plan(inventory, compared, { take: 'all' }).kept.length, 0);
    assert.match(
        plan(inventory, compared, { take: ['Nothing'] }).obstacles[0]?.message ?? '',
        /nothing called Nothing/,
    );
});

test('a field of the org of another kind stops the deploy in words, before it', () => {
    const segment = component('CustomField:Account.Segment__c');
    const differences = [{ at: 'type', inOrg: 'Text', inProject: 'Picklist' }];
    const { obstacles } = plan(inventoryOf([segment]), new Map([[segment, differences]]));
    assert.match(obstacles[0]?.message ?? '', /Account\.Segment__c .*type Text there, Picklist here/);
});

test('components of our names in an org without the product are not overwritten unasked', () => {
    const inventory = inventoryOf([{ type: 'LightningComponentBundle', fullName: 'formula' }]);
    assert.match(plan(inventory).obstacles[0]?.message ?? '', /LightningComponentBundle:formula/);
    assert.deepEqual(plan(inventory, new Map(), { overwrite: true }).obstacles, []);
});

test('a name that a deleted object still holds is explained', () => {
    const refused = ['│ Error │ There is already a Child Relationship named Playbook_Runs on Account. (3:13) │'];
    assert.match(refusalAdvice(plan(new Map()), refused).join('\n'), /erase it in Salesforce Classic/);
    assert.doesNotMatch(refusalAdvice(plan(new Map()), ['another reason']).join('\n'), /erase/);
});

test('an org with German texts of its own may get ours', () => {
    assert.deepEqual(plan(inventoryOf([{ type: 'Translations', fullName: 'de' }])).obstacles, []);
});

test('an app that lost the activation of the Account page is named', () => {
    const app = component('CustomApplication:Success_Playbooks');
    const at = 'actionOverrides[View, Account, Large].content';
    const missing = [{ at, inOrg: null, inProject: 'Account_Success' }];
    assert.match(plan(inventoryOf(project), new Map([[app, missing]])).notes[0] ?? '', /Lightning App Builder/);
    assert.deepEqual(plan(inventoryOf(project), new Map([[app, changed('tabs')]])).notes, []);
});

test('a record and an app that stay as they are do without what is new, and the admin hears of it', () => {
    const setting = component('CustomMetadata:Playbook_Setting.Default');
    const app = component('CustomApplication:Success_Playbooks');
    const news = [component('CustomField:Playbook_Setting__mdt.Capacity__c'), component('CustomTab:Playbook_Sweep__c')];
    const missing = (at: string, inProject: string): Difference => ({ at, inOrg: null, inProject });
    const compared = new Map([
        [setting, [missing('Capacity__c', '10'), missing('Champion_Field__c', 'Champion__c')]],
        [app, [missing('tabs', 'Playbook_Sweep__c'), missing('tabs', 'Playbook__c')]],
    ]);
    const { notes } = plan(inventoryOf(project.filter((one) => !news.includes(one))), compared);
    assert.equal(notes.length, 2);
    assert.ok(notes.some((note) => note.includes('does not show the new tabs Playbook_Sweep__c. ')));
    // What the admin left blank before is no news.
    assert.ok(notes.some((note) => note.includes('new ones: Capacity__c (here: 10). ')));
    assert.deepEqual(plan(inventoryOf(project), compared).notes, []);
});

test('what refers to something is removed in an earlier deploy than that', () => {
    const steps = planRemoval(project, inventoryOf(project), sourceOf);
    const stepOf = (name: string) =>
        steps.findIndex(({ components }) => components.some((one) => nameFor(one) === name));
    const orders = [
        ['CustomApplication:Success_Playbooks', 'FlexiPage:Account_Success', 'LightningComponentBundle:playbookPanel'],
        ['CustomTab:Playbook_Worklist', 'FlexiPage:Playbook_Worklist', 'LightningComponentBundle:playbookWorklist'],
        ['LightningComponentBundle:playbookPanel', 'LightningComponentBundle:playbookStep'],
        ['LightningComponentBundle:playbookEngine', 'LightningComponentBundle:formula'],
        [
            'CustomField:Playbook_Run__c.Late_Count__c',
            'CustomObject:Step_Completion__c',
            'CustomObject:Playbook_Run__c',
        ],
        ['CustomObject:Playbook_Run__c', 'CustomObject:Playbook_Version__c', 'CustomObject:Playbook__c'],
        ['CustomObject:Playbook_Resource__c', 'CustomObject:Playbook_Step__c'],
        ['CustomMetadata:Playbook_Trigger.Renewal', 'CustomObject:Playbook_Trigger__mdt'],
        [
            'ListView:Account.Customer_Health',
            'CustomField:Account.Usage_Change__c',
            'CustomField:Account.Usage_Current__c',
        ],
        ['LightningComponentBundle:playbookStep', 'CustomLabel:Playbook_Cancel'],
        [
            'Dashboard:Success_Playbooks/Playbook_Coaching',
            'Report:Success_Playbooks/On_Time_by_CSM',
            'ReportType:Playbook_Steps',
            'CustomField:Step_Completion__c.Run_Saved__c',
            'CustomField:Playbook_Run__c.Is_Saved__c',
            'CustomField:Playbook_Run__c.Worked__c',
            'CustomField:Playbook_Run__c.First_Contact_At__c',
            'CustomObject:Step_Completion__c',
        ],
        ['CustomField:Playbook_Run__c.CSM_Shown__c', 'CustomMetadata:Playbook_Setting.Default'],
        ['CustomObject:Step_Completion__c', 'CustomPermission:Playbook_Record_Past'],
    ];
    for (const order of orders) {
        const places = order.map(stepOf);
        assert.ok(!places.includes(-1), `${order.join(', ')}: removed in steps ${places.join(', ')}`);
        assert.deepEqual(
            places,
            [...new Set(places)].sort((one, other) => one - other),
            order.join(' before '),
        );
    }
});

test('all that an install brings goes, by name or with its object', () => {
    const gone = new Set(
        planRemoval(project, inventoryOf(project), sourceOf).flatMap((step) => step.components.map(nameFor)),
    );
    const left = project.filter((one) => {
        const object = /^(\w+)[.-]/.exec(one.fullName)?.[1] ?? '';
        return !gone.has(nameFor(one)) && !gone.has(`CustomObject:${object}`);
    });
    assert.deepEqual(
        left.map(({ type }) => type),
        ['Translations'],
    );
});

test('an interrupted uninstall goes on with what is left, and takes records that admins added', () => {
    const left = [
        { type: 'CustomObject', fullName: 'Playbook__c' },
        { type: 'CustomMetadata', fullName: 'Playbook_Trigger.Our_Own' },
        { type: 'CustomMetadata', fullName: 'Other_Type.Record' },
    ];
    const steps = planRemoval(project, inventoryOf(left), sourceOf);
    assert.deepEqual(
        steps.map(({ components }) => components.map(nameFor)),
        [['CustomMetadata:Playbook_Trigger.Our_Own'], ['CustomObject:Playbook__c']],
    );
    assert.deepEqual(planRemoval(project, new Map(), sourceOf), []);
});

test('a manifest names components by type', () => {
    const xml = manifest(
        [
            { type: 'ReportFolder', fullName: 'Runs' },
            { type: 'CustomField', fullName: 'A__c.B__c' },
        ],
        '67.0',
    );
    assert.match(xml, /<members>Runs<\/members>\s*<name>Report<\/name>/);
    assert.match(xml, /<members>A__c\.B__c<\/members>\s*<name>CustomField<\/name>/);
    assert.match(xml, /<version>67\.0<\/version>/);
});
