import type { Node } from './nodes';
import type { Compiler } from './runs';
import type { Clock, Comparison, Values } from './types';

export function explain(node: Node, source: string, compiler: Compiler, values: Values, clock: Clock): Comparison[] {
    return [];
}
