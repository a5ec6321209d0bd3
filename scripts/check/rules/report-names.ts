import type { Finding, Project } from '../project.ts';

/** Objects that one report type can join, along master-detail and lookup fields. */
const MEETINGS = [
    ['Account', 'Playbook_Run__c', 'Step_Completion__c', 'Playbook__c', 'Playbook_Version__c', 'Playbook_Step__c'],
    ['Playbook__c', 'Playbook_Version__c', 'Playbook_Step__c', 'Playbook_Resource__c'],
];

/** Two objects that meet in a report type share no field name: the platform would show only one of the two. */
export function reportNames(project: Project): Finding[] {
    const findings = new Map<string, Finding>();
    for (const objects of MEETINGS) {
        const owners = new Map<string, string>();
        for (const object of objects) {
            for (const field of project.fields.get(object)?.values() ?? []) {
                const owner = owners.get(field.name);
                if (owner === undefined) owners.set(field.name, object);
                else {
                    const what = `${owner} has a field ${field.name} too, and the two meet in reports`;
                    findings.set(`${owner} ${field.path}`, { file: field.path, what, todo: 'rename one of them' });
                }
            }
        }
    }
    return [...findings.values()];
}
