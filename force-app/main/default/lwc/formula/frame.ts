import { parseDay } from './days';
import { familyOf } from './families';
import type { FieldNode } from './nodes';
import { innerOf } from './reading';
import type { Inner } from './runs';
import type { Blanks, Clock, Value, Values } from './types';

/** How many fields of a shared record are read at once; further ones are read when asked for. */
const AT_ONCE = 16;
/** Fills the paths up to AT_ONCE; no field has this name. */
const NO_FIELD = '\0';
const NOTHING: Values = {};

/**
 * The record and the clock that compiled closures work on. Formulas may share a frame, and with it what has been read
 * of the record and parsed: a date is parsed once however many rules ask for it.
 */
export class Frame {
    values: Values = NOTHING;
    clock: Clock = { now: '', timeZone: '' };

    /** The record whose fields are all taken, and which formulas of a shared frame need not take again. */
    private taken: Values = NOTHING;

    private readonly paths: string[] = Array.from({ length: AT_ONCE }, () => NO_FIELD);
    private readonly stored: (Value | undefined)[] = Array.from({ length: AT_ONCE }, () => undefined);
    private readonly derived: (Value | undefined)[] = [];
    private readonly cells = new Map<string, Cell>();
    private readonly days: ConvertedCell[] = [];
    private fields = 0;
    private readonly clockWatchers: (() => void)[] = [];
    private now = '';
    private timeZone = '';

    /** `shared`: several formulas look at one record, which stays as it is meanwhile. */
    constructor(private readonly shared: boolean) {}

    /** The cell of a field. `asStored` leaves a Percent as it is in the record: 30 for 30 %. */
    cell(field: FieldNode, blanks: Blanks, asStored = false): Cell {
        const converts = isConverted(field, asStored);
        const name = `${field.path} ${blanks} ${converts}`;
        let cell = this.cells.get(name);
        if (cell === undefined) {
            const place = this.placeOf(field.path);
            cell = converts
                ? new ConvertedCell(this.derived, this.derived.push(undefined) - 1, this, place, field, blanks)
                : new StoredCell(this.stored, place, this, field, blanks);
            this.cells.set(name, cell);
            if (field.type === 'Date' && cell instanceof ConvertedCell) {
                this.days.push(cell);
            }
        }
        return cell;
    }

    /** What the record holds at a place. */
    rawAt(place: number): Value | undefined {
        const raw = this.stored[place];
        return raw === undefined ? this.values[this.paths[place] ?? NO_FIELD] : raw;
    }

    private placeOf(path: string): number {
        const known = this.paths.indexOf(path);
        if (known >= 0) {
            return known;
        }
        const place = this.fields;
        this.fields += 1;
        this.paths[place] = path;
        this.stored[place] = undefined;
        // A record that was taken without this field is to be taken again.
        this.taken = NOTHING;
        return place;
    }

    /** Calls `watcher` before the first evaluation at another time or in another time zone. */
    onClock(watcher: () => void): void {
        this.clockWatchers.push(watcher);
        this.now = '';
        this.taken = NOTHING;
    }

    /** Whether the record and the clock are known already: the way of a rule that comes after others. */
    isAt(values: Values, clock: Clock): boolean {
        return values === this.taken && clock === this.clock;
    }

    begin(values: Values, clock: Clock): void {
        this.clock = clock;
        if (clock.now !== this.now || clock.timeZone !== this.timeZone) {
            // Should a watcher fail, nothing counts as known.
            this.taken = NOTHING;
            for (const watcher of this.clockWatchers) {
                watcher();
            }
            this.now = clock.now;
            this.timeZone = clock.timeZone;
        }
        if (values !== this.taken) {
            this.values = values;
            this.take(values);
            this.taken = this.shared ? values : NOTHING;
        }
    }

    private take(values: Values): void {
        const { stored, derived } = this;
        for (let index = 0; index < derived.length; index++) {
            derived[index] = undefined;
        }
        const first = this.shared ? AT_ONCE : 0;
        for (let index = first; index < this.fields; index++) {
            stored[index] = undefined;
        }
        if (this.shared) {
            takeAtOnce(values, this.paths, stored);
            for (const day of this.days) {
                day.take(stored);
            }
        }
    }
}

/** One field of the record: `values[index]` while that is of the right type, else what `settle` makes of it. */
export interface Cell {
    readonly values: readonly (Value | undefined)[];
    readonly index: number;
    /** What the field is inside formulas. Throws FormulaError for a value of the wrong type. */
    settle(): Inner;
}

/** A number, text or checkbox, which is inside formulas what it is in the record. */
class StoredCell implements Cell {
    constructor(
        readonly values: (Value | undefined)[],
        readonly index: number,
        private readonly frame: Frame,
        private readonly field: FieldNode,
        private readonly blanks: Blanks,
    ) {}

    settle(): Inner {
        const raw = this.frame.rawAt(this.index) ?? null;
        this.values[this.index] = raw;
        return innerOf(raw, this.field, this.blanks, true);
    }
}

/** A date, a time or the fraction of a Percent: undefined until it is worked out, then a number or null. */
class ConvertedCell implements Cell {
    constructor(
        readonly values: (Value | undefined)[],
        readonly index: number,
        private readonly frame: Frame,
        private readonly place: number,
        private readonly field: FieldNode,
        private readonly blanks: Blanks,
    ) {}

    /** Works out a date right away: nearly every rule set comes to ask for it. What is none is left to `settle`. */
    take(stored: readonly (Value | undefined)[]): void {
        const raw = stored[this.place];
        this.values[this.index] = typeof raw === 'string' ? parseDay(raw) : raw === null ? null : undefined;
    }

    settle(): Inner {
        const known = this.values[this.index];
        if (known !== undefined) {
            return known;
        }
        const inner = innerOf(this.frame.rawAt(this.place), this.field, this.blanks);
        this.values[this.index] = inner;
        return inner;
    }
}

/** What formulas over the same records share, as option `reads`. */
export function sharedReads(): Frame {
    return new Frame(true);
}

/** Whether a field is something else inside formulas than in the record. */
function isConverted(field: FieldNode, asStored: boolean): boolean {
    switch (familyOf(field.type)) {
        case 'number':
            return field.type === 'Percent' && !asStored;
        case 'date':
        case 'datetime':
        case 'time':
            return true;
        default:
            return false;
    }
}

/**
 * Reads the first fields of a record. Each read stands alone because an engine remembers for each place in the code
 * which property was read there: this is four times as fast as a loop, and rules are run on every account of an org.
 */
function takeAtOnce(values: Values, paths: readonly string[], into: (Value | undefined)[]): void {
    into[0] = values[paths[0] ?? NO_FIELD];
    into[1] = values[paths[1] ?? NO_FIELD];
    into[2] = values[paths[2] ?? NO_FIELD];
    into[3] = values[paths[3] ?? NO_FIELD];
    into[4] = values[paths[4] ?? NO_FIELD];
    into[5] = values[paths[5] ?? NO_FIELD];
    into[6] = values[paths[6] ?? NO_FIELD];
    into[7] = values[paths[7] ?? NO_FIELD];
    into[8] = values[paths[8] ?? NO_FIELD];
    into[9] = values[paths[9] ?? NO_FIELD];
    into[10] = values[paths[10] ?? NO_FIELD];
    into[11] = values[paths[11] ?? NO_FIELD];
    into[12] = values[paths[12] ?? NO_FIELD];
    into[13] = values[paths[13] ?? NO_FIELD];
    into[14] = values[paths[14] ?? NO_FIELD];
    into[15] = values[paths[15] ?? NO_FIELD];
}
