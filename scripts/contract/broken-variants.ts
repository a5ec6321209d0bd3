/** The project with one mistake in it, in many variants, and what a deploy of each must answer. */
import type { ProjectCopy } from './project-copy.ts';

export interface BrokenVariant {
    /** The mistake. */
    readonly mistake: string;
    /** End of the path of the file that the answer names. */
    readonly file: string;
    /** What the answer says about it: what is wrong and what to do. */
    readonly says: RegExp;
    /**
     * Makes the mistake. Returns the line that the answer must name; null when it is about a file as a whole, or when the file travels as a part of
     * another (fields of an object), so that lines are those of the whole.
     */
    readonly make: (copy: ProjectCopy) => number | null;
    /** Why a real org takes it, where the local org is stricter on purpose. */
    readonly takenByRealOrgs?: string;
}

const MAIN = 'force-app/main/default';
const TRIGGER_KEY = `${MAIN}/objects/Playbook_Run__c/fields/Trigger_Key__c.field-meta.xml`;
const CSM = `${MAIN}/permissionsets/Playbook_CSM.permissionset-meta.xml`;
const LIST_VIEW = 'force-app/account-fields/main/default/objects/Account/listViews/Customer_Health.listView-meta.xml';
const PAGE = `${MAIN}/flexipages/Account_Success.flexipage-meta.xml`;
const LAYOUT = `${MAIN}/layouts/Playbook_Run__c-Playbook Run Layout.layout-meta.xml`;
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A change of a part of an object: its lines are those of the whole object. */
const inObject =
    (path: string, from: string, to: string) =>
    (copy: ProjectCopy): null => {
        copy.edit(path, from, to);
        return null;
    };

const inFile =
    (path: string, from: string, to: string, lineOfMistake = 0) =>
    (copy: ProjectCopy): number =>
        copy.edit(path, from, to) + lineOfMistake;

const fieldPermission = (field: string): string =>
    `<fieldPermissions>
        <editable>false</editable>
        <field>${field}</field>
        <readable>true</readable>
    </fieldPermissions>
    <hasActivationRequired>`;

const reportType = (columns: readonly string[]): string => `${HEAD}
<ReportType ${NAMESPACE}>
    <baseObject>Playbook_Run__c</baseObject>
    <category>accounts</category>
    <deployed>true</deployed>
    <description>Runs and their steps.</description>
    <label>Runs and Steps</label>
    <join>
        <outerJoin>false</outerJoin>
        <relationship>Step_Completions__r</relationship>
    </join>
    <sections>
${columns.join('\n')}
        <masterLabel>Runs</masterLabel>
    </sections>
</ReportType>
`;

const column = (table: string, field: string): string => `        <columns>
            <checkedByDefault>true</checkedByDefault>
            <field>${field}</field>
            <table>${table}</table>
        </columns>`;

const textField = (name: string): string => `${HEAD}
<CustomField ${NAMESPACE}>
    <fullName>${name}</fullName>
    <label>Twin</label>
    <length>10</length>
    <required>false</required>
    <type>Text</type>
</CustomField>
`;

function addReport(copy: ProjectCopy): number {
    copy.write(
        `${MAIN}/reportTypes/Runs_Steps.reportType-meta.xml`,
        reportType([column('Playbook_Run__c', 'CreatedDate')]),
    );
    copy.write(
        `${MAIN}/reports/Trial.reportFolder-meta.xml`,
        `${HEAD}\n<ReportFolder ${NAMESPACE}>\n    <name>Trial</name>\n</ReportFolder>\n`,
    );
    const report = `${HEAD}
<Report ${NAMESPACE}>
    <columns>
        <field>Playbook_Run__c$Nowhere__c</field>
    </columns>
    <format>Tabular</format>
    <name>Runs</name>
    <reportType>Runs_Steps__c</reportType>
    <scope>organization</scope>
    <showDetails>true</showDetails>
    <timeFrameFilter>
        <dateColumn>Playbook_Run__c$CreatedDate</dateColumn>
        <interval>INTERVAL_CUSTOM</interval>
    </timeFrameFilter>
</Report>
`;
    copy.write(`${MAIN}/reports/Trial/Runs.report-meta.xml`, report);
    return report.slice(0, report.indexOf('Nowhere__c')).split('\n').length;
}

function addTwins(copy: ProjectCopy): null {
    for (const object of ['Playbook_Run__c', 'Step_Completion__c']) {
        copy.write(`${MAIN}/objects/${object}/fields/Twin__c.field-meta.xml`, textField('Twin__c'));
    }
    copy.write(
        `${MAIN}/reportTypes/Runs_Steps.reportType-meta.xml`,
        reportType([column('Playbook_Run__c', 'Twin__c'), column('Playbook_Run__c.Step_Completions__r', 'Twin__c')]),
    );
    return null;
}

export const BROKEN_VARIANTS: readonly BrokenVariant[] = [
    {
        mistake: 'unknown element',
        file: 'Trigger_Key__c.field-meta.xml',
        says: /colour/,
        make: inObject(TRIGGER_KEY, '<length>', '<colour>red</colour>\n    <length>'),
    },
    {
        mistake: 'repeated element',
        file: 'Trigger_Key__c.field-meta.xml',
        says: /label/,
        make: inObject(TRIGGER_KEY, '<length>', '<label>Again</label>\n    <length>'),
    },
    {
        mistake: 'typing mistake in a value',
        file: 'Trigger_Key__c.field-meta.xml',
        says: /Txt.*Text/s,
        make: inObject(TRIGGER_KEY, '<type>Text<', '<type>Txt<'),
    },
    {
        mistake: 'text field without length',
        file: 'Trigger_Key__c.field-meta.xml',
        says: /length/,
        make: inObject(TRIGGER_KEY, '    <length>40</length>\n', ''),
    },
    {
        mistake: 'formula that does not parse',
        file: 'On_Time__c.field-meta.xml',
        says: /formula.*\)/,
        make: inObject(
            `${MAIN}/objects/Step_Completion__c/fields/On_Time__c.field-meta.xml`,
            'Due_At__c)</formula>',
            'Due_At__c</formula>',
        ),
    },
    {
        mistake: 'formula with an unknown field',
        file: 'On_Time__c.field-meta.xml',
        says: /Nowhere__c/,
        make: inObject(
            `${MAIN}/objects/Step_Completion__c/fields/On_Time__c.field-meta.xml`,
            'ISBLANK(Due_At__c)',
            'ISBLANK(Nowhere__c)',
        ),
    },
    {
        mistake: 'roll-up filter over a lookup',
        file: 'Done_Count__c.field-meta.xml',
        says: /Completed_By__c/,
        make: inObject(
            `${MAIN}/objects/Playbook_Run__c/fields/Done_Count__c.field-meta.xml`,
            'Step_Completion__c.Completion_Status__c',
            'Step_Completion__c.Completed_By__c',
        ),
    },
    {
        mistake: 'list view with a column that is not there',
        file: 'Customer_Health.listView-meta.xml',
        says: /Nowhere__c/,
        make: inObject(LIST_VIEW, 'Usage_Change__c', 'Nowhere__c'),
    },
    {
        mistake: 'permission set with a field that is not there',
        file: 'Playbook_CSM.permissionset-meta.xml',
        says: /Nowhere__c/,
        make: inFile(CSM, '<hasActivationRequired>', fieldPermission('Playbook__c.Nowhere__c'), 2),
    },
    {
        mistake: 'permission set with a required field',
        file: 'Playbook_CSM.permissionset-meta.xml',
        says: /Key__c.*required/is,
        make: inFile(CSM, '<hasActivationRequired>', fieldPermission('Playbook__c.Key__c'), 2),
    },
    {
        mistake: 'page with a component that is not there',
        file: 'Account_Success.flexipage-meta.xml',
        says: /playbookPanle/,
        make: inFile(PAGE, '<componentName>playbookPanel<', '<componentName>playbookPanle<'),
    },
    {
        mistake: 'page that sets a property which the component has not',
        file: 'Account_Success.flexipage-meta.xml',
        says: /colour/,
        make: inFile(
            PAGE,
            '<componentName>playbookPanel<',
            `<componentInstanceProperties>
                    <name>colour</name>
                    <value>red</value>
                </componentInstanceProperties>
                <componentName>playbookPanel<`,
        ),
    },
    {
        mistake: 'malformed XML',
        file: 'Account_Success.flexipage-meta.xml',
        says: /well-formed.*masterLabel/,
        make: (copy) => copy.edit(PAGE, '</masterLabel>', '</masterLable>'),
    },
    {
        mistake: 'layout with a field that is not there',
        file: 'Playbook Run Layout.layout-meta.xml',
        says: /Nowhere__c/,
        make: inFile(LAYOUT, '<field>Outcome__c<', '<field>Nowhere__c<'),
    },
    {
        mistake: 'report with a column that is not there',
        file: 'Runs.report-meta.xml',
        says: /Nowhere__c/,
        make: addReport,
    },
    {
        mistake: 'the same field name twice in one report type',
        file: 'Runs_Steps.reportType-meta.xml',
        says: /Twin__c/,
        make: addTwins,
    },
    {
        mistake: 'custom metadata value of the wrong type',
        file: 'Playbook_Trigger.At_Risk.md-meta.xml',
        says: /Priority__c/,
        make: inFile(
            `${MAIN}/customMetadata/Playbook_Trigger.At_Risk.md-meta.xml`,
            '<value xsi:type="xsd:double">10.0<',
            '<value xsi:type="xsd:string">ten<',
        ),
    },
    {
        mistake: 'app with a tab that is not there',
        file: 'Success_Playbooks.app-meta.xml',
        says: /Nowhere__c/,
        make: inFile(`${MAIN}/applications/Success_Playbooks.app-meta.xml`, '<tabs>Playbook__c<', '<tabs>Nowhere__c<'),
    },
    {
        mistake: 'component that imports a label which is not there',
        file: 'playbookWhy/labels.js',
        says: /Nowhere/,
        make: (copy) => {
            const path = `${MAIN}/lwc/playbookWhy/labels.js`;
            copy.edit(path, '', `import nowhere from '@salesforce/label/c.Nowhere';\n`);
            return 1;
        },
    },
    {
        mistake: 'JavaScript that does not compile',
        file: 'playbookWhy/playbookWhy.js',
        says: /^LWC1007: playbookWhy|^LWC1007: [^/]*Unexpected token/,
        make: (copy) => {
            copy.edit(`${MAIN}/lwc/playbookWhy/playbookWhy.js`, '', 'export { ;\n');
            return 1;
        },
    },
    {
        mistake: 'bundle without its JavaScript',
        file: 'playbookWhy',
        says: /playbookWhy\.js/,
        takenByRealOrgs: 'the platform deploys the bundle, and it is empty',
        make: (copy) => {
            copy.remove(`${MAIN}/lwc/playbookWhy/playbookWhy.js`);
            return null;
        },
    },
    {
        mistake: 'TypeScript in the package',
        file: '.ts',
        says: /TypeScript/,
        takenByRealOrgs: 'the platform keeps the files, which nothing runs',
        make: (copy) => {
            copy.edit('.forceignore', '**/*.ts\n', '');
            return null;
        },
    },
    {
        mistake: 'an Apex class',
        file: 'Trial.cls',
        says: /Apex/,
        takenByRealOrgs: 'the platform has Apex',
        make: (copy) => {
            copy.write(`${MAIN}/classes/Trial.cls`, 'public class Trial {}\n');
            copy.write(
                `${MAIN}/classes/Trial.cls-meta.xml`,
                `${HEAD}\n<ApexClass ${NAMESPACE}>\n    <apiVersion>67.0</apiVersion>\n    <status>Active</status>\n</ApexClass>\n`,
            );
            return null;
        },
    },
];
