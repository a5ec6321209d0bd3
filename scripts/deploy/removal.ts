/** Runs the steps of an uninstall: the destructive deploys, and what has to happen before them. */
import { CommandError } from '../lib/errors.ts';
import { queryAll, saveInBatches } from '../lib/records.ts';
import { soqlLiteral } from '../lib/soql.ts';
import type { RemovalStep } from './removal-plan.ts';
import { withCli } from './salesforce-cli.ts';
import { inStaging, stageRemoval } from './staging.ts';
import type { Target } from './target.ts';

export interface Telling {
    say(line: string): void;
    /** What the CLI printed of a step that the org refused. */
    fail(line: string): void;
}

/** Number of steps done: all of them, or those before the first that the org refused. */
export async function removeInSteps(target: Target, steps: readonly RemovalStep[], telling: Telling): Promise<number> {
    return withCli(target.org, target.connection, async (cli) => {
        for (const [index, step] of steps.entries()) {
            telling.say(`Step ${index + 1} of ${steps.length}: ${step.title} …`);
            await removeAssignments(target, step);
            const { ok, lines } = await inStaging(async (folder) => {
                const removal = await stageRemoval(folder, step.components);
                return cli.deploy(
                    folder,
                    ['--metadata-dir', removal, '--single-package', '--concise'],
                    () => undefined,
                );
            });
            if (!ok) {
                lines.forEach((line) => telling.fail(line));
                return index;
            }
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
        `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${sets.join(', ')}) AND PermissionSet.NamespacePrefix = null`,
    );
    const ids = rows.map((row) => row['Id']).filter((id) => typeof id === 'string');
    const results = await saveInBatches(ids, {}, (batch) =>
        connection.sobject('PermissionSetAssignment').destroy(batch),
    );
    const failed = results.find((result) => !result.ok);
    if (failed?.ok === false) {
        throw new CommandError(
            `Assignments of permission sets could not be removed: ${failed.errors.map(({ message }) => message).join(' ')}`,
            'Remove them in Setup → Permission Sets → Manage Assignments, then run the uninstall again.',
        );
    }
}
