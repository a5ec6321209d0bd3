import { createRequire } from 'node:module';
import type TypeScript from 'typescript';
import type { MetadataFile } from '../metadata/files.ts';
import { followPath } from '../metadata/paths.ts';
import type { Schema } from '../metadata/schema.ts';
import type { DeployedComponent } from './decompose.ts';

interface Import {
    /** `@salesforce/label/c.Hello`. */
    readonly name: string;
    /** In the code, from 1. */
    readonly line: number;
    readonly column: number;
}

interface ImportContext {
    readonly file: MetadataFile;
    readonly bundle: DeployedComponent;
    /** Of the org as it would be. */
    readonly schema: Schema;
}

const require = createRequire(import.meta.url);

/** The modules that a script imports, statically, by re-export or dynamically. */
export function importsOf(code: string): readonly Import[] {
    const ts = require('typescript') as typeof TypeScript; // Loaded when a bundle is deployed.
    return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName, pos }) => {
        const before = code.slice(0, pos).split('\n');
        return { name: fileName, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    });
}

/** Why an import leads nowhere, in the platform's words where they are known; null when it leads somewhere. */
export function importProblem(name: string, context: ImportContext): string | null {
    if (name.startsWith('.')) {
        return relativeProblem(name, context);
    }
    const [scope = '', kind = '', ...rest] = name.split('/');
    if (scope === '@salesforce') {
        return platformProblem(kind, rest.join('/'), context);
    }
    if (scope === 'c') {
        return context.schema.components.has(kind)
            ? null
            : `No MODULE named markup://c:${kind} found : [markup://c:${context.bundle.fullName}]. Deploy that component along, or correct the name.`;
    }
    // Which modules of Lightning there are is not known here; only the platform refuses a name among them that it does not have.
    return scope === 'lightning' || name === 'lwc' || scope === '@lwc'
        ? null
        : `Invalid import '${name}': a component imports from lwc, lightning, c, @salesforce and its own folder. Put the code into a bundle.`;
}

function relativeProblem(name: string, { file, bundle }: ImportContext): string | null {
    const target = new URL(name, `file:///${file.path}`).pathname.slice(1);
    const found = bundle.files.some(({ path }) => [target, `${target}.js`].includes(path));
    return found
        ? null
        : `Unable to resolve "${name}" in ${file.shown}; the bundle has no such file. Add it, or correct the path.`;
}

function platformProblem(kind: string, name: string, { file, schema }: ImportContext): string | null {
    const invalid = (type: string): string =>
        `Invalid reference ${name} of type ${type} in file ${file.path.slice(file.path.lastIndexOf('/') + 1)}. Add it to the deploy, or correct the name.`;
    switch (kind) {
        case 'label':
            return name.startsWith('c.') && schema.labels.has(name.slice(2)) ? null : invalid('label');
        case 'schema':
            return schemaProblem(name, schema, invalid);
        case 'customPermission':
            return schema.customPermissions.includes(name) ? null : invalid('customPermission');
        case 'user':
            return ['Id', 'isGuest'].includes(name) ? null : invalid('user');
        case 'apex':
        case 'apexContinuation':
            return `Unable to find Apex action class referenced as '${name}'. The local org holds no Apex; take the import out.`;
        case 'i18n':
        case 'client':
        case 'userPermission':
        case 'resourceUrl':
            return null; // Static resources are looked up by name at run time.
        default:
            return `The local org has no modules @salesforce/${kind}; take the import out.`;
    }
}

/** `Account`, `Account.Tier__c`, `Stop__c.Route__r.Code__c`. */
function schemaProblem(name: string, schema: Schema, invalid: (type: string) => string): string | null {
    const [objectName = '', ...path] = name.split('.');
    const object = schema.objects.get(objectName);
    if (!object) {
        return invalid('sobject');
    }
    return path.length === 0 || followPath(schema.objects, object, path.join('.')) ? null : invalid('sobjectField');
}
