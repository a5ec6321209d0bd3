import type { MetadataFile, MetadataProblem } from '../metadata/files.ts';
import { checkElements } from '../metadata/element-check.ts';
import { readMetadata } from '../metadata/read-metadata.ts';
import { MetadataError, problemAt } from '../metadata/problems.ts';
import { DataError, scalar } from '../store/database.ts';
import type { Session } from '../store/session.ts';
import type { OrgStore } from '../store/store.ts';
import { checkBundles } from './bundles.ts';
import { keyOf } from './decompose.ts';
import { destroy } from './destroy.ts';
import { failed, failureOf, success, type DeployMessage, type DeployOutcome } from './message.ts';
import { merge } from './merge.ts';
import { named, readPackage, type DeployPackage } from './package.ts';
import { ZipError } from './unzip.ts';

export interface DeployOptions {
    /** Finds what a deploy would find, and changes nothing. */
    readonly checkOnly: boolean;
    /** Kept for the answer: the local org's only warning, a deletion of what is not there, fails nothing either way. */
    readonly ignoreWarnings: boolean;
}

export interface DeployTask {
    readonly zip: Buffer;
    readonly options: DeployOptions;
    readonly by: Session;
}

/**
 * Puts the metadata of a zip into the org, all or nothing. Never throws for what is wrong with the zip: that is in the outcome. Also says which paths
 * have changed. `record` keeps the outcome of a success in the same transaction, so that the two are never told apart by a crash.
 */
export async function deploy(
    store: OrgStore,
    { zip, options, by }: DeployTask,
    record: (outcome: DeployOutcome) => void,
): Promise<DeployOutcome & { readonly changedPaths: readonly string[] }> {
    let content: DeployPackage;
    try {
        content = await readPackage(zip);
    } catch (error) {
        if (!(error instanceof ZipError)) {
            throw error;
        }
        const component = { componentType: '', fullName: 'package.xml', fileName: 'package.xml' };
        return { successes: [], failures: [failed(component, error.message)], total: 0, changedPaths: [] };
    }
    const before = store.files();
    const { files, successes, failures } = plan(before, content, (set) => isAssignedSet(store, set));
    failures.push(...untranslatable(store, content));
    // All mistakes at once; what is wrong with a line is said once.
    const { schema, problems } = readMetadata(files, store.apiVersion);
    failures.push(
        ...withoutDoubles(problems.map((problem) => attributed(problem, content))).filter(
            (other) => !failures.some((failure) => followsFrom(other, failure)),
        ),
        ...(await checkBundles(content.components, problems.length === 0 ? schema : null)),
    );
    if (failures.length > 0) {
        return { successes: [], failures, total: countOf([...successes, ...failures]), changedPaths: [] };
    }
    const outcome = { successes, failures, total: successes.length, changedPaths: differing(before, files) };
    try {
        store.transaction(() => {
            const deployed = new Set(content.components.flatMap((one) => one.files.map((file) => file.path)));
            store.install(files, 'deploy', { checkOnly: options.checkOnly, by, deployed });
            record(outcome);
        });
        return outcome;
    } catch (error) {
        const refusals = refusedBy(error, content);
        return { successes: [], failures: refusals, total: successes.length, changedPaths: [] };
    }
}

function countOf(messages: readonly DeployMessage[]): number {
    return new Set(messages.map(({ componentType, fullName }) => keyOf({ type: componentType, fullName }))).size;
}

/** Whether a mistake is an echo of one of an element: on the same line, or about the value that is none. */
function followsFrom(other: DeployMessage, { fileName, lineNumber, fullName, problem = '' }: DeployMessage): boolean {
    if (other.fileName !== fileName) {
        return false;
    }
    const invalid = /^'(.+)' is not a valid value for the enum/.exec(problem)?.[1];
    const isAboutIt =
        invalid !== undefined && other.fullName === fullName && (other.problem ?? '').split(/[^\w]+/).includes(invalid);
    return other.lineNumber === lineNumber || isAboutIt;
}

/** Translations in an org without Translation Workbench, which is off in a new one. */
function untranslatable(store: OrgStore, { components }: DeployPackage): readonly DeployMessage[] {
    if (store.config.organization.translationWorkbench === true) {
        return [];
    }
    const remedy = 'Switch on Translation Workbench in Setup, Translation Settings, or deploy without translations.';
    return components
        .filter(({ type }) => type === 'Translations')
        .map((component) => failed(named(component), `Not available for deploy for this organization. ${remedy}`));
}

/** A deletion under several references of one component is told once. */
function withoutDoubles(failures: readonly DeployMessage[]): readonly DeployMessage[] {
    return [...new Map(failures.map((failure) => [JSON.stringify(failure), failure])).values()];
}

function isAssignedSet(store: OrgStore, name: string): boolean {
    const sql =
        'SELECT 1 FROM "PermissionSetAssignment" a JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId" WHERE s."Name" = ?';
    return scalar(store.db, sql, name) !== undefined;
}

interface Plan {
    /** What the org would have after the deploy. */
    readonly files: readonly MetadataFile[];
    readonly successes: readonly DeployMessage[];
    readonly failures: DeployMessage[];
}

function plan(org: readonly MetadataFile[], content: DeployPackage, isAssigned: (set: string) => boolean): Plan {
    const failures: DeployMessage[] = [...content.failures];
    const successes: DeployMessage[] = [];
    let files = org;
    const remove = (manifests: DeployPackage['before']): void => {
        for (const manifest of manifests) {
            const destroyed = destroy(files, manifest, isAssigned);
            files = destroyed.files;
            successes.push(...destroyed.successes);
            failures.push(...destroyed.failures);
        }
    };
    remove(content.before);
    const { changes, files: withNew } = merge(files, content.components);
    files = withNew;
    const brought = new Set(content.components.flatMap((component) => component.files));
    failures.push(...[...brought].flatMap(checkElements).map(failureOf));
    successes.push(
        ...content.components.map((component) =>
            success(named(component), changes.get(keyOf(component)) ?? 'unchanged'),
        ),
    );
    remove(content.after);
    return { files, successes, failures };
}

function differing(before: readonly MetadataFile[], after: readonly MetadataFile[]): readonly string[] {
    const old = new Map(before.map((file) => [file.path, file.content]));
    const now = new Map(after.map((file) => [file.path, file.content]));
    return [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path));
}

/**
 * A mistake in a deployed file is that component's. One in a file that the org had before comes from the deploy all the same: it refers to what a
 * deletion takes away, or to what was changed under it.
 */
function attributed(problem: MetadataProblem, content: DeployPackage): DeployMessage {
    const isDeployed = content.components.some((component) => keyOf(component) === keyOf(problem));
    const deletions = [...content.before, ...content.after];
    const [deletion] = deletions;
    if (isDeployed || !deletion) {
        return failureOf(problem);
    }
    const referrer = `${problem.type} ${problem.fullName}`;
    for (const { shown, members } of deletions) {
        const member = members.find(({ fullName }) => mentions(problem.message, fullName));
        if (member) {
            const component = { componentType: member.type, fullName: member.fullName, fileName: shown };
            return failed(
                component,
                `This ${member.type} is referenced elsewhere in Salesforce. Remove the usage and try again. : ${referrer} - ${problem.message}`,
                member,
            );
        }
    }
    const component = { componentType: problem.type, fullName: problem.fullName, fileName: deletion.shown };
    return failed(component, `${referrer} refers to something that is deleted: ${problem.message}`);
}

/** By its full name, or that of a part without its object. */
function mentions(message: string, fullName: string): boolean {
    const words = message.split(/[^\w.]+|\.(?!\w)/);
    return [fullName, fullName.slice(fullName.lastIndexOf('.') + 1)].some((name) => words.includes(name));
}

/** What the install refuses, mostly because of the records that are there. */
function refusedBy(error: unknown, content: DeployPackage): readonly DeployMessage[] {
    if (error instanceof MetadataError) {
        return withoutDoubles(error.problems.map((problem) => attributed(problem, content)));
    }
    if (error instanceof DataError) {
        return error.problems.map(({ field, message }) =>
            field
                ? failureOf(problemAt(field.source, message))
                : failed({ componentType: '', fullName: 'package.xml', fileName: content.shown }, message),
        );
    }
    throw error;
}
