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
import { dayOf, isDay } from './days';
import type { FigureSource, PreparedRules } from './inputs';
import type { AccountSnapshot, Clock, CurrentUser, FieldTypes, FigureName, Settings, Step } from './types';

/** What each figure has to be; a field of another kind makes rules about it fail. */
const FIGURE_TYPES: Readonly<Record<FigureName, FieldTypeName>> = {
    Health: 'Number',
    HealthOn: 'Date',
    Usage: 'Number',
    UsageBefore: 'Number',
    UsageChange: 'Percent',
    UsageOn: 'Date',
    EarlierUsageChange: 'Percent',
    EarlierUsageOn: 'Date',
    Renewal: 'Date',
    ARR: 'Currency',
    Segment: 'Picklist',
    Champion: 'Id',
    ChampionLeftOn: 'Date',
    CompetitorNamedOn: 'Date',
    NoticeGivenOn: 'Date',
    ChurnedOn: 'Date',
    CSM: 'Id',
    CustomerSince: 'Date',
    NPS: 'Number',
    NPSOn: 'Date',
    ReviewedOn: 'Date',
};

export const FIGURE_NAMES: readonly FigureName[] = Object.keys(FIGURE_TYPES).filter(
    (name): name is FigureName => name in FIGURE_TYPES,
);

const USER_TYPES = labelled('$User', { Id: 'Id', Name: 'Text', FirstName: 'Text', Email: 'Text' });

const RUN_TYPES: Readonly<Record<string, FieldType>> = {
    ...labelled('$Trigger', { Key: 'Text', Tier: 'Text', Priority: 'Number' }),
    ...labelled('$Run', {
        Tier: 'Text',
        FirstTier: 'Text',
        WorstTier: 'Text',
        DaysOpen: 'Number',
        HealthAtOpening: 'Number',
        UsageAtOpening: 'Number',
        ARRAtOpening: 'Currency',
        OpenedOn: 'Date',
        AnchorOn: 'Date',
        DaysToAnchor: 'Number',
        Cause: 'Text',
    }),
};

/** How a figure's field is known when it is not mapped, or cannot be read. */
export function expectedFigureType(figure: FigureName): FieldType & { readonly label: string } {
    return { type: FIGURE_TYPES[figure], label: labelOf(figure) };
}

/** Whether a field of this type can stand for the figure without its rules meaning something else. */
export function figureTakes(figure: FigureName, type: FieldTypeName): boolean {
    const expected = FIGURE_TYPES[figure];
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
            ? { path: null, type: expectedFigureType(figure) }
            : { path: field.path, type: { label: labelOf(figure), ...field.type } };
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

/** A date figure as a day in the clock's time zone; null when it is none. */
export function figureDay(
    prepared: PreparedRules,
    account: AccountSnapshot,
    figure: FigureName,
    { timeZone }: Clock,
): string | null {
    const value = figureValue(prepared, account, figure);
    if (typeof value !== 'string') {
        return null;
    }
    // A setting may name a date and time field.
    const day = value.includes('T') ? dayOf(value, timeZone) : value;
    return isDay(day) ? day : null;
}

export function userValues(user: CurrentUser): Values {
    return {
        '$User.Id': user.id,
        '$User.Name': user.name,
        '$User.FirstName': user.firstName,
        '$User.Email': user.email,
    };
}

function labelled(prefix: string, types: Readonly<Record<string, FieldTypeName>>): Readonly<Record<string, FieldType>> {
    return Object.fromEntries(
        Object.entries(types).map(([name, type]) => [`${prefix}.${name}`, { type, label: labelOf(name) }]),
    );
}

/** `ARRAtOpening` is called "ARR at opening", `ChampionLeftOn` "Champion left on". */
function labelOf(name: string): string {
    const words = name.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
    return words.map((word, index) => (index > 0 ? word.toLowerCase() : word)).join(' ');
}
