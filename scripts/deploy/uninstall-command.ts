import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from '../lib/command.ts';
import type { ExitCode, Output } from '../lib/command.ts';
import { CommandError } from '../lib/errors.ts';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
import { DIRECTORIES, readComponents, nameFor } from './components.ts';
import type { Component } from './components.ts';
import { differences, parseMetadata } from './differences.ts';
import { exportRecords } from './export-records.ts';
import { findUses, isThere, readContents, readInventory } from './org-components.ts';
import type { Inventory } from './org-components.ts';
import { ask } from './questions.ts';
import { planRemoval } from './removal-plan.ts';
import type { RemovalStep } from './removal-plan.ts';
import { removeInSteps } from './removal.ts';
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

const sourceOf = (component: Component): string =>
    component.files.map((file) => readFileSync(join(PROJECT_ROOT, file), 'utf8')).join('\n');

/** `npm run uninstall`: see USAGE. */
export async function uninstall(argv: readonly string[], output: Output): Promise<ExitCode> {
    const values = readOptions(argv, OPTIONS, USAGE);
    if (values.help === true) {
        output.print(USAGE);
        return 0;
    }
    if (values.export !== undefined && values['no-export']) {
        throw new CommandError('With an export or without?', 'Give --export DIR or --no-export.');
    }
    const say = speaker(values.json, output);
    const target = await openTarget(values);
    const components = readComponents(PROJECT_ROOT, DIRECTORIES);
    const inventory = await readInventory(target.connection, components);
    const staying = await findStaying(target, components, inventory, values['keep-account-fields']);
    const leaving = components.filter((component) => !staying.components.includes(component));
    const steps = planRemoval(leaving, inventory, sourceOf);
    planLines(target, steps, staying).forEach(say);
    const goes = steps.length > 0 && !values['dry-run'];
    let done = 0;
    if (goes) {
        await checkUses(target, leaving);
        const directory = await exportDirectory(values);
        await confirmByName(target, values.yes);
        if (directory !== null) await writeExport(target, { steps, leaving, inventory, directory, say });
        done = await removeInSteps(target, steps, { say, fail: (line) => output.warn(line) });
    }
    const left = steps.slice(done);
    if (values.json) {
        const names = (list: readonly RemovalStep[]) => list.map((step) => step.components.map(nameFor));
        const org = { id: target.id, name: target.name };
        const stays = staying.components.map(nameFor);
        output.print(JSON.stringify({ org, removed: names(steps.slice(0, done)), left: names(left), stays }, null, 4));
    }
    if (!goes) return 0;
    if (left.length > 0) {
        refusedLines(left).forEach((line) => output.warn(line));
        return 1;
    }
    goneLines(target).forEach(say);
    return 0;
}

interface Staying {
    readonly components: readonly Component[];
    readonly reason: string;
}

/**
 * Fields on Account hold the customer's data, and an install keeps fields that the org had before under the same names. So only those go that say by their
 * description that they are ours; a field whose description an admin rewrote stays and is named.
 */
async function findStaying(
    { connection }: Target,
    components: readonly Component[],
    inventory: Inventory,
    keepAccountFields: boolean,
): Promise<Staying> {
    const onAccount = components.filter(
        (component) => component.directory === 'account-fields' && isThere(inventory, component),
    );
    if (keepAccountFields) {
        return { components: onAccount, reason: 'as --keep-account-fields says' };
    }
    const fields = onAccount.filter(({ type }) => type === 'CustomField');
    const contents = await readContents(connection, fields);
    const foreign = fields.filter((field) =>
        differences(contents.get(field), parseMetadata(sourceOf(field))).some(({ at }) =>
            /^(description|type)$/.test(at),
        ),
    );
    return {
        components: foreign,
        reason: 'their descriptions are not ours, so they may be your own; delete them in Setup if nobody needs them',
    };
}

/** Found before anything is removed: otherwise people would lose the app and their permission sets before the org refuses the rest. */
async function checkUses({ connection }: Target, leaving: readonly Component[]): Promise<void> {
    const uses = await findUses(connection, leaving);
    if (uses.length > 0) {
        throw new CommandError(
            uses.map(({ user, used }) => ({
                message: `${user} of the org uses ${used}, so it cannot be removed.`,
                action: 'Take it off there in Setup → Lightning App Builder (a page: its activation), and run the uninstall again.',
            })),
        );
    }
}

function planLines({ name }: Target, steps: readonly RemovalStep[], staying: Staying): string[] {
    const stays = staying.components.map(nameFor).join(', ');
    return [
        steps.length === 0
            ? `There is nothing of Success Playbooks to remove in “${name}”.`
            : `To be removed from “${name}”, with all records, in ${steps.length} deploys:`,
        ...steps.map(({ title }, index) => `  ${index + 1}. ${title}`),
        ...(stays === '' ? [] : [`Stays (${staying.reason}): ${stays}.`]),
    ];
}

/** Null: no export. */
async function exportDirectory(values: {
    readonly export?: string | undefined;
    readonly 'no-export': boolean;
}): Promise<string | null> {
    if (values['no-export'] || values.export !== undefined) return values.export ?? null;
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
    { connection }: Target,
    request: {
        readonly steps: readonly RemovalStep[];
        readonly leaving: readonly Component[];
        readonly inventory: Inventory;
        readonly directory: string;
        readonly say: (line: string) => void;
    },
): Promise<void> {
    const { steps, leaving, inventory, directory, say } = request;
    const objects = steps
        .flatMap(({ components }) => components)
        .filter(({ type }) => type === 'CustomObject')
        .map(({ fullName }) => fullName)
        // Details are removed first, so masters come first this way round.
        .reverse();
    const fields = leaving
        .filter((component) => component.type === 'CustomField' && isThere(inventory, component))
        .map(({ fullName }) => fullName.split('.') as [string, string]);
    const byObject = Map.groupBy(fields, ([object]) => object);
    const files = await exportRecords({
        connection,
        objects,
        fields: new Map([...byObject].map(([object, list]) => [object, list.map(([, name]) => name)])),
        directory,
        onFile: ({ object, rows }) => say(`  ${object}: ${rows} ${rows === 1 ? 'record' : 'records'}`),
    });
    say(`${files.length} files written to ${directory}; its README.txt says how to bring them back.`);
}

function refusedLines(left: readonly RemovalStep[]): string[] {
    return [
        '',
        `The org refused a step, so ${left.length === 1 ? 'one deploy is' : `${left.length} deploys are`} still to do:`,
        ...left.map(({ title }) => `  ${title}`),
        'Remove what the Salesforce CLI names above and run the uninstall again; it goes on there. Usual causes: the Account page is the',
        'default of the org (Setup → Lightning App Builder → Account Success → Activation), a report, flow or formula of your own uses a',
        'field, a permission set is part of a permission set group.',
    ];
}

function goneLines({ name }: Target): string[] {
    return [
        '',
        `Success Playbooks is gone from “${name}”. By hand:`,
        '  Before a new install within 15 days, erase Setup → Object Manager → Deleted Objects and the Deleted Fields of Account (in Salesforce',
        '  Classic): until then the names of their relationships are taken, and a deploy fails (“There is already a Child Relationship named …”).',
        '  Tasks and events that were linked to playbook runs remain, without the link.',
    ];
}
