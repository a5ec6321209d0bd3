/**
 * What rules, steps and texts may name, and where each name is read. A figure resolves to the Account field that the
 * settings map it to, so that evaluating a rule needs no copy of the account's values.
 */
import {
    type FieldType,
    type FieldTypeName,
    type Scope,
    type ScopeField,
    scopeOf,
    type Value,
    type Values,
} from 'c/formula';
import type { FigureSource, PreparedRules } from './inputs';
import type { AccountSnapshot, CurrentUser, FieldTypes, FigureName, Settings, Step } from './types';

/** What each figure has to be; a field of another kind makes rules about it fail. */
const FIGURE_TYPES: Readonly<Record<FigureName, FieldType & { readonly label: string }>> = {
    Health: { type: 'Number', label: 'Health' },
    HealthOn: { type: 'Date', label: 'Health measured on' },
    Usage: { type: 'Number', label: 'Usage' },
    UsageBefore: { type: 'Number', label: 'Usage before' },
    UsageChange: { type: 'Percent', label: 'Usage change' },
    UsageOn: { type: 'Date', label: 'Usage measured on' },
    EarlierUsageChange: { type: 'Percent', label: 'Earlier usage change' },
    EarlierUsageOn: { type: 'Date', label: 'Earlier usage measured on' },
    Renewal: { type: 'Date', label: 'Renewal' },
    ARR: { type: 'Currency', label: 'ARR' },
    Segment: { type: 'Picklist', label: 'Segment' },
    Champion: { type: 'Id', label: 'Champion' },
    ChampionLeftOn: { type: 'Date', label: 'Champion left on' },
    CompetitorNamedOn: { type: 'Date', label: 'Competitor named on' },
    NoticeGivenOn: { type: 'Date', label: 'Notice given on' },
    ChurnedOn: { type: 'Date', label: 'Churned on' },
    CSM: { type: 'Id', label: 'CSM' },
    CustomerSince: { type: 'Date', label: 'Customer since' },
};

export const FIGURE_NAMES: readonly FigureName[] = Object.keys(FIGURE_TYPES).filter(
    (name): name is FigureName => name in FIGURE_TYPES,
);

const USER_TYPES: Readonly<Record<string, FieldType>> = {
    '$User.Id': { type: 'Id', label: 'your user id' },
    '$User.Name': { type: 'Text', label: 'your name' },
    '$User.FirstName': { type: 'Text', label: 'your first name' },
    '$User.Email': { type: 'Text', label: 'your e-mail address' },
};

const RUN_TYPES: Readonly<Record<string, FieldType>> = {
    '$Trigger.Key': { type: 'Text', label: 'Trigger' },
    '$Trigger.Tier': { type: 'Text', label: 'Tier of the trigger' },
    '$Trigger.Priority': { type: 'Number', label: 'Priority of the trigger' },
    '$Run.Tier': { type: 'Text', label: 'Tier' },
    '$Run.FirstTier': { type: 'Text', label: 'First tier' },
    '$Run.WorstTier': { type: 'Text', label: 'Worst tier' },
    '$Run.DaysOpen': { type: 'Number', label: 'Days open' },
    '$Run.HealthAtOpening': { type: 'Number', label: 'Health at opening' },
    '$Run.UsageAtOpening': { type: 'Number', label: 'Usage at opening' },
    '$Run.ARRAtOpening': { type: 'Currency', label: 'ARR at opening' },
    '$Run.OpenedOn': { type: 'Date', label: 'Opened on' },
    '$Run.AnchorOn': { type: 'Date', label: 'Anchor' },
    '$Run.DaysToAnchor': { type: 'Number', label: 'Days to anchor' },
    '$Run.Cause': { type: 'Text', label: 'Cause' },
};

/** How a figure's field is known when it is not mapped, or cannot be read. */
export function expectedFigureType(figure: FigureName): FieldType & { readonly label: string } {
    return FIGURE_TYPES[figure];
}

/** Whether a field of this type can stand for the figure without its rules meaning something else. */
export function figureTakes(figure: FigureName, type: FieldTypeName): boolean {
    const expected = FIGURE_TYPES[figure].type;
    const alike: Readonly<Partial<Record<FieldTypeName, readonly FieldTypeName[]>>> = {
        Number: ['Currency'],
        Currency: ['Number'],
        Date: ['DateTime'],
        Picklist: ['Text'],
        Id: ['Text'],
    };
    return type === expected || (alike[expected]?.includes(type) ?? false);
}

/** Where each figure is read. */
export function figureSources(fieldTypes: FieldTypes, settings: Settings): Readonly<Record<FigureName, FigureSource>> {
    const fields = scopeOf(fieldTypes);
    const sourceOf = (figure: FigureName): FigureSource => {
        const mapped = settings.figures[figure];
        const field = mapped === undefined ? undefined : fields.resolve(mapped);
        return field === undefined
            ? { path: null, type: FIGURE_TYPES[figure] }
            : { path: field.path, type: { label: FIGURE_TYPES[figure].label, ...field.type } };
    };
    const sources: Record<string, FigureSource> = {};
    for (const figure of FIGURE_NAMES) {
        sources[figure] = sourceOf(figure);
    }
    return sources as Record<FigureName, FigureSource>;
}

/** What rules may name: Account fields, `$Figure.…` (read where the settings say) and `$User.…`. */
export function ruleScope(fieldTypes: FieldTypes, settings: Settings): Scope {
    return scopeOver(fieldTypes, figureSources(fieldTypes, settings));
}

export function scopeOver(fieldTypes: FieldTypes, figures: Readonly<Record<FigureName, FigureSource>>): Scope {
    const fields = scopeOf({ ...fieldTypes, ...USER_TYPES });
    const byName = new Map<string, ScopeField>();
    for (const figure of FIGURE_NAMES) {
        const { path, type } = figures[figure];
        byName.set(`$figure.${figure.toLowerCase()}`, { path: path ?? `$Figure.${figure}`, type });
    }
    const names = [...fields.names(), ...FIGURE_NAMES.map((figure) => `$Figure.${figure}`)];
    return {
        resolve: (path) => byName.get(path.toLowerCase()) ?? fields.resolve(path),
        names: () => names,
    };
}

/** What steps, versions and their texts may name besides: `$Run.…`, `$Trigger.…` and `$Decision.<step key>` of these steps. */
export function stepScope(rules: Scope, steps: readonly Step[]): Scope {
    const types: Record<string, FieldType> = { ...RUN_TYPES };
    for (const step of steps) {
        if (step.decision !== null) {
            types[`$Decision.${step.key}`] = { type: 'Text', label: step.decision.question };
            types[`$Decision.${step.key}.Streak`] = { type: 'Number', label: `${step.decision.question} (in a row)` };
        }
    }
    const own = scopeOf(types);
    const names = [...rules.names(), ...own.names()];
    return { resolve: (path) => own.resolve(path) ?? rules.resolve(path), names: () => names };
}

/** Raw value of a figure; null when blank, unmapped or unreadable. */
export function figureValue(prepared: PreparedRules, account: AccountSnapshot, figure: FigureName): Value {
    const { path } = prepared.figures[figure];
    return path === null ? null : (account.values[path] ?? null);
}

/** A figure as a number; null when it is none. */
export function figureNumber(prepared: PreparedRules, account: AccountSnapshot, figure: FigureName): number | null {
    const value = figureValue(prepared, account, figure);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function userValues(user: CurrentUser): Values {
    return {
        '$User.Id': user.id,
        '$User.Name': user.name,
        '$User.FirstName': user.firstName,
        '$User.Email': user.email,
    };
}
