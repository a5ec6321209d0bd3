/** How an install is told: the plan before it, the result and the next steps after it. */
import type { Component, Directory } from './components.ts';
import { describeDifferences } from './differences.ts';
import { nameFor } from './components.ts';
import type { InstallPlan } from './install-plan.ts';
import type { ExistingComponent } from './kept-notes.ts';
import { titleOf } from './removal-plan.ts';
import type { Target } from './target.ts';

/** An update that brings few new things names them; a first install counts them. */
const NAMED_AT_MOST = 20;

export function planLines(plan: InstallPlan, orgName: string, directories: readonly Directory[]): string[] {
    const { added, updated, taken, kept, same } = plan;
    const withFields = directories.includes('account-fields') ? 'with' : 'without';
    return [
        `${plan.firstInstall ? 'Installing' : 'Updating'} Success Playbooks in “${orgName}”, ${withFields} the Account fields.`,
        ...(added.length > 0 ? [`New: ${added.length > NAMED_AT_MOST ? titleOf(added) : namesOf(added)}`] : []),
        ...(updated.length > 0 ? [`Updated: ${titleOf(updated)}`] : []),
        ...(taken.length > 0
            ? [`Replaced by this version's: ${namesOf(taken.map(({ component }) => component))}`]
            : []),
        ...(same.length > 0 ? [`Kept, the same in the org: ${titleOf(same)}`] : []),
        ...(kept.length > 0 ? ['Kept, different in the org:', ...kept.map(keptLine)] : []),
        ...(kept.length > 0
            ? ["  To see the differences and take this version's: --with-config, or --take NAME for one."]
            : []),
        ...plan.notes.map((note) => `Note: ${note}`),
        '',
    ];
}

function keptLine({ component, differences }: ExistingComponent): string {
    return `  ${nameFor(component)}  (${differences.length} ${differences.length === 1 ? 'difference' : 'differences'})`;
}

function namesOf(components: readonly Component[]): string {
    return components.map(nameFor).join(', ');
}

export function differenceLines(existing: readonly ExistingComponent[]): string[] {
    return existing.flatMap(({ component, differences }) => [
        nameFor(component),
        ...describeDifferences(differences).map((line) => `  ${line.replaceAll('\n', '\n      ')}`),
        '',
    ]);
}

/** The plan for programs. */
export function planSummary(plan: InstallPlan): Record<string, unknown> {
    const names = (list: readonly Component[]) => list.map(nameFor);
    const existing = (list: readonly ExistingComponent[]) =>
        list.map(({ component, differences }) => ({ name: nameFor(component), differences }));
    return {
        firstInstall: plan.firstInstall,
        added: names(plan.added),
        updated: names(plan.updated),
        taken: existing(plan.taken),
        kept: existing(plan.kept),
        same: names(plan.same),
        notes: plan.notes,
    };
}

/** What to do when the org refused the deploy; `lines`: what the CLI printed. */
export function refusalAdvice({ kept }: InstallPlan, lines: readonly string[]): string[] {
    return [
        '',
        'The deploy failed. It is all or nothing, so the org is as it was, unless the Salesforce CLI says above that it is still running.',
        'Correct what it names and repeat.',
        // A deleted object or field keeps the name of its relationship for 15 days.
        ...(lines.some((line) => /already a Child Relationship named/i.test(line.replaceAll(/\s+/g, ' ')))
            ? [
                  'A relationship whose name is taken belongs to something of an earlier install that was deleted: erase it in Salesforce Classic,',
                  'Setup → Deleted Objects or the Deleted Fields of Account, and repeat.',
              ]
            : []),
        ...(kept.length > 0
            ? [
                  'If it names something that was kept and is too old for this version, take the new one:',
                  ...kept.map(({ component }) => `  --take "${nameFor(component)}"`),
              ]
            : []),
    ];
}

export function nextSteps(
    { firstInstall, notes }: InstallPlan,
    { org, orgOptions, connection }: Target,
    withAccountFields: boolean,
): string[] {
    const known = notes.map((note) => `Note: ${note}`);
    if (!firstInstall) return ['Success Playbooks is up to date.', ...known];
    const needsLogin = org === 'local' || org.includes('://');
    const alias = needsLogin ? 'ALIAS' : JSON.stringify(org);
    const steps = [
        [
            'Assign permission sets: Playbook_Admin to yourself, Playbook_CSM to customer success managers, Playbook_Author to',
            'those who write playbooks, Playbook_Leader to those who lead.',
            ...(withAccountFields
                ? ['All of them need Playbook_Account_Fields too; you and imports also Playbook_Account_Fields_Edit.']
                : []),
            // The CLI knows neither `local` nor an address by itself.
            ...(needsLogin
                ? [
                      `  SF_ACCESS_TOKEN=… npx sf org login access-token --no-prompt --alias ALIAS --instance-url ${connection.instanceUrl}`,
                  ]
                : []),
            `  npx sf org assign permset --name Playbook_Admin${withAccountFields ? ' --name Playbook_Account_Fields' : ''} --target-org ${alias}`,
        ],
        ...(withAccountFields
            ? []
            : [["Name the org's own figures in Setup → Custom Metadata Types → Playbook Setting → Default."]]),
        [
            'Import the playbooks, as a user with Playbook_Admin, Playbook_Author or Playbook_Integration:',
            `  npm run playbooks -- import ${orgOptions}`,
        ],
        ['Open the app Success Playbooks and an account in it.'],
    ];
    return [
        'Success Playbooks is installed. Next:',
        ...steps.flatMap((lines, index) => lines.map((line, row) => `  ${row === 0 ? `${index + 1}.` : '  '} ${line}`)),
        ...known,
    ];
}
