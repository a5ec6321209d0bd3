/** How filters compare, in the words of the menu. */
export const OPERATOR_LABELS = {
    equals: 'equals',
    notEqual: 'not equal to',
    lessThan: 'less than',
    greaterThan: 'greater than',
    lessOrEqual: 'less or equal',
    greaterOrEqual: 'greater or equal',
    contains: 'contains',
    notContain: 'does not contain',
    startsWith: 'starts with',
} as const;

export type FilterOperator = keyof typeof OPERATOR_LABELS;

/** Every operator that the engine runs: what a filter of the moment may name, and a report may be deployed with. */
export const OPERATORS: readonly string[] = Object.keys(OPERATOR_LABELS);
