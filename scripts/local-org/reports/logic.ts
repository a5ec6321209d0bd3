import type { Condition } from '../store/conditions.ts';

/** Filter logic such as `1 AND (2 OR NOT 3)` over conditions, which the caller has checked (`logicProblem`). */
export function parseLogic(logic: string, conditions: readonly Condition[]): Condition {
    const tokens = logic.toUpperCase().match(/\d+|\(|\)|\w+/g) ?? [];
    let at = 0;
    const term = (): Condition => {
        const token = tokens[at] ?? '';
        at += 1;
        if (token === 'NOT') {
            return { kind: 'not', part: term() };
        }
        if (token === '(') {
            const inner = expression();
            at += 1; // The closing bracket.
            return inner;
        }
        const condition = conditions[Number(token) - 1];
        if (!condition) {
            throw new Error(`filter logic ${logic} was not checked`);
        }
        return condition;
    };
    const expression = (): Condition => {
        const parts = [term()];
        let kind: 'and' | 'or' = 'and';
        while (tokens[at] === 'AND' || tokens[at] === 'OR') {
            kind = tokens[at] === 'OR' ? 'or' : 'and';
            at += 1;
            parts.push(term());
        }
        return { kind, parts };
    };
    return expression();
}
