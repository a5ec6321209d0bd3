import { checklistProblems, planSweep, prepareRules, requiredFieldPaths, type Settings } from '../playbookEngine';
import { done, plan, surfaced, VALUES } from './answering';
import { account, context, FIELD_TYPES, prepared, promptFor, run, SETTINGS, USER, version } from './sample';
import { HEALTH, health, night, sweepRules } from './sweeping';

const settings = (practiceWhen: string | null): Settings => ({ ...SETTINGS, practiceWhen });
const RULE = 'CONTAINS(Name, "Demo")';

/** The practice mark of a run that a first action opens. */
function opens(practiceWhen: string | null, values: Record<string, string | number | null>): unknown {
    const rules = prepared(undefined, settings(practiceWhen));
    const where = context({ ...VALUES, ...values }, { prepared: rules, settings: settings(practiceWhen) });
    return plan(surfaced(), 'check', done(['Real']), where).createRun?.['Practice__c'];
}

describe('a run is practice', () => {
    test.each<[string | null, Record<string, string | number | null>, boolean]>([
        [RULE, { Name: 'Demo GmbH' }, true],
        [RULE, { Name: 'Nordlicht' }, false],
        ['$Figure.ARR = 0', { ARR__c: 0 }, true],
        ['$Figure.ARR = 0', { ARR__c: null }, false],
        [null, { Name: 'Demo' }, false],
        ['  ', { Name: 'Demo' }, false],
        ['CONTAINS(Nam, "Demo")', { Name: 'Demo' }, false],
        ['1 / $Figure.Health > 0', { Health_Score__c: 0 }, false],
    ])('by %s on %j: %s', (practiceWhen, values, expected) => {
        expect(opens(practiceWhen, values)).toBe(expected);
    });

    test('as the sweep opens it', () => {
        const rules = sweepRules(night(0), { triggers: [HEALTH], settings: settings('$Figure.Health < 50') });
        const { changes } = planSweep(rules, { account: account(health(48)), runs: [], csm: USER });
        expect(changes[0]?.plan.createRun).toMatchObject({ Practice__c: true, Run_Kind__c: 'Risk' });
    });
});

describe('the practice rule', () => {
    test('has its fields read', () => {
        const rule = 'AND(Segment__c = "Demo", $Figure.ARR = 0)';
        expect(requiredFieldPaths([], settings(rule))).toContain('Segment__c');
        expect(prepared([], { ...settings('NPS__c > 100'), figures: {} }).fields).toEqual(['NPS__c']);
    });

    test('is told when it does not compile', () => {
        const { problems } = prepareRules({ triggers: [], settings: settings('Nam = 1'), fieldTypes: FIELD_TYPES });
        expect(problems).toMatchObject([{ where: 'setting', field: 'Practice When' }]);
    });

    test('is told on the account where it fails, until the run is open', () => {
        const failing = settings('1 / $Figure.Health > 0');
        const where = context({ Health_Score__c: 0 }, { prepared: prepared([], failing), settings: failing });
        const playbook = version([]);
        expect(checklistProblems(promptFor(playbook), where)).toMatchObject([{ field: 'Practice When' }]);
        expect(checklistProblems(promptFor(playbook, { run: run() }), where)).toEqual([]);
    });

    test('is told by the sweep where it fails', () => {
        const rules = sweepRules(night(0), { triggers: [HEALTH], settings: settings('1 / $Figure.Health > 0') });
        const { changes, problems } = planSweep(rules, { account: account(health(0)), runs: [], csm: USER });
        expect(changes).toHaveLength(1);
        expect(problems).toMatchObject([{ field: 'Practice When' }]);
    });
});
