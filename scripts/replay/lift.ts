/** How much likelier a loss is where a condition holds than where it does not, over all customers and days. */
import { compileFormula, FormulaError } from 'c/formula';
import type { CompiledFormula } from 'c/formula';
import { CommandError } from '../lib/errors.ts';
import type { PreparedRules } from 'c/playbookEngine';
import { addDays } from './days.ts';
import type { Losses } from './foresight.ts';
import type { AccountValues } from './observed.ts';

export interface Lift {
    readonly condition: string;
    /** Account-days on which it held and on which it did not (unknown included), each with its whole horizon observed. */
    readonly held: number;
    readonly heldLost: number;
    readonly others: number;
    readonly othersLost: number;
}

interface Sighting {
    readonly account: string;
    readonly day: string;
    readonly held: boolean;
}

/** Collects while the replay goes on; judged at the end, when all losses are known. */
export class LiftOf {
    private readonly formula: CompiledFormula;
    private readonly sightings: Sighting[] = [];

    constructor(
        readonly condition: string,
        prepared: PreparedRules,
    ) {
        try {
            this.formula = compileFormula(condition, prepared.scope, { blanks: 'unknown', expect: 'Checkbox' });
        } catch (error) {
            if (error instanceof FormulaError) {
                throw new CommandError(`“${condition}”: ${error.message}`, 'Write such as "$Figure.Health < 60".');
            }
            throw error;
        }
    }

    see(account: string, values: AccountValues, day: string): void {
        const clock = { now: `${day}T05:00:00.000Z`, timeZone: 'UTC' };
        let held = false;
        try {
            held = this.formula.evaluate(values, clock) === true;
        } catch (error) {
            // A division by zero and the like: for this account the condition is not known.
            if (!(error instanceof FormulaError)) {
                throw error;
            }
        }
        this.sightings.push({ account, day, held });
    }

    result(losses: Losses, horizon: number, lastDay: string): Lift {
        const judged = this.sightings.filter(({ day }) => addDays(day, horizon) <= lastDay);
        const lost = (wanted: boolean): number =>
            judged.filter(({ account, day, held }) => held === wanted && losses.follows(account, day, horizon)).length;
        const held = judged.filter((sighting) => sighting.held).length;
        return {
            condition: this.condition,
            held,
            heldLost: lost(true),
            others: judged.length - held,
            othersLost: lost(false),
        };
    }
}
