/** What a push-down must not lose: rules evaluated in full. */
import { FormulaError, type Values } from 'c/formula';
import { prepareRules } from 'c/playbookEngine';
import type {
    AccountSnapshot,
    Clock,
    FieldTypes,
    PreparedRules,
    Settings,
    Trigger,
    TriggerRule,
} from 'c/playbookEngine';

/** Rules for the entry formulas that compile; their keys are the formulas' places. */
export function rulesOf(formulas: readonly string[], fieldTypes: FieldTypes, settings: Settings): PreparedRules {
    return prepareRules({
        triggers: formulas.map((formula, index) => triggerOf(String(index), formula)),
        settings,
        fieldTypes,
    });
}

/** Whether a rule holds on an account, its figures as they are or, health and usage each, counted as stale. */
export function mayHold(
    { enter }: TriggerRule,
    prepared: PreparedRules,
    account: AccountSnapshot,
    clock: Clock,
): boolean {
    const { Health, Usage, UsageBefore, UsageChange } = prepared.figures;
    const health = [Health.path];
    const usage = [Usage.path, UsageBefore.path, UsageChange.path];
    return [[], health, usage, [...health, ...usage]].some((stale) => {
        const blank = Object.fromEntries(stale.flatMap((path) => (path === null ? [] : [[path, null] as const])));
        return holds(enter, { ...account.values, '$User.Name': 'Acme', ...blank }, clock);
    });
}

function holds(enter: TriggerRule['enter'], values: Values, clock: Clock): boolean {
    try {
        return enter.evaluate(values, clock) === true;
    } catch (error) {
        if (error instanceof FormulaError) {
            return false;
        }
        throw error;
    }
}

function triggerOf(key: string, enterWhen: string): Trigger {
    return {
        key,
        label: `Trigger ${key}`,
        kind: 'Playbook',
        playbookKey: 'at-risk',
        active: true,
        priority: 1,
        tier: null,
        enterWhen,
        exitWhen: 'FALSE',
        holdDays: 0,
        cooldownDays: 0,
        expiresAfterDays: null,
        anchor: null,
        explanation: null,
        action: null,
    };
}
