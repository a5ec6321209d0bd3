import type { Stored } from '../store/values.ts';
import { ROW_COUNT } from './definitions.ts';
import type { ColumnFigure, FigureValue } from './figures.ts';
import { Tally } from './figures.ts';
import type { PlannedGrouping } from './plan.ts';

/** A group of rows, or (the root) all of them. */
export class GroupNode {
    readonly depth: number;
    /** Null: blank. */
    readonly value: Stored;
    /** What the value is called; null: as the value says. */
    readonly shown: Stored;
    /** `0_1`; `T` of the root. Given when the order is known. */
    key = 'T';
    /** In order once sorted. */
    children: GroupNode[] = [];
    readonly #byValue = new Map<Stored, GroupNode>();
    readonly #cells = new Map<GroupNode, Cell>();

    constructor(depth: number, value: Stored, shown: Stored) {
        this.depth = depth;
        this.value = value;
        this.shown = shown;
    }

    child(value: Stored, shown: Stored): GroupNode {
        let child = this.#byValue.get(value);
        if (!child) {
            child = new GroupNode(this.depth + 1, value, shown);
            this.#byValue.set(value, child);
            this.children.push(child);
        }
        return child;
    }

    /** The cell of this group of rows and a group of columns. */
    cell(across: GroupNode, make: () => Cell): Cell {
        let cell = this.#cells.get(across);
        if (!cell) {
            cell = make();
            this.#cells.set(across, cell);
        }
        return cell;
    }

    existing(across: GroupNode): Cell | undefined {
        return this.#cells.get(across);
    }
}

/** Itself and everything below, parents first. */
export function* nodesOf(node: GroupNode): Iterable<GroupNode> {
    yield node;
    for (const child of node.children) {
        yield* nodesOf(child);
    }
}

/** Rows of one group down and one across. */
export class Cell {
    count = 0;
    readonly tallies: readonly Tally[];
    /** Of the innermost groups, as far as details are asked for. */
    readonly rows: (readonly Stored[])[] = [];
    readonly #figures: readonly ColumnFigure[];

    constructor(figures: readonly ColumnFigure[], deepestTable: number) {
        this.#figures = figures;
        // A table above the deepest has its record in several rows.
        this.tallies = figures.map(({ aggregate, column }) => new Tally(aggregate, column.table < deepestTable));
    }

    /** By name, without formulas. */
    values(): ReadonlyMap<string, FigureValue> {
        const values = new Map<string, FigureValue>([[ROW_COUNT, this.count]]);
        this.#figures.forEach(({ name }, index) => values.set(name, this.tallies[index]?.value ?? null));
        return values;
    }
}

/** Puts groups in order: by themselves or by a figure, blanks first and, when descending, last. Then gives every group its key. */
export function sortGroups(
    root: GroupNode,
    groupings: readonly PlannedGrouping[],
    figureOf: (node: GroupNode, figure: string) => FigureValue,
): void {
    const [first, ...inner] = groupings;
    if (!first) {
        return;
    }
    const byValue = compareBy(first, (node) => rankOf(first, node));
    const { sortedBy } = first;
    const figures = new Map(
        sortedBy === null ? [] : root.children.map((node) => [node, figureOf(node, sortedBy)] as const),
    );
    const byFigure = compareBy(first, (node) => figures.get(node) ?? null);
    root.children.sort((one, other) => (sortedBy === null ? 0 : byFigure(one, other)) || byValue(one, other));
    root.children.forEach((node, index) => {
        node.key = root.depth === 0 ? String(index) : `${root.key}_${index}`;
        sortGroups(node, inner, figureOf);
    });
}

type Order = (one: GroupNode, other: GroupNode) => number;

function compareBy({ descending }: PlannedGrouping, valueOf: (node: GroupNode) => Stored): Order {
    return (one, other) => compare(valueOf(one), valueOf(other)) * (descending ? -1 : 1);
}

/** Picklists and buckets go by the order of their values. */
function rankOf({ source: { field } }: PlannedGrouping, node: GroupNode): Stored {
    if (field.kind === 'Picklist' && field.picklist.length > 0 && node.value !== null) {
        const index = field.picklist.findIndex(({ value }) => value === node.value);
        return index < 0 ? field.picklist.length : index;
    }
    return node.shown ?? node.value;
}

const collator = new Intl.Collator('en', { sensitivity: 'base' });

function compare(one: Stored, other: Stored): number {
    if (one === null || other === null) {
        return Number(one !== null) - Number(other !== null);
    }
    if (typeof one === 'string' && typeof other === 'string') {
        return collator.compare(one, other) || (one < other ? -1 : Number(one > other));
    }
    return Number(one) - Number(other);
}

/** Keeps the first `most` innermost groups, in order. Returns whether that were all. */
export function cutGroups(root: GroupNode, most: number): boolean {
    let left = most;
    let isAll = true;
    const cut = (node: GroupNode): void => {
        if (node.children.length === 0) {
            left -= 1;
            return;
        }
        const kept: GroupNode[] = [];
        for (const child of node.children) {
            if (left <= 0) {
                isAll = false;
                break;
            }
            cut(child);
            kept.push(child);
        }
        node.children = kept;
    };
    cut(root);
    return isAll;
}
