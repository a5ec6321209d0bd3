import type { MetadataProblem } from '../metadata/files.ts';

/** What a deploy says of one component, or of one of its mistakes: the Metadata API's DeployMessage without its dates. */
export interface DeployMessage {
    /** `CustomField`; empty for a manifest. */
    readonly componentType: string;
    readonly fullName: string;
    /** As in the zip. */
    readonly fileName: string;
    readonly created: boolean;
    readonly changed: boolean;
    readonly deleted: boolean;
    readonly success: boolean;
    readonly problem?: string;
    readonly problemType?: 'Error' | 'Warning';
    readonly lineNumber?: number;
    readonly columnNumber?: number;
}

/** What a deploy has come to. It changed nothing when there are failures. */
export interface DeployOutcome {
    readonly successes: readonly DeployMessage[];
    readonly failures: readonly DeployMessage[];
    /** Components that the deploy was about. */
    readonly total: number;
}

type Named = Pick<DeployMessage, 'componentType' | 'fullName' | 'fileName'>;

export function success(
    component: Named,
    what: 'created' | 'changed' | 'deleted' | 'unchanged',
    warning?: string,
): DeployMessage {
    return {
        ...component,
        created: what === 'created',
        changed: what !== 'unchanged',
        deleted: what === 'deleted',
        success: true,
        ...(warning === undefined ? {} : { problem: warning, problemType: 'Warning' }),
    };
}

export function failed(
    component: Named,
    problem: string,
    place: { readonly line: number | null; readonly column: number | null } = { line: null, column: null },
): DeployMessage {
    return {
        ...component,
        created: false,
        changed: false,
        deleted: false,
        success: false,
        problem,
        problemType: 'Error',
        ...(place.line === null ? {} : { lineNumber: place.line, columnNumber: place.column ?? 1 }),
    };
}

export function failureOf(problem: MetadataProblem): DeployMessage {
    const component = { componentType: problem.type, fullName: problem.fullName, fileName: problem.file };
    return failed(component, problem.message, problem);
}
