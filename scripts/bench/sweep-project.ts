/** The project as the org of a large customer would have it: the benchmark's twelve triggers, a CSM for 500 accounts. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
import { escapeXml } from '../lib/xml-text.ts';
import { triggers } from './rules.ts';

const ACCOUNTS_PER_CSM = 500;
const PARTS = ['sfdx-project.json', '.forceignore', 'force-app', 'config'];
const RECORDS = 'force-app/main/default/customMetadata';
const PLAYBOOKS = ['at-risk', 'renewal', 'champion-change'];
/** Every so many triggers one is a signal, which needs no playbook. */
const SIGNALS = 4;
const HOLD_DAYS = 14;

export interface SweepProject {
    /** Usernames of the CSMs, `csm0001@bench.local` and so on. */
    readonly csms: readonly string[];
}

/** Writes the project into an empty folder. */
export function writeSweepProject(folder: string, accounts: number): SweepProject {
    mkdirSync(folder, { recursive: true });
    for (const part of PARTS) {
        cpSync(join(PROJECT_ROOT, part), join(folder, part), { recursive: true });
    }
    for (const file of readdirSync(join(folder, RECORDS)).filter((name) => name.startsWith('Playbook_Trigger.'))) {
        rmSync(join(folder, RECORDS, file));
    }
    triggers().forEach((trigger, index) => {
        const isSignal = index % SIGNALS === SIGNALS - 1;
        const record = triggerRecord(trigger.label, {
            Active__c: true,
            Kind__c: isSignal ? 'Signal' : 'Playbook',
            Priority__c: index,
            Enter_When__c: trigger.enterWhen,
            Exit_When__c: `NOT(${trigger.enterWhen})`,
            Hold_Days__c: HOLD_DAYS,
            ...(isSignal
                ? { Signal_Title__c: trigger.label, Signal_Due_Hours__c: 40 }
                : { Playbook_Key__c: PLAYBOOKS[index % PLAYBOOKS.length] ?? '' }),
        });
        writeFileSync(join(folder, RECORDS, `Playbook_Trigger.Bench_${index}.md-meta.xml`), record);
    });
    const csms = Array.from({ length: Math.max(1, Math.ceil(accounts / ACCOUNTS_PER_CSM)) }, (_, index) => {
        return `csm${String(index + 1).padStart(5, '0')}@bench.local`;
    });
    addUsers(join(folder, 'config/local-org.json'), csms);
    return { csms };
}

function triggerRecord(label: string, fields: Readonly<Record<string, string | number | boolean>>): string {
    const values = Object.entries(fields).map(([name, value]) => {
        const type = typeof value === 'string' ? 'string' : typeof value === 'number' ? 'double' : 'boolean';
        return `<values><field>${name}</field><value xsi:type="xsd:${type}">${escapeXml(String(value))}</value></values>`;
    });
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" ' +
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">' +
        `<label>${escapeXml(label)}</label><protected>false</protected>${values.join('')}</CustomMetadata>\n`
    );
}

/** As many as it takes, each like the first CSM of the local org. */
function addUsers(file: string, usernames: readonly string[]): void {
    const config = JSON.parse(readFileSync(file, 'utf8')) as { users: Record<string, unknown>[] };
    const [pattern] = config.users;
    config.users.push(...usernames.map((username) => ({ ...pattern, username, lastName: username.slice(0, 8) })));
    writeFileSync(file, JSON.stringify(config));
}
