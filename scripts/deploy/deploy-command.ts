import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from '../lib/command.ts';
import type { ExitCode, Output } from '../lib/command.ts';
import { CommandError } from '../lib/errors.ts';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
import { readComponents } from './components.ts';
import type { Component, Directory } from './components.ts';
import { differences, parseMetadata } from './differences.ts';
import type { Difference } from './differences.ts';
import { isChangedByAdmins, isInstalled, planInstall } from './install-plan.ts';
import type { InstallChoices, InstallPlan } from './install-plan.ts';
import { differenceLines, nextSteps, planLines, planSummary, refusalAdvice } from './install-words.ts';
import { isThere, readContents, readInventory } from './org-components.ts';
import type { Inventory } from './org-components.ts';
import { addedValueLines, addedValues, stageAddedValues } from './picklist-values.ts';
import type { AddedValues } from './picklist-values.ts';
import { confirm } from './questions.ts';
import { withCli } from './salesforce-cli.ts';
import { inStaging, stageComponents } from './staging.ts';
import { openTarget, speaker, TARGET_HELP, TARGET_OPTIONS } from './target.ts';
import type { Target } from './target.ts';

const USAGE = `Usage: npm run deploy -- --target-org ORG [options]

Installs Success Playbooks in an org, or updates it there. Code and schema are always sent. What admins change in the
org (triggers, settings, holidays, the Account page, the app, layouts, list views, fields on Account) is sent only
where it is absent; the rest is kept and named.

  --with-account-fields      also the fields on Account that the triggers read (health, ARR, renewal, usage …)
  --without-account-fields   not those: the setting record then names the org's own fields
  --with-translations        also the translations; the org needs Translation Workbench
  --with-config              show how kept things differ from this version, ask, and send this version's
  --take NAME                as --with-config for one of them, such as Layout:Playbook__c-Playbook Layout; repeatable
  --overwrite                replace components of the same names in an org where the product is not installed
  --dry-run                  plan, and let the org check the deploy; nothing is changed
  --yes                      ask nothing
  --json                     the result as JSON on standard output

${TARGET_HELP}

Ends with 0: deployed, or the dry run passed; 1: the dry run found problems; 2: nothing done.`;

const OPTIONS = {
    ...TARGET_OPTIONS,
    'with-account-fields': { type: 'boolean', default: false },
    'without-account-fields': { type: 'boolean', default: false },
    'with-translations': { type: 'boolean', default: false },
    'with-config': { type: 'boolean', default: false },
    take: { type: 'string', multiple: true },
    overwrite: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
} as const;

/** `npm run deploy`: see USAGE. */
export async function deploy(argv: readonly string[], output: Output): Promise<ExitCode> {
    const values = readOptions(argv, OPTIONS, USAGE);
    if (values.help === true) {
        output.print(USAGE);
        return 0;
    }
    if (values['with-account-fields'] && values['without-account-fields']) {
        throw new CommandError('With the Account fields or without them?', 'Give one of the two options.');
    }
    const say = speaker(values.json, output);
    const target = await openTarget(values);
    const everything = readComponents(PROJECT_ROOT, ['main', 'account-fields', 'translations']);
    const inventory = await readInventory(target.connection, everything);
    const directories = await chooseDirectories(values, everything, inventory);
    const components = everything.filter(({ directory }) => directories.includes(directory));
    const compared = await compare(target, components, inventory);
    const added = await addedValues(target.connection, PROJECT_ROOT, components, inventory);
    const planned = (choices: InstallChoices): InstallPlan => planInstall(components, inventory, compared, choices);
    const choices = {
        take: values['with-config'] ? ('all' as const) : (values.take ?? []),
        overwrite: values.overwrite,
    };
    let plan = planned(choices);
    if (plan.obstacles.length > 0) throw new CommandError(plan.obstacles);
    if (plan.taken.length > 0) {
        differenceLines(plan.taken).forEach(say);
        // A dry run replaces nothing, so there is nothing to ask.
        const agreed = values.yes || values['dry-run'] || (await confirm(takeQuestion(plan), 'Add --yes.'));
        if (!agreed) plan = planned({ ...choices, take: [] });
    }
    [...planLines(plan, target.name, directories), ...addedValueLines(added)].forEach(say);
    const { ok, lines } = await send(target, plan, added, values['dry-run'], output);
    if (values.json) {
        const done = { org: { id: target.id, name: target.name }, dryRun: values['dry-run'], ok };
        output.print(JSON.stringify({ ...done, ...planSummary(plan), cli: lines }, null, 4));
    }
    if (!ok) {
        refusalAdvice(plan, lines).forEach((line) => output.warn(line));
        return values['dry-run'] ? 1 : 2;
    }
    say('');
    (values['dry-run']
        ? ['The org would take this deploy. Nothing was changed.']
        : nextSteps(plan, target, directories.includes('account-fields'))
    ).forEach(say);
    return 0;
}

function takeQuestion({ taken }: InstallPlan): string {
    return `Replace ${taken.length === 1 ? 'this one' : `these ${taken.length}`} in the org with this version's?`;
}

/**
 * An org that has them gets the Account fields' updates; one that does not is not given twenty fields unasked: it may have its own, which the setting record can name.
 */
async function chooseDirectories(
    values: {
        readonly 'with-account-fields': boolean;
        readonly 'without-account-fields': boolean;
        readonly 'with-translations': boolean;
    },
    components: readonly Component[],
    inventory: Inventory,
): Promise<readonly Directory[]> {
    if (values['with-translations'] && !components.some(({ directory }) => directory === 'translations')) {
        throw new CommandError('This version brings no translations.', 'Leave out --with-translations.');
    }
    if (values['with-translations'] && !inventory.has('Translations')) {
        throw new CommandError(
            'The org takes no translations: Translation Workbench is off.',
            'Turn it on (Setup → Translation Language Settings) and add German, or leave out --with-translations.',
        );
    }
    const hasFields = components.some(
        (component) =>
            component.directory === 'account-fields' &&
            component.type === 'PermissionSet' &&
            isThere(inventory, component),
    );
    const undecided = !values['with-account-fields'] && !values['without-account-fields'] && !hasFields;
    const wanted =
        undecided && !isInstalled(inventory)
            ? await confirm(
                  'Bring the fields on Account that the triggers read (health, ARR, renewal, usage …)? Say no where the org has its own.',
                  'Decide with --with-account-fields or --without-account-fields.',
              )
            : values['with-account-fields'] || (hasFields && !values['without-account-fields']);
    return [
        'main',
        ...(wanted ? (['account-fields'] as const) : []),
        ...(values['with-translations'] ? (['translations'] as const) : []),
    ];
}

/** How the org's version of everything that admins change differs from the project's. */
async function compare(
    { connection }: Target,
    components: readonly Component[],
    inventory: Inventory,
): Promise<ReadonlyMap<Component, readonly Difference[]>> {
    const existing = components.filter((component) => isChangedByAdmins(component) && isThere(inventory, component));
    const contents = await readContents(connection, existing);
    return new Map(
        existing.map((component) => {
            const file = readFileSync(join(PROJECT_ROOT, component.files[0] ?? ''), 'utf8');
            return [component, differences(contents.get(component), parseMetadata(file))];
        }),
    );
}

async function send(
    target: Target,
    plan: InstallPlan,
    added: AddedValues,
    dryRun: boolean,
    output: Output,
): Promise<{ ok: boolean; lines: readonly string[] }> {
    const sent = [...plan.added, ...plan.updated, ...plan.taken.map(({ component }) => component)];
    return inStaging(async (folder) => {
        await stageComponents(PROJECT_ROOT, folder, sent);
        await stageAddedValues(folder, added);
        // Source tracking of sandboxes would call every change in the org a conflict; what must be kept is left out already.
        const what = ['--source-dir', 'force-app', '--ignore-conflicts', '--concise', ...(dryRun ? ['--dry-run'] : [])];
        return withCli(target.org, target.connection, (cli) => cli.deploy(folder, what, (line) => output.warn(line)));
    });
}
