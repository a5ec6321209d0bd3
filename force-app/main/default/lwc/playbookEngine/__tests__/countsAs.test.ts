/** What the page promises, against the formulas that reports add up: read from the very fields that are deployed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFormula, scopeOf, type Value } from 'c/formula';
import { countedAs, countsAs, type Counted, type CountsAs, type Outcome, startByHand } from '../playbookEngine';
import { completion, CLOCK, day, prepared, promptFor, run, version } from './sample';

const FIELDS = join(__dirname, '../../../objects/Playbook_Run__c/fields');
const SCOPE = scopeOf({
    Practice__c: { type: 'Checkbox' },
    Worked__c: { type: 'Checkbox' },
    Run_Kind__c: { type: 'Picklist' },
    Opened_By__c: { type: 'Picklist' },
    Outcome__c: { type: 'Picklist' },
    Run_Status__c: { type: 'Picklist' },
    First_Contact_At__c: { type: 'DateTime' },
    Recovering_Since__c: { type: 'DateTime' },
});

function formulaOf(field: string): (values: Readonly<Record<string, Value>>) => Value {
    const xml = readFileSync(join(FIELDS, `${field}.field-meta.xml`), 'utf8');
    const written = /<formula>([^]*)<\/formula>/.exec(xml)?.[1] ?? '';
    const source = written.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    const formula = compileFormula(source, SCOPE, { blanks: 'blank' });
    return (values) => formula.evaluate(values, CLOCK);
}

/** Every field that counts a run by its outcome, and what the page says of a run that it counts. */
const FIGURES: readonly (readonly [string, CountsAs])[] = [
    ['Is_Saved__c', { figure: 'saveRate', as: 'numerator' }],
    ['Is_Lost__c', { figure: 'saveRate', as: 'denominator' }],
    ['Is_Let_Go__c', { figure: 'saveRate', as: 'denominator' }],
    ['Is_Recovered_Unworked__c', { figure: 'unworkedRecovery', as: 'numerator' }],
    ['Is_Lost_Unworked__c', { figure: 'unworkedRecovery', as: 'denominator' }],
    ['Is_False_Alarm__c', { figure: 'falseAlarms' }],
    ['Is_Renewed__c', { figure: 'renewals', as: 'renewed' }],
    ['Is_Renewed_Smaller__c', { figure: 'renewals', as: 'renewedSmaller' }],
    ['Is_Not_Renewed__c', { figure: 'renewals', as: 'notRenewed' }],
];
const OUTCOMES: readonly Outcome[] = [
    'Saved',
    'Recovered',
    'Lost',
    'Let go',
    'False alarm',
    'Expired',
    'Renewed',
    'Renewed smaller',
    'Not renewed',
    'Completed',
];
const KINDS = ['Risk', 'Renewal', 'Signal', 'Other', null] as const;
const OPENED_BY = ['Sweep', 'First action', 'By hand'] as const;

const EVERY: readonly Counted[] = KINDS.flatMap((kind) =>
    OPENED_BY.flatMap((openedBy) =>
        [true, false].flatMap((worked) =>
            [true, false].map((practice) => ({ kind, openedBy, worked, practice }) satisfies Counted),
        ),
    ),
);

describe('what a run counts as', () => {
    test('is what the fields count, for every run and outcome', () => {
        const formulas = FIGURES.map(([field, as]) => ({ counts: formulaOf(field), as }));
        let counted = 0;
        for (const of of EVERY) {
            for (const outcome of OUTCOMES) {
                const values = {
                    Practice__c: of.practice,
                    Worked__c: of.worked,
                    Run_Kind__c: of.kind,
                    Opened_By__c: of.openedBy,
                    Outcome__c: outcome,
                    Run_Status__c: 'Closed',
                };
                const found = formulas.filter(({ counts }) => counts(values) === 1).map(({ as }) => as);
                const said = countedAs(of, outcome);
                expect({ of, outcome, said: said.figure === 'none' ? [] : [said] }).toEqual({
                    of,
                    outcome,
                    said: found,
                });
                counted += found.length;
            }
        }
        expect(counted).toBeGreaterThan(20);
    });

    test.each<[Partial<Counted>, Outcome, string]>([
        [{ practice: true }, 'Saved', 'practice'],
        [{ practice: true }, 'False alarm', 'practice'],
        [{ openedBy: 'By hand' }, 'False alarm', 'by-hand'],
        [{ worked: false, openedBy: 'First action' }, 'Recovered', 'not-swept'],
        [{ worked: false }, 'Let go', 'not-worked'],
        [{}, 'Recovered', 'recovered-though-worked'],
        [{ kind: 'Signal' }, 'Completed', 'signal'],
        [{ kind: 'Other' }, 'Lost', 'no-risk'],
        [{ kind: null }, 'Saved', 'unrecorded'],
        [{ kind: 'Renewal' }, 'Let go', 'other'],
    ])('says why nowhere: %j, %s', (changes, outcome, why) => {
        const of: Counted = { kind: 'Risk', openedBy: 'Sweep', worked: true, practice: false, ...changes };
        expect(countedAs(of, outcome)).toEqual({ figure: 'none', why });
    });
});

describe('of a prompt', () => {
    const risk = version([], { category: 'Risk' });

    test('goes by its run, whatever its playbook has become since', () => {
        const completions = [completion('call')];
        const prompt = promptFor(risk, { run: run({ kind: 'Other', completions }) });
        expect(countsAs(prompt, 'Lost')).toEqual({ figure: 'none', why: 'no-risk' });
        const saved = promptFor(risk, { run: run({ kind: 'Risk', completions }) });
        expect(countsAs(saved, 'Saved')).toEqual({ figure: 'saveRate', as: 'numerator' });
    });

    test('without a run, by what would be opened now', () => {
        const byHand = startByHand(risk, prepared());
        expect(countsAs(byHand, 'False alarm')).toEqual({ figure: 'none', why: 'by-hand' });
        expect(countsAs(byHand, 'Recovered')).toEqual({ figure: 'none', why: 'not-swept' });
        expect(countsAs(byHand, 'Recovered', true)).toEqual({ figure: 'none', why: 'practice' });
    });
});

describe('worked', () => {
    const worked = formulaOf('Worked__c');
    const early = `${day(-3)}T10:00:00.000Z`;
    const late = `${day(-1)}T10:00:00.000Z`;

    test.each<[string | null, string | null]>([
        [null, null],
        [null, late],
        [early, null],
        [early, late],
        [late, late],
        [late, early],
    ])('spoken to %s, recovering since %s: the field says the same', (contactAt, recoveringSince) => {
        const completions = contactAt === null ? [] : [completion('call', { completedAt: contactAt })];
        const prompt = promptFor(version([]), { run: run({ completions, recoveringSince }) });
        const said = countsAs(prompt, 'Saved').figure === 'saveRate';
        expect(worked({ First_Contact_At__c: contactAt, Recovering_Since__c: recoveringSince })).toBe(said);
    });
});
