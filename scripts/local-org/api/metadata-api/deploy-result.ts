import type { DeployMessage } from '../../deploy/message.ts';
import type { DeployRequest } from '../../deploy/requests.ts';

/** The Metadata API's DeployResult of a deploy, as it stands now; the same in SOAP and REST. */
export function deployResult(
    request: DeployRequest,
    includeDetails: boolean,
): Readonly<Record<string, unknown>> & {
    readonly id: string;
    readonly done: boolean;
} {
    const { outcome, options } = request;
    const isDone = request.completedDate !== null;
    const errors = outcome?.failures.length ?? 0;
    return {
        id: request.id,
        checkOnly: options.checkOnly,
        ignoreWarnings: options.ignoreWarnings,
        // Whatever was asked for: the local org takes all or nothing, as production orgs do.
        rollbackOnError: true,
        status: request.state,
        done: isDone,
        success: request.state === 'Succeeded',
        createdBy: request.createdBy,
        createdByName: request.createdByName,
        createdDate: request.createdDate,
        startDate: request.startDate,
        completedDate: request.completedDate,
        lastModifiedDate: request.lastModifiedDate,
        numberComponentsDeployed: errors === 0 ? (outcome?.total ?? 0) : 0,
        numberComponentErrors: errors,
        numberComponentsTotal: outcome?.total ?? 0,
        numberTestsCompleted: 0,
        numberTestErrors: 0,
        numberTestsTotal: 0,
        runTestsEnabled: false,
        ...(request.errorMessage === null
            ? {}
            : { errorMessage: request.errorMessage, errorStatusCode: 'UNKNOWN_EXCEPTION' }),
        ...(includeDetails
            ? {
                  details: {
                      componentFailures: outcome?.failures.map((one) => message(one, request)) ?? [],
                      componentSuccesses: outcome?.successes.map((one) => message(one, request)) ?? [],
                      runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
                  },
              }
            : {}),
    };
}

function message(one: DeployMessage, { completedDate, startDate }: DeployRequest): Readonly<Record<string, unknown>> {
    return { ...one, createdDate: completedDate ?? startDate, warning: one.problemType === 'Warning' };
}
