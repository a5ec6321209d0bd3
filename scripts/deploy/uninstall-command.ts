import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from '../lib/command.ts';
import type { ExitCode, Output } from '../lib/command.ts';
import { CommandError } from '../lib/errors.ts';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
import { queryAll, saveInBatches } from '../lib/records.ts';
import { soqlLiteral } from '../lib/soql.ts';
import { readComponents } from './components.ts';
import type { Component } from './components.ts';
import { differences, parseMetadata } from './differences.ts';
import { exportRecords } from './export-records.ts';
import { nameFor } from './install-plan.ts';
import { isThere, readContents, readInventory } from './org-components.ts';
import type { Inventory } from './org-components.ts';
import { ask } from './questions.ts';
import { planRemoval } from './removal-plan.ts';
import type { RemovalStep } from './removal-plan.ts';
import { withCli } from './salesforce-cli.ts';
import { inStaging, stageRemoval } from './staging.ts';
import { openTarget, speaker, TARGET_HELP, TARGET_OPTIONS } from './target.ts';
import type { Target } from './target.ts';

const USAGE = `Usage: npm run uninstall -- --target-org ORG [options]

Removes Success Playbooks from an org, with all its records. Exports the records first, removes assignments of the
permission sets, then deletes the components in several deploys. When it is interrupted or the org refuses a step, run
it again: it goes on where it stopped.

  --export DIR            write all records to CSV files in a new directory DIR first
  --no-export             write none: the records are lost
  --keep-account-fields   leave the fields on Account, with their list views and permission sets
  --dry-run               say what would be removed, in which order
  --yes                   do not ask for the org's name
  --json                  the result as JSON on standard output

${TARGET_HELP}

Ends with 0: removed; 1: removed in part; 2: nothing done.`;

const OPTIONS = {
    ...TARGET_OPTIONS,
    export: { type: 'string' },
    'no-export': { type: 'boolean', default: false },
    'keep-account-fields': { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
} as const;

const read = (component: Component): string =>
    component.files.map((file) => readFileSync(join(PROJECT_ROOT, file), 'utf8')).join('\n');

/** `npm run uninstall`: see USAGE. */
export async function uninstall(argv: readonly string[], output: Output): Promise<ExitCode> {
    const { values, positionals } = readArguments(argv, OPTIONS, USAGE);
    if (values.help === true) {
        output.print(USAGE);
        return 0;
    }
    if (positionals.length > 0) {
        throw new CommandError(`“${positionals[0] ?? ''}” is no option.`, USAGE);
    }
    const say = speaker(values.json, output);
    const target = await openTarget(values);
    const everything = readComponents(PROJECT_ROOT, ['main', 'account-fields', 'translations']);
    const inventory = await readInventory(target.connection, everything);
    const { leaving, staying } = await divide(target, everything, inventory, values['keep-account-fields']);
    const steps = planRemoval(leaving, inventory, read);
    if (steps.length === 0) {
        say(`There is nothing of Success Playbooks in “${target.name}”.`);
        staying.forEach(({ component, reason }) => say(`Stays: ${nameFor(component)}: ${reason}.`));
        if (values.json) output.print(JSON.stringify(summary(target, [], [], staying), null, 4));
        return 0;
    }
    say(`To be removed from “${target.name}”, in ${steps.length} deploys:`);
    steps.forEach(({ title }, index) => say(`  ${index + 1}. ${title}`));
    staying.forEach(({ component, reason }) => say(`  Stays: ${nameFor(component)}: ${reason}.`));
    if (values['dry-run']) {
        if (values.json) output.print(JSON.stringify(summary(target, [], steps, staying), null, 4));
        return 0;
    }
    const directory = await exportDirectory(values);
    await confirmByName(target, values.yes);
    if (directory !== null) await writeExport(target, steps, leaving, inventory, directory, say);
    const done = await removeAll(target, steps, output, say);
    const left = steps.slice(done);
    if (values.json) output.print(JSON.stringify(summary(target, steps.slice(0, done), left, staying), null, 4));
    closingWords(target, left, output, say);
    return left.length === 0 ? 0 : 1;
}

interface Staying {
    readonly component: Component;
    readonly reason: string;
}

/**
 * Fields on Account hold the customer's data, and an install keeps fields that the org had before under the same names. So only those go that say by their
 * description that they are ours; a field whose description an admin rewrote stays and is named.
 */
async function divide(
    { connection }: Target,
    components: readonly Component[],
    inventory: Inventory,
    keepAccountFields: boolean,
): Promise<{ leaving: Component[]; staying: Staying[] }> {
    const fields = components.filter(
        (component) => component.directory === 'account-fields' && isThere(inventory, component),
    );
    if (keepAccountFields) {
        return {
            leaving: components.filter(({ directory }) => directory !== 'account-fields'),
            staying: fields.map((component) => ({ component, reason: 'asked for with --keep-account-fields' })),
        };
    }
    const contents = await readContents(
        connection,
        fields.filter(({ type }) => type === 'CustomField'),
    );
    const foreign = [...contents].filter(([component, content]) =>
        differences(content, parseMetadata(read(component))).some(({ at }) => /^(description|type)$/.test(at)),
    );
    return {
        leaving: components.filter((component) => !foreign.some(([one]) => one === component)),
        staying: foreign.map(([component]) => ({
            component,
            reason: 'its description is not ours, so it may be your own; delete it in Setup if it is not needed',
        })),
    };
}

/** Null: no export. */
async function exportDirectory(values: {
    readonly export?: string | undefined;
    readonly 'no-export': boolean;
}): Promise<string | null> {
    if (values.export !== undefined && values['no-export']) {
        throw new CommandError('With an export or without?', 'Give --export DIR or --no-export.');
    }
    if (values['no-export']) return null;
    if (values.export !== undefined) return values.export;
    const suggestion = `playbooks-export-${new Date().toISOString().slice(0, 10)}`;
    const answer = await ask(
        `Export all records first? A directory, or “no” to lose them [${suggestion}]:`,
        'Decide with --export DIR or --no-export.',
    );
    if (/^no?$/i.test(answer)) return null;
    return answer === '' ? suggestion : answer;
}

async function confirmByName(target: Target, yes: boolean): Promise<void> {
    if (yes) return;
    const answer = await ask(`Type the org's name (${target.name}) to remove all of this:`, 'Confirm with --yes.');
    if (answer !== target.name) {
        throw new CommandError(`“${answer}” is not the org's name.`, 'Nothing was removed.');
    }
}

async function writeExport(
    target: Target,
    steps: readonly RemovalStep[],
    leaving: readonly Component[],
    inventory: Inventory,
    directory: string,
    say: (line: string) => void,
): Promise<void> {
    const going = steps.flatMap(({ components }) => components);
    const objects = going
        .filter(({ type }) => type === 'CustomObject')
        .map(({ fullName }) => fullName)
        .reverse();
    const there = leaving.filter((one) => one.type === 'CustomField' && isThere(inventory, one));
    const fields = Map.groupBy(
        there.map(({ fullName }) => fullName.split('.') as [string, string]),
        ([object]) => object,
    );
    const files = await exportRecords({
        connection: target.connection,
        objects,
        fields: new Map([...fields].map(([object, list]) => [object, list.map(([, name]) => name)])),
        directory,
        onFile: ({ object, rows }) => say(`  ${object}: ${rows} ${rows === 1 ? 'record' : 'records'}`),
    });
    say(`${files.length} files written to ${directory}; its README.txt says how to bring them back.`);
}

/** Number of steps done. */
async function removeAll(
    target: Target,
    steps: readonly RemovalStep[],
    output: Output,
    say: (line: string) => void,
): Promise<number> {
    return withCli(target.org, target.connection, async (cli) => {
        for (const [index, step] of steps.entries()) {
            say(`Step ${index + 1} of ${steps.length}: ${step.title} …`);
            await removeAssignments(target, step);
            const { ok } = await inStaging(async (folder) => {
                const removal = await stageRemoval(folder, step.components);
                const what = ['--metadata-dir', removal, '--single-package', '--concise'];
                return cli.deploy(folder, what, (line) => output.warn(line));
            });
            if (!ok) return index;
        }
        return steps.length;
    });
}

/** The platform deletes no permission set that somebody has. */
async function removeAssignments({ connection }: Target, { components }: RemovalStep): Promise<void> {
    const sets = components.filter(({ type }) => type === 'PermissionSet').map(({ fullName }) => soqlLiteral(fullName));
    if (sets.length === 0) return;
    const rows = await queryAll(
        connection,
        `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${sets.join(', ')})`,
    );
    const results = await saveInBatches(
        rows.map((row) => String(row['Id'])),
        {},
        (ids) => connection.sobject('PermissionSetAssignment').destroy(ids),
    );
    const failed = results.find((result) => !result.ok);
    if (failed?.ok === false) {
        throw new CommandError(
            `Assignments of permission sets could not be removed: ${failed.errors.map(({ message }) => message).join(' ')}`,
            'Remove them in Setup → Permission Sets → Manage Assignments, then run the uninstall again.',
        );
    }
}

function closingWords(
    { name }: Target,
    left: readonly RemovalStep[],
    output: Output,
    say: (line: string) => void,
): void {
    if (left.length > 0) {
        output.warn('');
        output.warn(`The org refused a step, so ${left.length} of the deploys are still to do:`);
        left.forEach(({ title }) => output.warn(`  ${title}`));
        output.warn(
            '  → Remove what the Salesforce CLI names above and run the uninstall again. Usual causes: the Account page is active elsewhere (Setup → Lightning App Builder → Account Success → Activation), another page holds the playbook panel, a report, flow or formula of your own uses a field, a permission set is in a permission set group.',
        );
        return;
    }
    say('');
    say(`Success Playbooks is gone from “${name}”. By hand, if you like:`);
    say(
        '  Setup → Object Manager → Deleted Objects, and Deleted Fields on Account: erase them before the 15 days are over.',
    );
    say('  Tasks and events that were linked to playbook runs remain without the link.');
}

function summary(
    target: Target,
    removed: readonly RemovalStep[],
    left: readonly RemovalStep[],
    staying: readonly Staying[],
): Record<string, unknown> {
    const names = (steps: readonly RemovalStep[]) => steps.map(({ components }) => components.map(nameFor));
    return {
        org: { id: target.id, name: target.name },
        removed: names(removed),
        left: names(left),
        staying: staying.map(({ component, reason }) => ({ name: nameFor(component), reason })),
    };
}
