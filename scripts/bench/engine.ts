/** The engine against its peers: which of twelve triggers hold on each account of a book. */
import { matchTriggers, prepareRules } from 'c/playbookEngine';
import type { AccountSnapshot, CurrentUser, Match, PreparedRules } from 'c/playbookEngine';
import { LogicEngine } from 'json-logic-engine';
import { Engine } from 'json-rules-engine';
import type { TopLevelCondition } from 'json-rules-engine';
import { bookOfAccounts } from './book.ts';
import { byHand } from './by-hand.ts';
import { median, medianRatio, throughputs } from './interleaved.ts';
import type { Race } from './interleaved.ts';
import { DAY_OPERATORS, FIELD_TYPES, jsonLogic, jsonRule, RULES, SETTINGS, TODAY, triggers } from './rules.ts';
import type { AccountValues } from './rules.ts';

export interface EngineFigures {
    /** The same work on both sides: which of the compiled triggers hold. Throughput over json-logic-engine's compiled functions. */
    readonly vsJsonLogicEngine: number;
    readonly vsJsonRulesEngine: number;
    readonly vsHandWritten: number;
    /** matchTriggers against the same peer, which does less: ours also tells how urgent each match is, and in what order. */
    readonly matchesVsJsonLogicEngine: number;
    /** With the reasons of every match worked out as well, which the page does for one account at a time. */
    readonly reasonsVsJsonLogicEngine: number;
    readonly accountsPerSecond: number;
    /** Share of the accounts on which some trigger held. */
    readonly flagged: number;
}

const CLOCK = { now: `${TODAY}T12:00:00.000Z`, timeZone: 'Europe/Berlin' };
const USER: CurrentUser = { id: '', name: '', firstName: '', email: '', timeZone: CLOCK.timeZone };
/** json-rules-engine takes minutes for the whole book: it gets the first accounts, and the throughput is per account. */
const PART = 300;

/** A way to find, for each account, the indices of the rules that hold. */
type Finder = (account: number) => readonly number[] | Promise<readonly number[]>;
/** Each engine's answer in its own shape: a list of what holds. */
type Counter = (account: number) => { readonly length: number };

/** Throws when two engines disagree on any account: then nothing was compared. */
export async function measureEngine(accounts: number, pace: Race): Promise<EngineFigures> {
    const book = bookOfAccounts(accounts);
    const hand = (account: number) => byHand(valuesAt(book, account));
    const prepared = ourRules();
    const ours = matcher(prepared, book);
    // Reasons are worked out when they are read.
    const withReasons = (account: number) => ours(account).filter(({ reasons }) => reasons.length > 0);
    const rulesAlone = ruleFinder(prepared, book);
    const logic = jsonLogicFinder(book);
    const rules = jsonRulesFinder(book);
    const part = Math.min(PART, accounts);
    let flagged = 0;
    for (let account = 0; account < accounts; account += 1) {
        const expected = hand(account);
        if (expected.length > 0) flagged += 1;
        await agree('c/playbookEngine', account, (index) => placesOf(ours(index)), expected);
        await agree('its reasons', account, (index) => placesOf(withReasons(index)), expected);
        await agree('c/formula', account, rulesAlone, expected);
        await agree('json-logic-engine', account, logic, expected);
        if (account < part) await agree('json-rules-engine', account, rules, expected);
    }
    const whole = (name: string, finder: Counter) => ({ name, pieces: accounts, run: () => runAll(finder, accounts) });
    const race = await throughputs(
        [
            whole('engine', ours),
            whole('rules', rulesAlone),
            whole('json-logic-engine', logic),
            whole('hand-written', hand),
        ],
        pace,
    );
    // Apart from the others, who would clear up the many objects that these two leave behind.
    const wasteful = await throughputs(
        [
            whole('engine', ours),
            whole('reasons', withReasons),
            whole('json-logic-engine', logic),
            { name: 'json-rules-engine', pieces: part, run: () => runAllAsync(rules, part) },
        ],
        pace,
    );
    const of = (figures: ReadonlyMap<string, readonly number[]>, name: string) => figures.get(name) ?? [];
    return {
        vsJsonLogicEngine: medianRatio(of(race, 'rules'), of(race, 'json-logic-engine')),
        vsJsonRulesEngine: medianRatio(of(wasteful, 'engine'), of(wasteful, 'json-rules-engine')),
        vsHandWritten: medianRatio(of(race, 'rules'), of(race, 'hand-written')),
        matchesVsJsonLogicEngine: medianRatio(of(race, 'engine'), of(race, 'json-logic-engine')),
        reasonsVsJsonLogicEngine: medianRatio(of(wasteful, 'reasons'), of(wasteful, 'json-logic-engine')),
        accountsPerSecond: median(of(race, 'engine')),
        flagged: flagged / accounts,
    };
}

/** Our rules, compiled. Throws when one of them does not compile. */
function ourRules(): PreparedRules {
    const prepared = prepareRules({ triggers: triggers(), settings: SETTINGS, fieldTypes: FIELD_TYPES });
    const [problem] = prepared.problems;
    if (problem !== undefined) {
        throw new Error(`A benchmark rule does not compile: ${problem.label}: ${problem.message}`);
    }
    return prepared;
}

/** As the page asks, account by account. */
function matcher(prepared: PreparedRules, book: readonly AccountValues[]): (account: number) => readonly Match[] {
    const accounts: AccountSnapshot[] = book.map((values) => ({ id: '', values }));
    return (index) => {
        const account = accounts[index];
        if (account === undefined) throw new RangeError(`There is no account ${index}.`);
        return matchTriggers(prepared, account, CLOCK, USER).matches;
    };
}

/** What the peers do: only whether each rule holds. */
function ruleFinder(prepared: PreparedRules, book: readonly AccountValues[]): (account: number) => number[] {
    const formulas = prepared.rules.map(({ enter }) => enter);
    return (account) => {
        const values = valuesAt(book, account);
        const found: number[] = [];
        for (let index = 0; index < formulas.length; index += 1) {
            if (formulas[index]?.evaluate(values, CLOCK) === true) found.push(index);
        }
        return found;
    };
}

function jsonLogicFinder(book: readonly AccountValues[]): (account: number) => number[] {
    const engine = new LogicEngine();
    const compiled = RULES.map((rule) => engine.build(jsonLogic(rule)) as (facts: AccountValues) => unknown);
    return (account) => {
        const values = valuesAt(book, account);
        const found: number[] = [];
        for (let index = 0; index < compiled.length; index += 1) {
            if (compiled[index]?.(values) === true) found.push(index);
        }
        return found;
    };
}

function jsonRulesFinder(book: readonly AccountValues[]): Finder {
    const engine = new Engine();
    for (const [name, operator] of Object.entries(DAY_OPERATORS)) {
        engine.addOperator(name, (fact: string | null, limit: string) => fact !== null && operator(fact, limit));
    }
    for (const [index, rule] of RULES.entries()) {
        engine.addRule({ conditions: jsonRule(rule) as TopLevelCondition, event: { type: String(index) } });
    }
    return async (account) => {
        const { events } = await engine.run({ ...valuesAt(book, account) });
        return events.map(({ type }) => Number(type)).sort((one, other) => one - other);
    };
}

function valuesAt(book: readonly AccountValues[], account: number): AccountValues {
    const values = book[account];
    if (values === undefined) throw new RangeError(`There is no account ${account}.`);
    return values;
}

async function agree(name: string, account: number, finder: Finder, expected: readonly number[]): Promise<void> {
    const actual = [...(await finder(account))].sort((one, other) => one - other);
    if (actual.join() === expected.join()) return;
    throw new Error(
        `${name} finds rules [${actual.join()}] on account ${account}, by hand it is [${expected.join()}]: the rules differ, so nothing is compared.`,
    );
}

/** A trigger's priority is its rule's place in the list. */
function placesOf(matches: readonly Match[]): number[] {
    return matches.map(({ trigger }) => trigger.priority);
}

/** Counts what was found, so that no work can be optimised away. */
function runAll(finder: Counter, accounts: number): number {
    let found = 0;
    for (let account = 0; account < accounts; account += 1) found += finder(account).length;
    return found;
}

async function runAllAsync(finder: Finder, accounts: number): Promise<number> {
    let found = 0;
    for (let account = 0; account < accounts; account += 1) found += (await finder(account)).length;
    return found;
}
