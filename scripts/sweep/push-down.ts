/**
 * Which accounts a sweep has to download to find every one on which a trigger's entry rule holds: the rules as one SOQL
 * condition. It is wider than the rules wherever SOQL cannot say the same, and never narrower.
 */
import { parseFormula } from 'c/formula';
import type { Clock, FigureName, PreparedRules, TriggerRule } from 'c/playbookEngine';
import { anyOf, type Condition } from './push-down/condition.ts';
import type { FilterableField } from './push-down/field-tests.ts';
import { RuleReader } from './push-down/rule.ts';

export interface PushDownContext {
    readonly prepared: PreparedRules;
    /** The clock that the rules are evaluated with: TODAY() becomes its day. */
    readonly clock: Clock;
    /** A field that SOQL can filter by; null for one that it cannot (see `filterableFields`). */
    readonly queryable: (path: string) => FilterableField | null;
}

export interface PushDown {
    /** Met by every account on which some rule holds, its stale figures counted as they are or as blank. Null: by all. */
    readonly where: string | null;
    /** Keys of the triggers whose rules could be said. One that cannot be said brings all accounts along. */
    readonly pushed: readonly string[];
    /** `why` reads on from "because ". */
    readonly notPushed: readonly { readonly key: string; readonly why: string }[];
}

/** Figures that count as blank once they are stale. */
const STALE_FIGURES: readonly FigureName[] = ['Health', 'Usage', 'UsageBefore', 'UsageChange'];
/** Orgs take statements of 100,000 characters, less where formula fields are filtered: those are written out. */
const LONGEST = 40_000;
const LONGEST_RULE = 4000;
/** A condition that no record meets. */
const NO_ACCOUNT = 'Id = null';

export function pushDown(rules: readonly TriggerRule[], context: PushDownContext): PushDown {
    const { prepared, clock, queryable } = context;
    const maskable = new Set(STALE_FIGURES.flatMap((figure) => prepared.figures[figure].path ?? []));
    const longest = Math.min(LONGEST_RULE, Math.floor(LONGEST / Math.max(1, rules.length)));
    const conditionOf = ({ enter }: TriggerRule): Condition => {
        const tree = parseFormula(enter.source, prepared.scope, { expect: 'Checkbox' });
        return new RuleReader(enter.source, { scope: prepared.scope, clock, maskable, queryable, longest }).holds(tree);
    };
    const read = rules.map((rule) => ({ key: rule.trigger.key, condition: conditionOf(rule) }));
    const notPushed = read.flatMap(({ key, condition }) =>
        condition.kind === 'everything' ? [{ key, why: condition.why }] : [],
    );
    const pushed = read.flatMap(({ key, condition }) => (condition.kind === 'everything' ? [] : [key]));
    return { where: whereOf(read.map(({ condition }) => condition)), pushed, notPushed };
}

function whereOf(conditions: readonly Condition[]): string | null {
    const condition = anyOf(conditions, Infinity);
    switch (condition.kind) {
        case 'everything':
            return null;
        case 'nothing':
            return NO_ACCOUNT;
        default:
            return condition.soql;
    }
}
